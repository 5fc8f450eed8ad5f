//! The chain's state in memory: a flat map for reading, and the trie above it for state roots.
//!
//! Both are persistent maps: cloning a state costs a few pointers, whatever its size, so a branch is a clone and
//! going back is an assignment. The flat map answers reads without walking the trie.

use hash_db::{Hasher, Prefix};
use imbl::{HashMap, OrdMap};
use polkadot_sdk::sp_core::storage::{ChildInfo, StateVersion, Storage};
use polkadot_sdk::sp_core::{Blake2Hasher, H256};
use polkadot_sdk::sp_state_machine::{
    Backend, BackendTransaction, IterArgs, StateMachineStats, StorageChanges, StorageIterator, StorageKey,
    StorageValue, TrieBackendBuilder, TrieBackendStorage, UsageInfo,
};
use polkadot_sdk::sp_trie::{DBValue, LayoutV1, MerkleValue, empty_trie_root};
use std::fmt;
use std::ops::Bound;

/// The hasher of the chain's state.
pub(super) type StateHasher = Blake2Hasher;

/// The state version that the runtime declares.
pub(super) const STATE_VERSION: StateVersion = StateVersion::V1;

/// Everything stored by the chain at one block.
#[derive(Clone)]
pub(super) struct State {
    values: OrdMap<StorageKey, StorageValue>,
    nodes: Nodes,
    root: H256,
}

/// Nodes of the trie by prefixed hash, with the number of references to each.
#[derive(Clone, Default)]
pub(super) struct Nodes(HashMap<Vec<u8>, (DBValue, i32)>);

impl State {
    /// The state that a genesis describes.
    pub fn from_genesis(genesis: Storage) -> Self {
        let mut state = Self {
            values: OrdMap::new(),
            nodes: Nodes::default(),
            root: empty_trie_root::<LayoutV1<StateHasher>>(),
        };
        let values: Vec<_> = genesis.top.into_iter().map(|(key, value)| (key, Some(value))).collect();
        let delta = values.iter().map(|(key, value)| (key.as_slice(), value.as_deref()));
        let (root, transaction) = Backend::storage_root(&state, delta, STATE_VERSION);
        state.apply(values, transaction, root);
        state
    }

    /// The root of the trie.
    pub fn root(&self) -> H256 {
        self.root
    }

    /// The value under a key.
    pub fn get(&self, key: &[u8]) -> Option<&StorageValue> {
        self.values.get(key)
    }

    /// All entries whose key starts with `prefix`, in key order.
    pub fn entries<'a>(
        &'a self,
        prefix: &'a [u8],
    ) -> impl Iterator<Item = (&'a StorageKey, &'a StorageValue)> {
        self.values
            .range::<_, [u8]>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// Moves on by what a block changed.
    pub fn commit(&mut self, changes: StorageChanges<StateHasher>) {
        self.apply(changes.main_storage_changes, changes.transaction, changes.transaction_storage_root);
    }

    fn apply(
        &mut self,
        values: impl IntoIterator<Item = (StorageKey, Option<StorageValue>)>,
        mut transaction: BackendTransaction<StateHasher>,
        root: H256,
    ) {
        for (key, value) in values {
            match value {
                Some(value) => self.values.insert(key, value),
                None => self.values.remove(&key),
            };
        }
        for (key, (node, references)) in transaction.drain() {
            self.nodes.reference(key, node, references);
        }
        self.root = root;
    }

    fn next_key(&self, key: &[u8]) -> Option<&StorageKey> {
        let after = (Bound::Excluded(key), Bound::Unbounded);
        self.values.range::<_, [u8]>(after).next().map(|(key, _)| key)
    }
}

impl Nodes {
    fn reference(&mut self, key: Vec<u8>, node: DBValue, references: i32) {
        let before = self.0.get(&key).map_or(0, |(_, count)| *count);
        match before + references {
            after if after <= 0 => self.0.remove(&key).map_or((), |_| ()),
            after if before > 0 => {
                if let Some((_, count)) = self.0.get_mut(&key) {
                    *count = after;
                }
            }
            after => {
                self.0.insert(key, (node, after));
            }
        }
    }
}

