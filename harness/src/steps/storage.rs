//! Any value of the chain.

use super::{Definition, Kind, Phrase};
use crate::world::{StepError, World};
use std::cmp::Ordering;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "{place} is {value}",
        meaning: "Writes a storage item, through a call of root that takes a block; `none` removes it. For states that \
                  no call leads to, or not soon.",
        example: "Given SubtensorModule.TotalStake is 1,000 TAO",
        run: |world, phrase| Box::pin(async move { store(world, &[(phrase.text(0), phrase.text(1))]).await }),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "these values are stored",
        meaning: "Writes several storage items in one block.",
        example: "Given these values are stored\n  | SubtensorModule.Tempo(2)     | 20    |\n  | SubtensorModule.SubnetTAO(2) | 5 TAO |",
        run: |world, phrase| Box::pin(async move { store(world, &phrase.pairs()?).await }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{place} is {value}",
        meaning: "A storage item, a constant or the answer of a runtime API has exactly this value; `none` where there \
                  is nothing. A fixed-point number may be given by its first digits: it is then cut after as many.",
        example: "Then SubtensorModule.SubnetTAO(2) is 1,009.994964523 TAO",
        run: |world, phrase| Box::pin(is(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "nothing is stored at {place}",
        meaning: "There is no entry. An item with a default, such as Delegates, is never `none`: this tells.",
        example: "Then nothing is stored at SubtensorModule.Delegates(miner1)",
        run: |world, phrase| Box::pin(is_stored(world, phrase, false)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "a value is stored at {place}",
        meaning: "There is an entry, whatever it is.",
        example: "Then a value is stored at SubtensorModule.Delegates(miner1)",
        run: |world, phrase| Box::pin(is_stored(world, phrase, true)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{place} exceeds {value}",
        meaning: "It is more than this. Write `is` wherever the exact number is known.",
        example: "Then SubtensorModule.TotalIssuance exceeds 1,000 TAO",
        run: |world, phrase| Box::pin(compare(world, phrase, Ordering::Greater, "more than")),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{place} stays below {value}",
        meaning: "It is less than this.",
        example: "Then SubtensorModule.Burn(2) stays below 1 TAO",
        run: |world, phrase| Box::pin(compare(world, phrase, Ordering::Less, "less than")),
    },
    Definition {
        kind: Kind::Check,
        pattern: "these values hold",
        meaning: "Several values at once, each exactly.",
        example: "Then these values hold\n  | SubtensorModule.Tempo(2)       | 360  |\n  | SwapRuntimeApi.current_alpha_price(2) | 0.5 TAO |",
        run: |world, phrase| Box::pin(all_are(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{place} has grown by {amount}",
        meaning: "It is more by exactly this than before the last action.",
        example: "Then SubtensorModule.TotalIssuance has grown by 1 TAO",
        run: |world, phrase| Box::pin(has_moved(world, phrase, 1)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{place} has fallen by {amount}",
        meaning: "It is less by exactly this than before the last action.",
        example: "Then SubtensorModule.SubnetAlphaIn(2) has fallen by 19.792107632 alpha",
        run: |world, phrase| Box::pin(has_moved(world, phrase, -1)),
    },
];

/// Writes storage items in one block.
pub(super) async fn store(world: &mut World, values: &[(&str, &str)]) -> Result<(), StepError> {
    let entries =
        values.iter().map(|(place, text)| world.entry(place, text)).collect::<Result<Vec<_>, _>>()?;
    world.prepare(World::storage_calls(entries)).await
}

async fn is(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    expect(world, phrase.text(0), phrase.text(1)).await
}

async fn is_stored(world: &mut World, phrase: Phrase<'_>, wanted: bool) -> Result<(), StepError> {
    let place = phrase.text(0);
    let (key, _) = world.entry(place, "none")?;
    let stored = world.client()?.chain().storage(&key).await?.is_some();
    if stored == wanted {
        return Ok(());
    }
    let (found, expected) = if stored { ("stored", "absent") } else { ("absent", "stored") };
    Err(StepError::Differs {
        what: format!("the entry {place}"),
        found: found.into(),
        expected: expected.into(),
    })
}

async fn all_are(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    for (place, text) in phrase.pairs()? {
        expect(world, place, text).await?;
    }
    Ok(())
}

/// Fails unless the value at a place is `text`.
pub(super) async fn expect(world: &World, place: &str, text: &str) -> Result<(), StepError> {
    let found = world.value_at(place).await?;
    world.expect(place, &found, text)
}

async fn compare(
    world: &mut World,
    phrase: Phrase<'_>,
    wanted: Ordering,
    words: &str,
) -> Result<(), StepError> {
    let (place, text) = (phrase.text(0), phrase.text(1));
    let found = world.value_at(place).await?;
    if world.compare(&found, text)? == wanted {
        return Ok(());
    }
    let shown = world.shown(&found, text)?;
    Err(StepError::Differs { what: place.to_owned(), found: shown, expected: format!("{words} {text}") })
}

async fn has_moved(world: &mut World, phrase: Phrase<'_>, sign: i128) -> Result<(), StepError> {
    use crate::world::values::inner_number;
    let (place, amount) = (phrase.text(0), phrase.text(1));
    let number = |found: crate::world::values::Found| found.value.as_ref().map_or(Some(0), inner_number);
    let no_number = || StepError::Unfit(format!("{place} is no number"));
    let now = number(world.value_at(place).await?).ok_or_else(no_number)?;
    let then = world.without_last_action(0, async |world| world.value_at(place).await).await?;
    let moved = (now - number(then).ok_or_else(no_number)?) * sign;
    let wanted = i128::from(phrase.rao(1)?);
    if moved == wanted {
        return Ok(());
    }
    let words = if sign > 0 { "grown" } else { "fallen" };
    Err(StepError::Unfit(format!("{place} has {words} by {moved} rao, not by {wanted} rao ({amount})")))
}
