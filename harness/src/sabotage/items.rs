//! The names that faults may use: storage items and calls, as the metadata of the runtime in this build has them.

use crate::reference::replay::storage::item_prefix;
use assay_runtime::Runtime;
use frame_metadata::RuntimeMetadata;
use frame_metadata::v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryType};
use scale_info::form::PortableForm;
use scale_info::{PortableRegistry, TypeDef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A storage item.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name, such as `SubtensorModule.SubnetTAO`.
    pub name: String,
    /// The 32 bytes that its keys begin with.
    pub prefix: [u8; 32],
    /// The type of its values.
    pub value: u32,
    /// What the runtime takes an absent value for, encoded.
    pub default: Vec<u8>,
}

/// Everything that has a name.
#[derive(Debug)]
pub struct Names {
    /// Every type of the metadata.
    pub types: PortableRegistry,
    /// Every storage item by name.
    pub items: BTreeMap<String, Item>,
    /// Every call by name, such as `SubtensorModule.add_stake`.
    pub calls: BTreeSet<String>,
}

/// The names of the runtime in this build.
pub static NAMES: LazyLock<Names> = LazyLock::new(|| match Runtime::metadata().1 {
    RuntimeMetadata::V14(metadata) => Names::of(metadata),
    // The runtime of this build makes no other; without names, every fault is an error that says so.
    _ => Names {
        types: PortableRegistry { types: Vec::new() },
        items: BTreeMap::new(),
        calls: BTreeSet::new(),
    },
});

impl Names {
    fn of(metadata: RuntimeMetadataV14) -> Self {
        let items = metadata.pallets.iter().flat_map(items).map(|item| (item.name.clone(), item)).collect();
        let calls = metadata.pallets.iter().flat_map(|pallet| calls(&metadata.types, pallet)).collect();
        Self { items, calls, types: metadata.types }
    }
}

fn items(pallet: &PalletMetadata<PortableForm>) -> impl Iterator<Item = Item> {
    pallet.storage.iter().flat_map(|storage| {
        storage.entries.iter().map(|entry| Item {
            name: format!("{}.{}", storage.prefix, entry.name),
            prefix: item_prefix(&storage.prefix, &entry.name),
            value: match &entry.ty {
                StorageEntryType::Plain(value) | StorageEntryType::Map { value, .. } => value.id,
            },
            default: entry.default.clone(),
        })
    })
}

fn calls(types: &PortableRegistry, pallet: &PalletMetadata<PortableForm>) -> Vec<String> {
    let calls = pallet.calls.as_ref().and_then(|calls| types.resolve(calls.ty.id));
    let Some(TypeDef::Variant(calls)) = calls.map(|calls| &calls.type_def) else { return Vec::new() };
    calls.variants.iter().map(|call| format!("{}.{}", pallet.name, call.name)).collect()
}
