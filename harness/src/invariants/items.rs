//! The storage items that invariants look at, told apart by the fixed prefixes of their keys (section 12, 1).

use crate::reference::replay::storage::item_prefix;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A storage item; the comment is the form of its key after the item's prefix, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// Account: nonce, counts of references, balances.
    Account,
    /// u64.
    BalancesIssuance,
    /// netuid: u64.
    AlphaBurned,
    /// netuid: u64.
    AlphaRecycled,
    /// netuid: parts of 10^18, u64.
    SwapBalancer,
    /// u64.
    TotalIssuance,
    /// u16.
    TotalNetworks,
    /// netuid: bool.
    NetworksAdded,
    /// netuid: u64.
    NetworkRegisteredAt,
    /// netuid: u64.
    RegisteredSubnetCounter,
    /// netuid: u16.
    SubnetMechanism,
    /// netuid: u64.
    SubnetTao,
    /// netuid: u64.
    SubnetAlphaIn,
    /// netuid: u64.
    SubnetAlphaOut,
    /// netuid: u128.
    SubnetVolume,
    /// netuid: u64.
    SubnetTaoInEmission,
    /// netuid: u64.
    SubnetAlphaInEmission,
    /// netuid: u64.
    SubnetAlphaOutEmission,
    /// netuid: u64.
    SubnetExcessTao,
    /// netuid: u64.
    PendingServerEmission,
    /// netuid: u64.
    PendingValidatorEmission,
    /// netuid: u64.
    PendingRootAlphaDivs,
    /// netuid: u64.
    PendingOwnerCut,
    /// netuid: u64.
    FirstEmissionBlockNumber,
    /// netuid: bool.
    SubtokenEnabled,
    /// netuid: bool.
    NetworkRegistrationAllowed,
    /// netuid: u16.
    Tempo,
    /// netuid: u64.
    LastEpochBlock,
    /// netuid: u64.
    PendingEpochAt,
    /// netuid: u64.
    SubnetEpochIndex,
    /// netuid: u64.
    BlocksSinceLastStep,
    /// netuid: u64.
    LastMechanismStepBlock,
    /// netuid: u64.
    Burn,
    /// netuid: u64.
    MinBurn,
    /// netuid: u64.
    MaxBurn,
    /// netuid: account.
    SubnetOwner,
    /// netuid: account.
    SubnetOwnerHotkey,
    /// hotkey, netuid: u64.
    TotalHotkeyAlpha,
    /// hotkey, netuid: decimal number.
    TotalHotkeyShares,
    /// hotkey, coldkey, netuid: decimal number.
    Alpha,
    /// coldkey: accounts.
    StakingHotkeys,
    /// hotkey: account.
    Owner,
    /// coldkey: accounts.
    OwnedHotkeys,
    /// hotkey, netuid: proportions and accounts.
    ChildKeys,
    /// hotkey, netuid: proportions and accounts.
    ParentKeys,
    /// netuid: u16.
    SubnetworkN,
    /// netuid: u16.
    MaxAllowedUids,
    /// netuid: u16.
    MaxAllowedValidators,
    /// netuid, uid: account.
    Keys,
    /// netuid, hotkey: u16.
    Uids,
    /// hotkey, netuid: bool.
    IsNetworkMember,
    /// netuid, uid: u64.
    BlockAtRegistration,
    /// netuid: list of bool.
    Active,
    /// netuid: list of u64.
    Emission,
    /// netuid: list of u16.
    Consensus,
    /// netuid: list of u16.
    Dividends,
    /// netuid: list of u16.
    ValidatorTrust,
    /// netuid: list of bool.
    ValidatorPermit,
    /// netuid: list of u16.
    StakeWeight,
    /// index: list of u16.
    Incentive,
    /// index: list of u64.
    LastUpdate,
    /// netuid: u8.
    MechanismCount,
    /// index, uid: pairs.
    Weights,
    /// index, uid: pairs.
    Bonds,
    /// index, account: queue.
    WeightCommits,
    /// coldkey: u64.
    StakingColdkeys,
    /// u64: account.
    StakingColdkeysByIndex,
    /// u64.
    NumStakingColdkeys,
    /// hotkey: rates by netuid.
    RootClaimable,
    /// netuid, hotkey, coldkey: u128.
    RootClaimed,
    /// coldkey, netuid, hotkey: lock.
    Lock,
    /// netuid, hotkey, coldkey: nothing.
    LockingColdkeys,
    /// netuid, hotkey: lock.
    HotkeyLock,
    /// netuid: lock.
    OwnerLock,
    /// coldkey, netuid: bool.
    DecayingLock,
    /// kind and subject: u64.
    LastRateLimitedBlock,
    /// netuid, hotkey, coldkey: u64, list of amounts and blocks.
    SlashingBonds,
    /// netuid, hotkey: u32.
    SlashingStrikes,
    /// netuid, hotkey: u32.
    SlashingBans,
    /// netuid, customer: u64.
    CreditsBalances,
    /// netuid, customer, gateway: u64.
    CreditsSpent,
    /// netuid: rao of alpha, credits.
    CreditsSold,
}