impl TrieBackendStorage<StateHasher> for Nodes {
    fn get(&self, key: &H256, prefix: Prefix) -> Result<Option<DBValue>, String> {
        Ok(self.0.get(&memory_db::prefixed_key::<StateHasher>(key, prefix)).map(|(node, _)| node.clone()))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("State")
            .field("root", &self.root)
            .field("entries", &self.values.len())
            .finish_non_exhaustive()
    }
}

/// The runtime of this project keeps no child tries.
const NO_CHILD_TRIES: &str = "this chain has no child tries";

impl Backend<StateHasher> for State {
    type Error = String;
    type TrieBackendStorage = Nodes;
    type RawIter = Entries;

    fn storage(&self, key: &[u8]) -> Result<Option<StorageValue>, String> {
        Ok(self.get(key).cloned())
    }

    fn storage_hash(&self, key: &[u8]) -> Result<Option<H256>, String> {
        Ok(self.get(key).map(|value| StateHasher::hash(value)))
    }

    fn exists_storage(&self, key: &[u8]) -> Result<bool, String> {
        Ok(self.get(key).is_some())
    }

    fn closest_merkle_value(&self, _key: &[u8]) -> Result<Option<MerkleValue<H256>>, String> {
        Err("this target makes no storage proofs".into())
    }

    fn child_closest_merkle_value(
        &self,
        _child: &ChildInfo,
        _key: &[u8],
    ) -> Result<Option<MerkleValue<H256>>, String> {
        Err(NO_CHILD_TRIES.into())
    }

    fn child_storage(&self, _child: &ChildInfo, _key: &[u8]) -> Result<Option<StorageValue>, String> {
        Ok(None)
    }

    fn child_storage_hash(&self, _child: &ChildInfo, _key: &[u8]) -> Result<Option<H256>, String> {
        Ok(None)
    }

    fn next_storage_key(&self, key: &[u8]) -> Result<Option<StorageKey>, String> {
        Ok(self.next_key(key).cloned())
    }

    fn next_child_storage_key(&self, _child: &ChildInfo, _key: &[u8]) -> Result<Option<StorageKey>, String> {
        Ok(None)
    }

    fn storage_root<'a>(
        &self,
        delta: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
        version: StateVersion,
    ) -> (H256, BackendTransaction<StateHasher>) {
        TrieBackendBuilder::<_, StateHasher>::new(&self.nodes, self.root).build().storage_root(delta, version)
    }

    fn child_storage_root<'a>(
        &self,
        _child: &ChildInfo,
        _delta: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
        _version: StateVersion,
    ) -> (H256, bool, BackendTransaction<StateHasher>) {
        (empty_trie_root::<LayoutV1<StateHasher>>(), true, BackendTransaction::default())
    }

    fn raw_iter(&self, args: IterArgs) -> Result<Entries, String> {
        if args.child_info.is_some() {
            return Err(NO_CHILD_TRIES.into());
        }
        let prefix = args.prefix.unwrap_or_default().to_vec();
        let start = args.start_at.unwrap_or(&prefix).to_vec();
        let next = if args.start_at_exclusive {
            self.next_key(&start)
        } else {
            self.values
                .range::<_, [u8]>((Bound::Included(start.as_slice()), Bound::Unbounded))
                .next()
                .map(|(key, _)| key)
        };
        Ok(Entries { next: next.cloned(), prefix })
    }

    fn register_overlay_stats(&self, _stats: &StateMachineStats) {}

    fn usage_info(&self) -> UsageInfo {
        UsageInfo::empty()
    }
}

/// A walk over the entries under a prefix.
#[derive(Default)]
pub(super) struct Entries {
    next: Option<StorageKey>,
    prefix: Vec<u8>,
}

impl StorageIterator<StateHasher> for Entries {
    type Backend = State;
    type Error = String;

    fn next_key(&mut self, state: &State) -> Option<Result<StorageKey, String>> {
        let key = self.next.take().filter(|key| key.starts_with(&self.prefix))?;
        self.next = state.next_key(&key).cloned();
        Some(Ok(key))
    }

    fn next_pair(&mut self, state: &State) -> Option<Result<(StorageKey, StorageValue), String>> {
        let key = match self.next_key(state)? {
            Ok(key) => key,
            Err(error) => return Some(Err(error)),
        };
        let value = state.get(&key)?.clone();
        Some(Ok((key, value)))
    }

    fn was_complete(&self) -> bool {
        self.next.is_none()
    }
}
