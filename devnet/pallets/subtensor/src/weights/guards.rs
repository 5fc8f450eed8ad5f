//! Checks on calls about weights that run before dispatch (section 08, 3).

use alloc::vec;
use alloc::vec::Vec;

use assay_economics::number::I64F64;
use assay_economics::weights;
use assay_primitives::interface::Beacon;
use assay_primitives::{MechId, NetUid, NetUidStorageIndex, storage_index};
use codec::Compact;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::sp_core::H256;

use crate::{
    Call, CommitRevealWeightsEnabled, Config, Error, LastUpdate, MechanismCountCurrent, Pallet,
    RevealPeriodEpochs, StakeThreshold, SubnetOwnerHotkey, Uids, WeightCommits, WeightsSetRateLimit,
};

impl<T: Config> Pallet<T> {
    /// Guard 2 of section 10, 2: the steps a, b and c of section 08, 3.
    ///
    /// # Errors
    /// In this order: `InputLengthsUnequal`, `NotEnoughStakeToSetWeights`, `NoWeightsCommitFound`, `RevealTooEarly`,
    /// `InvalidRevealRound`.
    pub(crate) fn check_weights(hotkey: &T::AccountId, call: &Call<T>) -> DispatchResult {
        ensure!(lengths_are_equal(call), Error::<T>::InputLengthsUnequal);
        for netuid in subnets_of(call).unwrap_or_default() {
            ensure!(Self::has_stake_for_weights(hotkey, netuid), Error::<T>::NotEnoughStakeToSetWeights);
        }
        for (netuid, index, hash) in Self::reveals_of(hotkey, call) {
            Self::ensure_commit_is_revealable(hotkey, netuid, index, hash)?;
        }
        if let Some(round) = reveal_round_of(call) {
            ensure!(round >= T::Beacon::last_stored_round(), Error::<T>::InvalidRevealRound);
        }
        Ok(())
    }

    /// The part of guard 3 of section 10, 2 that is about weights: step d of section 08, 3.
    ///
    /// # Errors
    /// `CommittingWeightsTooFast`, `SettingWeightsTooFast`.
    pub(crate) fn check_weights_rate_limit(hotkey: &T::AccountId, call: &Call<T>) -> DispatchResult {
        let (netuid, mecid, error) = match call {
            Call::commit_weights { netuid, .. } => (*netuid, 0, Error::<T>::CommittingWeightsTooFast),
            Call::commit_mechanism_weights { netuid, mecid, .. } => {
                (*netuid, *mecid, Error::<T>::CommittingWeightsTooFast)
            }
            Call::set_weights { netuid, .. } => (*netuid, 0, Error::<T>::SettingWeightsTooFast),
            Call::set_mechanism_weights { netuid, mecid, .. } => {
                (*netuid, *mecid, Error::<T>::SettingWeightsTooFast)
            }
            _ => return Ok(()),
        };
        let sets = matches!(error, Error::SettingWeightsTooFast);
        if sets && CommitRevealWeightsEnabled::<T>::get(netuid) {
            return Ok(());
        }
        let Some(uid) = Uids::<T>::get(netuid, hotkey) else { return Ok(()) };
        ensure!(Self::weights_rate_limit_passed(netuid, mecid, uid, Self::now()), error);
        Ok(())
    }

    /// Whether a hotkey has the stake to set weights; the owner's needs none (section 08, 3 b).
    pub fn has_stake_for_weights(hotkey: &T::AccountId, netuid: NetUid) -> bool {
        let uid = Uids::<T>::get(netuid, hotkey);
        let is_owner = uid.is_some() && uid == Self::owner_uid(netuid);
        let threshold = I64F64::saturating_from_num(StakeThreshold::<T>::get());
        is_owner || Self::stake_weight(hotkey, netuid) >= threshold
    }

    /// Whether the rate limit lets the neuron act; never on a mechanism that does not exist (section 08, 4 row 9).
    pub fn weights_rate_limit_passed(netuid: NetUid, mecid: MechId, uid: u16, now: u64) -> bool {
        let updates = LastUpdate::<T>::get(storage_index(netuid, mecid));
        let last_update = updates.get(usize::from(uid)).copied().unwrap_or(0);
        let limit = WeightsSetRateLimit::<T>::get(netuid);
        Self::mechanism_exists(netuid, mecid) && weights::rate_limit_passed(last_update, now, limit)
    }

    /// Check 4 of section 08, 4.
    ///
    /// # Errors
    /// `MechanismDoesNotExist`.
    pub(super) fn ensure_mechanism_exists(netuid: NetUid, mecid: MechId) -> DispatchResult {
        ensure!(Self::mechanism_exists(netuid, mecid), Error::<T>::MechanismDoesNotExist);
        Ok(())
    }

