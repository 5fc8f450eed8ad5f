//! A new subnet's pool, and the subnet that makes room for it (section 02, 2 to 4).

use crate::number::{U64F64, int, safe_div};
use alloc::vec::Vec;

/// What a new subnet starts with (section 02, 2, rows 16 and 17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSeed {
    /// TAO of the pool, in rao: what was locked, at least the minimum lock cost (even when less was paid).
    pub tao: u64,
    /// Alpha of the pool, in rao: the TAO at the median price, rounded down.
    pub alpha: u64,
    /// What was locked beyond the pool's TAO, in rao; recycled.
    pub recycled: u64,
}

/// The pool of a new subnet, from the rao `locked` and the median price of the others (section 02, 2, row
/// 16).
pub fn seed_pool(locked: u64, min_lock_cost: u64, median_price: U64F64) -> PoolSeed {
    let tao = locked.max(min_lock_cost);
    let alpha = int(safe_div(U64F64::from_num(tao), median_price));
    PoolSeed { tao, alpha, recycled: locked.saturating_sub(tao) }
}

/// Median of the alpha prices of all subnets but root, in TAO (section 02, 3). Zeros do not count; one if
/// none is left; the mean of the middle two, cut, for an even number.
pub fn median_price(prices: &[U64F64]) -> U64F64 {
    let mut sorted: Vec<U64F64> = prices.iter().copied().filter(|&price| price > U64F64::ZERO).collect();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let Some(&upper) = sorted.get(middle) else {
        return U64F64::from_num(1);
    };
    if sorted.len() % 2 == 1 {
        return upper;
    }
    let lower = sorted.get(middle.wrapping_sub(1)).copied().unwrap_or(upper);
    safe_div(lower.saturating_add(upper), U64F64::from_num(2))
}

/// A subnet as pruning sees it (section 02, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubnetStanding {
    /// Its id.
    pub netuid: u16,
    /// Its moving price in TAO, negative ones read as zero.
    pub moving_price: U64F64,
    /// Block of its registration.
    pub registered_at: u64,
}

/// The subnet to dissolve when there is no room for a new one (section 02, 4): out of immunity, with the
/// lowest moving price, then the oldest, then the first in `subnets`, which has all but root in the chain's
/// order.
pub fn prune_candidate(subnets: &[SubnetStanding], now: u64, immunity_period: u64) -> Option<u16> {
    subnets
        .iter()
        .filter(|subnet| now >= subnet.registered_at.saturating_add(immunity_period))
        .min_by_key(|subnet| (subnet.moving_price, subnet.registered_at))
        .map(|subnet| subnet.netuid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn price(value: f64) -> U64F64 {
        U64F64::from_num(value)
    }

    #[test]
    fn pools_hold_at_least_the_minimum_lock() {
        let seed = seed_pool(3_000, 1_000, price(0.25));
        assert_eq!(seed, PoolSeed { tao: 3_000, alpha: 12_000, recycled: 0 });
        let seed = seed_pool(500, 1_000, price(3.0));
        assert_eq!(seed, PoolSeed { tao: 1_000, alpha: 333, recycled: 0 });
        assert_eq!(seed_pool(500, 0, U64F64::ZERO).alpha, 0);
    }

    #[test]
    fn the_median_skips_zeros_and_averages_the_middle() {
        assert_eq!(median_price(&[]), price(1.0));
        assert_eq!(median_price(&[U64F64::ZERO]), price(1.0));
        assert_eq!(median_price(&[price(3.0), U64F64::ZERO, price(0.5), price(0.25)]), price(0.5));
        assert_eq!(median_price(&[price(4.0), price(1.0), price(0.5), price(2.0)]), price(1.5));
        assert_eq!(median_price(&[U64F64::DELTA, U64F64::DELTA + U64F64::DELTA]), U64F64::DELTA);
    }

    fn standing(netuid: u16, moving_price: f64, registered_at: u64) -> SubnetStanding {
        SubnetStanding { netuid, moving_price: price(moving_price), registered_at }
    }

    #[test]
    fn the_cheapest_oldest_first_subnet_goes() {
        let subnets = [standing(1, 0.5, 7), standing(2, 0.2, 9), standing(3, 0.2, 8), standing(4, 0.2, 8)];
        assert_eq!(prune_candidate(&subnets, 100, 10), Some(3));
        assert_eq!(prune_candidate(&subnets, 17, 10), Some(1));
        assert_eq!(prune_candidate(&subnets, 16, 10), None);
        assert_eq!(prune_candidate(&[], 100, 10), None);
    }

    proptest! {
        #[test]
        fn the_median_lies_among_the_prices(bits in proptest::collection::vec(1_u128..u128::MAX / 2, 1..9)) {
            let prices: Vec<U64F64> = bits.into_iter().map(U64F64::from_bits).collect();
            let median = median_price(&prices);
            prop_assert!(prices.iter().any(|&price| price <= median));
            prop_assert!(prices.iter().any(|&price| price >= median));
        }
    }
}
