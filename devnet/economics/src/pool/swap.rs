//! The swap engine: an order against a pool (section 04, 4). It changes nothing; the caller moves the reserves
//! (see [`super::SubnetTotals`]).

use super::fee::{fee_on_top, swap_fee};
use super::payout::{alpha_for_tao, tao_for_alpha};
use super::price::{limit_as_price, price};
use super::reach::{alpha_to_reach_price, tao_to_reach_price};
use super::{Reserves, Weights};
use crate::number::U64F64;
use thiserror::Error;

/// The least the output side must hold, in rao (section 04).
pub const MINIMUM_RESERVE: u64 = 1_000_000;

/// The most that may go in, as a multiple of the input side (section 04, 4 step 2).
const MOST_TIMES_RESERVE: u64 = 1_000;

/// Highest price limit, the default of a buy: 10^6 TAO per alpha, in units of 10^-9 (section 04, 6).
pub const MAX_PRICE: u64 = 1_000_000_000_000_000;

/// Lowest price limit, the default of a sell: 10^-6 TAO per alpha, in units of 10^-9 (section 04, 6).
pub const MIN_PRICE: u64 = 1_000;

/// What the engine needs to know of a dynamic subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Both reserves.
    pub reserves: Reserves,
    /// `SwapBalancer`.
    pub weights: Weights,
    /// `PalSwapInitialized`.
    pub initialized: bool,
    /// `FeeRate`, in parts of 65,535.
    pub fee_rate: u16,
}

impl Pool {
    /// The weights a swap works with (section 04, 4 step 4). The first swap **discards** the stored ones. After a
    /// swap that succeeds and is not simulated, the caller stores these weights and sets `PalSwapInitialized`.
    pub fn weights_in_swap(&self) -> Weights {
        if self.initialized { self.weights } else { Weights::EQUAL }
    }

    /// Current price in TAO per alpha, by the stored weights (section 04, 1).
    pub fn price(&self) -> U64F64 {
        price(self.reserves, self.weights)
    }
}

/// Which way an order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// TAO in, alpha out.
    Buy,
    /// Alpha in, TAO out.
    Sell,
}

impl Side {
    /// The price limit that hardly limits, in units of 10^-9 TAO per alpha (section 04, 6).
    pub fn default_limit(self) -> u64 {
        match self {
            Self::Buy => MAX_PRICE,
            Self::Sell => MIN_PRICE,
        }
    }
}

/// An order to swap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Which way it goes.
    pub side: Side,
    /// What the caller offers, fee included, in rao of the input side.
    pub amount: u64,
    /// The price not to pass, in units of 10^-9 TAO per alpha.
    pub price_limit: u64,
    /// Whether the swap is free of fees.
    pub drop_fees: bool,
}

/// The outcome of an order. What is left of its amount, `amount - paid_in - fee_paid`, is the caller's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwapResult {
    /// What goes into the pool, without fee, in rao of the input side.
    pub paid_in: u64,
    /// What the pool pays out, in rao of the output side.
    pub paid_out: u64,
    /// The fee, in rao of the input side.
    pub fee_paid: u64,
    /// The part of the fee that goes to the block author: all of it, or nothing if nothing was swapped.
    pub fee_to_block_author: u64,
}

/// Why an order fails; the names are those of the pallet Swap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SwapError {
    /// More than 1,000 times the input side.
    #[error("the amount is more than 1,000 times the reserve it goes into")]
    SwapInputTooLarge,
    /// Too little to pay out, or the payout rounds to nothing.
    #[error("the reserve to pay from is too low")]
    ReservesTooLow,
    /// The price is at or beyond the limit before the swap.
    #[error("the price limit is already reached")]
    PriceLimitExceeded,
    /// No weights within 0.01..0.99 give the price asked for (section 04, 10).
    #[error("no allowed weights give this price with these reserves")]
    ReservesOutOfBalance,
}

