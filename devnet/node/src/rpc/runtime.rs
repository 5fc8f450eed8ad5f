//! Asking the runtime on behalf of a client.

use crate::service::{Block, Client};
use codec::{Decode, Encode};
use jsonrpsee::core::RpcResult;
use jsonrpsee::types::ErrorObjectOwned;
use jsonrpsee::types::error::INVALID_PARAMS_CODE;
use polkadot_sdk::sp_api::{ApiError, ProvideRuntimeApi};
use polkadot_sdk::sp_blockchain::HeaderBackend;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::AccountId32;
use std::sync::Arc;

/// The runtime's own interface, on the client's side.
pub type Api = <Client as ProvideRuntimeApi<Block>>::Api;

/// Code of the error that says the runtime did not answer.
const RUNTIME_ERROR: i32 = 1;

/// The runtime at any block.
#[derive(Clone)]
pub struct Runtime(Arc<Client>);

impl Runtime {
    /// The runtime of a chain.
    pub fn new(client: Arc<Client>) -> Self {
        Self(client)
    }

    /// The answer at a block, the best one if none is given.
    ///
    /// # Errors
    /// An unknown block, or one whose state is gone.
    pub fn ask<T>(
        &self,
        at: Option<H256>,
        question: impl FnOnce(&Api, H256) -> Result<T, ApiError>,
    ) -> RpcResult<T> {
        let at = at.unwrap_or_else(|| self.0.info().best_hash);
        question(&self.0.runtime_api(), at).map_err(|error| {
            let message = format!("The runtime did not answer at block {at:?}");
            ErrorObjectOwned::owned(RUNTIME_ERROR, message, Some(error.to_string()))
        })
    }

    /// The encoded answer at a block.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn bytes<T: Encode>(
        &self,
        at: Option<H256>,
        question: impl FnOnce(&Api, H256) -> Result<T, ApiError>,
    ) -> RpcResult<Vec<u8>> {
        self.ask(at, question).map(|answer| answer.encode())
    }
}

/// An account given as an array of numbers; what comes after its 32 bytes is ignored, as the reference does.
///
/// # Errors
/// Too few bytes.
pub fn account(bytes: &[u8]) -> RpcResult<AccountId32> {
    AccountId32::decode(&mut &*bytes).map_err(|_| {
        let message = format!("an account has 32 bytes, not {}", bytes.len());
        ErrorObjectOwned::owned(INVALID_PARAMS_CODE, message, None::<()>)
    })
}
