//! What invariants look at of a chain's state, by item.

use super::items::{ITEMS, Item};
use codec::Decode;
use std::collections::BTreeMap;
use std::ops::Bound;

type Table = BTreeMap<Vec<u8>, Vec<u8>>;

/// The entries of the items of [`ITEMS`], at the end of the block last taken in.
#[derive(Clone, Debug)]
pub struct Store {
    tables: Vec<Table>,
}

/// An entry that a block changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: Item,
    /// The key after the item's prefix.
    pub key: Vec<u8>,
    /// The value before the block.
    pub before: Option<Vec<u8>>,
    /// The value after it.
    pub after: Option<Vec<u8>>,
}

impl Change {
    /// Both values, zero where there is none; none if one of them cannot be read.
    pub fn amounts(&self) -> Option<(u64, u64)> {
        Some((self.read_before::<u64>()?.unwrap_or_default(), self.read_after::<u64>()?.unwrap_or_default()))
    }

    /// The value before the block, if there was one; none if it cannot be read.
    pub fn read_before<T: Decode>(&self) -> Option<Option<T>> {
        self.before.as_deref().map(decode).map_or(Some(None), |read| read.map(Some))
    }

    /// The value after the block, if there is one; none if it cannot be read.
    pub fn read_after<T: Decode>(&self) -> Option<Option<T>> {
        self.after.as_deref().map(decode).map_or(Some(None), |read| read.map(Some))
    }

    /// How many entries more there are: 1, 0 or -1.
    pub fn entries_more(&self) -> i64 {
        i64::from(self.after.is_some()) - i64::from(self.before.is_some())
    }
}

impl Default for Store {
    fn default() -> Self {
        Self { tables: vec![Table::new(); ITEMS.len()] }
    }
}

impl Store {
    /// Writes or removes an entry. Tells what changed, if anything did.
    pub fn set(&mut self, item: Item, key: &[u8], value: Option<&[u8]>) -> Option<Change> {
        let table = &mut self.tables[item as usize];
        if table.get(key).map(Vec::as_slice) == value {
            return None;
        }
        let before = match value {
            Some(value) => table.insert(key.to_vec(), value.to_vec()),
            None => table.remove(key),
        };
        Some(Change { item, key: key.to_vec(), before, after: value.map(<[u8]>::to_vec) })
    }

    /// The value of an entry, not decoded.
    pub fn raw(&self, item: Item, key: &[u8]) -> Option<&[u8]> {
        self.tables[item as usize].get(key).map(Vec::as_slice)
    }

    /// The value of an entry.
    pub fn get<T: Decode>(&self, item: Item, key: &[u8]) -> Option<T> {
        decode(self.raw(item, key)?)
    }

    /// The amount that an item has for a subnet, zero where there is none.
    pub fn amount(&self, item: Item, netuid: u16) -> u64 {
        self.get(item, &netuid.to_le_bytes()).unwrap_or_default()
    }

    /// Entries of an item whose key begins with `prefix`, in key order.
    pub fn under<'a>(&'a self, item: Item, prefix: &'a [u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.tables[item as usize]
            .range::<[u8], _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(key, _)| key.starts_with(prefix))
            .map(|(key, value)| (key.as_slice(), value.as_slice()))
    }

    /// Whether a network exists.
    pub fn network_exists(&self, netuid: u16) -> bool {
        self.get(Item::NetworksAdded, &netuid.to_le_bytes()).unwrap_or(false)
    }

    /// All networks.
    pub fn networks(&self) -> impl Iterator<Item = u16> {
        self.under(Item::NetworksAdded, &[]).filter_map(|(key, _)| super::key::number(key, 0))
    }
}

/// Decodes a value.
pub fn decode<T: Decode>(mut bytes: &[u8]) -> Option<T> {
    T::decode(&mut bytes).ok()
}
