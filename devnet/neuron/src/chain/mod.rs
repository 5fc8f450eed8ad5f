//! Talking to a chain as any outside program does: through a node's WebSocket, by the names in the metadata.

mod error;
mod follow;
mod read;
mod send;

pub use error::ChainError;
pub use follow::{Following, Subject, View, follow};
pub use read::{Identity, WeightTerms};

use assay_inference::H256;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use subxt::backend::LegacyBackend;
use subxt::rpcs::client::{RpcParams, RpcSubscription};
use subxt::rpcs::{RpcClient, rpc_params};
use subxt::{OnlineClient, OnlineClientAtBlock, SubstrateConfig};

/// How long a node may take to answer anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a node.
#[derive(Clone)]
pub struct Chain {
    client: OnlineClient<SubstrateConfig>,
    rpc: RpcClient,
}

/// The head of the node's best chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: u32,
    /// Its hash.
    pub hash: H256,
}

/// A header, as far as it is of use here.
#[derive(Deserialize)]
struct Header {
    number: String,
}

impl Chain {
    /// Connects to a node.
    ///
    /// # Errors
    /// Nobody answers there, or something that is no node.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let unreachable = |problem: String| ChainError::Unreachable { url: url.to_owned(), problem };
        let rpc = within(RpcClient::from_insecure_url(url))
            .await?
            .map_err(|error| unreachable(error.to_string()))?;
        // One connection and nothing behind it: when it breaks, everything asked through it fails at once.
        let backend = LegacyBackend::builder().build(rpc.clone());
        let client = within(OnlineClient::from_backend(Arc::new(backend)))
            .await?
            .map_err(|error| unreachable(error.to_string()))?;
        Ok(Self { client, rpc })
    }

    /// Connects to a node that may still be on its way up, trying again and again until `patience` is over.
    ///
    /// # Errors
    /// What the last try came to.
    pub async fn connect_within(url: &str, patience: Duration) -> Result<Self, ChainError> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            match Self::connect(url).await {
                Err(error) if error.is_lost() && tokio::time::Instant::now() < deadline => {
                    tracing::debug!(%error, "the chain is not there yet");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Hash of the chain's first block.
    pub fn genesis(&self) -> H256 {
        self.client.genesis_hash()
    }

    /// The head of the node's best chain.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn head(&self) -> Result<Head, ChainError> {
        // Two questions; between them the chain may have grown, so the second names what the first found.
        let header: Header = self.ask("chain_getHeader", rpc_params![]).await?;
        self.block(header.number()?).await
    }

    /// The block of a number on the node's best chain.
    async fn block(&self, number: u32) -> Result<Head, ChainError> {
        let hash: Option<H256> = self.ask("chain_getBlockHash", rpc_params![number]).await?;
        let hash = hash.ok_or_else(|| ChainError::Answer(format!("the node has no block {number}")))?;
        Ok(Head { number, hash })
    }

    /// The chain as it is after a block.
    async fn at(&self, head: Head) -> Result<OnlineClientAtBlock<SubstrateConfig>, ChainError> {
        let at = self.client.at_block_hash_and_number(head.hash, head.number.into());
        within(at).await?.map_err(|error| ChainError::Answer(error.to_string()))
    }

    /// The headers of new heads as they come.
    async fn heads(&self) -> Result<RpcSubscription<Header>, ChainError> {
        let asked = self.rpc.subscribe("chain_subscribeNewHeads", rpc_params![], "chain_unsubscribeNewHeads");
        within(asked).await?.map_err(|error| ChainError::Lost(error.to_string()))
    }

    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        method: &str,
        params: RpcParams,
    ) -> Result<T, ChainError> {
        within(self.rpc.request(method, params)).await?.map_err(|error| ChainError::Lost(error.to_string()))
    }
}

impl Header {
    fn number(&self) -> Result<u32, ChainError> {
        u32::from_str_radix(self.number.trim_start_matches("0x"), 16)
            .map_err(|_| ChainError::Answer(format!("`{}` is no number of a block", self.number)))
    }
}

async fn within<T>(work: impl Future<Output = T>) -> Result<T, ChainError> {
    tokio::time::timeout(PATIENCE, work)
        .await
        .map_err(|_| ChainError::Lost(format!("no answer within {} seconds", PATIENCE.as_secs())))
}
