//! What a proxy may do in somebody else's name (section 10, 4).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::traits::InstanceFilter;
use polkadot_sdk::{frame_system, pallet_balances, pallet_sudo};
use scale_info::TypeInfo;

use crate::{Runtime, RuntimeCall};

type AdminCall = pallet_admin_utils::Call<Runtime>;
type BalancesCall = pallet_balances::Call<Runtime>;
type SubtensorCall = pallet_subtensor::Call<Runtime>;
type SudoCall = pallet_sudo::Call<Runtime>;

/// Below this a transfer is small, rao of TAO or of alpha (section 10, 4).
pub(crate) const SMALL: u64 = 500_000_000;

/// A kind of proxy (section 10, 4).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
#[scale_info(replace_segment("assay_runtime", "subtensor_runtime_common"))]
#[expect(missing_docs, reason = "the kinds are those of section 10, 4")]
pub enum ProxyType {
    #[default]
    Any,
    Owner,
    NonCritical,
    NonTransfer,
    Senate,
    NonFungible,
    Triumvirate,
    Governance,
    Staking,
    Registration,
    Transfer,
    SmallTransfer,
    RootWeights,
    ChildKeys,
    SudoUncheckedSetCode,
    SwapHotkey,
    SubnetLeaseBeneficiary,
    RootClaim,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
    fn filter(&self, call: &RuntimeCall) -> bool {
        match self {
            Self::Any => true,
            Self::NonTransfer => !moves_balances(call) && !moves_to_another_coldkey(call),
            Self::NonFungible => !moves_balances(call) && !moves_stake_or_keys(call),
            Self::NonCritical => !is_critical(call),
            Self::Transfer => is_transfer(call),
            Self::SmallTransfer => is_small_transfer(call),
            Self::Owner => is_of_owner(call),
            Self::Staking => is_staking(call),
            Self::Registration => is_registration(call),
            Self::ChildKeys => matches!(
                call,
                RuntimeCall::SubtensorModule(
                    SubtensorCall::set_children { .. } | SubtensorCall::set_childkey_take { .. }
                )
            ),
            Self::SwapHotkey => matches!(
                call,
                RuntimeCall::SubtensorModule(
                    SubtensorCall::swap_hotkey { .. } | SubtensorCall::swap_hotkey_v2 { .. }
                )
            ),
            Self::RootClaim => {
                matches!(call, RuntimeCall::SubtensorModule(SubtensorCall::claim_root { .. }))
            }
            Self::SudoUncheckedSetCode => sets_code_unchecked(call),
            Self::SubnetLeaseBeneficiary => is_of_lease(call),
            Self::Senate | Self::Triumvirate | Self::Governance | Self::RootWeights => false,
        }
    }

    fn is_superset(&self, other: &Self) -> bool {
        let covers = match self {
            Self::Any => true,
            Self::NonTransfer => !matches!(other, Self::Any | Self::Transfer | Self::SmallTransfer),
            Self::Transfer => *other == Self::SmallTransfer,
            _ => false,
        };
        covers || self == other
    }
}

fn moves_balances(call: &RuntimeCall) -> bool {
    matches!(call, RuntimeCall::Balances(..))
}

fn moves_to_another_coldkey(call: &RuntimeCall) -> bool {
    swaps_coldkey(call) || matches!(call, RuntimeCall::SubtensorModule(SubtensorCall::transfer_stake { .. }))
}

fn swaps_coldkey(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::SubtensorModule(
            SubtensorCall::schedule_swap_coldkey { .. }
                | SubtensorCall::swap_coldkey { .. }
                | SubtensorCall::announce_coldkey_swap { .. }
                | SubtensorCall::swap_coldkey_announced { .. }
                | SubtensorCall::clear_coldkey_swap_announcement { .. }
                | SubtensorCall::dispute_coldkey_swap { .. }
        )
    )
}

