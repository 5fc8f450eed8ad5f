//! Storage entries in the vectors' notation, `"Pallet.Item(key1,key2)": value`, to raw keys and values and back.

use super::accounts::hex;
use super::notation::{Notation, NotationError};
use frame_metadata::v14::{RuntimeMetadataV14, StorageEntryType, StorageHasher};
use polkadot_sdk::sp_io::hashing::{blake2_128, blake2_256, twox_64, twox_128, twox_256};
use scale_info::TypeDef;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use thiserror::Error;

/// An entry that cannot be written or read.
#[derive(Debug, Error)]
pub enum EntryError {
    /// The text is not `Pallet.Item` or `Pallet.Item(keys)`.
    #[error("`{0}` is not a storage entry")]
    Text(String),
    /// The runtime has no such item.
    #[error("the runtime has no storage item `{0}`")]
    NoItem(String),
    /// A key or the value does not fit its type.
    #[error("{entry}: {source}")]
    Notation {
        /// The entry.
        entry: String,
        /// What does not fit.
        source: NotationError,
    },
}

/// One storage item of a runtime.
#[derive(Debug)]
struct Item {
    name: String,
    prefix: [u8; 32],
    keys: Vec<(StorageHasher, u32)>,
    value: u32,
}

/// Every storage item of a runtime.
#[derive(Debug)]
pub struct Items {
    list: Vec<Item>,
    by_name: HashMap<String, usize>,
    by_prefix: BTreeMap<[u8; 32], usize>,
}

impl Items {
    /// The items that a runtime's metadata lists.
    pub fn of(metadata: &RuntimeMetadataV14) -> Self {
        let mut items = Vec::new();
        for storage in metadata.pallets.iter().filter_map(|pallet| pallet.storage.as_ref()) {
            for entry in &storage.entries {
                let (keys, value) = match &entry.ty {
                    StorageEntryType::Plain(value) => (Vec::new(), value.id),
                    StorageEntryType::Map { hashers, key, value } => {
                        (key_types(metadata, hashers, key.id), value.id)
                    }
                };
                items.push(Item {
                    name: format!("{}.{}", storage.prefix, entry.name),
                    prefix: item_prefix(&storage.prefix, &entry.name),
                    keys,
                    value,
                });
            }
        }
        let by_name = items.iter().enumerate().map(|(index, item)| (item.name.clone(), index)).collect();
        let by_prefix = items.iter().enumerate().map(|(index, item)| (item.prefix, index)).collect();
        Self { list: items, by_name, by_prefix }
    }

    /// The raw key and value of an entry.
    ///
    /// # Errors
    /// An unknown item, or a key or value that does not fit its type.
    pub fn encode(
        &self,
        notation: Notation,
        entry: &str,
        value: &Value,
    ) -> Result<(Vec<u8>, Vec<u8>), EntryError> {
        let key = self.key(notation, entry)?;
        let mut bytes = Vec::new();
        let item = self.item(entry)?.0;
        notation.encode(item.value, value, &mut bytes).map_err(|source| in_entry(entry, source))?;
        Ok((key, bytes))
    }

    /// The raw key of an entry.
    ///
    /// # Errors
    /// An unknown item, or keys that do not fit their types.
    pub fn key(&self, notation: Notation, entry: &str) -> Result<Vec<u8>, EntryError> {
        let (item, keys) = self.item(entry)?;
        let keys = split_keys(keys).ok_or_else(|| EntryError::Text(entry.to_owned()))?;
        if keys.len() != item.keys.len() {
            return Err(EntryError::Text(entry.to_owned()));
        }
        let mut raw = item.prefix.to_vec();
        for ((hasher, ty), key) in item.keys.iter().zip(&keys) {
            let mut bytes = Vec::new();
            notation.encode(*ty, key, &mut bytes).map_err(|source| in_entry(entry, source))?;
            raw.extend(hashed(hasher, &bytes));
        }
        Ok(raw)
    }

    /// An entry's text and value from raw bytes. Whatever cannot be read is shown in hex: nothing is hidden.
    pub fn decode(&self, notation: Notation, key: &[u8], value: &[u8]) -> (String, Value) {
        let Some(item) = self.item_of(key) else { return (hex(key), Value::String(hex(value))) };
        let entry =
            self.read_keys(notation, key).unwrap_or_else(|| format!("{}({})", item.name, hex(&key[32..])));
        let value = notation.decode_all(item.value, value);
        (entry, value.unwrap_or_else(|error| Value::String(format!("unreadable: {error}"))))
    }

    /// The text of a raw key.
    pub fn name(&self, notation: Notation, key: &[u8]) -> String {
        self.read_keys(notation, key).unwrap_or_else(|| hex(key))
    }

    /// The type of an item's value.
    pub fn value_type(&self, item: &str) -> Option<u32> {
        self.by_name.get(item).map(|index| self.list[*index].value)
    }

    fn item<'a>(&self, entry: &'a str) -> Result<(&Item, &'a str), EntryError> {
        let (name, keys) = match entry.split_once('(') {
            None => (entry, ""),
            Some((name, keys)) => {
                (name, keys.strip_suffix(')').ok_or_else(|| EntryError::Text(entry.to_owned()))?)
            }
        };
        let index = self.by_name.get(name).ok_or_else(|| EntryError::NoItem(name.to_owned()))?;
        Ok((&self.list[*index], keys))
    }

    fn item_of(&self, key: &[u8]) -> Option<&Item> {
        let prefix = key.first_chunk::<32>()?;
        self.by_prefix.get(prefix).map(|index| &self.list[*index])
    }

    fn read_keys(&self, notation: Notation, key: &[u8]) -> Option<String> {
        let item = self.item_of(key)?;
        let mut rest = &key[32..];
        let mut keys = Vec::new();
        for (hasher, ty) in &item.keys {
            rest = rest.get(hash_length(hasher)?..)?;
            keys.push(match notation.decode(*ty, &mut rest).ok()? {
                Value::String(text) => text,
                other => other.to_string(),
            });
        }
        let whole = rest.is_empty();
        let text =
            if keys.is_empty() { item.name.clone() } else { format!("{}({})", item.name, keys.join(",")) };
        whole.then_some(text)
    }
}

