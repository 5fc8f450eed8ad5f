//! What a proxy may do, as a list that clients can read (sections 10, 4 and 11, 5).
//!
//! The rule itself is the filter in `proxies.rs`; a test holds the lists to it, call by call.

use alloc::vec;
use alloc::vec::Vec;

use assay_runtime_api::proxy::{CallCondition, CallInfo, FilterMode, ProxyFilterInfo, ProxyTypeInfo};
use polkadot_sdk::frame_support::traits::{GetCallIndex, GetCallName, PalletInfoAccess};
use polkadot_sdk::{frame_system, pallet_balances, pallet_sudo};

use crate::proxies::{ProxyType, SMALL};
use crate::{AdminUtils, Balances, Runtime, SubtensorModule, Sudo};

/// The kinds by number, with their names.
const KINDS: [(ProxyType, &str); 18] = [
    (ProxyType::Any, "Any"),
    (ProxyType::Owner, "Owner"),
    (ProxyType::NonCritical, "NonCritical"),
    (ProxyType::NonTransfer, "NonTransfer"),
    (ProxyType::Senate, "Senate"),
    (ProxyType::NonFungible, "NonFungible"),
    (ProxyType::Triumvirate, "Triumvirate"),
    (ProxyType::Governance, "Governance"),
    (ProxyType::Staking, "Staking"),
    (ProxyType::Registration, "Registration"),
    (ProxyType::Transfer, "Transfer"),
    (ProxyType::SmallTransfer, "SmallTransfer"),
    (ProxyType::RootWeights, "RootWeights"),
    (ProxyType::ChildKeys, "ChildKeys"),
    (ProxyType::SudoUncheckedSetCode, "SudoUncheckedSetCode"),
    (ProxyType::SwapHotkey, "SwapHotkey"),
    (ProxyType::SubnetLeaseBeneficiary, "SubnetLeaseBeneficiary"),
    (ProxyType::RootClaim, "RootClaim"),
];

const SWAPS_COLDKEY: [&str; 6] = [
    "schedule_swap_coldkey",
    "swap_coldkey",
    "announce_coldkey_swap",
    "swap_coldkey_announced",
    "clear_coldkey_swap_announcement",
    "dispute_coldkey_swap",
];

const MOVES_STAKE: [&str; 15] = [
    "add_stake",
    "add_stake_limit",
    "remove_stake",
    "remove_stake_limit",
    "remove_stake_full_limit",
    "unstake_all",
    "unstake_all_alpha",
    "swap_stake",
    "swap_stake_limit",
    "move_stake",
    "transfer_stake",
    "burned_register",
    "root_register",
    "swap_hotkey",
    "swap_hotkey_v2",
];

const CRITICAL: [&str; 7] = [
    "dissolve_network",
    "root_register",
    "burned_register",
    "announce_coldkey_swap",
    "swap_coldkey_announced",
    "clear_coldkey_swap_announcement",
    "dispute_coldkey_swap",
];

const STAKING: [&str; 11] = [
    "add_stake",
    "remove_stake",
    "unstake_all",
    "unstake_all_alpha",
    "swap_stake",
    "swap_stake_limit",
    "move_stake",
    "add_stake_limit",
    "remove_stake_limit",
    "remove_stake_full_limit",
    "set_root_claim_type",
];

/// Calls of a filter and the exceptions from them.
type Lists = (FilterMode, Vec<CallInfo>, Vec<CallInfo>);

/// The kinds of proxies (section 11, 5).
pub fn proxy_types() -> Vec<ProxyTypeInfo> {
    let described = |(index, (kind, name)): (u8, (ProxyType, &str))| ProxyTypeInfo {
        name: name.as_bytes().to_vec(),
        index,
        deprecated: is_deprecated(kind),
    };
    (0..).zip(KINDS).map(described).collect()
}

/// What the kind with a number may do, or every kind (section 11, 5).
pub fn proxy_filters(asked: Option<u8>) -> Vec<ProxyFilterInfo> {
    let described = |(proxy_type, (kind, name)): (u8, (ProxyType, &str))| {
        let (filter_mode, calls, exceptions) = lists(kind);
        let name = name.as_bytes().to_vec();
        ProxyFilterInfo { proxy_type, name, deprecated: is_deprecated(kind), filter_mode, calls, exceptions }
    };
    let kinds = (0..).zip(KINDS);
    kinds.filter(|(index, _)| asked.is_none_or(|asked| asked == *index)).map(described).collect()
}

