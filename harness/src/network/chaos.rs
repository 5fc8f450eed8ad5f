//! Random faults, drawn from a seed.
//!
//! A run is a row of rounds. In a round one or two faults happen at once and last a while; then they are repaired, and
//! finality must move on within a bound before the next round begins. Safety is looked at all the time. At most one
//! node at a time is made to fail, which a network of four or more must survive; with fewer nodes only faults are drawn
//! after which nobody can have voted twice.

use super::fabric::Which;
use super::node::Sync;
use super::topology::{Pace, Topology};
use super::witness::Witness;
use super::{Fault, Inflicted, Network, NetworkError, RECOVERY};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;

/// What a round is reckoned to take besides its faults.
const CALM: Duration = Duration::from_secs(5);

/// How often safety is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// Faults that happen together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The faults.
    pub faults: Vec<Fault>,
    /// How long they last.
    pub lasts: Duration,
}

impl fmt::Display for Round {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.faults.iter().map(ToString::to_string).collect();
        write!(formatter, "{} for {} ms", faults.join(" and "), self.lasts.as_millis())
    }
}

/// The rounds that a seed draws for a network, about so long in all.
pub fn schedule(seed: u64, length: Duration, topology: &Topology) -> Vec<Round> {
    let mut draw = Draw { random: ChaCha8Rng::seed_from_u64(seed), topology };
    let (mut rounds, mut reckoned) = (Vec::new(), Duration::ZERO);
    while reckoned < length {
        let round = draw.round();
        reckoned += round.lasts + CALM;
        rounds.push(round);
    }
    rounds
}

struct Draw<'a> {
    random: ChaCha8Rng,
    topology: &'a Topology,
}

impl Draw<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random.next_u64() % (bound.max(1) as u64)).unwrap_or_default()
    }

    fn milliseconds(&mut self, least: usize, most: usize) -> Duration {
        Duration::from_millis((least + self.below(most - least + 1)) as u64)
    }

    fn round(&mut self) -> Round {
        let faults = match self.below(10) {
            // These must stand alone: who votes twice and who is cut off would be two at a time.
            0 => vec![self.twofold()],
            1 | 2 => vec![self.partition()],
            3..=5 => vec![self.node_fault(), self.link_fault()],
            6..=8 => vec![self.node_fault()],
            _ => vec![self.link_fault()],
        };
        Round { faults, lasts: self.milliseconds(1_000, 6_000) }
    }

    fn node(&mut self) -> String {
        let index = self.below(self.topology.nodes.len());
        self.topology.nodes.get(index).map(|node| node.name.clone()).unwrap_or_default()
    }

    /// A fault after which a node may vote a second time for something else.
    fn twofold(&mut self) -> Fault {
        let authorities: Vec<&str> = self.topology.authorities().map(|node| node.name.as_str()).collect();
        let name = authorities.get(self.below(authorities.len())).copied().unwrap_or_default().to_owned();
        if authorities.len() < 4 {
            return Fault::Bounce(name);
        }
        if self.below(2) == 0 { Fault::Byzantine(name) } else { Fault::Wipe(name, Sync::Full) }
    }

    fn partition(&mut self) -> Fault {
        let names: Vec<String> = self.topology.nodes.iter().map(|node| node.name.clone()).collect();
        let mut groups = vec![Vec::new(), Vec::new()];
        // The first node is on one side and the last on the other.
        let last = names.len() - 1;
        for (index, name) in names.into_iter().enumerate() {
            let side = if index == 0 { 0 } else { self.below(2).max(usize::from(index == last)) };
            groups[side].push(name);
        }
        Fault::Partition(groups)
    }

    fn node_fault(&mut self) -> Fault {
        let name = self.node();
        let live = matches!(self.topology.pace, Pace::Live { .. });
        match self.below(if live { 4 } else { 3 }) {
            0 => Fault::Crash(name),
            1 => Fault::Bounce(name),
            2 => Fault::Pause(name),
            _ => {
                let ahead = i64::try_from(self.below(60_000)).unwrap_or_default() - 30_000;
                Fault::Skew(name, ahead)
            }
        }
    }

    fn link_fault(&mut self) -> Fault {
        let which = if self.below(2) == 0 { Which::All } else { Which::Of(self.node()) };
        match self.below(3) {
            0 => Fault::Hold(which),
            1 => Fault::Latency(which, self.milliseconds(20, 400), self.milliseconds(0, 100)),
            _ => Fault::Loss(which, u32::try_from(1_000 + self.below(100_000)).unwrap_or(1_000)),
        }
    }
}

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rounds.
    pub rounds: usize,
    /// The last block that is final.
    pub height: u32,
    /// The longest that finality took to move on after faults.
    pub longest: Duration,
}

/// Lets all rounds happen; `tell` is told of each as it goes.
///
/// # Errors
/// [`NetworkError::Disagreement`] if safety is broken, [`NetworkError::Late`] if finality does not move on in time, or
/// what the network could not do.
pub async fn run(
    network: &Network,
    rounds: &[Round],
    mut tell: impl FnMut(&str),
) -> Result<Summary, NetworkError> {
    let mut witness = Witness::of(network).await?;
    let mut longest = Duration::ZERO;
    network.finality_moves(1, RECOVERY).await?;
    for (number, round) in (1..).zip(rounds) {
        tell(&format!("round {number} of {}: {round}", rounds.len()));
        let mut inflicted: Vec<Inflicted> = Vec::new();
        for fault in &round.faults {
            inflicted.push(network.inflict(fault.clone()).await?);
        }
        let end = Instant::now() + round.lasts;
        while Instant::now() < end {
            witness.look(network).await?;
            tokio::time::sleep_until(end.min(Instant::now() + LOOK)).await;
        }
        for fault in inflicted {
            fault.repair().await?;
        }
        let moved = network.finality_moves(2, RECOVERY).await?;
        witness.look(network).await?;
        longest = longest.max(moved);
        let height = witness.height();
        tell(&format!(
            "  repaired: finality moved on after {} ms, block {height} is final",
            moved.as_millis()
        ));
    }
    Ok(Summary { rounds: rounds.len(), height: witness.height(), longest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_a_schedule_and_keeps_it() {
        let topology = Topology::of(4).unwrap();
        let drawn = |seed| schedule(seed, Duration::from_secs(600), &topology);
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
        let long: Duration = drawn(7).iter().map(|round| round.lasts + CALM).sum();
        assert!(long >= Duration::from_secs(600) && long < Duration::from_secs(620));
    }

    #[test]
    fn every_kind_of_fault_comes_up_and_never_two_broken_nodes_at_once() {
        let topology = Topology::of(4).unwrap();
        let rounds = schedule(1, Duration::from_secs(3600), &topology);
        let all: Vec<&Fault> = rounds.iter().flat_map(|round| &round.faults).collect();
        let words: std::collections::BTreeSet<String> = all
            .iter()
            .filter_map(|fault| fault.to_string().split_whitespace().next().map(str::to_owned))
            .collect();
        let kinds =
            ["bounce", "byzantine", "crash", "hold", "latency", "loss", "partition", "pause", "skew", "wipe"];
        assert_eq!(words.into_iter().collect::<Vec<_>>(), kinds);
        for round in &rounds {
            let alone = |fault: &Fault| matches!(fault, Fault::Byzantine(_) | Fault::Wipe(..));
            assert!(round.faults.len() == 1 || !round.faults.iter().any(alone), "{round}");
        }
        let three = Topology::of(3).unwrap();
        let rounds = schedule(1, Duration::from_secs(3600), &three);
        assert!(rounds.iter().all(|round| !round.to_string().contains("byzantine")));
    }
}
