//! Asking a miner of this process, as if over a wire that takes no time of its own.

use crate::metagraph::Moment;
use crate::miner::{Miner, Profile, Refusal, Victim};
use crate::protocol::{Answer, Request};
use crate::validator::Outcome;

/// Asks a miner. What it waits on purpose is its latency, and what it drops on purpose fails.
///
/// A copycat copies from `victim`, if there is one that answers it.
pub fn ask(miner: &Miner, request: &Request, now: Moment, victim: Option<&Miner>) -> Outcome {
    let behaviour = miner.behaviour();
    if behaviour.drops(request.job) {
        return Outcome::Failed("no answer".to_owned());
    }
    let latency = u32::try_from(behaviour.delay_ms).unwrap_or(u32::MAX);
    match answer(miner, request, now, victim) {
        Ok(answer) => Outcome::Answered(Box::new(answer), latency),
        Err(refusal) => Outcome::Failed(refusal.to_string()),
    }
}

fn answer(miner: &Miner, request: &Request, now: Moment, victim: Option<&Miner>) -> Result<Answer, Refusal> {
    if miner.setup().profile != Profile::Copycat {
        return miner.answer(request, now);
    }
    let victim = victim.ok_or(Refusal::NothingToCopy)?;
    let ask = |forwarded: &Request| victim.answer(forwarded, now).ok();
    miner.copy(request, now, &Victim { hotkey: victim.hotkey(), ask: &ask })
}
