//! One scenario, and running it.

use super::filter::Filter;
use crate::chain::ChainError;
use crate::chain::memory::panic_message;
use crate::snapshot::document;
use crate::snapshot::file::{self, Update};
use crate::steps::{self, Match, Phrase};
use crate::world::start::Target;
use crate::world::{StepError, World};
use gherkin::Step;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long one step may wait for its chain. Steps of the memory target compute and never wait.
const STEP_PATIENCE: Duration = Duration::from_secs(300);

/// A scenario, its backgrounds and examples put in.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    /// The feature: the file's path below the folder of features, without its extension.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// The file.
    pub file: PathBuf,
    /// The line it begins in.
    pub line: usize,
    /// Its tags and those around it, without the `@`.
    pub tags: Vec<String>,
    /// Its steps.
    pub steps: Vec<Step>,
}

impl Scenario {
    /// The name it is known by everywhere: `feature::scenario`.
    pub fn id(&self) -> String {
        format!("{}::{}", self.feature, self.name)
    }

    /// Its name as a file name.
    pub fn slug(&self) -> String {
        let words = self.name.split(|character: char| !character.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
        words.collect::<Vec<_>>().join("-")
    }

    /// Where its snapshot is, below the folder of snapshots.
    pub fn snapshot(&self, folder: &Path) -> PathBuf {
        folder.join(&self.feature).join(format!("{}.snap", self.slug()))
    }

    /// Why it is not run on a target: `@pending`, or `@only-NAME` of other targets.
    pub fn skipped_on(&self, target: &Target) -> Option<String> {
        if self.tags.iter().any(|tag| tag == "pending") {
            return Some("it is @pending".into());
        }
        let only: Vec<&str> = self.tags.iter().filter_map(|tag| tag.strip_prefix("only-")).collect();
        let elsewhere = !only.is_empty() && !only.contains(&target.kind());
        elsewhere.then(|| format!("it runs only on {}", only.join(", ")))
    }
}

/// How scenarios are run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the features.
    pub features: PathBuf,
    /// The folder of their snapshots, if ends are compared.
    pub snapshots: Option<PathBuf>,
    /// What stands behind their chains.
    pub target: Target,
    /// What is done about an end that differs.
    pub update: Update,
    /// Which scenarios.
    pub filter: Filter,
}

impl Settings {
    /// The one command that runs a scenario again.
    pub fn replay(&self, scenario: &Scenario) -> String {
        let name = regex::escape(&scenario.id()).replace('\'', r"'\''");
        let target = match &self.target {
            Target::Memory | Target::Sabotaged(_) => String::new(),
            _ => format!(" --target {}", self.target),
        };
        format!("assay verify --features {}{target} --name '^{name}$'", self.features.display())
    }
}

/// How a scenario ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every step held, and the end is that of the snapshot.
    Passed,
    /// Something did not hold.
    Failed {
        /// The step, with its line in the file; none if it is the end that differs.
        step: Option<(usize, String)>,
        /// What did not hold.
        problem: String,
        /// The names of the invariants that did not hold, if it was those.
        broken: Vec<&'static str>,
    },
    /// It was not run.
    Skipped {
        /// Why.
        reason: String,
    },
}

/// A scenario that was run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The scenario.
    pub scenario: Scenario,
    /// How it ended.
    pub outcome: Outcome,
    /// Blocks it made.
    pub blocks: u64,
    /// How long it took.
    pub time: Duration,
    /// The document of its end, if it came to one.
    pub document: Option<String>,
}

/// Runs a scenario.
pub fn run(scenario: &Scenario, settings: &Settings) -> Report {
    let started = Instant::now();
    let mut world = World::new(settings.target.clone());
    let mut document = None;
    let outcome = match scenario.skipped_on(&settings.target) {
        Some(reason) => Outcome::Skipped { reason },
        None => match play(scenario, settings, &mut world, &mut document) {
            Ok(()) => Outcome::Passed,
            Err(End::Failure { step, problem, broken }) => Outcome::Failed { step, problem, broken },
            Err(End::Lack(reason)) => Outcome::Skipped { reason },
        },
    };
    Report { scenario: scenario.clone(), outcome, blocks: world.blocks(), time: started.elapsed(), document }
}

/// Why a scenario did not play to its end.
enum End {
    /// Something did not hold.
    Failure { step: Option<(usize, String)>, problem: String, broken: Vec<&'static str> },
    /// The target cannot do what a step needs.
    Lack(String),
}

impl End {
    fn of(step: &Step, error: &StepError) -> Self {
        match error {
            StepError::Lacks(reason) => Self::Lack(reason.clone()),
            StepError::Chain(lack @ ChainError::CannotBranch(_)) => Self::Lack(lack.to_string()),
            StepError::Invariant { broken, .. } => Self::at(step, error).breaking(broken),
            _ => Self::at(step, error),
        }
    }

