//! What the metadata of the runtime in this build says: its storage, calls, events and errors by name.

use super::known::absent_error;
use super::notation::{Notation, NotationError};
use super::storage::Items;
use assay_runtime::Runtime;
use codec::Encode;
use frame_metadata::RuntimeMetadata;
use frame_metadata::v14::RuntimeMetadataV14;
use polkadot_sdk::sp_runtime::{DispatchError, ModuleError};
use scale_info::form::PortableForm;
use scale_info::{PortableRegistry, TypeDef};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The names and types of a runtime.
#[derive(Debug)]
pub struct RuntimeTypes {
    /// Every type of the metadata.
    pub types: PortableRegistry,
    /// Every storage item.
    pub items: Items,
    call: u32,
    events: u32,
    pallets: BTreeMap<u8, (String, Option<u32>)>,
}

impl RuntimeTypes {
    /// Those of the runtime in this build.
    ///
    /// # Errors
    /// Metadata of another version, or without calls or events.
    pub fn of_this_build() -> Result<Self, String> {
        match Runtime::metadata().1 {
            RuntimeMetadata::V14(metadata) => Self::of(metadata),
            _ => Err("the runtime's metadata is not of version 14".into()),
        }
    }

    /// Those that a metadata names.
    ///
    /// # Errors
    /// Metadata without calls or events.
    pub fn of(metadata: RuntimeMetadataV14) -> Result<Self, String> {
        let items = Items::of(&metadata);
        let pallets = metadata.pallets.iter().map(|pallet| {
            let errors = pallet.error.as_ref().map(|error| error.ty.id);
            (pallet.index, (pallet.name.clone(), errors))
        });
        let extrinsic = metadata.types.resolve(metadata.extrinsic.ty.id);
        let parameters = extrinsic.map(|definition| definition.type_params.as_slice()).unwrap_or_default();
        let call =
            parameters.iter().find(|parameter| parameter.name == "Call").and_then(|parameter| parameter.ty);
        Ok(Self {
            call: call.ok_or("the metadata has no calls")?.id,
            events: items.value_type("System.Events").ok_or("the metadata has no events")?,
            pallets: pallets.collect(),
            items,
            types: metadata.types,
        })
    }

    /// Encodes a call from its pallet, its name and its arguments.
    ///
    /// # Errors
    /// A call that the runtime does not have, or arguments that it does not take.
    pub fn encode_call(
        &self,
        notation: Notation,
        pallet: &str,
        call: &str,
        arguments: &Map<String, Value>,
    ) -> Result<Vec<u8>, NotationError> {
        let inner = if arguments.is_empty() { json!(call) } else { json!({ call: arguments }) };
        let mut bytes = Vec::new();
        notation.encode(self.call, &json!({ pallet: inner }), &mut bytes)?;
        Ok(bytes)
    }

    /// Decodes a list of event records to `{"pallet", "event", "fields"}`.
    ///
    /// # Errors
    /// Bytes that are not such a list.
    pub fn decode_events(&self, notation: Notation, records: &[u8]) -> Result<Vec<Value>, NotationError> {
        let records = notation.decode_all(self.events, records)?;
        let records = records.as_array().cloned().unwrap_or_default();
        records
            .iter()
            .map(|record| {
                let (pallet, event) = variant(&record["event"]);
                let (name, fields) = variant(&event);
                Ok(json!({ "pallet": pallet, "event": name, "fields": fields }))
            })
            .collect()
    }

    /// An error as `{"pallet", "error", "index"}`, or `{"error"}` where it is no pallet's.
    pub fn error(&self, error: DispatchError) -> Value {
        let DispatchError::Module(ModuleError { index, error: [code, ..], .. }) = error else {
            return json!({ "error": format!("{error:?}") });
        };
        if let Some((pallet, name)) = absent_error(index, code) {
            return json!({ "pallet": pallet, "error": name, "index": code.to_string() });
        }
        let unknown = || (format!("pallet {index}"), None);
        let (pallet, errors) = self.pallets.get(&index).cloned().unwrap_or_else(unknown);
        let definition = errors.and_then(|ty| self.types.resolve(ty));
        let name = definition.and_then(|definition| variant_name(&definition.type_def, code));
        json!({
            "pallet": pallet,
            "error": name.unwrap_or_else(|| format!("error {code}")),
            "index": code.to_string(),
        })
    }
}

fn variant_name(definition: &TypeDef<PortableForm>, index: u8) -> Option<String> {
    let TypeDef::Variant(variants) = definition else { return None };
    let variant = variants.variants.iter().find(|variant| variant.index == index)?;
    Some(variant.name.clone())
}

/// Name and content of a decoded variant.
fn variant(value: &Value) -> (String, Value) {
    match value {
        Value::Object(object) => {
            let first = object.iter().next();
            first.map(|(name, content)| (name.clone(), content.clone())).unwrap_or_default()
        }
        Value::String(name) => (name.clone(), Value::Null),
        other => (other.to_string(), Value::Null),
    }
}

/// A list of no events.
pub fn no_events() -> Vec<u8> {
    Vec::<u8>::new().encode()
}
