//! Logarithms and exponentials on fixed-point numbers, bit by bit as the chain computes them (section 01, 1.2).
//!
//! The protocol's constants log2(e) and e carry only 23 fraction bits, whatever the format of the argument, and its
//! series always run to the last term. Both are part of the protocol.

use crate::number::I9F23;
use fixed::traits::FixedSigned;

/// log2(e), truncated to 23 fraction bits.
const LOG2_E: I9F23 = I9F23::from_bits(12_102_203);
/// e, truncated to 23 fraction bits.
const E: I9F23 = I9F23::from_bits(22_802_600);

/// Base-2 logarithm; `None` for zero, negative numbers and arguments whose reciprocal overflows.
pub fn log2<F: FixedSigned>(x: F) -> Option<F> {
    let one = F::from_num(1);
    if x <= F::ZERO {
        None
    } else if x < one {
        log2_of_at_least_one(one.checked_div(x)?).checked_neg()
    } else {
        Some(log2_of_at_least_one(x))
    }
}

/// Natural logarithm, `log2(x) / log2(e)`, truncated towards zero; `None` where [`log2`] is.
pub fn ln<F: FixedSigned>(x: F) -> Option<F> {
    log2(x)?.checked_div(F::from_num(LOG2_E))
}

/// Exponential function as a power series with as many terms as the format has fraction bits; `None` on overflow.
pub fn exp<F: FixedSigned>(x: F) -> Option<F> {
    let one = F::from_num(1);
    if x == F::ZERO {
        return Some(one);
    }
    if x == one {
        return Some(F::from_num(E));
    }
    let magnitude = x.checked_abs()?;
    let mut term = magnitude;
    let mut sum = magnitude.checked_add(one)?;
    for i in 2..F::FRAC_NBITS {
        term = term.checked_mul(magnitude)?.checked_div(F::from_num(i))?;
        sum = sum.checked_add(term)?;
    }
    if x < F::ZERO { one.checked_div(sum) } else { Some(sum) }
}

/// Whole bits by halving, then one fraction bit for each squaring.
fn log2_of_at_least_one<F: FixedSigned>(mut x: F) -> F {
    let one = F::from_num(1);
    let two = F::from_num(2);
    // The result's raw integer is gathered bit by bit; one unit of it is the smallest number of the format.
    let unit = F::DELTA;
    let mut whole = F::ZERO;
    while x >= two {
        whole += one;
        x = halve_rounding_up(x);
    }
    if x == one {
        return whole;
    }
    let mut fraction = F::ZERO;
    for _ in 0..F::FRAC_NBITS {
        x *= x;
        fraction += fraction;
        if x >= two {
            fraction += unit;
            x = halve_rounding_up(x);
        }
    }
    whole + fraction
}

fn halve_rounding_up<F: FixedSigned>(x: F) -> F {
    let half = x >> 1_u32;
    if half + half == x { half } else { half + F::DELTA }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{I32F32, I64F64, I96F32};

    #[test]
    fn exponentials_have_the_published_raw_values() {
        let raw = |x: f64| exp(I32F32::from_num(x)).map(I32F32::to_bits);
        assert_eq!(raw(1.0), Some(11_674_931_200));
        assert_eq!(raw(-1.0), Some(1_580_030_169));
        assert_eq!(raw(0.5), Some(7_081_203_935));
        assert_eq!(raw(5.0), Some(637_429_664_624));
        assert_eq!(raw(20.0), Some(2_066_907_302_758_576_256));
        assert_eq!(raw(-20.0), Some(8));
        assert_eq!(raw(22.0), None);
        assert_eq!(exp(I64F64::from_num(-1)).map(I64F64::to_bits), Some(6_786_177_901_268_885_275));
        assert_eq!(exp(I64F64::from_num(-40)).map(I64F64::to_bits), Some(78));
    }

    #[test]
    fn logarithms_have_the_published_raw_values() {
        assert_eq!(ln(I64F64::from_num(2)).map(I64F64::to_bits), Some(12_786_308_815_896_786_259));
        assert_eq!(log2(I96F32::from_num(3)).map(I96F32::to_bits), Some(6_807_362_105));
        assert_eq!(log2(I96F32::from_bits(1_431_655_765)).map(I96F32::to_bits), Some(-6_807_362_107));
        assert_eq!(log2(I96F32::from_num(8)).map(I96F32::to_bits), Some(3 << 32));
        assert_eq!(log2(I96F32::ZERO), None);
        assert_eq!(log2(I96F32::from_num(-1)), None);
    }
}
