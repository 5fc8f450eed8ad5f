//! What stake is worth in TAO (section 05, 3).

use crate::number::{U64F64, int};

/// What `alpha` rao are worth at `price` (TAO per alpha), in rao of TAO, rounded down (section 05, 3.8 step 6).
pub fn tao_value(alpha: u64, price: U64F64) -> u64 {
    int(exact_value(alpha, price))
}

/// What the stakes (rao of alpha) are worth together at their prices, in rao of TAO; only the sum is cut to whole
/// rao (section 05, 3.4 step 7).
pub fn total_value(stakes: impl Iterator<Item = (u64, U64F64)>) -> u64 {
    int(stakes.fold(U64F64::ZERO, |sum, (alpha, price)| sum.saturating_add(exact_value(alpha, price))))
}

fn exact_value(alpha: u64, price: U64F64) -> U64F64 {
    U64F64::from_num(alpha).saturating_mul(price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sum_is_rounded() {
        let half = U64F64::from_num(1) / U64F64::from_num(2);
        assert_eq!(tao_value(3, half), 1);
        assert_eq!(total_value([(3, half), (5, half), (7, U64F64::ONE)].into_iter()), 11);
    }

    #[test]
    fn absurd_values_saturate() {
        assert_eq!(tao_value(u64::MAX, U64F64::MAX), u64::MAX);
        assert_eq!(total_value([(u64::MAX, U64F64::ONE); 2].into_iter()), u64::MAX);
    }
}
