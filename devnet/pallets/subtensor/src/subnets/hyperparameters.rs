//! Hyperparameters that the owner sets, and those with rules of their own (section 02, 9.1).
//!
//! What root and owners set one to one is in pallet `AdminUtils`, which checks, writes the item and tells it.

use alloc::vec::Vec;

use assay_primitives::{MechId, NetUid, storage_index};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::OriginFor;

use super::rate_limits::{Hyperparameter, Transaction};
use crate::{
    ActivityCutoffFactorMilli, AdminFreezeWindow, Bonds, CommitRevealWeightsEnabled, Config, Error, Event,
    Incentive, LastEpochBlock, LastUpdate, MaxAllowedUids, MaxMechanismCount, MechanismCountCurrent,
    MechanismEmissionSplit, Pallet, PendingEpochAt, SubnetOwnerHotkey, Tempo, TimelockedWeightCommits,
    WeightCommits, Weights,
};

/// Mechanisms of a subnet at most, whatever root sets (section 02, 9.1).
pub const MAX_MECHANISMS: u8 = 16;

/// Uids of all mechanisms of a subnet together at most (section 02, 9.1).
pub const MAX_UIDS: u16 = 256;

impl<T: Config> Pallet<T> {
    /// Sets the tempo; owner only (section 02, 9.1).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `TempoOutOfBounds`, the freeze, `TxRateLimitExceeded`.
    pub fn do_set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
        let owner = Self::ensure_owner(origin, netuid)?;
        let bounds = Self::min_tempo()..=Self::max_tempo();
        ensure!(bounds.contains(&tempo), Error::<T>::TempoOutOfBounds);
        Self::ensure_not_frozen(netuid)?;
        let limit_passed = Self::transaction_limit_passed(Transaction::TempoUpdate, &owner, netuid);
        ensure!(limit_passed, Error::<T>::TxRateLimitExceeded);
        Self::change_tempo(netuid, tempo);
        Self::record_transaction(Transaction::TempoUpdate, &owner, netuid);
        Ok(())
    }

    /// Writes a tempo and starts it anew (section 02, 9.1).
    pub fn change_tempo(netuid: NetUid, tempo: u16) {
        Tempo::<T>::insert(netuid, tempo);
        Self::deposit_event(Event::TempoSet(netuid, tempo));
        LastEpochBlock::<T>::insert(netuid, Self::now());
    }

    /// Sets the activity cutoff in thousandths of a tempo (section 02, 9.1).
    ///
    /// # Errors
    /// `BadOrigin`; `ActivityCutoffFactorMilliOutOfBounds`; for the owner also `TxRateLimitExceeded` and the freeze.
    pub fn do_set_activity_cutoff_factor(
        origin: OriginFor<T>,
        netuid: NetUid,
        factor_milli: u32,
    ) -> DispatchResult {
        let owner = Self::ensure_owner_or_root(origin, netuid)?;
        let bounds = Self::min_activity_cutoff_factor_milli()..=Self::max_activity_cutoff_factor_milli();
        ensure!(bounds.contains(&factor_milli), Error::<T>::ActivityCutoffFactorMilliOutOfBounds);
        if owner.is_some() {
            Self::ensure_owner_limit(netuid, Hyperparameter::ActivityCutoffFactorMilli)?;
            Self::ensure_not_frozen(netuid)?;
            Self::record_owner_limit(netuid, Hyperparameter::ActivityCutoffFactorMilli);
        }
        ActivityCutoffFactorMilli::<T>::insert(netuid, factor_milli);
        Self::deposit_event(Event::ActivityCutoffFactorMilliSet { netuid, factor_milli });
        Ok(())
    }

    /// Triggers an epoch; owner only (section 02, 9.1).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `DynamicTempoBlockedByCommitReveal`, `EpochTriggerAlreadyPending`,
    /// `AutoEpochAlreadyImminent`, `TxRateLimitExceeded`.
    pub fn do_trigger_epoch(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        let by = Self::ensure_owner(origin, netuid)?;
        ensure!(!CommitRevealWeightsEnabled::<T>::get(netuid), Error::<T>::DynamicTempoBlockedByCommitReveal);
        ensure!(PendingEpochAt::<T>::get(netuid) == 0, Error::<T>::EpochTriggerAlreadyPending);
        let now = Self::now();
        let window = u64::from(AdminFreezeWindow::<T>::get());
        ensure!(Self::blocks_to_auto_epoch(netuid, now) >= window, Error::<T>::AutoEpochAlreadyImminent);
        Self::ensure_owner_limit(netuid, Hyperparameter::TriggerEpoch)?;

        let fires_at = now.saturating_add(window);
        PendingEpochAt::<T>::insert(netuid, fires_at);
        Self::record_owner_limit(netuid, Hyperparameter::TriggerEpoch);
        Self::deposit_event(Event::EpochTriggered { netuid, by, fires_at });
        Ok(())
    }

    /// Blocks without weights after which a validator is inactive (section 02, 9.1).
    pub fn activity_cutoff(netuid: NetUid) -> u64 {
        let factor = u64::from(ActivityCutoffFactorMilli::<T>::get(netuid));
        (factor.saturating_mul(u64::from(Tempo::<T>::get(netuid))) / 1_000).max(1)
    }

    /// Sets the owner's hotkey (section 02, 6); the checks of the origin are the caller's.
    ///
    /// # Errors
    /// In this order: `SubnetNotExists`, `TxRateLimitExceeded`, `CannotUseSystemAccount`.
    pub fn change_owner_hotkey(netuid: NetUid, hotkey: &T::AccountId) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        Self::ensure_owner_hotkey_limit(netuid)?;
        ensure!(!Self::is_subnet_account(hotkey), Error::<T>::CannotUseSystemAccount);
        SubnetOwnerHotkey::<T>::insert(netuid, hotkey);
        crate::LastRateLimitedBlock::<T>::insert(crate::RateLimitKey::SetSNOwnerHotkey(netuid), Self::now());
        Self::deposit_event(Event::SubnetOwnerHotkeySet(netuid, hotkey.clone()));
        Ok(())
    }

    /// Sets the number of mechanisms (section 02, 9.1).
    ///
    /// # Errors
    /// In this order: `MechanismDoesNotExist`, `InvalidValue`, `TooManyUIDsPerMechanism`, `InvalidValue`.
    pub fn change_mechanism_count(netuid: NetUid, count: MechId) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::MechanismDoesNotExist);
        ensure!((1..=MaxMechanismCount::<T>::get()).contains(&count), Error::<T>::InvalidValue);
        Self::ensure_uids_fit(MaxAllowedUids::<T>::get(netuid), count)?;
        ensure!(count <= MAX_MECHANISMS, Error::<T>::InvalidValue);

        let before = MechanismCountCurrent::<T>::get(netuid);
        if count == before {
            return Ok(());
        }
        for mecid in count..before {
            Self::clear_mechanism(netuid, mecid);
        }
        MechanismCountCurrent::<T>::insert(netuid, count);
        MechanismEmissionSplit::<T>::remove(netuid);
        Ok(())
    }

    /// Whether so many uids in so many mechanisms are allowed (section 02, 9.1).
    ///
    /// # Errors
    /// `TooManyUIDsPerMechanism`.
    pub fn ensure_uids_fit(uids: u16, mechanisms: MechId) -> DispatchResult {
        let all = uids.saturating_mul(u16::from(mechanisms));
        ensure!(all <= MAX_UIDS, Error::<T>::TooManyUIDsPerMechanism);
        Ok(())
    }

    /// Sets or removes the emission split of the mechanisms, parts of 65,535 (section 02, 9.1).
    ///
    /// # Errors
    /// `MechanismDoesNotExist`, `InvalidValue`.
    pub fn change_mechanism_split(netuid: NetUid, split: Option<Vec<u16>>) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::MechanismDoesNotExist);
        let Some(split) = split else {
            MechanismEmissionSplit::<T>::remove(netuid);
            return Ok(());
        };
        let most = usize::from(MechanismCountCurrent::<T>::get(netuid));
        let whole = split.iter().map(|part| u64::from(*part)).sum::<u64>() == u64::from(u16::MAX);
        ensure!((1..=most).contains(&split.len()) && whole, Error::<T>::InvalidValue);
        MechanismEmissionSplit::<T>::insert(netuid, split);
        Ok(())
    }

    fn clear_mechanism(netuid: NetUid, mecid: MechId) {
        let index = storage_index(netuid, mecid);
        let _ = Weights::<T>::clear_prefix(index, u32::MAX, None);
        let _ = Bonds::<T>::clear_prefix(index, u32::MAX, None);
        let _ = WeightCommits::<T>::clear_prefix(index, u32::MAX, None);
        let _ = TimelockedWeightCommits::<T>::clear_prefix(index, u32::MAX, None);
        Incentive::<T>::remove(index);
        LastUpdate::<T>::remove(index);
    }
}
