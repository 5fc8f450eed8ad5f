//! All links of a network, and what is being done to them.
//!
//! What is done to links is a list of effects. Each link's condition follows from its own shape and all effects on it,
//! so that effects may overlap and be taken back in any order.

use super::link::{Condition, Gate, Link, Shape, Target};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How much earlier one of two nodes that dial each other gets through, the one of the earlier name.
///
/// Nodes that are started together do, and of two connections one is closed. What is being opened on it fails, and the
/// SDK tries again after five seconds only.
const HEAD_START: Duration = Duration::from_millis(250);

/// Who dials, and whom.
pub type Way = (String, String);

/// Something done to links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing goes between nodes of different groups; a node in no group is alone.
    Partition(Vec<Vec<String>>),
    /// Something is done between some nodes.
    Between(Which, Change),
}

/// Some links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those of a node.
    Of(String),
    /// That of two nodes.
    Pair(String, String),
}

/// What is done to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// What is sent waits.
    Hold,
    /// Everything takes so much longer, and up to the second more.
    Latency(Duration, Duration),
    /// So many parts of a million are lost.
    Loss(u32),
}

impl Effect {
    /// What a link is like under it that is otherwise like this.
    fn on(&self, (from, to): &Way, mut condition: Condition) -> Condition {
        match self {
            Self::Partition(groups) => {
                let group = |name: &String| groups.iter().position(|group| group.contains(name));
                if group(from).is_none() || group(from) != group(to) {
                    condition.gate = Gate::Cut;
                }
            }
            Self::Between(which, change) if which.has(from, to) => match change {
                Change::Hold => condition.gate = condition.gate.max(Gate::Held),
                Change::Latency(latency, jitter) => {
                    condition.shape.latency += *latency;
                    condition.shape.jitter += *jitter;
                }
                Change::Loss(share) => condition.shape.loss = condition.shape.loss.max(*share),
            },
            Self::Between(..) => {}
        }
        condition
    }
}

impl Which {
    /// The nodes it names.
    pub fn nodes(&self) -> Vec<&String> {
        match self {
            Self::All => Vec::new(),
            Self::Of(node) => vec![node],
            Self::Pair(one, other) => vec![one, other],
        }
    }

    fn has(&self, from: &str, to: &str) -> bool {
        match self {
            Self::All => true,
            Self::Of(node) => node == from || node == to,
            Self::Pair(one, other) => (one == from && other == to) || (one == to && other == from),
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_str("everywhere"),
            Self::Of(node) => write!(formatter, "around {node}"),
            Self::Pair(one, other) => write!(formatter, "between {one} and {other}"),
        }
    }
}

/// Takes an effect back.
#[derive(Debug, PartialEq, Eq)]
pub struct EffectId(u64);

/// All links of a network.
#[derive(Debug)]
pub struct Fabric {
    seed: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    links: BTreeMap<Way, (Link, Shape)>,
    effects: BTreeMap<u64, Effect>,
    made: u64,
}

impl Fabric {
    /// No links yet; `seed` draws their jitter and losses.
    pub fn new(seed: u64) -> Self {
        Self { seed, state: Mutex::default() }
    }

    /// Opens a link, in the runtime that this is called in, to a node that is yet to start.
    ///
    /// # Errors
    /// If there is no port left.
    pub async fn open(&self, from: &str, to: &str, shape: Shape) -> io::Result<()> {
        let way = (from.to_owned(), to.to_owned());
        let number = self.state().links.len() as u64;
        let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(number);
        let hesitation = if from > to { HEAD_START } else { Duration::ZERO };
        let link = Link::open(0, Condition { shape, gate: Gate::Open }, seed, hesitation).await?;
        let mut state = self.state();
        link.set(condition(&state.effects, &way, shape));
        state.links.insert(way, (link, shape));
        Ok(())
    }

    /// Closes all links of a node.
    pub fn close(&self, node: &str) {
        self.state().links.retain(|(from, to), _| from != node && to != node);
    }

