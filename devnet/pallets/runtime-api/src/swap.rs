//! Records of `SwapRuntimeApi` (section 11, 5).

use assay_economics::pool::SimSwap;
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Price of a subnet's alpha.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct SubnetPrice {
    /// Subnet.
    pub netuid: NetUid,
    /// Rao of TAO per 10^9 rao of alpha, rounded down.
    pub price: u64,
}

/// What a swap would do, rao; all zero for one that would fail (section 04, 11).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct SimSwapResult {
    /// TAO that goes in (without fee) or comes out.
    pub tao_amount: TaoBalance,
    /// Alpha that goes in (without fee) or comes out.
    pub alpha_amount: AlphaBalance,
    /// Fee of a buy.
    pub tao_fee: TaoBalance,
    /// Fee of a sell.
    pub alpha_fee: AlphaBalance,
    /// What a sell brings less than at the current price.
    pub tao_slippage: TaoBalance,
    /// What a buy brings less than at the current price.
    pub alpha_slippage: AlphaBalance,
}

impl From<SimSwap> for SimSwapResult {
    fn from(swap: SimSwap) -> Self {
        Self {
            tao_amount: swap.tao_amount,
            alpha_amount: swap.alpha_amount,
            tao_fee: swap.tao_fee,
            alpha_fee: swap.alpha_fee,
            tao_slippage: swap.tao_slippage,
            alpha_slippage: swap.alpha_slippage,
        }
    }
}
