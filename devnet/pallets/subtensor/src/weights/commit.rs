//! Committing weights (section 08, 5 and 6).

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use assay_economics::weights;
use assay_primitives::{MechId, NetUid, storage_index};
use codec::Compact;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_core::H256;

use crate::{
    CommitRevealWeightsEnabled, Config, Error, Event, Pallet, RevealPeriodEpochs, SubnetEpochIndex, Uids,
    WeightCommits,
};

/// Commits of a hotkey that may wait for their reveal (section 08, 6 and 8).
pub(super) const MAX_UNREVEALED_COMMITS: usize = 10;

/// A commit in `WeightCommits`: hash, epoch, block and an unused 0 (section 08, 1).
pub(super) type WeightCommit = (H256, u64, u64, u64);

impl<T: Config> Pallet<T> {
    /// Commits the hash of weights (section 08, 6).
    ///
    /// # Errors
    /// Those of [`Pallet::do_commit_mechanism_weights`].
    pub fn do_commit_weights(origin: OriginFor<T>, netuid: NetUid, commit_hash: H256) -> DispatchResult {
        Self::do_commit_mechanism_weights(origin, netuid, 0, commit_hash)
    }

    /// Commits the hash of a mechanism's weights (section 08, 6).
    ///
    /// # Errors
    /// In this order: `MechanismDoesNotExist`, `BadOrigin`, `CommitRevealDisabled`, `HotKeyNotRegisteredInSubNet`,
    /// `CommittingWeightsTooFast`, `TooManyUnrevealedCommits`.
    pub fn do_commit_mechanism_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        mecid: MechId,
        commit_hash: H256,
    ) -> DispatchResult {
        Self::ensure_mechanism_exists(netuid, mecid)?;
        let hotkey = ensure_signed(origin)?;
        Self::commit_weights_of(&hotkey, netuid, mecid, commit_hash)
    }

    /// Commits hashes of weights on several subnets; what fails on one of them is told in an event (section 08, 6).
    ///
    /// # Errors
    /// `BadOrigin`, `InputLengthsUnequal`.
    pub fn do_batch_commit_weights(
        origin: OriginFor<T>,
        netuids: Vec<Compact<NetUid>>,
        commit_hashes: Vec<H256>,
    ) -> DispatchResult {
        let hotkey = ensure_signed(origin)?;
        ensure!(netuids.len() == commit_hashes.len(), Error::<T>::InputLengthsUnequal);
        let mut failures = Vec::new();
        for (netuid, hash) in netuids.iter().zip(commit_hashes) {
            let outcome = Self::ensure_mechanism_exists(netuid.0, 0)
                .and_then(|()| Self::commit_weights_of(&hotkey, netuid.0, 0, hash));
            failures.extend(outcome.err().map(|error| (netuid.0, error)));
        }
        Self::conclude_batch(netuids, hotkey, failures);
        Ok(())
    }

    /// Epoch counter that commits and reveals go by: one ahead while an epoch is due (section 08, 5).
    pub fn current_epoch(netuid: NetUid) -> u64 {
        let due = Self::epoch_is_due(netuid, Self::now());
        SubnetEpochIndex::<T>::get(netuid).saturating_add(u64::from(due))
    }

    fn commit_weights_of(hotkey: &T::AccountId, netuid: NetUid, mecid: MechId, hash: H256) -> DispatchResult {
        Self::ensure_commit_reveal(netuid)?;
        let now = Self::now();
        let uid = Self::ensure_may_commit(hotkey, netuid, mecid, now)?;
        let index = storage_index(netuid, mecid);
        let queue = WeightCommits::<T>::get(index, hotkey).unwrap_or_default();
        let (_, mut waiting) = Self::split_expired(netuid, queue);
        ensure!(waiting.len() < MAX_UNREVEALED_COMMITS, Error::<T>::TooManyUnrevealedCommits);
        waiting.push_back((hash, Self::current_epoch(netuid), now, 0));
        WeightCommits::<T>::insert(index, hotkey, waiting);
        Self::deposit_event(Event::WeightsCommitted(hotkey.clone(), index, hash));
        Self::set_last_update(netuid, mecid, uid, now);
        Ok(())
    }

    /// Commits and reveals need commit-reveal (section 08, 6 to 8).
    pub(super) fn ensure_commit_reveal(netuid: NetUid) -> DispatchResult {
        ensure!(CommitRevealWeightsEnabled::<T>::get(netuid), Error::<T>::CommitRevealDisabled);
        Ok(())
    }

    /// The uid of a hotkey that may commit now: it is registered and not too fast (section 08, 6 and 8).
    pub(super) fn ensure_may_commit(
        hotkey: &T::AccountId,
        netuid: NetUid,
        mecid: MechId,
        now: u64,
    ) -> Result<u16, Error<T>> {
        let uid = Uids::<T>::get(netuid, hotkey).ok_or(Error::<T>::HotKeyNotRegisteredInSubNet)?;
        ensure!(
            Self::weights_rate_limit_passed(netuid, mecid, uid, now),
            Error::<T>::CommittingWeightsTooFast
        );
        Ok(uid)
    }

    /// The expired commits at the front of a queue, and the others (section 08, 6 and 7).
    pub(super) fn split_expired(
        netuid: NetUid,
        mut queue: VecDeque<WeightCommit>,
    ) -> (VecDeque<WeightCommit>, VecDeque<WeightCommit>) {
        let current = Self::current_epoch(netuid);
        let period = RevealPeriodEpochs::<T>::get(netuid);
        let expired =
            queue.iter().take_while(|(_, epoch, ..)| weights::is_expired(*epoch, current, period)).count();
        let waiting = queue.split_off(expired);
        (queue, waiting)
    }
}
