//! Miners and validators of a scenario: the real ones, in this process.
//!
//! They are what `assay miner` and `assay validator` run, without transport and clock: a round of questions happens on a
//! block, every choice follows from a seed, models are whole numbers, and what validators conclude goes to the chain as
//! extrinsics. So a scenario ends in the same block hash wherever it runs.

mod customers;
mod reading;
mod rounds;
mod weights;

pub use customers::{Customers, Served};

use super::{StepError, World};
use assay_inference::H256;
use assay_neuron::device::Cpu;
use assay_neuron::gateway::Routing;
use assay_neuron::key::{Key, Public};
use assay_neuron::metagraph::Metagraph;
use assay_neuron::miner::{self, Miner, Setup};
use assay_neuron::model::{HeldOut, Trained};
use assay_neuron::validator::{self, Config, Judge};
use assay_neuron::workload::Workload;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use weights::Commits;

/// The folder of the models.
fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/models")
}

/// How the validators of a market work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Blocks between two rounds of questions.
    pub round: u32,
    /// Questions to each miner in a round.
    pub questions: u16,
    /// Parts of 65,535 of all answers that are computed again.
    pub recompute: u16,
    /// Parts of 65,535 of all questions that are asked twice.
    pub repeat: u16,
    /// Answers after which averages fade.
    pub memory: u32,
    /// Draws questions and jobs.
    pub seed: u64,
}

impl Default for Terms {
    fn default() -> Self {
        let Config { questions, recompute, repeat, memory, .. } = Config::new(0, H256::zero());
        Self { round: 5, questions, recompute, repeat, memory, seed: 1 }
    }
}

/// The miners and validators of a subnet.
pub struct Market {
    workload: Workload,
    terms: Terms,
    genesis: H256,
    /// By the names of their hotkeys.
    miners: BTreeMap<String, Worker>,
    validators: BTreeMap<String, Validator>,
    customers: Customers,
}

/// A miner; none while it is down.
struct Worker {
    hotkey: Public,
    miner: Option<Miner>,
    /// Whether it answers only hotkeys with a validator permit.
    permit_only: bool,
}

impl Worker {
    /// Whether it answers a hotkey.
    fn answers(&self, asker: &Public, metagraph: &Metagraph) -> bool {
        !self.permit_only || metagraph.is_permitted(asker)
    }
}

/// A validator, with what it keeps beside its judgement.
struct Validator {
    coldkey: String,
    judge: Judge,
    routing: Routing,
    commits: Commits,
}

impl fmt::Debug for Market {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (miners, validators) = (self.miners.keys(), self.validators.keys());
        let mut shown = formatter.debug_struct("Market");
        shown.field("workload", &self.workload).field("miners", &miners).field("validators", &validators);
        shown.finish_non_exhaustive()
    }
}

/// Something of a market that cannot be had.
fn unfit(problem: impl fmt::Display) -> StepError {
    StepError::Unfit(problem.to_string())
}

fn key(name: &str) -> Result<Key, StepError> {
    Key::from_uri(&format!("//{name}")).map_err(unfit)
}

impl World {
    /// Makes a subnet a market for a workload, without miners and validators.
    ///
    /// # Errors
    /// If it is one already.
    pub fn open_market(&mut self, netuid: u16, workload: Workload, terms: Terms) -> Result<(), StepError> {
        if self.markets.contains_key(&netuid) {
            return Err(StepError::Unfit(format!("subnet {netuid} is a market already")));
        }
        let genesis = self.client()?.chain().genesis_hash();
        let market = Market {
            workload,
            terms,
            genesis,
            miners: BTreeMap::new(),
            validators: BTreeMap::new(),
            customers: Customers::default(),
        };
        self.markets.insert(netuid, market);
        Ok(())
    }

    /// The market of a subnet.
    ///
    /// # Errors
    /// If it is none.
    pub fn market(&mut self, netuid: u16) -> Result<&mut Market, StepError> {
        self.markets.get_mut(&netuid).ok_or_else(|| {
            StepError::Unfit(format!(
                "subnet {netuid} is no market yet; write `Given a market for vision on subnet {netuid}`"
            ))
        })
    }
}

impl Market {
    /// What it is for.
    pub fn workload(&self) -> Workload {
        self.workload
    }

    /// The model that the subnet's owner would register.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub fn model(&self) -> Result<Trained, StepError> {
        Trained::named(&models(), self.workload.name()).map_err(unfit)
    }

    /// Lets a miner work, with a memory of its own; in place of the one of that hotkey, if there is one. With `permit_only`
    /// it answers only hotkeys with a validator permit.
    ///
    /// # Errors
    /// If its model cannot be had.
    pub fn employ(
        &mut self,
        netuid: u16,
        name: &str,
        profile: miner::Profile,
        permit_only: bool,
    ) -> Result<(), StepError> {
        let file = Trained::named(&models(), &profile.model(self.workload)).map_err(unfit)?;
        let hotkey = key(name)?;
        let public = hotkey.public();
        let (workload, genesis) = (self.workload, self.genesis);
        let setup = Setup { profile, workload, model: file.network, hotkey, netuid, genesis };
        let miner = Miner::new(setup, &Cpu).map_err(unfit)?;
        self.miners.insert(name.to_owned(), Worker { hotkey: public, miner: Some(miner), permit_only });
        Ok(())
    }

    /// Stops a miner; whoever asks it gets no answer.
    ///
    /// # Errors
    /// If nobody of that name works here.
    pub fn dismiss(&mut self, name: &str) -> Result<(), StepError> {
        let worker = self.miners.get_mut(name);
        let worker = worker.ok_or_else(|| StepError::Unfit(format!("no miner `{name}` works here")))?;
        worker.miner = None;
        Ok(())
    }

    /// Lets a validator work. `coldkey` reports what it finds, and `friends` are miners that a cabal favours.
    ///
    /// # Errors
    /// If the held-out inputs cannot be read.
    pub fn appoint(
        &mut self,
        netuid: u16,
        name: &str,
        coldkey: &str,
        profile: validator::Profile,
        friends: &[String],
    ) -> Result<(), StepError> {
        let held_out = HeldOut::of(&models(), self.workload).map_err(unfit)?;
        let friends = friends.iter().map(|friend| Ok(key(friend)?.public()));
        let Terms { questions, recompute, repeat, memory, seed, .. } = self.terms;
        let config = Config {
            profile,
            questions,
            recompute,
            repeat,
            memory,
            friends: friends.collect::<Result<_, StepError>>()?,
            ..Config::new(netuid, self.genesis)
        };
        let known: Arc<_> = self.model()?.network;
        let judge = Judge::new(config, key(name)?, seed, held_out, [known]);
        let routing = Routing::new(*judge.scale());
        let validator =
            Validator { coldkey: coldkey.to_owned(), judge, routing, commits: Commits::default() };
        self.validators.insert(name.to_owned(), validator);
        Ok(())
    }

    fn worker(&self, hotkey: &Public) -> Option<&Worker> {
        self.miners.values().find(|worker| worker.hotkey == *hotkey)
    }

    /// The miner that a copycat copies: the first honest one, if that answers it.
    fn victim(&self, copycat: &Public, metagraph: &Metagraph) -> Option<&Miner> {
        let mut workers = self.miners.values().filter_map(|worker| Some((worker, worker.miner.as_ref()?)));
        let (worker, miner) = workers.find(|(_, miner)| miner.setup().profile == miner::Profile::Honest)?;
        worker.answers(copycat, metagraph).then_some(miner)
    }
}
