//! Networks of real nodes on this machine, and faults in them.
//!
//! A [`Network`] is made of a [`Topology`]: every node is a child process of the one binary, and everything between two
//! nodes goes through a [`link`] of the harness, because nodes accept only reserved peers and know them only by the
//! links' addresses. So faults need no rights on the machine: [`fault`] has them as values with a guard that undoes
//! them, [`witness`] says whether the nodes still agree, and [`chaos`] draws schedules of faults from a seed.
//!
//! Nothing stays of a network: its processes, ports and threads end with the [`Network`], and with the process that
//! made it, whatever way that ends. What it wrote is in its [`folder`].

pub mod chaos;
pub mod error;
pub mod fabric;
pub mod fault;
pub mod folder;
pub mod keeper;
pub mod keys;
pub mod link;
pub mod neurons;
pub mod node;
pub mod process;
pub mod rpc;
pub mod status;
pub mod topology;
pub mod wallet;
pub mod witness;

pub use error::NetworkError;
pub use fault::{Fault, Inflicted};
pub use node::Node;
pub use topology::{Pace, Topology};

use crate::beacon::bring;
use crate::chain::genesis::Genesis;
use crate::chain::memory::MemoryChain;
use crate::nearest::suggestion;
use fabric::Fabric;
use folder::{NodeState, RunFolder, State};
use futures::future::try_join_all;
use keeper::Keeper;
use link::{Condition, Link, Target};
use neurons::Neuron;
use node::Settings;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_core::storage::Storage;
use process::Listening;
use rpc::{Made, Standing};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};
use tokio::time::MissedTickBehavior;
use topology::{NodeSpec, Role};

/// How long nodes may take to do what they do by themselves. Only a wait that would fail anyway lasts so long.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How long finality may take to move on after faults.
///
/// A voter of GRANDPA that has fallen behind learns of it only from what the others tell when they enter a round, or every
/// two minutes. If one has, and another one fails, the rest may be too few to enter one.
pub const RECOVERY: Duration = Duration::from_secs(150);

/// How often a condition that is waited for is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// How a network is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its name; that of the topology, with a number if need be, if none is given.
    pub name: Option<String>,
    /// The folder of the folders of networks.
    pub root: PathBuf,
    /// The binary `assay`.
    pub binary: PathBuf,
    /// The port of the first node's JSON-RPC, the others following; any port if none is given.
    pub rpc_port: Option<u16>,
    /// Draws jitter and losses of links.
    pub seed: u64,
    /// Whether the folder stays at the end.
    pub keep: bool,
}

impl Options {
    /// Options of a network run by this very binary, in the user's folder.
    ///
    /// # Errors
    /// If the system does not say which binary this is.
    pub fn usual() -> io::Result<Self> {
        let (root, binary) = (folder::root(), std::env::current_exe()?);
        Ok(Self { name: None, root, binary, rpc_port: None, seed: 1, keep: false })
    }

    /// Options of one of many networks that come and go with what this process does: its folder is a temporary one.
    ///
    /// # Errors
    /// If the system does not say which binary this is.
    pub fn passing() -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("assay-{}-{number}", std::process::id());
        Ok(Self { name: Some(name), root: std::env::temp_dir(), ..Self::usual()? })
    }
}

/// A network that runs. Clones are the same network; it ends with the last of them.
#[derive(Clone, Debug)]
pub struct Network(Arc<Shared>);

/// Fields are dropped in this order: processes, ports, the thread that keeps them, and the folder last.
#[derive(Debug)]
struct Shared {
    neurons: Mutex<Vec<Arc<Neuron>>>,
    nodes: Mutex<BTreeMap<String, Arc<Node>>>,
    entrances: BTreeMap<String, Link>,
    fabric: Fabric,
    keeper: Keeper,
    topology: Topology,
    settings: Settings,
    started: u64,
    folder: RunFolder,
}

impl Network {
    /// Starts a network and waits until all its nodes answer.
    ///
    /// # Errors
    /// See [`NetworkError`]; nothing stays then.
    pub async fn start(topology: Topology, options: Options) -> Result<Self, NetworkError> {
        let network = Self::prepare(topology, options).await?;
        network.bring_up().await?;
        Ok(network)
    }

