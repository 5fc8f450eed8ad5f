//! `assay exec`: runs a command against a node.

use crate::nearest::suggestion;
use anyhow::Context;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Run a command with a node's endpoint in its environment.
///
/// The command finds the endpoint in `ASSAY_RPC`, and in `BT_SUBTENSOR_CHAIN_ENDPOINT`, where btcli and the Bittensor
/// SDK look for it; `ASSAY_NODE`, `ASSAY_LOG` and `ASSAY_GENESIS` say the node's name, its log and the hash of block 0.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay exec One -- btcli subnets list
  assay exec Two -- sh -c 'websocat $ASSAY_RPC'")]
pub struct Exec {
    /// The node, as `assay ps --nodes` says it
    #[arg(value_name = "NODE")]
    node: String,
    /// The network; needed where several run
    #[arg(long, value_name = "NAME")]
    network: Option<String>,
    /// The command and its arguments
    #[arg(value_name = "CMD", required = true, last = true)]
    command: Vec<String>,
}

impl Exec {
    /// Becomes the command.
    ///
    /// # Errors
    /// If there is no such node, or the command cannot be run.
    pub fn run(&self) -> anyhow::Result<String> {
        let seen = super::running(self.network.as_deref())?;
        let state = seen.state.context("the network is just being started; try again in a moment")?;
        let names: Vec<&str> = state.nodes.iter().map(|node| node.name.as_str()).collect();
        let node = state.nodes.iter().find(|node| node.name == self.node);
        let node = node
            .with_context(|| format!("there is no node `{}`{}", self.node, suggestion(&self.node, &names)))?;
        let (program, arguments) = self.command.split_first().context("no command")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("ASSAY_NODE", &node.name)
            .env("ASSAY_RPC", &node.rpc)
            .env("ASSAY_LOG", &node.log)
            .env("ASSAY_GENESIS", &state.genesis)
            .env("BT_SUBTENSOR_CHAIN_ENDPOINT", &node.rpc);
        // Its exit code, its signals and its terminal are its own.
        Err(anyhow::Error::new(command.exec()).context(format!("cannot run `{program}`")))
    }
}
