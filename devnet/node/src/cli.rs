//! The commands `assay node` and `assay build-spec`.

use crate::clock::Clock;
use crate::executor::Native;
use crate::sealing::Sealing;
use crate::service::{self, Options};
use crate::spec::{self, Changes, Resolve};
use crate::{Error, lifeline};
use clap::Args;
use polkadot_sdk::sc_cli::{RunCmd, SubstrateCli};
use polkadot_sdk::sc_service::{BlocksPruning, ChainSpec, Configuration, DatabaseSource, PruningMode, Role};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const NODE_HELP: &str = "\
Examples:
  assay node --dev                              one authority, a block each 12 seconds
  assay node --dev --sealing 250                a block each 250 milliseconds, time is virtual
  assay node --dev --sealing instant            a block for every transaction
  assay node --chain dev --sealing manual       a block when engine_createBlock asks for one
  assay node --chain spec.json --one --base-path /tmp/one
  assay node --chain dev --two --tmp --bootnodes /ip4/127.0.0.1/tcp/30333/p2p/12D3…
  assay node --dev --clock-rate 48              live Aura, a slot each 250 milliseconds

When it answers, it prints one line of JSON on standard output with the addresses it has; port 0 takes a free one.
Everything else goes to standard error.";

/// Runs a node.
///
/// The flags are those of every Polkadot SDK node, and at the end those of a devnet.
#[derive(Clone, Debug, Args)]
#[command(after_help = NODE_HELP)]
pub struct NodeCommand {
    #[command(flatten)]
    run: RunCmd,

    #[command(flatten, next_help_heading = "Devnet")]
    devnet: DevnetParams,
}

/// What a node of a devnet can be told besides.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
struct DevnetParams {
    /// Make blocks without waiting for slots of the clock: `manual`, `instant`, every so many milliseconds, or `paced`.
    ///
    /// Time is then virtual (block n stands at n times 12 seconds), blocks carry no seal, and other nodes do not ask
    /// for one. `manual` waits for the RPC `engine_createBlock`, `instant` makes a block for every transaction and
    /// when asked, a number makes one each so many milliseconds and only then; these three finalise at once, for a node alone. `paced` waits for
    /// the RPC `assay_createBlock`, and GRANDPA finalises.
    #[arg(long, value_name = "HOW")]
    sealing: Option<Sealing>,

    /// Be this authority: hold the keys of `//NAME` and make blocks when it is its turn; may be given several times.
    #[arg(long, value_name = "NAME")]
    authority: Vec<String>,

    /// Shortcut for `--authority Three`, as `--one` and `--two` are for the first two.
    #[arg(long)]
    three: bool,

    /// Moment at which the virtual clock starts, milliseconds since 1970.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    clock_origin: u64,

    /// How many times faster than the world the clock runs (48: a slot each 250 milliseconds).
    #[arg(long, value_name = "N", default_value = "1")]
    clock_rate: NonZeroU32,

    /// What this node's clock is ahead, virtual milliseconds; may be negative.
    #[arg(long, value_name = "MS", default_value_t = 0, allow_hyphen_values = true)]
    clock_skew: i64,

    /// What GRANDPA expects a message to take to all other nodes; rounds of votes take a few times as long.
    #[arg(long, value_name = "MS", default_value_t = 50)]
    gossip_ms: u64,

    /// Keep the database in memory; nothing is left when the node ends.
    #[arg(long, conflicts_with = "database")]
    in_memory: bool,

    /// Start the chain with this WASM runtime instead of the one compiled into the program.
    #[arg(long, value_name = "FILE")]
    wasm: Option<PathBuf>,

    /// End when the parent process ends, or standard input does.
    #[arg(long)]
    die_with_parent: bool,

    /// Accepted because scripts that start other nodes give it; there are none.
    #[arg(long, hide = true)]
    no_hardware_benchmarks: bool,
}

