//! What is said about scenarios that were run.

mod json;
mod junit;
mod libtest;
mod pretty;

pub use json::json;
pub use junit::{JunitError, junit};
pub use libtest::{Libtest, libtest};
pub use pretty::{closing, line};

use super::scenario::{Outcome, Report};
use std::time::Duration;

/// How many passed, failed and were skipped, and what it took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Scenarios that passed.
    pub passed: usize,
    /// Scenarios that failed.
    pub failed: usize,
    /// Scenarios that were not run.
    pub skipped: usize,
    /// Blocks made.
    pub blocks: u64,
    /// Time from the first to the last.
    pub time: Duration,
}

impl Totals {
    /// The totals of reports.
    pub fn of(reports: &[Report], time: Duration) -> Self {
        let mut totals = Self { time, ..Self::default() };
        for report in reports {
            match report.outcome {
                Outcome::Passed => totals.passed += 1,
                Outcome::Failed { .. } => totals.failed += 1,
                Outcome::Skipped { .. } => totals.skipped += 1,
            }
            totals.blocks += report.blocks;
        }
        totals
    }
}

/// What failed, as text: the step with its place, and the problem.
pub fn failure_text(report: &Report) -> Option<String> {
    let Outcome::Failed { step, problem, .. } = &report.outcome else { return None };
    let file = report.scenario.file.display();
    Some(match step {
        Some((line, sentence)) => format!("{file}:{line}: {sentence}\n{problem}"),
        None => format!("{file}:{}: at the end of the scenario\n{problem}", report.scenario.line),
    })
}

#[cfg(test)]
pub(super) mod examples {
    use super::super::scenario::{Outcome, Report, Scenario};
    use std::time::Duration;

    /// One report of each outcome.
    pub fn reports() -> Vec<Report> {
        let report = |name: &str, outcome| Report {
            scenario: Scenario {
                feature: "staking/add".into(),
                name: name.into(),
                file: "features/staking/add.feature".into(),
                line: 7,
                ..Scenario::default()
            },
            outcome,
            blocks: 3,
            time: Duration::from_millis(12),
            document: None,
        };
        vec![
            report("A <good> one", Outcome::Passed),
            report(
                "A bad one",
                Outcome::Failed {
                    step: Some((9, "Then Alice has 3 TAO".into())),
                    problem: "the balance of Alice is 2 TAO, not 3 TAO".into(),
                    broken: Vec::new(),
                },
            ),
            report("A later one", Outcome::Skipped { reason: "it is @pending".into() }),
        ]
    }
}
