//! The hotkey to which mining incentive is staked (section 05, 3.10).

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};

use crate::{AutoStakeDestination, AutoStakeDestinationColdkeys, Config, Error, Event, Pallet};

impl<T: Config> Pallet<T> {
    /// Sets the hotkey to which mining incentive is staked (section 05, 3.10).
    ///
    /// # Errors
    /// `SubnetNotExists`, `HotKeyNotRegisteredInSubNet`, `SameAutoStakeHotkeyAlreadySet`.
    pub fn do_set_coldkey_auto_stake_hotkey(
        origin: OriginFor<T>,
        netuid: NetUid,
        hotkey: T::AccountId,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(Self::is_registered(netuid, &hotkey), Error::<T>::HotKeyNotRegisteredInSubNet);
        if let Some(current) = AutoStakeDestination::<T>::get(&coldkey, netuid) {
            ensure!(current != hotkey, Error::<T>::SameAutoStakeHotkeyAlreadySet);
            AutoStakeDestinationColdkeys::<T>::mutate(&current, netuid, |coldkeys| {
                coldkeys.retain(|listed| *listed != coldkey);
            });
        }
        AutoStakeDestination::<T>::insert(&coldkey, netuid, &hotkey);
        AutoStakeDestinationColdkeys::<T>::mutate(&hotkey, netuid, |coldkeys| {
            if !coldkeys.contains(&coldkey) {
                coldkeys.push(coldkey.clone());
            }
        });
        Self::deposit_event(Event::AutoStakeDestinationSet { coldkey, netuid, hotkey });
        Ok(())
    }
}
