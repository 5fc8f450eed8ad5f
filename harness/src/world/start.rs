//! Chains to begin a scenario with.

use super::StepError;
use crate::chain::Chain;
use crate::chain::attached::AttachedChain;
use crate::chain::client::Client;
use crate::chain::devnet::DevnetChain;
use crate::chain::genesis::Genesis;
use crate::chain::memory::MemoryChain;
use crate::docker::{Containers, DockerError};
use crate::network::{Network, NetworkError, Options, Topology};
use crate::sabotage::Planting;
use polkadot_sdk::sp_core::storage::Storage;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

/// What stands behind the chains of scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The runtime in this process.
    #[default]
    Memory,
    /// A network of real nodes for each scenario.
    Devnet,
    /// The same in containers.
    Docker,
    /// A chain that runs already, by the URL of a node.
    Attached(String),
    /// The runtime in this process with a fault planted in it.
    Sabotaged(Planting),
}

impl Target {
    /// The word for it in tags such as `@only-devnet`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Memory | Self::Sabotaged(_) => "memory",
            Self::Devnet => "devnet",
            Self::Docker => "docker",
            Self::Attached(_) => "ws",
        }
    }

    /// Whether all scenarios run on one chain.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Attached(_))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attached(url) => formatter.write_str(url),
            _ => formatter.write_str(self.kind()),
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "memory" => Ok(Self::Memory),
            "devnet" => Ok(Self::Devnet),
            "docker" => Ok(Self::Docker),
            url if url.starts_with("ws://") || url.starts_with("wss://") => {
                Ok(Self::Attached(url.to_owned()))
            }
            _ => Err(format!(
                "there is no target `{text}`; there are memory, devnet, docker, and ws://HOST:PORT"
            )),
        }
    }
}

/// Starting states that were built in this process.
static BUILT: LazyLock<Mutex<HashMap<String, Storage>>> = LazyLock::new(Mutex::default);

impl Target {
    /// A chain that starts from the named genesis of `fixtures/genesis`.
    ///
    /// # Errors
    /// If there is no such genesis, or it cannot be started from; [`StepError::Lacks`] if the target stands elsewhere.
    pub async fn start(&self, name: &str) -> Result<Client, StepError> {
        let memory = MemoryChain::new(built(name)?)?;
        let chain: Box<dyn Chain> = match self {
            Self::Memory => Box::new(memory),
            Self::Devnet => Box::new(devnet(name, memory).await?),
            Self::Docker => Box::new(docker(name, memory).await?),
            Self::Sabotaged(fault) => Box::new(memory.sabotaged(fault.clone())),
            Self::Attached(url) => Box::new(attached(url, name, &memory).await?),
        };
        Ok(Client::new(chain))
    }
}

impl Target {
    /// The chain that runs already, wherever it stands; a new `dev` chain on a target that has none.
    ///
    /// # Errors
    /// If nobody answers there.
    pub async fn running(&self) -> Result<Client, StepError> {
        match self {
            Self::Attached(url) => Ok(Client::new(Box::new(AttachedChain::attach(url).await?))),
            _ => self.start("dev").await,
        }
    }
}

/// Options of a network that comes and goes with its scenario.
///
/// # Errors
/// If the system does not say which binary this is.
pub(super) fn passing() -> Result<Options, StepError> {
    Options::passing().map_err(|error| StepError::Unfit(format!("this binary cannot be found: {error}")))
}

/// A network of its own, paced, beside its twin.
async fn devnet(genesis: &str, twin: MemoryChain) -> Result<DevnetChain, StepError> {
    let mut topology = Topology::load("paced").map_err(NetworkError::from)?;
    topology.genesis = genesis.to_owned();
    let network = Network::start(topology, passing()?).await?;
    Ok(DevnetChain::of_processes(network, twin).await?)
}

/// A network of containers of its own, paced, beside its twin.
async fn docker(genesis: &str, twin: MemoryChain) -> Result<DevnetChain, StepError> {
    let topology = Topology::load("paced").map_err(NetworkError::from)?;
    let containers = match Containers::start(&passing()?.binary, &topology, &built(genesis)?).await {
        Err(error @ DockerError::NoEngine(_)) => return Err(StepError::Lacks(error.to_string())),
        other => other?,
    };
    Ok(DevnetChain::of_containers(containers, &topology, twin).await?)
}

/// A running chain, if it stands at this genesis.
async fn attached(url: &str, name: &str, memory: &MemoryChain) -> Result<AttachedChain, StepError> {
    let chain = AttachedChain::attach(url).await?;
    if chain.genesis_hash() != memory.genesis_hash() {
        return Err(StepError::Lacks(format!("the chain at {url} has another genesis than `{name}`")));
    }
    match chain.head().await?.number {
        0 => Ok(chain),
        number => Err(StepError::Lacks(format!(
            "the scenario begins at the genesis `{name}`, and the chain at {url} stands at block {number}"
        ))),
    }
}

fn built(name: &str) -> Result<Storage, StepError> {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(storage) = built.get(name) {
        return Ok(storage.clone());
    }
    let storage = Genesis::load(name)?.build(name)?;
    built.insert(name.to_owned(), storage.clone());
    Ok(storage)
}
