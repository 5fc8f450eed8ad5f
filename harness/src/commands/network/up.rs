//! `assay up`: starts a network and shows it until somebody ends it.

use super::Asked;
use crate::chain::genesis::Genesis;
use crate::chain::keys::Account;
use crate::commands::Failure;
use crate::network::folder::State;
use crate::network::neurons::{Ended, standing};
use crate::network::status::{self, Beat};
use crate::network::{Network, NetworkError, Options, Pace, Topology};
use anstyle::{AnsiColor, Style};
use anyhow::{Context, bail};
use comfy_table::{Table, presets};
use polkadot_sdk::sp_core::{Pair as _, sr25519};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write as _};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often the table is drawn.
const DRAWN: Duration = Duration::from_millis(250);

/// How often a line is written where no table can be drawn.
const WRITTEN: Duration = Duration::from_secs(1);

/// How long the first final block may take before that is said to be wrong.
const FIRST_FINAL: Duration = Duration::from_secs(90);

const TITLE: Style = AnsiColor::Cyan.on_default().bold();

/// Start a network of nodes on this machine, and show how it goes until Ctrl-C.
///
/// Nodes are processes of this program, and end with it. Whatever ends one of them, it is started again on its
/// database: kill one by hand and see it recover. Endpoints stay the same meanwhile.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay up                            four authorities, a block each 250 ms
  assay up --nodes 7
  assay up world                      fixtures/networks/world.yaml: slow and lossy links
  assay up market                     fixtures/networks/market.yaml: miners and validators on three subnets
  assay up my-network.yaml --rpc-port 9944
  assay up --detach && assay ps && assay down

Exit codes: 0 it was ended, 1 its nodes contradicted each other or finality never came, 2 it could not run.")]
pub struct Up {
    /// A file, or the name of one in fixtures/networks (see `assay networks`)
    #[arg(value_name = "FILE", default_value = "four")]
    file: String,
    /// So many nodes instead of those of the file
    #[arg(long, value_name = "N")]
    nodes: Option<usize>,
    /// Come back when the network is up, and leave it running
    #[arg(long)]
    detach: bool,
    /// Its name; that of the file, with a number if need be, if none is given
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// The port of the first node's JSON-RPC, the others following; free ones if none is given
    #[arg(long, value_name = "PORT")]
    rpc_port: Option<u16>,
    /// Draws jitter and losses of links
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave the folder of the run, with logs and databases, at the end
    #[arg(long)]
    keep: bool,
    /// Be the process that `--detach` leaves running: one line of JSON when the network is up
    #[arg(long, hide = true)]
    supervise: bool,
}

fn parse_name(text: &str) -> Result<String, String> {
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    if !text.is_empty() && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    Err("a name is letters, digits, - and _".into())
}

