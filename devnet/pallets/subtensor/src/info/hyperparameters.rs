//! The hyperparameters of a subnet (section 11, 3).

use assay_primitives::stored::I32F32;
use assay_primitives::{NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use super::NO_WEIGHTS_LIMIT;
use crate::{
    AdjustmentAlpha, AdjustmentInterval, AlphaSigmoidSteepness, AlphaValues, BondsMovingAverage,
    BondsResetOn, CommitRevealWeightsEnabled, Config, Difficulty, ImmunityPeriod, Kappa, LiquidAlphaOn,
    MaxAllowedValidators, MaxBurn, MaxDifficulty, MaxRegistrationsPerBlock, MinAllowedWeights, MinBurn,
    MinDifficulty, NetworkRegistrationAllowed, Pallet, RevealPeriodEpochs, Rho, ServingRateLimit,
    SubtokenEnabled, TargetRegistrationsPerInterval, Tempo, TransferToggle, WeightsSetRateLimit,
    WeightsVersionKey, Yuma3On,
};

/// Hyperparameters of a subnet; what they mean is in section 02, 9.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("hyperparameters", "subnet_info"))]
#[expect(missing_docs, reason = "the fields are the hyperparameters of section 02, 9")]
pub struct SubnetHyperparams {
    pub rho: Compact<u16>,
    pub kappa: Compact<u16>,
    pub immunity_period: Compact<u16>,
    pub min_allowed_weights: Compact<u16>,
    pub max_weights_limit: Compact<u16>,
    pub tempo: Compact<u16>,
    pub min_difficulty: Compact<u64>,
    pub max_difficulty: Compact<u64>,
    pub weights_version: Compact<u64>,
    pub weights_rate_limit: Compact<u64>,
    pub adjustment_interval: Compact<u16>,
    pub activity_cutoff: Compact<u64>,
    pub registration_allowed: bool,
    pub target_regs_per_interval: Compact<u16>,
    pub min_burn: Compact<TaoBalance>,
    pub max_burn: Compact<TaoBalance>,
    pub bonds_moving_avg: Compact<u64>,
    pub max_regs_per_block: Compact<u16>,
    pub serving_rate_limit: Compact<u64>,
    pub max_validators: Compact<u16>,
    pub adjustment_alpha: Compact<u64>,
    pub difficulty: Compact<u64>,
    pub commit_reveal_period: Compact<u64>,
    pub commit_reveal_weights_enabled: bool,
    pub alpha_high: Compact<u16>,
    pub alpha_low: Compact<u16>,
    pub liquid_alpha_enabled: bool,
}

/// Hyperparameters of a subnet, with those that came later.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("hyperparameters", "subnet_info"))]
#[expect(
    missing_docs,
    clippy::struct_excessive_bools,
    reason = "the fields are the hyperparameters of section 02, 9"
)]
pub struct SubnetHyperparamsV2 {
    pub rho: Compact<u16>,
    pub kappa: Compact<u16>,
    pub immunity_period: Compact<u16>,
    pub min_allowed_weights: Compact<u16>,
    pub max_weights_limit: Compact<u16>,
    pub tempo: Compact<u16>,
    pub min_difficulty: Compact<u64>,
    pub max_difficulty: Compact<u64>,
    pub weights_version: Compact<u64>,
    pub weights_rate_limit: Compact<u64>,
    pub adjustment_interval: Compact<u16>,
    pub activity_cutoff: Compact<u64>,
    pub registration_allowed: bool,
    pub target_regs_per_interval: Compact<u16>,
    pub min_burn: Compact<TaoBalance>,
    pub max_burn: Compact<TaoBalance>,
    pub bonds_moving_avg: Compact<u64>,
    pub max_regs_per_block: Compact<u16>,
    pub serving_rate_limit: Compact<u64>,
    pub max_validators: Compact<u16>,
    pub adjustment_alpha: Compact<u64>,
    pub difficulty: Compact<u64>,
    pub commit_reveal_period: Compact<u64>,
    pub commit_reveal_weights_enabled: bool,
    pub alpha_high: Compact<u16>,
    pub alpha_low: Compact<u16>,
    pub liquid_alpha_enabled: bool,
    pub alpha_sigmoid_steepness: I32F32,
    pub yuma_version: Compact<u16>,
    pub subnet_is_active: bool,
    pub transfers_enabled: bool,
    pub bonds_reset_enabled: bool,
    pub user_liquidity_enabled: bool,
}

