//! `assay validator`: a validator of a subnet, and the gateway to its miners.

use super::{MemberArgs, ProcessArgs, known, run};
use crate::commands::Failure;
use crate::network::folder::state_home;
use assay_inference::H256;
use assay_neuron::key::account;
use assay_neuron::serve::validator::{Options, serve};
use assay_neuron::validator::{Config, Profile, Way};
use assay_neuron::workload::Workload;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Run a validator: it asks every miner in rounds, sets weights, reports offences, and serves customers.
///
/// A round happens on a block. All miners get the same inputs, drawn by the seed from inputs that no model has seen; what
/// they answer is measured, a part of it computed again, and a part asked twice. A miner's weight is the third power of
/// how far its quality is above a blind guess, less the slower it is. Weights are set once in each epoch, committed first
/// where the subnet says so: sealed until a round of the beacon where the chain hears from one, or behind a hash, which is
/// kept on disk until it is revealed. Who can be proved wrong is reported and gets none.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct Validator {
    #[command(flatten)]
    member: MemberArgs,

    /// How it behaves
    #[arg(long, value_name = "PROFILE", default_value = "honest", help_heading = "Judgement")]
    profile: Profile,
    /// What the subnet asks for: vision, series or text
    #[arg(long, value_name = "WORKLOAD", help_heading = "Judgement")]
    workload: Workload,
    /// The folder with the models, whose answers can be computed again, and the held-out inputs
    #[arg(long, value_name = "DIR", default_value = "fixtures/models", help_heading = "Judgement")]
    models: PathBuf,
    /// Where its questions come from; whoever knows it knows them beforehand
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Judgement")]
    seed: u64,
    /// Blocks from one round to the next
    #[arg(long, value_name = "BLOCKS", default_value_t = 5, help_heading = "Judgement")]
    round: u32,
    /// Questions to each miner in a round
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = "Judgement")]
    questions: u16,
    /// Percent of all answers that are computed again
    #[arg(long, value_name = "PERCENT", default_value_t = 25, value_parser = clap::value_parser!(u8).range(0..=100), help_heading = "Judgement")]
    recompute: u8,
    /// Percent of all questions that are asked a second time
    #[arg(long, value_name = "PERCENT", default_value_t = 12, value_parser = clap::value_parser!(u8).range(0..=100), help_heading = "Judgement")]
    repeat: u8,
    /// Milliseconds after which an answer is no answer
    #[arg(long, value_name = "MS", default_value_t = 4_000, help_heading = "Judgement")]
    timeout: u32,
    /// Milliseconds of latency that halve a miner's weight
    #[arg(long, value_name = "MS", default_value_t = 1_000, help_heading = "Judgement")]
    half: u32,
    /// Answers after which the moving averages fade
    #[arg(long, value_name = "N", default_value_t = 64, help_heading = "Judgement")]
    memory: u32,
    /// Blocks that a receipt's block may be from the head
    #[arg(long, value_name = "BLOCKS", default_value_t = 50, help_heading = "Judgement")]
    lag: u32,
    /// How weights are committed where the subnet asks for it
    #[arg(long, value_name = "HOW", default_value_t, value_enum, help_heading = "Judgement")]
    commit: Way,
    /// Hotkey of one of a cabal's own miners, ss58; may be given several times
    #[arg(long, value_name = "HOTKEY", value_parser = account, help_heading = "Judgement")]
    friend: Vec<[u8; 32]>,

    /// Where it listens for customers; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8092", help_heading = "Service")]
    listen: SocketAddr,
    /// Customers served at the same time; more are refused with status 429
    #[arg(long, value_name = "N", default_value_t = 2_048, help_heading = "Service")]
    customers: usize,

    /// Credits that a customer's request costs, paid by signed vouchers (pallet Credits); 0 asks for nothing
    #[arg(long, value_name = "CREDITS", default_value_t = 0, help_heading = "Service")]
    price: u64,
    /// The folder of the folders in which validators keep what must outlive them [default: ~/.local/state/assay/validators]
    #[arg(long, value_name = "DIR", help_heading = "Service")]
    state: Option<PathBuf>,

    #[command(flatten)]
    process: ProcessArgs,
}

const AFTER_HELP: &str = "\
Examples:
  assay validator --netuid 2 --workload vision --hotkey-uri //Bob//validator --coldkey-uri //Bob
  assay validator --netuid 2 --workload vision --wallet-name bob --seed 7 --round 10
  assay validator --netuid 2 --workload vision --wallet-name bob --commit hash
  curl -d '{\"input\": [ … ]}' http://127.0.0.1:8092/v1/infer    a customer's request
  curl http://127.0.0.1:8092/v1/miners                         what it thinks of each miner

API: POST /v1/infer, GET /v1/miners, GET /v1/credits/CUSTOMER, GET /health, GET /metrics (Prometheus), GET /openapi.json.
Exit codes: 0 it was asked to end, 2 it could not run.";

impl Validator {
    /// Serves until it is asked to end.
    ///
    /// # Errors
    /// [`Failure::CouldNotRun`] if it cannot start or breaks.
    pub fn run(self) -> Result<(), Failure> {
        let parent_gone = self.process.start()?;
        let (held_out, models) = known(&self.models, self.workload)?;
        // The chain fills in its genesis.
        let config = Config {
            profile: self.profile,
            questions: self.questions,
            recompute: parts(self.recompute),
            repeat: parts(self.repeat),
            timeout_ms: self.timeout,
            half_ms: self.half,
            memory: self.memory,
            lag: self.lag,
            friends: self.friend,
            ..Config::new(self.member.netuid, H256::zero())
        };
        let options = Options {
            member: self.member.member()?,
            config,
            seed: self.seed,
            held_out,
            models,
            round: self.round,
            commit: self.commit,
            state: self.state.unwrap_or_else(|| state_home().join("validators")),
            listen: self.listen,
            customers: self.customers,
            price: self.price,
            parent_gone,
        };
        Ok(run(async { Ok(serve(options).await?) })?)
    }
}

/// Percent as parts of 65,535.
fn parts(percent: u8) -> u16 {
    u16::try_from(u32::from(percent) * u32::from(u16::MAX) / 100).unwrap_or(u16::MAX)
}
