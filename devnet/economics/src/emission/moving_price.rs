//! The slow average of a subnet's price that decides its share of emission (section 06, 5).

use crate::number::{I96F32, U64F64, safe_div};

/// `SubnetMovingAlpha` where none is stored: 0.000003 rounded to 32 fraction bits.
pub const DEFAULT_MOVING_ALPHA: I96F32 = I96F32::from_bits(12_885);
/// `EMAPriceHalvingBlocks` where none is stored (four weeks).
pub const DEFAULT_HALVING_BLOCKS: u64 = 201_600;

/// The moving price as every rule reads it, TAO per alpha: exactly one on root and stable subnets (mechanism zero),
/// otherwise the stored value with negatives read as zero (section 06, 3.1).
pub fn moving(stable: bool, stored: I96F32) -> U64F64 {
    if stable { U64F64::from_num(1) } else { U64F64::saturating_from_num(stored) }
}

/// How a subnet's average moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Smoothing {
    /// `SubnetMovingAlpha`: the pull of the price once a subnet is old.
    pub alpha: I96F32,
    /// `EMAPriceHalvingBlocks`: age at which the pull has reached half of that.
    pub halving_blocks: u64,
    /// `FirstEmissionBlockNumber`, from which the age counts.
    pub first_emission_block: Option<u64>,
}

/// The new `SubnetMovingPrice` in block `now` (section 06, 5): the current price, clipped at one TAO per alpha, pulls at
/// the [`moving`] price with a force that grows with the subnet's age. Products floor; sums saturate.
pub fn next(moving: U64F64, price: U64F64, smoothing: Smoothing, now: u64) -> I96F32 {
    let one = U64F64::from_num(1);
    let pull = pull(smoothing, now);
    let by_price = pull.saturating_mul(price.min(one));
    let by_history = one.saturating_sub(pull).saturating_mul(moving);
    I96F32::saturating_from_num(by_price.saturating_add(by_history))
}

fn pull(smoothing: Smoothing, now: u64) -> U64F64 {
    let first = smoothing.first_emission_block.unwrap_or(0);
    let age = U64F64::from_num(now.saturating_sub(first.saturating_sub(1)));
    let halving = U64F64::from_num(smoothing.halving_blocks);
    U64F64::saturating_from_num(smoothing.alpha).saturating_mul(safe_div(age, age.saturating_add(halving)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF_AT_ONCE: Smoothing =
        Smoothing { alpha: I96F32::from_bits(1 << 32), halving_blocks: 1, first_emission_block: Some(100) };

    fn number(value: f64) -> U64F64 {
        U64F64::from_num(value)
    }

    #[test]
    fn stable_subnets_are_worth_one() {
        assert_eq!(moving(true, I96F32::from_num(7)), number(1.0));
        assert_eq!(moving(false, I96F32::from_num(0.25)), number(0.25));
        assert_eq!(moving(false, I96F32::from_num(-1)), number(0.0));
    }

    #[test]
    fn the_first_update_has_age_one() {
        // Age 1 of 1 + 1: half of the price and half of the history.
        assert_eq!(next(number(0.25), number(0.75), HALF_AT_ONCE, 100), I96F32::from_num(0.5));
        // Age 3 of 3 + 1.
        assert_eq!(next(number(0.25), number(0.75), HALF_AT_ONCE, 102), I96F32::from_num(0.625));
    }

    #[test]
    fn the_price_is_clipped_at_one() {
        assert_eq!(next(number(0.0), number(50.0), HALF_AT_ONCE, 100), I96F32::from_num(0.5));
    }

    #[test]
    fn without_a_first_block_the_age_is_the_block_number() {
        let smoothing = Smoothing { first_emission_block: None, ..HALF_AT_ONCE };
        assert_eq!(next(number(0.0), number(1.0), smoothing, 3), I96F32::from_num(0.75));
    }

    #[test]
    fn a_pull_above_one_forgets_the_history() {
        let smoothing =
            Smoothing { alpha: I96F32::from_num(4), halving_blocks: 0, first_emission_block: None };
        assert_eq!(next(number(0.5), number(0.25), smoothing, 9), I96F32::from_num(1.0));
        assert_eq!(next(number(0.5), number(0.25), smoothing, 0), I96F32::from_num(0.5));
    }
}
