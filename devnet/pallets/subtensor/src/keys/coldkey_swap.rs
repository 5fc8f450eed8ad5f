//! What moves when a coldkey is swapped (section 09, 4 `do_swap`).

use assay_primitives::interface::HeldStake;
use assay_primitives::{NetUid, ROOT};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use super::push_once;
use crate::{
    AutoStakeDestination, AutoStakeDestinationColdkeys, Config, Error, Event, IdentitiesV2,
    LastRateLimitedBlock, OwnedHotkeys, Owner, Pallet, RateLimitKey, RootClaimed, StakingHotkeys,
    SubnetOwner,
};

impl<T: Config> Pallet<T> {
    /// Puts a new coldkey in the place of an old one (section 09, 4 `do_swap`).
    ///
    /// # Errors
    /// `ColdKeyAlreadyAssociated`, `NewColdKeyIsHotkey`, `ActiveLockExists`, and those of a transfer.
    pub fn swap_coldkey_everywhere(old: &T::AccountId, new: &T::AccountId) -> DispatchResult {
        ensure!(StakingHotkeys::<T>::get(new).is_empty(), Error::<T>::ColdKeyAlreadyAssociated);
        ensure!(!Self::hotkey_exists(new), Error::<T>::NewColdKeyIsHotkey);

        move_identity::<T>(old, new);
        // The locks that come along must not be refused.
        Self::accept_locked_alpha(new, true);
        for netuid in Self::networks() {
            move_ownership::<T>(old, new, netuid);
            move_auto_stake::<T>(old, new, netuid);
            move_stake::<T>(old, new, netuid);
        }
        move_hotkeys::<T>(old, new);
        Self::swap_coldkey_locks(old, new)?;

        let balance = Self::balance(old);
        if balance > 0 {
            Self::transfer_tao(old, new, balance)?;
        }
        LastRateLimitedBlock::<T>::insert(RateLimitKey::LastTxBlock(new.clone()), Self::now());
        Self::deposit_event(Event::ColdkeySwapped { old_coldkey: old.clone(), new_coldkey: new.clone() });
        Ok(())
    }
}

fn move_identity<T: Config>(old: &T::AccountId, new: &T::AccountId) {
    if IdentitiesV2::<T>::contains_key(new) {
        return;
    }
    if let Some(identity) = IdentitiesV2::<T>::take(old) {
        IdentitiesV2::<T>::insert(new, identity);
    }
}

fn move_ownership<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    if SubnetOwner::<T>::get(netuid) == *old {
        SubnetOwner::<T>::insert(netuid, new);
    }
}

fn move_auto_stake<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    let Some(hotkey) = AutoStakeDestination::<T>::take(old, netuid) else {
        return;
    };
    AutoStakeDestination::<T>::insert(new, netuid, &hotkey);
    let mut coldkeys = AutoStakeDestinationColdkeys::<T>::get(&hotkey, netuid);
    coldkeys.retain(|coldkey| coldkey != old && coldkey != new);
    coldkeys.push(new.clone());
    AutoStakeDestinationColdkeys::<T>::insert(&hotkey, netuid, coldkeys);
}

fn move_stake<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    for hotkey in StakingHotkeys::<T>::get(old) {
        let alpha = Pallet::<T>::stake_of(&hotkey, old, netuid);
        Pallet::<T>::decrease_stake(&hotkey, old, netuid, alpha);
        Pallet::<T>::increase_stake(&hotkey, new, netuid, alpha);
        T::HeldStake::coldkey_swapped(netuid, &hotkey, old, new);
        if Pallet::<T>::stake_of(&hotkey, new, netuid) == 0 {
            continue;
        }
        let claimed = RootClaimed::<T>::take((netuid, &hotkey, old));
        let total = RootClaimed::<T>::get((netuid, &hotkey, new)).saturating_add(claimed);
        RootClaimed::<T>::insert((netuid, &hotkey, new), total);
        if netuid == ROOT {
            Pallet::<T>::add_root_staker(new);
        }
    }
    if netuid == ROOT {
        Pallet::<T>::remove_root_staker(old);
    }
}

fn move_hotkeys<T: Config>(old: &T::AccountId, new: &T::AccountId) {
    let mut staking = StakingHotkeys::<T>::get(new);
    for hotkey in StakingHotkeys::<T>::take(old) {
        push_once(&mut staking, &hotkey);
    }
    StakingHotkeys::<T>::insert(new, staking);

    let mut owned = OwnedHotkeys::<T>::get(new);
    for hotkey in OwnedHotkeys::<T>::take(old) {
        Owner::<T>::insert(&hotkey, new);
        push_once(&mut owned, &hotkey);
    }
    OwnedHotkeys::<T>::insert(new, owned);
}
