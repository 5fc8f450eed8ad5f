//! What the subnets say about commitments (section 10, 6).

use assay_primitives::NetUid;
use assay_primitives::interface::CommitmentRules;
use polkadot_sdk::frame_support::dispatch::DispatchResult;

use crate::{BondsResetOn, Config, Pallet, SubnetEpochIndex};

impl<T: Config> CommitmentRules<T::AccountId> for Pallet<T> {
    fn may_commit(netuid: NetUid, who: &T::AccountId) -> bool {
        Self::is_registered(netuid, who)
    }

    fn epoch_index(netuid: NetUid) -> u64 {
        SubnetEpochIndex::<T>::get(netuid)
    }

    fn reset_bonds(netuid: NetUid, who: &T::AccountId) -> DispatchResult {
        if BondsResetOn::<T>::get(netuid) {
            Self::reset_bonds_towards(netuid, who);
        }
        Ok(())
    }
}
