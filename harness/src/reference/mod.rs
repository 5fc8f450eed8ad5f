//! Reference vectors: cases recorded on the real chain, recomputed here and compared bit for bit.
//!
//! A vector file is one JSON object whose `cases` list holds one case per line (`fixtures/reference` explains every
//! field). A case belongs to a *family*; the family's module recomputes the case's outputs from its inputs, and
//! [`compare`] lists every field that differs. Nothing recorded is left out silently: an output that a family does
//! not produce is itself a difference.

mod block_emission;
mod case;
mod compare;
mod costs;
mod epoch;
mod files;
mod form;
mod formulas;
pub(crate) mod replay;
mod report;
mod run;
mod slashing;
pub mod states;
mod swap;
mod tables;

pub use compare::Difference;
pub use files::{FileError, find};
pub use report::{CaseFailure, FamilySummary, Report};
pub use run::{Progress, Selection, check, check_selected};

use case::CaseError;
use replay::Replays;
use serde_json::{Map, Value};

/// A group of cases that share inputs, outputs and the code that recomputes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The pool of a subnet: swaps, weights, initialisation, the balancer's own functions (section 04).
    Swap,
    /// The emission curve (section 06, 1).
    BlockEmission,
    /// One epoch of Yuma consensus (section 07).
    Epoch,
    /// Lock cost, burn price, fees (sections 02, 03, 04 and 10).
    Costs,
    /// Emission terms, moving price, share pools, mechanism split, lock decay (sections 05 to 07).
    Formulas,
    /// Empty blocks on many kinds of chains: emission, epochs, root claims (section 06).
    Coinbase,
    /// Calls one after another, with blocks between them (all sections).
    Traces,
    /// Constants, storage defaults, versions: a table (section 12).
    Constants,
    /// The state of a chain that has just started: a table (section 01, 5).
    FreshChain,
    /// The names of everything in the metadata: a table (section 12).
    Metadata,
    /// Stake slashing, from a model in another language (document SLASHING).
    Slashing,
}

impl Family {
    /// All families, in the order of a report.
    pub const ALL: [Self; 11] = [
        Self::Swap,
        Self::BlockEmission,
        Self::Epoch,
        Self::Costs,
        Self::Formulas,
        Self::Coinbase,
        Self::Traces,
        Self::Constants,
        Self::FreshChain,
        Self::Metadata,
        Self::Slashing,
    ];

    /// The name used in file names and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Swap => "swap",
            Self::BlockEmission => "block_emission",
            Self::Epoch => "epoch",
            Self::Costs => "costs",
            Self::Formulas => "formulas",
            Self::Coinbase => "coinbase",
            Self::Traces => "traces",
            Self::Constants => "constants",
            Self::FreshChain => "fresh_chain",
            Self::Metadata => "metadata",
            Self::Slashing => "slashing",
        }
    }

    /// The family a case belongs to, told from its shape: file names are free.
    fn of(case: &Map<String, Value>) -> Option<Self> {
        let kind = case.get("kind").and_then(Value::as_str)?;
        match kind {
            "swap" | "weights" | "init" | "math" if case.contains_key("out") => Some(Self::Swap),
            "lock_cost" | "burn_series" | "swap_fee" | "tx_fee" => Some(Self::Costs),
            "emission_terms" | "moving_price" | "share_pool" | "mechanism_split" | "lock_decay" => {
                Some(Self::Formulas)
            }
            _ if kind.starts_with("slash_") => Some(Self::Slashing),
            _ if case.contains_key("checkpoints") => Some(Self::Coinbase),
            _ if case.contains_key("steps") && case.contains_key("initial_state") => Some(Self::Traces),
            _ if case.contains_key("issuance") => Some(Self::BlockEmission),
            _ if case.get("in").is_some_and(|input| input.get("rao_emission").is_some()) => Some(Self::Epoch),
            _ => None,
        }
    }

    /// Whether its cases are replayed on the runtime instead of computed from their inputs.
    fn is_replayed(self) -> bool {
        matches!(self, Self::Coinbase | Self::Traces)
    }

    /// Every field of the case that is otherwise now, or that nobody here knows. `file` is what the case's file has beside
    /// its cases, and `replays` what that gives its replays.
    fn differences(
        self,
        case: &Map<String, Value>,
        file: &Map<String, Value>,
        replays: Option<&Replays>,
    ) -> Result<Vec<Difference>, CaseError> {
        let mut differences = form::unknown_fields(self, case);
        differences.extend(self.recomputed(case, file, replays)?);
        Ok(differences)
    }

    fn recomputed(
        self,
        case: &Map<String, Value>,
        file: &Map<String, Value>,
        replays: Option<&Replays>,
    ) -> Result<Vec<Difference>, CaseError> {
        let found = match self {
            Self::Swap => swap::recompute(case)?,
            Self::BlockEmission => block_emission::recompute(case)?,
            Self::Epoch => epoch::recompute(case)?,
            Self::Costs => costs::recompute(case)?,
            Self::Formulas => formulas::recompute(case)?,
            Self::Slashing => return slashing::differences(case, file),
            Self::Coinbase | Self::Traces => {
                let replays =
                    replays.ok_or_else(|| CaseError::new("(file)", "has no accounts and states"))?;
                return replays.check(self, case);
            }
            Self::Constants | Self::FreshChain | Self::Metadata => {
                return Err(CaseError::new("(file)", "of this family holds a table, not cases"));
            }
        };
        Ok(compare::differences(case, &found))
    }
}
