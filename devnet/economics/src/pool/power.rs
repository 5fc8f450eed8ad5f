//! The pool's exponent function (section 04, 2).

use super::{estimate, series};
use core::cmp::Ordering;
use num_bigint::BigUint;
use num_integer::Integer;
use primitive_types::U256;

/// The scale of a power: one is 10^18.
pub const SCALE: u64 = 1_000_000_000_000_000_000;

/// Exponents that reduce to a fraction of terms up to this one are computed exactly.
const LARGEST_EXACT_TERM: u64 = 1_024;

/// A power in parts of [`SCALE`]. What lies above 64 bits is not told apart: no formula of the pool does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Division by zero in the base or in the exponent.
    Undefined,
    /// The value, rounded down.
    Parts(u64),
    /// More than `u64::MAX` parts.
    TooLarge,
}

/// `SCALE * (a / b)^(p / q)`, rounded down (section 04, 2). Exact where the reduced `p` and `q` are at most 1,024,
/// otherwise through logarithm and exponential series of `precision` bits, which may be off by one part.
pub fn pow_ratio_scaled(a: u128, b: u128, p: u64, q: u64, precision: u32) -> Power {
    if b == 0 || q == 0 {
        return Power::Undefined;
    }
    if a == 0 {
        return Power::Parts(0);
    }
    if p == 0 {
        return Power::Parts(SCALE);
    }
    let common = p.gcd(&q);
    // `common` divides both and is not zero, since neither is.
    let (p, q) = (p / common, q / common);
    match (p, q) {
        (1, 1) => exact_ratio(a, b),
        (1, 2) => exact_square_root(a, b),
        _ if p <= LARGEST_EXACT_TERM && q <= LARGEST_EXACT_TERM => exact_power(a, b, p, q),
        _ => estimate::power(a, b, p, q).map_or_else(|| series::power(a, b, p, q, precision), Power::Parts),
    }
}

/// The exact path for equal weights.
fn exact_ratio(a: u128, b: u128) -> Power {
    parts(U256::from(a) * U256::from(SCALE) / U256::from(b))
}

/// The exact path for a price limit at equal weights. `a * SCALE^2` needs 248 bits at most.
fn exact_square_root(a: u128, b: u128) -> Power {
    let scale = U256::from(SCALE);
    parts((U256::from(a) * scale * scale / U256::from(b)).integer_sqrt())
}

fn parts(value: U256) -> Power {
    u64::try_from(value).map_or(Power::TooLarge, Power::Parts)
}

