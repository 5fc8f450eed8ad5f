//! Locks that follow stake, coldkeys and hotkeys (section 05, 8.6).

use alloc::vec::Vec;

use assay_economics::stake::lock::{LockFlags, LockState as Rolling};
use assay_economics::stake::lock_operations::{locked_part_of_transfer, transfer_lock};
use assay_primitives::{AlphaBalance, NetUid};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use super::roll::{OwnLock, all_of};
use crate::{
    AccountFlags, Config, DecayingHotkeyLock, DecayingLock, DecayingOwnerLock, Error, HotkeyLock, Lock,
    LockingColdkeys, OwnerLock, Pallet, SubnetOwnerHotkey,
};

impl<T: Config> Pallet<T> {
    /// Moves the part of a lock that a transfer within a subnet takes along; runs before the stake moves (section
    /// 05, 8.6).
    ///
    /// # Errors
    /// `LockHotkeyMismatch`, `AccountRejectsLockedAlpha`.
    pub fn transfer_lock(
        origin: &T::AccountId,
        destination: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) -> DispatchResult {
        if origin == destination || alpha == 0 {
            return Ok(());
        }
        let Some(from) = Self::lock_of(origin, netuid) else {
            return Ok(());
        };
        let to = Self::lock_of(destination, netuid).unwrap_or_else(|| OwnLock {
            hotkey: from.hotkey.clone(),
            flags: Self::lock_flags(destination, netuid, &from.hotkey),
            state: Rolling::fresh(0, Self::now()),
        });

        let sent = Self::roll_now(from.state, from.flags);
        let received = Self::roll_now(to.state, to.flags);
        let required = locked_part_of_transfer(alpha, Self::stake_on(origin, netuid), sent.locked_mass);
        ensure!(required == 0 || from.hotkey == to.hotkey, Error::<T>::LockHotkeyMismatch);
        let after = transfer_lock(sent, received, required);
        let moved = after.moved;
        ensure!(
            moved.locked_mass == 0 || Self::accepts_locked_alpha(destination),
            Error::<T>::AccountRejectsLockedAlpha
        );

        Self::save_lock(origin, netuid, &from.hotkey, Self::roll_now(after.origin, from.flags));
        Self::save_lock(destination, netuid, &to.hotkey, Self::roll_now(after.destination, to.flags));
        if moved.locked_mass > 0 {
            Self::reduce_lock_aggregate(netuid, &from.hotkey, from.flags, moved);
            let part = Rolling {
                locked_mass: moved.locked_mass,
                conviction: moved.conviction,
                last_update: Self::now(),
            };
            Self::add_to_lock_aggregate(netuid, &to.hotkey, to.flags, part);
        }
        Ok(())
    }

    /// Moves all locks of a coldkey and its flags (section 05, 8.6).
    ///
    /// # Errors
    /// `ActiveLockExists`, `AccountRejectsLockedAlpha`.
    pub fn swap_coldkey_locks(old: &T::AccountId, new: &T::AccountId) -> DispatchResult {
        let is_active = |(netuid, hotkey, lock): (NetUid, T::AccountId, Rolling)| {
            Self::roll_now(lock, Self::lock_flags(new, netuid, &hotkey)).locked_mass > 0
        };
        ensure!(!Self::locks_of(new).into_iter().any(is_active), Error::<T>::ActiveLockExists);

        let mut moving = Vec::new();
        for (netuid, hotkey, lock) in Self::locks_of(old) {
            let flags = Self::lock_flags(old, netuid, &hotkey);
            let rolled = Self::roll_now(lock, flags);
            ensure!(
                rolled.locked_mass == 0 || Self::accepts_locked_alpha(new),
                Error::<T>::AccountRejectsLockedAlpha
            );
            Self::remove_lock(old, netuid, &hotkey);
            Self::reduce_lock_aggregate(netuid, &hotkey, flags, all_of(rolled));
            moving.push((netuid, hotkey, rolled));
        }

        for (netuid, decaying) in DecayingLock::<T>::drain_prefix(old) {
            DecayingLock::<T>::insert(new, netuid, decaying);
        }
        Self::set_account_flags(new, AccountFlags::<T>::take(old));

        for (netuid, hotkey, lock) in moving {
            Self::save_lock(new, netuid, &hotkey, lock);
            Self::add_to_lock_aggregate(netuid, &hotkey, Self::lock_flags(new, netuid, &hotkey), lock);
        }
        Ok(())
    }

