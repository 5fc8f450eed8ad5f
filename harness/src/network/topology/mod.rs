//! Topologies: which nodes a network has, how they are linked, and how blocks are made.
//!
//! A topology is read from a file of `fixtures/networks`, or made for a number of nodes. Whatever is wrong with a file
//! is an error with its line and the nearest name there is.

mod file;
pub mod market;
pub mod place;
pub mod units;

pub use file::{Database, DeviceName, HyperparametersFile as Hyperparameters, Role, Work};
pub use market::{Market, NeuronKind, NeuronSpec, Program, SubnetSpec};

use crate::chain::genesis;
use crate::nearest::suggestion;
use crate::network::link::Shape;
use file::{BetweenFile, File, NodeFile, PaceFile, ShapeFile};
use place::Step::{self, Item, Key};
use polkadot_sdk::sp_core::crypto::Pair as _;
use polkadot_sdk::sp_core::sr25519;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// Names of nodes that nobody has named, in the order of the authorities' turns.
const NAMES: [&str; 12] =
    ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

/// Nodes that one machine is asked to run at most.
pub const MOST_NODES: usize = 32;

/// How many times as fast as the wall's a network's clock runs: a slot of 12 seconds in 250 ms.
pub const USUAL_RATE: u32 = 48;

/// A topology that cannot be had.
#[derive(Debug, Error)]
pub enum TopologyError {
    /// The file cannot be read.
    #[error("cannot read the network {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no network of that name.
    #[error("there is no network `{name}`{suggestion}")]
    Unknown {
        /// The name.
        name: String,
        /// What may have been meant.
        suggestion: String,
    },
    /// Something in the file is wrong.
    #[error("{}:{line}:{column}: {problem}", path.display())]
    At {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// So many nodes cannot be had.
    #[error("{0} nodes cannot be had: a network on one machine has 1 to {MOST_NODES}")]
    Nodes(usize),
}

/// A network of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topology {
    /// Its name: that of its file, or what it was made of.
    pub name: String,
    /// What it is, in a line.
    pub description: String,
    /// The name of its starting state.
    pub genesis: String,
    /// How blocks are made.
    pub pace: Pace,
    /// The nodes, in the order of the authorities' turns.
    pub nodes: Vec<NodeSpec>,
    /// What links do of which nothing else is said.
    pub links: Shape,
    /// What the link between two nodes does, both ways.
    pub between: BTreeMap<(String, String), Shape>,
    /// Subnets with miners and validators, if it has any.
    pub market: Market,
}

/// How blocks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// When the harness asks, by the authority whose turn it is.
    Paced,
    /// As paced, and the harness asks at each such interval.
    Interval(Duration),
    /// By each authority's clock, which runs so many times as fast as the wall's.
    Live {
        /// How many times as fast.
        rate: u32,
    },
}

/// A node of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSpec {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// The secret of its authority's keys, such as `//One`.
    pub key: String,
    /// Where it keeps its chain.
    pub database: Database,
}

impl NodeSpec {
    fn new_authority(name: &str) -> Self {
        let (role, database) = (Role::Authority, Database::Paritydb);
        Self { name: name.to_owned(), role, key: format!("//{name}"), database }
    }
}

/// The folder of the networks' files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/networks")
}

/// The JSON schema of the files, for editors.
pub fn schema() -> String {
    let schema = schemars::schema_for!(File);
    format!("{:#}\n", schema.as_value())
}