fn is_deprecated(kind: ProxyType) -> bool {
    matches!(
        kind,
        ProxyType::Senate | ProxyType::Triumvirate | ProxyType::Governance | ProxyType::RootWeights
    )
}

fn lists(kind: ProxyType) -> Lists {
    match kind {
        ProxyType::Any => (FilterMode::AllowAll, Vec::new(), Vec::new()),
        ProxyType::Senate | ProxyType::Triumvirate | ProxyType::Governance | ProxyType::RootWeights => {
            (FilterMode::DenyAll, Vec::new(), Vec::new())
        }
        ProxyType::NonTransfer => {
            deny(&[vec![whole::<Balances>()], subtensor(&["transfer_stake"]), subtensor(&SWAPS_COLDKEY)])
        }
        ProxyType::NonFungible => {
            deny(&[vec![whole::<Balances>()], subtensor(&MOVES_STAKE), subtensor(&SWAPS_COLDKEY)])
        }
        ProxyType::NonCritical => deny(&[subtensor(&CRITICAL), vec![whole::<Sudo>()], Vec::new()]),
        ProxyType::Transfer => allow(&[
            balances(&["transfer_keep_alive", "transfer_allow_death", "transfer_all"]),
            subtensor(&["transfer_stake"]),
        ]),
        ProxyType::SmallTransfer => allow(&[
            below("value", balances(&["transfer_keep_alive", "transfer_allow_death"])),
            below("alpha_amount", subtensor(&["transfer_stake"])),
        ]),
        ProxyType::Owner => (
            FilterMode::Allow,
            [vec![whole::<AdminUtils>()], subtensor(&["set_subnet_identity", "update_symbol"])].concat(),
            admin(&["sudo_set_sn_owner_hotkey", "sudo_set_subnet_owner_hotkey"]),
        ),
        ProxyType::Staking => allow(&[subtensor(&STAKING), Vec::new()]),
        ProxyType::Registration => {
            allow(&[subtensor(&["burned_register", "register", "register_limit"]), Vec::new()])
        }
        ProxyType::ChildKeys => allow(&[subtensor(&["set_children", "set_childkey_take"]), Vec::new()]),
        ProxyType::SwapHotkey => allow(&[subtensor(&["swap_hotkey", "swap_hotkey_v2"]), Vec::new()]),
        ProxyType::RootClaim => allow(&[subtensor(&["claim_root"]), Vec::new()]),
        ProxyType::SubnetLeaseBeneficiary => allow(&[subtensor(&["start_call"]), admin(&["sudo_set_rho"])]),
        ProxyType::SudoUncheckedSetCode => {
            let set_code = CallCondition::NestedCallMustBe {
                pallet_name: name_of::<frame_system::Pallet<Runtime>>(),
                call_name: b"set_code".to_vec(),
            };
            let calls = calls::<Sudo, pallet_sudo::Call<Runtime>>(&["sudo_unchecked_weight"]);
            allow(&[under(&set_code, calls), Vec::new()])
        }
    }
}

fn allow(calls: &[Vec<CallInfo>; 2]) -> Lists {
    (FilterMode::Allow, calls.concat(), Vec::new())
}

fn deny(calls: &[Vec<CallInfo>; 3]) -> Lists {
    (FilterMode::Deny, calls.concat(), Vec::new())
}

fn balances(names: &[&str]) -> Vec<CallInfo> {
    calls::<Balances, pallet_balances::Call<Runtime>>(names)
}

fn subtensor(names: &[&str]) -> Vec<CallInfo> {
    calls::<SubtensorModule, pallet_subtensor::Call<Runtime>>(names)
}

fn admin(names: &[&str]) -> Vec<CallInfo> {
    calls::<AdminUtils, pallet_admin_utils::Call<Runtime>>(names)
}

