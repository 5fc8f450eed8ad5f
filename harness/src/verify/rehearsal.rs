//! Playing a scenario that was never written down: its calls may end as they like, and the invariants must hold.

use super::scenario::{Scenario, do_step, waiter};
use crate::steps::{self, Kind};
use crate::world::outcome::{Outcome, Refusal, refusal_in};
use crate::world::start::Target;
use crate::world::{StepError, World};
use gherkin::{Step, StepType};
use tokio::runtime::Runtime;

/// What became of a rehearsed scenario.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    /// The calls that were made after `When`, with the number of their step, and what became of them.
    pub calls: Vec<(usize, Outcome)>,
    /// What did not hold, if something did not.
    pub breakage: Option<Breakage>,
    /// Blocks made.
    pub blocks: u64,
}

/// The end of a rehearsal at which something did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakage {
    /// The number of the step, from 0.
    pub step: usize,
    /// What did not hold.
    pub problem: String,
    /// The names of the invariants that did not hold, if it was those.
    pub broken: Vec<&'static str>,
    /// Why the last call was refused, if it was and the block of the breakage has it.
    pub refusal: Option<Refusal>,
}

impl Breakage {
    fn at(step: usize, problem: String) -> Self {
        Self { step, problem, broken: Vec::new(), refusal: None }
    }
}

/// Plays a scenario on a new chain, until something does not hold.
///
/// A call after `When` may succeed or be refused. What stands after `Then` is looked at only where a call of the step
/// before it was refused. Invariants, panics and what stands after `Given` count as they always do.
pub fn rehearse(scenario: &Scenario, target: &Target) -> Rehearsal {
    let mut world = World::new(target.clone());
    let mut rehearsal = Rehearsal::default();
    let played = waiter().map_err(|problem| Breakage::at(0, problem.to_string())).and_then(|waiter| {
        let mut steps = scenario.steps.iter().enumerate();
        steps.try_for_each(|(number, step)| play_one(number, step, &mut world, &waiter, &mut rehearsal.calls))
    });
    rehearsal.breakage = played.err();
    rehearsal.blocks = world.blocks();
    rehearsal
}

fn play_one(
    number: usize,
    step: &Step,
    world: &mut World,
    waiter: &Runtime,
    calls: &mut Vec<(usize, Outcome)>,
) -> Result<(), Breakage> {
    let at = |problem: String| Breakage::at(number, problem);
    let found = steps::find(step).map_err(|problem| at(problem.to_string()))?;
    let was_refused = world.last_calls().iter().any(|outcome| outcome.refusal.is_some());
    if found.definition.kind == Kind::Check && !was_refused {
        return Ok(());
    }
    match do_step(step, found, world, waiter) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            let (broken, refusal) = (broken(&error), refusal_of_last(world));
            return Err(Breakage { broken, refusal, ..at(error.to_string()) });
        }
        Err(stuck) => return Err(at(stuck)),
    }
    if step.ty == StepType::When {
        // Looking at how they ended lets the next step go on.
        calls.extend(world.examine().iter().map(|outcome| (number, outcome.clone())));
    }
    Ok(())
}

fn broken(error: &StepError) -> Vec<&'static str> {
    match error {
        StepError::Invariant { broken, .. } => broken.clone(),
        _ => Vec::new(),
    }
}

/// How the call ended in whose block something broke, by the events of that block.
fn refusal_of_last(world: &World) -> Option<Refusal> {
    refusal_in(world.events(), world.client().ok()?.metadata())
}
