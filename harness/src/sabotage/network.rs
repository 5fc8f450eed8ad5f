//! A fault in one node of a network: the others must refuse what it makes.
//!
//! Each block of the story has a transfer. It is told in memory first, as it should be and with the fault, to find the
//! block in which the two part. Up to there all nodes agree. The faulty node is asked for that block, every other node
//! must refuse it, and they must go on without it.

use super::Fault;
use super::native::is_possible;
use super::planting::Planting;
use crate::chain::client::{Call, Client};
use crate::chain::difference::{Difference, Named};
use crate::chain::keys::Account;
use crate::chain::memory::MemoryChain;
use crate::chain::node::Node;
use crate::chain::{Chain, ChainError, Head};
use crate::network::rpc::RpcError;
use crate::network::{Network, NetworkError, Options, PATIENCE, Topology};
use polkadot_sdk::sp_core::H256;
use serde::Serialize;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};
use subxt::ext::scale_value::Value;
use thiserror::Error;

/// Blocks within which a fault must act.
const STORY: u32 = 30;

/// Blocks that the others make after the one that they refuse, its place included.
const AFTER: u32 = 4;

/// How often a log is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// What becomes of a fault in one node of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The fault.
    pub fault: String,
    /// The node that has it.
    pub faulty: String,
    /// Number of the block of it that the others refused.
    pub number: u32,
    /// Hash of that block.
    pub hash: H256,
    /// Who refused it.
    pub refused_by: Vec<String>,
    /// The first storage key that the fault made differ from what it should be; none where it is the header alone.
    pub first: Option<Named>,
    /// How many keys it made differ.
    pub differing: usize,
    /// The best block of the others in the end.
    pub best: u32,
    /// The last block that is final for all others in the end; none where finality needs the faulty node's vote.
    pub finalized: Option<u32>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, faulty, number, best, .. } = self;
        writeln!(
            formatter,
            "{fault}: block {number} of {faulty} is refused by {}",
            self.refused_by.join(", ")
        )?;
        let what = match &self.first {
            Some(first) if self.differing == 1 => format!("{first}, and no other key differs"),
            Some(first) => format!("{first}, the first of {} keys that differ", self.differing),
            None => "its header says something else, and no key differs".to_owned(),
        };
        writeln!(formatter, "    {what}")?;
        write!(formatter, "    the others go on to block {best}; ")?;
        match self.finalized {
            Some(finalized) => write!(formatter, "block {finalized} is final"),
            None => write!(formatter, "nothing more becomes final without {faulty}"),
        }
    }
}

/// A network in which a fault did not come to what it should have.
#[derive(Debug, Error)]
pub enum TrialError {
    /// The network fails, or does not do in time what it should.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The chain in memory fails.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A fault that is for the chain in memory alone.
    #[error("a node cannot have the fault {0}: it reads what was before the block")]
    Impossible(String),
    /// A fault that does nothing here.
    #[error("the fault {0} does nothing in {STORY} blocks with a transfer each")]
    Idle(String),
    /// A node makes another block than memory does.
    #[error("block {number} of {node} is {made:?}, and memory makes {expected:?}")]
    Unlike {
        /// The node.
        node: String,
        /// Its block.
        number: u32,
        /// The hash of it.
        made: H256,
        /// The hash of memory's.
        expected: H256,
    },
    /// Somebody has taken what should have been refused.
    #[error("{node} has taken block {number} of {faulty}, which has the fault ({hash:?})")]
    Taken {
        /// Who has taken it.
        node: String,
        /// Who made it.
        faulty: String,
        /// Its number.
        number: u32,
        /// Its hash.
        hash: H256,
    },
}

impl TrialError {
    /// Whether it says that a network does not refuse a fault, or does not live on: not that it could not be tried.
    pub fn is_finding(&self) -> bool {
        let late = matches!(self, Self::Network(NetworkError::Late { .. }));
        late || matches!(self, Self::Unlike { .. } | Self::Taken { .. })
    }
}

/// Plants a fault of the list in the last of so many nodes, and sees that the others refuse it.
///
/// # Errors
/// See [`TrialError`].
pub async fn try_one(
    list: &Path,
    fault: &Fault,
    nodes: usize,
    options: Options,
) -> Result<Refusal, TrialError> {
    if !is_possible(&fault.rules) {
        return Err(TrialError::Impossible(fault.name.clone()));
    }
    let topology = Topology::load("paced").and_then(|paced| paced.with_nodes(nodes));
    let network = Network::prepare(topology.map_err(NetworkError::from)?, options).await?;
    let genesis = network.memory_twin()?;
    let mut parent = genesis.head().await?.hash;
    let Story { before, extrinsic, wrong, mut chain } = Story::tell(genesis, fault).await?;

    let mut sound = network.names();
    let faulty = sound.pop().unwrap_or_default();
    let list = std::path::absolute(list).unwrap_or_else(|_| list.to_owned()).display().to_string();
    let besides = ["--sabotage".into(), fault.name.clone(), "--faults".into(), list];
    network.node(&faulty)?.say_besides(besides.into());
    network.bring_up().await?;

    for (extrinsic, head) in &before {
        let made = network.make_block(parent, Some(std::slice::from_ref(extrinsic))).await?;
        same(&network.names().join(", "), made.hash, *head)?;
        parent = made.hash;
    }
    make(&network, &faulty, parent, Some(&extrinsic), wrong).await?;
    for name in &sound {
        until_refused(&network, name, wrong).await?;
    }
    let theirs = Node::new(&faulty, network.node(&faulty)?.rpc()?).entries(&[], wrong.hash).await?;
    let differences = Difference::between(&theirs, &chain.entries(&[]).await?);
    let first = differences.first().map(Difference::named).transpose()?;

    let mut best = chain.head().await?;
    let mut extrinsic = Some(extrinsic);
    for turn in 0..AFTER {
        if turn > 0 {
            best = advanced(&mut chain).await?;
        }
        let author = &sound[turn as usize % sound.len()];
        make(&network, author, parent, extrinsic.take().as_ref(), best).await?;
        for name in &sound {
            let what = format!("block {}", best.number);
            network.until(name, &what, PATIENCE, |standing| standing.best.1 == best.hash).await?;
        }
        parent = best.hash;
    }
    // GRANDPA outlives so many faulty authorities as are less than a third.
    let finalized = (nodes > 3).then_some(best.number);
    for name in &sound {
        if let Some(number) = finalized {
            let what = format!("finality of block {number}");
            network.until(name, &what, PATIENCE, |standing| standing.finalized.0 >= number).await?;
        }
        not_taken(&network, name, &faulty, wrong).await?;
    }
    let refusal = Refusal {
        fault: fault.name.clone(),
        number: wrong.number,
        hash: wrong.hash,
        first,
        differing: differences.len(),
        best: best.number,
        refused_by: sound,
        faulty,
        finalized,
    };
    network.close().await;
    Ok(refusal)
}

