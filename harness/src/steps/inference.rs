//! Miners and validators at work.

use super::calls::act;
use super::weights::uid;
use super::{Definition, Kind, Phrase};
use crate::world::actions::Origin;
use crate::world::market::Terms;
use crate::world::values::inner_number;
use crate::world::{StepError, World};
use assay_neuron::{miner, validator};
use codec::Encode;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use subxt::ext::scale_value::{At, Value};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "a market for {workload} on subnet {number}",
        meaning: "What the subnet asks its miners for. Validators ask every miner 4 `questions` in a `round` every 5 \
                  blocks, compute a share of the answers again (`recompute` 16,384 of 65,535), ask a share of the \
                  questions twice (`repeat` 8,192 of 65,535), and average over the last 64 answers (`memory`); a `seed` \
                  (1) draws it all. The table may say otherwise. Three blocks before each epoch they set weights, \
                  weight copiers two blocks before it.",
        example: "Given a market for vision on subnet 2\n  | questions | 8 |\n  | seed      | 7 |",
        run: |world, phrase| Box::pin(async move { open(world, &phrase) }),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} registers the {workload} model on subnet {number}",
        meaning: "Slashing.register_model of the trained model of fixtures/models: from then on wrong answers of it can \
                  be proved.",
        example: "When Alice registers the vision model on subnet 2",
        run: |world, phrase| Box::pin(register_model(world, phrase)),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "these miners work on subnet {number}",
        meaning: "Each row is a hotkey that is registered there, and its profile: honest, undertrained, lazy, slow, \
                  flaky, copycat, contradictory or wrong; with (permit-only) it answers only hotkeys that have a \
                  validator permit. One that works already begins anew with the profile.",
        example: "Given these miners work on subnet 2\n  | miner1 | honest (permit-only) |\n  | miner2 | lazy                 |",
        run: |world, phrase| Box::pin(async move { employ(world, &phrase) }),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "these validators of {account} judge subnet {number}",
        meaning: "Each row is a hotkey that is registered there, and its profile: honest, weight-copier, absent or cabal, \
                  with the hotkeys of its own miners in parentheses. The account reports what they can prove.",
        example: "Given these validators of Charlie judge subnet 2\n  | validator1 | honest         |\n  | validator2 | cabal (miner2) |",
        run: |world, phrase| Box::pin(async move { appoint(world, &phrase) }),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "{account} is down on subnet {number}",
        meaning: "The miner answers nobody any more.",
        example: "Given miner1 is down on subnet 2",
        run: |world, phrase| {
            Box::pin(async move { world.market(phrase.number(1)?)?.dismiss(phrase.text(0)) })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the markets work for {number} block(s)",
        meaning: "Makes so many blocks, in which miners answer and validators ask, report and set weights.",
        example: "When the markets work for 20 blocks",
        run: |world, phrase| Box::pin(async move { world.work(phrase.number(0)?).await }),
    },
    Definition {
        kind: Kind::Action,
        pattern: "the markets work for {number} epoch(s) of subnet {number}",
        meaning: "As above, until the subnet has had so many more epochs.",
        example: "When the markets work for 3 epochs of subnet 2",
        run: |world, phrase| {
            Box::pin(async move { world.work_for_epochs(phrase.number(1)?, phrase.number(0)?).await })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "customers make {number} requests to {account} on subnet {number}",
        meaning: "Customers of the validator's gateway, which sends each request to the miner with the best record and, \
                  if that fails, to the next. It takes no block.",
        example: "When customers make 10 requests to validator1 on subnet 2",
        run: |world, phrase| {
            Box::pin(async move {
                world.serve_customers(phrase.number(2)?, phrase.text(1), phrase.number(0)?).await
            })
        },
    },
    Definition {
        kind: Kind::Check,
        pattern: "these miners answered the customers of subnet {number}",
        meaning: "Each row is a miner and how many of the last requests it answered. No request was lost.",
        example: "Then these miners answered the customers of subnet 2\n  | miner1 | 10 |",
        run: |world, phrase| Box::pin(async move { served(world, &phrase) }),
    },
    Definition {
        kind: Kind::Check,
        pattern: "the {earning} of subnet {number} fall in this order",
        meaning: "SubtensorModule.Incentive or SubtensorModule.Dividends: each row is a neuron and its part of 65,535, \
                  and each has less than the one before it.",
        example: "Then the incentives of subnet 2 fall in this order\n  | miner1 | 43,690 |\n  | miner2 | 21,845 |",
        run: |world, phrase| Box::pin(in_order(world, phrase)),
    },
];

