//! Coldkey swaps: their announcement and its ends (section 09, 4).

use assay_primitives::TaoBalance;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system;
use polkadot_sdk::frame_system::pallet_prelude::{BlockNumberFor, OriginFor, ensure_root, ensure_signed};
use polkadot_sdk::sp_runtime::traits::{Hash, Saturating};

use crate::{
    ColdkeySwapAnnouncementDelay, ColdkeySwapAnnouncements, ColdkeySwapDisputes,
    ColdkeySwapReannouncementDelay, Config, Error, Event, Pallet,
};

impl<T: Config> Pallet<T> {
    /// Swaps a coldkey; root only (section 09, 4).
    ///
    /// # Errors
    /// `NotEnoughBalanceToPaySwapColdKey`, and those of [`Pallet::swap_coldkey_everywhere`].
    pub fn do_swap_coldkey(
        origin: OriginFor<T>,
        old_coldkey: T::AccountId,
        new_coldkey: T::AccountId,
        swap_cost: TaoBalance,
    ) -> DispatchResult {
        ensure_root(origin)?;
        if swap_cost > 0 {
            Self::pay_coldkey_swap(&old_coldkey, swap_cost)?;
        }
        Self::swap_coldkey_everywhere(&old_coldkey, &new_coldkey)?;
        ColdkeySwapAnnouncements::<T>::remove(&old_coldkey);
        ColdkeySwapDisputes::<T>::remove(&old_coldkey);
        Ok(())
    }

    /// Deprecated (section 09, 4).
    ///
    /// # Errors
    /// Always `Deprecated`.
    pub fn do_schedule_swap_coldkey(_origin: OriginFor<T>, _new_coldkey: T::AccountId) -> DispatchResult {
        Err(Error::<T>::Deprecated.into())
    }

    /// Announces a coldkey swap, which is paid for with the first announcement (section 09, 4).
    ///
    /// # Errors
    /// `ColdkeySwapReannouncedTooEarly`, `NotEnoughBalanceToPaySwapColdKey`.
    pub fn do_announce_coldkey_swap(origin: OriginFor<T>, new_coldkey_hash: T::Hash) -> DispatchResult {
        let who = ensure_signed(origin)?;
        match ColdkeySwapAnnouncements::<T>::get(&who) {
            Some((when, _)) => ensure!(is_stale::<T>(when), Error::<T>::ColdkeySwapReannouncedTooEarly),
            None => Self::pay_coldkey_swap(&who, Self::key_swap_cost())?,
        }
        let when = block::<T>().saturating_add(ColdkeySwapAnnouncementDelay::<T>::get());
        ColdkeySwapAnnouncements::<T>::insert(&who, (when, new_coldkey_hash));
        Self::deposit_event(Event::ColdkeySwapAnnounced { who, new_coldkey_hash });
        Ok(())
    }

    /// Executes an announced coldkey swap (section 09, 4).
    ///
    /// # Errors
    /// `ColdkeySwapAnnouncementNotFound`, `AnnouncedColdkeyHashDoesNotMatch`, `ColdkeySwapTooEarly`, and those of
    /// [`Pallet::swap_coldkey_everywhere`].
    pub fn do_swap_coldkey_announced(origin: OriginFor<T>, new_coldkey: T::AccountId) -> DispatchResult {
        let who = ensure_signed(origin)?;
        let (when, announced) =
            ColdkeySwapAnnouncements::<T>::take(&who).ok_or(Error::<T>::ColdkeySwapAnnouncementNotFound)?;
        ensure!(T::Hashing::hash_of(&new_coldkey) == announced, Error::<T>::AnnouncedColdkeyHashDoesNotMatch);
        ensure!(block::<T>() >= when, Error::<T>::ColdkeySwapTooEarly);
        Self::swap_coldkey_everywhere(&who, &new_coldkey)
    }

    /// Disputes an announced coldkey swap (section 09, 4).
    ///
    /// # Errors
    /// `ColdkeySwapAnnouncementNotFound`, `ColdkeySwapAlreadyDisputed`.
    pub fn do_dispute_coldkey_swap(origin: OriginFor<T>) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(
            ColdkeySwapAnnouncements::<T>::contains_key(&coldkey),
            Error::<T>::ColdkeySwapAnnouncementNotFound
        );
        ensure!(!ColdkeySwapDisputes::<T>::contains_key(&coldkey), Error::<T>::ColdkeySwapAlreadyDisputed);
        ColdkeySwapDisputes::<T>::insert(&coldkey, block::<T>());
        Self::deposit_event(Event::ColdkeySwapDisputed { coldkey });
        Ok(())
    }

    /// Removes announcement and dispute; root only (section 09, 4).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_reset_coldkey_swap(origin: OriginFor<T>, coldkey: T::AccountId) -> DispatchResult {
        ensure_root(origin)?;
        ColdkeySwapAnnouncements::<T>::remove(&coldkey);
        ColdkeySwapDisputes::<T>::remove(&coldkey);
        Self::deposit_event(Event::ColdkeySwapReset { who: coldkey });
        Ok(())
    }

    /// Clears an announced coldkey swap (section 09, 4).
    ///
    /// # Errors
    /// `ColdkeySwapAnnouncementNotFound`, `ColdkeySwapClearTooEarly`.
    pub fn do_clear_coldkey_swap_announcement(origin: OriginFor<T>) -> DispatchResult {
        let who = ensure_signed(origin)?;
        let (when, _) =
            ColdkeySwapAnnouncements::<T>::get(&who).ok_or(Error::<T>::ColdkeySwapAnnouncementNotFound)?;
        ensure!(is_stale::<T>(when), Error::<T>::ColdkeySwapClearTooEarly);
        ColdkeySwapAnnouncements::<T>::remove(&who);
        Self::deposit_event(Event::ColdkeySwapCleared { who });
        Ok(())
    }

    fn pay_coldkey_swap(coldkey: &T::AccountId, cost: TaoBalance) -> DispatchResult {
        Self::recycle_tao(coldkey, cost).map_err(|_| Error::<T>::NotEnoughBalanceToPaySwapColdKey.into())
    }
}

fn block<T: Config>() -> BlockNumberFor<T> {
    frame_system::Pallet::<T>::block_number()
}

/// Whether an announcement that came due at `when` can be replaced or cleared.
fn is_stale<T: Config>(when: BlockNumberFor<T>) -> bool {
    block::<T>() >= when.saturating_add(ColdkeySwapReannouncementDelay::<T>::get())
}
