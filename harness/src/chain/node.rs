//! What a node answers over its WebSocket.

use super::{ChainError, Head, Metadata, Rejection, Version};
use crate::network::rpc::{BlockHeader, Made, Rpc, RpcError};
use codec::{Decode, Encode};
use polkadot_sdk::sp_core::{Bytes, H256};
use polkadot_sdk::sp_runtime::OpaqueExtrinsic;
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash, Header as _};
use polkadot_sdk::sp_runtime::transaction_validity::{TransactionSource, TransactionValidity};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt;

/// Keys asked for in one request; nodes give a thousand at most.
const PAGE: u32 = 1000;

/// The method by which our own nodes make a block when told.
const PACED: &str = "assay_createBlock";

/// The method by which nodes with manual seal do.
const MANUAL: &str = "engine_createBlock";

/// How a node can be made to make a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// As our own nodes do, at virtual time.
    Paced,
    /// By manual seal.
    ManualSeal,
}

/// A node, by the name its errors are told under.
#[derive(Clone, Debug)]
pub struct Node {
    name: String,
    rpc: Rpc,
}

/// Storage entries that a node gives at once.
#[derive(Debug, Deserialize)]
struct ChangeSet {
    changes: Vec<(Bytes, Option<Bytes>)>,
}

impl Node {
    /// A node spoken to through `rpc`.
    pub fn new(name: &str, rpc: Rpc) -> Self {
        Self { name: name.to_owned(), rpc }
    }

