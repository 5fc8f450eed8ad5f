//! Values that the chain derives from its storage: prices, proportions, stake.

use super::accounts::{AccountId, Accounts};
use crate::reference::case::{CaseError, fixed_value, number};
use assay_economics::emission::root_claim::owed;
use assay_runtime::{Balances, Runtime, SubtensorModule};
use pallet_subtensor::{RootClaimable, RootClaimed};
use polkadot_sdk::sp_runtime::AccountId32;
use serde_json::{Map, Value, json};

/// The root network (section 01, 2).
const ROOT: u16 = 0;

/// The values that `recorded` has, as they are now. Called inside of the chain's state.
///
/// # Errors
/// A recorded key that cannot be read.
pub fn derive(recorded: &Map<String, Value>, accounts: &Accounts) -> Result<Map<String, Value>, CaseError> {
    let mut found = Map::new();
    for (name, values) in recorded {
        let keys = values.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        let value = match name.as_str() {
            "balances_total_issuance" => number(Balances::total_issuance()),
            "subnets" => each(keys, |netuid| {
                let netuid =
                    netuid.parse().map_err(|_| CaseError::new("subnets", "has a key that is no netuid"))?;
                Ok(subnet(netuid))
            })?,
            "stake" => each(keys, |key| {
                let (hotkey, coldkey, netuid) = accounts.position(key, "stake")?;
                Ok(number(stake(hotkey, coldkey, netuid)))
            })?,
            "root_owed" => each(keys, |key| {
                let (hotkey, coldkey, netuid) = accounts.position(key, "root_owed")?;
                Ok(number(root_owed(hotkey, coldkey, netuid)))
            })?,
            unknown => return Err(CaseError::new(unknown, "is not a derived value known here")),
        };
        found.insert(name.clone(), value);
    }
    Ok(found)
}

fn each<'a>(
    keys: impl Iterator<Item = &'a str>,
    derive: impl Fn(&str) -> Result<Value, CaseError>,
) -> Result<Value, CaseError> {
    let values: Result<Map<_, _>, _> = keys.map(|key| Ok((key.to_owned(), derive(key)?))).collect();
    values.map(Value::Object)
}

fn subnet(netuid: u16) -> Value {
    let mut values = json!({
        "alpha_issuance": number(SubtensorModule::alpha_issuance(netuid)),
        "price": fixed_value(SubtensorModule::price(netuid)),
    });
    if netuid != ROOT {
        let weight = pallet_swap::SwapBalancer::<Runtime>::get(netuid).quote;
        values["quote_weight"] = number(weight.deconstruct());
        values["root_proportion"] = fixed_value(SubtensorModule::root_proportion(netuid));
    }
    values
}

fn stake(hotkey: AccountId, coldkey: AccountId, netuid: u16) -> u64 {
    SubtensorModule::stake_of(&AccountId32::new(hotkey), &AccountId32::new(coldkey), netuid)
}

/// Unclaimed root dividends, rao of alpha (section 06, 8.1).
fn root_owed(hotkey: AccountId, coldkey: AccountId, netuid: u16) -> u64 {
    let root_stake = stake(hotkey, coldkey, ROOT);
    let (hotkey, coldkey) = (AccountId32::new(hotkey), AccountId32::new(coldkey));
    let rate = RootClaimable::<Runtime>::get(&hotkey).get(&netuid).copied().unwrap_or_default();
    let claimed = RootClaimed::<Runtime>::get((netuid, &hotkey, &coldkey));
    owed(rate.into(), root_stake, claimed).saturating_to_num()
}
