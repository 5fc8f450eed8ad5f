//! What a hotkey swap moves on one subnet: the neuron and the stake (section 09, 5 "Per-subnet move").

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use assay_economics::number::I96F32;
use assay_primitives::interface::{HeldStake, NeuronWatch};
use assay_primitives::{NetUid, ROOT, storage_index};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use super::push_once;
use crate::{
    Alpha, AlphaDividendsPerSubnet, AlphaV2, AutoParentDelegationEnabled, AutoStakeDestination,
    AutoStakeDestinationColdkeys, Axons, BlockAtRegistration, ChildkeyTake, Config, Error, Event,
    IsNetworkMember, Keys, MechanismCountCurrent, NeuronCertificates, Pallet, Prometheus, RootClaimable,
    RootClaimed, StakingHotkeys, SubnetOwnerHotkey, TotalHotkeyAlphaLastEpoch, Uids, VotingPower,
    WeightCommits,
};

impl<T: Config> Pallet<T> {
    /// Puts a new hotkey in the place of an old one on a subnet (section 09, 5 "Per-subnet move").
    ///
    /// # Errors
    /// Those of [`Pallet::move_family`]; `StakeUnavailable` if stake that would move is held back, and why the new
    /// hotkey may not have a slot. On a chain with nothing of ours switched on neither happens.
    pub fn move_hotkey_on_subnet(
        old: &T::AccountId,
        new: &T::AccountId,
        netuid: NetUid,
        keep_stake: bool,
    ) -> DispatchResult {
        ensure!(keep_stake || !T::HeldStake::any_locked(netuid, old), Error::<T>::StakeUnavailable);
        let member = IsNetworkMember::<T>::take(old, netuid);
        IsNetworkMember::<T>::insert(new, netuid, member);
        if member {
            T::NeuronWatch::ensure_welcome(netuid, new)?;
            move_neuron::<T>(old, new, netuid);
        }
        if let Ok(take) = ChildkeyTake::<T>::try_get(old, netuid) {
            ChildkeyTake::<T>::remove(old, netuid);
            ChildkeyTake::<T>::insert(new, netuid, take);
        }
        Self::move_family(old, new, netuid)?;
        move_auto_stake::<T>(old, new, netuid);
        if SubnetOwnerHotkey::<T>::try_get(netuid).as_ref() == Ok(old) {
            SubnetOwnerHotkey::<T>::insert(netuid, new);
            Self::deposit_event(Event::SubnetOwnerHotkeySet(netuid, new.clone()));
        }
        if !keep_stake {
            move_stake::<T>(old, new, netuid);
        }
        Ok(())
    }

    /// Coldkeys with shares of a hotkey's stake, and where (section 05, 1).
    pub fn shareholders_of(hotkey: &T::AccountId) -> BTreeSet<(T::AccountId, NetUid)> {
        let legacy =
            Alpha::<T>::iter_prefix((hotkey,)).filter_map(|(key, share)| (share.bits != 0).then_some(key));
        let current = AlphaV2::<T>::iter_prefix((hotkey,))
            .filter_map(|(key, share)| (share.mantissa != 0).then_some(key));
        legacy.chain(current).collect()
    }
}

fn move_neuron<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    if let Some(uid) = Uids::<T>::take(netuid, old) {
        T::NeuronWatch::neuron_left(netuid, old, BlockAtRegistration::<T>::get(netuid, uid));
        Uids::<T>::insert(netuid, new, uid);
        Keys::<T>::insert(netuid, uid, new);
    }
    if let Some(prometheus) = Prometheus::<T>::take(netuid, old) {
        Prometheus::<T>::insert(netuid, new, prometheus);
    }
    if let Some(axon) = Axons::<T>::take(netuid, old) {
        Axons::<T>::insert(netuid, new, axon);
    }
    for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
        let index = storage_index(netuid, mecid);
        if let Some(commits) = WeightCommits::<T>::take(index, old) {
            WeightCommits::<T>::insert(index, new, commits);
        }
    }
    if let Some(certificate) = NeuronCertificates::<T>::take(netuid, old) {
        NeuronCertificates::<T>::insert(netuid, new, certificate);
    }
}

fn move_auto_stake<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    let Ok(coldkeys) = AutoStakeDestinationColdkeys::<T>::try_get(old, netuid) else {
        return;
    };
    AutoStakeDestinationColdkeys::<T>::remove(old, netuid);
    for coldkey in &coldkeys {
        AutoStakeDestination::<T>::insert(coldkey, netuid, new);
    }
    AutoStakeDestinationColdkeys::<T>::insert(new, netuid, coldkeys);
}

fn move_stake<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    let snapshot = TotalHotkeyAlphaLastEpoch::<T>::take(old, netuid);
    TotalHotkeyAlphaLastEpoch::<T>::mutate(new, netuid, |alpha| *alpha = alpha.saturating_add(snapshot));
    let dividends = AlphaDividendsPerSubnet::<T>::take(netuid, old);
    AlphaDividendsPerSubnet::<T>::mutate(netuid, new, |alpha| *alpha = alpha.saturating_add(dividends));
    let power = VotingPower::<T>::take(netuid, old);
    if power != 0 {
        VotingPower::<T>::mutate(netuid, new, |total| *total = total.saturating_add(power));
    }

    for (coldkey, on) in Pallet::<T>::shareholders_of(old) {
        if on != netuid {
            continue;
        }
        let alpha = Pallet::<T>::stake_of(old, &coldkey, netuid);
        Pallet::<T>::decrease_stake(old, &coldkey, netuid, alpha);
        Pallet::<T>::increase_stake(new, &coldkey, netuid, alpha);
        StakingHotkeys::<T>::mutate(&coldkey, |hotkeys| push_once(hotkeys, new));
    }

    if netuid == ROOT {
        move_root_claims::<T>(old, new);
        if let Ok(enabled) = AutoParentDelegationEnabled::<T>::try_get(old) {
            AutoParentDelegationEnabled::<T>::remove(old);
            AutoParentDelegationEnabled::<T>::insert(new, enabled);
        }
    }
}

fn move_root_claims<T: Config>(old: &T::AccountId, new: &T::AccountId) {
    let mut claimable = RootClaimable::<T>::get(new);
    for (netuid, rate) in RootClaimable::<T>::take(old) {
        let sum = claimable.entry(netuid).or_default();
        *sum = I96F32::from(*sum).saturating_add(rate.into()).into();
    }
    for netuid in claimable.keys() {
        let claims: Vec<(T::AccountId, u128)> = RootClaimed::<T>::drain_prefix((netuid, old)).collect();
        for (coldkey, claimed) in claims {
            RootClaimed::<T>::mutate((netuid, new, &coldkey), |total| *total = total.saturating_add(claimed));
        }
    }
    RootClaimable::<T>::insert(new, claimable);
}
