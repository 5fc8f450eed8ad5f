//! `assay ps`: the networks that run.

use crate::network::folder::{self, Seen};
use comfy_table::{Table, presets};
use std::time::{Duration, SystemTime};

/// List the networks that run, and what is left of networks that ended.
#[derive(clap::Args)]
pub struct Ps {
    /// Also each node, miner and validator: its process, endpoint and log
    #[arg(long)]
    nodes: bool,
}

impl Ps {
    /// The list.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn run(&self) -> anyhow::Result<String> {
        let all = folder::all(&folder::root())?;
        if all.is_empty() {
            return Ok("no network runs; `assay up` starts one".into());
        }
        Ok(if self.nodes { nodes(&all) } else { networks(&all) })
    }
}

fn networks(all: &[Seen]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["network", "state", "process", "nodes", "up", "endpoint", "folder"]);
    for seen in all {
        let state = seen.state.as_ref().filter(|_| seen.runs);
        let pid = state.map(|state| state.pid.to_string());
        let count = state.map(|state| state.nodes.len().to_string());
        let up = state.map(|state| age(state.started));
        let endpoint = state.and_then(|state| state.nodes.first()).map(|node| node.rpc.clone());
        let [pid, count, up, endpoint] = [pid, count, up, endpoint].map(Option::unwrap_or_default);
        let word = if seen.runs { "runs" } else { "ended" };
        let folder = seen.path.display().to_string();
        table.add_row([seen.name.clone(), word.into(), pid, count, up, endpoint, folder]);
    }
    table.to_string()
}

fn nodes(all: &[Seen]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["network", "node", "role", "process", "endpoint", "metrics", "log"]);
    for seen in all.iter().filter(|seen| seen.runs) {
        for node in seen.state.iter().flat_map(|state| &state.nodes) {
            let pid = node.pid.map_or_else(|| "down".into(), |pid| pid.to_string());
            let metrics = node.prometheus.clone().unwrap_or_default();
            let log = node.log.display().to_string();
            let cells = [&seen.name, &node.name, &node.role, &pid, &node.rpc, &metrics, &log];
            table.add_row(cells);
        }
        for neuron in seen.state.iter().flat_map(|state| &state.neurons) {
            let pid = neuron.pid.map_or_else(|| "down".into(), |pid| pid.to_string());
            let endpoint = neuron.http.clone().unwrap_or_default();
            let metrics = neuron.http.as_ref().map(|http| format!("{http}/metrics")).unwrap_or_default();
            let log = neuron.log.display().to_string();
            table.add_row([&seen.name, &neuron.name, &neuron.role, &pid, &endpoint, &metrics, &log]);
        }
    }
    table.to_string()
}

/// How long ago a moment in milliseconds since 1970 was.
fn age(started: u64) -> String {
    let started = SystemTime::UNIX_EPOCH + Duration::from_millis(started);
    let seconds = SystemTime::now().duration_since(started).unwrap_or_default().as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, seconds) => format!("{minutes}m {seconds}s"),
        (hours, minutes, _) => format!("{hours}h {minutes}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::folder::{NodeState, State};

    #[test]
    fn what_runs_and_what_is_left_are_told_apart() {
        let node = NodeState {
            name: "One".into(),
            role: "authority".into(),
            pid: None,
            rpc: "ws://127.0.0.1:4000".into(),
            prometheus: None,
            log: "One.log".into(),
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
        let seen = |runs, name: &str| Seen {
            name: name.into(),
            path: "/tmp/x".into(),
            runs,
            state: Some(state.clone()),
        };
        let all = [seen(true, "four"), seen(false, "old")];
        let text = networks(&all);
        assert!(
            text.lines().any(|line| line.contains("four") && line.contains("ws://127.0.0.1:4000")),
            "{text}"
        );
        assert!(text.lines().any(|line| line.contains("old") && line.contains("ended")), "{text}");
        assert!(nodes(&all).lines().any(|line| line.contains("One") && line.contains("down")));
    }
}