impl NodeCommand {
    /// Runs the node until it is told to end.
    ///
    /// `resolve` says what a name of a chain means; files in JSON are read as raw chain specs. `native` is the runtime
    /// where the chain's code is the marker: its default, but for tests.
    ///
    /// # Errors
    /// [`Error`] if it cannot start or breaks.
    pub fn run(mut self, resolve: Resolve, native: Native) -> Result<(), Error> {
        let parent_gone = if self.devnet.die_with_parent {
            lifeline::follow_parent()?;
            Some(lifeline::watch_input()?)
        } else {
            None
        };
        let authorities = self.authorities();
        let dev = self.run.shared_params.dev;
        if self.run.name.is_none() && !authorities.is_empty() {
            self.run.name = Some(authorities.join("-"));
        }
        // A devnet's node may make its own identity, whatever its role.
        self.run.network_params.node_key_params.unsafe_force_node_key_generation = true;
        if self.devnet.in_memory && self.run.shared_params.base_path.is_none() {
            self.run.tmp = true;
        }
        let code = self.devnet.wasm.as_deref().map(spec::read_wasm).transpose()?;
        let changes = Changes { authorities: dev.then(|| authorities.clone()), code };
        let launcher = Launcher { resolve, changes };
        let options = Options {
            sealing: self.devnet.sealing,
            clock: Clock {
                origin: self.devnet.clock_origin,
                rate: self.devnet.clock_rate,
                skew: self.devnet.clock_skew,
            },
            gossip: Duration::from_millis(self.devnet.gossip_ms),
            authorities,
            parent_gone,
            native,
        };
        // The SDK serves metrics on its usual port unless told not to; here they are served if asked for.
        let metrics = &mut self.run.prometheus_params;
        metrics.no_prometheus |= metrics.prometheus_port.is_none() && !metrics.prometheus_external;

        let runner = launcher.create_runner(&self.run)?;
        let database = Database { in_memory: self.devnet.in_memory, archive: dev };
        runner.run_node_until_exit(|config| async move {
            service::start(adjust(config, &options, database), options)
        })
    }

    /// Names of the authorities that the node is.
    fn authorities(&self) -> Vec<String> {
        let mut names = self.devnet.authority.clone();
        names.extend(self.run.get_keyring().map(|keyring| keyring.to_string()));
        if self.devnet.three {
            names.push("Three".into());
        }
        if names.is_empty() && self.run.shared_params.dev {
            names.push("One".into());
        }
        names
    }
}

/// What the database is besides what the SDK's command line says.
#[derive(Clone, Copy)]
struct Database {
    in_memory: bool,
    /// Keep every block and state, unless the command line says otherwise.
    archive: bool,
}

/// What the SDK's command line says otherwise.
fn adjust(mut config: Configuration, options: &Options, database: Database) -> Configuration {
    if !options.authorities.is_empty() {
        config.role = Role::Authority;
    }
    // The keys are put into the key store by their names.
    config.dev_key_seed = None;
    config.telemetry_endpoints = None;
    if database.in_memory {
        // The flag is how the backend learns that this database is new.
        let db = Arc::new(sp_database::MemDb::new());
        config.database = DatabaseSource::Custom { db, require_create_flag: true };
    }
    if database.archive && config.state_pruning.is_none() {
        config.state_pruning = Some(PruningMode::ArchiveAll);
        config.blocks_pruning = BlocksPruning::KeepAll;
    }
    config
}

/// Prints the raw chain spec of a chain as JSON.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  assay build-spec --chain dev > dev.json
  assay node --chain dev.json --one")]
pub struct BuildSpecCommand {
    /// Name of a genesis, or a file.
    #[arg(long, value_name = "CHAIN", default_value = "dev")]
    chain: String,

    /// Accepted because other nodes need it: the spec is always raw.
    #[arg(long)]
    raw: bool,

    /// Accepted because scripts give it: there are no boot nodes.
    #[arg(long, hide = true)]
    disable_default_bootnode: bool,
}

impl BuildSpecCommand {
    /// The spec.
    ///
    /// # Errors
    /// [`Error::Chain`] for a chain that cannot be used.
    pub fn run(&self, resolve: Resolve) -> Result<String, Error> {
        let spec = spec::load(&self.chain, resolve)?;
        spec.as_json(true).map_err(|problem| Error::Chain { chain: self.chain.clone(), problem })
    }
}

/// What the SDK wants to know of the program.
struct Launcher<'a> {
    resolve: Resolve<'a>,
    changes: Changes,
}

impl SubstrateCli for Launcher<'_> {
    fn impl_name() -> String {
        "Assay".into()
    }

    fn impl_version() -> String {
        env!("CARGO_PKG_VERSION").into()
    }

    fn description() -> String {
        env!("CARGO_PKG_DESCRIPTION").into()
    }

    fn author() -> String {
        "the Assay project".into()
    }

    fn support_url() -> String {
        "the Assay project".into()
    }

    fn copyright_start_year() -> i32 {
        2026
    }

    fn executable_name() -> String {
        "assay".into()
    }

    fn load_spec(&self, chain: &str) -> Result<Box<dyn ChainSpec>, String> {
        let chain = if chain.is_empty() { "dev" } else { chain };
        self.changes.load(chain, self.resolve).map_err(|error| error.to_string())
    }
}