    /// Moves the locks behind a hotkey on a subnet; runs before the owner's hotkey changes (section 05, 8.6).
    pub fn swap_hotkey_locks(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
        let owner_hotkey = SubnetOwnerHotkey::<T>::get(netuid);
        let old_owner = owner_hotkey == *old;
        let new_owner = old_owner || owner_hotkey == *new;
        let backed =
            HotkeyLock::<T>::contains_key(netuid, old) || DecayingHotkeyLock::<T>::contains_key(netuid, old);
        if !new_owner && !backed {
            return;
        }

        let coldkeys: Vec<T::AccountId> = LockingColdkeys::<T>::iter_key_prefix((netuid, old)).collect();
        for coldkey in coldkeys {
            let stored = Lock::<T>::get((&coldkey, netuid, old));
            Self::remove_lock(&coldkey, netuid, old);
            if let Some(lock) = stored {
                let perpetual = DecayingLock::<T>::get(&coldkey, netuid) == Some(false);
                let rolled = Self::roll_across(lock.into(), old_owner, new_owner, perpetual);
                Self::save_lock(&coldkey, netuid, new, rolled);
            }
        }

        for perpetual in [true, false] {
            let before = LockFlags { owner: old_owner, perpetual };
            let after = LockFlags { owner: new_owner, perpetual };
            if let Some(aggregate) = Self::aggregate(netuid, old, before) {
                Self::remove_aggregate(netuid, old, before);
                let rolled = Self::roll_across(aggregate, old_owner, new_owner, perpetual);
                Self::save_aggregate(netuid, new, after, rolled);
            }
        }
    }

    /// Forgets all locks of a dissolved subnet (section 02, 5).
    pub fn clear_locks(netuid: NetUid) {
        let locks: Vec<(T::AccountId, T::AccountId)> =
            LockingColdkeys::<T>::iter_key_prefix((netuid,)).collect();
        for (hotkey, coldkey) in locks {
            Self::remove_lock(&coldkey, netuid, &hotkey);
        }
        let _ = HotkeyLock::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = DecayingHotkeyLock::<T>::clear_prefix(netuid, u32::MAX, None);
        OwnerLock::<T>::remove(netuid);
        DecayingOwnerLock::<T>::remove(netuid);
        let perpetual: Vec<T::AccountId> = DecayingLock::<T>::iter_keys()
            .filter_map(|(coldkey, on)| (on == netuid).then_some(coldkey))
            .collect();
        for coldkey in perpetual {
            DecayingLock::<T>::remove(coldkey, netuid);
        }
    }

    /// All locks of a coldkey as they lie in storage: netuid, hotkey, lock.
    fn locks_of(coldkey: &T::AccountId) -> Vec<(NetUid, T::AccountId, Rolling)> {
        Lock::<T>::iter_prefix((coldkey,))
            .map(|((netuid, hotkey), lock)| (netuid, hotkey, lock.into()))
            .collect()
    }

    /// A lock of the old hotkey at this block, as it is under the new one.
    fn roll_across(lock: Rolling, old_owner: bool, new_owner: bool, perpetual: bool) -> Rolling {
        let rolled = Self::roll_now(lock, LockFlags { owner: old_owner, perpetual });
        Self::roll_now(rolled, LockFlags { owner: new_owner, perpetual })
    }
}
