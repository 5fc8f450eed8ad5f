//! How miners behave.

use crate::random;
use crate::workload::Workload;
use assay_inference::H256;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a miner behaves.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Answers what the trained model gives
    #[default]
    Honest,
    /// Answers what a badly trained model gives, and names that model: worth less, and no offence
    Undertrained,
    /// Answers the same to everyone, and names the model that gives it: worth nothing, and no offence
    Lazy,
    /// Honest, and 2,000 ms late
    Slow,
    /// Honest, and drops 3 requests of 10
    Flaky,
    /// Asks another miner and signs its answer
    Copycat,
    /// Honest the first time; asked the same job again, it signs another answer
    Contradictory,
    /// Alters one value within the network and goes on from it
    Wrong,
}

/// What is on purpose about when a miner answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Milliseconds that it waits before each answer.
    pub delay_ms: u64,
    /// Parts of 65,535 of all requests that it drops.
    pub drops: u16,
}

/// A profile that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no profile of a {of}; there are {known}")]
pub struct UnknownProfile {
    /// What was asked for.
    pub name: String,
    /// Miner or validator.
    pub of: &'static str,
    /// The names there are.
    pub known: String,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 8] = [
        Self::Honest,
        Self::Undertrained,
        Self::Lazy,
        Self::Slow,
        Self::Flaky,
        Self::Copycat,
        Self::Contradictory,
        Self::Wrong,
    ];

    /// Its name in files and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::Undertrained => "undertrained",
            Self::Lazy => "lazy",
            Self::Slow => "slow",
            Self::Flaky => "flaky",
            Self::Copycat => "copycat",
            Self::Contradictory => "contradictory",
            Self::Wrong => "wrong",
        }
    }

    /// The name of the model that such a miner serves on a subnet with a workload.
    pub fn model(self, workload: Workload) -> String {
        match self {
            Self::Undertrained => format!("{workload}-undertrained"),
            _ => workload.name().to_owned(),
        }
    }

    /// What is on purpose about when it answers.
    pub fn behaviour(self) -> Behaviour {
        match self {
            Self::Slow => Behaviour { delay_ms: 2_000, drops: 0 },
            Self::Flaky => Behaviour { delay_ms: 0, drops: 19_661 },
            _ => Behaviour::default(),
        }
    }
}

impl Behaviour {
    /// Whether a request of this job is dropped: the same jobs every time.
    pub fn drops(self, job: H256) -> bool {
        random::happens(0, ("drop", job), self.drops)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl std::str::FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| UnknownProfile {
            name: name.to_owned(),
            of: "miner",
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}
