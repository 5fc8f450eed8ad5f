//! The state of a sequence: built in the runtime's storage, and read back as the vectors write it.

use super::cast;
use crate::reference::case::{self, CaseError, number};
use crate::reference::replay::storage::item_prefix;
use assay_runtime::{Balances, Runtime, SubtensorModule, System};
use codec::Encode;
use pallet_slashing::types::{Schedule, Terms};
use pallet_subtensor as subtensor;
use polkadot_sdk::frame_support::storage::unhashed;
use polkadot_sdk::frame_support::traits::fungible::Mutate;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_core::crypto::Pair as _;
use polkadot_sdk::sp_runtime::AccountId32;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

type Fields = Map<String, Value>;

/// Reserves of a pool, far larger than any stake, so that its price is near 1.
const RESERVES: u64 = 1_000_000_000_000_000;
/// What every coldkey has, to pay for what the vectors do not look at.
const PURSE: u64 = 1_000_000_000_000;

/// The names that appear in a case.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<AccountId32, String>);

impl Names {
    /// The id of a name, which is remembered.
    pub(super) fn id(&mut self, name: &str) -> Result<AccountId32, CaseError> {
        let id = cast::id(name)?;
        self.0.insert(id.clone(), name.to_owned());
        Ok(id)
    }

    pub(super) fn name(&self, id: &AccountId32) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// Writes the state that a sequence is given; runs inside the storage.
pub(super) fn build(given: &Fields, names: &mut Names) -> Result<(), CaseError> {
    System::set_block_number(case::integer(given, "block")?);
    frame_system::BlockHash::<Runtime>::insert(0, cast::GENESIS);
    for (netuid, subnet) in case::object(given, "subnets")? {
        let subnet = subnet.as_object().ok_or_else(|| CaseError::new("given.subnets", "is not an object"))?;
        build_subnet(netuid_of(netuid)?, subnet, names)?;
    }
    for (hotkey, coldkey) in case::object(given, "owners")? {
        let (hotkey, coldkey) = (names.id(hotkey)?, names.id(coldkey.as_str().unwrap_or_default())?);
        let known = SubtensorModule::create_account_if_unknown(&coldkey, &hotkey);
        known.map_err(|error| CaseError::new("given.owners", format!("{error:?}")))?;
    }
    for stake in case::list(given, "stakes")? {
        let [netuid, Value::String(hotkey), Value::String(coldkey), amount] =
            stake.as_array().map_or(&[][..], Vec::as_slice)
        else {
            return Err(CaseError::new("given.stakes", "is not [netuid, hotkey, coldkey, amount]"));
        };
        let (netuid, amount) = (case::parse(netuid, "given.stakes")?, case::parse(amount, "given.stakes")?);
        let (hotkey, coldkey) = (names.id(hotkey)?, names.id(coldkey)?);
        SubtensorModule::increase_stake(&hotkey, &coldkey, netuid, amount);
        fund(&coldkey, PURSE)?;
        if netuid == 0 {
            stand_behind_root(amount)?;
        }
    }
    for (slot, block) in case::object(given, "registered")? {
        let (netuid, hotkey) = place(slot, names)?;
        SubtensorModule::append_neuron(netuid, &hotkey, case::parse(block, "given.registered")?);
    }
    let authorities = case::list(given, "authorities")?.iter().filter_map(Value::as_str);
    let voters = authorities.map(|name| Ok((cast::voter(name)?.public().0, 1_u64)));
    let voters = voters.collect::<Result<Vec<_>, CaseError>>()?;
    unhashed::put_raw(&item_prefix("Grandpa", "Authorities"), &voters.encode());
    for (authority, hotkey) in case::object(given, "links")? {
        let hotkey = names.id(hotkey.as_str().unwrap_or_default())?;
        pallet_slashing::Links::<Runtime>::insert(
            polkadot_sdk::sp_consensus_grandpa::AuthorityId::from(cast::voter(authority)?.public()),
            hotkey,
        );
    }
    for (slot, strikes) in case::object(given, "strikes")? {
        let (netuid, hotkey) = place(slot, names)?;
        pallet_slashing::Strikes::<Runtime>::insert(
            netuid,
            &hotkey,
            case::parse::<u32>(strikes, "given.strikes")?,
        );
    }
    subtensor::TotalIssuance::<Runtime>::put(case::integer::<u64>(given, "total_issuance")?);
    Ok(())
}

fn build_subnet(netuid: u16, subnet: &Fields, names: &mut Names) -> Result<(), CaseError> {
    subtensor::NetworksAdded::<Runtime>::insert(netuid, true);
    subtensor::SubtokenEnabled::<Runtime>::insert(netuid, true);
    subtensor::MaxAllowedUids::<Runtime>::insert(netuid, 256);
    subtensor::NetworkRegistrationAllowed::<Runtime>::insert(netuid, true);
    if let Some(owner) = subnet.get("owner").and_then(Value::as_str) {
        subtensor::SubnetOwner::<Runtime>::insert(netuid, names.id(owner)?);
    }
    if netuid != 0 {
        subtensor::SubnetMechanism::<Runtime>::insert(netuid, 1);
        subtensor::SubnetTAO::<Runtime>::insert(netuid, RESERVES);
        subtensor::SubnetAlphaIn::<Runtime>::insert(netuid, RESERVES);
        subtensor::SubnetAlphaOut::<Runtime>::insert(netuid, case::integer::<u64>(subnet, "alpha_out")?);
        pallet_swap::FeeRate::<Runtime>::insert(netuid, 0);
        fund_subnet(netuid, RESERVES)?;
    }
    let now = terms(case::object(subnet, "terms")?)?;
    let now = now.ok_or_else(|| CaseError::new("given.subnets.terms", "cannot be held by the pallet"))?;
    pallet_slashing::TermsOf::<Runtime>::insert(netuid, Schedule { now, next: None });
    for model in case::list(subnet, "models")?.iter().filter_map(Value::as_str) {
        let network = cast::network(model)?;
        pallet_slashing::Models::<Runtime>::insert(netuid, network.root(), network.commitment());
    }
    Ok(())
}

/// Terms as the pallet has them; none if a number does not even fit its type.
pub(super) fn terms(terms: &Fields) -> Result<Option<Terms>, CaseError> {
    let number = |name: &str| case::integer::<u64>(terms, name);
    let (window, ban) = (u32::try_from(number("window")?), u32::try_from(number("ban")?));
    let contradiction = u16::try_from(number("contradiction")?);
    let wrong_result = u16::try_from(number("wrong_result")?);
    let reporter_share = u16::try_from(number("reporter_share")?);
    let max_strikes = u8::try_from(number("max_strikes")?);
    let enabled = case::boolean(terms, "enabled")?;
    let (Ok(window), Ok(ban), Ok(contradiction), Ok(wrong_result), Ok(reporter_share), Ok(max_strikes)) =
        (window, ban, contradiction, wrong_result, reporter_share, max_strikes)
    else {
        return Ok(None);
    };
    Ok(Some(Terms { enabled, window, contradiction, wrong_result, reporter_share, max_strikes, ban }))
}

/// Puts TAO behind root stake, in its account and its books.
pub(super) fn stand_behind_root(amount: u64) -> Result<(), CaseError> {
    fund_subnet(0, amount)?;
    subtensor::SubnetTAO::<Runtime>::mutate(0, |tao| *tao = tao.saturating_add(amount));
    subtensor::SubnetAlphaOut::<Runtime>::mutate(0, |alpha| *alpha = alpha.saturating_add(amount));
    subtensor::TotalStake::<Runtime>::mutate(|total| *total = total.saturating_add(amount));
    Ok(())
}

fn fund_subnet(netuid: u16, amount: u64) -> Result<(), CaseError> {
    let account = SubtensorModule::subnet_account(netuid);
    fund(&account.ok_or_else(|| CaseError::new("given.subnets", "has no account"))?, amount)
}

fn fund(account: &AccountId32, amount: u64) -> Result<(), CaseError> {
    let minted = <Balances as Mutate<_>>::mint_into(account, amount);
    minted.map(drop).map_err(|error| CaseError::new("given", format!("cannot be funded: {error:?}")))
}

/// The state as the vectors write it, without what is zero or absent; runs inside the storage.
pub(super) fn view(names: &Names) -> Fields {
    let now = System::block_number();
    let at = |netuid: u16, hotkey: &AccountId32| format!("{netuid},{}", names.name(hotkey));
    let held = |netuid, hotkey: &AccountId32, coldkey: &AccountId32| {
        format!("{},{}", at(netuid, hotkey), names.name(coldkey))
    };
    let (mut stake, mut total, mut bond, mut locked) = (Map::new(), Map::new(), Map::new(), Map::new());
    for (hotkey, coldkey, netuid) in subtensor::AlphaV2::<Runtime>::iter_keys() {
        let value = SubtensorModule::stake_of(&hotkey, &coldkey, netuid);
        insert(&mut stake, held(netuid, &hotkey, &coldkey), value);
    }
    for (hotkey, netuid, value) in subtensor::TotalHotkeyAlpha::<Runtime>::iter() {
        insert(&mut total, at(netuid, &hotkey), value);
    }
    for ((netuid, hotkey, coldkey), stored) in pallet_slashing::Bonds::<Runtime>::iter() {
        let stored = assay_economics::slashing::bond::Bond::from(stored);
        insert(&mut bond, held(netuid, &hotkey, &coldkey), stored.bonded);
        insert(&mut locked, held(netuid, &hotkey, &coldkey), stored.locked(now));
    }
    let alpha_out = subtensor::SubnetAlphaOut::<Runtime>::iter().filter(|(netuid, _)| *netuid != 0);
    let alpha_out: Fields = alpha_out.map(|(netuid, alpha)| (netuid.to_string(), number(alpha))).collect();
    let strikes = pallet_slashing::Strikes::<Runtime>::iter();
    let strikes: Fields =
        strikes.map(|(netuid, hotkey, strikes)| (at(netuid, &hotkey), number(strikes))).collect();
    let bans = pallet_slashing::Bans::<Runtime>::iter().filter(|(_, _, until)| now < *until);
    let bans: Fields = bans.map(|(netuid, hotkey, until)| (at(netuid, &hotkey), number(until))).collect();
    let registered: BTreeSet<String> =
        subtensor::Uids::<Runtime>::iter().map(|(netuid, hotkey, _)| at(netuid, &hotkey)).collect();
    Map::from_iter([
        ("stake".into(), stake.into()),
        ("total".into(), total.into()),
        ("alpha_out".into(), alpha_out.into()),
        ("total_issuance".into(), number(subtensor::TotalIssuance::<Runtime>::get())),
        ("bond".into(), bond.into()),
        ("locked".into(), locked.into()),
        ("strikes".into(), strikes.into()),
        ("banned_until".into(), bans.into()),
        ("registered".into(), registered.into_iter().collect()),
    ])
}

fn insert(into: &mut Fields, key: String, amount: u64) {
    if amount > 0 {
        into.insert(key, number(amount));
    }
}

/// Splits `netuid,hotkey`.
fn place(text: &str, names: &mut Names) -> Result<(u16, AccountId32), CaseError> {
    let wrong = || CaseError::new(text, "is not `netuid,hotkey`");
    let (netuid, hotkey) = text.split_once(',').ok_or_else(wrong)?;
    Ok((netuid_of(netuid)?, names.id(hotkey)?))
}

fn netuid_of(text: &str) -> Result<u16, CaseError> {
    text.parse().map_err(|_| CaseError::new(text, "is no netuid"))
}
