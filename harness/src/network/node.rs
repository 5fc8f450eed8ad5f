//! A node of a network: what it is, and its process while it runs.

use super::NetworkError;
use super::folder::RunFolder;
use super::keys::NodeKey;
use super::process::{Listening, Process, Tell};
use super::rpc::{Rpc, RpcError, Standing};
use super::topology::{Database, NodeSpec, Pace, Role, Topology};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a node may take until it answers.
const START: Duration = Duration::from_secs(60);

/// What all nodes of a network are started with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The binary.
    pub binary: PathBuf,
    /// The chain spec.
    pub spec: PathBuf,
    /// When the clock of live pace starts, milliseconds since 1970.
    pub origin: u64,
}

/// How a node that has lost its chain gets it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sync {
    /// Block by block.
    #[default]
    Full,
    /// The state of a late block first, then what comes after it.
    State,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    /// Its own name; a twin has another than its specification.
    name: String,
    spec: NodeSpec,
    key: NodeKey,
    life: Mutex<Life>,
}

#[derive(Debug, Default)]
struct Life {
    running: Option<Running>,
    paused: bool,
    /// What its clock is ahead, milliseconds of the chain's time.
    skew: i64,
    /// How it got the chain that it has.
    sync: Sync,
    /// What its command line says besides.
    besides: Vec<String>,
}

/// A node's process and the conversation with it.
#[derive(Clone, Debug)]
struct Running {
    process: Arc<Process>,
    listening: Listening,
    rpc: Rpc,
}

