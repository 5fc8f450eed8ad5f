//! The figures of the runtime API `SwapRuntimeApi` (section 04, 11).

use super::market::{Market, sim_swap};
use super::swap::Side;
use crate::number::{U64F64, int, safe_div};

/// `SimSwapResult`: what a swap would do, in rao; all zero for a swap that would fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SimSwap {
    /// TAO that goes in (without fee) or comes out.
    pub tao_amount: u64,
    /// Alpha that goes in (without fee) or comes out.
    pub alpha_amount: u64,
    /// Fee of a buy.
    pub tao_fee: u64,
    /// Fee of a sell.
    pub alpha_fee: u64,
    /// What a sell brings less than at the current price, fee included.
    pub tao_slippage: u64,
    /// What a buy brings less than at the current price, fee included.
    pub alpha_slippage: u64,
}

/// A buy with `tao` rao (section 04, 11).
pub fn sim_swap_tao_for_alpha(market: &Market, tao: u64) -> SimSwap {
    let Ok(swapped) = sim_swap(market, Side::Buy, tao) else { return SimSwap::default() };
    let at_current_price = int(safe_div(U64F64::from_num(tao), market.price()));
    SimSwap {
        tao_amount: swapped.paid_in,
        alpha_amount: swapped.paid_out,
        tao_fee: swapped.fee_paid,
        alpha_slippage: at_current_price.saturating_sub(swapped.paid_out),
        ..SimSwap::default()
    }
}

/// A sell of `alpha` rao (section 04, 11).
pub fn sim_swap_alpha_for_tao(market: &Market, alpha: u64) -> SimSwap {
    let Ok(swapped) = sim_swap(market, Side::Sell, alpha) else { return SimSwap::default() };
    let at_current_price = int(U64F64::from_num(alpha).saturating_mul(market.price()));
    SimSwap {
        tao_amount: swapped.paid_out,
        alpha_amount: swapped.paid_in,
        alpha_fee: swapped.fee_paid,
        tao_slippage: at_current_price.saturating_sub(swapped.paid_out),
        ..SimSwap::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::{DEFAULT_FEE_RATE, Pool, Reserves, Weights};

    const POOL: Market = Market::Dynamic(Pool {
        reserves: Reserves { tao: 1_000_000_000, alpha: 4_000_000_000 },
        weights: Weights::EQUAL,
        initialized: true,
        fee_rate: DEFAULT_FEE_RATE,
    });

    #[test]
    fn slippage_is_measured_against_the_current_price() {
        let bought = sim_swap_tao_for_alpha(&POOL, 1_000_000_000);
        assert_eq!((bought.tao_amount, bought.tao_fee), (999_496_453, 503_547));
        assert_eq!(bought.alpha_amount + bought.alpha_slippage, 4_000_000_000);
        let sold = sim_swap_alpha_for_tao(&POOL, 4_000_000_000);
        assert_eq!((sold.alpha_amount, sold.alpha_fee), (3_997_985_810, 2_014_190));
        assert_eq!(sold.tao_amount + sold.tao_slippage, 1_000_000_000);
    }

    #[test]
    fn a_swap_that_would_fail_is_all_zero() {
        assert_eq!(sim_swap_tao_for_alpha(&POOL, u64::MAX), SimSwap::default());
    }

    #[test]
    fn a_missing_subnet_would_lose_everything() {
        let figures = sim_swap_tao_for_alpha(&Market::Missing, 5);
        assert_eq!(figures, SimSwap { alpha_slippage: 5, ..SimSwap::default() });
    }
}
