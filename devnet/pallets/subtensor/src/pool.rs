//! The pools as the subnets see them: prices, and swaps with their effect on the reserves (section 04, 1 and 7).

use assay_economics::number::U64F64;
use assay_economics::pool::{self, SubnetTotals};
use assay_primitives::interface::{Order, PoolReserves, SwapEngine, SwapResult};
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{
    Config, NetworksAdded, Pallet, SubnetAlphaIn, SubnetAlphaOut, SubnetMechanism, SubnetTAO, SubnetVolume,
    TotalStake,
};

/// `SubnetMechanism` of a dynamic pool (section 01, 2).
pub const DYNAMIC: u16 = 1;

impl<T: Config> Pallet<T> {
    /// TAO per alpha (section 04, 1).
    pub fn price(netuid: NetUid) -> U64F64 {
        T::Swap::price(netuid)
    }

    /// Swaps TAO for alpha and books it (section 04, 7).
    ///
    /// # Errors
    /// Those of the engine (section 04, 4).
    pub fn buy(
        netuid: NetUid,
        tao: TaoBalance,
        price_limit: u64,
        drop_fees: bool,
    ) -> Result<SwapResult, DispatchError> {
        let result = Self::swap(netuid, Order::Buy, tao, price_limit, drop_fees)?;
        store_totals::<T>(netuid, totals::<T>(netuid).after_buy(tao, &moved(result)));
        Ok(result)
    }

    /// Swaps alpha for TAO and books it (section 04, 7).
    ///
    /// # Errors
    /// Those of the engine (section 04, 4).
    pub fn sell(
        netuid: NetUid,
        alpha: AlphaBalance,
        price_limit: u64,
        drop_fees: bool,
    ) -> Result<SwapResult, DispatchError> {
        let result = Self::swap(netuid, Order::Sell, alpha, price_limit, drop_fees)?;
        store_totals::<T>(netuid, totals::<T>(netuid).after_sell(&moved(result)));
        Ok(result)
    }

    /// A swap that leaves the reserves alone; one to one where there is no dynamic pool (section 04, 7).
    fn swap(
        netuid: NetUid,
        order: Order,
        amount: u64,
        price_limit: u64,
        drop_fees: bool,
    ) -> Result<SwapResult, DispatchError> {
        if SubnetMechanism::<T>::get(netuid) == DYNAMIC {
            return T::Swap::swap(netuid, order, amount, price_limit, drop_fees, false);
        }
        Ok(SwapResult { paid_in: amount, paid_out: amount, ..SwapResult::default() })
    }
}

fn totals<T: Config>(netuid: NetUid) -> SubnetTotals {
    SubnetTotals {
        tao: SubnetTAO::<T>::get(netuid),
        alpha_in: SubnetAlphaIn::<T>::get(netuid),
        alpha_out: SubnetAlphaOut::<T>::get(netuid),
        total_stake: TotalStake::<T>::get(),
        volume: SubnetVolume::<T>::get(netuid),
    }
}

fn store_totals<T: Config>(netuid: NetUid, totals: SubnetTotals) {
    SubnetTAO::<T>::insert(netuid, totals.tao);
    SubnetAlphaIn::<T>::insert(netuid, totals.alpha_in);
    SubnetAlphaOut::<T>::insert(netuid, totals.alpha_out);
    TotalStake::<T>::put(totals.total_stake);
    SubnetVolume::<T>::insert(netuid, totals.volume);
}

fn moved(result: SwapResult) -> pool::SwapResult {
    pool::SwapResult {
        paid_in: result.paid_in,
        paid_out: result.paid_out,
        fee_paid: result.fee_paid,
        fee_to_block_author: result.fee_to_block_author,
    }
}

impl<T: Config> PoolReserves for Pallet<T> {
    fn exists(netuid: NetUid) -> bool {
        NetworksAdded::<T>::get(netuid)
    }

    fn mechanism(netuid: NetUid) -> u16 {
        SubnetMechanism::<T>::get(netuid)
    }

    fn tao(netuid: NetUid) -> TaoBalance {
        SubnetTAO::<T>::get(netuid)
    }

    fn alpha(netuid: NetUid) -> AlphaBalance {
        SubnetAlphaIn::<T>::get(netuid)
    }
}
