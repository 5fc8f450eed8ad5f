//! What the epoch reads (sections 06, 6 and 07, 2).

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use assay_economics::consensus::activity::activity_cutoff;
use assay_economics::consensus::epoch::{EpochInput, Hyperparameters, LiquidAlpha};
use assay_economics::consensus::stake_weight::{Proportion, inherited_stake, stake_weight};
use assay_economics::number::{I64F64, U96F32, proportion_u64};
use assay_economics::weights::is_expired;
use assay_primitives::{AlphaBalance, MechId, NetUid, NetUidStorageIndex, ROOT, TaoBalance, storage_index};

use crate::{
    ActivityCutoffFactorMilli, AlphaSigmoidSteepness, AlphaValues, BlockAtRegistration, Bonds,
    BondsMovingAverage, BondsPenalty, ChildKeys, CommitRevealWeightsEnabled, Config, Kappa, Keys,
    LastMechansimStepBlock, LastUpdate, LiquidAlphaOn, MaxAllowedValidators, Pallet, ParentKeys,
    RevealPeriodEpochs, StakeThreshold, SubnetOwnerHotkey, SubnetworkN, TaoWeight, Tempo,
    TimelockedWeightCommits, TotalHotkeyAlpha, Uids, ValidatorPermit, WeightCommits, Weights, Yuma3On,
};

/// Relations of a hotkey on a subnet: what it gives to its children, and who gives to it.
struct Relations<AccountId> {
    children: Vec<Proportion>,
    parents: Vec<(Proportion, AccountId)>,
}

impl<T: Config> Pallet<T> {
    /// Stake weight of a hotkey on a subnet (section 06, 6).
    pub fn stake_weight(hotkey: &T::AccountId, netuid: NetUid) -> I64F64 {
        Self::stake_weight_with(hotkey, netuid, TaoWeight::<T>::get())
    }

    /// Own, delegated and received alpha of a hotkey (section 06, 6).
    pub fn inherited_alpha(hotkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        if netuid == ROOT {
            return TotalHotkeyAlpha::<T>::get(hotkey, ROOT);
        }
        Self::inherited(hotkey, netuid, &Self::relations(hotkey, netuid))
    }

    /// The same for root stake with the relations of `netuid` (section 06, 6).
    pub fn inherited_tao(hotkey: &T::AccountId, netuid: NetUid) -> TaoBalance {
        if netuid == ROOT {
            return TotalHotkeyAlpha::<T>::get(hotkey, ROOT);
        }
        Self::inherited(hotkey, ROOT, &Self::relations(hotkey, netuid))
    }

    /// Weight of root stake (section 06, 2).
    pub fn tao_weight() -> U96F32 {
        proportion_u64(TaoWeight::<T>::get())
    }

    /// The hotkeys of a subnet by uid; none where a uid has no key (section 07, 2.1).
    pub(super) fn hotkeys(netuid: NetUid) -> Vec<Option<T::AccountId>> {
        (0..SubnetworkN::<T>::get(netuid)).map(|uid| Keys::<T>::try_get(netuid, uid).ok()).collect()
    }

    /// What the epochs of all mechanisms of a subnet have in common; weights, bonds, updates and emission are empty
    /// (section 07, 2).
    pub(super) fn subnet_input(netuid: NetUid, hotkeys: &[Option<T::AccountId>], now: u64) -> EpochInput {
        let tempo = Tempo::<T>::get(netuid);
        let tao_weight = TaoWeight::<T>::get();
        let weight_of = |hotkey: &Option<T::AccountId>| {
            hotkey.as_ref().map_or(I64F64::ZERO, |hotkey| Self::stake_weight_with(hotkey, netuid, tao_weight))
        };
        let uids = (0..u16::MAX).zip(hotkeys);
        EpochInput {
            block: now,
            tempo,
            n: u16::try_from(hotkeys.len()).unwrap_or(u16::MAX),
            owner_uid: SubnetOwnerHotkey::<T>::try_get(netuid)
                .ok()
                .and_then(|hotkey| Uids::<T>::get(netuid, hotkey)),
            stake_weights: hotkeys.iter().map(weight_of).collect(),
            permits: ValidatorPermit::<T>::get(netuid),
            block_at_registration: uids
                .map(|(uid, hotkey)| {
                    hotkey.as_ref().map_or(0, |_| BlockAtRegistration::<T>::get(netuid, uid))
                })
                .collect(),
            last_mechanism_step_block: LastMechansimStepBlock::<T>::get(netuid),
            hyperparameters: Self::epoch_hyperparameters(netuid, tempo),
            ..EpochInput::default()
        }
    }

