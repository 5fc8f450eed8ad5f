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
mod formulas;
mod report;
mod swap;

pub use compare::Difference;
pub use files::{FileError, find};
pub use report::{CaseFailure, FamilySummary, Report};

use case::CaseError;
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

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
}

impl Family {
    /// All families, in the order of a report.
    pub const ALL: [Self; 5] = [Self::Swap, Self::BlockEmission, Self::Epoch, Self::Costs, Self::Formulas];

    /// The name used in file names and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Swap => "swap",
            Self::BlockEmission => "block_emission",
            Self::Epoch => "epoch",
            Self::Costs => "costs",
            Self::Formulas => "formulas",
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
            _ if case.contains_key("issuance") => Some(Self::BlockEmission),
            _ if case.get("in").is_some_and(|input| input.get("rao_emission").is_some()) => Some(Self::Epoch),
            _ => None,
        }
    }

    /// Recomputes what the case recorded: an object with the case's own output keys and the values found now.
    fn recompute(self, case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
        match self {
            Self::Swap => swap::recompute(case),
            Self::BlockEmission => block_emission::recompute(case),
            Self::Epoch => epoch::recompute(case),
            Self::Costs => costs::recompute(case),
            Self::Formulas => formulas::recompute(case),
        }
    }
}

/// Recomputes every case of the given files. `progress` is called with each file before it is read.
///
/// # Errors
/// A file that cannot be read or is not a vector file; see [`FileError`].
pub fn check(files: &[PathBuf], mut progress: impl FnMut(&std::path::Path)) -> Result<Report, FileError> {
    let mut report = Report::default();
    for path in files {
        progress(path);
        for case in files::read_cases(path)? {
            check_case(&case, path, &mut report);
        }
    }
    Ok(report)
}

fn check_case(case: &Map<String, Value>, path: &std::path::Path, report: &mut Report) {
    let id = case.get("id").and_then(Value::as_str).unwrap_or("(no id)");
    let Some(family) = Family::of(case) else {
        let kind = case.get("kind").and_then(Value::as_str).unwrap_or("(no kind)");
        report.skip(path, kind);
        return;
    };
    // A vector is outside input: a panic in the arithmetic is one failed case, not the end of the run.
    let recomputed = catch_unwind(AssertUnwindSafe(|| family.recompute(case)));
    let differences = match recomputed {
        Ok(Ok(found)) => compare::differences(case, &found),
        Ok(Err(error)) => vec![Difference::unreadable(&error)],
        Err(_) => vec![Difference::panicked()],
    };
    report.record(family, path, id, differences);
}
