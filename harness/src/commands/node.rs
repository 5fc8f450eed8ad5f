//! `assay node` and `assay build-spec`: the node's own commands, with the genesis files of this project.

use super::Failure;
use crate::chain::genesis::Genesis;
use crate::sabotage::{Planting, list, native};
use anyhow::{Context, ensure};
use assay_node::{BuildSpecCommand, Native, NodeCommand};
use polkadot_sdk::sp_core::storage::Storage;
use std::path::PathBuf;

/// Runs a node.
///
/// The flags are those of every Polkadot SDK node, and at the end those of a devnet.
#[derive(clap::Args)]
pub struct Node {
    #[command(flatten)]
    command: NodeCommand,
    /// Compute wrongly, by this fault of the list: what `assay sabotage --devnet` does with one node of a network
    #[arg(long, value_name = "NAME", hide = true)]
    sabotage: Option<String>,
    /// The list of faults
    #[arg(long, value_name = "FILE", default_value = list::USUAL, hide = true)]
    faults: PathBuf,
}

impl Node {
    /// Runs a node until it ends.
    ///
    /// # Errors
    /// [`Failure::CouldNotRun`] if it cannot start or breaks.
    pub fn run(self) -> Result<(), Failure> {
        let native = self.native()?;
        Ok(self.command.run(&resolve, native)?)
    }

    /// The runtime: with a fault in it, if one is named.
    fn native(&self) -> anyhow::Result<Native> {
        let Some(name) = &self.sabotage else { return Ok(Native::default()) };
        let faults = list::read(&self.faults)?;
        let fault = list::find(&self.faults, &faults, name).context("--sabotage")?;
        ensure!(native::is_possible(&fault.rules), "a node cannot have the fault {name}");
        Ok(native::sabotaged(Planting::new(fault.rules.clone())))
    }
}

/// The raw chain spec of a chain.
///
/// # Errors
/// A chain that cannot be used.
pub fn build_spec(command: &BuildSpecCommand) -> anyhow::Result<String> {
    Ok(command.run(&resolve)?)
}

/// The genesis of a name (`local` is what other nodes call `dev`) or of a file in YAML.
fn resolve(chain: &str) -> Result<Storage, String> {
    let name = if chain == "local" { "dev" } else { chain };
    Genesis::load(name).and_then(|genesis| genesis.build(name)).map_err(|error| error.to_string())
}
