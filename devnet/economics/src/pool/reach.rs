//! The amount that moves the price to a limit (section 04, 5).

use super::power::{Power, SCALE, pow_ratio_scaled};
use super::{Reserves, Weights};
use crate::number::{U64F64, int, safe_div};

/// Bits of precision of the series when an amount is computed from prices.
const PRECISION: u32 = 1_024;

/// TAO to put in so that the price rises from `current` to `limit`, without fee, in rao, rounded down
/// (section 04, 5). Zero if the limit is lower; at most about 17.4467 times the reserve.
pub fn tao_to_reach_price(reserves: Reserves, weights: Weights, current: U64F64, limit: U64F64) -> u64 {
    amount(reserves.tao, growth(limit, current, weights.base()))
}

/// Alpha to put in so that the price falls from `current` to `limit`, without fee, in rao, rounded down
/// (section 04, 5). Zero if the limit is higher; at most about 17.4467 times the reserve.
pub fn alpha_to_reach_price(reserves: Reserves, weights: Weights, current: U64F64, limit: U64F64) -> u64 {
    amount(reserves.alpha, growth(current, limit, weights.quote))
}

/// The factor by which the reserve has to grow, in parts of [`SCALE`]; zero where it is undefined.
fn growth(high: U64F64, low: U64F64, weight: u64) -> u64 {
    match pow_ratio_scaled(high.to_bits(), low.to_bits(), weight, SCALE, PRECISION) {
        Power::Undefined => 0,
        Power::Parts(parts) => parts,
        Power::TooLarge => u64::MAX,
    }
}

fn amount(reserve: u64, growth: u64) -> u64 {
    let factor = safe_div(U64F64::from_num(growth), U64F64::from_num(SCALE));
    int(U64F64::from_num(reserve).saturating_mul(factor.saturating_sub(U64F64::ONE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POOL: Reserves = Reserves { tao: 1_000_000_000, alpha: 1_000_000_000 };

    #[test]
    fn doubling_a_reserve_quadruples_the_price() {
        let (one, four) = (U64F64::ONE, U64F64::from_num(4));
        assert_eq!(tao_to_reach_price(POOL, Weights::EQUAL, one, four), POOL.tao);
        assert_eq!(alpha_to_reach_price(POOL, Weights::EQUAL, four, one), POOL.alpha);
    }

    #[test]
    fn the_wrong_direction_needs_nothing() {
        let (one, four) = (U64F64::ONE, U64F64::from_num(4));
        assert_eq!(tao_to_reach_price(POOL, Weights::EQUAL, four, one), 0);
        assert_eq!(alpha_to_reach_price(POOL, Weights::EQUAL, one, four), 0);
    }

    #[test]
    fn an_undefined_growth_needs_nothing_and_a_huge_one_is_capped() {
        assert_eq!(tao_to_reach_price(POOL, Weights::EQUAL, U64F64::ZERO, U64F64::ONE), 0);
        assert_eq!(tao_to_reach_price(POOL, Weights::EQUAL, U64F64::DELTA, U64F64::MAX), 17_446_744_073);
    }
}
