//! `assay miner`, `assay validator`, `assay wallet` and `assay load`: those who work on a subnet, and their customers.

pub mod load;
pub mod miner;
pub mod validator;
pub mod wallet;

use anyhow::{Context, Result};
use assay_inference::Model;
use assay_neuron::key::Key;
use assay_neuron::model::{HeldOut, Trained, names};
use assay_neuron::serve::{Member, logs};
use assay_neuron::wallet::Wallet;
use assay_neuron::workload::Workload;
use assay_node::lifeline;
use clap::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Who takes part in a subnet, and through which node.
#[derive(Debug, Args)]
#[command(next_help_heading = "Subnet and keys")]
struct MemberArgs {
    /// WebSocket of a node of the chain
    #[arg(
        long,
        value_name = "URL",
        default_value = "ws://127.0.0.1:9944",
        env = "BT_SUBTENSOR_CHAIN_ENDPOINT"
    )]
    chain: String,
    /// The subnet
    #[arg(long, value_name = "N")]
    netuid: u16,
    #[command(flatten)]
    wallet: WalletArgs,
    /// Sign with this key instead of the wallet's hotkey: a derivation such as //Alice//miner, a phrase, or a seed
    #[arg(long, value_name = "URI")]
    hotkey_uri: Option<String>,
    /// Pay with this key instead of the wallet's coldkey
    #[arg(long, value_name = "URI")]
    coldkey_uri: Option<String>,
    /// Register the hotkey where it has no slot, which burns what that costs now
    #[arg(long)]
    register: bool,
}

/// Where keys are on disk, in the layout of the field's own wallet.
#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the options have these names elsewhere")]
struct WalletArgs {
    /// Folder of wallets [default: ~/.bittensor/wallets]
    #[arg(long, value_name = "DIR", env = "BT_WALLET_PATH")]
    wallet_path: Option<PathBuf>,
    /// Name of the wallet
    #[arg(long, value_name = "NAME", default_value = "default", env = "BT_WALLET_NAME")]
    wallet_name: String,
    /// Name of the hotkey in the wallet
    #[arg(long, value_name = "NAME", default_value = "default", env = "BT_WALLET_HOTKEY")]
    wallet_hotkey: String,
}

/// How a program of a subnet runs.
#[derive(Debug, Args)]
#[command(next_help_heading = "Process")]
struct ProcessArgs {
    /// Log lines of JSON
    #[arg(long)]
    log_json: bool,
    /// End when the parent process ends, or standard input does
    #[arg(long)]
    die_with_parent: bool,
}

impl WalletArgs {
    fn wallet(&self) -> Result<Wallet> {
        let path = match &self.wallet_path {
            Some(path) => path.clone(),
            None => std::env::home_dir()
                .context("there is no home folder: give --wallet-path")?
                .join(".bittensor/wallets"),
        };
        Ok(Wallet::at(&path, &self.wallet_name)?)
    }
}

impl MemberArgs {
    fn member(&self) -> Result<Member> {
        let wallet = self.wallet.wallet()?;
        let hotkey = match &self.hotkey_uri {
            Some(uri) => Key::from_uri(uri)?,
            None => wallet.hotkey(&self.wallet.wallet_hotkey)?,
        };
        let coldkey = match &self.coldkey_uri {
            Some(uri) => Some(Key::from_uri(uri)?),
            // The wallet's coldkey may well be elsewhere; who needs it says so.
            None if self.hotkey_uri.is_none() => wallet.coldkey().ok(),
            None => None,
        };
        Ok(Member {
            chain: self.chain.clone(),
            netuid: self.netuid,
            hotkey,
            coldkey,
            register: self.register,
        })
    }
}

impl ProcessArgs {
    /// Starts logging and, if asked for, to watch the parent.
    fn start(&self) -> Result<Option<oneshot::Receiver<()>>> {
        logs::start(self.log_json);
        if !self.die_with_parent {
            return Ok(None);
        }
        lifeline::follow_parent()?;
        Ok(Some(lifeline::watch_input()?))
    }
}

/// Runs a program until it ends.
fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    allow_connections();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("no runtime can be started")?.block_on(work)
}

/// Raises the limit of open files as far as the system lets: a connection is one, and the usual limit is low.
fn allow_connections() {
    let limit = getrlimit(Resource::Nofile);
    // Where it cannot be raised it stays, and what is over it is refused.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

/// The models of a workload in a folder, and the held-out inputs they are measured on.
fn known(folder: &Path, workload: Workload) -> Result<(HeldOut, Vec<Arc<Model>>)> {
    let mut models = Vec::new();
    for name in names(folder)? {
        let Trained { file, network } = Trained::named(folder, &name)?;
        if file.workload == workload {
            models.push(network);
        }
    }
    Ok((HeldOut::of(folder, workload)?, models))
}
