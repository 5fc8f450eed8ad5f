//! What is said about faults.

use super::run::{Catch, Verdict, Witness};
use crate::verify::scenario::Report;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// How many faults, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Noticed by an invariant.
    pub by_invariants: usize,
    /// Noticed by a step.
    pub by_steps: usize,
    /// Noticed by a snapshot.
    pub by_snapshots: usize,
    /// Not noticed.
    pub uncaught: usize,
    /// Never did anything.
    pub idle: usize,
}

impl Totals {
    /// The totals of verdicts.
    pub fn of(verdicts: &[Verdict]) -> Self {
        let mut totals = Self::default();
        for verdict in verdicts {
            match verdict.catch.as_ref().map(|catch| &catch.witness) {
                Some(Witness::Invariants(_)) => totals.by_invariants += 1,
                Some(Witness::Step(..)) => totals.by_steps += 1,
                Some(Witness::Snapshot) => totals.by_snapshots += 1,
                None if verdict.is_idle() => totals.idle += 1,
                None => totals.uncaught += 1,
            }
        }
        totals
    }

    /// Faults noticed.
    pub fn caught(self) -> usize {
        self.by_invariants + self.by_steps + self.by_snapshots
    }

    /// Whether every fault did something and was noticed.
    pub fn is_well(self) -> bool {
        self.uncaught == 0 && self.idle == 0
    }
}

/// What noticed a fault, in a few words.
pub fn noticed(verdict: &Verdict) -> String {
    match &verdict.catch {
        Some(Catch { witness: Witness::Invariants(names), .. }) => {
            format!("invariant {}", once(names).join(", "))
        }
        Some(Catch { witness: Witness::Step(line, _), .. }) => format!("step in line {line}"),
        Some(Catch { witness: Witness::Snapshot, .. }) => "snapshot".to_owned(),
        None if verdict.is_idle() => "NOTHING: it never acted".to_owned(),
        None => "NOTHING".to_owned(),
    }
}

/// Names without those that stand twice, in their order.
fn once(names: &[&'static str]) -> Vec<&'static str> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if !seen.contains(name) {
            seen.push(name);
        }
    }
    seen
}

/// One line for each fault, as a table in Markdown.
pub fn table(verdicts: &[Verdict]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    table.set_header(["fault", "caught by", "in", "blocks later", "an invariant alone"]);
    for verdict in verdicts {
        let scenario = verdict.catch.as_ref().map_or(String::new(), |catch| catch.scenario.id());
        let later = verdict.catch.as_ref().map_or(String::new(), |catch| catch.blocks_later.to_string());
        let alone = once(&verdict.invariants).first().map_or("-", |name| *name).to_owned();
        table.add_row([verdict.fault.name.clone(), noticed(verdict), scenario, later, alone]);
    }
    if let Some(column) = table.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

/// The last line: `60 faults: 60 caught (30 by invariants, 20 by steps, 10 by snapshots) in 61.2 s`.
pub fn closing(totals: Totals, time: Duration) -> String {
    let Totals { by_invariants, by_steps, by_snapshots, uncaught, idle } = totals;
    let all = totals.caught() + uncaught + idle;
    let tenths = time.as_millis() / 100;
    let text = format!(
        "{all} faults: {} caught ({by_invariants} by invariants, {by_steps} by steps, {by_snapshots} by snapshots)",
        totals.caught()
    );
    let told = |count: usize, what: &str| if count > 0 { format!(", {count} {what}") } else { String::new() };
    let (uncaught, idle) = (told(uncaught, "NOT caught"), told(idle, "never acted"));
    format!("{text}{uncaught}{idle} in {}.{} s", tenths / 10, tenths % 10)
}

/// One object with the totals, the faults and the control.
pub fn json(verdicts: &[Verdict], control: &[Report], time: Duration) -> Value {
    let totals = Totals::of(verdicts);
    let failed = super::run::failed(control);
    json!({
        "faults": verdicts.len(),
        "caught": totals.caught(),
        "by": BTreeMap::from([
            ("invariants", totals.by_invariants),
            ("steps", totals.by_steps),
            ("snapshots", totals.by_snapshots),
        ]),
        "uncaught": totals.uncaught,
        "idle": totals.idle,
        "control": { "scenarios": control.len(), "failed": failed.iter().map(|report| report.scenario.id()).collect::<Vec<_>>() },
        "milliseconds": milliseconds(time),
        "verdicts": verdicts.iter().map(verdict).collect::<Vec<_>>(),
    })
}

fn verdict(verdict: &Verdict) -> Value {
    let caught = verdict.catch.as_ref().map(|catch| {
        let by = match &catch.witness {
            Witness::Invariants(names) => json!({ "invariants": once(names) }),
            Witness::Step(line, sentence) => json!({ "step": sentence, "line": line }),
            Witness::Snapshot => json!("snapshot"),
        };
        json!({
            "by": by,
            "scenario": catch.scenario.id(),
            "file": catch.scenario.file,
            "problem": catch.problem,
            "blocks_later": catch.blocks_later,
        })
    });
    json!({
        "fault": verdict.fault.name,
        "wrong": verdict.fault.wrong,
        "section": verdict.fault.section,
        "caught": caught,
        "invariants_alone": once(&verdict.invariants),
        "scenarios_run": verdict.scenarios,
        "scenarios_reached": verdict.reached,
        "milliseconds": milliseconds(verdict.time),
    })
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
