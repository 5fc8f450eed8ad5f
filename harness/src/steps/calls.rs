//! Calls of any kind.

use super::{Definition, Kind, Phrase};
use crate::chain::ChainError;
use crate::chain::client::Call;
use crate::chain::events::field;
use crate::nearest::nearest;
use crate::snapshot::state::{EconomicState, Entries};
use crate::world::actions::Origin;
use crate::world::notation::NotationError;
use crate::world::outcome::{Outcome, Refusal};
use crate::world::{StepError, World, account_in};
use gherkin::StepType;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "{account} calls {call}",
        meaning: "Signs a call with the arguments of the table, offers it to the chain and makes one block with it. \
                  After `Given` it must succeed; after `When` the steps that follow say how it ended, and a refusal \
                  that no step expects fails the scenario. What the pool refuses makes no block.",
        example: "When Alice calls SubtensorModule.add_stake\n  | hotkey        | miner1 |\n  | netuid        | 2      |\n  | amount_staked | 10 TAO |",
        run: |world, phrase| Box::pin(call(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} calls {call} as root",
        meaning: "As above, through Sudo.sudo: how it ends is how the inner call ends.",
        example: "When Alice calls AdminUtils.sudo_set_tempo as root\n  | netuid | 2  |\n  | tempo  | 20 |",
        run: |world, phrase| Box::pin(call_as_root(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "these calls are made in one block",
        meaning: "Offers several calls in the order of the table and makes one block with all of them. `calls` with \
                  its signer before it; a call is written with its arguments in parentheses.",
        example: "When these calls are made in one block\n  | Alice | Balances.transfer_keep_alive(dest: Bob, value: 3 TAO)   |\n  | Bob   | Balances.transfer_keep_alive(dest: Alice, value: 1 TAO) |",
        run: |world, phrase| Box::pin(calls_in_one_block(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the call succeeds",
        meaning: "The call of the last action, or each of them, was in its block and did not fail.",
        example: "Then the call succeeds",
        run: |world, _| Box::pin(async { succeeded(world.examine().iter()) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the call is refused with {error}",
        meaning: "The one call of the last action was refused with the error of this name: by the transaction pool, \
                  or in its block. The pallet before the name may be left out.",
        example: "Then the call is refused with AmountTooLow",
        run: |world, phrase| Box::pin(async move { refused(world.examine(), phrase.text(0)) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "call {number} succeeds",
        meaning: "Of several calls made in one block, the one with this number, counted from 1, did not fail.",
        example: "Then call 1 succeeds",
        run: |world, phrase| {
            Box::pin(async move { succeeded(nth(world.examine(), phrase.number(0)?)?.iter()) })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "call {number} is refused with {error}",
        meaning: "Of several calls made in one block, the one with this number was refused with this error.",
        example: "Then call 2 is refused with Token.FundsUnavailable",
        run: |world, phrase| {
            Box::pin(async move { refused(nth(world.examine(), phrase.number(0)?)?, phrase.text(1)) })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "nothing changed",
        meaning: "The economic state is the one that the same block without the last call would have left, but for \
                  the fee: the signer has less by it, and one other account, the block's author, has more by it.",
        example: "Then nothing changed",
        run: |world, _| Box::pin(nothing_changed(world)),
    },
];

async fn call(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let call = with_arguments(world, phrase.text(1), &phrase.pairs()?)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn call_as_root(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let call = with_arguments(world, phrase.text(1), &phrase.pairs()?)?;
    act(world, &phrase, Origin::Root(phrase.text(0).to_owned()), call).await
}

async fn calls_in_one_block(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let mut calls = Vec::new();
    for (signer, text) in phrase.pairs()? {
        calls.push((Origin::Signed(signer.to_owned()), written(world, text)?));
    }
    world.make_calls(calls).await?;
    settle(world, &phrase)
}

/// Makes a call; as a setting it must succeed.
pub(super) async fn act(
    world: &mut World,
    phrase: &Phrase<'_>,
    origin: Origin,
    call: Call,
) -> Result<(), StepError> {
    world.make_calls(vec![(origin, call)]).await?;
    settle(world, phrase)
}

fn settle(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    if phrase.step.ty == StepType::Given { succeeded(world.examine().iter()) } else { Ok(()) }
}

/// A call with arguments as texts, read by the types that the metadata declares.
pub(super) fn with_arguments(world: &World, name: &str, given: &[(&str, &str)]) -> Result<Call, StepError> {
    let notation = world.notation()?;
    let (pallet, call) = name.split_once('.').unwrap_or((name, ""));
    let found = notation.metadata.pallet_by_name(pallet).ok_or_else(|| {
        let pallets = notation.metadata.pallets().map(|pallet| pallet.name().to_owned());
        ChainError::Unknown { what: "pallet", name: pallet.to_owned(), nearest: nearest(pallet, pallets) }
    })?;
    let calls = found.call_variants().unwrap_or_default();
    let variant = calls.iter().find(|variant| variant.name == call).ok_or_else(|| {
        let near = nearest(call, calls.iter().map(|variant| variant.name.clone()));
        ChainError::Unknown {
            what: "call",
            name: name.to_owned(),
            nearest: near.map(|near| format!("{pallet}.{near}")),
        }
    })?;
    let arguments = notation.parse_named("argument", given, &variant.fields)?;
    Ok(Call { pallet: pallet.to_owned(), name: call.to_owned(), arguments })
}

/// A call as a text: `Pallet.call(argument: value)`.
fn written(world: &World, text: &str) -> Result<Call, StepError> {
    use crate::world::notation::{split_list, split_name};
    let form = || NotationError::Form {
        text: text.to_owned(),
        expected: "a call such as Balances.burn(value: 1 TAO)".into(),
    };
    let (name, arguments) = text.split_once('(').ok_or_else(form)?;
    let arguments = split_list(arguments.strip_suffix(')').ok_or_else(form)?);
    let given = arguments.iter().map(|argument| split_name(argument).ok_or_else(form));
    with_arguments(world, name.trim(), &given.collect::<Result<Vec<_>, _>>()?)
}

fn succeeded<'a>(mut outcomes: impl ExactSizeIterator<Item = &'a Outcome>) -> Result<(), StepError> {
    if outcomes.len() == 0 {
        return Err(StepError::Unfit("the last action made no call".into()));
    }
    let refusal = outcomes.find_map(|outcome| Some((outcome, outcome.refusal.as_ref()?)));
    match refusal {
        Some((outcome, refusal)) => {
            Err(StepError::Unfit(format!("{} was refused with {}", outcome.call, refusal.name())))
        }
        None => Ok(()),
    }
}

fn refused(outcomes: &[Outcome], error: &str) -> Result<(), StepError> {
    match outcomes {
        [outcome] => match &outcome.refusal {
            Some(refusal) if refusal.is(error) => Ok(()),
            Some(refusal) => Err(StepError::Unfit(format!(
                "{} was refused with {}, not with {error}",
                outcome.call,
                refusal.name()
            ))),
            None => Err(StepError::Unfit(format!("{} succeeded", outcome.call))),
        },
        [] => Err(StepError::Unfit("the last action made no call".into())),
        _ => Err(StepError::Unfit(
            "the last action made several calls; write `call 2 is refused with …`".into(),
        )),
    }
}

fn nth(outcomes: &[Outcome], number: usize) -> Result<&[Outcome], StepError> {
    let place = number.checked_sub(1);
    let found = place.and_then(|place| outcomes.get(place..=place));
    found.ok_or_else(|| StepError::Unfit(format!("the last action made {} calls", outcomes.len())))
}

async fn nothing_changed(world: &mut World) -> Result<(), StepError> {
    let [outcome] = world.last_calls() else {
        return Err(StepError::Unfit(
            "this compares with the moment before one call, and there is not one".into(),
        ));
    };
    let blocks = u32::from(!matches!(outcome.refusal, Some(Refusal::Rejected(_))));
    let signer = outcome.signer.clone();
    let after = EconomicState::read(world.client()?).await?;
    let without =
        world.without_last_action(blocks, async |world| EconomicState::read(world.client()?).await).await?;
    let changes = after.since(&without, world.client()?, &world.notation()?)?;
    let earlier = without.since(&after, world.client()?, &world.notation()?)?;
    let paid = world.events().iter().find(|event| event.is("TransactionPayment", "TransactionFeePaid"));
    let payer = paid.and_then(|event| account_in(event, "who")).map(|payer| world.names().name(&payer));
    let fee = paid.and_then(|event| field(event, "actual_fee")?.as_u128()).unwrap_or_default();
    let left = beside_the_fee(&changes, &earlier, &payer.unwrap_or(signer), fee);
    if left.is_empty() { Ok(()) } else { Err(StepError::Unfit(format!("changed:\n  {}", left.join("\n  ")))) }
}

/// The changes that a fee does not explain.
fn beside_the_fee(after: &Entries, before: &Entries, payer: &str, fee: u128) -> Vec<String> {
    let payer = format!("System.Account({payer})");
    let mut author_paid = false;
    let mut left = Vec::new();
    for (place, text) in after {
        let earlier = before.get(place).map_or("none", String::as_str);
        let (now, then) = (free(text), free(earlier));
        let is_payer = place.to_string() == payer && then.checked_sub(fee) == Some(now);
        let is_author = !is_payer
            && !author_paid
            && place.to_string().starts_with("System.Account(")
            && then.checked_add(fee) == Some(now);
        author_paid |= is_author;
        if fee == 0 || !(is_payer || is_author) {
            left.push(format!("{place}: {text}, without the call {earlier}"));
        }
    }
    left
}

/// The free balance in the text of an account, in rao; 0 where there is no account.
fn free(text: &str) -> u128 {
    use crate::amount::{Amount, Unit};
    let first = text.split(", ").next().unwrap_or_default();
    Amount::parse(first, Unit::Tao).map_or(0, |amount| amount.rao().into())
}