    /// A network with everything but its nodes' processes.
    ///
    /// # Errors
    /// See [`NetworkError`]; nothing stays then.
    pub async fn prepare(topology: Topology, options: Options) -> Result<Self, NetworkError> {
        let folder = match &options.name {
            Some(name) => RunFolder::create(&options.root, name)?,
            None => RunFolder::claim(&options.root, &topology.name)?,
        };
        if options.keep {
            folder.keep();
        }
        let storage = genesis_storage(&topology)?;
        let spec = folder.write("spec.json", &assay_node::spec::raw(&storage).to_string())?;
        let system = |what: &str| {
            let what = what.to_owned();
            |source| NetworkError::System { what, source }
        };
        let keeper = Keeper::start().map_err(system("a thread for the network"))?;
        let fabric = Fabric::new(options.seed);
        let (fabric, entrances) = {
            let (topology, port) = (topology.clone(), options.rpc_port);
            keeper.run(async move { open_links(&topology, port, fabric).await }).await
        }
        .map_err(system("a port for each link"))?;
        let started = now();
        let nodes =
            topology.nodes.iter().map(|spec| (spec.name.clone(), Arc::new(Node::new(spec, &spec.name))));
        let neurons = topology.market.neurons.iter().map(|spec| Arc::new(Neuron::new(spec.clone())));
        let shared = Shared {
            neurons: Mutex::new(neurons.collect()),
            nodes: Mutex::new(nodes.collect()),
            entrances,
            fabric,
            keeper,
            settings: Settings { binary: options.binary, spec, origin: started },
            topology,
            started,
            folder,
        };
        Ok(Self(Arc::new(shared)))
    }

