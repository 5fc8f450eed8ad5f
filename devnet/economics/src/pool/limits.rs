//! How much a stake operation with a price limit may move (section 05, 3.2, 3.5 and 3.8).

use super::market::Market;
use super::swap::{Order, Pool, Side, SwapError, swap};
use crate::number::{U64F64, int, safe_div};

/// A price limit of one TAO per alpha.
const ONE: u64 = 1_000_000_000;

/// The amount offered when the most that fits is wanted, as a multiple of the input side.
const MOST_TIMES_RESERVE: u64 = 1_000;

/// The most TAO, fee included, that a buy may put in before the price passes `limit` (10^-9 TAO per alpha), in rao
/// (section 05, 3.2).
///
/// # Errors
/// Those of the simulated [`swap`].
pub fn max_add(market: &Market, limit: u64) -> Result<u64, SwapError> {
    match market {
        Market::Missing | Market::Stable => Ok(all_or_nothing(limit >= ONE)),
        Market::Dynamic(pool) => most(pool, Side::Buy, pool.reserves.tao, limit),
    }
}

/// The most alpha, fee included, that a sell may put in before the price passes `limit` (10^-9 TAO per alpha), in
/// rao (section 05, 3.5).
///
/// # Errors
/// Those of the simulated [`swap`].
pub fn max_remove(market: &Market, limit: u64) -> Result<u64, SwapError> {
    match market {
        Market::Missing | Market::Stable => Ok(all_or_nothing(limit <= ONE)),
        Market::Dynamic(pool) => most(pool, Side::Sell, pool.reserves.alpha, limit),
    }
}

/// The most alpha of `origin` that may move to `destination` before the ratio of their prices passes `limit` (in
/// units of 10^-9), in rao (section 05, 3.8).
///
/// # Errors
/// Those of the simulated [`swap`] when only one of the two is dynamic.
pub fn max_move(origin: &Market, destination: &Market, limit: u64) -> Result<u64, SwapError> {
    match (origin, destination) {
        (Market::Dynamic(from), Market::Dynamic(to)) => Ok(max_move_between_pools(from, to, limit)),
        (Market::Dynamic(_), _) => max_remove(origin, limit),
        (_, Market::Dynamic(_)) if limit == 0 => Ok(u64::MAX),
        (_, Market::Dynamic(_)) => max_add(destination, reciprocal(limit)),
        _ => Ok(all_or_nothing(limit <= ONE)),
    }
}

fn all_or_nothing(all: bool) -> u64 {
    if all { u64::MAX } else { 0 }
}

fn most(pool: &Pool, side: Side, in_reserve: u64, limit: u64) -> Result<u64, SwapError> {
    let amount = in_reserve.saturating_mul(MOST_TIMES_RESERVE);
    let swapped = swap(pool, &Order { side, amount, price_limit: limit, drop_fees: false })?;
    Ok(swapped.paid_in.saturating_add(swapped.fee_paid))
}

/// `1 / limit`, both in units of 10^-9, rounded down in the quotient and in the product.
fn reciprocal(limit: u64) -> u64 {
    let one = U64F64::from_num(ONE);
    int(safe_div(one, U64F64::from_num(limit)).saturating_mul(one))
}

fn max_move_between_pools(from: &Pool, to: &Pool, limit: u64) -> u64 {
    let reserves = [from.reserves.tao, from.reserves.alpha, to.reserves.tao, to.reserves.alpha];
    if reserves.contains(&0) {
        return 0;
    }
    let wanted = safe_div(U64F64::from_num(limit), U64F64::from_num(ONE));
    if wanted > safe_div(from.price(), to.price()) {
        return 0;
    }
    if limit == 0 {
        return u64::MAX;
    }
    let [from_tao, from_alpha, to_tao, to_alpha] = reserves.map(U64F64::from_num);
    let tao = from_tao.saturating_add(to_tao);
    let reached = safe_div(to_alpha.saturating_mul(safe_div(from_tao, tao)), wanted);
    int(reached.saturating_sub(from_alpha.saturating_mul(safe_div(to_tao, tao))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::{Reserves, Weights};

    fn pool(tao: u64, alpha: u64) -> Market {
        let reserves = Reserves { tao, alpha };
        Market::Dynamic(Pool { reserves, weights: Weights::EQUAL, initialized: true, fee_rate: 0 })
    }

    #[test]
    fn a_stable_subnet_moves_all_or_nothing() {
        let stable = Market::Stable;
        assert_eq!([max_add(&stable, ONE), max_add(&stable, ONE - 1)], [Ok(u64::MAX), Ok(0)]);
        assert_eq!([max_remove(&stable, ONE), max_remove(&stable, ONE + 1)], [Ok(u64::MAX), Ok(0)]);
        assert_eq!(
            [max_move(&stable, &stable, ONE), max_move(&stable, &stable, ONE + 1)],
            [Ok(u64::MAX), Ok(0)]
        );
    }

    #[test]
    fn a_pool_moves_up_to_the_limit() {
        let even = pool(10_000_000_000, 10_000_000_000);
        // The price quadruples when the TAO doubles, and falls to a quarter when the alpha doubles.
        assert_eq!(max_add(&even, 4 * ONE), Ok(10_000_000_000));
        assert_eq!(max_remove(&even, ONE / 4), Ok(10_000_000_000));
        assert_eq!(max_add(&even, ONE), Err(SwapError::PriceLimitExceeded));
        assert_eq!(max_remove(&even, ONE), Err(SwapError::PriceLimitExceeded));
    }

    #[test]
    fn a_move_between_stable_and_dynamic_is_one_leg() {
        let even = pool(10_000_000_000, 10_000_000_000);
        assert_eq!(max_move(&Market::Stable, &even, ONE / 4), Ok(10_000_000_000));
        assert_eq!(max_move(&Market::Stable, &even, 0), Ok(u64::MAX));
        assert_eq!(max_move(&even, &Market::Stable, ONE / 4), Ok(10_000_000_000));
        assert_eq!(max_move(&Market::Stable, &even, 2 * ONE), Err(SwapError::PriceLimitExceeded));
    }

    #[test]
    fn a_move_between_pools_follows_its_formula() {
        let (from, to) = (pool(2_000, 1_000), pool(2_000, 4_000));
        // Prices 2 and 0.5: the ratio is 4. At a limit of 2: 4,000 / 2 / 2 - 1,000 / 2.
        assert_eq!(max_move(&from, &to, 2 * ONE), Ok(500));
        assert_eq!(max_move(&from, &to, 4 * ONE), Ok(0));
        assert_eq!(max_move(&from, &to, 4 * ONE + 1), Ok(0));
        assert_eq!(max_move(&from, &to, 0), Ok(u64::MAX));
        assert_eq!(max_move(&from, &pool(2_000, 0), 0), Ok(0));
    }
}
