//! One epoch of one mechanism (section 07, 2).

pub use super::liquid_alpha::LiquidAlpha;

use super::{activity, bonds, emission, matrix, median, permits, weight_rows};
use crate::number::{I32F32, I64F64, int, proportion_u16};
use alloc::vec;
use alloc::vec::Vec;

/// What an epoch reads (section 07, 2). Vectors are by uid. One that is too short or empty is read as section 2.1
/// says; entries beyond `n` are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpochInput {
    /// The block being executed.
    pub block: u64,
    /// Blocks between epochs (`Tempo`).
    pub tempo: u16,
    /// Number of uids (`SubnetworkN`).
    pub n: u16,
    /// What the epoch shares out, in rao of alpha.
    pub emission: u64,
    /// Uid of the subnet owner's hotkey, if it is registered.
    pub owner_uid: Option<u16>,
    /// Stake weights in rao: [`stake_weight`](super::stake_weight::stake_weight) of each uid's hotkey.
    pub stake_weights: Vec<I64F64>,
    /// `ValidatorPermit` as stored, without the owner's privilege.
    pub permits: Vec<bool>,
    /// `Weights` of the mechanism: (column uid, weight) in the order given by the validator.
    pub weights: Vec<Vec<(u16, u16)>>,
    /// `Bonds` of the mechanism: (column uid, bond).
    pub bonds: Vec<Vec<(u16, u16)>>,
    /// `LastUpdate` of the mechanism: block of the last weights or commit.
    pub last_update: Vec<u64>,
    /// `BlockAtRegistration`; 0 for a uid without one.
    pub block_at_registration: Vec<u64>,
    /// Block of the earliest weight commit of each uid that is not expired (section 07, 2.4, step 5). Empty where
    /// commit-reveal is off.
    pub earliest_commit: Vec<Option<u64>>,
    /// `LastMechansimStepBlock` (sic): block of the last epoch; 0 where there was none.
    pub last_mechanism_step_block: u64,
    /// The subnet's parameters.
    pub hyperparameters: Hyperparameters,
}

/// The parameters of an epoch (section 07, 4). The default is that of a subnet made by `register_network`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hyperparameters {
    /// Majority of stake that makes a consensus, in parts of 65,535.
    pub kappa: u16,
    /// How much weights above consensus are cut for the bonds, in parts of 65,535.
    pub bonds_penalty: u16,
    /// Share of old bonds in the moving average, in millionths.
    pub bonds_moving_average: u64,
    /// Yuma3 bonds (else Yuma2).
    pub yuma3: bool,
    /// Liquid alpha, where it is on. Without effect in Yuma2.
    pub liquid_alpha: Option<LiquidAlpha>,
    /// Number of validator permits.
    pub max_allowed_validators: u16,
    /// Blocks without update after which a neuron is inactive; see [`activity::activity_cutoff`].
    pub activity_cutoff: u64,
    /// Stake weight below which a hotkey's stake does not count, in rao (one value for the whole chain).
    pub stake_threshold: u64,
}

impl Default for Hyperparameters {
    fn default() -> Self {
        Self {
            kappa: 32_767,
            bonds_penalty: u16::MAX,
            bonds_moving_average: 900_000,
            yuma3: true,
            liquid_alpha: None,
            max_allowed_validators: 64,
            activity_cutoff: 5000,
            stake_threshold: 0,
        }
    }
}

impl EpochInput {
    /// Block at which `uid` was registered; 0 where none is known.
    pub(super) fn registered(&self, uid: usize) -> u64 {
        self.block_at_registration.get(uid).copied().unwrap_or(0)
    }
}

/// What an epoch gives one uid (section 07, 2.13). Proportions are in parts of 65,535, rounded down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpochOutput {
    /// Emission as a miner, in rao of alpha.
    pub server_emission: u64,
    /// Emission as a validator, in rao of alpha.
    pub validator_emission: u64,
    /// Emission as both, in rao of alpha; rounded on its own, so it may be one above the sum of the two.
    pub emission: u64,
    /// Share in the miners' reward.
    pub incentive: u16,
    /// Share in the validators' reward.
    pub dividend: u16,
    /// Consensus weight on this uid.
    pub consensus: u16,
    /// Sum of the uid's own weights after clipping.
    pub validator_trust: u16,
    /// Share in the stake weight of the subnet.
    pub stake_weight: u16,
    /// Stake weight in rao, rounded down, before the threshold.
    pub stake: u64,
    /// Whether it set weights recently enough.
    pub active: bool,
    /// Permit for the next epoch.
    pub new_validator_permit: bool,
    /// Bonds to store: (column uid, bond). Empty without a new permit.
    pub bonds: Vec<(u16, u16)>,
}