/// The largest r with `r^q * b^p <= a^p * SCALE^q`, which is the largest with `r^q <= floor(a^p * SCALE^q / b^p)`,
/// found by halving the range of 64 bits.
fn exact_power(a: u128, b: u128, p: u64, q: u64) -> Power {
    let raise = |base: BigUint, exponent: u64| num_traits::pow::Pow::pow(base, exponent);
    let bound = raise(BigUint::from(a), p) * raise(BigUint::from(SCALE), q) / raise(BigUint::from(b), p);
    let fits = |r: u128| raise(BigUint::from(r), q).cmp(&bound) != Ordering::Greater;
    let mut too_large = 1_u128 << 64;
    if fits(too_large) {
        return Power::TooLarge;
    }
    let mut fitting = 0_u128;
    while too_large - fitting > 1 {
        let middle = u128::midpoint(fitting, too_large);
        if fits(middle) {
            fitting = middle;
        } else {
            too_large = middle;
        }
    }
    u64::try_from(fitting).map_or(Power::TooLarge, Power::Parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BILLION: u128 = 1_000_000_000;

    #[test]
    fn powers_have_the_published_values() {
        let tenths = 100_000_000_000_000_000;
        let three_halves =
            pow_ratio_scaled(21_000_000 * BILLION, 28_000_000 * BILLION, 6 * tenths, 4 * tenths, 256);
        assert_eq!(three_halves, Power::Parts(649_519_052_838_328_985));
        let (a, b) = (1_000 * BILLION, 1_001 * BILLION);
        assert_eq!(pow_ratio_scaled(a, b, 1, 1, 256), Power::Parts(999_000_999_000_999_000));
        let (below, above) = (SCALE / 2 - 1, SCALE / 2 + 1);
        assert_eq!(pow_ratio_scaled(a, b, below, above, 256), Power::Parts(999_000_999_000_999_001));
        assert_eq!(pow_ratio_scaled(a, b, above, below, 256), Power::Parts(999_000_999_000_999_000));
    }

    #[test]
    fn one_small_term_of_the_exponent_is_not_enough_for_the_exact_path() {
        // 1 - 3 ln(2) / 10^18 is 2.079 parts below one; the exact path would ask for the 10^18th power of 10^18.
        let nearly_one = pow_ratio_scaled(1, 2, 3, SCALE, 256);
        assert_eq!(nearly_one, Power::Parts(999_999_999_999_999_997));
    }

    #[test]
    fn the_edges_are_defined_in_this_order() {
        assert_eq!(pow_ratio_scaled(0, 0, 0, 0, 256), Power::Undefined);
        assert_eq!(pow_ratio_scaled(0, 0, 1, 1, 256), Power::Undefined);
        assert_eq!(pow_ratio_scaled(0, 1, 0, 0, 256), Power::Undefined);
        assert_eq!(pow_ratio_scaled(0, 1, 0, 1, 256), Power::Parts(0));
        assert_eq!(pow_ratio_scaled(7, 1, 0, 1, 256), Power::Parts(SCALE));
    }

    #[test]
    fn sixty_four_bits_are_the_last_that_are_told_apart() {
        assert_eq!(pow_ratio_scaled(u64::MAX.into(), SCALE.into(), 1, 1, 256), Power::Parts(u64::MAX));
        assert_eq!(pow_ratio_scaled(1 << 64, SCALE.into(), 1, 1, 256), Power::TooLarge);
        assert_eq!(pow_ratio_scaled(u128::MAX, 1, 1_024, 1_023, 256), Power::TooLarge);
        assert_eq!(pow_ratio_scaled(u128::MAX, 1, SCALE - 1, SCALE, 1_024), Power::TooLarge);
        assert_eq!(pow_ratio_scaled(1, u128::MAX, SCALE - 1, SCALE, 1_024), Power::Parts(0));
    }

    #[test]
    fn a_series_far_from_convergence_is_as_the_chain_has_it() {
        // The true value is below 10^-200. The vector `math-119` holds the zero that the pool makes of this.
        let outcome = pow_ratio_scaled(18, 6_932_846, 973_964_089_611_967_405, 26_035_910_388_032_595, 256);
        assert_eq!(outcome, Power::TooLarge);
    }

    proptest! {
        #[test]
        fn the_short_cuts_are_the_exact_power(a in 1_u128.., b in 1_u128..) {
            prop_assert_eq!(exact_ratio(a, b), exact_power(a, b, 1, 1));
            prop_assert_eq!(exact_square_root(a, b), exact_power(a, b, 1, 2));
        }

        #[test]
        fn the_series_is_within_one_part_of_the_exact_power(
            a in 1_u64.., b in 1_u64.., p in 1_u64..=1_024, q in 1_u64..=1_024,
        ) {
            // Within a factor of four the series has converged; far outside it is defined but not accurate.
            prop_assume!(a / 4 <= b && b / 4 <= a && p <= 4 * q);
            let (a, b) = (u128::from(a), u128::from(b));
            let (exact, series) = (exact_power(a, b, p, q), series::power(a, b, p, q, 256));
            let close = match (exact, series) {
                (Power::Parts(exact), Power::Parts(series)) => exact.abs_diff(series) <= 1,
                (exact, series) => exact == series,
            };
            prop_assert!(close, "{exact:?} {series:?}");
        }
    }
}