fn moves_stake_or_keys(call: &RuntimeCall) -> bool {
    swaps_coldkey(call)
        || matches!(
            call,
            RuntimeCall::SubtensorModule(
                SubtensorCall::add_stake { .. }
                    | SubtensorCall::add_stake_limit { .. }
                    | SubtensorCall::remove_stake { .. }
                    | SubtensorCall::remove_stake_limit { .. }
                    | SubtensorCall::remove_stake_full_limit { .. }
                    | SubtensorCall::unstake_all { .. }
                    | SubtensorCall::unstake_all_alpha { .. }
                    | SubtensorCall::swap_stake { .. }
                    | SubtensorCall::swap_stake_limit { .. }
                    | SubtensorCall::move_stake { .. }
                    | SubtensorCall::transfer_stake { .. }
                    | SubtensorCall::burned_register { .. }
                    | SubtensorCall::root_register { .. }
                    | SubtensorCall::swap_hotkey { .. }
                    | SubtensorCall::swap_hotkey_v2 { .. }
            )
        )
}

fn is_critical(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::Sudo(..)
            | RuntimeCall::SubtensorModule(
                SubtensorCall::dissolve_network { .. }
                    | SubtensorCall::root_register { .. }
                    | SubtensorCall::burned_register { .. }
                    | SubtensorCall::announce_coldkey_swap { .. }
                    | SubtensorCall::swap_coldkey_announced { .. }
                    | SubtensorCall::clear_coldkey_swap_announcement { .. }
                    | SubtensorCall::dispute_coldkey_swap { .. }
            )
    )
}

fn is_transfer(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::Balances(
            BalancesCall::transfer_keep_alive { .. }
                | BalancesCall::transfer_allow_death { .. }
                | BalancesCall::transfer_all { .. }
        ) | RuntimeCall::SubtensorModule(SubtensorCall::transfer_stake { .. })
    )
}

fn is_small_transfer(call: &RuntimeCall) -> bool {
    match call {
        RuntimeCall::Balances(
            BalancesCall::transfer_keep_alive { value, .. }
            | BalancesCall::transfer_allow_death { value, .. },
        ) => *value < SMALL,
        RuntimeCall::SubtensorModule(SubtensorCall::transfer_stake { alpha_amount, .. }) => {
            *alpha_amount < SMALL
        }
        _ => false,
    }
}

fn is_of_owner(call: &RuntimeCall) -> bool {
    match call {
        RuntimeCall::AdminUtils(
            AdminCall::sudo_set_sn_owner_hotkey { .. } | AdminCall::sudo_set_subnet_owner_hotkey { .. },
        ) => false,
        RuntimeCall::AdminUtils(..)
        | RuntimeCall::SubtensorModule(
            SubtensorCall::set_subnet_identity { .. } | SubtensorCall::update_symbol { .. },
        ) => true,
        _ => false,
    }
}

/// The specification does not list the setters that a lease allows, and there are no leases (section 10, 7); the
/// vectors show this one.
fn is_of_lease(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::SubtensorModule(SubtensorCall::start_call { .. })
            | RuntimeCall::AdminUtils(AdminCall::sudo_set_rho { .. })
    )
}

fn is_staking(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::SubtensorModule(
            SubtensorCall::add_stake { .. }
                | SubtensorCall::remove_stake { .. }
                | SubtensorCall::unstake_all { .. }
                | SubtensorCall::unstake_all_alpha { .. }
                | SubtensorCall::swap_stake { .. }
                | SubtensorCall::swap_stake_limit { .. }
                | SubtensorCall::move_stake { .. }
                | SubtensorCall::add_stake_limit { .. }
                | SubtensorCall::remove_stake_limit { .. }
                | SubtensorCall::remove_stake_full_limit { .. }
                | SubtensorCall::set_root_claim_type { .. }
        )
    )
}

fn is_registration(call: &RuntimeCall) -> bool {
    matches!(
        call,
        RuntimeCall::SubtensorModule(
            SubtensorCall::burned_register { .. }
                | SubtensorCall::register { .. }
                | SubtensorCall::register_limit { .. }
        )
    )
}

fn sets_code_unchecked(call: &RuntimeCall) -> bool {
    match call {
        RuntimeCall::Sudo(SudoCall::sudo_unchecked_weight { call, .. }) => {
            matches!(**call, RuntimeCall::System(frame_system::Call::set_code { .. }))
        }
        _ => false,
    }
}
