//! Events.

use super::{Definition, Kind, Phrase};
use crate::chain::events::{Event, field};
use crate::world::values::Found;
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Check,
        pattern: "event {event} is emitted",
        meaning: "A block of the last action emitted an event of this name, with these fields if a table names some. \
                  The pallet may be left out; fields without names are counted from 0. In a scenario about a network, \
                  any final block.",
        example: "Then event Balances.Transfer is emitted\n  | from   | Alice |\n  | to     | Bob   |\n  | amount | 3 TAO |",
        run: |world, phrase| Box::pin(async move { emitted(world, &phrase) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "event {event} is not emitted",
        meaning: "No block of the last action emitted such an event. In a scenario about a network, no final block.",
        example: "Then event NetworkAdded is not emitted",
        run: |world, phrase| Box::pin(async move { not_emitted(world, &phrase) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "event {event} is emitted {number} time(s)",
        meaning: "The blocks of the last action emitted so many events of this name.",
        example: "Then event Balances.Transfer is emitted 2 times",
        run: |world, phrase| Box::pin(async move { emitted_times(world, &phrase) }),
    },
];

fn named<'a>(world: &'a World, name: &str) -> Result<Vec<&'a Event>, StepError> {
    let (pallet, event) = name.split_once('.').map_or((None, name), |(pallet, event)| (Some(pallet), event));
    let metadata = world.client()?.metadata();
    let pallets =
        metadata.pallets().filter(|candidate| pallet.is_none_or(|pallet| pallet == candidate.name()));
    let mut declared = pallets.flat_map(|pallet| pallet.event_variants().unwrap_or_default());
    if !declared.any(|variant| variant.name == event) {
        return Err(StepError::Unfit(format!("the chain has no event `{name}`")));
    }
    let fits = |found: &&Event| found.name == event && pallet.is_none_or(|pallet| pallet == found.pallet);
    Ok(world.events().iter().filter(fits).collect())
}

/// Whether an event with the fields of the table was emitted.
pub(super) fn emitted(world: &World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let name = phrase.text(0);
    let events = named(world, name)?;
    let wanted = phrase.pairs()?;
    let mut nearest: Option<(usize, StepError)> = None;
    for event in &events {
        let problems: Vec<StepError> =
            wanted.iter().filter_map(|(field, text)| expect_field(world, event, field, text).err()).collect();
        let count = problems.len();
        match problems.into_iter().next() {
            None => return Ok(()),
            Some(problem) if nearest.as_ref().is_none_or(|(least, _)| count < *least) => {
                nearest = Some((count, problem));
            }
            Some(_) => {}
        }
    }
    Err(nearest.map_or_else(|| StepError::Unfit(missing(world, name)), |(_, problem)| problem))
}

/// What was emitted instead, without the chain's own bookkeeping.
fn missing(world: &World, name: &str) -> String {
    let mut others: Vec<String> = world
        .events()
        .iter()
        .filter(|event| event.pallet != "System" && event.pallet != "TransactionPayment")
        .map(|event| format!("{}.{}", event.pallet, event.name))
        .collect();
    others.dedup();
    others.truncate(12);
    format!(
        "no event {name}; there were: {}",
        if others.is_empty() { "none".into() } else { others.join(", ") }
    )
}

fn expect_field(world: &World, event: &Event, name: &str, text: &str) -> Result<(), StepError> {
    let pallet = world.client()?.metadata().pallet_by_name(&event.pallet);
    let variants = pallet.and_then(|pallet| pallet.event_variants()).unwrap_or_default();
    let declared = variants.iter().find(|variant| variant.name == event.name).map(|variant| &variant.fields);
    let place = name.parse::<usize>().ok();
    let declared = declared.and_then(|fields| {
        let named = fields.iter().find(|field| field.name.as_deref() == Some(name));
        named.or_else(|| fields.get(place?))
    });
    let what = format!("{name} of {}.{}", event.pallet, event.name);
    match (declared, field(event, name)) {
        (Some(declared), Some(value)) => {
            let found = Found { value: Some(value.clone()), type_id: declared.ty.id };
            world.expect(&what, &found, text)
        }
        _ => Err(StepError::Unfit(format!("the event has no field {what}"))),
    }
}

fn not_emitted(world: &World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    match named(world, phrase.text(0))?.len() {
        0 => Ok(()),
        count => Err(StepError::Unfit(format!("event {} was emitted {count} times", phrase.text(0)))),
    }
}

fn emitted_times(world: &World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let (count, wanted): (usize, usize) = (named(world, phrase.text(0))?.len(), phrase.number(1)?);
    if count == wanted {
        return Ok(());
    }
    Err(StepError::Unfit(format!("event {} was emitted {count} times, not {wanted}", phrase.text(0))))
}
