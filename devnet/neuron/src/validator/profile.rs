//! How validators behave.

use crate::miner::UnknownProfile;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a validator behaves.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Asks every miner, measures the answers and weighs by them
    #[default]
    Honest,
    /// Asks nobody and sets the weights that it finds on the chain, those of validators with more stake counting more
    WeightCopier,
    /// Gives all weight to its own miners
    Cabal,
    /// Asks nobody and sets no weights
    Absent,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::Honest, Self::WeightCopier, Self::Cabal, Self::Absent];

    /// Its name in files and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::WeightCopier => "weight-copier",
            Self::Cabal => "cabal",
            Self::Absent => "absent",
        }
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
            of: "validator",
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}