/// Every item with its names on the chain, in the order of [`Item`].
pub const ITEMS: [(Item, &str, &str); 82] = [
    (Item::Account, "System", "Account"),
    (Item::BalancesIssuance, "Balances", "TotalIssuance"),
    (Item::AlphaBurned, "AlphaAssets", "AlphaBurned"),
    (Item::AlphaRecycled, "AlphaAssets", "AlphaRecycled"),
    (Item::SwapBalancer, "Swap", "SwapBalancer"),
    (Item::TotalIssuance, "SubtensorModule", "TotalIssuance"),
    (Item::TotalNetworks, "SubtensorModule", "TotalNetworks"),
    (Item::NetworksAdded, "SubtensorModule", "NetworksAdded"),
    (Item::NetworkRegisteredAt, "SubtensorModule", "NetworkRegisteredAt"),
    (Item::RegisteredSubnetCounter, "SubtensorModule", "RegisteredSubnetCounter"),
    (Item::SubnetMechanism, "SubtensorModule", "SubnetMechanism"),
    (Item::SubnetTao, "SubtensorModule", "SubnetTAO"),
    (Item::SubnetAlphaIn, "SubtensorModule", "SubnetAlphaIn"),
    (Item::SubnetAlphaOut, "SubtensorModule", "SubnetAlphaOut"),
    (Item::SubnetVolume, "SubtensorModule", "SubnetVolume"),
    (Item::SubnetTaoInEmission, "SubtensorModule", "SubnetTaoInEmission"),
    (Item::SubnetAlphaInEmission, "SubtensorModule", "SubnetAlphaInEmission"),
    (Item::SubnetAlphaOutEmission, "SubtensorModule", "SubnetAlphaOutEmission"),
    (Item::SubnetExcessTao, "SubtensorModule", "SubnetExcessTao"),
    (Item::PendingServerEmission, "SubtensorModule", "PendingServerEmission"),
    (Item::PendingValidatorEmission, "SubtensorModule", "PendingValidatorEmission"),
    (Item::PendingRootAlphaDivs, "SubtensorModule", "PendingRootAlphaDivs"),
    (Item::PendingOwnerCut, "SubtensorModule", "PendingOwnerCut"),
    (Item::FirstEmissionBlockNumber, "SubtensorModule", "FirstEmissionBlockNumber"),
    (Item::SubtokenEnabled, "SubtensorModule", "SubtokenEnabled"),
    (Item::NetworkRegistrationAllowed, "SubtensorModule", "NetworkRegistrationAllowed"),
    (Item::Tempo, "SubtensorModule", "Tempo"),
    (Item::LastEpochBlock, "SubtensorModule", "LastEpochBlock"),
    (Item::PendingEpochAt, "SubtensorModule", "PendingEpochAt"),
    (Item::SubnetEpochIndex, "SubtensorModule", "SubnetEpochIndex"),
    (Item::BlocksSinceLastStep, "SubtensorModule", "BlocksSinceLastStep"),
    // The chain's own spelling.
    (Item::LastMechanismStepBlock, "SubtensorModule", "LastMechansimStepBlock"),
    (Item::Burn, "SubtensorModule", "Burn"),
    (Item::MinBurn, "SubtensorModule", "MinBurn"),
    (Item::MaxBurn, "SubtensorModule", "MaxBurn"),
    (Item::SubnetOwner, "SubtensorModule", "SubnetOwner"),
    (Item::SubnetOwnerHotkey, "SubtensorModule", "SubnetOwnerHotkey"),
    (Item::TotalHotkeyAlpha, "SubtensorModule", "TotalHotkeyAlpha"),
    (Item::TotalHotkeyShares, "SubtensorModule", "TotalHotkeySharesV2"),
    (Item::Alpha, "SubtensorModule", "AlphaV2"),
    (Item::StakingHotkeys, "SubtensorModule", "StakingHotkeys"),
    (Item::Owner, "SubtensorModule", "Owner"),
    (Item::OwnedHotkeys, "SubtensorModule", "OwnedHotkeys"),
    (Item::ChildKeys, "SubtensorModule", "ChildKeys"),
    (Item::ParentKeys, "SubtensorModule", "ParentKeys"),
    (Item::SubnetworkN, "SubtensorModule", "SubnetworkN"),
    (Item::MaxAllowedUids, "SubtensorModule", "MaxAllowedUids"),
    (Item::MaxAllowedValidators, "SubtensorModule", "MaxAllowedValidators"),
    (Item::Keys, "SubtensorModule", "Keys"),
    (Item::Uids, "SubtensorModule", "Uids"),
    (Item::IsNetworkMember, "SubtensorModule", "IsNetworkMember"),
    (Item::BlockAtRegistration, "SubtensorModule", "BlockAtRegistration"),
    (Item::Active, "SubtensorModule", "Active"),
    (Item::Emission, "SubtensorModule", "Emission"),
    (Item::Consensus, "SubtensorModule", "Consensus"),
    (Item::Dividends, "SubtensorModule", "Dividends"),
    (Item::ValidatorTrust, "SubtensorModule", "ValidatorTrust"),
    (Item::ValidatorPermit, "SubtensorModule", "ValidatorPermit"),
    (Item::StakeWeight, "SubtensorModule", "StakeWeight"),
    (Item::Incentive, "SubtensorModule", "Incentive"),
    (Item::LastUpdate, "SubtensorModule", "LastUpdate"),
    (Item::MechanismCount, "SubtensorModule", "MechanismCountCurrent"),
    (Item::Weights, "SubtensorModule", "Weights"),
    (Item::Bonds, "SubtensorModule", "Bonds"),
    (Item::WeightCommits, "SubtensorModule", "WeightCommits"),
    (Item::StakingColdkeys, "SubtensorModule", "StakingColdkeys"),
    (Item::StakingColdkeysByIndex, "SubtensorModule", "StakingColdkeysByIndex"),
    (Item::NumStakingColdkeys, "SubtensorModule", "NumStakingColdkeys"),
    (Item::RootClaimable, "SubtensorModule", "RootClaimable"),
    (Item::RootClaimed, "SubtensorModule", "RootClaimed"),
    (Item::Lock, "SubtensorModule", "Lock"),
    (Item::LockingColdkeys, "SubtensorModule", "LockingColdkeys"),
    (Item::HotkeyLock, "SubtensorModule", "HotkeyLock"),
    (Item::OwnerLock, "SubtensorModule", "OwnerLock"),
    (Item::DecayingLock, "SubtensorModule", "DecayingLock"),
    (Item::LastRateLimitedBlock, "SubtensorModule", "LastRateLimitedBlock"),
    (Item::SlashingBonds, "Slashing", "Bonds"),
    (Item::SlashingStrikes, "Slashing", "Strikes"),
    (Item::SlashingBans, "Slashing", "Bans"),
    (Item::CreditsBalances, "Credits", "Balances"),
    (Item::CreditsSpent, "Credits", "Spent"),
    (Item::CreditsSold, "Credits", "Sold"),
];

static BY_PREFIX: LazyLock<HashMap<[u8; 32], Item>> =
    LazyLock::new(|| ITEMS.iter().map(|(item, pallet, name)| (item_prefix(pallet, name), *item)).collect());

impl Item {
    /// The item of a raw key, and the rest of the key after its prefix; none for what no invariant looks at.
    pub fn of(key: &[u8]) -> Option<(Self, &[u8])> {
        let (prefix, rest) = key.split_first_chunk::<32>()?;
        Some((*BY_PREFIX.get(prefix)?, rest))
    }

    /// Its name as the chain writes it, such as `SubtensorModule.SubnetTAO`.
    pub fn name(self) -> String {
        let (_, pallet, name) = ITEMS[self as usize];
        format!("{pallet}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_items() {
        for (place, (item, ..)) in ITEMS.iter().enumerate() {
            assert_eq!(*item as usize, place, "{}", item.name());
        }
    }
}
