//! The form of the files in `fixtures/networks`.

use super::units::{Bandwidth, Share, Span, Tao};
use assay_neuron::workload::Workload;
use schemars::JsonSchema;
use serde::Deserialize;

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
    /// Subnets that are registered and started when the network is up, in this order.
    #[serde(default)]
    pub subnets: Vec<SubnetFile>,
    /// Programs that answer on the subnets.
    #[serde(default)]
    pub miners: Vec<MinerFile>,
    /// Programs that ask the miners, set weights and serve customers.
    #[serde(default)]
    pub validators: Vec<ValidatorFile>,
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

/// A subnet.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubnetFile {
    /// What miners and validators here call it.
    pub name: String,
    /// What it asks its miners for.
    pub workload: Work,
    /// The account that registers and owns it; Alice, if nothing is said.
    #[serde(default)]
    pub owner: Option<String>,
    /// Its rules; those of the chain where nothing is said.
    #[serde(default)]
    pub hyperparameters: HyperparametersFile,
    /// Whether its miners answer with their stake for wrong and contradictory answers.
    #[serde(default)]
    pub slashing: bool,
    /// Whether customers can buy credits on it.
    #[serde(default)]
    pub credits: bool,
}

/// What a subnet asks its miners for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Work {
    /// Which digit a picture shows.
    Vision,
    /// The next value of a series.
    Series,
    /// The next character of a text.
    Text,
    /// Whatever the subnet's own programs do.
    Custom,
}

impl Work {
    /// The workload that ships, if it is one.
    pub fn shipped(self) -> Option<Workload> {
        match self {
            Self::Vision => Some(Workload::Vision),
            Self::Series => Some(Workload::Series),
            Self::Text => Some(Workload::Text),
            Self::Custom => None,
        }
    }
}

/// Rules of a subnet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HyperparametersFile {
    /// Blocks between two epochs.
    #[schemars(range(min = 1))]
    pub tempo: Option<u16>,
    /// Whether weights are committed first and shown later.
    pub commit_reveal: Option<bool>,
    /// Epochs after which committed weights are shown.
    #[schemars(range(min = 1, max = 100))]
    pub reveal_period: Option<u64>,
    /// Blocks that a validator must wait between two settings of weights.
    pub weights_rate_limit: Option<u64>,
    /// Validators that may set weights, at most.
    #[schemars(range(min = 1))]
    pub max_validators: Option<u16>,
    /// Blocks for which a new neuron keeps its slot.
    pub immunity_period: Option<u16>,
    /// Blocks that a neuron must wait between two announcements of its endpoint.
    pub serving_rate_limit: Option<u64>,
}

/// A miner.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MinerFile {
    /// Its name, which is that of its hotkey.
    pub name: String,
    /// The subnet that it works on.
    pub subnet: String,
    /// How it behaves; honest, if nothing is said.
    #[serde(default)]
    pub profile: Option<String>,
    /// Where it computes.
    #[serde(default)]
    pub device: DeviceName,
    /// The account that owns its hotkey; Bob, if nothing is said.
    #[serde(default)]
    pub wallet: Option<String>,
    /// What its owner stakes to it.
    #[serde(default)]
    pub stake: Option<Tao>,
    /// Somebody else's program instead of ours, with its arguments. Its environment says where everything is:
    /// `BT_SUBTENSOR_CHAIN_ENDPOINT`, `BT_NETUID`, `BT_WALLET_PATH`, `BT_WALLET_NAME`, `BT_WALLET_HOTKEY`.
    #[serde(default)]
    pub command: Option<Vec<String>>,
}

/// A validator.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ValidatorFile {
    /// Its name, which is that of its hotkey.
    pub name: String,
    /// The subnet that it judges.
    pub subnet: String,
    /// How it behaves; honest, if nothing is said.
    #[serde(default)]
    pub profile: Option<String>,
    /// Blocks between two rounds of questions.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub round: Option<u32>,
    /// The account that owns its hotkey; Charlie, if nothing is said.
    #[serde(default)]
    pub wallet: Option<String>,
    /// What its owner stakes to it; 100 TAO, if nothing is said.
    #[serde(default)]
    pub stake: Option<Tao>,
    /// Somebody else's program instead of ours, with its arguments. Its environment says where everything is:
    /// `BT_SUBTENSOR_CHAIN_ENDPOINT`, `BT_NETUID`, `BT_WALLET_PATH`, `BT_WALLET_NAME`, `BT_WALLET_HOTKEY`.
    #[serde(default)]
    pub command: Option<Vec<String>>,
}

/// Where a program computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeviceName {
    /// On a card where there is one, else on the processor.
    #[default]
    Auto,
    /// On the processor.
    Cpu,
    /// On a card.
    Cuda,
}

impl DeviceName {
    /// As options write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
        }
    }
}
