//! Powers through logarithm and exponential series in binary fixed point (section 04, 2, series path).
//!
//! The series, their stopping rules and their roundings are part of the protocol, far from convergence too: with
//! extreme arguments the result is off, and the chain's result is off in the same way.

use super::power::{Power, SCALE};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// Fraction bits that are computed but not kept.
const GUARD_BITS: u32 = 24;
/// Terms never exceed this number, whatever the precision.
const MOST_TERMS: u32 = 4_096;

/// `SCALE * (a / b)^(p / q)` for positive arguments with `p / q` reduced; `precision` in bits. Every step rounds
/// towards minus infinity, except that kept values round to nearest; a negative outcome reads as zero.
pub(super) fn power(a: u128, b: u128, p: u64, q: u64, precision: u32) -> Power {
    let series = Series::new(precision);
    let ln_2 = series.ln_2();
    let exponent = (series.ln(a, &ln_2) - series.ln(b, &ln_2)) * p;
    let value = series.exp(&exponent.div_floor(&q.into()));
    let scaled: BigInt = (Series::keep(&value) * SCALE) >> series.kept_bits;
    if scaled < BigInt::zero() {
        return Power::Parts(0);
    }
    scaled.to_u64().map_or(Power::TooLarge, Power::Parts)
}

/// Fixed point with a number of fraction bits; numbers are integers in units of 2^-`bits`.
struct Series {
    /// Fraction bits kept in a result (R).
    kept_bits: u32,
    /// Fraction bits of the computation (P).
    bits: u32,
    /// The most terms of a series (N).
    terms: u32,
}

impl Series {
    fn new(precision: u32) -> Self {
        // 68 is 8 more than the bits of SCALE; it exceeds the protocol's other lower bound of 32.
        let kept_bits = precision.max(SCALE.ilog2() + 1 + 8);
        let bits = kept_bits.saturating_add(GUARD_BITS);
        Self { kept_bits, bits, terms: bits.saturating_add(128).min(MOST_TERMS) }
    }

    fn one(&self) -> BigInt {
        BigInt::one() << self.bits
    }

    /// A value without its guard bits, rounded to nearest, halves away from zero.
    fn keep(value: &BigInt) -> BigInt {
        let half = BigUint::one() << (GUARD_BITS - 1);
        let magnitude: BigUint = (value.magnitude() + half) >> GUARD_BITS;
        BigInt::from_biguint(value.sign(), magnitude)
    }

    /// The quotient rounded towards minus infinity.
    fn divide(value: &BigInt, divisor: u32) -> BigInt {
        match value.sign() {
            Sign::Minus => (value - (divisor - 1)) / divisor,
            _ => value / divisor,
        }
    }

    /// Whether `change` is too small to matter for what is kept.
    fn is_below_guard(change: &BigInt) -> bool {
        change.bits() <= u64::from(GUARD_BITS)
    }

    /// ln(2) = -ln(1/2)
    fn ln_2(&self) -> BigInt {
        let half: BigInt = self.one() >> 1;
        -self.ln_1_plus(&-half)
    }

    /// Natural logarithm of a positive integer: of its leading part, within [0.75, 1.5), plus whole halvings.
    fn ln(&self, value: u128, ln_2: &BigInt) -> BigInt {
        let one = self.one();
        let mut halvings = value.checked_ilog2().unwrap_or(0);
        let mut leading: BigInt = (BigInt::from(value) << self.bits) >> halvings;
        if leading >= &one + (&one >> 1) {
            leading >>= 1;
            halvings += 1;
        }
        self.ln_1_plus(&(leading - one)) + ln_2 * halvings
    }

    /// ln(1 + x) = x - x^2/2 + x^3/3 - ...
    fn ln_1_plus(&self, x: &BigInt) -> BigInt {
        let mut power = x.clone();
        let mut sum = x.clone();
        let mut kept = Self::keep(&sum);
        for n in 2..=self.terms {
            power = (power * x) >> self.bits;
            let term = Self::divide(&power, n);
            if term.is_zero() {
                break;
            }
            if n % 2 == 0 {
                sum -= &term;
            } else {
                sum += &term;
            }
            let kept_now = Self::keep(&sum);
            if Self::is_below_guard(&term) || kept_now == kept {
                break;
            }
            kept = kept_now;
        }
        sum
    }

    /// e^x = 1 + x + x^2/2! + ...
    fn exp(&self, x: &BigInt) -> BigInt {
        let mut term = self.one();
        let mut sum = term.clone();
        let mut kept = Self::keep(&sum);
        for n in 1..=self.terms {
            let power: BigInt = (term * x) >> self.bits;
            term = Self::divide(&power, n);
            if term.is_zero() {
                break;
            }
            sum += &term;
            let kept_now = Self::keep(&sum);
            if Self::is_below_guard(&term) || kept_now == kept {
                break;
            }
            kept = kept_now;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_values_round_to_nearest_with_halves_away_from_zero() {
        let half = 1_i64 << 23;
        for (value, kept) in
            [(half - 1, 0), (half, 1), (3 * half, 2), (1 - half, 0), (-half, -1), (-3 * half, -2)]
        {
            assert_eq!(Series::keep(&BigInt::from(value)), BigInt::from(kept), "{value}");
        }
    }

    #[test]
    fn quotients_round_towards_minus_infinity() {
        for (value, divisor, quotient) in [(7, 2, 3), (-7, 2, -4), (-8, 2, -4), (-9, 4, -3), (-1, 5, -1)] {
            assert_eq!(Series::divide(&BigInt::from(value), divisor), BigInt::from(quotient), "{value}");
        }
    }

    #[test]
    fn an_argument_of_one_and_a_half_is_halved_once_more() {
        // 3 is 3/4 times 4: ln(3) = ln(1 - 1/4) + 2 ln(2), and 5 is 5/4 times 4.
        let series = Series::new(256);
        let ln_2 = series.ln_2();
        let [less, more] = [-1, 1].map(|sign| series.ln_1_plus(&(series.one() * sign / 4)));
        assert_eq!(series.ln(3, &ln_2), less + &ln_2 * 2);
        assert_eq!(series.ln(5, &ln_2), more + &ln_2 * 2);
    }

    #[test]
    fn a_change_below_the_guard_bits_does_not_count() {
        let guard = BigInt::from(1 << 24);
        assert!(Series::is_below_guard(&(&guard - 1)) && !Series::is_below_guard(&guard));
        assert!(Series::is_below_guard(&(1 - &guard)) && !Series::is_below_guard(&-guard));
    }
}
