//! Revealing weights (section 08, 7).

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use assay_economics::weights;
use assay_primitives::{MechId, NetUid, NetUidStorageIndex, storage_index};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash};

use super::commit::WeightCommit;
use crate::{Config, Error, Event, Pallet, RevealPeriodEpochs, WeightCommits};

impl<T: Config> Pallet<T> {
    /// Reveals committed weights (section 08, 7).
    ///
    /// # Errors
    /// Those of [`Pallet::do_reveal_mechanism_weights`].
    pub fn do_reveal_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        uids: Vec<u16>,
        values: Vec<u16>,
        salt: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        Self::do_reveal_mechanism_weights(origin, netuid, 0, uids, values, salt, version_key)
    }

    /// Reveals committed weights of a mechanism; older commits are dropped (section 08, 7).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `CommitRevealDisabled`, `NoWeightsCommitFound`, `ExpiredWeightCommit`,
    /// `InvalidRevealCommitHashNotMatch`, `RevealTooEarly`, those of [`Pallet::set_weights_of`].
    pub fn do_reveal_mechanism_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        mecid: MechId,
        uids: Vec<u16>,
        values: Vec<u16>,
        salt: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        let hotkey = ensure_signed(origin)?;
        Self::ensure_commit_reveal(netuid)?;
        let index = storage_index(netuid, mecid);
        let hash = Self::commit_hash(&hotkey, index, &uids, &values, &salt, version_key);
        let queue = WeightCommits::<T>::get(index, &hotkey).ok_or(Error::<T>::NoWeightsCommitFound)?;
        let (expired, mut waiting) = Self::split_expired(netuid, queue);
        ensure!(!waiting.is_empty() || position(&expired, hash).is_some(), Error::<T>::NoWeightsCommitFound);
        let place = Self::place_of(&waiting, &expired, hash)?;
        Self::ensure_revealable(netuid, &waiting, place)?;
        Self::store_commits(index, &hotkey, waiting.split_off(place.saturating_add(1)));
        Self::set_weights_of(&hotkey, netuid, mecid, &uids, &values, version_key)?;
        Self::deposit_event(Event::WeightsRevealed(hotkey, index, hash));
        Ok(())
    }

    /// Reveals several commits of a subnet, all or none; each takes only its own commit away (section 08, 7).
    ///
    /// # Errors
    /// In this order: `InputLengthsUnequal`, `BadOrigin`, `CommitRevealDisabled`, `NoWeightsCommitFound`,
    /// `ExpiredWeightCommit`, `InvalidRevealCommitHashNotMatch`, `RevealTooEarly`, those of
    /// [`Pallet::set_weights_of`].
    pub fn do_batch_reveal_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        uids_list: Vec<Vec<u16>>,
        values_list: Vec<Vec<u16>>,
        salts_list: Vec<Vec<u16>>,
        version_keys: Vec<u64>,
    ) -> DispatchResult {
        let lengths = [values_list.len(), salts_list.len(), version_keys.len()];
        ensure!(lengths == [uids_list.len(); 3], Error::<T>::InputLengthsUnequal);
        let hotkey = ensure_signed(origin)?;
        Self::ensure_commit_reveal(netuid)?;
        let queue = WeightCommits::<T>::get(netuid, &hotkey).ok_or(Error::<T>::NoWeightsCommitFound)?;
        let (expired, mut waiting) = Self::split_expired(netuid, queue);

        let hashes =
            Self::batch_hashes(&hotkey, netuid, &uids_list, &values_list, &salts_list, &version_keys);
        for hash in &hashes {
            let place = Self::place_of(&waiting, &expired, *hash)?;
            Self::ensure_revealable(netuid, &waiting, place)?;
        }
        let rows = uids_list.iter().zip(&values_list).zip(&version_keys);
        for (((uids, values), version_key), hash) in rows.zip(&hashes) {
            waiting.remove(Self::place_of(&waiting, &expired, *hash)?);
            Self::set_weights_of(&hotkey, netuid, 0, uids, values, *version_key)?;
        }
        Self::store_commits(netuid, &hotkey, waiting);
        Self::deposit_event(Event::WeightsBatchRevealed(hotkey, netuid, hashes));
        Ok(())
    }

    /// Hash of a commit (section 08, 7).
    pub fn commit_hash(
        hotkey: &T::AccountId,
        index: NetUidStorageIndex,
        uids: &[u16],
        values: &[u16],
        salt: &[u16],
        version_key: u64,
    ) -> H256 {
        BlakeTwo256::hash_of(&(hotkey, index, uids, values, salt, version_key))
    }

    /// Hashes of the commits that a batch reveals, as far as all lists reach (section 08, 7).
    pub(super) fn batch_hashes(
        hotkey: &T::AccountId,
        netuid: NetUid,
        uids_list: &[Vec<u16>],
        values_list: &[Vec<u16>],
        salts_list: &[Vec<u16>],
        version_keys: &[u64],
    ) -> Vec<H256> {
        let rows = uids_list.iter().zip(values_list).zip(salts_list).zip(version_keys);
        rows.map(|(((uids, values), salt), version_key)| {
            Self::commit_hash(hotkey, netuid, uids, values, salt, *version_key)
        })
        .collect()
    }

    fn place_of(
        waiting: &VecDeque<WeightCommit>,
        expired: &VecDeque<WeightCommit>,
        hash: H256,
    ) -> Result<usize, Error<T>> {
        position(waiting, hash).ok_or_else(|| match position(expired, hash) {
            Some(_) => Error::<T>::ExpiredWeightCommit,
            None => Error::<T>::InvalidRevealCommitHashNotMatch,
        })
    }

    fn ensure_revealable(netuid: NetUid, waiting: &VecDeque<WeightCommit>, place: usize) -> DispatchResult {
        let period = RevealPeriodEpochs::<T>::get(netuid);
        let current = Self::current_epoch(netuid);
        let revealable =
            waiting.get(place).is_some_and(|(_, epoch, ..)| weights::is_revealable(*epoch, current, period));
        ensure!(revealable, Error::<T>::RevealTooEarly);
        Ok(())
    }

    fn store_commits(index: NetUidStorageIndex, hotkey: &T::AccountId, waiting: VecDeque<WeightCommit>) {
        if waiting.is_empty() {
            WeightCommits::<T>::remove(index, hotkey);
        } else {
            WeightCommits::<T>::insert(index, hotkey, waiting);
        }
    }
}

fn position(queue: &VecDeque<WeightCommit>, hash: H256) -> Option<usize> {
    queue.iter().position(|(committed, ..)| *committed == hash)
}
