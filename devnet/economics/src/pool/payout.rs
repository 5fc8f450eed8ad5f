//! What a pool pays out for what goes in (section 04, 3).

use super::power::{Power, SCALE, pow_ratio_scaled};
use super::{Reserves, Weights};
use crate::number::{U64F64, int, safe_div};

/// Bits of precision of the series when a payout is computed.
const PRECISION: u32 = 256;

/// Alpha paid out for `tao` that goes into the pool without its fee; both in rao, rounded down (section 04, 3).
/// Never more than the reserve.
pub fn alpha_for_tao(reserves: Reserves, weights: Weights, tao: u64) -> u64 {
    let remaining = remaining_fraction(reserves.tao, tao, weights.quote, weights.base());
    payout(reserves.alpha, remaining)
}

/// TAO paid out for `alpha` that goes into the pool without its fee; both in rao, rounded down (section 04, 3).
/// Never more than the reserve.
pub fn tao_for_alpha(reserves: Reserves, weights: Weights, alpha: u64) -> u64 {
    let remaining = remaining_fraction(reserves.alpha, alpha, weights.base(), weights.quote);
    payout(reserves.tao, remaining)
}

fn payout(out_reserve: u64, remaining: U64F64) -> u64 {
    int(U64F64::from_num(out_reserve).saturating_mul(U64F64::ONE.saturating_sub(remaining)))
}

/// The part of the other reserve that remains when `delta` is added to `reserve`,
/// `(reserve / (reserve + delta))^(p / q)`, rounded down and at most one; the function E of section 04, 3. Zero,
/// so that the whole reserve is paid out, where the power is undefined or too large.
pub fn remaining_fraction(reserve: u64, delta: u64, p: u64, q: u64) -> U64F64 {
    fraction(reserve, reserve.saturating_add(delta), p, q).min(U64F64::ONE)
}

/// Alpha to put in so that the pool pays out `tao`: `x * ((y / (y - tao))^(w2 / w1) - 1)`, in rao, rounded down;
/// zero when `tao` is the reserve or more. The balancer's own function: the vectors hold it, no formula uses it.
pub fn base_needed_for_quote(reserves: Reserves, weights: Weights, tao: u64) -> u64 {
    let left = reserves.tao.saturating_sub(tao);
    let growth = fraction(reserves.tao, left, weights.quote, weights.base());
    int(U64F64::from_num(reserves.alpha).saturating_mul(growth.saturating_sub(U64F64::ONE)))
}

/// `(from / to)^(p / q)`, rounded down; zero where it is undefined or too large.
fn fraction(from: u64, to: u64, p: u64, q: u64) -> U64F64 {
    match pow_ratio_scaled(from.into(), to.into(), p, q, PRECISION) {
        Power::Parts(parts) => safe_div(U64F64::from_num(parts), U64F64::from_num(SCALE)),
        Power::Undefined | Power::TooLarge => U64F64::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POOL: Reserves = Reserves { tao: 1_000_000_000, alpha: 1_000_000_000 };

    #[test]
    fn equal_weights_are_a_constant_product() {
        assert_eq!(alpha_for_tao(POOL, Weights::EQUAL, 1_000_000_000), 500_000_000);
        assert_eq!(tao_for_alpha(POOL, Weights::EQUAL, 3_000_000_000), 750_000_000);
    }

    #[test]
    fn nothing_in_pays_nothing() {
        let uneven = Weights { quote: 300_000_000_000_000_001 };
        assert_eq!(alpha_for_tao(POOL, Weights::EQUAL, 0), 0);
        assert_eq!(tao_for_alpha(POOL, uneven, 0), 0);
    }

    #[test]
    fn an_undefined_power_pays_the_whole_reserve() {
        let no_tao = Reserves { tao: 0, alpha: 7 };
        assert_eq!(remaining_fraction(0, 0, 1, 1), U64F64::ZERO);
        assert_eq!(alpha_for_tao(no_tao, Weights::EQUAL, 0), 7);
    }

    #[test]
    fn the_quote_of_the_balancer_has_the_recorded_values() {
        let reserves = Reserves { tao: 6_220_775_751_093_143_552, alpha: 4_788_855_762_630_942_720 };
        let weights = Weights { quote: 639_574_443_593_382_911 };
        assert_eq!(base_needed_for_quote(reserves, weights, 312), 421);
        assert_eq!(base_needed_for_quote(POOL, Weights::EQUAL, POOL.tao), 0);
    }
}