/// The 32 bytes that the keys of an item start with.
pub fn item_prefix(pallet: &str, item: &str) -> [u8; 32] {
    let mut prefix = [0; 32];
    prefix[..16].copy_from_slice(&twox_128(pallet.as_bytes()));
    prefix[16..].copy_from_slice(&twox_128(item.as_bytes()));
    prefix
}

fn key_types(
    metadata: &RuntimeMetadataV14,
    hashers: &[StorageHasher],
    key: u32,
) -> Vec<(StorageHasher, u32)> {
    if let [hasher] = hashers {
        return vec![(hasher.clone(), key)];
    }
    let parts = match metadata.types.resolve(key).map(|definition| &definition.type_def) {
        Some(TypeDef::Tuple(tuple)) => tuple.fields.iter().map(|field| field.id).collect(),
        _ => Vec::new(),
    };
    hashers.iter().cloned().zip(parts).collect()
}

fn hashed(hasher: &StorageHasher, bytes: &[u8]) -> Vec<u8> {
    match hasher {
        StorageHasher::Identity => bytes.to_vec(),
        StorageHasher::Blake2_128Concat => [&blake2_128(bytes), bytes].concat(),
        StorageHasher::Twox64Concat => [&twox_64(bytes), bytes].concat(),
        StorageHasher::Blake2_128 => blake2_128(bytes).to_vec(),
        StorageHasher::Blake2_256 => blake2_256(bytes).to_vec(),
        StorageHasher::Twox128 => twox_128(bytes).to_vec(),
        StorageHasher::Twox256 => twox_256(bytes).to_vec(),
    }
}

/// Bytes of the hash before the key itself; none where the key cannot be read back.
fn hash_length(hasher: &StorageHasher) -> Option<usize> {
    match hasher {
        StorageHasher::Identity => Some(0),
        StorageHasher::Blake2_128Concat => Some(16),
        StorageHasher::Twox64Concat => Some(8),
        _ => None,
    }
}

/// Splits keys at the commas outside of brackets; a key in brackets is JSON.
fn split_keys(keys: &str) -> Option<Vec<Value>> {
    if keys.is_empty() {
        return Some(Vec::new());
    }
    let mut depth = 0_i32;
    let parts = keys.split(|character| {
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts
        .map(|part| {
            if part.starts_with(['{', '[']) {
                serde_json::from_str(part).ok()
            } else {
                Some(Value::String(part.to_owned()))
            }
        })
        .collect()
}

fn in_entry(entry: &str, source: NotationError) -> EntryError {
    EntryError::Notation { entry: entry.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::super::accounts::Accounts;
    use super::super::runtime::RuntimeTypes;
    use super::*;
    use crate::reference::files::read_file;
    use codec::Decode;
    use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
    use serde_json::json;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn reference(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425").join(name)
    }

    fn reference_types() -> RuntimeTypes {
        let bytes = fs::read(reference("metadata-v14.scale")).unwrap();
        let RuntimeMetadata::V14(metadata) =
            RuntimeMetadataPrefixed::decode(&mut bytes.as_slice()).unwrap().1
        else {
            panic!("not version 14")
        };
        RuntimeTypes::of(metadata).unwrap()
    }

    #[test]
    fn every_recorded_state_goes_to_bytes_and_back() {
        let runtime = reference_types();
        let file = read_file(&reference("traces.json.zst")).unwrap().shared;
        let accounts = Accounts::read(file["accounts"].as_object().unwrap()).unwrap();
        let notation = Notation { types: &runtime.types, accounts: &accounts };
        let mut entries = 0;
        for (entry, value) in
            file["worlds"].as_object().unwrap().values().flat_map(|world| world.as_object().unwrap())
        {
            let (key, bytes) = runtime.items.encode(notation, entry, value).unwrap();
            assert_eq!(runtime.items.decode(notation, &key, &bytes), (entry.clone(), value.clone()));
            entries += 1;
        }
        assert!(entries > 400, "only {entries} entries were tried");
    }

    #[test]
    fn a_value_that_does_not_fit_is_an_error() {
        let runtime = reference_types();
        let accounts = Accounts::default();
        let notation = Notation { types: &runtime.types, accounts: &accounts };
        let encode = |entry: &str, value: Value| runtime.items.encode(notation, entry, &value).is_ok();
        assert!(encode("SubtensorModule.Tempo(2)", json!("360")));
        assert!(!encode("SubtensorModule.Tempo(2)", json!("65536")));
        assert!(!encode("SubtensorModule.Tempo(2)", json!(360)));
        assert!(!encode("SubtensorModule.Tempo", json!("360")));
        assert!(!encode("SubtensorModule.Tempo(2,3)", json!("360")));
        assert!(!encode("SubtensorModule.NoSuchItem", json!("360")));
        assert!(!encode("SubtensorModule.Owner(nobody)", json!("nobody")));
    }

    #[test]
    fn keys_in_brackets_may_hold_commas() {
        let keys = split_keys(r#"2,{"OwnerHyperparamUpdate":["2","Rho"]},x"#).unwrap();
        assert_eq!(keys, [json!("2"), json!({"OwnerHyperparamUpdate": ["2", "Rho"]}), json!("x")]);
        assert_eq!(split_keys(""), Some(vec![]));
    }
}