impl Topology {
    /// The topology that a command names: a file, or the name of one in `fixtures/networks`.
    ///
    /// # Errors
    /// See [`TopologyError`].
    pub fn load(named: &str) -> Result<Self, TopologyError> {
        let path = Path::new(named);
        if path.extension().is_some() || path.components().count() > 1 {
            return Self::read(path);
        }
        let known = known();
        let Some((path, text)) = known.get(named) else {
            let names: Vec<&String> = known.keys().collect();
            return Err(TopologyError::Unknown {
                name: named.to_owned(),
                suggestion: suggestion(named, &names),
            });
        };
        Self::parse(text, path)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// See [`TopologyError`].
    pub fn read(path: &Path) -> Result<Self, TopologyError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TopologyError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file; `path` is what errors call it.
    ///
    /// # Errors
    /// [`TopologyError::At`]
    pub fn parse(text: &str, path: &Path) -> Result<Self, TopologyError> {
        let file: File = serde_yaml::from_str(text).map_err(|error| in_yaml(path, &error))?;
        Checker { path, text }.topology(file)
    }

    /// So many authorities, linked without delay, with the genesis `dev`.
    ///
    /// # Errors
    /// [`TopologyError::Nodes`]
    pub fn of(nodes: usize) -> Result<Self, TopologyError> {
        let empty = Self {
            name: format!("{nodes}-nodes"),
            description: format!("{nodes} authorities"),
            genesis: "dev".into(),
            pace: Pace::Live { rate: USUAL_RATE },
            nodes: Vec::new(),
            links: Shape::default(),
            between: BTreeMap::new(),
            market: Market::default(),
        };
        empty.with_nodes(nodes)
    }

    /// The same network with so many nodes: its first ones, and more authorities where it has too few.
    ///
    /// # Errors
    /// [`TopologyError::Nodes`]
    pub fn with_nodes(mut self, count: usize) -> Result<Self, TopologyError> {
        if count == 0 || count > MOST_NODES {
            return Err(TopologyError::Nodes(count));
        }
        self.nodes.truncate(count);
        let mut names = (1..).map(|number: usize| {
            NAMES.get(number - 1).map_or_else(|| format!("Node{number}"), |name| (*name).to_owned())
        });
        while self.nodes.len() < count {
            let free = |name: &String| {
                self.nodes.iter().all(|node| node.name != *name && node.key != format!("//{name}"))
            };
            let Some(name) = names.by_ref().find(free) else { break };
            self.nodes.push(NodeSpec::new_authority(&name));
        }
        let names: BTreeSet<&str> = self.nodes.iter().map(|node| node.name.as_str()).collect();
        self.between.retain(|(one, other), _| names.contains(one.as_str()) && names.contains(other.as_str()));
        if self.authorities().next().is_none() {
            return Err(TopologyError::Nodes(count));
        }
        Ok(self)
    }

    /// The nodes that make blocks, in the order of their turns.
    pub fn authorities(&self) -> impl Iterator<Item = &NodeSpec> {
        self.nodes.iter().filter(|node| node.role == Role::Authority)
    }

    /// The node of a name.
    pub fn node(&self, name: &str) -> Option<&NodeSpec> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// What the link between two nodes does.
    pub fn shape(&self, one: &str, other: &str) -> Shape {
        let pair = |one: &str, other: &str| self.between.get(&(one.to_owned(), other.to_owned())).copied();
        pair(one, other).or_else(|| pair(other, one)).unwrap_or(self.links)
    }
}

/// The networks that have names, each with its file and the text of it: those of `fixtures/networks`, and where that
/// folder is not at hand those in the program.
pub fn known() -> BTreeMap<String, (PathBuf, String)> {
    let carried = CARRIED.iter().map(|(name, text)| {
        ((*name).to_owned(), (folder().join(format!("{name}.yaml")), (*text).to_owned()))
    });
    let files = std::fs::read_dir(folder()).into_iter().flatten().flatten().map(|file| file.path());
    let there = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .filter_map(|path| Some((stem(&path), (path.clone(), std::fs::read_to_string(path).ok()?))));
    carried.chain(there).collect()
}

/// The networks in the program, which are all that a container has.
const CARRIED: [(&str, &str); 9] = [
    ("duel", include_str!("../../../../fixtures/networks/duel.yaml")),
    ("epochs", include_str!("../../../../fixtures/networks/epochs.yaml")),
    ("four", include_str!("../../../../fixtures/networks/four.yaml")),
    ("interval", include_str!("../../../../fixtures/networks/interval.yaml")),
    ("market", include_str!("../../../../fixtures/networks/market.yaml")),
    ("paced", include_str!("../../../../fixtures/networks/paced.yaml")),
    ("slashing", include_str!("../../../../fixtures/networks/slashing.yaml")),
    ("watched", include_str!("../../../../fixtures/networks/watched.yaml")),
    ("world", include_str!("../../../../fixtures/networks/world.yaml")),
];

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// An error of the parser in our words, with the nearest key.
fn in_yaml(path: &Path, error: &serde_yaml::Error) -> TopologyError {
    let (line, column) = error.location().map_or((1, 1), |location| (location.line(), location.column()));
    let text = error.to_string();
    // Our own words stand before the place that the parser adds, and it may put the way to it before them.
    let told = text.rsplit_once(" at line ").map_or(text.as_str(), |(told, _)| told);
    let quoted: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
    let problem = match quoted.as_slice() {
        [key, known @ ..] if told.contains("unknown field") => {
            format!("there is no key `{key}`{}", suggestion(key, known))
        }
        [value, known @ ..] if told.contains("unknown variant") => {
            format!("`{value}` is not possible here{}", suggestion(value, known))
        }
        [key] if told.contains("missing field") => format!("the key `{key}` is missing"),
        _ => told.to_owned(),
    };
    TopologyError::At { path: path.to_owned(), line, column, problem }
}

/// Turns a file that is well-formed into a network that is possible.
struct Checker<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Checker<'_> {
    fn wrong<T>(&self, place: &[Step], problem: String) -> Result<T, TopologyError> {
        let (line, column) = place::find(self.text, place);
        Err(TopologyError::At { path: self.path.to_owned(), line, column, problem })
    }

