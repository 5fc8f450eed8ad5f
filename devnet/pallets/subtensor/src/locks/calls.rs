//! What a coldkey does with its locks (section 05, 8.5).

use assay_economics::stake::lock::{LockFlags, LockState as Rolling, roll_pair};
use assay_economics::stake::lock_operations::{LockError, extend_lock, move_lock};
use assay_primitives::{AlphaBalance, NetUid};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};

use super::roll::all_of;
use crate::{AccountFlags, Config, DecayingLock, Error, Event, Owner, Pallet};

/// Bit of `AccountFlags` that is set when a coldkey accepts locked alpha (section 05, 8.5).
const ACCEPTS_LOCKED_ALPHA: u128 = 1;

impl<T: Config> Pallet<T> {
    /// Locks stake behind a hotkey (section 05, 8.5).
    ///
    /// # Errors
    /// Those of [`Pallet::lock`].
    pub fn do_lock_stake(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount: AlphaBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::lock(&coldkey, netuid, &hotkey, amount)
    }

    /// Moves a lock to another hotkey (section 05, 8.5).
    ///
    /// # Errors
    /// `HotKeyAccountNotExists`, `NoExistingLock`.
    pub fn do_move_lock(
        origin: OriginFor<T>,
        destination_hotkey: T::AccountId,
        netuid: NetUid,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(Self::hotkey_exists(&destination_hotkey), Error::<T>::HotKeyAccountNotExists);
        let lock = Self::lock_of(&coldkey, netuid).ok_or(Error::<T>::NoExistingLock)?;

        let rolled = Self::roll_now(lock.state, lock.flags);
        let same_owner = Owner::<T>::get(&lock.hotkey) == Owner::<T>::get(&destination_hotkey);
        let flags = Self::lock_flags(&coldkey, netuid, &destination_hotkey);
        let moved = move_lock(rolled, same_owner, Self::now(), Self::lock_rates(), flags);

        Self::remove_lock(&coldkey, netuid, &lock.hotkey);
        Self::save_lock(&coldkey, netuid, &destination_hotkey, moved);
        Self::reduce_lock_aggregate(netuid, &lock.hotkey, lock.flags, all_of(rolled));
        Self::add_to_lock_aggregate(netuid, &destination_hotkey, flags, moved);
        Self::deposit_event(Event::LockMoved {
            coldkey,
            origin_hotkey: lock.hotkey,
            destination_hotkey,
            netuid,
        });
        Ok(())
    }

    /// Makes locks perpetual or decaying (section 05, 8.5).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_set_perpetual_lock(origin: OriginFor<T>, netuid: NetUid, enabled: bool) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let lock = Self::lock_of(&coldkey, netuid);
        if let Some(lock) = &lock {
            let aggregate = Self::aggregate_or_fresh(netuid, &lock.hotkey, lock.flags);
            let (own, aggregate) =
                roll_pair(lock.state, aggregate, Self::now(), Self::lock_rates(), lock.flags);
            Self::save_lock(&coldkey, netuid, &lock.hotkey, own);
            Self::save_aggregate(netuid, &lock.hotkey, lock.flags, aggregate);
            if lock.flags.perpetual != enabled {
                Self::reduce_lock_aggregate(netuid, &lock.hotkey, lock.flags, all_of(own));
            }
        }

        if enabled {
            DecayingLock::<T>::insert(&coldkey, netuid, false);
        } else {
            DecayingLock::<T>::remove(&coldkey, netuid);
        }

        if lock.is_some_and(|lock| lock.flags.perpetual != enabled)
            && let Some(stored) = Self::lock_of(&coldkey, netuid)
        {
            Self::add_to_lock_aggregate(netuid, &stored.hotkey, stored.flags, stored.state);
        }
        Self::deposit_event(Event::PerpetualLockUpdated { coldkey, netuid, enabled });
        Ok(())
    }

    /// Rejects or accepts locked alpha (section 05, 8.5).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_set_reject_locked_alpha(origin: OriginFor<T>, enabled: bool) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::accept_locked_alpha(&coldkey, !enabled);
        Self::deposit_event(Event::RejectLockedAlphaUpdated { coldkey, enabled });
        Ok(())
    }

    /// Locks alpha of a coldkey behind a hotkey (section 05, 8.5). An error leaves storage as it was.
    ///
    /// # Errors
    /// `AmountTooLow`, `HotKeyAccountNotExists`, `LockHotkeyMismatch`, `InsufficientStakeForLock`.
    pub fn lock(
        coldkey: &T::AccountId,
        netuid: NetUid,
        hotkey: &T::AccountId,
        alpha: AlphaBalance,
    ) -> DispatchResult {
        ensure!(alpha != 0, Error::<T>::AmountTooLow);
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        let existing = Self::lock_of(coldkey, netuid);
        ensure!(existing.as_ref().is_none_or(|lock| lock.hotkey == *hotkey), Error::<T>::LockHotkeyMismatch);

        let now = Self::now();
        let flags: LockFlags = Self::lock_flags(coldkey, netuid, hotkey);
        let (own, aggregate) = extend_lock(
            existing.map_or_else(|| Rolling::fresh(0, now), |lock| lock.state),
            Self::aggregate_or_fresh(netuid, hotkey, flags),
            alpha,
            Self::stake_on(coldkey, netuid),
            now,
            Self::lock_rates(),
            flags,
        )
        .map_err(|error| match error {
            LockError::AmountTooLow => Error::<T>::AmountTooLow,
            LockError::InsufficientStakeForLock => Error::<T>::InsufficientStakeForLock,
        })?;
        Self::save_lock(coldkey, netuid, hotkey, own);
        Self::save_aggregate(netuid, hotkey, flags, aggregate);
        Self::deposit_event(Event::StakeLocked {
            coldkey: coldkey.clone(),
            hotkey: hotkey.clone(),
            netuid,
            amount: alpha,
        });
        Ok(())
    }

    /// Whether a coldkey accepts locked alpha from others; by default it does not (section 05, 8.5).
    pub fn accepts_locked_alpha(coldkey: &T::AccountId) -> bool {
        AccountFlags::<T>::get(coldkey) & ACCEPTS_LOCKED_ALPHA != 0
    }

    /// Lets a coldkey accept locked alpha, or not; a coldkey without any flag has no entry (section 05, 8.5).
    pub fn accept_locked_alpha(coldkey: &T::AccountId, accept: bool) {
        let flags = AccountFlags::<T>::get(coldkey);
        let flags = if accept { flags | ACCEPTS_LOCKED_ALPHA } else { flags & !ACCEPTS_LOCKED_ALPHA };
        Self::set_account_flags(coldkey, flags);
    }

    /// Stores the flags of a coldkey, or removes the entry if there is none (section 05, 8.5).
    pub fn set_account_flags(coldkey: &T::AccountId, flags: u128) {
        if flags == 0 {
            AccountFlags::<T>::remove(coldkey);
        } else {
            AccountFlags::<T>::insert(coldkey, flags);
        }
    }
}
