//! A subnet as something to trade with, whatever its mechanism (section 04, 1, 6 and 7).

use super::fee::swap_fee;
use super::swap::{Order, Pool, Side, SwapError, SwapResult, swap};
use crate::number::U64F64;

/// Where TAO and alpha of a subnet are exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Market {
    /// The subnet does not exist. Trading it is as on a stable one, but simulations give nothing.
    Missing,
    /// Mechanism 0, among them root: one TAO is one alpha, without fee.
    Stable,
    /// Mechanism 1: a pool.
    Dynamic(Pool),
}

impl Market {
    /// Current price in TAO per alpha, rounded down (section 04, 1).
    pub fn price(&self) -> U64F64 {
        match self {
            Self::Missing | Self::Stable => U64F64::ONE,
            Self::Dynamic(pool) => pool.price(),
        }
    }

    /// Fee contained in `amount`, unit as `amount`, rounded down (section 04, 4 step 1).
    pub fn fee(&self, amount: u64) -> u64 {
        match self {
            Self::Missing | Self::Stable => 0,
            Self::Dynamic(pool) => swap_fee(amount, pool.fee_rate),
        }
    }
}

/// Computes an order: the pool's swap, or one to one without fee (section 04, 7).
///
/// # Errors
/// Those of [`swap`] on a dynamic subnet.
pub fn trade(market: &Market, order: &Order) -> Result<SwapResult, SwapError> {
    match market {
        Market::Missing | Market::Stable => Ok(one_to_one(order.amount)),
        Market::Dynamic(pool) => swap(pool, order),
    }
}

/// Computes an order with fees and the widest price limit, `sim_swap` of section 04, 6.
///
/// # Errors
/// Those of [`swap`] on a dynamic subnet.
pub fn sim_swap(market: &Market, side: Side, amount: u64) -> Result<SwapResult, SwapError> {
    match market {
        Market::Missing => Ok(one_to_one(0)),
        _ => trade(market, &Order { side, amount, price_limit: side.default_limit(), drop_fees: false }),
    }
}

fn one_to_one(amount: u64) -> SwapResult {
    SwapResult { paid_in: amount, paid_out: amount, fee_paid: 0, fee_to_block_author: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stable_subnet_trades_one_to_one_without_fee() {
        let order = Order { side: Side::Buy, amount: 5, price_limit: 0, drop_fees: false };
        assert_eq!(trade(&Market::Stable, &order), Ok(one_to_one(5)));
        assert_eq!(sim_swap(&Market::Stable, Side::Sell, 5), Ok(one_to_one(5)));
        assert_eq!(Market::Stable.price(), U64F64::ONE);
        assert_eq!(Market::Stable.fee(u64::MAX), 0);
    }

    #[test]
    fn a_missing_subnet_simulates_to_nothing() {
        assert_eq!(sim_swap(&Market::Missing, Side::Buy, 5), Ok(one_to_one(0)));
    }
}