    /// Starts all nodes and waits until they answer.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn bring_up(&self) -> Result<(), NetworkError> {
        let names = self.names();
        try_join_all(names.iter().map(|name| self.start_node(name))).await?;
        if let Pace::Interval(interval) = self.topology().pace {
            self.0.keeper.spawn(beat(Arc::downgrade(&self.0), interval));
        }
        if !matches!(self.topology().pace, Pace::Paced)
            && let Some(url) = names.first().and_then(|name| self.endpoint(name))
        {
            // A chain that does not believe the local beacon has no use for it.
            self.0.keeper.spawn(async move { drop(bring(&url).await) });
        }
        if !self.topology().market.is_empty() {
            self.open_market().await?;
        }
        Ok(())
    }

    /// Leaves the folder in its place at the end, with logs and databases.
    pub fn keep_folder(&self) {
        self.0.folder.keep();
    }

    /// Ends the network and waits until nothing of it is left. Whoever else holds it should have let go.
    pub async fn close(self) {
        let others = async {
            while Arc::strong_count(&self.0) > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // Who still holds it ends it.
        drop(tokio::time::timeout(Duration::from_secs(10), others).await);
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.folder.name()
    }

    /// What it was made of.
    pub fn topology(&self) -> &Topology {
        &self.0.topology
    }

    /// Where everything is that it writes.
    pub fn folder(&self) -> &Path {
        self.0.folder.path()
    }

    /// Where a node's log is.
    pub fn log(&self, name: &str) -> PathBuf {
        self.0.folder.log(name)
    }

    /// The names of its nodes, in the order of the topology.
    pub fn names(&self) -> Vec<String> {
        self.0.topology.nodes.iter().map(|node| node.name.clone()).collect()
    }

    /// A node.
    ///
    /// # Errors
    /// [`NetworkError::NoNode`]
    pub fn node(&self, name: &str) -> Result<Arc<Node>, NetworkError> {
        self.0.nodes().get(name).cloned().ok_or_else(|| NetworkError::NoNode {
            name: name.to_owned(),
            suggestion: suggestion(name, &self.names()),
        })
    }

    /// Where a node's JSON-RPC is, the same as long as the network lives, whatever becomes of the node.
    pub fn endpoint(&self, name: &str) -> Option<String> {
        self.0.entrances.get(name).map(|entrance| format!("ws://{}", entrance.address()))
    }

    /// Hash of block 0.
    pub fn genesis(&self) -> String {
        self.0.nodes().values().find_map(|node| Some(node.listening()?.genesis)).unwrap_or_default()
    }

    /// How it is, for those who look from outside.
    pub fn state(&self) -> State {
        let nodes = self.0.topology.nodes.iter().map(|spec| {
            let listening = self.node(&spec.name).ok().and_then(|node| node.listening());
            NodeState {
                name: spec.name.clone(),
                role: match spec.role {
                    Role::Authority => "authority".into(),
                    Role::Full => "full".into(),
                },
                pid: listening.as_ref().map(|listening| listening.pid),
                rpc: self.endpoint(&spec.name).unwrap_or_default(),
                prometheus: listening.and_then(|listening| listening.prometheus),
                log: self.0.folder.log(&spec.name),
            }
        });
        State {
            name: self.name().to_owned(),
            description: self.0.topology.description.clone(),
            pid: std::process::id(),
            started: self.0.started,
            genesis: self.genesis(),
            nodes: nodes.collect(),
            neurons: self.neuron_states(),
        }
    }

    /// Writes how it is into its folder, where `assay ps` looks.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn publish(&self) -> Result<(), NetworkError> {
        Ok(self.0.folder.publish(&self.state())?)
    }

    /// Starts a node that does not run, on what it kept, and waits until it answers.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn start_node(&self, name: &str) -> Result<(), NetworkError> {
        let (network, node) = (self.clone(), self.node(name)?);
        // On the keeper's thread, which outlives the process.
        self.0.keeper.run(async move { network.0.start_node(&node).await }).await
    }

    /// Kills a node and waits until it is gone.
    ///
    /// # Errors
    /// [`NetworkError::Down`] if it does not run.
    pub fn kill_node(&self, name: &str) -> Result<(), NetworkError> {
        let node = self.node(name)?;
        if !node.kill() {
            return Err(NetworkError::Down(name.to_owned()));
        }
        self.0.lead_to(name, Target::Gone);
        Ok(())
    }

    /// Starts again every node that ended by itself, and tells which those were and how they ended.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn revive(&self) -> Result<Vec<(String, String)>, NetworkError> {
        let mut revived = Vec::new();
        for name in self.names() {
            if let Some(status) = self.node(&name)?.take_ended() {
                self.0.lead_to(&name, Target::Starting);
                self.start_node(&name).await?;
                revived.push((name, status.to_string()));
            }
        }
        Ok(revived)
    }

    /// Where a node stands.
    ///
    /// # Errors
    /// [`NetworkError::Down`] if it does not run, [`NetworkError::Rpc`] if it does not answer.
    pub async fn standing(&self, name: &str) -> Result<Standing, NetworkError> {
        self.node(name)?.standing().await
    }

    /// The names of the nodes that can be spoken to now: they run and do not stand still.
    pub fn awake(&self) -> Vec<String> {
        let names = self.names().into_iter();
        names.filter(|name| self.node(name).is_ok_and(|node| node.is_awake())).collect()
    }

    /// Waits until something is so on a node.
    ///
    /// # Errors
    /// [`NetworkError::Late`] if it is not so in time.
    pub async fn until(
        &self,
        name: &str,
        what: &str,
        patience: Duration,
        holds: impl Fn(&Standing) -> bool,
    ) -> Result<Standing, NetworkError> {
        let waiting = async {
            loop {
                // A node that does not answer now may answer in a moment.
                if let Ok(standing) = self.standing(name).await
                    && holds(&standing)
                {
                    return standing;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        if let Ok(standing) = tokio::time::timeout(patience, waiting).await {
            return Ok(standing);
        }
        let seen = match self.standing(name).await {
            Ok(standing) => format!("{name} is {}", told(&standing)),
            Err(error) => error.to_string(),
        };
        Err(NetworkError::Late { what: format!("{what} on {name}"), patience, seen })
    }

    /// Waits until finality has moved on by so many blocks on all nodes that are awake, beyond what any of them has
    /// now, and tells how long that took.
    ///
    /// # Errors
    /// [`NetworkError::Late`] if it has not in time.
    pub async fn finality_moves(&self, blocks: u32, patience: Duration) -> Result<Duration, NetworkError> {
        let started = std::time::Instant::now();
        let names = self.awake();
        let mut highest = 0;
        for name in &names {
            let standing = self.until(name, "an answer", patience, |_| true).await?;
            highest = highest.max(standing.finalized.0);
        }
        for name in &names {
            let left = patience.saturating_sub(started.elapsed());
            let what = format!("finality beyond block {}", highest + blocks - 1);
            self.until(name, &what, left, |standing| standing.finalized.0 >= highest + blocks).await?;
        }
        Ok(started.elapsed())
    }

    /// Has the authority whose turn it is make the block after `parent`, of these extrinsics or else of what is in its
    /// pool, and waits until every node that is awake has it.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn make_block(
        &self,
        parent: H256,
        extrinsics: Option<&[Vec<u8>]>,
    ) -> Result<Made, NetworkError> {
        let made = self.ask_for_block(parent, extrinsics).await?;
        for name in self.awake() {
            let what = format!("block {} ({:?})", made.number, made.hash);
            self.until(&name, &what, PATIENCE, |standing| standing.best.1 == made.hash).await?;
        }
        Ok(made)
    }

    /// Has the authority whose turn it is, or the next one that is awake, make a block.
    async fn ask_for_block(
        &self,
        parent: H256,
        extrinsics: Option<&[Vec<u8>]>,
    ) -> Result<Made, NetworkError> {
        let number = self.number_of(parent).await? + 1;
        let authorities: Vec<&str> = self.topology().authorities().map(|node| node.name.as_str()).collect();
        let awake = self.awake();
        let turns = (0..authorities.len()).map(|later| (number as usize + later) % authorities.len());
        let author = turns
            .filter_map(|turn| authorities.get(turn))
            .find(|name| awake.iter().any(|awake| awake == *name))
            .ok_or_else(|| NetworkError::Impossible("no authority is awake to make a block".into()))?;
        let node = self.node(author)?;
        node.rpc()?.make_block(parent, extrinsics).await.map_err(|source| node.failed(source))
    }

    async fn number_of(&self, hash: H256) -> Result<u32, NetworkError> {
        let name = self.awake().into_iter().next().unwrap_or_default();
        let node = self.node(&name)?;
        let header = node.rpc()?.header(Some(hash)).await.map_err(|source| node.failed(source))?;
        Ok(header.number)
    }

    /// A chain in memory with the same genesis.
    ///
    /// # Errors
    /// If the genesis cannot be built.
    pub fn memory_twin(&self) -> Result<MemoryChain, NetworkError> {
        let storage = genesis_storage(self.topology())?;
        MemoryChain::new(storage).map_err(|error| NetworkError::Impossible(error.to_string()))
    }

    /// Does something in the background for as long as the network lives.
    pub fn spawn(&self, doing: impl Future<Output = ()> + Send + 'static) {
        self.0.keeper.spawn(doing);
    }
}

/// Makes a block at each interval for as long as the network lives.
async fn beat(network: Weak<Shared>, interval: Duration) {
    let mut beats = tokio::time::interval(interval);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        let Some(shared) = network.upgrade() else { return };
        let network = Network(shared);
        for name in network.awake() {
            if let Ok(standing) = network.standing(&name).await {
                // A block that cannot be made now is made at the next beat.
                drop(network.ask_for_block(standing.best.1, None).await);
                break;
            }
        }
    }
}