    fn topology(&self, file: File) -> Result<Topology, TopologyError> {
        let nodes = self.nodes(&file.nodes)?;
        let mut between = BTreeMap::new();
        for (index, link) in file.links.between.iter().enumerate() {
            between.insert(self.pair(index, link, &nodes)?, shape(link.shape(), file.links.all));
        }
        let (genesis, pace) = (self.genesis(file.genesis)?, self.pace(&file.pace)?);
        let market = self.market(&nodes, &file.subnets, &file.miners, &file.validators)?;
        if pace == Pace::Paced && !market.neurons.is_empty() {
            let problem = "miners and validators wait for blocks, which a paced network makes only when it is asked; \
                           write `interval: 250ms` or `live: { rate: 48 }`";
            return self.wrong(&[Key("pace")], problem.into());
        }
        Ok(Topology {
            name: stem(self.path),
            description: file.description,
            genesis,
            pace,
            nodes,
            links: shape(file.links.all, ShapeFile::default()),
            between,
            market,
        })
    }

    fn genesis(&self, named: Option<String>) -> Result<String, TopologyError> {
        let Some(named) = named else { return Ok("dev".into()) };
        let files = std::fs::read_dir(genesis::folder()).into_iter().flatten().flatten();
        let known: Vec<String> = files.map(|file| stem(&file.path())).collect();
        if known.contains(&named) {
            return Ok(named);
        }
        let problem = format!("there is no genesis `{named}`{}", suggestion(&named, &known));
        self.wrong(&[Key("genesis")], problem)
    }

    fn pace(&self, pace: &PaceFile) -> Result<Pace, TopologyError> {
        match pace {
            PaceFile::Paced => Ok(Pace::Paced),
            PaceFile::Interval(interval) if interval.0 < Duration::from_millis(10) => {
                let place = [Key("pace"), Key("interval")];
                self.wrong(&place, "blocks cannot be made more often than every 10ms".into())
            }
            PaceFile::Interval(interval) => Ok(Pace::Interval(interval.0)),
            PaceFile::Live(live) => match live.rate.unwrap_or(USUAL_RATE) {
                rate @ 1..=120 => Ok(Pace::Live { rate }),
                rate => {
                    let problem = format!("a clock cannot run {rate} times as fast; 1 to 120 is possible");
                    self.wrong(&[Key("pace"), Key("live"), Key("rate")], problem)
                }
            },
        }
    }

