//! Running scenarios on chains with a fault, until one notices.

use super::list::Fault;
use super::planting::Planting;
use crate::snapshot::file::Update;
use crate::verify::scenario::{self, Outcome, Report, Scenario, Settings};
use crate::verify::{Filter, Suite, jobs};
use crate::world::start::Target;
use std::time::{Duration, Instant};

/// Scenarios on which invariants get a try of their own once something else has noticed.
const TRIES_FOR_INVARIANTS: usize = 8;

/// What noticed a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Invariants, by name.
    Invariants(Vec<&'static str>),
    /// A step of a scenario, with its line.
    Step(usize, String),
    /// The snapshot that a scenario should have ended in.
    Snapshot,
}

/// How a fault was noticed.
#[derive(Clone, Debug)]
pub struct Catch {
    /// What noticed.
    pub witness: Witness,
    /// The scenario in which it did.
    pub scenario: Scenario,
    /// What it said.
    pub problem: String,
    /// Blocks from the first in which something went wrong to the one in which it was noticed.
    pub blocks_later: u64,
}

/// What became of a fault.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The fault.
    pub fault: Fault,
    /// How it was noticed, if it was.
    pub catch: Option<Catch>,
    /// Invariants that notice it with no step and no snapshot looked at, as far as was tried.
    pub invariants: Vec<&'static str>,
    /// Scenarios run until it was noticed.
    pub scenarios: usize,
    /// Those in which something went wrong.
    pub reached: usize,
    /// How long it took.
    pub time: Duration,
}

impl Verdict {
    /// Whether it never did anything, so that nothing could notice: the list is at fault.
    pub fn is_idle(&self) -> bool {
        self.reached == 0
    }
}

/// Tries every fault, `jobs` at a time, and hands each verdict to `follow` in the order of `faults`.
pub fn try_all(
    faults: &[Fault],
    suite: &Suite,
    jobs: usize,
    mut follow: impl FnMut(&Verdict),
) -> Vec<Verdict> {
    let order: Vec<usize> = (0..faults.len()).collect();
    jobs::each(faults, &order, jobs, |fault| try_one(fault, suite), &mut follow)
}

/// Runs scenarios on chains with a fault until one fails: first those of the fault's features, then all others.
pub fn try_one(fault: &Fault, suite: &Suite) -> Verdict {
    let started = Instant::now();
    let order = by_likelihood(fault, suite);
    let mut verdict = Verdict {
        fault: fault.clone(),
        catch: None,
        invariants: Vec::new(),
        scenarios: 0,
        reached: 0,
        time: Duration::ZERO,
    };
    for scenario in &order {
        let planting = Planting::new(fault.rules.clone());
        let report = scenario::run(scenario, &settings(suite, planting.clone()));
        verdict.scenarios += 1;
        let Some(first) = planting.first_act() else { continue };
        verdict.reached += 1;
        verdict.catch = catch(report, first);
        if verdict.catch.is_some() {
            break;
        }
    }
    verdict.invariants = match verdict.catch.as_ref().map(|catch| &catch.witness) {
        Some(Witness::Invariants(names)) => names.clone(),
        Some(_) => broken_invariants(fault, suite, &order),
        None => Vec::new(),
    };
    verdict.time = started.elapsed();
    verdict
}

/// Runs scenarios on chains through the same externalities with no fault in them: all must pass.
pub fn control(
    scenarios: &[Scenario],
    suite: &Suite,
    jobs: usize,
    mut follow: impl FnMut(&Report),
) -> Vec<Report> {
    let order: Vec<usize> = (0..scenarios.len()).collect();
    let sound = || Planting::new(Vec::new().into());
    let run = |scenario: &Scenario| scenario::run(scenario, &settings(suite, sound()));
    jobs::each(scenarios, &order, jobs, run, &mut follow)
}

/// Those that did not pass.
pub fn failed(reports: &[Report]) -> Vec<&Report> {
    reports.iter().filter(|report| matches!(report.outcome, Outcome::Failed { .. })).collect()
}

/// How the scenarios of a suite are run on chains with a fault.
fn settings(suite: &Suite, fault: Planting) -> Settings {
    Settings {
        features: suite.features.clone(),
        snapshots: suite.snapshots.clone(),
        target: Target::Sabotaged(fault),
        update: Update::No,
        filter: Filter::default(),
    }
}

/// The scenarios of the features that a fault names, in the order of the names, then all others.
fn by_likelihood<'a>(fault: &Fault, suite: &'a Suite) -> Vec<&'a Scenario> {
    let mut order: Vec<&Scenario> = suite.scenarios.iter().collect();
    order.sort_by_key(|scenario| rank(fault, scenario).unwrap_or(usize::MAX));
    order
}

/// The place of the scenario's feature among those that a fault names.
fn rank(fault: &Fault, scenario: &Scenario) -> Option<usize> {
    let id = scenario.id();
    fault.folders.iter().position(|folder| id.starts_with(folder.as_str()))
}

fn catch(report: Report, first: u32) -> Option<Catch> {
    let Outcome::Failed { step, problem, broken } = report.outcome else { return None };
    let witness = match step {
        _ if !broken.is_empty() => Witness::Invariants(broken),
        Some((line, sentence)) => Witness::Step(line, sentence),
        None => Witness::Snapshot,
    };
    let blocks_later = report.blocks.saturating_sub(first.into());
    Some(Catch { witness, scenario: report.scenario, problem, blocks_later })
}

/// Invariants that notice a fault in the first scenarios of its features.
fn broken_invariants(fault: &Fault, suite: &Suite, order: &[&Scenario]) -> Vec<&'static str> {
    let named = order.iter().filter(|scenario| rank(fault, scenario).is_some());
    let mut broken = named.take(TRIES_FOR_INVARIANTS).filter_map(|scenario| {
        let planting = Planting::new(fault.rules.clone());
        let found = scenario::first_broken(scenario, &settings(suite, planting.clone()));
        planting.first_act().and(found).map(|(names, _)| names)
    });
    broken.next().unwrap_or_default()
}