/// Where a node stands, in words.
pub fn told(standing: &Standing) -> String {
    format!("at block {}, {} of them final", standing.best.0, standing.finalized.0)
}

impl Shared {
    fn nodes(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Node>>> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says to all who dial a node that it is being started, or that it is gone.
    fn lead_to(&self, name: &str, target: Target) {
        self.fabric.lead_to(name, target);
        if let Some(entrance) = self.entrances.get(name) {
            entrance.lead_to(target);
        }
    }

    /// Leads all links to where a node listens.
    fn lead_to_listener(&self, name: &str, listening: &Listening) {
        if let Some(port) = listening.p2p.split('/').nth(4).and_then(|port| port.parse().ok()) {
            self.fabric.lead_to(name, Target::At(local(port)));
        }
        let rpc =
            listening.rpc.rsplit_once(':').and_then(|(_, port)| port.trim_end_matches('/').parse().ok());
        if let (Some(port), Some(entrance)) = (rpc, self.entrances.get(name)) {
            entrance.lead_to(Target::At(local(port)));
        }
    }

    /// Must be called on the keeper's thread.
    async fn start_node(&self, node: &Arc<Node>) -> Result<(), NetworkError> {
        let name = node.name();
        let peers: Vec<(u16, String)> = {
            let nodes = self.nodes();
            let others = nodes.values().filter(|other| other.name() != name);
            others.filter_map(|other| Some((self.fabric.port(name, other.name())?, other.peer()))).collect()
        };
        self.lead_to(name, Target::Starting);
        let arguments = node.arguments(&self.settings, &self.topology, &self.folder, &peers);
        let started = node.start(&self.settings, arguments, &self.folder.log(name)).await;
        let listening = match started {
            Ok(listening) => listening,
            Err(error) => {
                self.lead_to(name, Target::Gone);
                return Err(error);
            }
        };
        self.lead_to_listener(name, &listening);
        Ok(())
    }
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A link for each two nodes, each way, and an entrance to the JSON-RPC of each node.
async fn open_links(
    topology: &Topology,
    rpc_port: Option<u16>,
    fabric: Fabric,
) -> io::Result<(Fabric, BTreeMap<String, Link>)> {
    let mut entrances = BTreeMap::new();
    for (index, to) in (0_u16..).zip(&topology.nodes) {
        for from in topology.nodes.iter().filter(|from| from.name != to.name) {
            fabric.open(&from.name, &to.name, topology.shape(&from.name, &to.name)).await?;
        }
        let port = rpc_port.map_or(0, |first| first.saturating_add(index));
        let entrance =
            Link::open(port, Condition::default(), 0, Duration::ZERO).await.map_err(|error| match port {
                0 => error,
                port => io::Error::new(error.kind(), format!("port {port}: {error}")),
            })?;
        entrances.insert(to.name.clone(), entrance);
    }
    Ok((fabric, entrances))
}

/// The state of block 0 of a network: its genesis, with its own authorities.
fn genesis_storage(topology: &Topology) -> Result<Storage, NetworkError> {
    let mut genesis = Genesis::load(&topology.genesis)?;
    genesis.authorities = topology.authorities().map(|node| node.authority().to_owned()).collect();
    Ok(genesis.build(&topology.genesis)?)
}

impl NodeSpec {
    /// The name of the authority whose keys it has.
    pub fn authority(&self) -> &str {
        self.key.strip_prefix("//").unwrap_or(&self.key)
    }
}
