//! The decimal floating-point number in which shares of stake are counted (section 05, 1).
//!
//! No operation here can overflow its 256-bit intermediate, for any stored mantissa: the largest is a `u128`
//! times a `u128`, or a `u128` times 10^22. Exponents saturate; they would need 10^18 operations to get
//! there.

use crate::number::U64F64;
use primitive_types::U256;

/// Normalised mantissas lie above this; 10^20 itself is not normalised.
const LOWEST: u128 = 100_000_000_000_000_000_000;
/// Normalised mantissas are at most this (10^21).
const HIGHEST: u128 = 10 * LOWEST;
/// Decimal digits of [`HIGHEST`] after the one: what a quotient is scaled by before it is cut.
const DIGITS: i64 = 21;
/// The largest power of ten ever formed; beyond it an alignment has lost every digit anyway.
const HIGHEST_POWER: u64 = 22;

/// `mantissa * 10^exponent` (section 05, 1). Zero is `(0, 0)`; every other result has 10^20 < mantissa <=
/// 10^21.
///
/// The chain encodes the two fields in this order. Results are cut, never rounded: each division by ten drops
/// a digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SafeFloat {
    /// Significant digits.
    pub mantissa: u128,
    /// Power of ten.
    pub exponent: i64,
}

impl SafeFloat {
    /// Nothing at all; the chain stores it as "entry removed".
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0 };

    /// A whole number (section 05, 1). Exact up to 10^21; larger numbers are invalid and read as zero.
    pub fn from_integer(value: u128) -> Self {
        if value > HIGHEST {
            return Self::ZERO;
        }
        normalise(U256::from(value), 0)
    }

    /// A share of the legacy maps, which held `U64F64` (section 05, 1): whole part plus fraction / 2^64.
    pub fn from_legacy_share(share: U64F64) -> Self {
        let fraction_bits = share.frac().to_bits();
        let whole = Self::from_integer(share.to_num());
        let fraction = Self::from_integer(fraction_bits).divide(Self::from_integer(1 << 64));
        whole.plus(fraction.unwrap_or(Self::ZERO))
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Sum (section 05, 1). The operand with the smaller exponent is cut to the other's before adding.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let aligned = Aligned::of(self, other);
        normalise(U256::from(aligned.left) + U256::from(aligned.right), aligned.exponent)
    }

    /// Difference, never below zero (section 05, 1); invalid (`None`) when something is taken from zero.
    pub fn minus(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return Some(self);
        }
        if self.is_zero() {
            return None;
        }
        let aligned = Aligned::of(self, other);
        Some(normalise(U256::from(aligned.left.saturating_sub(aligned.right)), aligned.exponent))
    }

    /// `self * factor / divisor`, the quotient cut (section 05, 1); invalid (`None`) when `divisor` is zero.
    pub fn multiply_divide(self, factor: Self, divisor: Self) -> Option<Self> {
        let product = U256::from(self.mantissa) * U256::from(factor.mantissa);
        let mantissa = product.checked_div(U256::from(divisor.mantissa))?;
        let exponent = self.exponent.saturating_add(factor.exponent).saturating_sub(divisor.exponent);
        Some(normalise(mantissa, exponent))
    }

    /// Quotient, cut to 21 digits and more (section 05, 1); invalid (`None`) when `divisor` is zero.
    pub fn divide(self, divisor: Self) -> Option<Self> {
        let scaled = U256::from(self.mantissa) * U256::from(HIGHEST);
        let mantissa = scaled.checked_div(U256::from(divisor.mantissa))?;
        let exponent = self.exponent.saturating_sub(divisor.exponent).saturating_sub(DIGITS);
        Some(normalise(mantissa, exponent))
    }

    /// The whole number below (section 05, 1): floor, at most [`u64::MAX`].
    pub fn to_u64(self) -> u64 {
        let power = U256::from(power_of_ten(self.exponent.unsigned_abs()));
        let mantissa = U256::from(self.mantissa);
        let whole = if self.exponent < 0 { mantissa / power } else { mantissa * power };
        u64::try_from(whole).unwrap_or(u64::MAX)
    }
}

/// Two mantissas at the larger of their exponents.
struct Aligned {
    left: u128,
    right: u128,
    exponent: i64,
}

impl Aligned {
    fn of(left: SafeFloat, right: SafeFloat) -> Self {
        let lost = power_of_ten(left.exponent.abs_diff(right.exponent));
        if left.exponent >= right.exponent {
            Self { left: left.mantissa, right: right.mantissa / lost, exponent: left.exponent }
        } else {
            Self { left: left.mantissa / lost, right: right.mantissa, exponent: right.exponent }
        }
    }
}

fn normalise(mut mantissa: U256, mut exponent: i64) -> SafeFloat {
    if mantissa.is_zero() {
        return SafeFloat::ZERO;
    }
    let ten = U256::from(10);
    while mantissa > U256::from(HIGHEST) {
        mantissa /= ten;
        exponent = exponent.saturating_add(1);
    }
    while mantissa <= U256::from(LOWEST) {
        mantissa *= ten;
        exponent = exponent.saturating_sub(1);
    }
    SafeFloat { mantissa: mantissa.low_u128(), exponent }
}

