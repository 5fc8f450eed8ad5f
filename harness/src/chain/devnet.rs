//! The target `devnet`: real nodes that make, exchange and finalise the blocks.
//!
//! Beside the network runs a twin of it in memory. Every block is made twice: by the authority whose turn it is, and by
//! the twin; then their hashes must be equal, or the report names the first storage key that differs. So what a block
//! changed is known without asking, and a look at what would be is a look at a branch of the twin. Everything that a
//! step reads comes from a node.

use super::difference::Difference;
use super::memory::MemoryChain;
use super::node::Node;
use super::{Block, Chain, ChainError, Head, Metadata, Version};
use crate::docker::Containers;
use crate::network::{Network, Topology};
use async_trait::async_trait;
use polkadot_sdk::sp_core::H256;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a block may take to reach a node.
const PATIENCE: Duration = Duration::from_secs(60);

/// How soon a node that has not got a block yet is asked again.
const PAUSE: Duration = Duration::from_millis(2);

/// A network of paced nodes.
#[derive(Debug)]
pub struct DevnetChain {
    /// The authorities, in the order of their turns.
    authorities: Vec<Node>,
    /// The node that answers.
    reader: Node,
    twin: MemoryChain,
    waiting: Vec<Vec<u8>>,
    /// It runs as long as the chain is there.
    _network: Box<dyn fmt::Debug + Send + Sync>,
}

impl DevnetChain {
    /// The chain of a paced network of processes that has made no block yet, and of its twin at the same genesis.
    ///
    /// # Errors
    /// [`ChainError::Diverged`] if a node stands at another block than the twin.
    pub async fn of_processes(network: Network, twin: MemoryChain) -> Result<Self, ChainError> {
        let mut authorities = Vec::new();
        for spec in network.topology().authorities() {
            let rpc = network.node(&spec.name).and_then(|node| node.rpc());
            authorities
                .push(Node::new(&spec.name, rpc.map_err(|problem| unreachable(&spec.name, &problem))?));
        }
        Self::new(authorities, twin, Box::new(network)).await
    }

    /// The chain of a paced network of containers, as of processes.
    ///
    /// # Errors
    /// [`ChainError::Diverged`] if a node stands at another block than the twin.
    pub async fn of_containers(
        containers: Containers,
        topology: &Topology,
        twin: MemoryChain,
    ) -> Result<Self, ChainError> {
        let mut authorities = Vec::new();
        for spec in topology.authorities() {
            let rpc = containers.rpc(&spec.name).await;
            authorities
                .push(Node::new(&spec.name, rpc.map_err(|problem| unreachable(&spec.name, &problem))?));
        }
        Self::new(authorities, twin, Box::new(containers)).await
    }

    async fn new(
        authorities: Vec<Node>,
        twin: MemoryChain,
        network: Box<dyn fmt::Debug + Send + Sync>,
    ) -> Result<Self, ChainError> {
        let reader =
            authorities.last().cloned().ok_or_else(|| unreachable("the network", &"it has no authority"))?;
        let head = twin.head().await?;
        for node in &authorities {
            let best = node.best().await?;
            if best != head {
                let problem = format!(
                    "{} begins at block {} {:?} with state {:?}, and memory at block {} {:?} with state {:?}",
                    node.name(),
                    best.number,
                    best.hash,
                    best.state_root,
                    head.number,
                    head.hash,
                    head.state_root
                );
                return Err(ChainError::Diverged(problem));
            }
        }
        Ok(Self { authorities, reader, twin, waiting: Vec::new(), _network: network })
    }

    /// The authority whose turn a block is: slots are block numbers.
    fn author(&self, number: u32) -> &Node {
        let turn = number as usize % self.authorities.len();
        &self.authorities[turn]
    }

    async fn make_block(&mut self) -> Result<Block, ChainError> {
        let parent = self.twin.head().await?;
        let number = parent.number + 1;
        let author = self.author(number).clone();
        reach(&author, parent).await?;
        let extrinsics = std::mem::take(&mut self.waiting);
        let made = author.make(parent.hash, &extrinsics).await?;
        let block =
            self.twin.advance(1).await?.pop().ok_or_else(|| ChainError::Diverged("no block".into()))?;
        if made.hash != block.head.hash {
            return Err(ChainError::Diverged(self.explain(&author, made.hash, block.head).await?));
        }
        Ok(block)
    }

