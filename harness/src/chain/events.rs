//! The events of a block by name.

use super::client::AssayConfig;
use super::{ChainError, Metadata};
use std::sync::Arc;
use subxt::OfflineClient;
use subxt::error::DispatchError;
use subxt::events::Phase;
use subxt::ext::scale_value::{At, Composite, Value};

/// One event of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Pallet that emitted it.
    pub pallet: String,
    /// Its name.
    pub name: String,
    /// Its fields, named or in order.
    pub fields: Composite<()>,
    /// The extrinsic that caused it, by its place in the block; `None` for the block's own steps.
    pub extrinsic: Option<u32>,
    /// For `System.ExtrinsicFailed`, the error by name.
    pub error: Option<String>,
}

impl Event {
    /// Whether it is the event `pallet.name`.
    pub fn is(&self, pallet: &str, name: &str) -> bool {
        self.pallet == pallet && self.name == name
    }
}

/// Decodes the events of a block.
pub(super) fn decode(
    client: &OfflineClient<AssayConfig>,
    metadata: &Arc<Metadata>,
    bytes: Vec<u8>,
) -> Result<Vec<Event>, ChainError> {
    let problem = |error: &dyn std::fmt::Display| ChainError::Value {
        what: "the events of the block".into(),
        problem: error.to_string(),
    };
    let at_block = client.at_block(0_u64).map_err(|error| problem(&error))?;
    let events = at_block.events().from_bytes(bytes);
    events
        .iter()
        .map(|event| {
            let event = event.map_err(|error| problem(&error))?;
            let fields =
                event.decode_fields_unchecked_as::<Composite<()>>().map_err(|error| problem(&error))?;
            let failed = event.pallet_name() == "System" && event.event_name() == "ExtrinsicFailed";
            Ok(Event {
                pallet: event.pallet_name().to_owned(),
                name: event.event_name().to_owned(),
                error: failed.then(|| error_name(event.field_bytes(), metadata)),
                fields,
                extrinsic: match event.phase() {
                    Phase::ApplyExtrinsic(index) => Some(index),
                    Phase::Finalization | Phase::Initialization => None,
                },
            })
        })
        .collect()
}

/// The name of the dispatch error at the head of `bytes`: `Pallet.Error` for a pallet's own, else the framework's.
pub fn error_name(bytes: &[u8], metadata: &Arc<Metadata>) -> String {
    match DispatchError::decode_from(bytes, metadata.clone()) {
        Ok(DispatchError::Module(error)) => error
            .details_string()
            .split_once('{')
            .map_or_else(|| error.details_string(), |(name, _)| name.trim().to_owned())
            .replace("::", "."),
        Ok(other) => format!("{other:?}").replace('(', ".").replace(')', ""),
        Err(error) => format!("undecodable error: {error}"),
    }
}

/// The field of an event by name or place.
pub fn field<'a>(event: &'a Event, name: &str) -> Option<&'a Value> {
    match name.parse::<usize>() {
        Ok(place) => event.fields.at(place),
        Err(_) => event.fields.at(name),
    }
}
