//! The pools as the other pallets see them (section 04).

use assay_economics::number::U64F64;
use assay_economics::pool::{
    self, Market, Pool, Reserves, Side, SwapError, Weights, adjust_protocol_liquidity, weights_for_price,
};
use assay_primitives::interface::{Order, PoolReserves, SwapEngine, SwapResult};
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::sp_runtime::DispatchError;

use crate::types::Balancer;
use crate::{Config, Error, FeeRate, PalSwapInitialized, Pallet, SwapBalancer};

/// `SubnetMechanism` of a dynamic pool (section 01, 2).
const DYNAMIC: u16 = 1;

impl<T: Config> Pallet<T> {
    /// The subnet as something to trade with (section 04, 1 and 6).
    pub fn market(netuid: NetUid) -> Market {
        if T::Reserves::mechanism(netuid) == DYNAMIC {
            Market::Dynamic(Self::pool(netuid))
        } else if T::Reserves::exists(netuid) {
            Market::Stable
        } else {
            Market::Missing
        }
    }

    fn pool(netuid: NetUid) -> Pool {
        Pool {
            reserves: Reserves { tao: T::Reserves::tao(netuid), alpha: T::Reserves::alpha(netuid) },
            weights: SwapBalancer::<T>::get(netuid).into(),
            initialized: PalSwapInitialized::<T>::get(netuid),
            fee_rate: FeeRate::<T>::get(netuid),
        }
    }

    /// Fixes the weights of a pool (section 04, 4 step 4 and 10).
    fn set_initialized(netuid: NetUid, weights: Weights) {
        SwapBalancer::<T>::insert(netuid, Balancer::from(weights));
        PalSwapInitialized::<T>::insert(netuid, true);
    }
}

impl<T: Config> SwapEngine for Pallet<T> {
    fn swap(
        netuid: NetUid,
        order: Order,
        amount: u64,
        price_limit: u64,
        drop_fees: bool,
        simulate: bool,
    ) -> Result<SwapResult, DispatchError> {
        let market = Self::market(netuid);
        let order = pool::Order { side: side(order), amount, price_limit, drop_fees };
        let swapped = pool::trade(&market, &order).map_err(Error::<T>::from)?;
        if let Market::Dynamic(pool) = market
            && !simulate
            && !pool.initialized
        {
            Self::set_initialized(netuid, pool.weights_in_swap());
        }
        Ok(result(swapped))
    }

    fn simulate(netuid: NetUid, order: Order, amount: u64) -> Result<SwapResult, DispatchError> {
        let swapped = pool::sim_swap(&Self::market(netuid), side(order), amount).map_err(Error::<T>::from)?;
        Ok(result(swapped))
    }

    fn price(netuid: NetUid) -> U64F64 {
        Self::market(netuid).price()
    }

    fn fee(netuid: NetUid, amount: u64) -> u64 {
        Self::market(netuid).fee(amount)
    }

    fn max_add(netuid: NetUid, price_limit: u64) -> Result<TaoBalance, DispatchError> {
        Ok(pool::max_add(&Self::market(netuid), price_limit).map_err(Error::<T>::from)?)
    }

    fn max_remove(netuid: NetUid, price_limit: u64) -> Result<AlphaBalance, DispatchError> {
        Ok(pool::max_remove(&Self::market(netuid), price_limit).map_err(Error::<T>::from)?)
    }

    fn max_move(origin: NetUid, destination: NetUid, limit: u64) -> Result<AlphaBalance, DispatchError> {
        let (origin, destination) = (Self::market(origin), Self::market(destination));
        Ok(pool::max_move(&origin, &destination, limit).map_err(Error::<T>::from)?)
    }

    fn adjust_protocol_liquidity(
        netuid: NetUid,
        tao: TaoBalance,
        alpha: AlphaBalance,
    ) -> (TaoBalance, AlphaBalance) {
        let Pool { reserves, weights, .. } = Self::pool(netuid);
        let adjusted = adjust_protocol_liquidity(reserves, weights, tao, alpha);
        let accepted = (adjusted.tao, adjusted.alpha);
        if accepted == (tao, alpha) {
            SwapBalancer::<T>::insert(netuid, Balancer::from(adjusted.weights));
        }
        accepted
    }

    fn initialize(netuid: NetUid, price: Option<U64F64>) -> DispatchResult {
        let pool = Self::pool(netuid);
        if pool.initialized {
            return Ok(());
        }
        let weights = match price {
            Some(price) => weights_for_price(pool.reserves, price).map_err(Error::<T>::from)?,
            None => Weights::EQUAL,
        };
        Self::set_initialized(netuid, weights);
        Ok(())
    }

    fn clear(netuid: NetUid) {
        PalSwapInitialized::<T>::remove(netuid);
        FeeRate::<T>::remove(netuid);
        SwapBalancer::<T>::remove(netuid);
    }
}

fn side(order: Order) -> Side {
    match order {
        Order::Buy => Side::Buy,
        Order::Sell => Side::Sell,
    }
}

fn result(swapped: pool::SwapResult) -> SwapResult {
    SwapResult {
        paid_in: swapped.paid_in,
        paid_out: swapped.paid_out,
        fee_paid: swapped.fee_paid,
        fee_to_block_author: swapped.fee_to_block_author,
    }
}

impl<T> From<SwapError> for Error<T> {
    fn from(error: SwapError) -> Self {
        match error {
            SwapError::SwapInputTooLarge => Self::SwapInputTooLarge,
            SwapError::ReservesTooLow => Self::ReservesTooLow,
            SwapError::PriceLimitExceeded => Self::PriceLimitExceeded,
            SwapError::ReservesOutOfBalance => Self::ReservesOutOfBalance,
        }
    }
}
