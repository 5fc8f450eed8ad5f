//! Parts of a whole as the framework counts them (section 01, 1.3).

use primitive_types::U256;

/// Parts of a Perquintill: one is 10^18 parts.
pub const PERQUINTILL: u64 = 1_000_000_000_000_000_000;

/// `p / q` in parts of [`PERQUINTILL`], rounded down and exact; one when `q` is zero or `p` exceeds it.
pub fn perquintill_from_rational(p: u128, q: u128) -> u64 {
    parts_from_rational(p, q, PERQUINTILL)
}

/// `p / q` in parts of one hundred, rounded down; one hundred when `q` is zero or `p` exceeds it.
pub fn percent_from_rational(p: u128, q: u128) -> u64 {
    parts_from_rational(p, q, 100)
}

fn parts_from_rational(p: u128, q: u128, one: u64) -> u64 {
    if q == 0 || p > q {
        return one;
    }
    (U256::from(p) * U256::from(one) / U256::from(q)).low_u64()
}

/// Billionths of `amount`, rounded to the nearest integer with ties down (`Perbill * N`); units as `amount`.
pub fn perbill_of(parts: u32, amount: u64) -> u64 {
    const BILLION: u128 = 1_000_000_000;
    let product = u128::from(parts) * u128::from(amount);
    let whole = product / BILLION;
    let rounded = if product % BILLION > BILLION / 2 { whole + 1 } else { whole };
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rationals_round_down_and_clamp() {
        assert_eq!(perquintill_from_rational(1, 3), 333_333_333_333_333_333);
        assert_eq!(perquintill_from_rational(u128::MAX - 1, u128::MAX), PERQUINTILL - 1);
        assert_eq!(perquintill_from_rational(4, 3), PERQUINTILL);
        assert_eq!(perquintill_from_rational(0, 0), PERQUINTILL);
        assert_eq!(percent_from_rational(4, 5), 80);
    }

    #[test]
    fn billionths_round_to_nearest_with_ties_down() {
        assert_eq!(perbill_of(500_000, 108_157_000), 54_078);
        assert_eq!(perbill_of(500_000, 2_000), 1);
        assert_eq!(perbill_of(500_000, 1_000), 0);
        assert_eq!(perbill_of(500_000, 1_001), 1);
    }
}
