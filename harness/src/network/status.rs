//! How a network stands, for people: the rows of its table and the lines of its log.

use super::rpc::{BlockHeader, slot_of};
use super::{Network, Node};
use comfy_table::{CellAlignment, Table, presets};
use futures::future::join_all;
use std::collections::VecDeque;
use std::fmt::Write;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How long a node may take before it counts as silent.
const PATIENCE: Duration = Duration::from_secs(1);

/// Blocks over which the time of a block is measured.
const WINDOW: usize = 40;

/// How a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub node: String,
    /// `authority` or `full`.
    pub role: String,
    /// What it says, if it says anything.
    pub says: Says,
}

/// What a node says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// It does not run.
    Down,
    /// It runs and does not answer.
    Silent,
    /// Where it stands.
    Stands {
        /// Its best block.
        height: u32,
        /// The last block that is final for it.
        finalized: u32,
        /// Peers it has.
        peers: u64,
        /// Who made its best block.
        author: String,
    },
}

/// How all nodes stand, in the order of the topology.
pub async fn look(network: &Network) -> Vec<Row> {
    join_all(network.state().nodes.into_iter().map(|node| async move {
        let says = match network.node(&node.name) {
            Ok(found) if found.listening().is_some() => {
                let asked = timeout(PATIENCE, ask(network, &found)).await.ok().flatten();
                asked.unwrap_or(Says::Silent)
            }
            _ => Says::Down,
        };
        Row { node: node.name, role: node.role, says }
    }))
    .await
}

async fn ask(network: &Network, node: &Node) -> Option<Says> {
    let rpc = node.rpc().ok()?;
    let standing = rpc.standing().await.ok()?;
    let header = rpc.header(Some(standing.best.1)).await.ok()?;
    let peers = rpc.peers().await.ok()?;
    let author = author(network, &header);
    Some(Says::Stands { height: standing.best.0, finalized: standing.finalized.0, peers, author })
}

/// The authority in whose slot a block was made.
pub fn author(network: &Network, header: &BlockHeader) -> String {
    let authorities: Vec<&str> = network.topology().authorities().map(|node| node.name.as_str()).collect();
    let slot = slot_of(header).and_then(|slot| usize::try_from(slot).ok()).filter(|_| header.number > 0);
    let turn = slot.map(|slot| slot % authorities.len().max(1));
    turn.and_then(|turn| authorities.get(turn)).map_or_else(|| "-".into(), |name| (*name).to_owned())
}

/// Measures the time of a block by when heights were seen.
#[derive(Debug, Default)]
pub struct Beat(VecDeque<(Instant, u32)>);

impl Beat {
    /// Takes note of the best height seen now.
    pub fn note(&mut self, rows: &[Row]) {
        let height = rows.iter().filter_map(height).max().unwrap_or_default();
        if self.0.back().is_none_or(|(_, last)| height > *last) {
            self.0.push_back((Instant::now(), height));
        }
        if self.0.len() > WINDOW {
            self.0.pop_front();
        }
    }

    /// The time of a block, lately.
    pub fn time(&self) -> Option<Duration> {
        let ((first, low), (last, high)) = (self.0.front()?, self.0.back()?);
        Some(last.duration_since(*first) / high.checked_sub(*low).filter(|blocks| *blocks > 0)?)
    }
}

fn height(row: &Row) -> Option<u32> {
    match row.says {
        Says::Stands { height, .. } => Some(height),
        _ => None,
    }
}

/// The table of all nodes.
pub fn table(rows: &[Row], block_time: Option<Duration>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["node", "role", "height", "final", "peers", "last author", "block time"]);
    for (index, row) in rows.iter().enumerate() {
        let time = block_time.filter(|_| index == 0).map(|time| format!("{} ms", time.as_millis()));
        let [height, finalized, peers, author] = match &row.says {
            Says::Down => ["down".into(), "-".into(), "-".into(), "-".into()],
            Says::Silent => ["silent".into(), "-".into(), "-".into(), "-".into()],
            Says::Stands { height, finalized, peers, author } => {
                [height.to_string(), finalized.to_string(), peers.to_string(), author.clone()]
            }
        };
        let cells = [&row.node, &row.role, &height, &finalized, &peers, &author];
        table.add_row(cells.into_iter().cloned().chain([time.unwrap_or_default()]));
    }
    for column in [2, 3, 4, 6] {
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

/// All nodes in one line, for where no table can be drawn again.
pub fn line(rows: &[Row]) -> String {
    let told = rows.iter().map(|row| match &row.says {
        Says::Down => format!("{} down", row.node),
        Says::Silent => format!("{} silent", row.node),
        Says::Stands { height, finalized, peers, .. } => {
            format!("{} {height}/{finalized} ({peers} peers)", row.node)
        }
    });
    told.collect::<Vec<_>>().join("  ")
}

/// The least block that is final on all nodes that answer; none if none does.
pub fn final_everywhere(rows: &[Row]) -> Option<u32> {
    let finalized = rows.iter().filter_map(|row| match row.says {
        Says::Stands { finalized, .. } => Some(finalized),
        _ => None,
    });
    finalized.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(node: &str, says: Says) -> Row {
        Row { node: node.into(), role: "authority".into(), says }
    }

    fn rows() -> Vec<Row> {
        let stands = Says::Stands { height: 12, finalized: 10, peers: 3, author: "Two".into() };
        vec![row("One", stands), row("Two", Says::Down), row("Three", Says::Silent)]
    }

    #[test]
    fn the_table_and_the_line_say_how_each_node_stands() {
        let text = table(&rows(), Some(Duration::from_millis(251)));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        let words: Vec<&str> = lines[1].split_whitespace().collect();
        assert_eq!(words, ["One", "authority", "12", "10", "3", "Two", "251", "ms"]);
        assert!(lines[2].contains("down") && lines[3].contains("silent"), "{text}");
        assert_eq!(line(&rows()), "One 12/10 (3 peers)  Two down  Three silent");
        assert_eq!(final_everywhere(&rows()), Some(10));
    }

    #[test]
    fn a_beat_needs_two_heights() {
        let mut beat = Beat::default();
        beat.note(&rows());
        assert_eq!(beat.time(), None);
        beat.note(&rows());
        assert_eq!(beat.time(), None);
    }
}
