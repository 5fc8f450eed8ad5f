//! Customers of a market on a network.

use super::{Definition, Kind, Phrase};
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "customers make {number} requests to {program}, and {program} dies meanwhile",
        meaning: "Requests to the gateway of a validator, eight at a time, from when it knows all miners and has \
                  come to prefer this one; the miner's process is killed when a quarter of them is answered. Only on a \
                  network with miners and validators.",
        example: "When customers make 200 requests to duel-judge, and duel-good dies meanwhile",
        run: |world, phrase| Box::pin(ask(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "no request was lost",
        meaning: "Each of the customers' requests was answered.",
        example: "Then no request was lost",
        run: |world, _| Box::pin(async { nothing_lost(world) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{program} answered the first request, and {program} the last",
        meaning: "Which miners answered, by the order in which the requests ended.",
        example: "Then duel-good answered the first request, and duel-poor the last",
        run: |world, phrase| Box::pin(async move { first_and_last(world, &phrase) }),
    },
];

async fn ask(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let networked = world.network()?;
    let requests = phrase.number(0)?;
    networked.tally = networked.network.serve_customers(phrase.text(1), requests, phrase.text(2)).await?;
    Ok(())
}

fn nothing_lost(world: &mut World) -> Result<(), StepError> {
    let tally = &world.network()?.tally;
    match tally.lost.first() {
        Some(problem) => Err(StepError::Unfit(format!(
            "{} of {} requests were lost, the first of them: {problem}",
            tally.lost.len(),
            tally.lost.len() + tally.answered.len()
        ))),
        None if tally.answered.is_empty() => Err(StepError::Unfit("nobody asked anything".into())),
        None => Ok(()),
    }
}

fn first_and_last(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let answered = &world.network()?.tally.answered;
    let ends = (answered.first().map(String::as_str), answered.last().map(String::as_str));
    if ends == (Some(phrase.text(0)), Some(phrase.text(1))) {
        return Ok(());
    }
    let told = |end: Option<&str>| end.unwrap_or("nobody").to_owned();
    Err(StepError::Differs {
        what: "who answered the first request and the last".into(),
        found: format!("{} and {}", told(ends.0), told(ends.1)),
        expected: format!("{} and {}", phrase.text(0), phrase.text(1)),
    })
}
