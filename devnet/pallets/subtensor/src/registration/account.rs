//! Hotkeys and their owners (sections 03, 1 and 09, 6).

use alloc::vec::Vec;

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};

use crate::{Config, Error, NetworksAdded, OwnedHotkeys, Owner, Pallet, StakingHotkeys, Uids};

impl<T: Config> Pallet<T> {
    /// Makes the signing coldkey the owner of an unknown hotkey (section 09, 6).
    ///
    /// # Errors
    /// `CannotUseSystemAccount`.
    pub fn do_try_associate_hotkey(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::create_account_if_unknown(&coldkey, &hotkey)
    }

    /// Makes a coldkey the owner of a hotkey that has none (section 03, 1). Whose a known hotkey is does not matter.
    ///
    /// # Errors
    /// `CannotUseSystemAccount`.
    pub fn create_account_if_unknown(coldkey: &T::AccountId, hotkey: &T::AccountId) -> DispatchResult {
        ensure!(!Self::is_subnet_account(hotkey), Error::<T>::CannotUseSystemAccount);
        if Self::hotkey_exists(hotkey) {
            return Ok(());
        }
        Owner::<T>::insert(hotkey, coldkey);
        OwnedHotkeys::<T>::mutate(coldkey, |hotkeys| append_once(hotkeys, hotkey));
        StakingHotkeys::<T>::mutate(coldkey, |hotkeys| append_once(hotkeys, hotkey));
        Ok(())
    }

    /// Whether a hotkey has an owner (section 01, 2).
    pub fn hotkey_exists(hotkey: &T::AccountId) -> bool {
        Owner::<T>::contains_key(hotkey)
    }

    /// Whether a coldkey owns a hotkey (section 01, 2).
    pub fn owns(coldkey: &T::AccountId, hotkey: &T::AccountId) -> bool {
        Owner::<T>::get(hotkey) == *coldkey && Self::hotkey_exists(hotkey)
    }

    /// Whether a hotkey is registered on a subnet (section 01, 2).
    pub fn is_registered(netuid: NetUid, hotkey: &T::AccountId) -> bool {
        Uids::<T>::contains_key(netuid, hotkey)
    }

    /// Whether a subnet exists (section 01, 2).
    pub fn subnet_exists(netuid: NetUid) -> bool {
        NetworksAdded::<T>::get(netuid)
    }
}

fn append_once<AccountId: Clone + PartialEq>(accounts: &mut Vec<AccountId>, account: &AccountId) {
    if !accounts.contains(account) {
        accounts.push(account.clone());
    }
}
