//! What registering a subnet costs (section 02, 1).

use crate::number::{I64F64, int};

/// Emission of a block before the first halving, in rao; also what an emission that cannot be computed reads
/// as.
const FULL_EMISSION: u64 = 1_000_000_000;

/// The stored values that the lock cost depends on (section 02, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockCostTerms {
    /// What the last subnet paid, in rao (`NetworkLastLockCost`).
    pub last_cost: u64,
    /// The floor, in rao (`NetworkMinLockCost`).
    pub min_cost: u64,
    /// Blocks in which a doubled cost returns to the last one at full emission
    /// (`NetworkLockReductionInterval`).
    pub reduction_interval: u64,
    /// Block of the last registration, zero if there was none.
    pub last_block: u64,
}

/// Cost of a subnet at block `now`, in rao (section 02, 1): twice the last one right after a registration,
/// falling in a straight line to the minimum.
///
/// `emission` is the emission curve at the chain's issuance, in rao a block; `None` where the curve fails. As
/// emission halves, so does the interval, rounded down; an interval of zero stops the fall.
pub fn lock_cost(terms: LockCostTerms, emission: Option<u64>, now: u64) -> u64 {
    let multiplier = if terms.last_block == 0 { 1 } else { 2 };
    let interval = effective_interval(terms.reduction_interval, emission.unwrap_or(FULL_EMISSION));
    let fall_per_block = terms.last_cost.checked_div(interval).unwrap_or(0);
    let fall = fall_per_block.saturating_mul(now.saturating_sub(terms.last_block));
    terms.last_cost.saturating_mul(multiplier).saturating_sub(fall).max(terms.min_cost)
}

fn effective_interval(reduction_interval: u64, emission: u64) -> u64 {
    let share = I64F64::saturating_from_num(emission) / I64F64::from_num(FULL_EMISSION);
    int(I64F64::saturating_from_num(reduction_interval).saturating_mul(share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TAO: u64 = 1_000_000_000;
    const TERMS: LockCostTerms = LockCostTerms {
        last_cost: 1_000 * TAO,
        min_cost: 100 * TAO,
        reduction_interval: 100_800,
        last_block: 5_000,
    };

    #[test]
    fn the_cost_doubles_and_returns_within_the_interval() {
        let cost = |blocks| lock_cost(TERMS, Some(TAO), TERMS.last_block + blocks);
        assert_eq!(cost(0), 2_000 * TAO);
        assert_eq!(cost(1), 2_000 * TAO - 1_000 * TAO / 100_800);
        assert_eq!(cost(100_800), 2_000 * TAO - 1_000 * TAO / 100_800 * 100_800);
        assert_eq!(cost(1_000_000), TERMS.min_cost);
    }

    #[test]
    fn half_the_emission_halves_the_interval() {
        let cost = |blocks, emission| lock_cost(TERMS, Some(emission), TERMS.last_block + blocks);
        assert_eq!(cost(100, TAO), 2 * TERMS.last_cost - TERMS.last_cost / 100_800 * 100);
        assert_eq!(cost(100, TAO / 2), 2 * TERMS.last_cost - TERMS.last_cost / 50_400 * 100);
        assert_eq!(cost(100, 0), 2 * TERMS.last_cost);
        assert_eq!(lock_cost(TERMS, None, 6_000), lock_cost(TERMS, Some(TAO), 6_000));
    }

    #[test]
    fn before_any_registration_nothing_is_doubled() {
        let terms = LockCostTerms { last_block: 0, ..TERMS };
        assert_eq!(lock_cost(terms, Some(TAO), 0), TERMS.last_cost);
    }

    proptest! {
        #[test]
        fn between_the_minimum_and_twice_the_last_cost(
            last_cost: u64, min_cost: u64, reduction_interval: u64, last_block: u64, emission: u64, now: u64,
        ) {
            let terms = LockCostTerms { last_cost, min_cost, reduction_interval, last_block };
            let cost = lock_cost(terms, Some(emission), now);
            prop_assert!(cost >= min_cost);
            prop_assert!(cost <= last_cost.saturating_mul(2).max(min_cost));
        }
    }
}