    /// Connects to a node.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`] if nobody answers there.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let unreachable = |problem: RpcError| ChainError::Unreachable {
            node: url.to_owned(),
            problem: problem.to_string(),
        };
        Ok(Self::new(url, Rpc::connect(url).await.map_err(unreachable)?))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    async fn offers(&self, method: &str) -> Result<bool, ChainError> {
        #[derive(Deserialize)]
        struct Methods {
            methods: Vec<String>,
        }
        let offered: Methods = self.ask("rpc_methods", json!([])).await?;
        Ok(offered.methods.iter().any(|offer| offer == method))
    }

    /// The hash of the block of a number on the node's best chain.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn block_hash(&self, number: u32) -> Result<Option<H256>, ChainError> {
        self.told(self.rpc.hash_at(number).await)
    }

    /// The head of the node's best chain.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn best(&self) -> Result<Head, ChainError> {
        Ok(head_of(&self.told(self.rpc.header(None).await)?))
    }

    /// The value of a storage key after a block.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn storage(&self, key: &[u8], at: H256) -> Result<Option<Vec<u8>>, ChainError> {
        let value: Option<Bytes> = self.ask("state_getStorage", json!([encoded(key), at])).await?;
        Ok(value.map(|value| value.0))
    }

    /// All entries whose key starts with `prefix` after a block, in key order.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn entries(&self, prefix: &[u8], at: H256) -> Result<Vec<(Vec<u8>, Vec<u8>)>, ChainError> {
        let mut entries = Vec::new();
        let mut last = None;
        loop {
            let question = json!([encoded(prefix), PAGE, last, at]);
            let keys: Vec<Bytes> = self.ask("state_getKeysPaged", question).await?;
            let Some(end) = keys.last().cloned() else { return Ok(entries) };
            last = Some(end);
            let sets: Vec<ChangeSet> = self.ask("state_queryStorageAt", json!([keys, at])).await?;
            let changes = sets.into_iter().flat_map(|set| set.changes);
            entries.extend(changes.filter_map(|(key, value)| Some((key.0, value?.0))));
        }
    }

    /// The answer of a runtime API after a block.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn call(&self, method: &str, arguments: &[u8], at: H256) -> Result<Vec<u8>, ChainError> {
        let answer: Bytes = self.ask("state_call", json!([method, encoded(arguments), at])).await?;
        Ok(answer.0)
    }

    /// Asks the runtime of a node whether it would take an extrinsic after a block.
    ///
    /// # Errors
    /// [`ChainError::Rejected`] with its reason if it would not.
    pub async fn validate(&self, extrinsic: &[u8], at: H256) -> Result<(), ChainError> {
        let opaque = OpaqueExtrinsic::decode(&mut &*extrinsic)
            .map_err(|problem| ChainError::Rejected(Rejection::Malformed(problem.to_string())))?;
        let method = "TaggedTransactionQueue_validate_transaction";
        let question = (TransactionSource::External, opaque, at).encode();
        let answer = self.call(method, &question, at).await?;
        let validity = TransactionValidity::decode(&mut answer.as_slice())
            .map_err(|problem| self.failed(method, &problem))?;
        validity.map(drop).map_err(|error| ChainError::Rejected(error.into()))
    }

    /// The metadata of a node's runtime, in version 15.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn metadata(&self, at: H256) -> Result<Metadata, ChainError> {
        let method = "Metadata_metadata_at_version";
        let answer = self.call(method, &15_u32.encode(), at).await?;
        let metadata = Option::<Vec<u8>>::decode(&mut answer.as_slice())
            .map_err(|problem| self.failed(method, &problem))?
            .ok_or_else(|| self.failed(method, &"there is no version 15"))?;
        Metadata::decode(&mut metadata.as_slice()).map_err(|problem| self.failed(method, &problem))
    }

    /// The version of a node's runtime.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn version(&self, at: H256) -> Result<Version, ChainError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            spec_version: u32,
            transaction_version: u32,
        }
        let answer: Answer = self.ask("state_getRuntimeVersion", json!([at])).await?;
        Ok(Version { spec: answer.spec_version, transaction: answer.transaction_version })
    }

    /// Where a block of the node stands, and the hashes of its extrinsics.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`], also if the node has no such block.
    pub async fn block(&self, hash: H256) -> Result<(Head, Vec<H256>), ChainError> {
        let block = self.told(self.rpc.block(hash).await)?;
        Ok((head_of(&block.header), block.extrinsics.iter().map(BlakeTwo256::hash_of).collect()))
    }

    /// Offers an extrinsic to the node's pool.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`], also if the pool will not take it.
    pub async fn submit(&self, extrinsic: &[u8]) -> Result<H256, ChainError> {
        self.told(self.rpc.submit(extrinsic).await)
    }

    /// Makes a block on `parent` of exactly these extrinsics, on a paced node.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`], also if the node cannot make it.
    pub async fn make(&self, parent: H256, extrinsics: &[Vec<u8>]) -> Result<Made, ChainError> {
        self.told(self.rpc.make_block(parent, Some(extrinsics)).await)
    }

    /// Makes a block of what is ready in the pool, on a node that makes blocks on demand.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`], also if the node cannot make it.
    pub async fn make_of_pool(&self, parent: H256, demand: Demand) -> Result<(), ChainError> {
        match demand {
            Demand::Paced => self.told(self.rpc.make_block(parent, None).await).map(drop),
            Demand::ManualSeal => {
                self.ask::<serde::de::IgnoredAny>(MANUAL, json!([true, false, parent])).await.map(drop)
            }
        }
    }

    /// How the node can be made to make a block, if it can.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn demand(&self) -> Result<Option<Demand>, ChainError> {
        if self.offers(PACED).await? {
            return Ok(Some(Demand::Paced));
        }
        Ok(self.offers(MANUAL).await?.then_some(Demand::ManualSeal))
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: &'static str,
        parameters: Value,
    ) -> Result<T, ChainError> {
        self.told(self.rpc.ask(method, parameters).await)
    }

    fn told<T>(&self, answer: Result<T, RpcError>) -> Result<T, ChainError> {
        answer.map_err(|problem| ChainError::Unreachable {
            node: self.name.clone(),
            problem: problem.to_string(),
        })
    }

    fn failed(&self, method: &str, problem: &dyn fmt::Display) -> ChainError {
        ChainError::Unreachable { node: self.name.clone(), problem: format!("{method}: {problem}") }
    }
}

fn encoded(bytes: &[u8]) -> Bytes {
    Bytes(bytes.to_vec())
}

fn head_of(header: &BlockHeader) -> Head {
    Head { number: *header.number(), hash: header.hash(), state_root: *header.state_root() }
}
