//! How miners and validators stand, for people.

use super::super::Network;
use super::Neuron;
use crate::chain::keys::Account;
use assay_runtime::Runtime;
use comfy_table::{CellAlignment, Table, presets};
use futures::future::join_all;
use pallet_subtensor::{Dividends, Incentive, Uids};
use serde::Deserialize;
use std::fmt::Write;
use std::time::Duration;

/// How long a miner or a validator may take until it counts as silent.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a miner or a validator stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// `miner` or `validator`.
    pub role: String,
    /// The name of its subnet.
    pub subnet: String,
    /// How it behaves.
    pub program: String,
    /// Its incentive and its dividends, parts of 65,535, once it has a slot.
    pub earns: Option<(u16, u16)>,
    /// Whether it is one of ours and so should say something of itself.
    pub answers: bool,
    /// What it says of itself, if it does.
    pub health: Option<Health>,
}

/// What a miner or a validator says of itself at `GET /health`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Health {
    /// Where it computes.
    #[serde(default)]
    pub device: String,
    /// Requests answered, or routed for customers.
    #[serde(default)]
    pub requests: u64,
    /// Milliseconds that they took lately.
    #[serde(default)]
    pub latency_ms: u32,
}

/// How all miners and validators stand, in the order of the topology.
pub async fn look(network: &Network) -> Vec<Row> {
    let neurons = network.neurons();
    let client = reqwest::Client::builder().timeout(PATIENCE).build().unwrap_or_default();
    join_all(neurons.iter().map(|neuron| row(network, &client, neuron))).await
}

async fn row(network: &Network, client: &reqwest::Client, neuron: &Neuron) -> Row {
    let state = neuron.state(network);
    let health = match &state.http {
        Some(http) => ask(client, http).await,
        None => None,
    };
    Row {
        earns: earnings(network, state.netuid, &state.name).await,
        answers: state.http.is_some() || state.pid.is_none(),
        health,
        name: state.name,
        role: state.role,
        subnet: state.subnet,
        program: state.program,
    }
}

async fn ask(client: &reqwest::Client, http: &str) -> Option<Health> {
    client.get(format!("{http}/health")).send().await.ok()?.json().await.ok()
}

/// What the chain gives a hotkey of its subnet: incentive and dividends, by what the first node knows.
async fn earnings(network: &Network, netuid: u16, name: &str) -> Option<(u16, u16)> {
    let hotkey = Account::from_uri(&format!("//{name}")).ok()?.id();
    let rpc = network.node(network.names().first()?).ok()?.rpc().ok()?;
    let uid: u16 = rpc.stored(&Uids::<Runtime>::hashed_key_for(netuid, hotkey), None).await.ok()??;
    let part = async |key: Vec<u8>| -> u16 {
        let parts: Vec<u16> = rpc.stored(&key, None).await.ok().flatten().unwrap_or_default();
        parts.get(usize::from(uid)).copied().unwrap_or_default()
    };
    let incentive = part(Incentive::<Runtime>::hashed_key_for(netuid)).await;
    Some((incentive, part(Dividends::<Runtime>::hashed_key_for(netuid)).await))
}

/// The table of all miners and validators, by subnet.
pub fn table(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header([
        "subnet",
        "name",
        "role",
        "program",
        "incentive",
        "dividends",
        "requests",
        "latency",
        "device",
    ]);
    let mut sorted: Vec<&Row> = rows.iter().collect();
    // What stands together in the file stays together.
    let first = |subnet: &str| rows.iter().position(|row| row.subnet == subnet);
    sorted.sort_by_key(|row| first(&row.subnet));
    for row in sorted {
        let [incentive, dividends] = match row.earns {
            Some((incentive, dividends)) => [incentive, dividends].map(percent),
            None => ["-".into(), "-".into()],
        };
        let [requests, latency, device] = match &row.health {
            Some(health) => {
                [health.requests.to_string(), format!("{} ms", health.latency_ms), health.device.clone()]
            }
            None if row.answers => ["-".into(), "-".into(), "silent".into()],
            None => ["-".into(), "-".into(), "-".into()],
        };
        let told = [&row.subnet, &row.name, &row.role, &row.program].map(Clone::clone);
        table.add_row(told.into_iter().chain([incentive, dividends, requests, latency, device]));
    }
    for column in [4, 5, 6, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// All of them in one line, for where no table can be drawn again: what each is paid.
pub fn line(rows: &[Row]) -> String {
    let told = rows.iter().map(|row| {
        let (incentive, dividends) = row.earns.unwrap_or_default();
        let earned = if row.role == "miner" { incentive } else { dividends };
        format!("{} {}", row.name, percent(earned))
    });
    told.collect::<Vec<_>>().join("  ")
}

/// Parts of 65,535 as people say them, rounded down.
fn percent(part: u16) -> String {
    let tenths = u32::from(part) * 1_000 / u32::from(u16::MAX);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, role: &str, subnet: &str, earns: Option<(u16, u16)>, health: Option<Health>) -> Row {
        Row {
            name: name.into(),
            role: role.into(),
            subnet: subnet.into(),
            program: "honest".into(),
            earns,
            answers: name != "theirs",
            health,
        }
    }

    #[test]
    fn the_table_and_the_line_say_who_earns_what() {
        let health = Health { device: "cpu".into(), requests: 12, latency_ms: 3 };
        let rows = [
            row("good", "miner", "digits", Some((43_690, 0)), Some(health.clone())),
            row("other", "miner", "letters", None, None),
            row("theirs", "miner", "letters", None, None),
            row("judge", "validator", "digits", Some((0, 65_535)), Some(health)),
        ];
        let text = table(&rows);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(
            lines[1],
            ["digits", "good", "miner", "honest", "66.6", "%", "0.0", "%", "12", "3", "ms", "cpu"]
        );
        assert_eq!(lines[2][1..3], ["judge", "validator"]);
        assert_eq!(lines[3], ["letters", "other", "miner", "honest", "-", "-", "-", "-", "silent"]);
        assert_eq!(lines[4], ["letters", "theirs", "miner", "honest", "-", "-", "-", "-", "-"]);
        assert_eq!(line(&rows), "good 66.6 %  other 0.0 %  theirs 0.0 %  judge 100.0 %");
    }
}