    fn nodes(&self, list: &[NodeFile]) -> Result<Vec<NodeSpec>, TopologyError> {
        let mut nodes: Vec<NodeSpec> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let spec = self.node(index, node)?;
            let place = |key| [Key("nodes"), Item(index), Key(key)];
            if nodes.iter().any(|earlier| earlier.name == spec.name) {
                return self.wrong(&place("name"), format!("two nodes are called `{}`", spec.name));
            }
            let authority = |node: &NodeSpec| node.role == Role::Authority;
            let same =
                nodes.iter().find(|other| authority(other) && authority(&spec) && other.key == spec.key);
            if let Some(other) = same {
                let problem = format!(
                    "`{}` and `{}` would be one authority: both have the keys of {}; for two nodes with one \
                     authority's keys, use the fault `byzantine`",
                    other.name, spec.name, spec.key
                );
                return self.wrong(&place("key"), problem);
            }
            nodes.push(spec);
        }
        if nodes.len() > MOST_NODES {
            return self.wrong(&[Key("nodes")], TopologyError::Nodes(nodes.len()).to_string());
        }
        if nodes.iter().all(|node| node.role != Role::Authority) {
            return self
                .wrong(&[Key("nodes")], "a network needs an authority: nobody here makes blocks".into());
        }
        Ok(nodes)
    }

    fn node(&self, index: usize, node: &NodeFile) -> Result<NodeSpec, TopologyError> {
        let name = node.name.clone();
        let place = |key| [Key("nodes"), Item(index), Key(key)];
        if !is_name(&name) {
            let problem = format!(
                "`{name}` is no name for a node: it is a letter, then letters, digits, - and _, 32 at most"
            );
            return self.wrong(&place("name"), problem);
        }
        let key = node.key.clone().unwrap_or_else(|| format!("//{name}"));
        let authority = key.strip_prefix("//").is_some_and(|name| !name.is_empty());
        if !authority || sr25519::Pair::from_string(&key, None).is_err() {
            let problem =
                format!("`{key}` is no authority's key: write two slashes and a name, such as //One");
            return self.wrong(&place("key"), problem);
        }
        Ok(NodeSpec { name, role: node.role, key, database: node.database })
    }

    fn pair(
        &self,
        index: usize,
        link: &BetweenFile,
        nodes: &[NodeSpec],
    ) -> Result<(String, String), TopologyError> {
        let place = [Key("links"), Key("between"), Item(index), Key("nodes")];
        let [one, other] = link.nodes.as_slice() else {
            return self.wrong(&place, "a link is between two nodes: [One, Two]".into());
        };
        let names: Vec<&str> = nodes.iter().map(|node| node.name.as_str()).collect();
        for (end, name) in [one, other].into_iter().enumerate() {
            if !names.contains(&name.as_str()) {
                let problem = format!("there is no node `{name}`{}", suggestion(name, &names));
                return self.wrong(&[place.as_slice(), &[Item(end)]].concat(), problem);
            }
        }
        if one == other {
            return self.wrong(&place, format!("`{one}` has no link to itself"));
        }
        Ok((one.clone(), other.clone()))
    }
}

/// Whether a text is a name: a letter, then letters, digits, - and _, 32 at most.
fn is_name(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(plain) && text.len() <= 32
}

