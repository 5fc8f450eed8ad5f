//! The sentences that scenarios are made of.
//!
//! Each sentence is a [`Definition`] in one table per area: its pattern, what it means, an example and the function
//! that does it. `assay steps` prints the tables, so the catalogue cannot be out of date.
//!
//! The files are parsed by `gherkin` and the patterns are cucumber expressions, both from cucumber-rs. Its macros and
//! its runner are not used, for reasons: there a step fails by a panic with the debug form of its error, a pattern
//! carries neither meaning nor example, and scenarios cannot be run one at a time under libtest names.

mod accounts;
mod beacon;
mod blocks;
mod calls;
mod catalogue;
mod chains;
mod credits;
mod customers;
mod events;
mod inference;
mod matching;
mod network;
mod phrase;
mod slashing;
mod staking;
mod storage;
mod subnets;
mod swap;
mod weights;

pub use catalogue::{SECTIONS, Section};
pub use matching::{Match, PARAMETERS, StepProblem, find};
pub use phrase::Phrase;

use crate::world::{StepError, World};
use gherkin::StepType;
use std::pin::Pin;

/// What a step function returns.
pub type Doing<'a> = Pin<Box<dyn Future<Output = Result<(), StepError>> + 'a>>;

/// Where in a scenario a sentence may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// After `Given`: what the scenario starts from.
    Setting,
    /// After `When`, and after `Given`, where it must succeed.
    Action,
    /// After `Then`: what must hold.
    Check,
}

impl Kind {
    /// Whether a sentence of this kind may stand after this keyword.
    pub fn fits(self, keyword: StepType) -> bool {
        match self {
            Self::Setting => keyword == StepType::Given,
            Self::Action => matches!(keyword, StepType::Given | StepType::When),
            Self::Check => keyword == StepType::Then,
        }
    }

    /// The keyword that catalogues write before it.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Setting => "Given",
            Self::Action => "When",
            Self::Check => "Then",
        }
    }
}

/// A sentence that scenarios may use.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Where it may stand.
    pub kind: Kind,
    /// Its form, a cucumber expression over the parameters of [`matching::PARAMETERS`].
    pub pattern: &'static str,
    /// What it does or demands.
    pub meaning: &'static str,
    /// A use of it, with its table if it takes one.
    pub example: &'static str,
    /// What does it.
    pub run: for<'a> fn(&'a mut World, Phrase<'a>) -> Doing<'a>,
}