    fn breaking(self, invariants: &[&'static str]) -> Self {
        match self {
            Self::Failure { step, problem, .. } => {
                Self::Failure { step, problem, broken: invariants.to_vec() }
            }
            lack @ Self::Lack(_) => lack,
        }
    }

    fn at(step: &Step, problem: &dyn ToString) -> Self {
        let sentence = format!("{} {}", step.keyword.trim(), step.value);
        let step = Some((step.position.line, sentence));
        Self::Failure { step, problem: problem.to_string(), broken: Vec::new() }
    }

    fn at_end(problem: &dyn ToString) -> Self {
        Self::Failure { step: None, problem: problem.to_string(), broken: Vec::new() }
    }
}

fn play(
    scenario: &Scenario,
    settings: &Settings,
    world: &mut World,
    document: &mut Option<String>,
) -> Result<(), End> {
    let matches: Vec<Match> = scenario
        .steps
        .iter()
        .map(|step| steps::find(step).map_err(|problem| End::at(step, &problem)))
        .collect::<Result<_, _>>()?;
    let waiter = waiter().map_err(|problem| End::at_end(&problem))?;
    for (step, found) in scenario.steps.iter().zip(matches) {
        match do_step(step, found, world, &waiter) {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => return Err(End::of(step, &problem)),
            Err(stuck) => return Err(End::at(step, &stuck)),
        }
    }
    world.finish().map_err(|problem| match scenario.steps.last() {
        Some(step) => End::of(step, &problem),
        None => End::at_end(&problem),
    })?;
    if let Some(ended) = waiter.block_on(world.end_network()) {
        // A network is as it is at some moment: it has properties to check, and no end to compare.
        return ended.map_err(|problem| End::at_end(&problem));
    }
    if world.client().is_err() {
        return Err(End::at_end(&"the scenario has no chain, so nothing was verified"));
    }
    let end = waiter.block_on(document::of(world)).map_err(|problem| End::at_end(&problem))?;
    let compared = match &settings.snapshots {
        Some(folder) if world.ends_alike() => compare(scenario, settings, folder, &end),
        _ => Ok(()),
    };
    *document = Some(end);
    compared
}

/// Does what a scenario does, whatever its checks say, until an invariant does not hold: those that then do not, and
/// the block.
pub fn first_broken(scenario: &Scenario, settings: &Settings) -> Option<(Vec<&'static str>, u32)> {
    let mut world = World::new(settings.target.clone());
    let waiter = waiter().ok()?;
    for step in &scenario.steps {
        let found = steps::find(step).ok()?;
        match do_step(step, found, &mut world, &waiter) {
            Ok(Err(StepError::Invariant { block, broken, .. })) => return Some((broken, block)),
            // Whatever was refused counts as looked at, so that the next step goes on.
            _ => drop(world.examine()),
        }
    }
    None
}

pub(super) fn waiter() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Does one step. The outer error is that of a step that came to no end of its own.
pub(super) fn do_step(
    step: &Step,
    found: Match,
    world: &mut World,
    waiter: &Runtime,
) -> Result<Result<(), StepError>, String> {
    let phrase = Phrase { step, parameters: found.parameters };
    let doing = || {
        waiter.block_on(async {
            tokio::time::timeout(STEP_PATIENCE, (found.definition.run)(world, phrase)).await
        })
    };
    match catch_unwind(AssertUnwindSafe(doing)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => Err(format!("it did not end within {} seconds", STEP_PATIENCE.as_secs())),
        Err(panic) => Err(format!("it panicked: {}", panic_message(panic.as_ref()))),
    }
}

fn compare(scenario: &Scenario, settings: &Settings, folder: &Path, end: &str) -> Result<(), End> {
    let inside = scenario.file.strip_prefix(&settings.features).unwrap_or(&scenario.file);
    let source = format!("features/{}", inside.display());
    file::check(&scenario.snapshot(folder), &source, &scenario.name, end, settings.update)
        .map_err(|problem| End::at_end(&problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_names_exactly_one_scenario() {
        let scenario =
            Scenario { feature: "swap/buy".into(), name: "Bob's (big) buy".into(), ..Scenario::default() };
        let settings = Settings {
            features: "features".into(),
            snapshots: None,
            target: Target::Memory,
            update: Update::No,
            filter: Filter::default(),
        };
        let replay = settings.replay(&scenario);
        assert_eq!(replay, r"assay verify --features features --name '^swap/buy::Bob'\''s \(big\) buy$'");
        assert_eq!(scenario.slug(), "bob-s-big-buy");
    }

    #[test]
    fn tags_say_where_a_scenario_runs() {
        let tagged = |tags: &[&str]| {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            Scenario { tags, ..Scenario::default() }.skipped_on(&Target::Memory)
        };
        assert_eq!(tagged(&["staking"]), None);
        assert_eq!(tagged(&["only-memory", "only-devnet"]), None);
        assert!(tagged(&["only-devnet"]).is_some());
        assert!(tagged(&["pending"]).is_some());
    }
}
