//! The command `assay`.

use assay::commands::{
    Failure, emission::Emission, epoch::Epoch, invariants::Invariants, quote::Quote, reference::Reference,
    steps::Steps, verify::Verify,
};
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
    Quote(Quote),
    Emission(Emission),
    Epoch(Epoch),
}

const VERSION: &str = assay::VERSION;

const AFTER_HELP: &str = "\
Examples:
  assay verify                              run the scenarios of features/
  assay steps stake                         the sentences about stake that a scenario can say
  assay invariants                          what is checked after every block
  assay reference fixtures/reference        compare with vectors of the real chain
  assay quote --tao 1,000 --alpha 2,000 --buy 10
  assay emission --svg supply.svg           the supply schedule, and a plot of it
  assay epoch fixtures/examples/epoch.yaml  one epoch of Yuma consensus

Exit codes: 0 all well, 1 something differs, 2 it could not run (bad arguments, unreadable files).";

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Verify(command) => command.run(),
        Command::Steps(command) => show(command.run()),
        Command::Invariants(command) => show(command.run()),
        Command::Reference(command) => command.run(),
        Command::Quote(command) => show(command.run()),
        Command::Emission(command) => show(command.run()),
        Command::Epoch(command) => show(command.run()),
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
