//! What the runtime of this build shows, item by item in the recorder's notation.

use super::super::case::CaseError;
use super::super::replay::accounts::{Accounts, hex};
use super::super::replay::notation::Notation;
use crate::metadata::types::Types;
use assay_runtime::Runtime;
use codec::{Decode, Encode};
use frame_metadata::v14::{StorageEntryMetadata, StorageEntryModifier, StorageEntryType};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed, v14, v15};
use scale_info::form::PortableForm;
use scale_info::{PortableRegistry, TypeDef};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Items by path, as in [`crate::metadata::surface`]: `pallets/Balances/constants/ExistentialDeposit`.
pub type Described = BTreeMap<String, Value>;

/// Everything that the runtime shows: constants, storage, calls, events, errors, extensions, runtime APIs.
///
/// # Errors
/// Metadata that the runtime does not offer.
pub fn described(accounts: &Accounts) -> Result<Described, CaseError> {
    let none = || CaseError::new("(runtime)", "offers no metadata of versions 14 and 15");
    let RuntimeMetadata::V14(metadata) = Runtime::metadata().1 else { return Err(none()) };
    let names = Names { types: &metadata.types, accounts };
    let mut all = Described::new();
    for pallet in &metadata.pallets {
        of_pallet(names, pallet, &mut all);
    }
    all.insert("extrinsic/version".to_owned(), json!(metadata.extrinsic.version.to_string()));
    for extension in &metadata.extrinsic.signed_extensions {
        let described = json!({
            "identifier": extension.identifier,
            "type": names.of(extension.ty.id),
            "additional_signed": names.of(extension.additional_signed.id),
        });
        all.insert(format!("extrinsic/extensions/{}", extension.identifier), described);
    }
    let metadata = version_15().ok_or_else(none)?;
    let names = Names { types: &metadata.types, accounts };
    for api in &metadata.apis {
        for method in &api.methods {
            all.insert(format!("apis/{}/methods/{}", api.name, method.name), of_method(names, method));
        }
    }
    Ok(all)
}

/// The names of the runtime APIs, in the order in which the runtime lists their versions.
pub fn api_names() -> Vec<String> {
    version_15().into_iter().flat_map(|metadata| metadata.apis).map(|api| api.name).collect()
}

fn version_15() -> Option<v15::RuntimeMetadataV15> {
    let opaque = Runtime::metadata_at_version(15)?.encode();
    // Metadata travels as bytes within bytes.
    let bytes = Vec::<u8>::decode(&mut opaque.as_slice()).ok()?;
    match RuntimeMetadataPrefixed::decode(&mut bytes.as_slice()).ok()?.1 {
        RuntimeMetadata::V15(metadata) => Some(metadata),
        _ => None,
    }
}

fn of_pallet(names: Names, pallet: &v14::PalletMetadata<PortableForm>, all: &mut Described) {
    let root = format!("pallets/{}", pallet.name);
    all.insert(format!("{root}/index"), json!(pallet.index.to_string()));
    if let Some(storage) = &pallet.storage {
        all.insert(format!("{root}/storage/(prefix)"), json!(storage.prefix));
        for entry in &storage.entries {
            all.insert(format!("{root}/storage/{}", entry.name), of_storage(names, entry));
        }
    }
    for constant in &pallet.constants {
        let described = json!({
            "name": constant.name,
            "type": names.of(constant.ty.id),
            "scale": hex(&constant.value),
            "value": names.value(constant.ty.id, &constant.value),
        });
        all.insert(format!("{root}/constants/{}", constant.name), described);
    }
    let enums = [
        ("calls", pallet.calls.as_ref().map(|calls| calls.ty.id)),
        ("events", pallet.event.as_ref().map(|event| event.ty.id)),
        ("errors", pallet.error.as_ref().map(|error| error.ty.id)),
    ];
    for (part, ty) in enums {
        let Some(TypeDef::Variant(variants)) =
            ty.and_then(|ty| names.types.resolve(ty)).map(|definition| &definition.type_def)
        else {
            continue;
        };
        for variant in &variants.variants {
            let fields = variant.fields.iter().map(|field| {
                json!({ "name": field.name, "type": names.of(field.ty.id), "type_name": field.type_name })
            });
            let mut described = json!({ "name": variant.name, "index": variant.index.to_string() });
            if part != "errors" || !variant.fields.is_empty() {
                described["fields"] = fields.collect();
            }
            all.insert(format!("{root}/{part}/{}", variant.name), described);
        }
    }
}

fn of_storage(names: Names, entry: &StorageEntryMetadata<PortableForm>) -> Value {
    let (kind, hashers, key, value) = match &entry.ty {
        StorageEntryType::Plain(value) => ("value", &[] as &[_], None, value.id),
        StorageEntryType::Map { hashers, key, value } => {
            ("map", hashers.as_slice(), Some(names.of(key.id)), value.id)
        }
    };
    let optional = matches!(entry.modifier, StorageEntryModifier::Optional);
    json!({
        "name": entry.name,
        "kind": kind,
        "hashers": hashers.iter().map(|hasher| format!("{hasher:?}")).collect::<Vec<_>>(),
        "key_type": key,
        "value_type": names.of(value),
        "optional": optional,
        "default": if optional { Value::Null } else { names.value(value, &entry.default) },
        "default_scale": hex(&entry.default),
    })
}

fn of_method(names: Names, method: &v15::RuntimeApiMethodMetadata<PortableForm>) -> Value {
    let inputs = method.inputs.iter();
    let inputs = inputs.map(|input| json!({ "name": input.name, "type": names.of(input.ty.id) }));
    json!({
        "name": method.name,
        "inputs": inputs.collect::<Vec<_>>(),
        "output": names.of(method.output.id),
    })
}

/// The names that the recorder gives to types.
#[derive(Clone, Copy)]
struct Names<'a> {
    types: &'a PortableRegistry,
    accounts: &'a Accounts,
}

impl Names<'_> {
    fn of(self, id: u32) -> String {
        Types(self.types).name(id)
    }

    fn value(self, ty: u32, bytes: &[u8]) -> Value {
        let notation = Notation { types: self.types, accounts: self.accounts };
        notation.decode_all(ty, bytes).unwrap_or_else(|_| Value::String(hex(bytes)))
    }
}

/// A list as an object, by the field `name` of each.
pub fn by_name(list: &[Value], field: &str) -> Result<Map<String, Value>, CaseError> {
    list.iter()
        .map(|one| {
            let name = one.get("name").and_then(Value::as_str);
            let name = name.ok_or_else(|| CaseError::new(field, "has an entry without a name"))?;
            Ok((name.to_owned(), one.clone()))
        })
        .collect()
}
