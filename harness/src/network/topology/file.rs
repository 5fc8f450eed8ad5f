//! The form of the files in `fixtures/networks`.

use super::units::{Bandwidth, Share, Span};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A network of nodes: which there are, how they are linked, and how blocks are made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Network")]
pub(super) struct File {
    /// What it is, in a line.
    pub description: String,
    /// The starting state: a name of fixtures/genesis. The network's authorities take the place of its own.
    /// `dev`, if nothing is said.
    #[serde(default)]
    pub genesis: Option<String>,
    /// How blocks are made; live, 48 times as fast as the clock, if nothing is said.
    #[serde(default, deserialize_with = "serde_yaml::with::singleton_map::deserialize")]
    #[schemars(with = "PaceFile")]
    pub pace: PaceFile,
    /// The nodes, in the order of the authorities' turns.
    #[schemars(length(min = 1))]
    pub nodes: Vec<NodeFile>,
    /// The links between nodes; without delay or loss, if nothing is said.
    #[serde(default)]
    pub links: LinksFile,
    /// Kept for miners.
    #[serde(default)]
    #[schemars(skip)]
    pub miners: Option<IgnoredAny>,
    /// Kept for validators.
    #[serde(default)]
    #[schemars(skip)]
    pub validators: Option<IgnoredAny>,
}

/// How blocks are made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PaceFile {
    /// When the harness asks, by the authority whose turn it is.
    Paced,
    /// One in each such interval, by the authority whose turn it is.
    Interval(Span),
    /// By the clock of each authority, in slots of 12 seconds.
    Live(LiveFile),
}

impl Default for PaceFile {
    fn default() -> Self {
        Self::Live(LiveFile { rate: None })
    }
}

/// A clock that runs faster than the wall's.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LiveFile {
    /// How many times as fast: at 48, the default, a slot of 12 seconds passes in 250 ms.
    #[serde(default)]
    #[schemars(range(min = 1, max = 120))]
    pub rate: Option<u32>,
}

/// A node.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NodeFile {
    /// Its name; its network key is drawn from it.
    #[schemars(regex(pattern = "^[A-Za-z][A-Za-z0-9_-]{0,31}$"))]
    pub name: String,
    /// Whether it makes blocks and votes.
    #[serde(default)]
    pub role: Role,
    /// The authority whose keys it has, such as `//One`; that of its name, if nothing is said.
    #[serde(default)]
    pub key: Option<String>,
    /// Where it keeps its chain.
    #[serde(default)]
    pub database: Database,
}

/// What a node does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Makes blocks when it is its turn, and votes for finality.
    #[default]
    Authority,
    /// Follows the chain.
    Full,
}

/// Where a node keeps its chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Database {
    /// On disk, in the run's folder: it is still there after a crash.
    #[default]
    Paritydb,
    /// In memory: a crash loses it.
    Memory,
}

/// The links between nodes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinksFile {
    /// All links.
    #[serde(default)]
    pub all: ShapeFile,
    /// Single links; what they do not say is as for all.
    #[serde(default)]
    pub between: Vec<BetweenFile>,
}

/// What a link does to what is sent over it.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShapeFile {
    /// How long everything takes, each way.
    pub latency: Option<Span>,
    /// How much longer it may take at most, drawn for each piece.
    pub jitter: Option<Span>,
    /// How much of it is lost and sent again.
    pub loss: Option<Share>,
    /// How much goes through in a second, each way.
    pub bandwidth: Option<Bandwidth>,
}

/// The link between two nodes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BetweenFile {
    /// The two nodes.
    #[schemars(length(equal = 2))]
    pub nodes: Vec<String>,
    /// How long everything takes, each way.
    pub latency: Option<Span>,
    /// How much longer it may take at most, drawn for each piece.
    pub jitter: Option<Span>,
    /// How much of it is lost and sent again.
    pub loss: Option<Share>,
    /// How much goes through in a second, each way.
    pub bandwidth: Option<Bandwidth>,
}

impl BetweenFile {
    pub fn shape(&self) -> ShapeFile {
        let Self { latency, jitter, loss, bandwidth, .. } = *self;
        ShapeFile { latency, jitter, loss, bandwidth }
    }
}