impl Node {
    /// A node that does not run yet.
    pub fn new(spec: &NodeSpec, name: &str) -> Self {
        Self { name: name.to_owned(), spec: spec.clone(), key: NodeKey::of(name), life: Mutex::default() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    pub fn spec(&self) -> &NodeSpec {
        &self.spec
    }

    /// The id by which its peers dial it.
    pub fn peer(&self) -> String {
        self.key.peer()
    }

    /// Where it listens, while it runs.
    pub fn listening(&self) -> Option<Listening> {
        self.life().running.as_ref().map(|running| running.listening.clone())
    }

    /// The conversation with it.
    ///
    /// # Errors
    /// [`NetworkError::Down`] if it does not run.
    pub fn rpc(&self) -> Result<Rpc, NetworkError> {
        let rpc = self.life().running.as_ref().map(|running| running.rpc.clone());
        rpc.ok_or_else(|| NetworkError::Down(self.name.clone()))
    }

    /// Whether it runs and does not stand still.
    pub fn is_awake(&self) -> bool {
        let life = self.life();
        life.running.as_ref().is_some_and(|running| running.process.ended().is_none()) && !life.paused
    }

    /// Where it stands.
    ///
    /// # Errors
    /// [`NetworkError::Down`] if it does not run, [`NetworkError::Rpc`] if it does not answer.
    pub async fn standing(&self) -> Result<Standing, NetworkError> {
        self.rpc()?.standing().await.map_err(|source| self.failed(source))
    }

    /// An answer that did not come, with the node's name.
    pub fn failed(&self, source: RpcError) -> NetworkError {
        NetworkError::Rpc { node: self.name.clone(), source }
    }

    /// Makes it stand still or go on.
    ///
    /// # Errors
    /// If it does not run.
    pub fn tell(&self, what: Tell) -> Result<(), NetworkError> {
        let mut life = self.life();
        let running = life.running.as_ref().ok_or_else(|| NetworkError::Down(self.name.clone()))?;
        running.process.tell(what)?;
        life.paused = what == Tell::Pause;
        Ok(())
    }

    /// Kills it. Tells whether it ran.
    pub(super) fn kill(&self) -> bool {
        let running = self.end_life();
        running.is_some_and(|running| running.process.end().is_some())
    }

    /// How it ended, if it has ended by itself; after that it counts as not running.
    pub(super) fn take_ended(&self) -> Option<ExitStatus> {
        let status = self.life().running.as_ref().and_then(|running| running.process.ended());
        status.inspect(|_| drop(self.end_life()))
    }

    fn end_life(&self) -> Option<Running> {
        let mut life = self.life();
        life.paused = false;
        life.running.take()
    }

    /// What its clock is ahead from the next start on, milliseconds of the chain's time.
    pub(super) fn set_skew(&self, skew: i64) {
        self.life().skew = skew;
    }

    /// What its command line says besides, from the next start on.
    pub fn say_besides(&self, arguments: Vec<String>) {
        self.life().besides = arguments;
    }

    /// How it gets the chain that it has lost, at the next start.
    pub(super) fn set_sync(&self, sync: Sync) {
        self.life().sync = sync;
    }

    /// The command line of its process; `peers` are ports to dial and who answers there.
    pub(super) fn arguments(
        &self,
        settings: &Settings,
        topology: &Topology,
        folder: &RunFolder,
        peers: &[(u16, String)],
    ) -> Vec<String> {
        let life = self.life();
        let mut list = Arguments(vec!["node".into()]);
        list.pair("--chain", &settings.spec.display());
        list.pair("--base-path", &folder.node(&self.name).display());
        list.pair("--name", &self.name);
        list.pair("--node-key", &self.key.secret());
        list.pair("--listen-addr", &"/ip4/127.0.0.1/tcp/0");
        list.pair("--rpc-port", &0);
        list.pair("--prometheus-port", &0);
        for flag in ["--die-with-parent", "--no-mdns", "--no-private-ip", "--no-telemetry", "--reserved-only"]
        {
            list.flag(flag);
        }
        list.pair("--rpc-methods", &"unsafe");
        list.pair("--rpc-cors", &"all");
        for (port, peer) in peers {
            list.pair("--reserved-nodes", &dial(*port, peer));
        }
        if self.spec.role == Role::Authority {
            list.flag("--validator");
            list.pair("--authority", &self.spec.authority());
            // Without a peer an authority waits for one, unless there can be none.
            if topology.nodes.len() == 1 {
                list.flag("--force-authoring");
            }
        }
        match life.sync {
            // Somebody may ask for any block of the past.
            Sync::Full => {
                list.pair("--state-pruning", &"archive");
                list.pair("--blocks-pruning", &"archive");
            }
            // Such a node lacks the states before the one it got, so the SDK does not let it be an archive.
            Sync::State => list.pair("--sync", &"fast"),
        }
        match self.spec.database {
            Database::Paritydb => list.pair("--database", &"paritydb"),
            Database::Memory => list.flag("--in-memory"),
        }
        match topology.pace {
            Pace::Paced | Pace::Interval(_) => list.pair("--sealing", &"paced"),
            Pace::Live { rate } => {
                list.pair("--clock-origin", &settings.origin);
                list.pair("--clock-rate", &rate);
                list.pair("--clock-skew", &life.skew);
            }
        }
        list.pair("--gossip-ms", &gossip(topology).as_millis());
        list.0.extend_from_slice(&life.besides);
        list.0
    }

    /// Starts the process and waits until it answers. Must be called on the keeper's thread.
    pub(super) async fn start(
        &self,
        settings: &Settings,
        arguments: Vec<String>,
        log: &Path,
    ) -> Result<Listening, NetworkError> {
        let mut command = Command::new(&settings.binary);
        command.args(arguments);
        let (process, listening): (_, Listening) = Process::start(&self.name, command, log, START).await?;
        let rpc = Rpc::connect(&listening.rpc).await.map_err(|source| self.failed(source))?;
        let mut life = self.life();
        life.paused = false;
        life.running = Some(Running { process: Arc::new(process), listening: listening.clone(), rpc });
        Ok(listening)
    }

    fn life(&self) -> MutexGuard<'_, Life> {
        self.life.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address at which somebody who answers to `peer` is dialled.
pub(super) fn dial(port: u16, peer: &str) -> String {
    format!("/ip4/127.0.0.1/tcp/{port}/p2p/{peer}")
}

/// What GRANDPA is told that a message takes: what it takes over the slowest link, and a little for the nodes.
fn gossip(topology: &Topology) -> Duration {
    let shapes = topology.between.values().chain([&topology.links]);
    let slowest = shapes.map(|shape| shape.latency + shape.jitter).max().unwrap_or_default();
    slowest + Duration::from_millis(50)
}

/// Arguments of a command line, one after another.
struct Arguments(Vec<String>);

impl Arguments {
    fn flag(&mut self, flag: &str) {
        self.0.push(flag.to_owned());
    }

    fn pair(&mut self, flag: &str, value: &dyn Display) {
        self.0.extend([flag.to_owned(), value.to_string()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_says_what_the_topology_says() {
        let root = tempfile::tempdir().unwrap();
        let folder = RunFolder::claim(root.path(), "test").unwrap();
        let settings = Settings { binary: "assay".into(), spec: "spec.json".into(), origin: 7 };
        let mut topology = Topology::of(2).unwrap();
        topology.links.latency = Duration::from_millis(100);
        let line = |node: &Node, topology: &Topology| {
            node.arguments(&settings, topology, &folder, &[(4000, "PEER".into())]).join(" ")
        };
        let node = Node::new(&topology.nodes[1], "Two");
        node.set_skew(-12_000);
        let live = line(&node, &topology);
        for part in [
            "--reserved-nodes /ip4/127.0.0.1/tcp/4000/p2p/PEER",
            "--validator --authority Two",
            "--clock-origin 7 --clock-rate 48 --clock-skew -12000",
            "--gossip-ms 150",
            "--die-with-parent",
        ] {
            assert!(live.contains(part), "{live}\nhas no {part}");
        }
        topology.nodes[1].role = Role::Full;
        topology.nodes[1].database = Database::Memory;
        topology.pace = Pace::Paced;
        let paced = line(&Node::new(&topology.nodes[1], "Two"), &topology);
        assert!(!paced.contains("--validator") && !paced.contains("--clock"), "{paced}");
        assert!(paced.contains("--sealing paced") && paced.contains("--in-memory"), "{paced}");
        node.say_besides(vec!["--sabotage".into(), "minted-twice".into()]);
        assert!(line(&node, &topology).ends_with(" --sabotage minted-twice"));
    }
}