    /// Says where the block of a node differs from the twin's.
    async fn explain(&self, author: &Node, hash: H256, ours: Head) -> Result<String, ChainError> {
        let theirs = author.entries(&[], hash).await?;
        let mine = self.twin.entries(&[]).await?;
        let difference = match Difference::between(&theirs, &mine).first() {
            Some(difference) => format!("the first key that differs: {}", difference.named()?),
            None => "the states are equal, so it is the header or the extrinsics".to_owned(),
        };
        Ok(format!(
            "block {} of {} is {hash:?}, and memory makes {:?}; {difference}",
            ours.number,
            author.name(),
            ours.hash
        ))
    }

    /// Waits until every node stands where the twin stands.
    async fn settle(&self) -> Result<(), ChainError> {
        let head = self.twin.head().await?;
        for node in &self.authorities {
            reach(node, head).await?;
        }
        Ok(())
    }
}

fn unreachable(node: &str, problem: &dyn fmt::Display) -> ChainError {
    ChainError::Unreachable { node: node.to_owned(), problem: problem.to_string() }
}

/// Waits until a node has a block.
async fn reach(node: &Node, head: Head) -> Result<(), ChainError> {
    let begun = Instant::now();
    loop {
        // A node answers by number a moment before it answers by hash, but its best block it has altogether.
        match node.best().await? {
            best if best == head => return Ok(()),
            best if begun.elapsed() > PATIENCE => {
                return Err(ChainError::Diverged(format!(
                    "after {} seconds {} stands at block {} {:?} and has not got block {} {:?}",
                    PATIENCE.as_secs(),
                    node.name(),
                    best.number,
                    best.hash,
                    head.number,
                    head.hash
                )));
            }
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
}

#[async_trait]
impl Chain for DevnetChain {
    fn target(&self) -> &'static str {
        "devnet"
    }

    fn metadata(&self) -> Arc<Metadata> {
        self.twin.metadata()
    }

    fn version(&self) -> Version {
        self.twin.version()
    }

    fn genesis_hash(&self) -> H256 {
        self.twin.genesis_hash()
    }

    async fn head(&self) -> Result<Head, ChainError> {
        self.reader.best().await
    }

    async fn submit(&mut self, extrinsic: Vec<u8>) -> Result<H256, ChainError> {
        let here = self.reader.validate(&extrinsic, self.twin.head().await?.hash).await;
        match (here, self.twin.submit(extrinsic.clone()).await) {
            (Ok(()), Ok(hash)) => {
                self.waiting.push(extrinsic);
                Ok(hash)
            }
            (Err(ChainError::Rejected(here)), Err(ChainError::Rejected(twin))) if here == twin => {
                Err(ChainError::Rejected(here))
            }
            (Err(error @ ChainError::Unreachable { .. }), _) => Err(error),
            (here, twin) => {
                let told = |verdict: Result<(), ChainError>| {
                    verdict.map_or_else(|error| error.to_string(), |()| "it is taken".into())
                };
                let (here, twin) = (told(here), told(twin.map(drop)));
                Err(ChainError::Diverged(format!(
                    "of one extrinsic {} says: {here}; memory says: {twin}",
                    self.reader.name()
                )))
            }
        }
    }

    async fn advance(&mut self, count: u32) -> Result<Vec<Block>, ChainError> {
        let mut blocks = Vec::new();
        for _ in 0..count {
            blocks.push(self.make_block().await?);
        }
        self.settle().await?;
        Ok(blocks)
    }

    async fn storage(&self, key: &[u8]) -> Result<Option<Vec<u8>>, ChainError> {
        self.reader.storage(key, self.twin.head().await?.hash).await
    }

    async fn entries(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, ChainError> {
        self.reader.entries(prefix, self.twin.head().await?.hash).await
    }

    async fn call(&self, method: &str, arguments: &[u8]) -> Result<Vec<u8>, ChainError> {
        self.reader.call(method, arguments, self.twin.head().await?.hash).await
    }

    fn branch(&self) -> Result<Box<dyn Chain>, ChainError> {
        self.twin.branch()
    }
}
