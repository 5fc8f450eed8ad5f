//! For tools that read the lines of Rust's test harness (`--format json`).

use super::failure_text;
use crate::verify::scenario::{Outcome, Report, Settings};
use serde_json::{Value, json};

/// Where a run stands.
#[derive(Clone, Copy, Debug)]
pub enum Libtest<'a> {
    /// Before the first scenario; so many will run.
    Started(usize),
    /// A scenario is done.
    Done(&'a Report),
}

/// The lines for it, one JSON object each.
pub fn libtest(event: Libtest<'_>, settings: &Settings) -> Vec<Value> {
    match event {
        Libtest::Started(count) => vec![json!({ "type": "suite", "event": "started", "test_count": count })],
        Libtest::Done(report) => {
            let name = report.scenario.id();
            let seconds = report.time.as_secs_f64();
            let end = match &report.outcome {
                Outcome::Passed => {
                    json!({ "type": "test", "event": "ok", "name": name, "exec_time": seconds })
                }
                Outcome::Skipped { reason } => {
                    json!({ "type": "test", "event": "ignored", "name": name, "message": reason })
                }
                Outcome::Failed { .. } => {
                    let text = failure_text(report).unwrap_or_default();
                    let output = format!("{text}\nrun it again: {}\n", settings.replay(&report.scenario));
                    json!({ "type": "test", "event": "failed", "name": name, "exec_time": seconds, "stdout": output })
                }
            };
            vec![json!({ "type": "test", "event": "started", "name": name }), end]
        }
    }
}
