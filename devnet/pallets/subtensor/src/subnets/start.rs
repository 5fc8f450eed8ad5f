//! Starting a subnet (section 02, 6).

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::OriginFor;

use crate::{
    Config, Error, Event, FirstEmissionBlockNumber, NetworkRegisteredAt, Pallet, StartCallDelay,
    SubtokenEnabled,
};

impl<T: Config> Pallet<T> {
    /// Starts a subnet: emission from the next block on, and stake can move (section 02, 6).
    ///
    /// # Errors
    /// In this order: `SubnetNotExists`, `BadOrigin`, `FirstEmissionBlockNumberAlreadySet`,
    /// `NeedWaitingMoreBlocksToStarCall`.
    pub fn do_start_call(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        Self::ensure_owner(origin, netuid)?;
        ensure!(
            !FirstEmissionBlockNumber::<T>::contains_key(netuid),
            Error::<T>::FirstEmissionBlockNumberAlreadySet
        );
        let now = Self::now();
        let earliest = NetworkRegisteredAt::<T>::get(netuid).saturating_add(StartCallDelay::<T>::get());
        ensure!(now >= earliest, Error::<T>::NeedWaitingMoreBlocksToStarCall);

        let first = now.saturating_add(1);
        FirstEmissionBlockNumber::<T>::insert(netuid, first);
        SubtokenEnabled::<T>::insert(netuid, true);
        Self::deposit_event(Event::FirstEmissionBlockNumberSet(netuid, first));
        Ok(())
    }
}
