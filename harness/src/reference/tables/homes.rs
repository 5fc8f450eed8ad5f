//! Where this build keeps a value that the reference's source names: most are defaults of storage items or constants in
//! the metadata.

use super::Described;
use crate::reference::case::number;
use assay_economics::emission::curve;
use assay_economics::pool;
use assay_economics::stake::minimum;
use pallet_subtensor::{balances, subnets, types};
use serde_json::Value;

/// Where a value is.
#[derive(Clone, Debug)]
pub enum Home {
    /// The default of a storage item of `SubtensorModule`.
    Item(String),
    /// A constant of a pallet.
    Constant(&'static str, String),
    /// A constant of our code.
    Code(Value),
    /// Nowhere by itself, and why.
    Nowhere(&'static str),
}

const UNUSED: &str = "no rule of the chain uses this value";
const IN_A_RULE: &str = "stands inside of a rule; what the rule does is compared by the traces";

/// Where a `#[pallet::type_value]` is.
pub fn of_type_value(name: &str, ours: &Described) -> Home {
    let item = |item: &str| Home::Item(item.to_owned());
    match name {
        "DefaultMinRootClaimAmount" => item("RootClaimableThreshold"),
        "DefaultZeroU64" => item("LastHotkeySwapOnNetuid"),
        "DefaultZeroI64" => item("SubnetTaoFlow"),
        "DefaultZeroAlpha" => item("SubnetAlphaIn"),
        "DefaultZeroTao" => item("SubnetTAO"),
        "DefaultZeroU128" => item("SubnetVolume"),
        "DefaultZeroU16" | "DefaultN" => item("SubnetworkN"),
        "DefaultFalse" | "DefaultNeworksAdded" => item("NetworksAdded"),
        "DefaultTrue" => item("SubnetEmissionEnabled"),
        "DefaultDelegateTake" => item("Delegates"),
        "DefaultChildKeyTake" => item("ChildkeyTake"),
        "DefaultEMAPriceMovingBlocks" => item("EMAPriceHalvingBlocks"),
        "DefaultRegistrationAllowed" => item("NetworkRegistrationAllowed"),
        "DefaultPendingEmission" => item("PendingServerEmission"),
        "DefaultLastMechanismStepBlock" => item("LastMechansimStepBlock"),
        "DefaultLiquidAlpha" => item("LiquidAlphaOn"),
        "DefaultYuma3" => item("Yuma3On"),
        "DefaultPendingCooldown" => item("PendingChildKeyCooldown"),
        "DefaultMovingAlpha" => item("SubnetMovingAlpha"),
        "DefaultMovingPrice" => item("SubnetMovingPrice"),
        "DefaultSharePoolZero" => item("Alpha"),
        "DefaultFlowCutoff" => item("TaoFlowCutoff"),
        "DefaultMechanismCount" => item("MechanismCountCurrent"),
        "TotalSupply" => Home::Code(number(curve::TOTAL_SUPPLY)),
        "DefaultMinStake" => Home::Code(number(minimum::MIN_STAKE)),
        "DefaultAccountTake"
        | "DefaultAllowsDelegation"
        | "DefaultProportion"
        | "DefaultAccumulatedEmission" => Home::Nowhere(UNUSED),
        "DefaultNeuronBurnCost"
        | "DefaultSetSNOwnerHotkeyRateLimit"
        | "MaxBurnHalfLife"
        | "MaxUidsTrimmingRateLimit"
        | "MaxImmuneOwnerUidsLimit"
        | "MinImmuneOwnerUidsLimit"
        | "MechanismCountSetRateLimit"
        | "MechanismEmissionRateLimit" => Home::Nowhere(IN_A_RULE),
        _ => by_its_name(name, ours),
    }
}

/// `DefaultX` is the default of the item `X`, or the constant `InitialX`.
fn by_its_name(name: &str, ours: &Described) -> Home {
    let short = name.strip_prefix("Default").unwrap_or(name);
    if ours.contains_key(&format!("pallets/SubtensorModule/storage/{short}")) {
        return Home::Item(short.to_owned());
    }
    Home::Constant("SubtensorModule", format!("Initial{short}"))
}

/// Where a constant of the reference's code is.
pub fn of_code_constant(name: &str) -> Home {
    let subtensor = |constant: &str| Home::Constant("SubtensorModule", constant.to_owned());
    match name {
        "MAX_TAO_ISSUANCE" => Home::Code(number(balances::MAX_ISSUANCE)),
        "MIN_TEMPO" => subtensor("MinTempo"),
        "MAX_TEMPO" => subtensor("MaxTempo"),
        "MIN_ACTIVITY_CUTOFF_FACTOR_MILLI" => subtensor("MinActivityCutoffFactorMilli"),
        "MAX_ACTIVITY_CUTOFF_FACTOR_MILLI" => subtensor("MaxActivityCutoffFactorMilli"),
        "MAX_CRV3_COMMIT_SIZE_BYTES" => Home::Code(number(types::MAX_CRV3_COMMIT_SIZE_BYTES)),
        "MAX_MECHANISM_COUNT_PER_SUBNET" => Home::Code(number(subnets::hyperparameters::MAX_MECHANISMS)),
        "swap min_price (rao per alpha, x1e9)" => Home::Code(number(pool::MIN_PRICE)),
        "swap max_price (rao per alpha, x1e9)" => Home::Code(number(pool::MAX_PRICE)),
        "MAX_NUM_ROOT_CLAIMS"
        | "MAX_SUBNET_CLAIMS"
        | "MAX_ROOT_CLAIM_THRESHOLD"
        | "MIN_COMMIT_REVEAL_PEROIDS"
        | "MAX_COMMIT_REVEAL_PEROIDS"
        | "GLOBAL_MAX_SUBNET_COUNT" => Home::Nowhere(IN_A_RULE),
        "MIN_BALANCE_TO_PERFORM_COLDKEY_SWAP" => Home::Nowhere(UNUSED),
        _ => Home::Constant("SubtensorModule", name.to_owned()),
    }
}

/// Where a parameter of the reference's pallets is.
pub fn of_config(name: &str) -> Home {
    let swap = |constant: &str| Home::Constant("Swap", constant.to_owned());
    match name {
        "EvmKeyAssociateRateLimit" => Home::Nowhere(IN_A_RULE),
        "ExistentialDeposit" => Home::Constant("Balances", name.to_owned()),
        "SwapMaxFeeRate" => swap("MaxFeeRate"),
        "SwapMinimumLiquidity" => swap("MinimumLiquidity"),
        "SwapMinimumReserve" => swap("MinimumReserve"),
        _ => Home::Constant("SubtensorModule", name.to_owned()),
    }
}

impl Home {
    /// The value there; none if there is no such place.
    pub fn value(&self, ours: &Described) -> Option<Value> {
        match self {
            Self::Item(name) => {
                let item = ours.get(&format!("pallets/SubtensorModule/storage/{name}"))?;
                item.get("default").cloned()
            }
            Self::Constant(pallet, name) => {
                ours.get(&format!("pallets/{pallet}/constants/{name}"))?.get("value").cloned()
            }
            Self::Code(value) => Some(value.clone()),
            Self::Nowhere(_) => None,
        }
    }
}
