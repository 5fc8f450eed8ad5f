//! What a node is asked over JSON-RPC.

use codec::Decode;
use polkadot_sdk::sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use polkadot_sdk::sp_core::{Bytes, H256};
use polkadot_sdk::sp_runtime::OpaqueExtrinsic;
use polkadot_sdk::sp_runtime::generic::{Block, DigestItem, Header, SignedBlock};
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Header as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use subxt::rpcs::client::RpcParams;
use subxt::rpcs::{RpcClient, UserError};
use thiserror::Error;
use tokio::time::timeout;

/// How long a node may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The header of a block.
pub type BlockHeader = Header<u32, BlakeTwo256>;

/// A block with its extrinsics as they are on the wire.
pub type OpaqueBlock = Block<BlockHeader, OpaqueExtrinsic>;

/// An answer that did not come.
#[derive(Debug, Error)]
pub enum RpcError {
    /// Nobody answers.
    #[error("{method}: {source}")]
    Failed {
        /// What was asked.
        method: &'static str,
        /// Why there is no answer.
        source: Box<subxt::rpcs::Error>,
    },
    /// The node refuses.
    #[error("{method}: {message}")]
    Refused {
        /// What was asked.
        method: &'static str,
        /// What the node says, with the data behind it.
        message: String,
    },
    /// Nobody answers in time.
    #[error("{0}: no answer within {seconds} s", seconds = PATIENCE.as_secs())]
    Late(&'static str),
    /// There is no such block.
    #[error("the node has no block {0}")]
    NoBlock(String),
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Number and hash of its best block.
    pub best: (u32, H256),
    /// Number and hash of the last block that is final for it.
    pub finalized: (u32, H256),
}

/// A block that a paced node has made.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// Its number.
    pub number: u32,
    /// Its hash.
    pub hash: H256,
    /// The root of the state after it.
    pub state_root: H256,
    /// Hashes of its extrinsics, inherents included, in order.
    pub extrinsics: Vec<H256>,
    /// Extrinsics that the runtime would not have in it.
    pub dropped: Vec<Dropped>,
}

/// An extrinsic that is in no block.
#[derive(Clone, Debug, Deserialize)]
pub struct Dropped {
    /// Its hash.
    pub hash: H256,
    /// Why: a SCALE-encoded `TransactionValidityError`.
    pub error: Bytes,
}

/// A conversation with a node. It goes on in the runtime in which it was begun, and may be used from any other.
#[derive(Clone, Debug)]
pub struct Rpc(RpcClient);

impl Rpc {
    /// Begins one.
    ///
    /// # Errors
    /// If nobody answers there.
    pub async fn connect(url: &str) -> Result<Self, RpcError> {
        const METHOD: &str = "connect";
        let connecting = timeout(PATIENCE, RpcClient::from_insecure_url(url)).await;
        let connected = connecting.map_err(|_| RpcError::Late(METHOD))?;
        Ok(Self(connected.map_err(|error| failed(METHOD, error))?))
    }

    /// Asks anything; `parameters` is a list.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn ask<T: DeserializeOwned>(
        &self,
        method: &'static str,
        parameters: Value,
    ) -> Result<T, RpcError> {
        let parameters = list(parameters).map_err(|error| failed(method, error))?;
        let answer = timeout(PATIENCE, self.0.request(method, parameters)).await;
        answer.map_err(|_| RpcError::Late(method))?.map_err(|error| failed(method, error))
    }

    /// Where the node stands.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn standing(&self) -> Result<Standing, RpcError> {
        let best = self.header(None).await?;
        let finalized: H256 = self.ask("chain_getFinalizedHead", json!([])).await?;
        let number = *self.header(Some(finalized)).await?.number();
        Ok(Standing { best: (*best.number(), best.hash()), finalized: (number, finalized) })
    }

    /// How many peers it has.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn peers(&self) -> Result<u64, RpcError> {
        let health: Value = self.ask("system_health", json!([])).await?;
        Ok(health.get("peers").and_then(Value::as_u64).unwrap_or_default())
    }

    /// A header: that of a hash, or that of the best block.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn header(&self, hash: Option<H256>) -> Result<BlockHeader, RpcError> {
        let found: Option<BlockHeader> = self.ask("chain_getHeader", json!([hash])).await?;
        found.ok_or_else(|| RpcError::NoBlock(format!("{hash:?}")))
    }

    /// What is stored under a key after a block, or after the best one; nothing where it cannot be decoded, either.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn stored<T: Decode>(&self, key: &[u8], at: Option<H256>) -> Result<Option<T>, RpcError> {
        let found: Option<Bytes> = self.ask("state_getStorage", json!([Bytes(key.to_vec()), at])).await?;
        Ok(found.and_then(|found| T::decode(&mut found.0.as_slice()).ok()))
    }

    /// The hash at a height of the node's best chain, if it is that high.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn hash_at(&self, height: u32) -> Result<Option<H256>, RpcError> {
        self.ask("chain_getBlockHash", json!([height])).await
    }

    /// A block.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn block(&self, hash: H256) -> Result<OpaqueBlock, RpcError> {
        let found: Option<SignedBlock<OpaqueBlock>> = self.ask("chain_getBlock", json!([hash])).await?;
        found.map(|signed| signed.block).ok_or_else(|| RpcError::NoBlock(format!("{hash:?}")))
    }

    /// Offers an extrinsic to the node's pool.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn submit(&self, extrinsic: &[u8]) -> Result<H256, RpcError> {
        self.ask("author_submitExtrinsic", json!([Bytes(extrinsic.to_vec())])).await
    }

    /// Has a paced node make the block after `parent`, of these extrinsics, or else of what is in its pool.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn make_block(&self, parent: H256, extrinsics: Option<&[Vec<u8>]>) -> Result<Made, RpcError> {
        let extrinsics = extrinsics.map(|list| list.iter().cloned().map(Bytes).collect::<Vec<_>>());
        let wanted = json!({ "parent": parent, "extrinsics": extrinsics, "finalize": false });
        self.ask("assay_createBlock", json!([wanted])).await
    }
}

/// The slot of a block, by its digest.
pub fn slot_of(header: &BlockHeader) -> Option<u64> {
    header.digest().logs().iter().find_map(|item| match item {
        DigestItem::PreRuntime(AURA_ENGINE_ID, slot) => {
            Slot::decode(&mut slot.as_slice()).ok().map(u64::from)
        }
        _ => None,
    })
}

fn list(parameters: Value) -> Result<RpcParams, subxt::rpcs::Error> {
    let mut list = RpcParams::new();
    if let Value::Array(values) = parameters {
        for value in values {
            list.push(value)?;
        }
    }
    Ok(list)
}

fn failed(method: &'static str, error: subxt::rpcs::Error) -> RpcError {
    match error {
        subxt::rpcs::Error::User(UserError { message, data, .. }) => {
            let data = data.map(|data| format!(": {data}")).unwrap_or_default();
            RpcError::Refused { method, message: format!("{message}{data}") }
        }
        other => RpcError::Failed { method, source: Box::new(other) },
    }
}
