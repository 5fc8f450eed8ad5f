//! Drawing stories, and shrinking those that break something.

use super::Action;
use super::actions::action;
use super::story::{self, action_of};
use crate::sabotage::{Fault, Planting};
use crate::verify::rehearsal::{Breakage, Rehearsal, rehearse};
use crate::world::start::Target;
use proptest::collection::vec;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner, basic_result_cache};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How long a story that breaks something is shrunk, in milliseconds.
const PATIENCE: u32 = 120_000;

/// What happened in stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Stories told.
    pub stories: u64,
    /// Blocks made.
    pub blocks: u64,
    /// By call, how often it was made, and how often it was refused.
    pub calls: BTreeMap<String, (u64, u64)>,
}

impl Sight {
    fn of(rehearsal: &Rehearsal) -> Self {
        let mut sight = Self { stories: 1, blocks: rehearsal.blocks, calls: BTreeMap::new() };
        for (_, outcome) in &rehearsal.calls {
            let (made, refused) = sight.calls.entry(outcome.call.clone()).or_default();
            *made += 1;
            *refused += u64::from(outcome.refusal.is_some());
        }
        sight
    }

    /// Takes in what happened in other stories.
    pub fn add(&mut self, other: &Self) {
        self.stories += other.stories;
        self.blocks += other.blocks;
        for (call, (made, refused)) in &other.calls {
            let counts = self.calls.entry(call.clone()).or_default();
            *counts = (counts.0 + made, counts.1 + refused);
        }
    }

    /// Calls made, and those of them that were refused.
    pub fn all_calls(&self) -> (u64, u64) {
        self.calls.values().fold((0, 0), |all, counts| (all.0 + counts.0, all.1 + counts.1))
    }
}

/// A story that breaks something, shrunk.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The seed that draws the whole story.
    pub seed: u64,
    /// The most actions that the story could have had.
    pub most: usize,
    /// The fault that was planted in the chain, if one was.
    pub fault: Option<String>,
    /// Actions that were drawn.
    pub drawn: usize,
    /// Those that are needed.
    pub actions: Vec<Action>,
    /// What did not hold.
    pub breakage: Breakage,
    rehearsal: Rehearsal,
    steps: usize,
}

impl Finding {
    /// The one command that finds it again.
    pub fn replay(&self) -> String {
        let fault = self.fault.as_ref().map_or(String::new(), |fault| format!(" --fault {fault}"));
        format!("assay explore --seed {} --stories 1 --actions {}{fault}", self.seed, self.most)
    }

    /// The error that an action was refused with, if it was.
    pub(super) fn refusal_of(&self, action: usize) -> Option<&str> {
        let of = |step| action_of(step, self.actions.len(), self.steps) == Some(action);
        let last = self.breakage.refusal.as_ref().filter(|_| of(self.breakage.step));
        let made = self.rehearsal.calls.iter().find(|(step, _)| of(*step));
        let refusal = made.map_or(last, |(_, outcome)| outcome.refusal.as_ref());
        refusal.map(crate::world::outcome::Refusal::name)
    }

    /// Whether it is a refusal that changed something.
    pub(super) fn is_at_a_check(&self) -> bool {
        self.rehearsal.calls.iter().any(|(step, _)| step + 1 == self.breakage.step)
    }
}

/// Tells the story of a seed, of at most `most` actions, on a chain in memory, in which a fault may be planted.
///
/// # Errors
/// A sentence of the stories that is none.
pub fn explore(seed: u64, most: usize, fault: Option<&Fault>) -> Result<(Sight, Option<Finding>), String> {
    let told: RefCell<Option<(usize, Sight)>> = RefCell::default();
    let outcome = runner(seed).run(&vec(action(), 1..=most.max(1)), |actions| {
        let (_, rehearsal) = tell(&actions, fault).map_err(TestCaseError::fail)?;
        // The first is the story itself; what follows is shrinking.
        told.borrow_mut().get_or_insert_with(|| (actions.len(), Sight::of(&rehearsal)));
        rehearsal.breakage.map_or(Ok(()), |breakage| Err(TestCaseError::fail(breakage.problem)))
    });
    let (drawn, sight) = told.into_inner().unwrap_or_default();
    let actions = match outcome {
        Ok(()) => return Ok((sight, None)),
        Err(TestError::Fail(_, actions)) => actions,
        Err(TestError::Abort(reason)) => return Err(reason.to_string()),
    };
    let (steps, rehearsal) = tell(&actions, fault)?;
    let breakage = rehearsal.breakage.clone().ok_or("a story that broke something does so no more")?;
    let fault = fault.map(|fault| fault.name.clone());
    Ok((sight, Some(Finding { seed, most, fault, drawn, actions, breakage, rehearsal, steps })))
}

/// Tells a story: its number of steps, and what became of it.
fn tell(actions: &[Action], fault: Option<&Fault>) -> Result<(usize, Rehearsal), String> {
    let scenario = story::scenario(actions)?;
    let target = fault.map_or(Target::Memory, |fault| Target::Sabotaged(Planting::new(fault.rules.clone())));
    Ok((scenario.steps.len(), rehearse(&scenario, &target)))
}

fn runner(seed: u64) -> TestRunner {
    TestRunner::new(Config {
        cases: 1,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 100_000,
        max_shrink_time: PATIENCE,
        result_cache: basic_result_cache,
        ..Config::default()
    })
}