impl<T: Config> Pallet<T> {
    /// Hyperparameters of a subnet, none if it does not exist (section 11, 3).
    pub fn subnet_hyperparams(netuid: NetUid) -> Option<SubnetHyperparams> {
        let (alpha_low, alpha_high) = AlphaValues::<T>::get(netuid);
        Self::subnet_exists(netuid).then(|| SubnetHyperparams {
            rho: Compact(Rho::<T>::get(netuid)),
            kappa: Compact(Kappa::<T>::get(netuid)),
            immunity_period: Compact(ImmunityPeriod::<T>::get(netuid)),
            min_allowed_weights: Compact(MinAllowedWeights::<T>::get(netuid)),
            max_weights_limit: Compact(NO_WEIGHTS_LIMIT),
            tempo: Compact(Tempo::<T>::get(netuid)),
            min_difficulty: Compact(MinDifficulty::<T>::get(netuid)),
            max_difficulty: Compact(MaxDifficulty::<T>::get(netuid)),
            weights_version: Compact(WeightsVersionKey::<T>::get(netuid)),
            weights_rate_limit: Compact(WeightsSetRateLimit::<T>::get(netuid)),
            adjustment_interval: Compact(AdjustmentInterval::<T>::get(netuid)),
            activity_cutoff: Compact(Self::activity_cutoff(netuid)),
            registration_allowed: NetworkRegistrationAllowed::<T>::get(netuid),
            target_regs_per_interval: Compact(TargetRegistrationsPerInterval::<T>::get(netuid)),
            min_burn: Compact(MinBurn::<T>::get(netuid)),
            max_burn: Compact(MaxBurn::<T>::get(netuid)),
            bonds_moving_avg: Compact(BondsMovingAverage::<T>::get(netuid)),
            max_regs_per_block: Compact(MaxRegistrationsPerBlock::<T>::get(netuid)),
            serving_rate_limit: Compact(ServingRateLimit::<T>::get(netuid)),
            max_validators: Compact(MaxAllowedValidators::<T>::get(netuid)),
            adjustment_alpha: Compact(AdjustmentAlpha::<T>::get(netuid)),
            difficulty: Compact(Difficulty::<T>::get(netuid)),
            commit_reveal_period: Compact(RevealPeriodEpochs::<T>::get(netuid)),
            commit_reveal_weights_enabled: CommitRevealWeightsEnabled::<T>::get(netuid),
            alpha_high: Compact(alpha_high),
            alpha_low: Compact(alpha_low),
            liquid_alpha_enabled: LiquidAlphaOn::<T>::get(netuid),
        })
    }

    /// Hyperparameters of a subnet with those that came later, none if it does not exist (section 11, 3).
    pub fn subnet_hyperparams_v2(netuid: NetUid) -> Option<SubnetHyperparamsV2> {
        let first = Self::subnet_hyperparams(netuid)?;
        Some(SubnetHyperparamsV2 {
            rho: first.rho,
            kappa: first.kappa,
            immunity_period: first.immunity_period,
            min_allowed_weights: first.min_allowed_weights,
            max_weights_limit: first.max_weights_limit,
            tempo: first.tempo,
            min_difficulty: first.min_difficulty,
            max_difficulty: first.max_difficulty,
            weights_version: first.weights_version,
            weights_rate_limit: first.weights_rate_limit,
            adjustment_interval: first.adjustment_interval,
            activity_cutoff: first.activity_cutoff,
            registration_allowed: first.registration_allowed,
            target_regs_per_interval: first.target_regs_per_interval,
            min_burn: first.min_burn,
            max_burn: first.max_burn,
            bonds_moving_avg: first.bonds_moving_avg,
            max_regs_per_block: first.max_regs_per_block,
            serving_rate_limit: first.serving_rate_limit,
            max_validators: first.max_validators,
            adjustment_alpha: first.adjustment_alpha,
            difficulty: first.difficulty,
            commit_reveal_period: first.commit_reveal_period,
            commit_reveal_weights_enabled: first.commit_reveal_weights_enabled,
            alpha_high: first.alpha_high,
            alpha_low: first.alpha_low,
            liquid_alpha_enabled: first.liquid_alpha_enabled,
            alpha_sigmoid_steepness: whole(AlphaSigmoidSteepness::<T>::get(netuid)),
            yuma_version: Compact(Self::yuma_version(netuid)),
            subnet_is_active: SubtokenEnabled::<T>::get(netuid),
            transfers_enabled: TransferToggle::<T>::get(netuid),
            bonds_reset_enabled: BondsResetOn::<T>::get(netuid),
            user_liquidity_enabled: false,
        })
    }

    fn yuma_version(netuid: NetUid) -> u16 {
        if Yuma3On::<T>::get(netuid) { 3 } else { 2 }
    }
}

fn whole(number: i16) -> I32F32 {
    assay_economics::number::I32F32::from_num(number).into()
}
