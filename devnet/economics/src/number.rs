//! Fixed-point numbers and the rounding rules of the protocol (section 01, 1.1).
//!
//! The formats come from the crate [`fixed`] because it has exactly the chain's types (`I32F32`, `I64F64`,
//! `U64F64`, `I96F32`, `U96F32`) as plain integers underneath, needs no allocator and no floats, and rounds as
//! the chain does:
//!
//! * conversions drop extra fraction bits (towards minus infinity) and, where they saturate, clamp;
//! * multiplication shifts the exact product right arithmetically (towards minus infinity);
//! * division truncates the magnitude and applies the sign afterwards (towards zero).
//!
//! The tests at the end of this file hold the crate to these rules. What the crate does not have, the protocol's
//! own `safe_div` and its reading of a fixed-point number as a whole amount, is here.

use fixed::traits::Fixed;

pub use fixed::types::{I9F23, I32F32, I64F64, I96F32, U64F64, U96F32};

/// Quotient, or zero when `divisor` is zero **or the quotient overflows** (section 01, 1.1). Truncates towards
/// zero; it never saturates.
pub fn safe_div<F: Fixed>(dividend: F, divisor: F) -> F {
    safe_div_or(dividend, divisor, F::ZERO)
}

/// Quotient, or `fallback` when `divisor` is zero or the quotient overflows (section 01, 1.1).
pub fn safe_div_or<F: Fixed>(dividend: F, divisor: F, fallback: F) -> F {
    dividend.checked_div(divisor).unwrap_or(fallback)
}

/// The whole amount in a fixed-point number, `int(v)` of the specification: floor, with negative values read as
/// zero and values too large as [`u64::MAX`] (section 01, 1).
pub fn int<F: Fixed>(value: F) -> u64 {
    value.saturating_to_num()
}

/// A `u16` proportion (parts of 65,535) in the format `F`, truncated; zero when the quotient does not fit.
pub fn proportion_u16<F: Fixed>(parts: u16) -> F {
    safe_div(F::saturating_from_num(parts), F::saturating_from_num(u16::MAX))
}

/// A `u64` proportion (parts of 2^64 - 1) in the format `U96F32`, truncated (section 01, 1.1).
pub fn proportion_u64(parts: u64) -> U96F32 {
    safe_div(U96F32::saturating_from_num(parts), U96F32::saturating_from_num(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplication_floors() {
        let smallest = I32F32::DELTA;
        assert_eq!((smallest * smallest).to_bits(), 0);
        assert_eq!((-smallest * smallest).to_bits(), -1);
        assert_eq!((-I64F64::DELTA * I64F64::DELTA).to_bits(), -1);
        assert_eq!((-I96F32::DELTA * I96F32::DELTA).to_bits(), -1);
    }

    #[test]
    fn division_truncates_towards_zero() {
        let third = I32F32::from_num(1) / I32F32::from_num(3);
        assert_eq!(third.to_bits(), 1_431_655_765);
        assert_eq!((I32F32::from_num(-1) / I32F32::from_num(3)).to_bits(), -1_431_655_765);
        assert_eq!((I64F64::from_num(-2) / I64F64::from_num(3)).to_bits(), -(i128::from(u64::MAX) / 3 * 2));
    }

    #[test]
    fn safe_division_gives_zero_and_never_saturates() {
        assert_eq!(safe_div(U64F64::from_num(1), U64F64::ZERO), U64F64::ZERO);
        assert_eq!(safe_div(U64F64::MAX, U64F64::DELTA), U64F64::ZERO);
        assert_eq!(safe_div_or(U64F64::MAX, U64F64::DELTA, U64F64::MAX), U64F64::MAX);
    }

    #[test]
    fn whole_amounts_floor_and_clamp() {
        assert_eq!(int(I64F64::from_bits(-1)), 0);
        assert_eq!(int(I96F32::from_bits((7 << 32) - 1)), 6);
        assert_eq!(int(U96F32::MAX), u64::MAX);
    }

    #[test]
    fn narrowing_drops_bits_downwards() {
        assert_eq!(I32F32::saturating_from_num(I64F64::from_bits(-1)).to_bits(), -1);
        assert_eq!(I32F32::saturating_from_num(I64F64::MAX), I32F32::MAX);
        assert_eq!(I32F32::saturating_from_num(U64F64::from_bits(u128::from(u32::MAX))).to_bits(), 0);
    }

    #[test]
    fn proportions_have_the_published_raw_values() {
        assert_eq!(proportion_u16::<U96F32>(11_796).to_bits(), 773_074_452);
        assert_eq!(proportion_u16::<I32F32>(32_767).to_bits(), 2_147_450_879);
        assert_eq!(proportion_u16::<U64F64>(33).to_bits(), 9_288_815_967_535_137);
        assert_eq!(proportion_u64(971_718_665_099_567_868).to_bits(), 226_245_882);
    }
}
