//! Trimming a subnet to fewer neurons (section 03, 6).

use alloc::vec::Vec;

use assay_economics::registration::trim::kept_uids;
use assay_primitives::interface::NeuronWatch;
use assay_primitives::{NetUid, storage_index};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use crate::{
    Active, AlphaDividendsPerSubnet, AssociatedEvmAddress, BlockAtRegistration, Bonds, Config, Consensus,
    Dividends, Emission, Error, ImmunityPeriod, Incentive, IsNetworkMember, Keys, LastHotkeyEmissionOnNetuid,
    LastUpdate, MaxAllowedUids, MechanismCountCurrent, MinAllowedUids, Pallet, StakeWeight, SubnetworkN,
    Uids, ValidatorPermit, ValidatorTrust, Weights,
};

impl<T: Config> Pallet<T> {
    /// Lowers the number of slots and removes the neurons with the least emission (section 03, 6).
    ///
    /// # Errors
    /// In this order: `SubnetNotExists`, `InvalidValue`, `TrimmingWouldExceedMaxImmunePercentage`.
    pub fn trim_to(netuid: NetUid, max_n: u16) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        let bounds = MinAllowedUids::<T>::get(netuid)..=MaxAllowedUids::<T>::get(netuid);
        ensure!(bounds.contains(&max_n), Error::<T>::InvalidValue);
        MaxAllowedUids::<T>::insert(netuid, max_n);
        let neurons = SubnetworkN::<T>::get(netuid);
        if neurons <= max_n {
            return Ok(());
        }
        let period = ImmunityPeriod::<T>::get(netuid);
        let kept = kept_uids(&Self::standings(netuid), max_n, Self::now(), period)
            .map_err(|_| Error::<T>::TrimmingWouldExceedMaxImmunePercentage)?;

        Self::keep_neurons(netuid, neurons, &kept);
        SubnetworkN::<T>::insert(netuid, max_n);
        Ok(())
    }

    /// Removes one neuron; those after it move up.
    pub fn deregister_neuron(netuid: NetUid, hotkey: &T::AccountId) {
        let Some(gone) = Uids::<T>::get(netuid, hotkey) else {
            return;
        };
        let neurons = SubnetworkN::<T>::get(netuid);
        let kept: Vec<u16> = (0..neurons).filter(|uid| *uid != gone).collect();
        Self::keep_neurons(netuid, neurons, &kept);
        SubnetworkN::<T>::insert(netuid, neurons.saturating_sub(1));
    }

    /// Removes the neurons that are not `kept`, an ascending list, and closes the gaps.
    fn keep_neurons(netuid: NetUid, neurons: u16, kept: &[u16]) {
        for uid in (0..neurons).filter(|uid| kept.binary_search(uid).is_err()) {
            Self::remove_neuron(netuid, uid);
        }
        Self::compact_terms(netuid, kept);
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            Self::compact_mechanism(storage_index(netuid, mecid), kept);
        }
        // Ascending, so that a neuron only ever moves to a slot that is free by then.
        for (uid, old) in (0_u16..).zip(kept) {
            Self::move_neuron(netuid, *old, uid);
        }
    }

    fn remove_neuron(netuid: NetUid, uid: u16) {
        let hotkey = Keys::<T>::take(netuid, uid);
        T::NeuronWatch::neuron_left(netuid, &hotkey, BlockAtRegistration::<T>::get(netuid, uid));
        Uids::<T>::remove(netuid, &hotkey);
        IsNetworkMember::<T>::remove(&hotkey, netuid);
        LastHotkeyEmissionOnNetuid::<T>::remove(&hotkey, netuid);
        AlphaDividendsPerSubnet::<T>::remove(netuid, &hotkey);
        Self::forget_endpoints(netuid, &hotkey);
        BlockAtRegistration::<T>::remove(netuid, uid);
        AssociatedEvmAddress::<T>::remove(netuid, uid);
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            Weights::<T>::remove(storage_index(netuid, mecid), uid);
            Bonds::<T>::remove(storage_index(netuid, mecid), uid);
        }
    }

    fn compact_terms(netuid: NetUid, kept: &[u16]) {
        Emission::<T>::mutate(netuid, |emission| keep(emission, kept));
        Active::<T>::mutate(netuid, |active| keep(active, kept));
        Consensus::<T>::mutate(netuid, |consensus| keep(consensus, kept));
        Dividends::<T>::mutate(netuid, |dividends| keep(dividends, kept));
        ValidatorTrust::<T>::mutate(netuid, |trust| keep(trust, kept));
        ValidatorPermit::<T>::mutate(netuid, |permit| keep(permit, kept));
        StakeWeight::<T>::mutate(netuid, |weights| keep(weights, kept));
    }

    fn compact_mechanism(index: u16, kept: &[u16]) {
        Incentive::<T>::mutate(index, |incentive| keep(incentive, kept));
        LastUpdate::<T>::mutate(index, |updates| keep(updates, kept));
        for (uid, old) in (0_u16..).zip(kept) {
            let weights = Weights::<T>::take(index, old);
            Weights::<T>::insert(index, uid, renumber(weights, kept));
            let bonds = Bonds::<T>::take(index, old);
            Bonds::<T>::insert(index, uid, renumber(bonds, kept));
        }
    }

    fn move_neuron(netuid: NetUid, old: u16, uid: u16) {
        let hotkey = Keys::<T>::take(netuid, old);
        Uids::<T>::insert(netuid, &hotkey, uid);
        Keys::<T>::insert(netuid, uid, hotkey);
        let registered_at = BlockAtRegistration::<T>::take(netuid, old);
        BlockAtRegistration::<T>::insert(netuid, uid, registered_at);
        if let Some(address) = AssociatedEvmAddress::<T>::take(netuid, old) {
            AssociatedEvmAddress::<T>::insert(netuid, uid, address);
        }
    }
}

/// The entries of the neurons that stay; a missing one is the default.
fn keep<Value: Copy + Default>(list: &mut Vec<Value>, kept: &[u16]) {
    *list = kept.iter().map(|uid| list.get(usize::from(*uid)).copied().unwrap_or_default()).collect();
}

/// A row of weights or bonds with the new uids; those towards removed neurons go.
fn renumber(row: Vec<(u16, u16)>, kept: &[u16]) -> Vec<(u16, u16)> {
    let new_uid = |old: u16| kept.binary_search(&old).ok().and_then(|place| u16::try_from(place).ok());
    row.into_iter().filter_map(|(target, value)| Some((new_uid(target)?, value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn lists_and_rows_follow_the_neurons_that_stay() {
        let mut short = vec![5_u16, 6, 7];
        keep(&mut short, &[0, 2, 4]);
        assert_eq!(short, [5, 7, 0]);
        assert_eq!(renumber(vec![(0, 10), (1, 11), (4, 14)], &[0, 2, 4]), [(0, 10), (2, 14)]);
    }
}
