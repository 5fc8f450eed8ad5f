//! The nodes of a network as containers.
//!
//! One private network of the engine's, a container for each node, an image made of nothing but the binary and its
//! libraries, through testcontainers. Faults are the engine's own: a container is paused, killed, or taken off the
//! network. Nodes of processes ([`crate::network`]) can do more; containers show that nothing of it depends on this
//! machine.

pub mod engine;
pub mod image;

use crate::network::keys::NodeKey;
use crate::network::rpc::{Rpc, RpcError};
use crate::network::topology::{NodeSpec, Role};
use crate::network::{Pace, Topology};
use engine::refused;
use image::ImageName;
use polkadot_sdk::sp_core::storage::Storage;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;
use testcontainers::bollard::Docker;
use testcontainers::bollard::models::{
    HostConfig, NetworkConnectRequest, NetworkDisconnectRequest, PortBinding,
};
use testcontainers::bollard::query_parameters::{KillContainerOptions, RemoveContainerOptionsBuilder};
use testcontainers::core::{AccessMode, IntoContainerPort, Mount};
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, GenericImage, ImageExt};
use thiserror::Error;
use tokio::runtime::{Builder, Handle};
use tokio::time::{Instant, sleep};

/// Port of JSON-RPC inside a container.
const RPC: u16 = 9944;

/// Port of the peers inside a container.
const PEERS: u16 = 30333;

/// How long a container may take until its node answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// How soon a node that does not answer yet is asked again.
const LOOK: Duration = Duration::from_millis(100);

/// Why containers do not do what they should.
#[derive(Debug, Error)]
pub enum DockerError {
    /// There is no engine.
    #[error("no Docker engine answers: {0}")]
    NoEngine(String),
    /// The binary cannot be put into an image.
    #[error("{path}: {source}")]
    Binary {
        /// The binary.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The chain's spec cannot be handed to the containers.
    #[error("the chain spec cannot be written: {0}")]
    Spec(std::io::Error),
    /// The engine refuses.
    #[error("docker {what}: {said}")]
    Refused {
        /// What was asked.
        what: &'static str,
        /// What it says.
        said: String,
    },
    /// There is no such node.
    #[error("there is no node `{0}`")]
    NoNode(String),
    /// A node does not answer.
    #[error("{node}: {source}")]
    Rpc {
        /// The node.
        node: String,
        /// What was asked, and what came of it.
        source: RpcError,
    },
}

/// A network of containers. They and their network are removed when it is dropped.
#[derive(Debug)]
pub struct Containers {
    network: String,
    nodes: BTreeMap<String, ContainerAsync<GenericImage>>,
    /// Does what testcontainers does not.
    engine: Docker,
    /// The chain's spec, which the containers read.
    spec: NamedTempFile,
}

impl Containers {
    /// Starts the nodes of a topology on a genesis, by the binary `assay`, and waits until all of them answer.
    ///
    /// # Errors
    /// See [`DockerError`]; nothing stays then.
    pub async fn start(binary: &Path, topology: &Topology, genesis: &Storage) -> Result<Self, DockerError> {
        let engine = engine::client().await?;
        let image = image::of(binary).await?;
        let mut spec = NamedTempFile::new().map_err(DockerError::Spec)?;
        spec.write_all(assay_node::spec::raw(genesis).to_string().as_bytes()).map_err(DockerError::Spec)?;
        let mut containers = Self { network: name(), nodes: BTreeMap::new(), engine, spec };
        let origin = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        for node in &topology.nodes {
            containers.run(&image, topology, node, origin).await?;
        }
        for node in &topology.nodes {
            containers.rpc(&node.name).await?;
        }
        Ok(containers)
    }

    async fn run(
        &mut self,
        image: &ImageName,
        topology: &Topology,
        node: &NodeSpec,
        origin: u128,
    ) -> Result<(), DockerError> {
        let spec = Mount::bind_mount(self.spec.path().to_string_lossy(), "/spec.json");
        let container = self.container(&node.name);
        let started = GenericImage::new(&image.name, &image.tag)
            .with_exposed_port(RPC.tcp())
            .with_container_name(&container)
            .with_network(&self.network)
            .with_mount(spec.with_access_mode(AccessMode::ReadOnly))
            .with_host_config_modifier(on_loopback)
            .with_cmd(self.arguments(topology, node, origin))
            .start()
            .await;
        match started {
            Ok(started) => {
                self.nodes.insert(node.name.clone(), started);
                Ok(())
            }
            Err(error) => {
                // It may have been made and not have started; then nobody else removes it.
                let force = RemoveContainerOptionsBuilder::new().force(true).v(true).build();
                let _ = self.engine.remove_container(&container, Some(force)).await;
                Err(refused("run")(&error))
            }
        }
    }

    /// The name of the network; those of its containers begin with it.
    pub fn name(&self) -> &str {
        &self.network
    }

    fn container(&self, node: &str) -> String {
        format!("{}-{}", self.network, node.to_lowercase())
    }

