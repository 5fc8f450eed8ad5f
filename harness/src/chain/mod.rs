//! The narrow waist between the harness and a chain.
//!
//! Everything the harness does to a chain goes through [`Chain`]. What stands behind it is a *target*: the runtime in
//! this process ([`memory`]), a network of real nodes ([`devnet`]) or any running chain with the same interface
//! ([`attached`]). Scenario steps know only this trait and [`client`], which speaks to a chain by the names in its metadata.

pub mod attached;
pub mod client;
pub mod devnet;
pub mod difference;
pub mod encoded;
pub mod endowments;
pub mod error;
pub mod events;
pub mod genesis;
pub mod keys;
pub mod memory;
pub mod node;

pub use error::{ChainError, Rejection};

use async_trait::async_trait;
use polkadot_sdk::sp_core::H256;
use std::fmt::Debug;
use std::sync::Arc;

/// The metadata that names everything a chain offers.
pub type Metadata = subxt::metadata::Metadata;

/// The block a chain stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 is the genesis.
    pub number: u32,
    /// Its hash.
    pub hash: H256,
    /// The root of the state after it.
    pub state_root: H256,
}

/// What the runtime says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Version of its rules.
    pub spec: u32,
    /// Version of its transaction format.
    pub transaction: u32,
}

/// A block that was made.
#[derive(Clone, Debug)]
pub struct Block {
    /// Where it stands.
    pub head: Head,
    /// Hashes of its extrinsics, inherents included, in order.
    pub extrinsics: Vec<H256>,
    /// Extrinsics that were waiting and could not be applied any more, with the reason.
    pub dropped: Vec<(H256, Rejection)>,
    /// Every storage key that the block wrote, with its new value (`None`: removed).
    pub changes: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// A chain: what every target can do.
///
/// Reads see the state after the last block made. Extrinsics wait in the order submitted, for the next block.
#[async_trait]
pub trait Chain: Debug + Send {
    /// The target's name in reports, such as `memory`.
    fn target(&self) -> &'static str;

    /// The metadata of the runtime.
    fn metadata(&self) -> Arc<Metadata>;

    /// The version of the runtime.
    fn version(&self) -> Version;

    /// The hash of block 0.
    fn genesis_hash(&self) -> H256;

    /// The last block made.
    async fn head(&self) -> Result<Head, ChainError>;

    /// Offers an encoded extrinsic for the next block and returns its hash.
    ///
    /// # Errors
    /// [`ChainError::Rejected`] if the chain will not take it (bad signature, stale nonce, no fee, a guard).
    async fn submit(&mut self, extrinsic: Vec<u8>) -> Result<H256, ChainError>;

    /// Makes `count` blocks; the first includes the extrinsics waiting.
    async fn advance(&mut self, count: u32) -> Result<Vec<Block>, ChainError>;

    /// The value of a storage key.
    async fn storage(&self, key: &[u8]) -> Result<Option<Vec<u8>>, ChainError>;

    /// All entries whose key starts with `prefix`, in key order.
    async fn entries(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, ChainError>;

    /// Calls a runtime API (`Trait_method`) with encoded arguments; what it changes is forgotten.
    async fn call(&self, method: &str, arguments: &[u8]) -> Result<Vec<u8>, ChainError>;

    /// A chain in memory that stands where this one stands, with the same extrinsics waiting. From here on each goes
    /// its own way: a branch kept is a moment to come back to, a branch advanced is a look at what would be.
    ///
    /// # Errors
    /// [`ChainError::CannotBranch`] on a target whose state cannot be taken along.
    fn branch(&self) -> Result<Box<dyn Chain>, ChainError>;
}
