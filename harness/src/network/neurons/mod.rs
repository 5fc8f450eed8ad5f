//! The miners and validators of a network: child processes, like its nodes.
//!
//! When the nodes are up, [`prepare`] registers subnets and hotkeys and stakes, [`wallets`] writes the keys where clients
//! look for them, and then every program is started. Ours say where they listen; what somebody else wrote is told where
//! everything is by its environment, and says nothing.

mod command;
pub mod customers;
mod prepare;
pub mod standing;
mod wallets;

use super::folder::NeuronState;
use super::process::Process;
use super::topology::{NeuronSpec, Program};
use super::{Network, NetworkError};
use crate::nearest::suggestion;
use futures::future::try_join_all;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a miner or a validator may take until it listens.
const START: Duration = Duration::from_secs(60);

/// Where a miner or a validator of ours listens, as it says itself when it is up.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Listening {
    /// Where it answers.
    pub http: String,
}

/// A miner or a validator that ended by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub status: String,
    /// Whether it was started again.
    pub again: bool,
}

/// A miner or a validator.
#[derive(Debug)]
pub struct Neuron {
    spec: NeuronSpec,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    process: Process,
    http: Option<String>,
}

impl Neuron {
    /// One that does not run yet.
    pub(super) fn new(spec: NeuronSpec) -> Self {
        Self { spec, running: Mutex::new(None) }
    }

    /// What it was made of.
    pub fn spec(&self) -> &NeuronSpec {
        &self.spec
    }

    /// Where it answers, while it runs.
    pub fn http(&self) -> Option<String> {
        self.running().as_ref().and_then(|running| running.http.clone())
    }

    /// Its process, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.running().as_ref().map(|running| running.process.pid())
    }

    /// Kills it, as a crash does; false if it does not run.
    fn kill(&self) -> bool {
        self.running().take().is_some()
    }

    /// How it ended, if it has by itself; it does not run then.
    fn take_ended(&self) -> Option<ExitStatus> {
        let mut running = self.running();
        let ended = running.as_ref()?.process.ended()?;
        running.take();
        Some(ended)
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self, network: &Network) -> NeuronState {
        let Self { spec, .. } = self;
        NeuronState {
            name: spec.name.clone(),
            role: spec.kind.name().into(),
            subnet: spec.subnet.clone(),
            netuid: spec.netuid,
            program: match &spec.program {
                Program::Ours { profile, .. } => profile.clone(),
                Program::Theirs(command) => name_of(command),
            },
            pid: self.pid(),
            http: self.http(),
            log: network.0.folder.log(&spec.name),
        }
    }
}

/// What somebody else's program is called: the name of its file.
fn name_of(command: &[String]) -> String {
    let file = command.first().and_then(|program| Path::new(program).file_name());
    file.map(|file| file.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Network {
    /// Prepares the chain for the miners and validators of the topology, and starts them.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub(super) async fn open_market(&self) -> Result<(), NetworkError> {
        let (market, endpoint) = (&self.topology().market, self.neurons_endpoint());
        prepare::prepare(&endpoint, &self.topology().genesis, market).await?;
        wallets::write(&self.wallets(), market)?;
        try_join_all(self.neurons().into_iter().map(|neuron| self.launch(neuron))).await?;
        Ok(())
    }

    /// The miners and validators, in the order of the topology.
    pub fn neurons(&self) -> Vec<Arc<Neuron>> {
        self.0.neurons.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A miner or a validator.
    ///
    /// # Errors
    /// [`NetworkError::NoNode`]
    pub fn neuron(&self, name: &str) -> Result<Arc<Neuron>, NetworkError> {
        let all = self.neurons();
        let found = all.iter().find(|neuron| neuron.spec.name == name).cloned();
        found.ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|neuron| neuron.spec.name.as_str()).collect();
            NetworkError::NoNode { name: name.to_owned(), suggestion: suggestion(name, &names) }
        })
    }

    /// Kills a miner or a validator and waits until it is gone.
    ///
    /// # Errors
    /// [`NetworkError::Down`] if it does not run.
    pub fn kill_neuron(&self, name: &str) -> Result<(), NetworkError> {
        if self.neuron(name)?.kill() { Ok(()) } else { Err(NetworkError::Down(name.to_owned())) }
    }

    /// Starts a miner or a validator that does not run.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn start_neuron(&self, name: &str) -> Result<(), NetworkError> {
        self.launch(self.neuron(name)?).await
    }

    /// Starts again every miner and validator of ours that ended by itself, and tells which ended, and how. What somebody
    /// else wrote stays down: it may have ended because it was done.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub async fn revive_neurons(&self) -> Result<Vec<Ended>, NetworkError> {
        let mut ended = Vec::new();
        for neuron in self.neurons() {
            if let Some(status) = neuron.take_ended() {
                let again = matches!(neuron.spec.program, Program::Ours { .. });
                ended.push(Ended { name: neuron.spec.name.clone(), status: status.to_string(), again });
                if again {
                    self.launch(neuron).await?;
                }
            }
        }
        Ok(ended)
    }

    /// How they are, for those who look from outside.
    pub(super) fn neuron_states(&self) -> Vec<NeuronState> {
        self.neurons().iter().map(|neuron| neuron.state(self)).collect()
    }

    /// Where miners and validators speak to the chain: at the first node.
    pub fn neurons_endpoint(&self) -> String {
        let first = self.names().into_iter().next();
        first.and_then(|name| self.endpoint(&name)).unwrap_or_default()
    }

    /// The folder of their wallets, in btwallet's layout.
    pub fn wallets(&self) -> PathBuf {
        command::wallets(self.folder())
    }

    async fn launch(&self, neuron: Arc<Neuron>) -> Result<(), NetworkError> {
        let binary = self.0.settings.binary.clone();
        let command = command::of(neuron.spec(), &binary, &self.neurons_endpoint(), self.folder());
        let log = self.0.folder.log(&neuron.spec.name);
        // On the keeper's thread, which outlives the process.
        let started = self.0.keeper.run(async move {
            let name = &neuron.spec.name;
            let running = if let Program::Theirs(_) = &neuron.spec.program {
                Running { process: Process::start_silent(name, command, &log)?, http: None }
            } else {
                let (process, listening) = Process::start::<Listening>(name, command, &log, START).await?;
                Running { process, http: Some(listening.http) }
            };
            *neuron.running() = Some(running);
            Ok::<(), NetworkError>(())
        });
        started.await
    }
}
