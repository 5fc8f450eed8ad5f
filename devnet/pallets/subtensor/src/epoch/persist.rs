//! The epoch of a subnet and what it writes (section 07, 1).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use assay_economics::consensus::epoch::{EpochOutput, epoch};
use assay_economics::consensus::mechanisms::{MechanismEpoch, SubnetEpochOutput, aggregate, split_emission};
use assay_primitives::{AlphaBalance, NetUid, NetUidStorageIndex, storage_index};

use crate::{
    Active, Bonds, BondsResetOn, Config, Consensus, Dividends, Emission, Event, Incentive,
    MechanismCountCurrent, MechanismEmissionSplit, Pallet, StakeWeight, Uids, ValidatorPermit,
    ValidatorTrust,
};

/// What one hotkey earned in an epoch, rao of alpha (section 07, 1 step 6).
pub struct EpochResult<AccountId> {
    /// Who.
    pub hotkey: AccountId,
    /// As a miner.
    pub incentive: AlphaBalance,
    /// As a validator.
    pub dividend: AlphaBalance,
}

impl<T: Config> Pallet<T> {
    /// Runs the epoch of all mechanisms, stores it, and gives what each hotkey earned in ascending account order
    /// (section 07, 1).
    pub fn run_epoch(netuid: NetUid, emission: AlphaBalance, now: u64) -> Vec<EpochResult<T::AccountId>> {
        let hotkeys = Self::hotkeys(netuid);
        let mechanisms = Self::run_mechanisms(netuid, emission, &hotkeys, now);
        let totals = aggregate(emission, &mechanisms);
        Self::persist_subnet(netuid, &totals);

        let mut results: Vec<_> = hotkeys.into_iter().flatten().zip(totals).collect();
        results.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self::update_voting_power(netuid, &results, now);
        let earned = |(hotkey, total): (T::AccountId, SubnetEpochOutput)| EpochResult {
            hotkey,
            incentive: total.server_emission,
            dividend: total.validator_emission,
        };
        results.into_iter().map(earned).collect()
    }

    /// Runs and stores the epoch of every mechanism in turn (section 07, 1 steps 1 and 2). Uids without a key get
    /// nothing and have no place in the results.
    fn run_mechanisms(
        netuid: NetUid,
        emission: AlphaBalance,
        hotkeys: &[Option<T::AccountId>],
        now: u64,
    ) -> Vec<MechanismEpoch> {
        let count = MechanismCountCurrent::<T>::get(netuid);
        let split = MechanismEmissionSplit::<T>::get(netuid);
        let parts = split_emission(emission, count, split.as_deref());
        let common = Self::subnet_input(netuid, hotkeys, now);
        let uids: BTreeMap<&T::AccountId, u16> = hotkeys
            .iter()
            .zip(0..u16::MAX)
            .filter_map(|(hotkey, uid)| hotkey.as_ref().map(|hotkey| (hotkey, uid)))
            .collect();
        let run = |(mecid, part)| {
            let input = Self::mechanism_input(&common, netuid, mecid, part, &uids);
            let outputs = epoch(&input).into_iter().zip(hotkeys);
            let outputs: Vec<EpochOutput> =
                outputs.filter_map(|(output, hotkey)| hotkey.as_ref().map(|_| output)).collect();
            Self::persist_mechanism(storage_index(netuid, mecid), &outputs);
            MechanismEpoch { emission: part, outputs }
        };
        (0..count).zip(parts).map(run).collect()
    }

    /// Stores the incentives and the bonds of a mechanism; empty rows of bonds too (section 07, 1 step 2).
    fn persist_mechanism(index: NetUidStorageIndex, outputs: &[EpochOutput]) {
        Incentive::<T>::insert(index, column(outputs, |output| output.incentive));
        Self::deposit_event(Event::IncentiveAlphaEmittedToMiners {
            netuid: index,
            emissions: column(outputs, |output| output.server_emission),
        });
        for (uid, output) in (0..u16::MAX).zip(outputs) {
            Bonds::<T>::insert(index, uid, &output.bonds);
        }
    }

    /// Stores the results of the subnet (section 07, 1 step 4).
    fn persist_subnet(netuid: NetUid, totals: &[SubnetEpochOutput]) {
        Active::<T>::insert(netuid, column(totals, |total| total.active));
        Emission::<T>::insert(netuid, column(totals, |total| total.emission));
        Consensus::<T>::insert(netuid, column(totals, |total| total.consensus));
        Dividends::<T>::insert(netuid, column(totals, |total| total.dividend));
        ValidatorTrust::<T>::insert(netuid, column(totals, |total| total.validator_trust));
        StakeWeight::<T>::insert(netuid, column(totals, |total| total.stake_weight));
        ValidatorPermit::<T>::insert(netuid, column(totals, |total| total.new_validator_permit));
    }

    /// Removes all bonds towards a hotkey where the subnet wants that; nothing happens if it is not registered
    /// (section 07, 5).
    pub fn reset_bonds_towards(netuid: NetUid, hotkey: &T::AccountId) {
        if !BondsResetOn::<T>::get(netuid) {
            return;
        }
        let Some(target) = Uids::<T>::get(netuid, hotkey) else {
            return;
        };
        for mecid in 0..MechanismCountCurrent::<T>::get(netuid) {
            let index = storage_index(netuid, mecid);
            let rows: Vec<_> = Bonds::<T>::iter_prefix(index).collect();
            for (uid, mut row) in rows {
                row.retain(|(column, _)| *column != target);
                Bonds::<T>::insert(index, uid, row);
            }
        }
    }
}

/// One value of every result, in their order.
fn column<Result, Value>(results: &[Result], value: fn(&Result) -> Value) -> Vec<Value> {
    results.iter().map(value).collect()
}
