//! Which storage items count coins: the metadata declares amounts as plain integers.

use crate::amount::Unit;

/// Items in rao of TAO, by pallet.
const TAO: [(&str, &[&str]); 3] = [
    ("System", &["Account"]),
    ("Balances", &["Freezes", "Holds", "InactiveIssuance", "Locks", "Reserves", "TotalIssuance"]),
    (
        "SubtensorModule",
        &[
            "BlockEmission",
            "Burn",
            "LargestLocked",
            "MaxBurn",
            "MinBurn",
            "NetworkLastLockCost",
            "NetworkMinLockCost",
            "RAORecycledForRegistration",
            "SubnetExcessTao",
            "SubnetLocked",
            "SubnetProtocolFlow",
            "SubnetRootSellTao",
            "SubnetTAO",
            "SubnetTaoFlow",
            "SubnetTaoInEmission",
            "SubnetVolume",
            "TotalIssuance",
            "TotalStake",
        ],
    ),
];

/// Items in rao of a subnet's alpha, by pallet.
const ALPHA: [(&str, &[&str]); 2] = [
    ("AlphaAssets", &["AlphaBurned", "AlphaRecycled", "TotalAlphaIssuance"]),
    (
        "SubtensorModule",
        &[
            "AccumulatedLeaseDividends",
            "AlphaDividendsPerSubnet",
            "Emission",
            "LastHotkeyEmissionOnNetuid",
            "PendingOwnerCut",
            "PendingRootAlphaDivs",
            "PendingServerEmission",
            "PendingValidatorEmission",
            "RootAlphaDividendsPerSubnet",
            "SubnetAlphaIn",
            "SubnetAlphaInEmission",
            "SubnetAlphaOut",
            "SubnetAlphaOutEmission",
            "SubnetProtocolAlpha",
            "TotalHotkeyAlpha",
            "TotalHotkeyAlphaLastEpoch",
        ],
    ),
];

/// The unit of the integers of an item, if they are amounts.
pub fn of(pallet: &str, item: &str) -> Option<Unit> {
    let lists = |table: &[(&str, &[&str])]| {
        table.iter().any(|(owner, items)| *owner == pallet && items.contains(&item))
    };
    if lists(&TAO) {
        return Some(Unit::Tao);
    }
    lists(&ALPHA).then_some(Unit::Alpha)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_unit_of_their_pool() {
        assert_eq!(of("SubtensorModule", "SubnetTAO"), Some(Unit::Tao));
        assert_eq!(of("SubtensorModule", "SubnetAlphaIn"), Some(Unit::Alpha));
        assert_eq!(of("SubtensorModule", "Tempo"), None);
        assert_eq!(of("Swap", "SubnetTAO"), None);
    }
}
