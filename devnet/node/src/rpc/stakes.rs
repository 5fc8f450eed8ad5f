//! `stakeInfo_*` (section 11, 6).

use super::runtime::Runtime;
use assay_primitives::NetUid;
use assay_runtime_api::StakeInfoRuntimeApi;
use jsonrpsee::core::RpcResult;
use jsonrpsee::proc_macros::rpc;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::AccountId32;

/// Stakes and locks.
#[rpc(server)]
pub trait StakeInfo {
    /// The lock of a coldkey now.
    #[method(name = "stakeInfo_getColdkeyLock")]
    fn get_coldkey_lock(&self, coldkey: AccountId32, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;
}

impl StakeInfoServer for Runtime {
    fn get_coldkey_lock(&self, coldkey: AccountId32, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_coldkey_lock(at, coldkey, netuid))
    }
}
