//! `assay wallet`: keys on disk, in the layout of the field's own wallet.

use super::WalletArgs;
use anyhow::{Result, bail};
use assay_neuron::key::{Secret, ss58};
use clap::{Args, Subcommand};
use comfy_table::{Table, presets};
use std::fmt::Write;

/// Make and show wallets: a coldkey that pays and hotkeys that serve, as btcli and the Bittensor SDK keep them.
///
/// A wallet is a folder with the files `coldkey`, `coldkeypub.txt` and `hotkeys/NAME`. Keys are written in plain text,
/// readable by their owner alone: for a local chain, and never for keys that hold anything of worth.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct Wallet {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a wallet's coldkey and a hotkey, whichever is not there yet
    New {
        #[command(flatten)]
        wallet: WalletArgs,
        /// Use this key as coldkey instead of a new one: //Alice, a phrase, or a seed
        #[arg(long, value_name = "URI")]
        coldkey_uri: Option<String>,
        /// Use this key as hotkey instead of a new one
        #[arg(long, value_name = "URI")]
        hotkey_uri: Option<String>,
    },
    /// Show a wallet's addresses
    Show {
        #[command(flatten)]
        wallet: WalletArgs,
    },
}

const AFTER_HELP: &str = "\
Examples:
  assay wallet new --wallet-path /tmp/wallets --wallet-name alice
  assay wallet new --wallet-path /tmp/wallets --wallet-name alice --wallet-hotkey second
  assay wallet new --wallet-path /tmp/wallets --wallet-name dev --coldkey-uri //Alice --hotkey-uri //Alice//miner
  assay wallet show --wallet-path /tmp/wallets --wallet-name alice";

impl Wallet {
    /// Runs the command.
    ///
    /// # Errors
    /// The wallet cannot be read or written, or there is nothing to make.
    pub fn run(&self) -> Result<String> {
        match &self.action {
            Action::New { wallet, coldkey_uri, hotkey_uri } => {
                new(wallet, coldkey_uri.as_deref(), hotkey_uri.as_deref())
            }
            Action::Show { wallet } => show(wallet),
        }
    }
}

fn new(arguments: &WalletArgs, coldkey: Option<&str>, hotkey: Option<&str>) -> Result<String> {
    let wallet = arguments.wallet()?;
    let (has_coldkey, name) = (wallet.folder().join("coldkeypub.txt").exists(), &arguments.wallet_hotkey);
    let has_hotkey = wallet.hotkey_names().contains(name);
    let coldkey_in_the_way = has_coldkey && (has_hotkey || coldkey.is_some());
    let hotkey_in_the_way = has_hotkey && hotkey.is_some();
    if coldkey_in_the_way || hotkey_in_the_way {
        bail!(
            "{}: there is a coldkey or a hotkey `{name}` already, and keys are not overwritten: give another --wallet-name \
             or --wallet-hotkey",
            wallet.folder().display()
        );
    }
    let secret = |uri: Option<&str>| uri.map_or_else(|| Ok(Secret::generate()), Secret::from_uri);
    let mut said = String::new();
    if !has_coldkey {
        let secret = secret(coldkey)?;
        wallet.write_coldkey(&secret)?;
        said += &told("coldkey", &secret)?;
    }
    if !has_hotkey {
        let secret = secret(hotkey)?;
        wallet.write_hotkey(name, &secret)?;
        said += &told(&format!("hotkey {name}"), &secret)?;
    }
    write!(said, "in {}", wallet.folder().display())?;
    Ok(said)
}

fn told(what: &str, secret: &Secret) -> Result<String> {
    let mut said = format!("{what} {}\n", secret.key.ss58());
    if let Some(phrase) = &secret.phrase {
        writeln!(said, "  its words: {phrase}")?;
    }
    Ok(said)
}

fn show(arguments: &WalletArgs) -> Result<String> {
    let wallet = arguments.wallet()?;
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["key", "address", "secret"]);
    let secret = |is_there: bool| if is_there { "plain" } else { "not here, or encrypted" }.to_owned();
    let coldkey = ss58(&wallet.coldkey_account()?);
    table.add_row(["coldkey".to_owned(), coldkey, secret(wallet.coldkey().is_ok())]);
    for name in wallet.hotkey_names() {
        let key = wallet.hotkey(&name);
        let address = key.as_ref().map_or_else(|_| "-".to_owned(), assay_neuron::key::Key::ss58);
        table.add_row([format!("hotkey {name}"), address, secret(key.is_ok())]);
    }
    Ok(table.trim_fmt())
}