impl Up {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::CouldNotRun`] if the network cannot be had, [`Failure::Differs`] if it does not do what it must.
    pub fn run(&self) -> Result<(), Failure> {
        let mut topology = Topology::load(&self.file)?;
        if let Some(count) = self.nodes {
            topology = topology.with_nodes(count)?;
        }
        if self.detach {
            return Ok(self.start_supervisor()?);
        }
        let options = Options {
            name: self.name.clone(),
            rpc_port: self.rpc_port,
            seed: self.seed,
            keep: self.keep,
            ..Options::usual()?
        };
        super::runtime()?.block_on(self.watch(topology, options))
    }

    /// Starts the network, shows it, and ends it when asked to.
    async fn watch(&self, topology: Topology, options: Options) -> Result<(), Failure> {
        let mut asked = Asked::new()?;
        let started = Instant::now();
        let count = topology.nodes.len();
        if !self.supervise {
            anstream::println!("starting {count} nodes: {}", topology.description);
        }
        let network = Network::prepare(topology, options).await?;
        let up = tokio::select! {
            up = network.bring_up() => Some(up),
            () = asked.ending() => None,
        };
        let result = match up {
            None => Ok(()),
            Some(Err(error)) => Err(error.into()),
            Some(Ok(())) => {
                network.publish()?;
                self.introduce(&network, started)?;
                let mut screen = Screen::new(self.supervise);
                tokio::select! {
                    ended = keep_up(&network, started, &mut screen) => ended,
                    () = asked.ending() => Ok(()),
                }
            }
        };
        let name = network.name().to_owned();
        network.close().await;
        if !self.supervise {
            anstream::println!("\n{name} has ended{}", if self.keep { "; its folder stays" } else { "" });
        }
        result
    }

    fn introduce(&self, network: &Network, started: Instant) -> anyhow::Result<()> {
        if self.supervise {
            println!("{}", serde_json::to_string(&network.state())?);
            std::io::stdout().flush()?;
            return Ok(());
        }
        let ready = started.elapsed().as_millis();
        anstream::println!("{} is up after {ready} ms\n", network.name());
        anstream::println!("{}", introduction(&network.state(), network.topology())?);
        Ok(())
    }

    /// Starts the process that stays, and waits until it says that the network is up.
    fn start_supervisor(&self) -> anyhow::Result<()> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["up", &self.file, "--supervise", "--seed", &self.seed.to_string()]);
        for (flag, value) in [
            ("--nodes", self.nodes.map(|count| count.to_string())),
            ("--name", self.name.clone()),
            ("--rpc-port", self.rpc_port.map(|port| port.to_string())),
        ] {
            command.args(value.iter().flat_map(|value| [flag, value.as_str()]));
        }
        command.args(self.keep.then_some("--keep"));
        // A group of its own: what ends this terminal's group does not end the network.
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start the process that stays")?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let Ok(state) = serde_json::from_str::<State>(&line) else {
            let mut said = String::new();
            if let Some(mut errors) = child.stderr.take() {
                errors.read_to_string(&mut said)?;
            }
            child.wait()?;
            bail!("{}", said.trim().trim_start_matches("error: "));
        };
        anstream::println!("{} is up, and stays when this command ends\n", state.name);
        let mut topology = Topology::load(&self.file)?;
        if let Some(count) = self.nodes {
            topology = topology.with_nodes(count)?;
        }
        anstream::println!("{}", introduction(&state, &topology)?);
        anstream::println!(
            "assay ps shows it, assay logs what its nodes say, assay down {} ends it",
            state.name
        );
        Ok(())
    }
}

/// Follows a network: shows it, and starts again what ends.
async fn keep_up(network: &Network, started: Instant, screen: &mut Screen) -> Result<(), Failure> {
    let mut beat = Beat::default();
    let mut first_final = None;
    loop {
        for (name, status) in network.revive().await? {
            network.publish()?;
            screen.say(&format!("{name} ended ({status}) and was started again on its database"));
        }
        for Ended { name, status, again } in network.revive_neurons().await? {
            network.publish()?;
            let then =
                if again { "was started again" } else { "stays down; `assay logs` shows what it said" };
            screen.say(&format!("{name} ended ({status}) and {then}"));
        }
        let rows = status::look(network).await;
        beat.note(&rows);
        if first_final.is_none() && status::final_everywhere(&rows) >= Some(1) {
            first_final = Some(started.elapsed());
            let time = started.elapsed().as_millis();
            screen.say(&format!("first block final on all nodes {time} ms after the start"));
        }
        let waits = !matches!(network.topology().pace, Pace::Paced);
        if first_final.is_none() && waits && started.elapsed() > FIRST_FINAL {
            screen.say(&format!("no block was final on all nodes within {} s", FIRST_FINAL.as_secs()));
            return Err(Failure::Differs);
        }
        let neurons = if screen.silent { Vec::new() } else { standing::look(network).await };
        if screen.terminal {
            let mut text = status::table(&rows, beat.time());
            if !neurons.is_empty() {
                let _ = write!(text, "\n{}", standing::table(&neurons));
            }
            screen.draw(&text);
        } else {
            let told = [status::line(&rows), standing::line(&neurons)];
            screen.write(told.join("  ").trim_end());
        }
        tokio::time::sleep(screen.interval()).await;
    }
}

/// Where the network is shown.
struct Screen {
    terminal: bool,
    silent: bool,
    /// Lines of the table that stands there.
    drawn: usize,
    last: String,
}

impl Screen {
    fn new(silent: bool) -> Self {
        Self { terminal: std::io::stdout().is_terminal(), silent, drawn: 0, last: String::new() }
    }

    fn interval(&self) -> Duration {
        if self.terminal || self.silent { DRAWN } else { WRITTEN }
    }

    /// Writes a line that stays.
    fn say(&mut self, line: &str) {
        if self.silent {
            return;
        }
        self.erase();
        anstream::println!("{line}");
    }

    /// Puts a table in the place of the last one.
    fn draw(&mut self, table: &str) {
        if self.silent {
            return;
        }
        self.erase();
        self.drawn = table.lines().count();
        anstream::print!("{table}");
        // A table that is late is drawn again.
        let _ = std::io::stdout().flush();
    }

    /// Writes a line where no table can be drawn, unless it is the last one again.
    fn write(&mut self, line: &str) {
        if !self.silent && line != self.last {
            anstream::println!("{line}");
            line.clone_into(&mut self.last);
        }
    }

    fn erase(&mut self) {
        if self.drawn > 0 {
            anstream::print!("\x1b[{}A\x1b[J", self.drawn);
            self.drawn = 0;
        }
    }
}

/// What a newcomer wants to know: endpoints, accounts, logs, and how to attach.
fn introduction(state: &State, topology: &Topology) -> Result<String, NetworkError> {
    let mut text = String::new();
    let mut endpoints = Table::new();
    endpoints.load_preset(presets::NOTHING);
    endpoints.set_header(["node", "endpoint", "process", "log"]);
    for node in &state.nodes {
        let pid = node.pid.map(|pid| pid.to_string()).unwrap_or_default();
        endpoints.add_row([&node.name, &node.rpc, &pid, &node.log.display().to_string()]);
    }
    let endpoint = state.nodes.first().map(|node| node.rpc.as_str()).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{TITLE}Nodes{TITLE:#}\n{endpoints}\n\n{}\
         {TITLE}Accounts{TITLE:#} of the genesis `{}`\n{}\n\n\
         {TITLE}Attach{TITLE:#}\n  \
         btcli        btcli subnets list --network {endpoint}\n  \
         polkadot.js  https://polkadot.js.org/apps/?rpc={endpoint}\n  \
         subxt        OnlineClient::<SubstrateConfig>::from_insecure_url(\"{endpoint}\")\n",
        neurons(state),
        topology.genesis,
        accounts(&topology.genesis)?
    );
    Ok(text)
}

/// Miners and validators with where they answer; nothing where there are none.
fn neurons(state: &State) -> String {
    if state.neurons.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["name", "role", "subnet", "program", "endpoint", "process", "log"]);
    for neuron in &state.neurons {
        let pid = neuron.pid.map(|pid| pid.to_string()).unwrap_or_default();
        let subnet = format!("{} ({})", neuron.subnet, neuron.netuid);
        let http = neuron.http.clone().unwrap_or_default();
        let log = neuron.log.display().to_string();
        table.add_row([&neuron.name, &neuron.role, &subnet, &neuron.program, &http, &pid, &log]);
    }
    format!("{TITLE}Miners and validators{TITLE:#}\n{table}\n\n")
}

/// The accounts of a genesis that somebody has the key of, with their secrets.
fn accounts(genesis: &str) -> Result<Table, NetworkError> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["name", "secret", "address", "balance", "seed"]);
    for (name, balance) in &Genesis::load(genesis)?.balances {
        let uri = format!("//{name}");
        // An account of the chain itself, such as that of a subnet, has no key.
        let chains_own = name.starts_with("subnet_account_") || name == "burn_account";
        let (Ok(account), Ok((_, seed))) =
            (Account::from_uri(&uri), sr25519::Pair::from_string_with_seed(&uri, None))
        else {
            continue;
        };
        if !chains_own {
            let seed =
                seed.map(|seed| polkadot_sdk::sp_core::bytes::to_hex(&seed, false)).unwrap_or_default();
            table.add_row([name, &uri, &account.ss58(), balance, &seed]);
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::folder::NodeState;

    #[test]
    fn a_newcomer_is_told_how_to_attach() {
        let node = NodeState {
            name: "One".into(),
            role: "authority".into(),
            pid: Some(7),
            rpc: "ws://127.0.0.1:4000".into(),
            prometheus: None,
            log: "/tmp/One.log".into(),
        };
        let state = State {
            name: "four".into(),
            description: "a test".into(),
            pid: 7,
            started: 0,
            genesis: "0x".into(),
            nodes: vec![node],
            neurons: Vec::new(),
        };
        let text = introduction(&state, &Topology::of(1).unwrap()).unwrap();
        for part in [
            "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
            "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a",
            "--network ws://127.0.0.1:4000",
            "/tmp/One.log",
        ] {
            assert!(text.contains(part), "{text}\nhas no {part}");
        }
        assert!(!text.contains("subnet_account"), "{text}");
    }

    #[test]
    fn a_name_becomes_a_folder() {
        assert!(parse_name("my-net_2").is_ok());
        assert!(parse_name("../elsewhere").is_err() && parse_name("").is_err());
    }
}
