//! `swap_*` (section 11, 6).

use super::runtime::Runtime;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use assay_runtime_api::SwapRuntimeApi;
use jsonrpsee::core::RpcResult;
use jsonrpsee::proc_macros::rpc;
use polkadot_sdk::sp_core::H256;
use serde::Serialize;

/// Price of a subnet's alpha.
#[derive(Clone, Debug, Serialize)]
pub struct SubnetPrice {
    /// Subnet.
    netuid: NetUid,
    /// Rao of TAO per 10^9 rao of alpha.
    price: u64,
}

/// Prices and simulated swaps.
#[rpc(server)]
pub trait Swap {
    /// Price of a subnet's alpha, rao of TAO per 10^9 rao of alpha.
    #[method(name = "swap_currentAlphaPrice")]
    fn current_alpha_price(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<u64>;

    /// The prices of all networks, root included.
    #[method(name = "swap_currentAlphaPriceAll")]
    fn current_alpha_price_all(&self, at: Option<H256>) -> RpcResult<Vec<SubnetPrice>>;

    /// What a buy with `tao` rao would do.
    #[method(name = "swap_simSwapTaoForAlpha")]
    fn sim_swap_tao_for_alpha(&self, netuid: NetUid, tao: TaoBalance, at: Option<H256>)
    -> RpcResult<Vec<u8>>;

    /// What a sell of `alpha` rao would do.
    #[method(name = "swap_simSwapAlphaForTao")]
    fn sim_swap_alpha_for_tao(
        &self,
        netuid: NetUid,
        alpha: AlphaBalance,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>>;
}

impl SwapServer for Runtime {
    fn current_alpha_price(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<u64> {
        self.ask(at, |api, at| api.current_alpha_price(at, netuid))
    }

    fn current_alpha_price_all(&self, at: Option<H256>) -> RpcResult<Vec<SubnetPrice>> {
        let prices = self.ask(at, SwapRuntimeApi::current_alpha_price_all)?;
        Ok(prices.into_iter().map(|entry| SubnetPrice { netuid: entry.netuid, price: entry.price }).collect())
    }

    fn sim_swap_tao_for_alpha(
        &self,
        netuid: NetUid,
        tao: TaoBalance,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.sim_swap_tao_for_alpha(at, netuid, tao))
    }

    fn sim_swap_alpha_for_tao(
        &self,
        netuid: NetUid,
        alpha: AlphaBalance,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.sim_swap_alpha_for_tao(at, netuid, alpha))
    }
}
