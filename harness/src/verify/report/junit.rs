//! For continuous integration.

use super::failure_text;
use crate::verify::scenario::{Outcome, Report, Settings};
use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use thiserror::Error;

/// A report that cannot be written.
#[derive(Debug, Error)]
#[error("the JUnit report cannot be written: {0}")]
pub struct JunitError(#[from] quick_junit::SerializeError);

/// XML as `JUnit` writes it: a suite for each feature, a case for each scenario.
///
/// # Errors
/// If it cannot be serialised.
pub fn junit(reports: &[Report], settings: &Settings) -> Result<String, JunitError> {
    let mut features: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for report in reports {
        let feature = report.scenario.feature.as_str();
        let suite = features.entry(feature).or_insert_with(|| TestSuite::new(feature));
        suite.add_test_case(case(report, settings));
    }
    let mut junit = Junit::new("assay verify");
    junit.add_test_suites(features.into_values());
    Ok(junit.to_string()?)
}

fn case(report: &Report, settings: &Settings) -> TestCase {
    let status = match &report.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Skipped { reason } => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason);
            status
        }
        Outcome::Failed { problem, .. } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let text = failure_text(report).unwrap_or_default();
            status.set_message(problem.lines().next().unwrap_or_default());
            status.set_description(format!("{text}\nrun it again: {}", settings.replay(&report.scenario)));
            status
        }
    };
    let mut case = TestCase::new(&report.scenario.name, status);
    case.set_classname(&report.scenario.feature).set_time(report.time);
    case
}
