//! Checks at every dispatch, nested ones included (section 10, 2).
//!
//! The runtime runs them after the call filter and before the call; the transaction extension runs the same when a
//! transaction is validated.

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_support::storage::{TransactionOutcome, with_transaction};
use polkadot_sdk::frame_support::weights::Weight;

use crate::defaults::declared;
use crate::weights::guards::is_about_weights;
use crate::{
    AssociatedEvmAddress, Call, ColdkeySwapAnnouncements, ColdkeySwapDisputes, Config, Error,
    MaxDelegateTake, MinDelegateTake, Pallet, Uids,
};

/// Blocks between two associations of an EVM address (section 10, 2).
const EVM_KEY_ASSOCIATE_RATE_LIMIT: u64 = 7_200;

impl<T: Config> Pallet<T> {
    /// All guards in their order, for a signed origin; root and others pass (section 10, 2). `call` is none for a
    /// call of another pallet. Nothing that they write stays.
    ///
    /// # Errors
    /// That of the first guard that refuses.
    pub fn check_guards(signer: &T::AccountId, call: Option<&Call<T>>) -> DispatchResult {
        with_transaction(|| TransactionOutcome::Rollback(Self::guards(signer, call)))
    }

    /// Weight of the guards that apply to a call (section 10, 3).
    pub fn guard_weight(call: Option<&Call<T>>) -> Weight {
        let coldkey_swap = declared::<T>(17_583_000, 2, 0, 0);
        let Some(call) = call else { return coldkey_swap };
        let weights = is_about_weights(call).then(|| declared::<T>(52_958_000, 11, 0, 0));
        let other = match call {
            Call::set_weights { .. }
            | Call::commit_weights { .. }
            | Call::commit_mechanism_weights { .. }
            | Call::set_mechanism_weights { .. }
            | Call::register_network { .. } => declared::<T>(35_376_000, 7, 0, 0),
            Call::decrease_take { .. } | Call::increase_take { .. } => declared::<T>(15_378_000, 3, 0, 0),
            Call::serve_axon { .. } | Call::serve_axon_tls { .. } | Call::serve_prometheus { .. } => {
                declared::<T>(19_035_000, 3, 0, 0)
            }
            Call::associate_evm_key { .. } => declared::<T>(15_448_000, 2, 0, 0),
            _ => Weight::zero(),
        };
        coldkey_swap.saturating_add(weights.unwrap_or_default()).saturating_add(other)
    }

    fn guards(signer: &T::AccountId, call: Option<&Call<T>>) -> DispatchResult {
        Self::check_coldkey_swap(signer, call)?;
        let Some(call) = call else { return Ok(()) };
        Self::check_weights(signer, call)?;
        Self::check_rate_limits(signer, call)?;
        Self::check_take(signer, call)?;
        Self::check_serving(signer, call)?;
        Self::check_evm_association(signer, call)
    }

    /// Guard 1: an account whose swap is announced may only go on with it.
    fn check_coldkey_swap(signer: &T::AccountId, call: Option<&Call<T>>) -> DispatchResult {
        if !ColdkeySwapAnnouncements::<T>::contains_key(signer) {
            return Ok(());
        }
        ensure!(!ColdkeySwapDisputes::<T>::contains_key(signer), Error::<T>::ColdkeySwapDisputed);
        let goes_on = matches!(
            call,
            Some(
                Call::announce_coldkey_swap { .. }
                    | Call::swap_coldkey_announced { .. }
                    | Call::dispute_coldkey_swap { .. }
                    | Call::clear_coldkey_swap_announcement { .. }
            )
        );
        ensure!(goes_on, Error::<T>::ColdkeySwapAnnounced);
        Ok(())
    }

    /// Guard 3.
    fn check_rate_limits(signer: &T::AccountId, call: &Call<T>) -> DispatchResult {
        match call {
            Call::register_network { .. } => Self::ensure_network_rate_limit(),
            _ => Self::check_weights_rate_limit(signer, call),
        }
    }

    /// Guard 4.
    fn check_take(signer: &T::AccountId, call: &Call<T>) -> DispatchResult {
        let (Call::decrease_take { hotkey, take } | Call::increase_take { hotkey, take }) = call else {
            return Ok(());
        };
        ensure!(*take >= MinDelegateTake::<T>::get(), Error::<T>::DelegateTakeTooLow);
        ensure!(*take <= MaxDelegateTake::<T>::get(), Error::<T>::DelegateTakeTooHigh);
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        ensure!(Self::owns(signer, hotkey), Error::<T>::NonAssociatedColdKey);
        Ok(())
    }

    /// Guard 5.
    fn check_serving(signer: &T::AccountId, call: &Call<T>) -> DispatchResult {
        match call {
            Call::serve_axon { netuid, ip, ip_type, port, .. }
            | Call::serve_axon_tls { netuid, ip, ip_type, port, .. } => {
                Self::validate_axon(signer, *netuid, *ip, *ip_type, *port)
            }
            Call::serve_prometheus { netuid, ip, ip_type, port, .. } => {
                Self::validate_prometheus(signer, *netuid, *ip, *ip_type, *port)
            }
            _ => Ok(()),
        }
    }

    /// Guard 6.
    fn check_evm_association(signer: &T::AccountId, call: &Call<T>) -> DispatchResult {
        match call {
            Call::associate_evm_key { netuid, .. } => Self::ensure_may_associate(signer, *netuid),
            _ => Ok(()),
        }
    }

    fn ensure_may_associate(hotkey: &T::AccountId, netuid: NetUid) -> DispatchResult {
        let uid = Uids::<T>::get(netuid, hotkey).ok_or(Error::<T>::HotKeyNotRegisteredInSubNet)?;
        let too_fast = AssociatedEvmAddress::<T>::get(netuid, uid)
            .is_some_and(|(_, block)| Self::now().saturating_sub(block) < EVM_KEY_ASSOCIATE_RATE_LIMIT);
        ensure!(!too_fast, Error::<T>::EvmKeyAssociateRateLimitExceeded);
        Ok(())
    }
}
