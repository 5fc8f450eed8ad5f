//! For programs.

use super::{Totals, failure_text};
use crate::verify::scenario::{Outcome, Report, Settings};
use serde_json::{Value, json};

/// One object with the totals and a list of scenarios.
pub fn json(reports: &[Report], totals: &Totals, settings: &Settings) -> Value {
    let scenarios: Vec<Value> = reports.iter().map(|report| scenario(report, settings)).collect();
    json!({
        "target": settings.target.to_string(),
        "passed": totals.passed,
        "failed": totals.failed,
        "skipped": totals.skipped,
        "blocks": totals.blocks,
        "milliseconds": milliseconds(totals.time),
        "scenarios": scenarios,
    })
}

fn scenario(report: &Report, settings: &Settings) -> Value {
    let mut value = json!({
        "name": report.scenario.id(),
        "file": report.scenario.file,
        "line": report.scenario.line,
        "tags": report.scenario.tags,
        "outcome": match &report.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed { .. } => "failed",
            Outcome::Skipped { .. } => "skipped",
        },
        "blocks": report.blocks,
        "milliseconds": milliseconds(report.time),
    });
    if let Some(text) = failure_text(report) {
        value["failure"] = json!(text);
        value["replay"] = json!(settings.replay(&report.scenario));
    }
    if let Outcome::Skipped { reason } = &report.outcome {
        value["reason"] = json!(reason);
    }
    value
}

fn milliseconds(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