/// The blocks until a fault does something.
struct Story {
    /// The extrinsics of the blocks in which it does nothing, and what those come to.
    before: Vec<(Vec<u8>, Head)>,
    /// The extrinsic of the block in which it does.
    extrinsic: Vec<u8>,
    /// What that block comes to with the fault.
    wrong: Head,
    /// The chain in memory after the block as it should be.
    chain: MemoryChain,
}

impl Story {
    async fn tell(mut chain: MemoryChain, fault: &Fault) -> Result<Self, TrialError> {
        let client = Client::new(Box::new(chain.clone()));
        let (alice, bob) = (account("//Alice")?, account("//Bob")?);
        let mut before = Vec::new();
        for nonce in 0..STORY {
            let extrinsic = client.compose(&alice, &transfer(&bob), nonce.into())?;
            let mut faulty = chain.clone().sabotaged(Planting::new(fault.rules.clone()));
            faulty.submit(extrinsic.clone()).await?;
            chain.submit(extrinsic.clone()).await?;
            let (wrong, right) = (advanced(&mut faulty).await?, advanced(&mut chain).await?);
            if wrong != right {
                return Ok(Self { before, extrinsic, wrong, chain });
            }
            before.push((extrinsic, right));
        }
        Err(TrialError::Idle(fault.name.clone()))
    }
}

fn account(uri: &str) -> Result<Account, ChainError> {
    let problem = |error| ChainError::Value { what: uri.to_owned(), problem: format!("{error:?}") };
    Account::from_uri(uri).map_err(problem)
}

/// A transfer of 1 TAO.
fn transfer(to: &Account) -> Call {
    let to = Value::unnamed_variant("Id", [Value::from_bytes(<[u8; 32]>::from(to.id()))]);
    Call::new("Balances", "transfer_keep_alive", [("dest", to), ("value", Value::u128(1_000_000_000))])
}

/// Where a chain stands after another block.
async fn advanced(chain: &mut MemoryChain) -> Result<Head, ChainError> {
    chain.advance(1).await?;
    chain.head().await
}

/// Has a node make the block after `parent`, which must be the one that memory makes.
async fn make(
    network: &Network,
    name: &str,
    parent: H256,
    extrinsic: Option<&Vec<u8>>,
    expected: Head,
) -> Result<(), TrialError> {
    let node = network.node(name)?;
    let extrinsics: Vec<Vec<u8>> = extrinsic.into_iter().cloned().collect();
    let made = node.rpc()?.make_block(parent, Some(&extrinsics)).await;
    same(name, made.map_err(|source| node.failed(source))?.hash, expected)
}

fn same(node: &str, made: H256, expected: Head) -> Result<(), TrialError> {
    if made == expected.hash {
        return Ok(());
    }
    Err(TrialError::Unlike { node: node.to_owned(), number: expected.number, made, expected: expected.hash })
}

/// Waits until a node's log says that it would not import a block: it has got the block, and has not taken it.
async fn until_refused(network: &Network, name: &str, block: Head) -> Result<(), NetworkError> {
    let log = network.log(name);
    let (hash, end) = (format!("{:?}", block.hash), Instant::now() + PATIENCE);
    // So the SDK marks a block that it did not import.
    let says = |text: String| text.lines().any(|line| line.contains('💔') && line.contains(&hash));
    while !std::fs::read_to_string(&log).is_ok_and(says) {
        if Instant::now() > end {
            let what = format!("the refusal of block {} ({hash}) by {name}", block.number);
            let seen = format!("its log is {}", log.display());
            return Err(NetworkError::Late { what, patience: PATIENCE, seen });
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// A node that has refused a block does not know it.
async fn not_taken(network: &Network, name: &str, faulty: &str, block: Head) -> Result<(), TrialError> {
    let node = network.node(name)?;
    match node.rpc()?.header(Some(block.hash)).await {
        Err(RpcError::NoBlock(_)) => Ok(()),
        Err(source) => Err(node.failed(source).into()),
        Ok(_) => Err(TrialError::Taken {
            node: name.to_owned(),
            faulty: faulty.to_owned(),
            number: block.number,
            hash: block.hash,
        }),
    }
}