fn open(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let mut terms = Terms::default();
    for (name, value) in phrase.pairs()? {
        let unknown = || {
            StepError::Unfit(format!(
                "the table cannot say `{name}`; it can say round, questions, recompute, repeat, memory and seed"
            ))
        };
        match name {
            "round" => terms.round = number(name, value)?,
            "questions" => terms.questions = number(name, value)?,
            "recompute" => terms.recompute = number(name, value)?,
            "repeat" => terms.repeat = number(name, value)?,
            "memory" => terms.memory = number(name, value)?,
            "seed" => terms.seed = number(name, value)?,
            _ => return Err(unknown()),
        }
    }
    if terms.round == 0 {
        return Err(StepError::Unfit("there is at least one block between two rounds".into()));
    }
    world.open_market(phrase.number(1)?, parsed(phrase.text(0))?, terms)
}

async fn register_model(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let netuid: u16 = phrase.number(2)?;
    let market = world.market(netuid)?;
    if market.workload().name() != phrase.text(1) {
        return Err(StepError::Unfit(format!("subnet {netuid} is a market for {}", market.workload())));
    }
    let model = market.model()?.network.commitment().encode();
    let arguments = [("netuid", netuid.encode()), ("model", model)];
    let call = world.client()?.encoded_call("Slashing", "register_model", arguments)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

fn employ(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let netuid = phrase.number(0)?;
    for (name, profile) in phrase.pairs()? {
        let (profile, permit_only) = match profile.strip_suffix("(permit-only)") {
            Some(profile) => (profile.trim(), true),
            None => (profile, false),
        };
        let profile: miner::Profile = parsed(profile)?;
        // From here on the name stands for the account in snapshots.
        world.account(name)?;
        world.market(netuid)?.employ(netuid, name, profile, permit_only)?;
    }
    Ok(())
}

fn appoint(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let netuid = phrase.number(1)?;
    for (name, told) in phrase.pairs()? {
        let (profile, friends) = told.split_once('(').unwrap_or((told, ""));
        let profile: validator::Profile = parsed(profile.trim())?;
        let friends = friends.trim_end_matches(')').split(',').map(str::trim).filter(|name| !name.is_empty());
        let friends: Vec<String> = friends.map(str::to_owned).collect();
        world.account(name)?;
        world.market(netuid)?.appoint(netuid, name, phrase.text(0), profile, &friends)?;
    }
    Ok(())
}

fn served(world: &mut World, phrase: &Phrase<'_>) -> Result<(), StepError> {
    let netuid = phrase.number(0)?;
    let mut counts = BTreeMap::<String, u32>::new();
    for served in world.market(netuid)?.served() {
        *counts.entry(served.miner.clone().unwrap_or_else(|| "nobody".into())).or_default() += 1;
    }
    let expected =
        phrase.pairs()?.into_iter().map(|(name, count)| Ok((name.to_owned(), number(name, count)?)));
    let expected = expected.collect::<Result<BTreeMap<String, u32>, StepError>>()?;
    if counts == expected {
        return Ok(());
    }
    let told = |counts: &BTreeMap<String, u32>| {
        let each = counts.iter().map(|(name, count)| format!("{count} by {name}"));
        each.collect::<Vec<_>>().join(", ")
    };
    Err(StepError::Differs {
        what: format!("the number of requests answered on subnet {netuid}"),
        found: told(&counts),
        expected: told(&expected),
    })
}

async fn in_order(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let item = if phrase.text(0) == "incentives" { "Incentive" } else { "Dividends" };
    let netuid = phrase.text(1);
    let list = world.value_at(&format!("SubtensorModule.{item}({netuid})")).await?.value;
    let list = list.unwrap_or_else(|| Value::unnamed_composite([]));
    let (mut found, mut expected) = (Vec::new(), Vec::new());
    for (name, value) in phrase.pairs()? {
        let place = uid(world, netuid, name).await?.parse::<usize>().unwrap_or(usize::MAX);
        let part = list.at(place).and_then(inner_number).unwrap_or_default();
        found.push((name, u64::try_from(part).unwrap_or_default()));
        expected.push((name, number::<u64>(name, value)?));
    }
    let told = |list: &[(&str, u64)]| {
        list.iter().map(|(name, part)| format!("{name} {part}")).collect::<Vec<_>>().join(", ")
    };
    if found != expected {
        let what = format!("SubtensorModule.{item}({netuid})");
        return Err(StepError::Differs { what, found: told(&found), expected: told(&expected) });
    }
    match found.windows(2).find(|pair| pair[0].1 <= pair[1].1) {
        Some(pair) => Err(StepError::Unfit(format!("{} has no more than {}", pair[0].0, pair[1].0))),
        None => Ok(()),
    }
}

fn number<N: TryFrom<u64>>(name: &str, text: &str) -> Result<N, StepError> {
    let number = text.replace(',', "").parse::<u64>().ok().and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| {
        StepError::Unfit(format!("`{name}` is `{text}`, which is no number that is possible here"))
    })
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, StepError> {
    text.parse().map_err(|error: T::Err| StepError::Unfit(error.to_string()))
}
