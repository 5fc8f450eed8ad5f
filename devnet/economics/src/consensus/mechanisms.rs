//! Several mechanisms of one subnet: splitting the emission, and one result per uid again (section 07, 1).

use super::epoch::EpochOutput;
use crate::number::{U64F64, int, safe_div};
use alloc::vec;
use alloc::vec::Vec;

/// The part of `emission` (rao) for each of `count` mechanisms (section 07, 1, step 1). `split` is
/// `MechanismEmissionSplit` (parts of 65,535), cut or padded with zeros to `count`; without it the parts are equal.
/// Parts are rounded down and the first mechanism gets the remainder.
pub fn split_emission(emission: u64, count: u8, split: Option<&[u16]>) -> Vec<u64> {
    let count_wide = u64::from(count);
    let mut parts = match split {
        Some(split) => {
            let shares = split.iter().copied().chain(core::iter::repeat(0)).take(usize::from(count));
            shares.map(|share| part(emission, share)).collect()
        }
        None => vec![emission.checked_div(count_wide).unwrap_or(0); usize::from(count)],
    };
    let given = parts.iter().copied().fold(0, u64::saturating_add);
    if let Some(first) = parts.first_mut() {
        *first = first.saturating_add(emission.saturating_sub(given));
    }
    parts
}

fn part(emission: u64, share: u16) -> u64 {
    let part = u128::from(emission) * u128::from(share) / u128::from(u16::MAX);
    u64::try_from(part).unwrap_or(u64::MAX)
}

/// Whether a split may be stored for `count` mechanisms: one to `count` parts that sum to 65,535 (section 07, 1).
pub fn is_valid_split(split: &[u16], count: u8) -> bool {
    let sum: u64 = split.iter().map(|share| u64::from(*share)).sum();
    (1..=usize::from(count)).contains(&split.len()) && sum == u64::from(u16::MAX)
}

/// The epoch of one mechanism.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MechanismEpoch {
    /// What it shared out, in rao: its part of the subnet's emission.
    pub emission: u64,
    /// Its result by uid.
    pub outputs: Vec<EpochOutput>,
}

/// One uid's results over all mechanisms (section 07, 1, step 3). Units as in [`EpochOutput`]. Incentives and bonds
/// stay with their mechanism.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubnetEpochOutput {
    /// Emission as a miner: the sum.
    pub server_emission: u64,
    /// Emission as a validator: the sum.
    pub validator_emission: u64,
    /// Emission weighted by the mechanisms' parts.
    pub emission: u64,
    /// Dividend weighted by the mechanisms' parts.
    pub dividend: u16,
    /// Consensus weighted by the mechanisms' parts.
    pub consensus: u16,
    /// Validator trust weighted by the mechanisms' parts.
    pub validator_trust: u16,
    /// Stake share weighted by the mechanisms' parts.
    pub stake_weight: u16,
    /// Stake weight in rao: the **sum** over the mechanisms, each of which has all of it.
    pub stake: u64,
    /// Active in any mechanism.
    pub active: bool,
    /// Permit from any mechanism.
    pub new_validator_permit: bool,
}

/// Puts the mechanisms' results together by uid, in the order of the mechanisms; `emission` is that of the whole
/// subnet in rao (section 07, 1, steps 2 and 3). Weighted values are rounded down after every mechanism.
pub fn aggregate(emission: u64, mechanisms: &[MechanismEpoch]) -> Vec<SubnetEpochOutput> {
    let mut totals = Vec::new();
    for (index, mechanism) in mechanisms.iter().enumerate() {
        let weight = match emission {
            0 if index == 0 => U64F64::ONE,
            0 => U64F64::ZERO,
            _ => safe_div(U64F64::from(mechanism.emission), U64F64::from(emission)),
        };
        // The first occurrence of a uid is added to zeros, which gives its own values.
        totals.resize(totals.len().max(mechanism.outputs.len()), SubnetEpochOutput::default());
        for (total, output) in totals.iter_mut().zip(&mechanism.outputs) {
            add(total, output, weight);
        }
    }
    totals
}

