//! The beacon, and what is committed until one of its rounds.

use super::storage::expect;
use super::subnets::make;
use super::weights::uid;
use super::{Definition, Kind, Phrase};
use crate::beacon::{Beacon, Schedule, Weights, seal};
use crate::world::notation::hex;
use crate::world::values::inner_number;
use crate::world::{StepError, World};
use codec::Encode;
use subxt::ext::scale_value::{Value, ValueDef};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Action,
        pattern: "the beacon runs",
        meaning: "From the next block on the local beacon is on time: block n brings all rounds up to 4n that the chain \
                  does not have, 50 at most, behind the other calls. A round takes 3 seconds, a block 12. It makes no \
                  block, and only a chain of the genesis `beacon` takes its pulses.",
        example: "When the beacon runs",
        run: |world, _| {
            Box::pin(async {
                *world.beacon() = Some(Schedule::default());
                Ok(())
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the beacon is late by {number} round(s)",
        meaning: "From the next block on it runs and lies behind by so many rounds: block n brings those up to 4n less \
                  this number.",
        example: "When the beacon is late by 8 rounds",
        run: |world, phrase| {
            Box::pin(async move {
                world.beacon().get_or_insert_default().late = phrase.number(0)?;
                Ok(())
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the beacon skips round {number}",
        meaning: "It runs, and never publishes this round; those around it come as they would.",
        example: "When the beacon skips round 30",
        run: |world, phrase| {
            Box::pin(async move {
                world.beacon().get_or_insert_default().skipped.insert(phrase.number(0)?);
                Ok(())
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the beacon stops",
        meaning: "From the next block on it publishes nothing.",
        example: "When the beacon stops",
        run: |world, _| {
            Box::pin(async {
                *world.beacon() = None;
                Ok(())
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "the beacon publishes round {number}",
        meaning: "Makes a block that brings the pulse of this round alone, in place of those that are due, whether the \
                  chain wants it or not: a round that it has already is repeated.",
        example: "When the beacon publishes round 20",
        run: |world, phrase| Box::pin(publish(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "the beacon publishes round {number} signed as round {number}",
        meaning: "As above, with the signature of the other round, which is wrong.",
        example: "When the beacon publishes round 20 signed as round 21",
        run: |world, phrase| Box::pin(publish_signed_as(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "another beacon publishes round {number}",
        meaning: "As above, signed by a beacon that the chain does not know.",
        example: "When another beacon publishes round 20",
        run: |world, phrase| Box::pin(publish_from_another(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} commits weights on subnet {number} until round {number}",
        meaning: "SubtensorModule.commit_timelocked_weights, signed by the hotkey: seals the weights of the table, each row \
                  a neuron and its weight, for a round of the beacon that the chain knows. Version and version key are \
                  those that the subnet asks for now.",
        example: "When validator1 commits weights on subnet 2 until round 100\n  | miner1 | 60 |\n  | miner2 | 40 |",
        run: |world, phrase| {
            Box::pin(async move {
                let [hotkey, netuid, round] = [0, 1, 2].map(|place| phrase.text(place).to_owned());
                commit_weights(world, &phrase, &hotkey, &netuid, "0", &round).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} commits weights on mechanism {number} of subnet {number} until round {number}",
        meaning: "As above, for a mechanism of the subnet: SubtensorModule.commit_timelocked_mechanism_weights.",
        example: "When validator1 commits weights on mechanism 1 of subnet 2 until round 100\n  | miner1 | 1 |",
        run: |world, phrase| {
            Box::pin(async move {
                let [hotkey, mecid, netuid, round] = [0, 1, 2, 3].map(|place| phrase.text(place).to_owned());
                commit_weights(world, &phrase, &hotkey, &netuid, &mecid, &round).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} commits the weights of {account} on subnet {number} until round {number}",
        meaning: "As above, but the sealed weights name the other hotkey as theirs: what one gets by copying its commit.",
        example: "When copycat commits the weights of validator1 on subnet 2 until round 100\n  | miner1 | 1 |",
        run: |world, phrase| {
            Box::pin(async move {
                let [owner, netuid, round] = [1, 2, 3].map(|place| phrase.text(place).to_owned());
                commit_weights(world, &phrase, &owner, &netuid, "0", &round).await
            })
        },
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} commits the text {value} on subnet {number} until round {number}",
        meaning: "Commitments.set_commitment with one field: the text, as the clients of the real chain write it (its length \
                  in SCALE before it), sealed for a round of the beacon that the chain knows.",
        example: "When miner1 commits the text \"hello\" on subnet 2 until round 100",
        run: |world, phrase| Box::pin(commit_text(world, phrase)),
    },
    Definition {
        kind: Kind::Check,
        pattern: "{account} has revealed the text {value} on subnet {number} in block {number}",
        meaning: "Commitments.RevealedCommitments of the account ends with this text and block.",
        example: "Then miner1 has revealed the text \"hello\" on subnet 2 in block 26",
        run: |world, phrase| Box::pin(has_revealed(world, phrase)),
    },
];

async fn publish(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    world.publish(Beacon::default().pulse(phrase.number(0)?)).await
}

async fn publish_signed_as(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    world.publish(Beacon::default().pulse_signed_as(phrase.number(0)?, phrase.number(1)?)).await
}

async fn publish_from_another(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    world.publish(Beacon::of_name("another beacon").pulse(phrase.number(0)?)).await
}

/// Commits the weights of the phrase's table, sealed as those of `owner`; the phrase's first account signs.
async fn commit_weights(
    world: &mut World,
    phrase: &Phrase<'_>,
    owner: &str,
    netuid: &str,
    mecid: &str,
    round: &str,
) -> Result<(), StepError> {
    let mut weights =
        Weights { hotkey: world.names().id(owner)?, uids: Vec::new(), values: Vec::new(), version_key: 0 };
    for (neuron, weight) in phrase.pairs()? {
        weights.uids.push(small(&uid(world, netuid, neuron).await?)?);
        weights.values.push(small(weight)?);
    }
    let version = number_at(world, &format!("SubtensorModule.WeightsVersionKey({netuid})")).await?;
    weights.version_key = version;
    let version = number_at(world, "SubtensorModule.CommitRevealWeightsVersion").await?.to_string();
    let commit = sealed(world, phrase.text(0), round, &weights.message()).await?;
    let common = [
        ("netuid", netuid),
        ("commit", commit.as_str()),
        ("reveal_round", round),
        ("commit_reveal_version", version.as_str()),
    ];
    match mecid {
        "0" => make(world, phrase, "SubtensorModule.commit_timelocked_weights", &common).await,
        mecid => {
            let arguments = [&common[..], &[("mecid", mecid)]].concat();
            make(world, phrase, "SubtensorModule.commit_timelocked_mechanism_weights", &arguments).await
        }
    }
}

async fn commit_text(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let (netuid, round) = (phrase.text(2), phrase.text(3));
    let encrypted = sealed(world, phrase.text(0), round, &text(&phrase).encode()).await?;
    let info = format!("{{fields: [TimelockEncrypted{{encrypted: {encrypted}, reveal_round: {round}}}]}}");
    make(world, &phrase, "Commitments.set_commitment", &[("netuid", netuid), ("info", &info)]).await
}

async fn has_revealed(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let place = format!("Commitments.RevealedCommitments({}, {})", phrase.text(2), phrase.text(0));
    let revealed = world.value_at(&place).await?.value;
    let items = revealed.as_ref().and_then(items_of).unwrap_or_default();
    let last =
        items.checked_sub(1).ok_or_else(|| StepError::Unfit(format!("nothing is revealed at {place}")))?;
    let expected = format!("({}, {})", hex(&text(&phrase).encode()), phrase.text(3));
    expect(world, &format!("{place}.{last}"), &expected).await
}

/// The length of a list.
fn items_of(value: &Value) -> Option<usize> {
    match &value.value {
        ValueDef::Composite(list) => Some(list.len()),
        _ => None,
    }
}

/// The text in quotes of a phrase about one.
fn text(phrase: &Phrase<'_>) -> String {
    phrase.text(1).trim_matches('"').to_owned()
}

/// A message sealed by an account for a round, in hex.
async fn sealed(world: &World, sender: &str, round: &str, message: &[u8]) -> Result<String, StepError> {
    let key = world.beacon_key().await?;
    let round =
        crate::amount::parse_decimal(round, 0).map_err(|error| StepError::Unfit(error.to_string()))?;
    let sealed = seal(&key, round, &world.names().id(sender)?, message);
    sealed
        .map(|bytes| hex(&bytes))
        .map_err(|problem| StepError::Unfit(format!("the chain's beacon: {problem}")))
}

async fn number_at(world: &World, place: &str) -> Result<u64, StepError> {
    let found = world.value_at(place).await?.value;
    Ok(found
        .as_ref()
        .and_then(inner_number)
        .and_then(|number| u64::try_from(number).ok())
        .unwrap_or_default())
}

/// A uid or a weight.
fn small(text: &str) -> Result<u16, StepError> {
    let number = crate::amount::parse_decimal(text, 0).ok().and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| StepError::Unfit(format!("`{text}` is not a number up to 65,535")))
}
