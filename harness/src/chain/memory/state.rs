//! The chain's state in memory, as the runtime's state machine asks for it.

use assay_trie::Trie;
use polkadot_sdk::sp_core::storage::{ChildInfo, StateVersion, Storage};
use polkadot_sdk::sp_core::{Blake2Hasher, H256, Hasher};
use polkadot_sdk::sp_state_machine::{
    Backend, BackendTransaction, IterArgs, StateMachineStats, StorageIterator, StorageKey, StorageValue,
    UsageInfo,
};
use polkadot_sdk::sp_trie::{LayoutV1, MerkleValue, PrefixedMemoryDB, empty_trie_root};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The hasher of the chain's state.
pub(super) type StateHasher = Blake2Hasher;

/// The state version that the runtime declares, and the one that [`Trie`] knows.
pub(super) const STATE_VERSION: StateVersion = StateVersion::V1;

/// Everything stored by the chain at one block. A clone costs a pointer.
#[derive(Clone, Default)]
pub(super) struct State(Trie);

impl State {
    /// The state that a genesis describes.
    pub fn from_genesis(genesis: Storage) -> Self {
        Self(genesis.top.into_iter().collect())
    }

    /// The root of the trie.
    pub fn root(&self) -> H256 {
        self.0.root()
    }

    /// The value under a key.
    pub fn get(&self, key: &[u8]) -> Option<&StorageValue> {
        self.0.get(key)
    }

    /// All entries whose key starts with `prefix`, in key order.
    pub fn entries(&self, prefix: &[u8]) -> Vec<(StorageKey, StorageValue)> {
        self.0.entries(prefix).into_iter().map(|(key, value)| (key, value.clone())).collect()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("State").field("root", &self.root()).field("entries", &self.0.count()).finish()
    }
}

/// A state that a block starts from, and the one that it ends in.
///
/// The state machine asks for the root over the block's changes; whoever asked last asked for all of them, so the
/// state made for that answer is the next one.
#[derive(Debug)]
pub(super) struct Base {
    state: State,
    next: Mutex<Option<State>>,
}

impl Base {
    /// A block's start.
    pub fn new(state: State) -> Self {
        Self { state, next: Mutex::default() }
    }

    /// The state that the block starts from.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The state over whose entries the root was asked for last; the one at the start if nobody asked.
    pub fn into_next(self) -> State {
        self.next.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or(self.state)
    }
}

/// The runtime of this project keeps no child tries.
const NO_CHILD_TRIES: &str = "this chain has no child tries";

impl Backend<StateHasher> for Base {
    type Error = String;
    type TrieBackendStorage = PrefixedMemoryDB<StateHasher>;
    type RawIter = Entries;

    fn storage(&self, key: &[u8]) -> Result<Option<StorageValue>, String> {
        Ok(self.state.get(key).cloned())
    }

    fn storage_hash(&self, key: &[u8]) -> Result<Option<H256>, String> {
        Ok(self.state.get(key).map(|value| StateHasher::hash(value)))
    }

    fn exists_storage(&self, key: &[u8]) -> Result<bool, String> {
        Ok(self.state.get(key).is_some())
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
        Ok(self.state.0.next_key(key))
    }

    fn next_child_storage_key(&self, _child: &ChildInfo, _key: &[u8]) -> Result<Option<StorageKey>, String> {
        Ok(None)
    }

    /// No database is written, so the transaction is empty.
    fn storage_root<'a>(
        &self,
        delta: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
        _version: StateVersion,
    ) -> (H256, BackendTransaction<StateHasher>) {
        let mut next = self.state.clone();
        for (key, value) in delta {
            match value {
                Some(value) => next.0.insert(key, value.to_vec()),
                None => next.0.remove(key),
            }
        }
        let root = next.root();
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(next);
        (root, BackendTransaction::default())
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
        let start = args.start_at.unwrap_or(&prefix);
        let is_start = !args.start_at_exclusive && self.state.get(start).is_some();
        let next = if is_start { Some(start.to_vec()) } else { self.state.0.next_key(start) };
        Ok(Entries { next, prefix })
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
    type Backend = Base;
    type Error = String;

    fn next_key(&mut self, base: &Base) -> Option<Result<StorageKey, String>> {
        let key = self.next.take().filter(|key| key.starts_with(&self.prefix))?;
        self.next = base.state.0.next_key(&key);
        Some(Ok(key))
    }

    fn next_pair(&mut self, base: &Base) -> Option<Result<(StorageKey, StorageValue), String>> {
        let key = match self.next_key(base)? {
            Ok(key) => key,
            Err(error) => return Some(Err(error)),
        };
        let value = base.state.get(&key)?.clone();
        Some(Ok((key, value)))
    }

    fn was_complete(&self) -> bool {
        self.next.is_none()
    }
}
