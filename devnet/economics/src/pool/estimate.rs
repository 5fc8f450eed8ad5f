//! A quick way to most powers that the series would give (section 04, 2).
//!
//! The series path of the protocol computes 280 bits and more to keep 60 of them, and the chain asks for it for every
//! subnet in every block. Here the power is enclosed between two bounds with 120 bits; where both bounds have the same
//! whole number of parts, so has everything between them, the outcome of the series included. Everything else is left
//! to the series.
//!
//! What makes the enclosure hold: within the limits below the series have converged, so that their outcome is the true
//! power to within 2^-200. The estimate is the true power to within some 2^-105: no more than 2^6 roundings of 2^-120
//! on the way to the logarithm, which the exponent can enlarge by 99 (the pool's weights lie in 0.01..0.99; a larger
//! exponent is left to the series), and no more than 2^6 in the exponential. [`MARGIN`] is far above both.

use super::power::SCALE;
use primitive_types::U256;

/// Fraction bits of the computation: a product of two fractions fits 256 bits.
const BITS: u32 = 120;
/// Distance of the bounds from the estimate, in units of 2^-120.
const MARGIN: u64 = 1 << 20;
/// Largest quotient of an exponent.
const MOST_TIMES: u64 = 99;

/// `SCALE * (a / b)^(p / q)`, rounded down, for positive `a`, `b` and `q`; `None` where the series must decide.
pub(super) fn power(a: u128, b: u128, p: u64, q: u64) -> Option<u64> {
    if p.checked_div(q)? >= MOST_TIMES {
        return None;
    }
    let exponent = logarithm(a.max(b), a.min(b))? * U256::from(p) / U256::from(q);
    let growth = exponential(exponent)?;
    let value = if a < b { (one() << BITS) / growth } else { growth };
    let margin = U256::from(MARGIN);
    let (low, high) = (parts(value - margin), parts(value + margin));
    (low == high).then(|| low.as_u64())
}

fn one() -> U256 {
    U256::one() << BITS
}

/// Whole parts of [`SCALE`] in a value below 2^2, which fit 64 bits.
fn parts(value: U256) -> U256 {
    (value * U256::from(SCALE)) >> BITS
}

/// ln(larger / smaller) = 2 (z + z^3/3 + z^5/5 + ...) with z = (larger - smaller) / (larger + smaller), for z of 1/8 at
/// most. At equality, too, which lies on a whole number of parts, the series must decide.
fn logarithm(larger: u128, smaller: u128) -> Option<U256> {
    let difference = U256::from(larger) - U256::from(smaller);
    let z = (difference << BITS) / (U256::from(larger) + U256::from(smaller));
    if z.is_zero() || z > one() >> 3 {
        return None;
    }
    let square = (z * z) >> BITS;
    let mut power = z;
    let mut sum = z;
    let mut divisor = 3_u64;
    loop {
        power = (power * square) >> BITS;
        let term = power / divisor;
        if term.is_zero() {
            return Some(sum << 1);
        }
        sum += term;
        divisor += 2;
    }
}

/// e^x = 1 + x + x^2/2! + ... for x of 1/2 at most.
fn exponential(x: U256) -> Option<U256> {
    if x > one() >> 1 {
        return None;
    }
    let mut term = one();
    let mut sum = term;
    let mut divisor = 1_u64;
    loop {
        term = ((term * x) >> BITS) / divisor;
        if term.is_zero() {
            return Some(sum);
        }
        sum += term;
        divisor += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::power::Power;
    use super::super::series;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_swaps_are_decided_at_once() {
        let (reserve, weight) = (268_274_693_335_715, 499_999_999_999_997_516);
        let (after, other) = (reserve + 1_000_000_000, SCALE - weight);
        let quick = power(reserve, after, weight, other).map(Power::Parts);
        assert_eq!(quick, Some(series::power(reserve, after, weight, other, 256)));
        // 9 / 7, where z is 1/8.
        let quick = power(9, 7, weight, other).map(Power::Parts);
        assert_eq!(quick, Some(series::power(9, 7, weight, other, 256)));
    }

    #[test]
    fn whole_numbers_and_extremes_are_left_to_the_series() {
        assert_eq!(power(7, 7, SCALE - 1, SCALE), None);
        assert_eq!(power(1, 2, SCALE - 1, SCALE), None);
        // The square of 1.1 is 1.21, a whole number of parts.
        assert_eq!(power(11, 10, 200_000_000_000_000_000, 100_000_000_000_000_000), None);
        assert_eq!(power(1_000_001, 1_000_000, SCALE - 1, 1), None);
        assert_eq!(power(5, 4, 990_000_000_000_000_001, 10_000_000_000_000_001), None);
    }

    #[test]
    fn exponents_up_to_a_half_are_decided() {
        let half = one() >> 1;
        assert!(exponential(half).is_some() && exponential(half + 1).is_none());
    }

    proptest! {
        #[test]
        fn the_series_agrees(
            a in 1_u128..=1 << 64, part in 0_u64..=u64::MAX, shrink in 0_u32..64, p in 1..SCALE, up: bool,
        ) {
            // Ratios from 1 + 2^-64 to 9/7, where a quick answer is possible.
            let b = a + ((a * u128::from(part >> shrink)) >> 64) * 2 / 7;
            let (a, b) = if up { (b, a) } else { (a, b) };
            if let Some(parts) = power(a, b, p, SCALE - p) {
                prop_assert_eq!(Power::Parts(parts), series::power(a, b, p, SCALE - p, 256));
            }
        }

        #[test]
        fn the_longer_series_agrees(a in 1_u128.., b in 1_u128.., p in 1..SCALE) {
            if let Some(parts) = power(a, b, p, SCALE) {
                prop_assert_eq!(Power::Parts(parts), series::power(a, b, p, SCALE, 1_024));
            }
        }
    }
}