    /// The port at which one node dials another, if they are linked.
    pub fn port(&self, from: &str, to: &str) -> Option<u16> {
        let state = self.state();
        state.links.get(&(from.to_owned(), to.to_owned())).map(|(link, _)| link.address().port())
    }

    /// Says where a node is, to all links that lead to it.
    pub fn lead_to(&self, node: &str, target: Target) {
        for ((_, to), (link, _)) in &self.state().links {
            if to == node {
                link.lead_to(target);
            }
        }
    }

    /// Does something to links.
    pub fn apply(&self, effect: Effect) -> EffectId {
        let mut state = self.state();
        state.made += 1;
        let id = state.made;
        state.effects.insert(id, effect);
        state.settle();
        EffectId(id)
    }

    /// Takes it back.
    pub fn lift(&self, id: &EffectId) {
        let mut state = self.state();
        state.effects.remove(&id.0);
        state.settle();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn settle(&self) {
        for (way, (link, shape)) in &self.links {
            link.set(condition(&self.effects, way, *shape));
        }
    }
}

fn condition(effects: &BTreeMap<u64, Effect>, way: &Way, shape: Shape) -> Condition {
    let own = Condition { shape, gate: Gate::Open };
    effects.values().fold(own, |condition, effect| effect.on(way, condition))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under(effects: &[Effect], from: &str, to: &str) -> Condition {
        let effects = (0..).zip(effects.iter().cloned()).collect();
        condition(&effects, &(from.to_owned(), to.to_owned()), Shape::default())
    }

    fn groups(groups: &[&[&str]]) -> Effect {
        let owned = |group: &&[&str]| group.iter().map(|name| (*name).to_owned()).collect();
        Effect::Partition(groups.iter().map(owned).collect())
    }

    #[test]
    fn a_partition_is_between_groups_and_around_who_is_in_none() {
        let halves = groups(&[&["One", "Two"], &["Three", "Four"]]);
        assert_eq!(under(std::slice::from_ref(&halves), "One", "Two").gate, Gate::Open);
        assert_eq!(under(std::slice::from_ref(&halves), "Two", "Three").gate, Gate::Cut);
        let alone = groups(&[&["One", "Two"]]);
        assert_eq!(under(std::slice::from_ref(&alone), "Three", "Four").gate, Gate::Cut);
    }

    #[test]
    fn effects_add_up_and_a_cut_is_stronger_than_a_hold() {
        let ms = Duration::from_millis;
        let effects = [
            Effect::Between(Which::All, Change::Latency(ms(10), ms(1))),
            Effect::Between(Which::Of("Two".into()), Change::Latency(ms(20), ms(0))),
            Effect::Between(Which::Pair("One".into(), "Two".into()), Change::Hold),
            Effect::Between(Which::All, Change::Loss(5)),
        ];
        let both = under(&effects, "Two", "One");
        assert_eq!((both.shape.latency, both.shape.jitter, both.shape.loss), (ms(30), ms(1), 5));
        assert_eq!(both.gate, Gate::Held);
        assert_eq!(under(&effects, "One", "Three").gate, Gate::Open);
        let cut = [groups(&[&["One"], &["Two"]]), effects[2].clone()];
        assert_eq!(under(&cut, "One", "Two").gate, Gate::Cut);
    }

    #[tokio::test]
    async fn effects_are_taken_back_in_any_order() {
        let fabric = Fabric::new(1);
        fabric.open("One", "Two", Shape::default()).await.unwrap();
        assert!(fabric.port("One", "Two").is_some() && fabric.port("Two", "One").is_none());
        let cut = fabric.apply(groups(&[&["One"], &["Two"]]));
        let slow = fabric.apply(Effect::Between(Which::All, Change::Loss(7)));
        fabric.lift(&cut);
        let effects = fabric.state().effects.clone();
        let way = ("One".to_owned(), "Two".to_owned());
        let left = condition(&effects, &way, Shape::default());
        assert_eq!((left.gate, left.shape.loss), (Gate::Open, 7));
        fabric.lift(&slow);
        assert!(fabric.state().effects.is_empty());
    }
}
