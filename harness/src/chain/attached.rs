//! The target `ws://…`: a running chain of the same interface, spoken to through one of its nodes.
//!
//! It has no twin, so it cannot look at another moment, and what a block changed is found by comparing the states
//! before and after it. Where the node makes blocks on demand, blocks are made; else the chain's own are waited for.

use super::node::{Demand, Node};
use super::{Block, Chain, ChainError, Head, Metadata, Version};
use async_trait::async_trait;
use polkadot_sdk::sp_core::H256;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the chain may take for a block, and for an extrinsic to be in one.
const PATIENCE: Duration = Duration::from_secs(120);

/// How soon the node is asked again whether there is a new block.
const PAUSE: Duration = Duration::from_millis(50);

/// A running chain.
#[derive(Debug)]
pub struct AttachedChain {
    node: Node,
    demand: Option<Demand>,
    metadata: Arc<Metadata>,
    version: Version,
    genesis: Head,
    /// The block that reads see: the last one taken note of.
    at: Head,
    state: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Extrinsics that are in no block seen yet.
    waiting: BTreeSet<H256>,
}

impl AttachedChain {
    /// Attaches to the node at a URL.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`] if nobody answers there, or something that is no node of such a chain.
    pub async fn attach(url: &str) -> Result<Self, ChainError> {
        let node = Node::connect(url).await?;
        let at = node.best().await?;
        let hash = node.block_hash(0).await?.ok_or_else(|| ChainError::Unreachable {
            node: url.to_owned(),
            problem: "it has no block 0".into(),
        })?;
        Ok(Self {
            demand: node.demand().await?,
            metadata: Arc::new(node.metadata(at.hash).await?),
            version: node.version(at.hash).await?,
            genesis: node.block(hash).await?.0,
            state: node.entries(&[], at.hash).await?.into_iter().collect(),
            waiting: BTreeSet::new(),
            at,
            node,
        })
    }

    /// Attaches to a node whose blocks somebody else asks for: they are waited for, on whatever node.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`]
    pub async fn attach_to_moving(url: &str) -> Result<Self, ChainError> {
        Ok(Self { demand: None, ..Self::attach(url).await? })
    }

    /// The first block of the chain.
    pub fn genesis(&self) -> Head {
        self.genesis
    }

    /// Takes note of the next block.
    async fn follow(&mut self) -> Result<Block, ChainError> {
        if let Some(demand) = self.demand
            && self.node.best().await?.number == self.at.number
        {
            self.node.make_of_pool(self.at.hash, demand).await?;
        }
        let hash = self.next_hash().await?;
        let (head, extrinsics) = self.node.block(hash).await?;
        let state: BTreeMap<_, _> = self.node.entries(&[], hash).await?.into_iter().collect();
        let changes = changes(&self.state, &state);
        for extrinsic in &extrinsics {
            self.waiting.remove(extrinsic);
        }
        (self.at, self.state) = (head, state);
        Ok(Block { head, extrinsics, dropped: Vec::new(), changes })
    }

    async fn next_hash(&self) -> Result<H256, ChainError> {
        let begun = Instant::now();
        loop {
            // A node answers by number a moment before it answers by hash, but up to its best block it has everything.
            if self.node.best().await?.number > self.at.number
                && let Some(hash) = self.node.block_hash(self.at.number + 1).await?
            {
                return Ok(hash);
            }
            if begun.elapsed() > PATIENCE {
                return Err(self.late(&format!("block {}", self.at.number + 1)));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn late(&self, what: &str) -> ChainError {
        let problem = format!("{what} did not come within {} seconds", PATIENCE.as_secs());
        ChainError::Unreachable { node: self.node.name().to_owned(), problem }
    }
}

/// What differs between two states.
fn changes(
    before: &BTreeMap<Vec<u8>, Vec<u8>>,
    after: &BTreeMap<Vec<u8>, Vec<u8>>,
) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let removed = before.keys().filter(|key| !after.contains_key(*key)).map(|key| (key.clone(), None));
    let written = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(value))
        .map(|(key, value)| (key.clone(), Some(value.clone())));
    removed.chain(written).collect()
}

#[async_trait]
impl Chain for AttachedChain {
    fn target(&self) -> &'static str {
        "ws"
    }

    fn metadata(&self) -> Arc<Metadata> {
        self.metadata.clone()
    }

    fn version(&self) -> Version {
        self.version
    }

    fn genesis_hash(&self) -> H256 {
        self.genesis.hash
    }

    async fn head(&self) -> Result<Head, ChainError> {
        Ok(self.at)
    }

    async fn submit(&mut self, extrinsic: Vec<u8>) -> Result<H256, ChainError> {
        self.node.validate(&extrinsic, self.at.hash).await?;
        let hash = self.node.submit(&extrinsic).await?;
        self.waiting.insert(hash);
        Ok(hash)
    }

    /// Follows the chain by `count` blocks; where extrinsics wait, the first of them is the one that has the last of
    /// these, however many blocks the chain makes until then.
    async fn advance(&mut self, count: u32) -> Result<Vec<Block>, ChainError> {
        let begun = Instant::now();
        let mut blocks = Vec::new();
        for _ in 0..count {
            let mut block = self.follow().await?;
            while !self.waiting.is_empty() {
                if begun.elapsed() > PATIENCE {
                    return Err(self.late(&format!("{} extrinsics", self.waiting.len())));
                }
                let next = self.follow().await?;
                let changes = block.changes.into_iter().chain(next.changes).collect();
                block = Block { changes, ..next };
            }
            blocks.push(block);
        }
        Ok(blocks)
    }

    async fn storage(&self, key: &[u8]) -> Result<Option<Vec<u8>>, ChainError> {
        Ok(self.state.get(key).cloned())
    }

    async fn entries(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, ChainError> {
        let from = self.state.range(prefix.to_vec()..);
        let inside = from.take_while(|(key, _)| key.starts_with(prefix));
        Ok(inside.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    async fn call(&self, method: &str, arguments: &[u8]) -> Result<Vec<u8>, ChainError> {
        self.node.call(method, arguments, self.at.hash).await
    }

    fn branch(&self) -> Result<Box<dyn Chain>, ChainError> {
        Err(ChainError::CannotBranch("ws"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_block_changed_is_what_differs() {
        let state = |entries: &[(u8, u8)]| {
            entries.iter().map(|(key, value)| (vec![*key], vec![*value])).collect::<BTreeMap<_, _>>()
        };
        let changed = changes(&state(&[(1, 1), (2, 2), (3, 3)]), &state(&[(2, 2), (3, 9), (4, 4)]));
        let expected = [(vec![1], None), (vec![3], Some(vec![9])), (vec![4], Some(vec![4]))];
        assert_eq!(changed, expected);
    }
}
