//! Externalities that do what a fault says.

use super::planting::{Interference, Written};
use polkadot_sdk::sp_core::storage::{ChildInfo, StateVersion, TrackedStorageKey};
use polkadot_sdk::sp_externalities::{Error, Extension, ExtensionStore, Externalities, MultiRemovalResults};
use std::any::{Any, TypeId};

/// The state as it was before the block.
pub type Before<'a> = &'a dyn Fn(&[u8]) -> Option<Vec<u8>>;

/// Externalities with a fault between them and the runtime.
pub struct Faulty<'a> {
    inner: &'a mut dyn Externalities,
    interference: &'a mut Interference,
    before: Before<'a>,
}

impl<'a> Faulty<'a> {
    /// Puts a fault before `inner`.
    pub fn new(
        inner: &'a mut dyn Externalities,
        interference: &'a mut Interference,
        before: Before<'a>,
    ) -> Self {
        Self { inner, interference, before }
    }
}

impl Externalities for Faulty<'_> {
    fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.inner.storage(key);
        let (inner, before) = (&mut *self.inner, self.before);
        self.interference.read(key, value, || before(key), &mut |key| inner.storage(key))
    }

    fn exists_storage(&mut self, key: &[u8]) -> bool {
        self.storage(key).is_some()
    }

    fn place_storage(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        let inner = &mut *self.inner;
        let Some(value) = value else {
            if !self.interference.keeps(&key, &mut |key| inner.storage(key)) {
                self.inner.place_storage(key, None);
            }
            return;
        };
        match self.interference.write(&key, &value, &mut |key| inner.storage(key)) {
            Written::AsIs => self.inner.place_storage(key, Some(value)),
            Written::Instead(value) => self.inner.place_storage(key, Some(value)),
            Written::Elsewhere(key, value) => self.inner.place_storage(key, Some(value)),
            Written::Nothing => {}
        }
    }

    fn clear_prefix(
        &mut self,
        prefix: &[u8],
        maybe_limit: Option<u32>,
        maybe_cursor: Option<&[u8]>,
    ) -> MultiRemovalResults {
        let inner = &mut *self.inner;
        let exists = || inner.next_storage_key(prefix).is_some_and(|key| key.starts_with(prefix));
        if self.interference.keeps_all(prefix, exists) {
            return MultiRemovalResults { maybe_cursor: None, backend: 0, unique: 0, loops: 0 };
        }
        self.inner.clear_prefix(prefix, maybe_limit, maybe_cursor)
    }

    fn storage_start_transaction(&mut self) {
        self.interference.open_layer();
        self.inner.storage_start_transaction();
    }

    fn storage_rollback_transaction(&mut self) -> Result<(), ()> {
        if self.interference.keeps_layer() {
            self.inner.storage_commit_transaction()
        } else {
            self.inner.storage_rollback_transaction()
        }
    }

    fn storage_commit_transaction(&mut self) -> Result<(), ()> {
        self.interference.close_layer();
        self.inner.storage_commit_transaction()
    }

    // Everything below goes through as it is.

    fn set_offchain_storage(&mut self, key: &[u8], value: Option<&[u8]>) {
        self.inner.set_offchain_storage(key, value);
    }

    fn storage_hash(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.storage_hash(key)
    }

    fn child_storage_hash(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.child_storage_hash(child_info, key)
    }

    fn child_storage(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.child_storage(child_info, key)
    }

    fn next_storage_key(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.next_storage_key(key)
    }

    fn next_child_storage_key(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.next_child_storage_key(child_info, key)
    }

    fn kill_child_storage(
        &mut self,
        child_info: &ChildInfo,
        maybe_limit: Option<u32>,
        maybe_cursor: Option<&[u8]>,
    ) -> MultiRemovalResults {
        self.inner.kill_child_storage(child_info, maybe_limit, maybe_cursor)
    }

    fn clear_child_prefix(
        &mut self,
        child_info: &ChildInfo,
        prefix: &[u8],
        maybe_limit: Option<u32>,
        maybe_cursor: Option<&[u8]>,
    ) -> MultiRemovalResults {
        self.inner.clear_child_prefix(child_info, prefix, maybe_limit, maybe_cursor)
    }

    fn place_child_storage(&mut self, child_info: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.inner.place_child_storage(child_info, key, value);
    }

    fn storage_root(&mut self, state_version: StateVersion) -> Vec<u8> {
        self.inner.storage_root(state_version)
    }

    fn child_storage_root(&mut self, child_info: &ChildInfo, state_version: StateVersion) -> Vec<u8> {
        self.inner.child_storage_root(child_info, state_version)
    }

    fn storage_append(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.inner.storage_append(key, value);
    }

    fn storage_index_transaction(&mut self, index: u32, hash: &[u8], size: u32) {
        self.inner.storage_index_transaction(index, hash, size);
    }

    fn storage_renew_transaction_index(&mut self, index: u32, hash: &[u8]) {
        self.inner.storage_renew_transaction_index(index, hash);
    }

    fn wipe(&mut self) {
        self.inner.wipe();
    }

    fn commit(&mut self) {
        self.inner.commit();
    }

    fn read_write_count(&self) -> (u32, u32, u32, u32) {
        self.inner.read_write_count()
    }

    fn reset_read_write_count(&mut self) {
        self.inner.reset_read_write_count();
    }

    fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
        self.inner.get_whitelist()
    }

    fn set_whitelist(&mut self, new: Vec<TrackedStorageKey>) {
        self.inner.set_whitelist(new);
    }

    fn proof_size(&self) -> Option<u32> {
        self.inner.proof_size()
    }

    fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
        self.inner.get_read_and_written_keys()
    }
}

impl ExtensionStore for Faulty<'_> {
    fn extension_by_type_id(&mut self, type_id: TypeId) -> Option<&mut dyn Any> {
        self.inner.extension_by_type_id(type_id)
    }

    fn register_extension_with_type_id(
        &mut self,
        type_id: TypeId,
        extension: Box<dyn Extension>,
    ) -> Result<(), Error> {
        self.inner.register_extension_with_type_id(type_id, extension)
    }

    fn deregister_extension_by_type_id(&mut self, type_id: TypeId) -> Result<(), Error> {
        self.inner.deregister_extension_by_type_id(type_id)
    }
}