/// The calls with these names, with the numbers that the pallet gives them.
fn calls<Pallet: PalletInfoAccess, Call: GetCallName + GetCallIndex>(names: &[&str]) -> Vec<CallInfo> {
    let numbered = |name: &&str| {
        let place = Call::get_call_names().iter().position(|known| known == name)?;
        Some(CallInfo {
            call_name: Some(name.as_bytes().to_vec()),
            call_index: Call::get_call_indices().get(place).copied(),
            ..whole::<Pallet>()
        })
    };
    names.iter().filter_map(numbered).collect()
}

/// All calls of a pallet.
fn whole<Pallet: PalletInfoAccess>() -> CallInfo {
    CallInfo {
        pallet_name: name_of::<Pallet>(),
        pallet_index: u8::try_from(Pallet::index()).unwrap_or(u8::MAX),
        call_name: None,
        call_index: None,
        condition: None,
    }
}

fn name_of<Pallet: PalletInfoAccess>() -> Vec<u8> {
    Pallet::name().as_bytes().to_vec()
}

/// Calls with an amount below the limit of small transfers.
fn below(param_name: &str, calls: Vec<CallInfo>) -> Vec<CallInfo> {
    let param_name = param_name.as_bytes().to_vec();
    under(&CallCondition::ParamLessThan { param_name, limit: u128::from(SMALL) }, calls)
}

fn under(condition: &CallCondition, calls: Vec<CallInfo>) -> Vec<CallInfo> {
    calls.into_iter().map(|call| CallInfo { condition: Some(condition.clone()), ..call }).collect()
}

#[cfg(test)]
mod tests {
    use codec::Decode;
    use polkadot_sdk::frame_support::traits::InstanceFilter;

    use super::*;
    use crate::RuntimeCall;

    /// A call of every number whose arguments can be all zero, with its pallet and call number.
    fn calls_of_zeros() -> impl Iterator<Item = (u8, u8, RuntimeCall)> {
        let numbers = (0..=u8::MAX).flat_map(|pallet| (0..=u8::MAX).map(move |call| (pallet, call)));
        numbers.filter_map(|(pallet, call)| {
            let mut bytes = vec![pallet, call];
            bytes.resize(1_024, 0);
            RuntimeCall::decode(&mut &*bytes).ok().map(|decoded| (pallet, call, decoded))
        })
    }

    fn listed(calls: &[CallInfo], pallet: u8, call: u8) -> bool {
        calls
            .iter()
            .filter(|info| !matches!(info.condition, Some(CallCondition::NestedCallMustBe { .. })))
            .any(|info| info.pallet_index == pallet && info.call_index.is_none_or(|index| index == call))
    }

    #[test]
    fn the_lists_say_what_the_filters_do() {
        let calls: Vec<_> = calls_of_zeros().collect();
        assert!(calls.len() > 200, "{} calls", calls.len());
        for (info, (kind, name)) in proxy_filters(None).into_iter().zip(KINDS) {
            for (pallet, number, call) in &calls {
                let on_list =
                    listed(&info.calls, *pallet, *number) && !listed(&info.exceptions, *pallet, *number);
                let allowed = match info.filter_mode {
                    FilterMode::AllowAll => true,
                    FilterMode::DenyAll => false,
                    FilterMode::Allow => on_list,
                    FilterMode::Deny => !on_list,
                };
                assert_eq!(kind.filter(call), allowed, "{name}: {call:?}");
            }
        }
    }

    #[test]
    fn every_name_on_the_lists_is_a_call() {
        let lengths: Vec<usize> = proxy_filters(None).iter().map(|info| info.calls.len()).collect();
        assert_eq!(lengths, [0, 3, 8, 8, 0, 22, 0, 0, 11, 3, 4, 3, 0, 2, 1, 2, 2, 1]);
    }

    #[test]
    fn one_kind_can_be_asked_for() {
        let filters = proxy_filters(Some(11));
        assert_eq!(filters.len(), 1);
        assert_eq!((filters[0].name.as_slice(), filters[0].proxy_type), (b"SmallTransfer".as_slice(), 11));
        assert_eq!(ProxyType::SmallTransfer as u8, 11);
        assert!(proxy_filters(Some(18)).is_empty());
    }
}