    /// The uid of the owner's hotkey, if it has one (section 08, 3 b).
    pub(super) fn owner_uid(netuid: NetUid) -> Option<u16> {
        SubnetOwnerHotkey::<T>::try_get(netuid).ok().and_then(|hotkey| Uids::<T>::get(netuid, hotkey))
    }

    fn mechanism_exists(netuid: NetUid, mecid: MechId) -> bool {
        Self::subnet_exists(netuid) && mecid < MechanismCountCurrent::<T>::get(netuid)
    }

    /// Step c for one commit; expired ones count as too early here (section 08, 3).
    fn ensure_commit_is_revealable(
        hotkey: &T::AccountId,
        netuid: NetUid,
        index: NetUidStorageIndex,
        hash: H256,
    ) -> DispatchResult {
        let queue = WeightCommits::<T>::get(index, hotkey).unwrap_or_default();
        let commit = queue.iter().find(|(committed, ..)| *committed == hash);
        let (_, epoch, ..) = commit.ok_or(Error::<T>::NoWeightsCommitFound)?;
        let period = RevealPeriodEpochs::<T>::get(netuid);
        ensure!(
            weights::is_revealable(*epoch, Self::current_epoch(netuid), period),
            Error::<T>::RevealTooEarly
        );
        Ok(())
    }

    /// What a call reveals: subnet, storage index and hash of the commit (section 08, 7).
    fn reveals_of(hotkey: &T::AccountId, call: &Call<T>) -> Vec<(NetUid, NetUidStorageIndex, H256)> {
        match call {
            Call::reveal_weights { netuid, uids, values, salt, version_key } => {
                let hash = Self::commit_hash(hotkey, *netuid, uids, values, salt, *version_key);
                vec![(*netuid, *netuid, hash)]
            }
            Call::reveal_mechanism_weights { netuid, mecid, uids, values, salt, version_key } => {
                let index = storage_index(*netuid, *mecid);
                let hash = Self::commit_hash(hotkey, index, uids, values, salt, *version_key);
                vec![(*netuid, index, hash)]
            }
            Call::batch_reveal_weights { netuid, uids_list, values_list, salts_list, version_keys } => {
                Self::batch_hashes(hotkey, *netuid, uids_list, values_list, salts_list, version_keys)
                    .into_iter()
                    .map(|hash| (*netuid, *netuid, hash))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Step a: only batches can fail it (section 08, 3).
fn lengths_are_equal<T: Config>(call: &Call<T>) -> bool {
    match call {
        Call::batch_set_weights { netuids, weights, version_keys } => {
            [weights.len(), version_keys.len()] == [netuids.len(); 2]
        }
        Call::batch_commit_weights { netuids, commit_hashes } => netuids.len() == commit_hashes.len(),
        Call::batch_reveal_weights { uids_list, values_list, salts_list, version_keys, .. } => {
            [values_list.len(), salts_list.len(), version_keys.len()] == [uids_list.len(); 3]
        }
        _ => true,
    }
}

/// Whether a call is about weights (section 08, 2).
pub(crate) fn is_about_weights<T: Config>(call: &Call<T>) -> bool {
    subnets_of(call).is_some()
}

/// The subnets of a call about weights, in the order of the call; none for other calls (section 08, 2).
fn subnets_of<T: Config>(call: &Call<T>) -> Option<Vec<NetUid>> {
    match call {
        Call::set_weights { netuid, .. }
        | Call::set_mechanism_weights { netuid, .. }
        | Call::commit_weights { netuid, .. }
        | Call::commit_mechanism_weights { netuid, .. }
        | Call::reveal_weights { netuid, .. }
        | Call::reveal_mechanism_weights { netuid, .. }
        | Call::batch_reveal_weights { netuid, .. }
        | Call::commit_timelocked_weights { netuid, .. }
        | Call::commit_timelocked_mechanism_weights { netuid, .. }
        | Call::commit_crv3_mechanism_weights { netuid, .. } => Some(vec![*netuid]),
        Call::batch_set_weights { netuids, .. } | Call::batch_commit_weights { netuids, .. } => {
            Some(netuids.iter().map(|Compact(netuid)| *netuid).collect())
        }
        _ => None,
    }
}

/// The round of the beacon that a timelocked commit waits for (section 08, 8).
fn reveal_round_of<T: Config>(call: &Call<T>) -> Option<u64> {
    match call {
        Call::commit_timelocked_weights { reveal_round, .. }
        | Call::commit_timelocked_mechanism_weights { reveal_round, .. }
        | Call::commit_crv3_mechanism_weights { reveal_round, .. } => Some(*reveal_round),
        _ => None,
    }
}
