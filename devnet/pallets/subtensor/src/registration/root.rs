//! Registration on root (section 03, 5).

use assay_primitives::ROOT;
use assay_primitives::interface::NeuronWatch;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{
    Config, Delegates, Error, Event, Keys, MaxAllowedUids, MaxRegistrationsPerBlock, Pallet,
    RegistrationsThisBlock, RegistrationsThisInterval, SubnetworkN, TargetRegistrationsPerInterval,
    TotalHotkeyAlpha,
};

/// Registrations per interval for every one that is aimed at (section 03, 5).
const REGISTRATIONS_PER_TARGET: u16 = 3;

impl<T: Config> Pallet<T> {
    /// Registers a hotkey on root, whoever owns it (section 03, 5).
    ///
    /// # Errors
    /// In this order: `RootNetworkDoesNotExist`, `BadOrigin`, `TooManyRegistrationsThisBlock`,
    /// `TooManyRegistrationsThisInterval`, `HotKeyAlreadyRegisteredInSubNet`, `CannotUseSystemAccount`,
    /// `StakeTooLowForRoot`.
    pub fn do_root_register(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
        ensure!(Self::subnet_exists(ROOT), Error::<T>::RootNetworkDoesNotExist);
        let coldkey = ensure_signed(origin)?;
        Self::ensure_root_has_room()?;
        ensure!(!Self::is_registered(ROOT, &hotkey), Error::<T>::HotKeyAlreadyRegisteredInSubNet);
        T::NeuronWatch::ensure_welcome(ROOT, &hotkey)?;
        Self::create_account_if_unknown(&coldkey, &hotkey)?;

        let uid = Self::assign_root_uid(&hotkey)?;
        if !Delegates::<T>::contains_key(&hotkey) {
            Delegates::<T>::insert(&hotkey, Self::delegate_take(&hotkey));
        }
        RegistrationsThisInterval::<T>::mutate(ROOT, |count| *count = count.saturating_add(1));
        RegistrationsThisBlock::<T>::mutate(ROOT, |count| *count = count.saturating_add(1));
        Self::deposit_event(Event::NeuronRegistered(ROOT, uid, hotkey));
        Ok(())
    }

    fn ensure_root_has_room() -> DispatchResult {
        ensure!(
            RegistrationsThisBlock::<T>::get(ROOT) < MaxRegistrationsPerBlock::<T>::get(ROOT),
            Error::<T>::TooManyRegistrationsThisBlock
        );
        let most = TargetRegistrationsPerInterval::<T>::get(ROOT).saturating_mul(REGISTRATIONS_PER_TARGET);
        ensure!(
            RegistrationsThisInterval::<T>::get(ROOT) < most,
            Error::<T>::TooManyRegistrationsThisInterval
        );
        Ok(())
    }

    /// A new uid, or that of the member with the least root stake if the new one has more.
    fn assign_root_uid(hotkey: &T::AccountId) -> Result<u16, DispatchError> {
        let now = Self::now();
        if SubnetworkN::<T>::get(ROOT) < MaxAllowedUids::<T>::get(ROOT) {
            return Ok(Self::append_neuron(ROOT, hotkey, now));
        }
        let members =
            Keys::<T>::iter_prefix(ROOT).map(|(uid, member)| (uid, TotalHotkeyAlpha::<T>::get(member, ROOT)));
        // Of equal stakes the first one counts.
        let (uid, least) = members.min_by_key(|(_, stake)| *stake).ok_or(Error::<T>::StakeTooLowForRoot)?;
        ensure!(least < TotalHotkeyAlpha::<T>::get(hotkey, ROOT), Error::<T>::StakeTooLowForRoot);
        Self::replace_neuron(ROOT, uid, hotkey, now);
        Ok(uid)
    }
}
