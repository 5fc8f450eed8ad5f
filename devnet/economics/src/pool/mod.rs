//! The pool of a subnet: price, swaps, fees, protocol liquidity (section 04).
//!
//! A pool holds alpha (the *base*, `SubnetAlphaIn`) and TAO (the *quote*, `SubnetTAO`). Two weights that add up to
//! one say how the two reserves count; at equal weights it is the constant-product pool. All amounts are in rao.

mod estimate;
mod fee;
mod init;
mod limits;
mod liquidity;
mod market;
mod payout;
mod power;
mod price;
mod reach;
mod reserves;
mod series;
mod simulation;
mod swap;
mod weights;

pub use fee::{DEFAULT_FEE_RATE, MAX_FEE_RATE, fee_on_top, swap_fee};
pub use init::weights_for_price;
pub use limits::{max_add, max_move, max_remove};
pub use liquidity::{Adjustment, adjust_protocol_liquidity};
pub use market::{Market, sim_swap, trade};
pub use payout::{alpha_for_tao, base_needed_for_quote, remaining_fraction, tao_for_alpha};
pub use power::{Power, SCALE, pow_ratio_scaled};
pub use price::{limit_as_price, price, price_in_rao};
pub use reach::{alpha_to_reach_price, tao_to_reach_price};
pub use reserves::SubnetTotals;
pub use simulation::{SimSwap, sim_swap_alpha_for_tao, sim_swap_tao_for_alpha};
pub use swap::{MAX_PRICE, MIN_PRICE, MINIMUM_RESERVE, Order, Pool, Side, SwapError, SwapResult, swap};
pub use weights::Weights;

/// The reserves of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reserves {
    /// `SubnetTAO`, the quote reserve (y), in rao of TAO.
    pub tao: u64,
    /// `SubnetAlphaIn`, the base reserve (x), in rao of alpha.
    pub alpha: u64,
}

#[cfg(test)]
mod properties;
