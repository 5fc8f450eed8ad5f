//! `delegateInfo_*` (section 11, 6).

use super::runtime::{Runtime, account};
use assay_runtime_api::DelegateInfoRuntimeApi;
use jsonrpsee::core::RpcResult;
use jsonrpsee::proc_macros::rpc;
use polkadot_sdk::sp_core::H256;

/// Delegates.
#[rpc(server)]
pub trait DelegateInfo {
    /// All delegates.
    #[method(name = "delegateInfo_getDelegates")]
    fn get_delegates(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A delegate.
    #[method(name = "delegateInfo_getDelegate")]
    fn get_delegate(&self, delegate_account_vec: Vec<u8>, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// The delegates that a coldkey stakes on.
    #[method(name = "delegateInfo_getDelegated")]
    fn get_delegated(&self, delegatee_account_vec: Vec<u8>, at: Option<H256>) -> RpcResult<Vec<u8>>;
}

impl DelegateInfoServer for Runtime {
    fn get_delegates(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, DelegateInfoRuntimeApi::get_delegates)
    }

    fn get_delegate(&self, delegate_account_vec: Vec<u8>, at: Option<H256>) -> RpcResult<Vec<u8>> {
        let delegate = account(&delegate_account_vec)?;
        self.bytes(at, |api, at| api.get_delegate(at, delegate))
    }

    fn get_delegated(&self, delegatee_account_vec: Vec<u8>, at: Option<H256>) -> RpcResult<Vec<u8>> {
        let delegatee = account(&delegatee_account_vec)?;
        self.bytes(at, |api, at| api.get_delegated(at, delegatee))
    }
}