fn shape(said: ShapeFile, otherwise: ShapeFile) -> Shape {
    Shape {
        latency: said.latency.or(otherwise.latency).unwrap_or_default().0,
        jitter: said.jitter.or(otherwise.jitter).unwrap_or_default().0,
        loss: said.loss.or(otherwise.loss).unwrap_or_default().0,
        bandwidth: said.bandwidth.or(otherwise.bandwidth).map(|bandwidth| bandwidth.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "\
description: everything a file can say
genesis: fresh
pace: { live: { rate: 24 } }
nodes:
  - { name: One }
  - { name: Two, database: memory }
  - { name: Third, key: //Three }
  - { name: Watcher, role: full }
links:
  all: { latency: 20ms, jitter: 5ms }
  between:
    - { nodes: [One, Watcher], latency: 100ms, loss: 1%, bandwidth: 10 Mbit/s }
";

    pub(super) fn parse(text: &str) -> Result<Topology, TopologyError> {
        Topology::parse(text, Path::new("net.yaml"))
    }

    /// Replaces something right by something wrong, one case at a time, and looks for what must be said of it.
    pub(super) fn tell_what_is_wrong(right_file: &str, cases: &[(&str, &str, &str)]) {
        for (right, wrong, told) in cases {
            assert!(right_file.contains(right), "{right}");
            let error = parse(&right_file.replace(right, wrong)).expect_err(wrong).to_string();
            assert!(error.contains(told), "{error}\n  does not say\n{told}");
            assert!(error.starts_with("net.yaml:"), "{error}");
        }
    }

    #[test]
    fn a_file_says_everything() {
        let network = parse(WHOLE).unwrap();
        assert_eq!((network.name.as_str(), network.genesis.as_str()), ("net", "fresh"));
        assert_eq!(network.pace, Pace::Live { rate: 24 });
        let keys: Vec<&str> = network.authorities().map(|node| node.key.as_str()).collect();
        assert_eq!(keys, ["//One", "//Two", "//Three"]);
        assert_eq!(network.nodes[1].database, Database::Memory);
        let slow = network.shape("Watcher", "One");
        assert_eq!(slow, network.shape("One", "Watcher"));
        assert_eq!((slow.latency.as_millis(), slow.jitter.as_millis(), slow.loss), (100, 5, 10_000));
        assert_eq!(slow.bandwidth, Some(1_250_000));
        assert_eq!(network.shape("One", "Two").latency.as_millis(), 20);
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_nearest_name() {
        let cases = [
            (
                "genesis: fresh",
                "genesis: frsh",
                "net.yaml:2:10: there is no genesis `frsh`; did you mean `fresh`?",
            ),
            ("rate: 24", "rates: 24", "net.yaml:3:17: there is no key `rates`; did you mean `rate`?"),
            ("rate: 24", "rate: 0", "net.yaml:3:23: a clock cannot run 0 times"),
            ("live: { rate: 24 }", "interval: 1ms", "net.yaml:3:19: blocks cannot be made"),
            (
                "{ live: { rate: 24 } }",
                "pased",
                "net.yaml:3:7: `pased` is not possible here; did you mean `paced`?",
            ),
            ("database: memory", "database: rocks", "net.yaml:6:28: `rocks` is not possible here"),
            ("name: Two", "name: One", "net.yaml:6:13: two nodes are called `One`"),
            ("//Three", "//One", "net.yaml:7:25: `One` and `Third` would be one authority"),
            ("name: Watcher", "name: Mr. W", "net.yaml:8:13: `Mr. W` is no name"),
            (
                "latency: 20ms",
                "latncy: 20ms",
                "net.yaml:10:10: there is no key `latncy`; did you mean `latency`?",
            ),
            ("latency: 20ms", "latency: 20", "`20` is no duration: it has no unit"),
            ("loss: 1%", "loss: 100%", "below 100%"),
            (
                "[One, Watcher]",
                "[One, Wacher]",
                "net.yaml:12:22: there is no node `Wacher`; did you mean `Watcher`?",
            ),
            ("[One, Watcher]", "[One, One]", "net.yaml:12:16: `One` has no link to itself"),
            ("[One, Watcher]", "[One]", "net.yaml:12:16: a link is between two nodes"),
            ("description: everything a file can say\n", "", "the key `description` is missing"),
        ];
        tell_what_is_wrong(WHOLE, &cases);
    }

    #[test]
    fn a_network_of_full_nodes_is_impossible() {
        let error = parse("description: x\nnodes: [{ name: One, role: full }]").unwrap_err().to_string();
        assert!(error.contains("needs an authority"), "{error}");
        assert!(parse("description: x\nnodes: []").is_err());
    }

    #[test]
    fn any_number_of_nodes_can_be_had() {
        let names = |count| -> Vec<String> {
            Topology::of(count).unwrap().nodes.into_iter().map(|node| node.name).collect()
        };
        assert_eq!(names(4), ["One", "Two", "Three", "Four"]);
        assert_eq!(names(13)[12], "Node13");
        assert!(Topology::of(0).is_err() && Topology::of(33).is_err());
        let fewer = parse(WHOLE).unwrap().with_nodes(2).unwrap();
        assert_eq!((fewer.nodes.len(), fewer.between.len()), (2, 0));
        let more = parse(WHOLE).unwrap().with_nodes(6).unwrap();
        // The keys of the authority Three are those of the node Third.
        assert_eq!(more.nodes[4].name, "Four");
    }

    #[test]
    fn the_networks_of_the_project_can_be_read() {
        assert_eq!(known().len(), CARRIED.len(), "the program carries every file of fixtures/networks");
        for (path, text) in known().values() {
            Topology::parse(text, path).unwrap_or_else(|error| panic!("{error}"));
        }
        let error = Topology::load("foor").unwrap_err().to_string();
        assert!(error.contains("did you mean `four`?"), "{error}");
    }

    #[test]
    fn the_schema_knows_every_key() {
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            ["description", "genesis", "links", "miners", "nodes", "pace", "subnets", "validators"]
        );
        assert_eq!(schema["additionalProperties"], false);
    }
}
