//! Weights.

use super::subnets::make;
use super::{Definition, Kind, Phrase};
use crate::world::values::inner_number;
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[Definition {
    kind: Kind::Action,
    pattern: "{account} sets weights on subnet {number}",
    meaning: "SubtensorModule.set_weights, signed by the hotkey: each row is a neuron, by its hotkey or its uid, and \
              its weight from 0 to 65,535. The version key is the one that the subnet asks for.",
    example: "When validator1 sets weights on subnet 2\n  | miner1 | 60 |\n  | miner2 | 40 |",
    run: |world, phrase| Box::pin(set_weights(world, phrase)),
}];

async fn set_weights(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let netuid = phrase.text(1);
    let mut uids = Vec::new();
    let mut weights = Vec::new();
    for (neuron, weight) in phrase.pairs()? {
        uids.push(uid(world, netuid, neuron).await?);
        weights.push(weight);
    }
    let version = world.value_at(&format!("SubtensorModule.WeightsVersionKey({netuid})")).await?;
    let version = version.value.as_ref().and_then(inner_number).unwrap_or_default().to_string();
    let (uids, weights) = (format!("[{}]", uids.join(", ")), format!("[{}]", weights.join(", ")));
    let arguments = [
        ("netuid", netuid),
        ("dests", uids.as_str()),
        ("weights", weights.as_str()),
        ("version_key", version.as_str()),
    ];
    make(world, &phrase, "SubtensorModule.set_weights", &arguments).await
}

/// The uid of a neuron: given as a number, or looked up by its hotkey.
pub(super) async fn uid(world: &World, netuid: &str, neuron: &str) -> Result<String, StepError> {
    if neuron.chars().all(|character| character.is_ascii_digit()) {
        return Ok(neuron.to_owned());
    }
    let found = world.value_at(&format!("SubtensorModule.Uids({netuid}, {neuron})")).await?;
    let uid = found.value.as_ref().and_then(inner_number);
    uid.map(|uid| uid.to_string())
        .ok_or_else(|| StepError::Unfit(format!("{neuron} is no neuron of subnet {netuid}")))
}
