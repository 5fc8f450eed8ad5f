//! Uids: appending and replacing neurons (section 03, 3).

use alloc::vec::Vec;

use assay_primitives::interface::NeuronWatch;
use assay_primitives::{NetUid, storage_index};

use crate::{
    Active, AssociatedEvmAddress, Axons, BlockAtRegistration, Bonds, Config, Consensus, Dividends, Emission,
    Incentive, IsNetworkMember, Keys, LastUpdate, MechanismCountCurrent, NeuronCertificates, Pallet,
    Prometheus, StakeWeight, SubnetOwnerHotkey, SubnetworkN, Uids, ValidatorPermit, ValidatorTrust, Weights,
};

impl<T: Config> Pallet<T> {
    /// Appends a neuron and gives its uid (section 03, 3).
    pub fn append_neuron(netuid: NetUid, hotkey: &T::AccountId, now: u64) -> u16 {
        let uid = SubnetworkN::<T>::get(netuid);
        SubnetworkN::<T>::insert(netuid, uid.saturating_add(1));

        Active::<T>::mutate(netuid, |active| active.push(true));
        Emission::<T>::mutate(netuid, |emission| emission.push(0));
        Consensus::<T>::mutate(netuid, |consensus| consensus.push(0));
        Dividends::<T>::mutate(netuid, |dividends| dividends.push(0));
        ValidatorTrust::<T>::mutate(netuid, |trust| trust.push(0));
        ValidatorPermit::<T>::mutate(netuid, |permit| permit.push(false));
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            Incentive::<T>::mutate(storage_index(netuid, mecid), |incentive| incentive.push(0));
            Self::set_last_update(netuid, mecid, uid, now);
        }

        Self::enter_neuron(netuid, uid, hotkey, now);
        uid
    }

    /// Gives a uid to another hotkey; nothing happens to the owner's (section 03, 3).
    pub fn replace_neuron(netuid: NetUid, uid: u16, hotkey: &T::AccountId, now: u64) {
        let old = Keys::<T>::get(netuid, uid);
        if old == SubnetOwnerHotkey::<T>::get(netuid) {
            return;
        }
        Self::leave_neuron(netuid, uid, &old);
        Self::enter_neuron(netuid, uid, hotkey, now);
        Self::reset_terms(netuid, uid);
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            let index = storage_index(netuid, mecid);
            Incentive::<T>::mutate(index, |incentive| set(incentive, uid, 0));
            Self::forget_weights_and_bonds(index, uid);
            Self::set_last_update(netuid, mecid, uid, now);
        }
    }

    /// Sets `LastUpdate` of a uid; the list is first extended to the number of neurons (section 08, 4).
    pub fn set_last_update(netuid: NetUid, mecid: u8, uid: u16, now: u64) {
        let neurons = usize::from(SubnetworkN::<T>::get(netuid));
        LastUpdate::<T>::mutate(storage_index(netuid, mecid), |updates| {
            if updates.len() < neurons {
                updates.resize(neurons, 0);
            }
            set(updates, uid, now);
        });
    }

    /// Forgets what a hotkey published on a subnet (section 03, 3 and 6).
    pub(super) fn forget_endpoints(netuid: NetUid, hotkey: &T::AccountId) {
        Axons::<T>::remove(netuid, hotkey);
        NeuronCertificates::<T>::remove(netuid, hotkey);
        Prometheus::<T>::remove(netuid, hotkey);
    }

    fn enter_neuron(netuid: NetUid, uid: u16, hotkey: &T::AccountId, now: u64) {
        Keys::<T>::insert(netuid, uid, hotkey);
        Uids::<T>::insert(netuid, hotkey, uid);
        BlockAtRegistration::<T>::insert(netuid, uid, now);
        IsNetworkMember::<T>::insert(hotkey, netuid, true);
    }

    fn leave_neuron(netuid: NetUid, uid: u16, hotkey: &T::AccountId) {
        T::NeuronWatch::neuron_left(netuid, hotkey, BlockAtRegistration::<T>::get(netuid, uid));
        Uids::<T>::remove(netuid, hotkey);
        AssociatedEvmAddress::<T>::remove(netuid, uid);
        IsNetworkMember::<T>::remove(hotkey, netuid);
        Keys::<T>::remove(netuid, uid);
        Self::forget_endpoints(netuid, hotkey);
    }

    /// The lists are written back even where they are too short for the uid, so that an absent one becomes an empty
    /// one.
    fn reset_terms(netuid: NetUid, uid: u16) {
        Active::<T>::mutate(netuid, |active| set(active, uid, true));
        Emission::<T>::mutate(netuid, |emission| set(emission, uid, 0));
        Consensus::<T>::mutate(netuid, |consensus| set(consensus, uid, 0));
        Dividends::<T>::mutate(netuid, |dividends| set(dividends, uid, 0));
        StakeWeight::<T>::mutate(netuid, |weights| set(weights, uid, 0));
        ValidatorTrust::<T>::mutate(netuid, |trust| set(trust, uid, 0));
        ValidatorPermit::<T>::mutate(netuid, |permit| set(permit, uid, false));
    }

    /// Weights of others towards the uid become zero; their bonds stay, the epoch masks them.
    fn forget_weights_and_bonds(index: u16, uid: u16) {
        Bonds::<T>::remove(index, uid);
        Weights::<T>::remove(index, uid);
        let rows: Vec<(u16, Vec<(u16, u16)>)> = Weights::<T>::iter_prefix(index).collect();
        for (validator, mut row) in rows {
            let mut towards = row.iter_mut().filter(|(target, _)| *target == uid).peekable();
            if towards.peek().is_none() {
                continue;
            }
            towards.for_each(|(_, weight)| *weight = 0);
            Weights::<T>::insert(index, validator, row);
        }
    }
}

/// Writes an entry of a list that may be shorter.
fn set<Value>(list: &mut [Value], uid: u16, value: Value) {
    if let Some(entry) = list.get_mut(usize::from(uid)) {
        *entry = value;
    }
}