/// Computes an order against a dynamic subnet's pool (section 04, 4). It gives the same whether simulated or not;
/// step 10 of the text needs no code, because a payout is at most the whole reserve.
///
/// # Errors
/// See [`SwapError`]; the checks are made in the order of the enum.
pub fn swap(pool: &Pool, order: &Order) -> Result<SwapResult, SwapError> {
    let direction = Direction { pool, weights: pool.weights_in_swap(), side: order.side };
    let full_fee = if order.drop_fees { 0 } else { swap_fee(order.amount, pool.fee_rate) };
    let net = order.amount.saturating_sub(full_fee);
    if net > direction.in_reserve().saturating_mul(MOST_TIMES_RESERVE) {
        return Err(SwapError::SwapInputTooLarge);
    }
    if direction.out_reserve() < MINIMUM_RESERVE {
        return Err(SwapError::ReservesTooLow);
    }
    let limit = limit_as_price(order.price_limit);
    let current = price(pool.reserves, direction.weights);
    if !direction.is_before(current, limit) {
        return Err(SwapError::PriceLimitExceeded);
    }
    let full_payout = direction.payout(net);
    let (paid_in, paid_out, fee_paid) = if direction.is_past(direction.price_after(net, full_payout), limit) {
        let reach = direction.amount_to_reach(current, limit);
        let fee = if order.drop_fees { 0 } else { fee_on_top(reach, pool.fee_rate) };
        (reach, direction.payout(reach), fee)
    } else {
        (net, full_payout, full_fee)
    };
    if paid_in != 0 && paid_out == 0 {
        return Err(SwapError::ReservesTooLow);
    }
    let fee_to_block_author = if paid_in == 0 { 0 } else { fee_paid };
    Ok(SwapResult { paid_in, paid_out, fee_paid, fee_to_block_author })
}

/// A pool seen from one side.
struct Direction<'a> {
    pool: &'a Pool,
    weights: Weights,
    side: Side,
}

impl Direction<'_> {
    fn in_reserve(&self) -> u64 {
        match self.side {
            Side::Buy => self.pool.reserves.tao,
            Side::Sell => self.pool.reserves.alpha,
        }
    }

    fn out_reserve(&self) -> u64 {
        match self.side {
            Side::Buy => self.pool.reserves.alpha,
            Side::Sell => self.pool.reserves.tao,
        }
    }

    /// Whether `price` leaves room to move towards `limit`. A limit equal to the price leaves none.
    fn is_before(&self, price: U64F64, limit: U64F64) -> bool {
        match self.side {
            Side::Buy => price < limit,
            Side::Sell => price > limit,
        }
    }

    fn is_past(&self, price: U64F64, limit: U64F64) -> bool {
        match self.side {
            Side::Buy => price > limit,
            Side::Sell => price < limit,
        }
    }

    fn payout(&self, paid_in: u64) -> u64 {
        match self.side {
            Side::Buy => alpha_for_tao(self.pool.reserves, self.weights, paid_in),
            Side::Sell => tao_for_alpha(self.pool.reserves, self.weights, paid_in),
        }
    }

    fn price_after(&self, paid_in: u64, paid_out: u64) -> U64F64 {
        let Reserves { tao, alpha } = self.pool.reserves;
        let after = match self.side {
            Side::Buy => Reserves { tao: tao.saturating_add(paid_in), alpha: alpha.saturating_sub(paid_out) },
            Side::Sell => {
                Reserves { tao: tao.saturating_sub(paid_out), alpha: alpha.saturating_add(paid_in) }
            }
        };
        price(after, self.weights)
    }

    fn amount_to_reach(&self, current: U64F64, limit: U64F64) -> u64 {
        match self.side {
            Side::Buy => tao_to_reach_price(self.pool.reserves, self.weights, current, limit),
            Side::Sell => alpha_to_reach_price(self.pool.reserves, self.weights, current, limit),
        }
    }
}
