//! `assay node` and `assay build-spec`: the node's own commands, with the genesis files of this project.

use super::Failure;
use crate::chain::genesis::Genesis;
use assay_node::{BuildSpecCommand, NodeCommand};
use polkadot_sdk::sp_core::storage::Storage;

/// Runs a node until it ends.
///
/// # Errors
/// [`Failure::CouldNotRun`] if it cannot start or breaks.
pub fn run(command: NodeCommand) -> Result<(), Failure> {
    Ok(command.run(&resolve)?)
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
