//! The document of a scenario's end.

use super::state::EconomicState;
use crate::amount::{Amount, Unit};
use crate::world::outcome::Refusal;
use crate::world::{StepError, World};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a scenario ended in. Its fields are written in this order.
#[derive(Debug, Serialize)]
struct Document {
    /// The genesis it began with; what is not listed below is as there.
    genesis: String,
    /// Number of the last block.
    block: u32,
    /// Its hash.
    hash: String,
    /// The root of the state after it.
    state_root: String,
    /// Economic state that differs from the genesis.
    #[serde(skip_serializing_if = "Lines::is_empty")]
    state: Lines,
    /// Fees paid, by account.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fees: BTreeMap<String, String>,
    /// Calls refused, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<String>,
}

/// Lines of a YAML mapping in an order of their own.
#[derive(Debug)]
struct Lines(Vec<(String, String)>);

impl Lines {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Lines {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, Scalar::of(value))))
    }
}

/// A value as YAML writes it: numbers and booleans bare, everything else as a text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Scalar<'a> {
    Flag(bool),
    Number(i64),
    Text(&'a str),
}

impl<'a> Scalar<'a> {
    fn of(text: &'a str) -> Self {
        match (text.parse(), text.parse()) {
            (Ok(flag), _) => Self::Flag(flag),
            (_, Ok(number)) => Self::Number(number),
            _ => Self::Text(text),
        }
    }
}

/// The document of the state that a world is in, as YAML.
///
/// # Errors
/// If the scenario has no chain, or the chain fails.
pub async fn of(world: &World) -> Result<String, StepError> {
    let client = world.client()?;
    let (genesis, start) = world.start()?;
    let head = client.head().await?;
    let entries = EconomicState::read(client).await?.since(start, client, &world.notation()?)?;
    let paid = world.fees().iter().filter(|(_, rao)| **rao > 0);
    let fees =
        paid.map(|(account, rao)| (world.names().name(account), Amount::from_rao(*rao).with_unit(Unit::Tao)));
    let document = Document {
        genesis: genesis.to_owned(),
        block: head.number,
        hash: format!("{:?}", head.hash),
        state_root: format!("{:?}", head.state_root),
        state: Lines(entries.into_iter().map(|(place, text)| (place.to_string(), text)).collect()),
        fees: fees.collect(),
        refused: world.refused().iter().map(refusal_line).collect(),
    };
    serde_yaml::to_string(&document).map_err(|error| StepError::Unfit(error.to_string()))
}

fn refusal_line(outcome: &crate::world::outcome::Outcome) -> String {
    let how = match &outcome.refusal {
        Some(Refusal::Rejected(name)) => format!("not taken: {name}"),
        Some(Refusal::Failed(name)) => name.clone(),
        None => "success".into(),
    };
    format!("block {}, {}, {}: {how}", outcome.block, outcome.signer, outcome.call)
}
