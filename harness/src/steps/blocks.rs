//! Blocks and epochs.

use super::{Definition, Kind, Phrase};
use crate::world::values::inner_number;
use crate::world::{StepError, World};

/// Blocks that a step looks ahead for an epoch.
const LONGEST_TEMPO: u32 = 65_536;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "{number} block(s) pass(es)",
        meaning: "Makes so many blocks, 12 seconds of the chain's time each.",
        example: "When 360 blocks pass",
        run: |world, phrase| Box::pin(async move { world.pass(phrase.number(0)?).await }),
    },
    Definition {
        kind: Kind::Action,
        pattern: "block {number} is reached",
        meaning: "Makes blocks until the last one has this number.",
        example: "When block 7,200 is reached",
        run: |world, phrase| Box::pin(reach(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "the next epoch of subnet {number} runs",
        meaning: "Makes blocks until one in which the epoch of the subnet ran: its SubnetEpochIndex has grown.",
        example: "When the next epoch of subnet 2 runs",
        run: |world, phrase| Box::pin(next_epoch(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the last block is {number}",
        meaning: "The number of the last block made.",
        example: "Then the last block is 12",
        run: |world, phrase| Box::pin(last_block(world, phrase)),
    },
];

async fn reach(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (wanted, now): (u32, u32) = (phrase.number(0)?, world.client()?.head().await?.number);
    let blocks =
        wanted.checked_sub(now).ok_or_else(|| StepError::Unfit(format!("block {now} is reached already")))?;
    world.pass(blocks).await
}

async fn next_epoch(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let place = format!("SubtensorModule.SubnetEpochIndex({})", phrase.number::<u16>(0)?);
    let before = epochs(world, &place).await?;
    world.pass(0).await?;
    for _ in 0..LONGEST_TEMPO {
        world.pass_one().await?;
        if epochs(world, &place).await? > before {
            return Ok(());
        }
    }
    Err(StepError::Unfit(format!("no epoch of subnet {} ran in {LONGEST_TEMPO} blocks", phrase.text(0))))
}

async fn epochs(world: &World, place: &str) -> Result<i128, StepError> {
    let found = world.value_at(place).await?;
    Ok(found.value.as_ref().and_then(inner_number).unwrap_or_default())
}

async fn last_block(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (wanted, now): (u32, u32) = (phrase.number(0)?, world.client()?.head().await?.number);
    if wanted == now {
        return Ok(());
    }
    Err(StepError::Differs {
        what: "the last block".into(),
        found: now.to_string(),
        expected: wanted.to_string(),
    })
}