/// Runs the epoch of one mechanism and returns the result of every uid, in uid order.
pub fn epoch(input: &EpochInput) -> Vec<EpochOutput> {
    let n = usize::from(input.n);
    let parameters = &input.hyperparameters;
    let owner = input.owner_uid.map(usize::from).filter(|uid| *uid < n);

    let active = active(input);
    let stake = activity::stake_shares(&input.stake_weights, n, parameters.stake_threshold, owner);
    let new_permits = permits::new_permits(&stake, parameters.max_allowed_validators, owner);
    let active_stake = activity::active_stake(&stake, &active, &input.permits, owner);

    let weights = weight_rows::masked(input, owner);
    let consensus = median::consensus(&weights, &active_stake, proportion_u16(parameters.kappa), n);
    let clipped = weight_rows::clipped(&weights, &consensus);
    let validator_trust: Vec<I32F32> = clipped.iter().map(|row| matrix::row_sum(row)).collect();
    let incentive = matrix::normalized(ranks(&clipped, &active_stake));

    let for_bonds = match parameters.bonds_penalty {
        0 => weights,
        u16::MAX => clipped,
        penalty => weight_rows::between(&weights, &consensus, proportion_u16(penalty)),
    };
    let old_bonds = bonds::valid_rows(input);
    let alpha = bonds::new_share(parameters.bonds_moving_average);
    let liquid = parameters.liquid_alpha;
    let bonds::Outcome { dividends, stored } = if parameters.yuma3 {
        bonds::yuma3(&for_bonds, &old_bonds, &consensus, &incentive, &active_stake, alpha, liquid)
    } else {
        bonds::yuma2(&for_bonds, &old_bonds, &incentive, &active_stake, alpha)
    };
    let amounts = emission::amounts(input.emission, &incentive, &dividends, &stake, &active_stake);

    let share = |values: &[I32F32], uid: usize| values.get(uid).map_or(0, |value| to_u16(*value));
    let outputs = amounts.into_iter().zip(stored).zip(new_permits).enumerate();
    outputs
        .map(|(uid, ((amounts, bonds), new_validator_permit))| EpochOutput {
            server_emission: amounts.server,
            validator_emission: amounts.validator,
            emission: amounts.combined,
            incentive: share(&incentive, uid),
            dividend: share(&dividends, uid),
            consensus: share(&consensus, uid),
            validator_trust: share(&validator_trust, uid),
            stake_weight: share(&stake, uid),
            stake: input.stake_weights.get(uid).map_or(0, |stake| int(*stake)),
            active: active.get(uid).copied().unwrap_or(false),
            new_validator_permit,
            bonds: if new_validator_permit { bonds_to_u16(&bonds) } else { Vec::new() },
        })
        .collect()
}

/// Which of the uids that have a `LastUpdate` are active.
fn active(input: &EpochInput) -> Vec<bool> {
    let cutoff = input.hyperparameters.activity_cutoff;
    input
        .last_update
        .iter()
        .map(|last_update| activity::is_active(*last_update, cutoff, input.block))
        .collect()
}

/// Clipped weight on each uid, weighted by the active stake of those who gave it (section 07, 2.6).
fn ranks(clipped: &[matrix::Row], active_stake: &[I32F32]) -> Vec<I32F32> {
    let mut ranks = vec![I32F32::ZERO; active_stake.len()];
    for (row, stake) in clipped.iter().zip(active_stake) {
        for &(column, weight) in row {
            if let Some(rank) = ranks.get_mut(usize::from(column)) {
                *rank = rank.saturating_add(stake.saturating_mul(weight));
            }
        }
    }
    ranks
}

/// A share in parts of 65,535, rounded down and clamped.
fn to_u16(share: I32F32) -> u16 {
    share.saturating_mul(I32F32::from(u16::MAX)).saturating_to_num()
}

fn bonds_to_u16(row: &[(u16, I32F32)]) -> Vec<(u16, u16)> {
    row.iter().map(|&(column, bond)| (column, to_u16(bond))).collect()
}

#[cfg(test)]
mod tests;