fn power_of_ten(exponent: u64) -> u128 {
    let mut power = 1;
    for _ in 0..exponent.min(HIGHEST_POWER) {
        power *= 10;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn float(mantissa: u128, exponent: i64) -> SafeFloat {
        SafeFloat { mantissa, exponent }
    }

    fn integer(value: u64) -> SafeFloat {
        SafeFloat::from_integer(value.into())
    }

    #[test]
    fn whole_numbers_are_normalised_above_ten_to_the_twentieth() {
        assert_eq!(integer(0), SafeFloat::ZERO);
        assert_eq!(integer(1), float(HIGHEST, -21));
        assert_eq!(integer(4), float(4 * LOWEST, -20));
        assert_eq!(SafeFloat::from_integer(LOWEST), float(HIGHEST, -1));
        assert_eq!(SafeFloat::from_integer(LOWEST + 1), float(LOWEST + 1, 0));
        assert_eq!(SafeFloat::from_integer(HIGHEST), float(HIGHEST, 0));
        assert_eq!(SafeFloat::from_integer(HIGHEST + 1), SafeFloat::ZERO);
    }

    #[test]
    fn the_smaller_operand_is_cut_before_it_is_added() {
        // 10^21 + 9.99: the fraction has no digit left at exponent 0.
        let fraction = float(999_000_000_000_000_000_000, -20);
        assert_eq!(float(HIGHEST - 10, 0).plus(fraction), float(HIGHEST - 1, 0));
        assert_eq!(fraction.plus(float(HIGHEST - 10, 0)), float(HIGHEST - 1, 0));
        // 10^21 + 8 is cut to 10^20 tens, which is not normal yet.
        assert_eq!(float(HIGHEST - 1, 0).plus(fraction), float(HIGHEST, 0));
    }

    #[test]
    fn differences_stop_at_zero_and_nothing_is_taken_from_zero() {
        assert_eq!(integer(5).minus(integer(7)), Some(SafeFloat::ZERO));
        assert_eq!(integer(7).minus(integer(5)), Some(integer(2)));
        assert_eq!(SafeFloat::ZERO.minus(SafeFloat::ZERO), Some(SafeFloat::ZERO));
        assert_eq!(SafeFloat::ZERO.minus(integer(1)), None);
        assert_eq!(integer(1).minus(SafeFloat::ZERO), Some(integer(1)));
    }

    #[test]
    fn quotients_are_cut_and_division_by_zero_is_invalid() {
        assert_eq!(integer(1).divide(integer(3)), Some(float(333_333_333_333_333_333_333, -21)));
        assert_eq!(integer(2).multiply_divide(integer(10), integer(5)), Some(integer(4)));
        assert_eq!(integer(1).divide(SafeFloat::ZERO), None);
        assert_eq!(integer(1).multiply_divide(integer(1), SafeFloat::ZERO), None);
    }

    #[test]
    fn reading_floors_and_clamps() {
        assert_eq!(float(199_999_999_999_999_999_999, -20).to_u64(), 1);
        assert_eq!(float(HIGHEST, 0).to_u64(), u64::MAX);
        assert_eq!(float(HIGHEST, i64::MAX).to_u64(), u64::MAX);
        assert_eq!(float(HIGHEST, i64::MIN).to_u64(), 0);
        assert_eq!(integer(u64::MAX).to_u64(), u64::MAX);
    }

    #[test]
    fn legacy_shares_keep_their_fraction() {
        let half = SafeFloat::from_legacy_share(U64F64::from_num(2.5));
        assert_eq!(half, float(250_000_000_000_000_000_000, -20));
        let smallest = SafeFloat::from_legacy_share(U64F64::DELTA);
        assert_eq!(smallest, float(542_101_086_242_752_217_003, -40));
        assert_eq!(SafeFloat::from_legacy_share(U64F64::ZERO), SafeFloat::ZERO);
    }

    fn any_float() -> impl Strategy<Value = SafeFloat> {
        (any::<u128>(), any::<i64>()).prop_map(|(mantissa, exponent)| float(mantissa, exponent))
    }

    fn is_normal(value: SafeFloat) -> bool {
        value == SafeFloat::ZERO || (value.mantissa > LOWEST && value.mantissa <= HIGHEST)
    }

    proptest! {
        #[test]
        fn whole_numbers_come_back(value: u64) {
            prop_assert_eq!(integer(value).to_u64(), value);
        }

        #[test]
        fn sums_of_whole_numbers_are_exact(a in 0..u64::MAX / 2, b in 0..u64::MAX / 2) {
            prop_assert_eq!(integer(a).plus(integer(b)), integer(a + b));
            prop_assert_eq!(integer(a + b).minus(integer(b)), Some(integer(a)));
        }

        #[test]
        fn any_stored_number_is_computed_with_and_gives_a_normal_one(
            a in any_float(), b in any_float(), c in any_float(),
        ) {
            if !a.is_zero() && !b.is_zero() {
                prop_assert!(is_normal(a.plus(b)));
                prop_assert!(a.minus(b).is_some_and(is_normal));
            }
            prop_assert_eq!(a.divide(c).is_some_and(is_normal), !c.is_zero());
            prop_assert_eq!(a.multiply_divide(b, c).is_some_and(is_normal), !c.is_zero());
            let _whole = a.to_u64();
        }
    }
}
