//! The command `assay`.

use assay::commands::{
    Failure, beacon::ShowBeacon, emission::Emission, epoch::Epoch, explore::Explore, gpu::Gpu, image::Image,
    invariants::Invariants, metadata_diff::MetadataDiff, model::Model, network, neuron, node, quote::Quote,
    reference::Reference, sabotage::Sabotage, steps::Steps, verify::Verify,
};
use assay_node::BuildSpecCommand;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Local devnet and conformance harness for Bittensor's Dynamic TAO.
///
/// A whole Dynamic TAO chain in this process, scenarios that run on it, and the means to prove that it computes what
/// the real chain computes, bit for bit.
#[derive(Parser)]
#[command(name = "assay", version = VERSION, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Verify(Verify),
    Steps(Steps),
    Invariants(Invariants),
    Reference(Reference),
    MetadataDiff(MetadataDiff),
    Sabotage(Sabotage),
    Explore(Explore),
    Quote(Quote),
    Emission(Emission),
    Epoch(Epoch),
    Up(network::up::Up),
    Ps(network::ps::Ps),
    Logs(network::logs::Logs),
    Exec(network::exec::Exec),
    Down(network::down::Down),
    Networks(network::networks::Networks),
    Attend(network::attend::Attend),
    Chaos(network::chaos::Chaos),
    Node(Box<node::Node>),
    BuildSpec(BuildSpecCommand),
    Image(Image),
    Beacon(ShowBeacon),
    Miner(Box<neuron::miner::Miner>),
    Validator(Box<neuron::validator::Validator>),
    Wallet(neuron::wallet::Wallet),
    Load(neuron::load::Load),
    Model(Model),
    Gpu(Gpu),
}

const VERSION: &str = assay::VERSION;

const AFTER_HELP: &str = "\
Examples:
  assay verify                              run the scenarios of features/
  assay steps stake                         the sentences about stake that a scenario can say
  assay invariants                          what is checked after every block
  assay reference fixtures/reference        compare with vectors of the real chain
  assay metadata-diff                       compare what clients see with the real chain
  assay sabotage                            plant faults, and show what notices them
  assay explore --seed 7 --minutes 5        stories that nobody wrote, and what must hold in them
  assay quote --tao 1,000 --alpha 2,000 --buy 10
  assay emission --svg supply.svg           the supply schedule, and a plot of it
  assay epoch fixtures/examples/epoch.yaml  one epoch of Yuma consensus
  assay up --nodes 4                        a network of four nodes on this machine, until Ctrl-C
  assay chaos --seed 7 --minutes 5          random faults in a network, and what must hold all the same
  assay node --dev                          a node with JSON-RPC and peers
  assay image                               the container image of a node
  assay beacon --block 10                   pulses of the local randomness beacon
  assay miner --netuid 2 --workload vision --hotkey-uri //Alice//miner
  assay validator --netuid 2 --workload vision --hotkey-uri //Bob//validator
  assay wallet new --wallet-name alice      keys on disk, as btcli keeps them
  assay load --customers 1000               many customers of a gateway at the same time
  assay model eval                          measure the networks that miners serve
  assay gpu                                 the graphics cards that miners can use

Exit codes: 0 all well, 1 something differs, 2 it could not run (bad arguments, unreadable files).";

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Verify(command) => command.run(),
        Command::Steps(command) => show(command.run()),
        Command::Invariants(command) => show(command.run()),
        Command::Reference(command) => command.run(),
        Command::MetadataDiff(command) => command.run(),
        Command::Sabotage(command) => command.run(),
        Command::Explore(command) => command.run(),
        Command::Quote(command) => show(command.run()),
        Command::Emission(command) => show(command.run()),
        Command::Epoch(command) => show(command.run()),
        Command::Up(command) => command.run(),
        Command::Ps(command) => show(command.run()),
        Command::Logs(command) => command.run().map_err(Failure::from),
        Command::Exec(command) => show(command.run()),
        Command::Down(command) => show(command.run()),
        Command::Networks(command) => show(command.run()),
        Command::Attend(command) => show(command.run()),
        Command::Chaos(command) => command.run(),
        Command::Node(command) => command.run(),
        Command::BuildSpec(command) => show(node::build_spec(&command)),
        Command::Image(command) => show(command.run()),
        Command::Beacon(command) => show(command.run()),
        Command::Miner(command) => command.run(),
        Command::Validator(command) => command.run(),
        Command::Wallet(command) => show(command.run()),
        Command::Load(command) => command.run(),
        Command::Model(command) => command.run(),
        Command::Gpu(command) => show(command.run()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Differs) => ExitCode::from(1),
        Err(Failure::CouldNotRun(error)) => {
            let style = anstyle::AnsiColor::Red.on_default().bold();
            anstream::eprintln!("{style}error:{style:#} {error:#}");
            ExitCode::from(2)
        }
    }
}

fn show(text: anyhow::Result<String>) -> Result<(), Failure> {
    anstream::println!("{}", text?.trim_end());
    Ok(())
}
