//! What must hold of a network whatever happens to it.
//!
//! Safety: no two nodes ever finalise different blocks, and every final block, executed again in memory, comes to the
//! state that its header says and leaves every invariant true. Liveness is asked for elsewhere
//! ([`Network::finality_moves`]): it holds only when the faults are over.

use super::node::Node;
use super::rpc::BlockHeader;
use super::{Network, NetworkError};
use crate::chain::client::Client;
use crate::chain::events::Event;
use crate::chain::memory::MemoryChain;
use crate::chain::{Chain, ChainError};
use crate::invariants::Ledger;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::traits::Header as _;
use std::collections::{BTreeMap, HashMap};

/// Follows a network: what has been final on any node, and how far each node has been compared with that.
#[derive(Debug)]
pub struct Witness {
    /// Hash and state root of each final block from block 0 on, and the node that was first to say so.
    history: Vec<Final>,
    compared: BTreeMap<String, u32>,
    /// The same chain in memory, one block behind the history at most.
    memory: MemoryChain,
    /// Speaks to that chain as it stands at its last block.
    last: Client,
    /// What the final blocks emitted, in order.
    events: Vec<Event>,
    ledger: Ledger,
    /// The height of the final block of each extrinsic.
    included: HashMap<H256, u32>,
}

#[derive(Clone, Debug)]
struct Final {
    hash: H256,
    state_root: H256,
    by: String,
}

impl Witness {
    /// A witness from block 0 on.
    ///
    /// # Errors
    /// If the genesis cannot be built, or is not that of the nodes.
    pub async fn of(network: &Network) -> Result<Self, NetworkError> {
        let memory = network.memory_twin()?;
        let state = memory.entries(&[]).await.map_err(|error| disagreement(&error))?;
        let state = state.iter().map(|(key, value)| (key.as_slice(), value.as_slice()));
        let ledger = Ledger::begin(0, state);
        let head = memory.head().await.map_err(|error| disagreement(&error))?;
        let history = vec![Final { hash: head.hash, state_root: head.state_root, by: "the genesis".into() }];
        Ok(Self {
            history,
            compared: BTreeMap::new(),
            last: Client::new(Box::new(memory.clone())),
            memory,
            events: Vec::new(),
            ledger,
            included: HashMap::new(),
        })
    }

    /// The highest block that is final on some node.
    pub fn height(&self) -> u32 {
        u32::try_from(self.history.len() - 1).unwrap_or(u32::MAX)
    }

    /// The hash of the final block of a height.
    pub fn hash(&self, height: u32) -> Option<H256> {
        self.history.get(height as usize).map(|block| block.hash)
    }

    /// The chain in memory after the last final block that was looked at.
    pub fn last(&self) -> &Client {
        &self.last
    }

    /// The events of all final blocks that were looked at, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The height of the final block that has an extrinsic.
    pub fn included(&self, extrinsic: H256) -> Option<u32> {
        self.included.get(&extrinsic).copied()
    }

    /// Looks at all nodes that can be spoken to.
    ///
    /// # Errors
    /// [`NetworkError::Disagreement`] if they contradict each other, the runtime or an invariant. A node that does not
    /// answer is looked at another time.
    pub async fn look(&mut self, network: &Network) -> Result<(), NetworkError> {
        for name in network.awake() {
            let node = network.node(&name)?;
            match self.look_at(&node).await {
                Err(NetworkError::Rpc { .. } | NetworkError::Down(_)) | Ok(()) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    async fn look_at(&mut self, node: &Node) -> Result<(), NetworkError> {
        let rpc = node.rpc()?;
        let top = node.standing().await?.finalized.0;
        // A node that was wiped begins again, and is compared again.
        let from = self.compared.get(node.name()).map_or(0, |compared| *compared.min(&top));
        for height in from..=top {
            // Below what is final the best chain is the final one. A node that synced by state lacks old blocks.
            let Some(hash) = rpc.hash_at(height).await.map_err(|source| node.failed(source))? else {
                continue;
            };
            let header = rpc.header(Some(hash)).await.map_err(|source| node.failed(source))?;
            match self.history.get(height as usize) {
                Some(known) => compare(known, node.name(), height, hash, &header)?,
                // What it has is ahead of what has been followed; another node has what is between.
                None if self.history.len() < height as usize => break,
                None => {
                    let block = rpc.block(hash).await.map_err(|source| node.failed(source))?;
                    self.execute(node.name(), block).await?;
                    let (state_root, by) = (*header.state_root(), node.name().to_owned());
                    self.history.push(Final { hash, state_root, by });
                }
            }
            self.compared.insert(node.name().to_owned(), height);
        }
        Ok(())
    }

    async fn execute(&mut self, node: &str, block: super::rpc::OpaqueBlock) -> Result<(), NetworkError> {
        let number = block.header.number;
        let wrong = |error| NetworkError::Disagreement(format!("block {number} of {node}: {error}"));
        let block = self.memory.follow(block).map_err(wrong)?;
        self.last = Client::new(Box::new(self.memory.clone()));
        self.events.extend(self.last.events().await.map_err(wrong)?);
        self.included.extend(block.extrinsics.iter().map(|hash| (*hash, number)));
        self.ledger.apply(&block).map_err(|violations| {
            let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
            NetworkError::Disagreement(format!("after block {number} of {node}: {}", told.join("; ")))
        })
    }
}

fn compare(
    known: &Final,
    node: &str,
    height: u32,
    hash: H256,
    header: &BlockHeader,
) -> Result<(), NetworkError> {
    if known.hash == hash && known.state_root == *header.state_root() {
        return Ok(());
    }
    Err(NetworkError::Disagreement(format!(
        "two blocks {height} are final: {:?} for {} and {hash:?} for {node}; their states have the roots {:?} and {:?}",
        known.hash,
        known.by,
        known.state_root,
        header.state_root()
    )))
}

fn disagreement(error: &ChainError) -> NetworkError {
    NetworkError::Disagreement(error.to_string())
}
