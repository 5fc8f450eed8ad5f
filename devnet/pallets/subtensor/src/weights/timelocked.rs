//! Timelocked commits: weights that a pulse of the beacon opens (section 08, 8).

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use assay_primitives::interface::Beacon;
use assay_primitives::{MechId, NetUid, storage_index};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash};

use super::commit::MAX_UNREVEALED_COMMITS;
use super::payload::{self, Payload};
use crate::types::TimelockedCommit;
use crate::{
    CommitRevealWeightsVersion, Config, Error, Event, MechanismCountCurrent, Pallet, RevealPeriodEpochs,
    TimelockedWeightCommits,
};

/// The version that `commit_crv3_mechanism_weights` stands for (section 08, 2).
const CRV3_VERSION: u16 = 4;

impl<T: Config> Pallet<T> {
    /// Commits timelocked weights (section 08, 8).
    ///
    /// # Errors
    /// Those of [`Pallet::do_commit_timelocked_mechanism_weights`].
    pub fn do_commit_timelocked_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        commit: TimelockedCommit,
        reveal_round: u64,
        commit_reveal_version: u16,
    ) -> DispatchResult {
        Self::do_commit_timelocked_mechanism_weights(
            origin,
            netuid,
            0,
            commit,
            reveal_round,
            commit_reveal_version,
        )
    }

    /// Commits timelocked weights of a mechanism in version 4 (section 08, 8).
    ///
    /// # Errors
    /// Those of [`Pallet::do_commit_timelocked_mechanism_weights`].
    pub fn do_commit_crv3_mechanism_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        mecid: MechId,
        commit: TimelockedCommit,
        reveal_round: u64,
    ) -> DispatchResult {
        Self::do_commit_timelocked_mechanism_weights(
            origin,
            netuid,
            mecid,
            commit,
            reveal_round,
            CRV3_VERSION,
        )
    }

    /// Commits timelocked weights of a mechanism (section 08, 8).
    ///
    /// # Errors
    /// In this order: `MechanismDoesNotExist`, `BadOrigin`, `CommitRevealDisabled`, `IncorrectCommitRevealVersion`,
    /// `HotKeyNotRegisteredInSubNet`, `CommittingWeightsTooFast`, `TooManyUnrevealedCommits`.
    pub fn do_commit_timelocked_mechanism_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        mecid: MechId,
        commit: TimelockedCommit,
        reveal_round: u64,
        commit_reveal_version: u16,
    ) -> DispatchResult {
        Self::ensure_mechanism_exists(netuid, mecid)?;
        let hotkey = ensure_signed(origin)?;
        Self::ensure_commit_reveal(netuid)?;
        ensure!(
            commit_reveal_version == CommitRevealWeightsVersion::<T>::get(),
            Error::<T>::IncorrectCommitRevealVersion
        );
        let now = Self::now();
        let uid = Self::ensure_may_commit(&hotkey, netuid, mecid, now)?;

        let index = storage_index(netuid, mecid);
        let epoch = Self::current_epoch(netuid);
        let mut queue = TimelockedWeightCommits::<T>::get(index, epoch);
        let own = queue.iter().filter(|(who, ..)| *who == hotkey).count();
        ensure!(own < MAX_UNREVEALED_COMMITS, Error::<T>::TooManyUnrevealedCommits);
        let hash = BlakeTwo256::hash(&commit);
        queue.push_back((hotkey.clone(), now, commit, reveal_round));
        TimelockedWeightCommits::<T>::insert(index, epoch, queue);
        Self::deposit_event(Event::TimelockedWeightsCommitted(hotkey, index, hash, reveal_round));
        Self::set_last_update(netuid, mecid, uid, now);
        Ok(())
    }

    /// Reveals what has matured, before the coinbase, so that an epoch in this block uses it (section 08, 8).
    pub fn reveal_timelocked(now: u64) {
        for netuid in Self::subnets_not_deferred(now) {
            Self::reveal_timelocked_of(netuid);
        }
    }

    fn reveal_timelocked_of(netuid: NetUid) {
        let current = Self::current_epoch(netuid);
        let period = RevealPeriodEpochs::<T>::get(netuid);
        let matured = current.saturating_sub(period);
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            let index = storage_index(netuid, mecid);
            let over: Vec<u64> = TimelockedWeightCommits::<T>::iter_key_prefix(index)
                .filter(|epoch| *epoch < matured)
                .collect();
            for epoch in over {
                TimelockedWeightCommits::<T>::remove(index, epoch);
            }
            if current >= period {
                Self::reveal_matured(netuid, mecid, matured);
            }
        }
    }

    /// Steps 3 to 6: commits whose pulse is missing wait for the next block (section 08, 8).
    fn reveal_matured(netuid: NetUid, mecid: MechId, epoch: u64) {
        let index = storage_index(netuid, mecid);
        let mut waiting = VecDeque::new();
        for (who, block, commit, round) in TimelockedWeightCommits::<T>::take(index, epoch) {
            match T::Beacon::signature(round) {
                None => waiting.push_back((who, block, commit, round)),
                Some(signature) => Self::reveal_commit(&who, netuid, mecid, &commit, &signature),
            }
        }
        if !waiting.is_empty() {
            TimelockedWeightCommits::<T>::insert(index, epoch, waiting);
        }
    }

    /// Steps 3 to 5 for one commit: what cannot be opened or set is dropped (section 08, 8).
    fn reveal_commit(who: &T::AccountId, netuid: NetUid, mecid: MechId, commit: &[u8], signature: &[u8]) {
        let Some(bytes) = assay_beacon::open(commit, signature) else { return };
        let Some(Payload { uids, values, version_key }) = payload::decode(&bytes, who) else { return };
        if Self::set_weights_of(who, netuid, mecid, &uids, &values, version_key).is_ok() {
            let index = storage_index(netuid, mecid);
            Self::deposit_event(Event::TimelockedWeightsRevealed(index, who.clone()));
        }
    }
}