    fn arguments(&self, topology: &Topology, node: &NodeSpec, origin: u128) -> Vec<String> {
        let mut list: Vec<String> =
            ["node", "--chain", "/spec.json", "--base-path", "/data", "--in-memory"].map(String::from).into();
        let mut say = |words: &[&str]| list.extend(words.iter().map(|word| (*word).to_owned()));
        say(&["--name", &node.name, "--node-key", &NodeKey::of(&node.name).secret()]);
        say(&["--rpc-port", &RPC.to_string(), "--unsafe-rpc-external", "--rpc-cors", "all"]);
        say(&["--rpc-methods", "unsafe", "--state-pruning", "archive", "--blocks-pruning", "archive"]);
        say(&["--listen-addr", &format!("/ip4/0.0.0.0/tcp/{PEERS}"), "--no-mdns", "--reserved-only"]);
        for peer in topology.nodes.iter().filter(|peer| peer.name != node.name) {
            let (host, id) = (self.container(&peer.name), NodeKey::of(&peer.name).peer());
            say(&["--reserved-nodes", &format!("/dns/{host}/tcp/{PEERS}/p2p/{id}")]);
        }
        if node.role == Role::Authority {
            say(&["--validator", "--authority", node.key.trim_start_matches("//")]);
        }
        match topology.pace {
            Pace::Paced | Pace::Interval(_) => say(&["--sealing", "paced"]),
            Pace::Live { rate } => {
                say(&["--clock-origin", &origin.to_string(), "--clock-rate", &rate.to_string()]);
            }
        }
        list
    }

    /// The container of a node.
    fn of(&self, name: &str) -> Result<&ContainerAsync<GenericImage>, DockerError> {
        self.nodes.get(name).ok_or_else(|| DockerError::NoNode(name.to_owned()))
    }

    /// A conversation with a node, as soon as it answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn rpc(&self, name: &str) -> Result<Rpc, DockerError> {
        let begun = Instant::now();
        let container = self.of(name)?;
        loop {
            // The engine gives a container that was started again another port.
            let port = container.get_host_port_ipv4(RPC.tcp()).await;
            let port = port.map_err(|error| refused("port")(&error))?;
            match Rpc::connect(&format!("ws://127.0.0.1:{port}")).await {
                Ok(rpc) => return Ok(rpc),
                Err(source) if begun.elapsed() > PATIENCE => {
                    return Err(DockerError::Rpc { node: name.to_owned(), source });
                }
                Err(_) => sleep(LOOK).await,
            }
        }
    }

    /// Makes a node stand still.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn pause(&self, name: &str) -> Result<(), DockerError> {
        self.of(name)?.pause().await.map_err(|error| refused("pause")(&error))
    }

    /// Lets a node that stands still go on.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn resume(&self, name: &str) -> Result<(), DockerError> {
        self.of(name)?.unpause().await.map_err(|error| refused("unpause")(&error))
    }

    /// Kills a node.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn kill(&self, name: &str) -> Result<(), DockerError> {
        let killed = self.engine.kill_container(self.of(name)?.id(), None::<KillContainerOptions>).await;
        killed.map_err(|error| refused("kill")(&error))
    }

    /// Starts a node that was killed; what it kept in memory is gone.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn start_again(&self, name: &str) -> Result<(), DockerError> {
        self.of(name)?.start().await.map_err(|error| refused("start")(&error))
    }

    /// Takes a node off the network: it runs and nobody reaches it.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn cut(&self, name: &str) -> Result<(), DockerError> {
        let container = self.of(name)?.id().to_owned();
        let request = NetworkDisconnectRequest { container, force: Some(true) };
        let cut = self.engine.disconnect_network(&self.network, request).await;
        cut.map_err(|error| refused("network disconnect")(&error))
    }

    /// Puts a node back on the network.
    ///
    /// # Errors
    /// If the engine refuses.
    pub async fn join(&self, name: &str) -> Result<(), DockerError> {
        let container = self.of(name)?.id().to_owned();
        let request = NetworkConnectRequest { container, endpoint_config: None };
        let joined = self.engine.connect_network(&self.network, request).await;
        joined.map_err(|error| refused("network connect")(&error))
    }
}

impl Drop for Containers {
    fn drop(&mut self) {
        // Each container removes itself, and the last one the network; they want a runtime around them for that.
        if Handle::try_current().is_ok() {
            self.nodes.clear();
        } else if let Ok(runtime) = Builder::new_current_thread().enable_all().build() {
            let _entered = runtime.enter();
            self.nodes.clear();
        }
    }
}

/// Publishes the port of JSON-RPC on this machine alone, wherever there is room.
fn on_loopback(host: &mut HostConfig) {
    let binding = PortBinding { host_ip: Some("127.0.0.1".into()), host_port: None };
    host.publish_all_ports = Some(false);
    host.port_bindings = Some(HashMap::from([(RPC.tcp().to_string(), Some(vec![binding]))]));
}

/// A name that no other network has.
fn name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("assay-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