    /// The input of one mechanism's epoch (section 07, 2), from what it has in common with the others. `uids` are the
    /// uids by hotkey.
    pub(super) fn mechanism_input(
        common: &EpochInput,
        netuid: NetUid,
        mecid: MechId,
        emission: AlphaBalance,
        uids: &BTreeMap<&T::AccountId, u16>,
    ) -> EpochInput {
        let index = storage_index(netuid, mecid);
        // The weights of the others count for nothing, so they are not read.
        let votes = |uid: u16| {
            common.owner_uid == Some(uid) || common.permits.get(usize::from(uid)).copied().unwrap_or(false)
        };
        let weights = |uid| if votes(uid) { Weights::<T>::get(index, uid) } else { Vec::new() };
        let earliest_commit = if CommitRevealWeightsEnabled::<T>::get(netuid) {
            Self::earliest_commits(netuid, index, uids, common.n)
        } else {
            Vec::new()
        };
        EpochInput {
            emission,
            weights: (0..common.n).map(weights).collect(),
            bonds: (0..common.n).map(|uid| Bonds::<T>::get(index, uid)).collect(),
            last_update: LastUpdate::<T>::get(index),
            earliest_commit,
            ..common.clone()
        }
    }

    /// Block of the earliest commit of each uid that can still be revealed (section 07, 2.4 step 5).
    fn earliest_commits(
        netuid: NetUid,
        index: NetUidStorageIndex,
        uids: &BTreeMap<&T::AccountId, u16>,
        n: u16,
    ) -> Vec<Option<u64>> {
        let current = Self::current_epoch(netuid);
        let period = RevealPeriodEpochs::<T>::get(netuid);
        let mut earliest = vec![None; usize::from(n)];
        let mut note = |who: &T::AccountId, block: u64| {
            if let Some(slot) = uids.get(who).and_then(|uid| earliest.get_mut(usize::from(*uid))) {
                *slot = Some(slot.map_or(block, |other: u64| other.min(block)));
            }
        };
        for (who, queue) in WeightCommits::<T>::iter_prefix(index) {
            let pending = queue.iter().find(|(_, epoch, ..)| !is_expired(*epoch, current, period));
            if let Some((_, _, block, _)) = pending {
                note(&who, *block);
            }
        }
        for (epoch, queue) in TimelockedWeightCommits::<T>::iter_prefix(index) {
            if !is_expired(epoch, current, period) {
                for (who, block, ..) in &queue {
                    note(who, *block);
                }
            }
        }
        earliest
    }

    fn epoch_hyperparameters(netuid: NetUid, tempo: u16) -> Hyperparameters {
        let liquid_alpha = LiquidAlphaOn::<T>::get(netuid).then(|| {
            let (alpha_low, alpha_high) = AlphaValues::<T>::get(netuid);
            let sigmoid_steepness = AlphaSigmoidSteepness::<T>::get(netuid);
            LiquidAlpha { alpha_low, alpha_high, sigmoid_steepness }
        });
        Hyperparameters {
            kappa: Kappa::<T>::get(netuid),
            bonds_penalty: BondsPenalty::<T>::get(netuid),
            bonds_moving_average: BondsMovingAverage::<T>::get(netuid),
            yuma3: Yuma3On::<T>::get(netuid),
            liquid_alpha,
            max_allowed_validators: MaxAllowedValidators::<T>::get(netuid),
            activity_cutoff: activity_cutoff(ActivityCutoffFactorMilli::<T>::get(netuid), tempo),
            stake_threshold: StakeThreshold::<T>::get(),
        }
    }

    fn stake_weight_with(hotkey: &T::AccountId, netuid: NetUid, tao_weight: u64) -> I64F64 {
        if netuid == ROOT {
            let own = TotalHotkeyAlpha::<T>::get(hotkey, ROOT);
            return stake_weight(own, own, tao_weight);
        }
        let relations = Self::relations(hotkey, netuid);
        let alpha = Self::inherited(hotkey, netuid, &relations);
        let tao = Self::inherited(hotkey, ROOT, &relations);
        stake_weight(alpha, tao, tao_weight)
    }

    /// Stake of a hotkey on `stakes` after what the relations take and bring.
    fn inherited(hotkey: &T::AccountId, stakes: NetUid, relations: &Relations<T::AccountId>) -> u64 {
        let parents: Vec<_> = relations
            .parents
            .iter()
            .map(|(proportion, parent)| (*proportion, TotalHotkeyAlpha::<T>::get(parent, stakes)))
            .collect();
        inherited_stake(TotalHotkeyAlpha::<T>::get(hotkey, stakes), &relations.children, &parents)
    }

    fn relations(hotkey: &T::AccountId, netuid: NetUid) -> Relations<T::AccountId> {
        let children = ChildKeys::<T>::get(hotkey, netuid);
        Relations {
            children: children.into_iter().map(|(proportion, _)| proportion).collect(),
            parents: ParentKeys::<T>::get(hotkey, netuid),
        }
    }
}
