//! Takes of delegates and child keys (sections 05, 5 and 09, 3.4).

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root, ensure_signed};

use crate::subnets::rate_limits::Transaction;
use crate::{
    ChildkeyTake, Config, Delegates, Error, Event, LastRateLimitedBlock, MaxChildkeyTake, MaxDelegateTake,
    MinChildkeyTake, MinDelegateTake, Pallet, RateLimitKey, TxChildkeyTakeRateLimit, TxDelegateTakeRateLimit,
};

impl<T: Config> Pallet<T> {
    /// Lowers the take of a delegate (section 05, 5).
    ///
    /// # Errors
    /// `HotKeyAccountNotExists`, `NonAssociatedColdKey`, `DelegateTakeTooLow`.
    pub fn do_decrease_take(origin: OriginFor<T>, hotkey: T::AccountId, take: u16) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_owner_of_hotkey(&coldkey, &hotkey)?;
        ensure!(
            Delegates::<T>::try_get(&hotkey).map_or(true, |current| take < current),
            Error::<T>::DelegateTakeTooLow
        );
        ensure!(take >= MinDelegateTake::<T>::get(), Error::<T>::DelegateTakeTooLow);
        Self::set_delegate_take(&hotkey, take);
        Self::deposit_event(Event::TakeDecreased(coldkey, hotkey, take));
        Ok(())
    }

    /// Raises the take of a delegate (section 05, 5).
    ///
    /// # Errors
    /// `HotKeyAccountNotExists`, `NonAssociatedColdKey`, `DelegateTakeTooLow`, `DelegateTakeTooHigh`,
    /// `DelegateTxRateLimitExceeded`.
    pub fn do_increase_take(origin: OriginFor<T>, hotkey: T::AccountId, take: u16) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_owner_of_hotkey(&coldkey, &hotkey)?;
        ensure!(
            Delegates::<T>::try_get(&hotkey).map_or(true, |current| take > current),
            Error::<T>::DelegateTakeTooLow
        );
        ensure!(take <= MaxDelegateTake::<T>::get(), Error::<T>::DelegateTakeTooHigh);
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::LastTxBlockDelegateTake(hotkey.clone()));
        ensure!(
            !is_too_early(last, TxDelegateTakeRateLimit::<T>::get(), Self::now()),
            Error::<T>::DelegateTxRateLimitExceeded
        );
        Self::set_delegate_take(&hotkey, take);
        Self::deposit_event(Event::TakeIncreased(coldkey, hotkey, take));
        Ok(())
    }

    /// Sets the rate limit of child keys' takes; root only (section 02, 9.2).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_sudo_set_tx_childkey_take_rate_limit(
        origin: OriginFor<T>,
        tx_rate_limit: u64,
    ) -> DispatchResult {
        ensure_root(origin)?;
        TxChildkeyTakeRateLimit::<T>::put(tx_rate_limit);
        Self::deposit_event(Event::TxChildKeyTakeRateLimitSet(tx_rate_limit));
        Ok(())
    }

    /// Sets the take of a child key (section 09, 3.4).
    ///
    /// # Errors
    /// `NonAssociatedColdKey`, `InvalidChildkeyTake`, `TxChildkeyTakeRateLimitExceeded`.
    pub fn do_set_childkey_take(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        take: u16,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(Self::owns(&coldkey, &hotkey), Error::<T>::NonAssociatedColdKey);
        let allowed = Self::min_childkey_take(netuid)..=MaxChildkeyTake::<T>::get();
        ensure!(allowed.contains(&take), Error::<T>::InvalidChildkeyTake);
        ensure!(
            take <= Self::childkey_take(&hotkey, netuid)
                || Self::transaction_limit_passed(Transaction::SetChildkeyTake, &hotkey, netuid),
            Error::<T>::TxChildkeyTakeRateLimitExceeded
        );
        Self::record_transaction(Transaction::SetChildkeyTake, &hotkey, netuid);
        ChildkeyTake::<T>::insert(&hotkey, netuid, take);
        Self::deposit_event(Event::ChildKeyTakeSet(hotkey, take));
        Ok(())
    }

    /// Sets the lowest take of child keys; root only (section 02, 9.2).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_sudo_set_min_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
        ensure_root(origin)?;
        MinChildkeyTake::<T>::put(take);
        Self::deposit_event(Event::MinChildKeyTakeSet(take));
        Ok(())
    }

    /// Sets the highest take of child keys; root only (section 02, 9.2).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_sudo_set_max_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
        ensure_root(origin)?;
        MaxChildkeyTake::<T>::put(take);
        Self::deposit_event(Event::MaxChildKeyTakeSet(take));
        Ok(())
    }

    fn ensure_owner_of_hotkey(coldkey: &T::AccountId, hotkey: &T::AccountId) -> DispatchResult {
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        ensure!(Self::owns(coldkey, hotkey), Error::<T>::NonAssociatedColdKey);
        Ok(())
    }

    fn set_delegate_take(hotkey: &T::AccountId, take: u16) {
        Delegates::<T>::insert(hotkey, take);
        LastRateLimitedBlock::<T>::insert(RateLimitKey::LastTxBlockDelegateTake(hotkey.clone()), Self::now());
    }
}

/// Whether at most `limit` blocks have passed since `last`; a limit of 0 and a first time are free (sections 05, 5
/// and 09, 5). Unlike the limits of section 02, 9, the block `last + limit` is still too early.
pub(crate) fn is_too_early(last: u64, limit: u64, now: u64) -> bool {
    limit != 0 && last != 0 && now.saturating_sub(last) <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_too_early() {
        assert!(is_too_early(1, 10, 11));
        assert!(!is_too_early(1, 10, 12));
        assert!(!is_too_early(0, 10, 3));
        assert!(!is_too_early(5, 0, 5));
    }
}
