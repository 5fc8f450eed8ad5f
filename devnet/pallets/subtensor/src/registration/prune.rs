//! The neuron that makes way for a new one (section 03, 4).

use alloc::vec::Vec;

use assay_economics::registration::prune::{NeuronStanding, owner_immune, prune_candidate};
use assay_primitives::NetUid;

use crate::{
    BlockAtRegistration, Config, Emission, ImmuneOwnerUidsLimit, ImmunityPeriod, Keys, MinNonImmuneUids,
    OwnedHotkeys, Pallet, SubnetOwner, SubnetOwnerHotkey, SubnetworkN, Uids,
};

impl<T: Config> Pallet<T> {
    /// Hotkeys of the owner that are never pruned (section 03, 4.1).
    pub fn immune_owner_hotkeys(netuid: NetUid) -> Vec<T::AccountId> {
        let uids = Self::immune_owner_uids(netuid);
        uids.into_iter().map(|uid| Keys::<T>::get(netuid, uid)).collect()
    }

    /// The uid that makes way for a new neuron (section 03, 4).
    pub fn neuron_to_prune(netuid: NetUid) -> Option<u16> {
        prune_candidate(
            &Self::standings(netuid),
            Self::now(),
            ImmunityPeriod::<T>::get(netuid),
            MinNonImmuneUids::<T>::get(netuid),
        )
    }

    /// What decides which neurons go, by ascending uid; uids without a key are left out (section 03, 4 and 6).
    pub(super) fn standings(netuid: NetUid) -> Vec<NeuronStanding> {
        let emission = Emission::<T>::get(netuid);
        let owners = Self::immune_owner_uids(netuid);
        (0..SubnetworkN::<T>::get(netuid))
            .filter(|uid| Keys::<T>::contains_key(netuid, uid))
            .map(|uid| NeuronStanding {
                uid,
                emission: emission.get(usize::from(uid)).copied().unwrap_or(0),
                registered_at: BlockAtRegistration::<T>::get(netuid, uid),
                owner_immune: owners.contains(&uid),
            })
            .collect()
    }

    fn immune_owner_uids(netuid: NetUid) -> Vec<u16> {
        let owned: Vec<(u16, u64)> = OwnedHotkeys::<T>::get(SubnetOwner::<T>::get(netuid))
            .iter()
            .filter_map(|hotkey| Uids::<T>::get(netuid, hotkey))
            .map(|uid| (uid, BlockAtRegistration::<T>::get(netuid, uid)))
            .collect();
        let owner_hotkey_uid = Uids::<T>::get(netuid, SubnetOwnerHotkey::<T>::get(netuid));
        let limit = ImmuneOwnerUidsLimit::<T>::get(netuid);
        owner_immune(&owned, owner_hotkey_uid, limit)
    }
}