fn add(total: &mut SubnetEpochOutput, output: &EpochOutput, weight: U64F64) {
    let weighted = |old: u64, value: u64| {
        int(U64F64::from(old).saturating_add(U64F64::from(value).saturating_mul(weight)))
    };
    let weighted_u16 =
        |old: u16, value: u16| u16::try_from(weighted(u64::from(old), u64::from(value))).unwrap_or(u16::MAX);
    total.server_emission = total.server_emission.saturating_add(output.server_emission);
    total.validator_emission = total.validator_emission.saturating_add(output.validator_emission);
    total.emission = weighted(total.emission, output.emission);
    total.dividend = weighted_u16(total.dividend, output.dividend);
    total.consensus = weighted_u16(total.consensus, output.consensus);
    total.validator_trust = weighted_u16(total.validator_trust, output.validator_trust);
    total.stake_weight = weighted_u16(total.stake_weight, output.stake_weight);
    total.stake = total.stake.saturating_add(output.stake);
    total.active |= output.active;
    total.new_validator_permit |= output.new_validator_permit;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_mechanism_gets_the_remainder() {
        assert_eq!(split_emission(626, 5, None), [126, 125, 125, 125, 125]);
        assert_eq!(split_emission(482, 3, Some(&[10_923, 20_487])), [332, 150, 0]);
        assert_eq!(split_emission(100, 1, Some(&[6_553, 58_982])), [100]);
        assert_eq!(split_emission(100, 0, None), [0; 0]);
    }

    #[test]
    fn a_split_must_sum_to_one_over_the_mechanisms_there_are() {
        assert!(is_valid_split(&[65_535], 2) && is_valid_split(&[1, 65_534], 2));
        assert!(
            !is_valid_split(&[], 2) && !is_valid_split(&[1, 65_533, 1], 2) && !is_valid_split(&[1, 1], 2)
        );
    }

    fn output() -> EpochOutput {
        EpochOutput {
            server_emission: 7,
            validator_emission: 5,
            emission: 12,
            incentive: 9,
            dividend: 65_535,
            consensus: 3,
            validator_trust: 4,
            stake_weight: 65_535,
            stake: 1_000,
            active: true,
            new_validator_permit: false,
            bonds: vec![],
        }
    }

    #[test]
    fn one_mechanism_is_copied_unchanged() {
        for emission in [0, 12, u64::MAX] {
            let total = aggregate(emission, &[MechanismEpoch { emission, outputs: vec![output()] }]);
            assert_eq!(
                total,
                [SubnetEpochOutput {
                    server_emission: 7,
                    validator_emission: 5,
                    emission: 12,
                    dividend: 65_535,
                    consensus: 3,
                    validator_trust: 4,
                    stake_weight: 65_535,
                    stake: 1_000,
                    active: true,
                    new_validator_permit: false,
                }]
            );
        }
    }

    #[test]
    fn two_mechanisms_weigh_by_their_part_and_round_down_each_time() {
        let second = EpochOutput { active: false, new_validator_permit: true, ..output() };
        let mechanisms = [(10, output()), (20, second)]
            .map(|(emission, output)| MechanismEpoch { emission, outputs: vec![output] });
        let total = aggregate(30, &mechanisms)[0];
        assert_eq!((total.server_emission, total.validator_emission, total.stake), (14, 10, 2_000));
        // A third of 12 is just below 4 in U64F64.
        assert_eq!((total.emission, total.dividend, total.consensus), (3 + 7, 21_844 + 43_689, 1));
        assert!(total.active && total.new_validator_permit);
    }

    #[test]
    fn without_emission_the_first_mechanism_alone_counts() {
        let second = EpochOutput { dividend: 100, consensus: 100, ..output() };
        let mechanisms =
            [output(), second].map(|output| MechanismEpoch { emission: 0, outputs: vec![output] });
        let total = aggregate(0, &mechanisms)[0];
        assert_eq!((total.dividend, total.consensus, total.emission), (65_535, 3, 12));
    }

    proptest! {
        #[test]
        fn parts_of_a_valid_split_sum_to_the_emission(emission: u64, first: u16, count in 1_u8..16) {
            let split = [first, u16::MAX - first];
            prop_assert_eq!(split_emission(emission, 2, Some(&split)).iter().sum::<u64>(), emission);
            prop_assert_eq!(split_emission(emission, count, None).iter().sum::<u64>(), emission);
        }
    }
}
