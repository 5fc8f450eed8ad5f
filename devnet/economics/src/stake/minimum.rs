//! The least stake the protocol bothers with (section 05, 2).

use crate::number::{U64F64, int, safe_div};

/// Least amount that can be staked, and least proceeds of a partial unstake, in rao of TAO (section 05, 2).
pub const MIN_STAKE: u64 = 2_000_000;

/// Least nomination in rao of TAO, from the stored factor in millionths of [`MIN_STAKE`], rounded down
/// (section 05, 2). The product saturates, for factors above 9 * 10^12.
pub fn nominator_minimum(factor: u64) -> u64 {
    MIN_STAKE.saturating_mul(factor) / 1_000_000
}

/// Whether a nomination of `alpha` rao is to be cleared when the least nomination is `minimum` rao of TAO and
/// alpha costs `price`: it is worth something, and less than int(minimum / price) (section 05, 2). Never at a
/// price of zero.
pub fn is_small_nomination(alpha: u64, minimum: u64, price: U64F64) -> bool {
    let least = int(safe_div(U64F64::saturating_from_num(minimum), price));
    alpha > 0 && alpha < least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_counts_millionths() {
        assert_eq!(nominator_minimum(0), 0);
        assert_eq!(nominator_minimum(1_000_000), MIN_STAKE);
        assert_eq!(nominator_minimum(1_500_001), 3_000_002);
        assert_eq!(nominator_minimum(u64::MAX), u64::MAX / 1_000_000);
    }

    #[test]
    fn small_nominations_are_below_the_minimum_at_the_price() {
        let price = U64F64::from_num(3);
        assert!(is_small_nomination(666_665, MIN_STAKE, price));
        assert!(!is_small_nomination(666_666, MIN_STAKE, price));
        assert!(!is_small_nomination(0, MIN_STAKE, price));
        assert!(!is_small_nomination(1, 0, price));
        assert!(!is_small_nomination(1, MIN_STAKE, U64F64::ZERO));
    }
}
