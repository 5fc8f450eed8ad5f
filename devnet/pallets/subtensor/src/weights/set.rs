//! Setting weights (section 08, 4).

use alloc::vec::Vec;

use assay_economics::weights;
use assay_primitives::{MechId, NetUid, ROOT, storage_index};
use codec::Compact;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{
    CommitRevealWeightsEnabled, Config, Error, Event, MinAllowedWeights, Pallet, SubnetworkN, Uids,
    ValidatorPermit, Weights, WeightsVersionKey,
};

impl<T: Config> Pallet<T> {
    /// Sets the weights of the signing hotkey (section 08, 4).
    ///
    /// # Errors
    /// `CommitRevealEnabled`, `BadOrigin`, those of [`Pallet::set_weights_of`].
    pub fn do_set_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        dests: Vec<u16>,
        weights: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        Self::do_set_mechanism_weights(origin, netuid, 0, dests, weights, version_key)
    }

    /// Sets the weights of the signing hotkey on a mechanism (section 08, 4).
    ///
    /// # Errors
    /// `CommitRevealEnabled`, `BadOrigin`, those of [`Pallet::set_weights_of`].
    pub fn do_set_mechanism_weights(
        origin: OriginFor<T>,
        netuid: NetUid,
        mecid: MechId,
        dests: Vec<u16>,
        weights: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        Self::ensure_weights_are_open(netuid)?;
        let hotkey = ensure_signed(origin)?;
        Self::set_weights_of(&hotkey, netuid, mecid, &dests, &weights, version_key)
    }

    /// Sets weights on several subnets; what fails on one of them is told in an event (section 08, 4).
    ///
    /// # Errors
    /// `BadOrigin`, `InputLengthsUnequal`.
    pub fn do_batch_set_weights(
        origin: OriginFor<T>,
        netuids: Vec<Compact<NetUid>>,
        weights: Vec<Vec<(Compact<u16>, Compact<u16>)>>,
        version_keys: Vec<Compact<u64>>,
    ) -> DispatchResult {
        let hotkey = ensure_signed(origin)?;
        ensure!(
            netuids.len() == weights.len() && netuids.len() == version_keys.len(),
            Error::<T>::InputLengthsUnequal
        );
        let mut failures = Vec::new();
        for ((netuid, row), version_key) in netuids.iter().zip(weights).zip(version_keys) {
            let (uids, values): (Vec<u16>, Vec<u16>) =
                row.into_iter().map(|(uid, value)| (uid.0, value.0)).unzip();
            let outcome = Self::ensure_weights_are_open(netuid.0)
                .and_then(|()| Self::set_weights_of(&hotkey, netuid.0, 0, &uids, &values, version_key.0));
            failures.extend(outcome.err().map(|error| (netuid.0, error)));
        }
        Self::conclude_batch(netuids, hotkey, failures);
        Ok(())
    }

    /// The core that setting and revealing share: everything is checked before anything is written (section 08, 4).
    ///
    /// # Errors
    /// In this order: `CanNotSetRootNetworkWeights`, `WeightVecNotEqualSize`, `MechanismDoesNotExist`,
    /// `UidsLengthExceedUidsInSubNet`, `HotKeyNotRegisteredInSubNet`, `NotEnoughStakeToSetWeights`,
    /// `IncorrectWeightVersionKey`, `SettingWeightsTooFast`, `NeuronNoValidatorPermit`, `DuplicateUids`,
    /// `UidVecContainInvalidOne`, `WeightVecLengthIsLow`.
    pub fn set_weights_of(
        hotkey: &T::AccountId,
        netuid: NetUid,
        mecid: MechId,
        uids: &[u16],
        values: &[u16],
        version_key: u64,
    ) -> DispatchResult {
        ensure!(netuid != ROOT, Error::<T>::CanNotSetRootNetworkWeights);
        ensure!(uids.len() == values.len(), Error::<T>::WeightVecNotEqualSize);
        Self::ensure_mechanism_exists(netuid, mecid)?;
        let n = SubnetworkN::<T>::get(netuid);
        ensure!(uids.len() <= usize::from(n), Error::<T>::UidsLengthExceedUidsInSubNet);
        let uid = Uids::<T>::get(netuid, hotkey).ok_or(Error::<T>::HotKeyNotRegisteredInSubNet)?;
        ensure!(Self::has_stake_for_weights(hotkey, netuid), Error::<T>::NotEnoughStakeToSetWeights);
        ensure!(
            weights::version_is_accepted(WeightsVersionKey::<T>::get(netuid), version_key),
            Error::<T>::IncorrectWeightVersionKey
        );
        let now = Self::now();
        let commit_reveal = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(
            commit_reveal || Self::weights_rate_limit_passed(netuid, mecid, uid, now),
            Error::<T>::SettingWeightsTooFast
        );
        ensure!(Self::may_weigh(netuid, uid, uids), Error::<T>::NeuronNoValidatorPermit);
        ensure!(!weights::has_duplicates(uids), Error::<T>::DuplicateUids);
        ensure!(weights::all_exist(uids, n), Error::<T>::UidVecContainInvalidOne);
        ensure!(
            weights::is_long_enough(uid, uids, n, MinAllowedWeights::<T>::get(netuid)),
            Error::<T>::WeightVecLengthIsLow
        );

        let index = storage_index(netuid, mecid);
        let row: Vec<(u16, u16)> = uids.iter().copied().zip(weights::max_upscaled(values)).collect();
        Weights::<T>::insert(index, uid, row);
        // With commit-reveal, the block of the commit stays.
        if !commit_reveal {
            Self::set_last_update(netuid, mecid, uid, now);
        }
        Self::deposit_event(Event::WeightsSet(index, uid));
        Ok(())
    }

    /// Tells how a batch went: first what failed, then that it is over (section 08, 4).
    pub(super) fn conclude_batch(
        netuids: Vec<Compact<NetUid>>,
        hotkey: T::AccountId,
        failures: Vec<(NetUid, DispatchError)>,
    ) {
        if !failures.is_empty() {
            Self::deposit_event(Event::BatchCompletedWithErrors());
        }
        for (netuid, error) in failures {
            Self::deposit_event(Event::BatchWeightItemFailed(netuid, error));
        }
        Self::deposit_event(Event::BatchWeightsCompleted(netuids, hotkey));
    }

    /// Check 0 of section 08, 4, which comes before the signature.
    fn ensure_weights_are_open(netuid: NetUid) -> DispatchResult {
        ensure!(!CommitRevealWeightsEnabled::<T>::get(netuid), Error::<T>::CommitRevealEnabled);
        Ok(())
    }

    /// Check 10 of section 08, 4.
    fn may_weigh(netuid: NetUid, uid: u16, uids: &[u16]) -> bool {
        weights::is_self_weight(uid, uids)
            || Self::owner_uid(netuid) == Some(uid)
            || ValidatorPermit::<T>::get(netuid).get(usize::from(uid)).copied().unwrap_or(false)
    }
}
