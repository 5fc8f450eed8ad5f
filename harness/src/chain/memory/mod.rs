//! The target `memory`: the runtime in this process, executed natively over a state in memory.
//!
//! Its blocks are real: header with an Aura digest, timestamp inherent, extrinsics, state root, made through the
//! runtime's own block-building interface. Time is virtual: block *n* stands in slot *n*, at *n* times 12 seconds, so
//! the same extrinsics give the same block hashes on every run and every machine.

mod block;
mod runtime;
mod state;

pub use runtime::{RuntimeError, panic_message};

use super::{Block, Chain, ChainError, Head, Metadata, Version};
use crate::sabotage::Planting;
use async_trait::async_trait;
use codec::Decode;
use polkadot_sdk::sp_core::storage::Storage;
use polkadot_sdk::sp_core::{H256, OpaqueMetadata};
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash};
use polkadot_sdk::sp_runtime::transaction_validity::{TransactionSource, TransactionValidity};
use polkadot_sdk::sp_version::RuntimeVersion;
use runtime::Session;
use state::State;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A block as it is on the wire: its header, and its extrinsics unopened.
pub type OpaqueBlock = block::Block;

/// A chain in this process. A clone is a branch: it goes its own way, and costs a few pointers.
#[derive(Clone)]
pub struct MemoryChain {
    now: Moment,
    metadata: Arc<Metadata>,
    version: Version,
    genesis_hash: H256,
    /// A fault in it, for `assay sabotage`. Branches have it as well: what would be is what this chain would do.
    fault: Option<Planting>,
}

/// A point in the chain's history: cheap to clone, whatever the size of the state.
#[derive(Clone)]
struct Moment {
    state: State,
    head: Head,
    waiting: VecDeque<Vec<u8>>,
}

impl MemoryChain {
    /// A chain that starts from the given genesis storage.
    ///
    /// # Errors
    /// [`ChainError::Runtime`] if the runtime cannot answer for its metadata and version.
    pub fn new(genesis: Storage) -> Result<Self, ChainError> {
        let state = State::from_genesis(genesis);
        let head = block::genesis_head(state.root());
        let mut session = Session::new(&state);
        let version: RuntimeVersion = session.call("Core_version", &())?;
        let metadata = metadata(&mut session)?;
        Ok(Self {
            genesis_hash: head.hash,
            now: Moment { state, head, waiting: VecDeque::new() },
            metadata,
            version: Version { spec: version.spec_version, transaction: version.transaction_version },
            fault: None,
        })
    }

    /// This chain with a fault planted in it: from here on its runtime does what the fault says.
    #[must_use]
    pub fn sabotaged(self, fault: Planting) -> Self {
        Self { fault: Some(fault), ..self }
    }

    /// The runtime on the state of now.
    fn session(&self) -> Session {
        Session::with(&self.now.state, self.fault.as_ref(), self.now.head.number)
    }
}

/// The metadata of the runtime in this process. Making and reading it takes longer than a genesis, so it is done once.
fn metadata(session: &mut Session) -> Result<Arc<Metadata>, ChainError> {
    static METADATA: OnceLock<Arc<Metadata>> = OnceLock::new();
    if let Some(metadata) = METADATA.get() {
        return Ok(metadata.clone());
    }
    let problem = |problem: String| ChainError::Value { what: "metadata".into(), problem };
    let encoded: Option<OpaqueMetadata> = session.call("Metadata_metadata_at_version", &15_u32)?;
    let encoded = encoded.ok_or_else(|| problem("the runtime does not offer version 15".into()))?;
    let metadata = Metadata::decode(&mut encoded.as_slice()).map_err(|error| problem(error.to_string()))?;
    Ok(METADATA.get_or_init(|| Arc::new(metadata)).clone())
}

impl fmt::Debug for MemoryChain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MemoryChain").field("head", &self.now.head).finish_non_exhaustive()
    }
}

#[async_trait]
impl Chain for MemoryChain {
    fn target(&self) -> &'static str {
        "memory"
    }

    fn metadata(&self) -> Arc<Metadata> {
        self.metadata.clone()
    }

    fn version(&self) -> Version {
        self.version
    }

    fn genesis_hash(&self) -> H256 {
        self.genesis_hash
    }

    async fn head(&self) -> Result<Head, ChainError> {
        Ok(self.now.head)
    }

    async fn submit(&mut self, extrinsic: Vec<u8>) -> Result<H256, ChainError> {
        let opaque = block::opaque(&extrinsic).map_err(ChainError::Rejected)?;
        let arguments = (TransactionSource::External, opaque, self.now.head.hash);
        let validity: TransactionValidity =
            self.session().call("TaggedTransactionQueue_validate_transaction", &arguments)?;
        validity.map_err(|error| ChainError::Rejected(error.into()))?;
        let hash = BlakeTwo256::hash(&extrinsic);
        self.now.waiting.push_back(extrinsic);
        Ok(hash)
    }

    async fn advance(&mut self, count: u32) -> Result<Vec<Block>, ChainError> {
        (0..count).map(|_| self.make_block()).collect()
    }

    async fn storage(&self, key: &[u8]) -> Result<Option<Vec<u8>>, ChainError> {
        Ok(self.now.state.get(key).cloned())
    }

    async fn entries(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, ChainError> {
        Ok(self.now.state.entries(prefix))
    }

    async fn call(&self, method: &str, arguments: &[u8]) -> Result<Vec<u8>, ChainError> {
        Ok(self.session().call_raw(method, arguments)?)
    }

    fn branch(&self) -> Result<Box<dyn Chain>, ChainError> {
        Ok(Box::new(self.clone()))
    }
}

impl MemoryChain {
    /// Executes the next block of a chain that somebody else makes, such as a network of nodes, and takes it in.
    ///
    /// # Errors
    /// If it does not come after the last block, or does not come to the state that its header says.
    pub fn follow(&mut self, block: OpaqueBlock) -> Result<Block, ChainError> {
        let (block, state) = block::execute(&self.now.state, self.now.head, block)?;
        self.now.state = state;
        self.now.head = block.head;
        Ok(block)
    }

    /// Makes one block of everything waiting.
    fn make_block(&mut self) -> Result<Block, ChainError> {
        let waiting = std::mem::take(&mut self.now.waiting);
        let (block, state) = block::build(&self.now.state, self.now.head, waiting, self.fault.as_ref())?;
        self.now.state = state;
        self.now.head = block.head;
        Ok(block)
    }
}
