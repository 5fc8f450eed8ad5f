//! The hyperparameters of a subnet as a list of names and values (section 11, 3).

#![allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]

use alloc::vec;
use alloc::vec::Vec;

use assay_primitives::stored::{I32F32, U64F64};
use assay_primitives::{NetUid, TaoBalance};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

use crate::{
    ActivityCutoffFactorMilli, BurnHalfLife, BurnIncreaseMult, Config, OwnerCutAutoLockEnabled,
    OwnerCutEnabled, Pallet,
};

/// A hyperparameter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("named_hyperparameters", "subnet_info"))]
pub struct HyperparamEntry {
    /// Name.
    pub name: Vec<u8>,
    /// Value.
    pub value: HyperparamValue,
}

/// Value of a hyperparameter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[scale_info(replace_segment("info", "rpc_info"), replace_segment("named_hyperparameters", "subnet_info"))]
#[expect(missing_docs, reason = "the variants are named after what they contain")]
pub enum HyperparamValue {
    #[codec(index = 0)]
    Bool(bool),
    #[codec(index = 1)]
    U16(Compact<u16>),
    #[codec(index = 2)]
    U32(Compact<u32>),
    #[codec(index = 3)]
    U64(Compact<u64>),
    #[codec(index = 4)]
    U128(Compact<u128>),
    #[codec(index = 5)]
    TaoBalance(Compact<TaoBalance>),
    #[codec(index = 6)]
    I32F32(I32F32),
    #[codec(index = 7)]
    U64F64(U64F64),
}

impl<T: Config> Pallet<T> {
    /// Hyperparameters of a subnet by name, none if it does not exist (section 11, 3).
    pub fn subnet_hyperparams_v3(netuid: NetUid) -> Option<Vec<HyperparamEntry>> {
        use HyperparamValue::{Bool, I32F32, TaoBalance, U16, U32, U64, U64F64};

        let known = Self::subnet_hyperparams_v2(netuid)?;
        Some(vec![
            entry("kappa", U16(known.kappa)),
            entry("immunity_period", U16(known.immunity_period)),
            entry("min_allowed_weights", U16(known.min_allowed_weights)),
            entry("max_weights_limit", U16(known.max_weights_limit)),
            entry("tempo", U16(known.tempo)),
            entry("weights_version", U64(known.weights_version)),
            entry("weights_rate_limit", U64(known.weights_rate_limit)),
            entry("activity_cutoff", U64(known.activity_cutoff)),
            entry("activity_cutoff_factor", U32(Compact(ActivityCutoffFactorMilli::<T>::get(netuid)))),
            entry("registration_allowed", Bool(known.registration_allowed)),
            entry("target_regs_per_interval", U16(known.target_regs_per_interval)),
            entry("min_burn", TaoBalance(known.min_burn)),
            entry("max_burn", TaoBalance(known.max_burn)),
            entry("burn_half_life", U16(Compact(BurnHalfLife::<T>::get(netuid)))),
            entry("burn_increase_mult", U64F64(BurnIncreaseMult::<T>::get(netuid))),
            entry("bonds_moving_avg", U64(known.bonds_moving_avg)),
            entry("max_regs_per_block", U16(known.max_regs_per_block)),
            entry("serving_rate_limit", U64(known.serving_rate_limit)),
            entry("max_validators", U16(known.max_validators)),
            entry("commit_reveal_period", U64(known.commit_reveal_period)),
            entry("commit_reveal_weights_enabled", Bool(known.commit_reveal_weights_enabled)),
            entry("alpha_high", U16(known.alpha_high)),
            entry("alpha_low", U16(known.alpha_low)),
            entry("liquid_alpha_enabled", Bool(known.liquid_alpha_enabled)),
            entry("alpha_sigmoid_steepness", I32F32(known.alpha_sigmoid_steepness)),
            entry("yuma_version", U16(known.yuma_version)),
            entry("subnet_is_active", Bool(known.subnet_is_active)),
            entry("transfers_enabled", Bool(known.transfers_enabled)),
            entry("bonds_reset_enabled", Bool(known.bonds_reset_enabled)),
            entry("user_liquidity_enabled", Bool(known.user_liquidity_enabled)),
            entry("owner_cut_enabled", Bool(OwnerCutEnabled::<T>::get(netuid))),
            entry("owner_cut_auto_lock_enabled", Bool(OwnerCutAutoLockEnabled::<T>::get(netuid))),
            entry("min_childkey_take", U16(Compact(Self::min_childkey_take(netuid)))),
        ])
    }
}

fn entry(name: &str, value: HyperparamValue) -> HyperparamEntry {
    HyperparamEntry { name: name.as_bytes().to_vec(), value }
}
