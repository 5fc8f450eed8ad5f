//! The state of a chain as a trie in memory, with the root that Substrate's state version 1 gives it.
//!
//! A trie of the Polkadot SDK stands on a database: to change a value it reads and decodes the nodes above it, encodes
//! them, hashes them and writes them back under their hashes. A state that never leaves memory needs none of this. Here
//! nodes point at each other, a node keeps what its parent stores of it until it changes, and a clone shares every node
//! until one of the two changes it. The bytes that are hashed are encoded by the SDK's own codec.

mod encoding;
mod node;
mod walk;

use node::{Link, insert, remove};
use polkadot_sdk::sp_core::H256;

/// Values by key, and the root over them. A clone costs a pointer.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    top: Link,
}

impl Trie {
    /// A trie without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value under a key.
    pub fn get(&self, key: &[u8]) -> Option<&Vec<u8>> {
        with_nibbles(key, |path| walk::get(&self.top, path))
    }

    /// Stores a value under a key, in place of one that may be there.
    pub fn insert(&mut self, key: &[u8], value: Vec<u8>) {
        with_nibbles(key, |path| insert(&mut self.top, path, value));
    }

    /// Forgets the value under a key, if there is one.
    pub fn remove(&mut self, key: &[u8]) {
        // Looked for first, so that nothing is copied on the way to what is not there.
        if self.get(key).is_some() {
            with_nibbles(key, |path| remove(&mut self.top, path));
        }
    }

    /// The first key after `key`, in the order of bytes. Whether `key` itself is there does not matter.
    pub fn next_key(&self, key: &[u8]) -> Option<Vec<u8>> {
        with_nibbles(key, |path| walk::next(&self.top, path))
    }

    /// All entries whose key starts with `prefix`, in the order of their keys.
    pub fn entries(&self, prefix: &[u8]) -> Vec<(Vec<u8>, &Vec<u8>)> {
        with_nibbles(prefix, |path| walk::entries(&self.top, path))
    }

    /// How many entries there are. Counts them.
    pub fn count(&self) -> usize {
        walk::count(&self.top)
    }

    /// The root: BLAKE2b-256 over the encoded top node.
    pub fn root(&self) -> H256 {
        encoding::root(&self.top)
    }
}

impl<K: AsRef<[u8]>> FromIterator<(K, Vec<u8>)> for Trie {
    fn from_iter<I: IntoIterator<Item = (K, Vec<u8>)>>(entries: I) -> Self {
        let mut trie = Self::new();
        for (key, value) in entries {
            trie.insert(key.as_ref(), value);
        }
        trie
    }
}

/// Hands on the half bytes of a key, the upper one first. Those of a usual key need no memory of their own.
fn with_nibbles<T>(key: &[u8], use_them: impl FnOnce(&[u8]) -> T) -> T {
    const USUAL: usize = 128;
    let mut usual = [0; 2 * USUAL];
    let mut long = Vec::new();
    let path = if let Some(path) = usual.get_mut(..2 * key.len()) {
        path
    } else {
        long.resize(2 * key.len(), 0);
        &mut long[..]
    };
    for (pair, byte) in path.chunks_exact_mut(2).zip(key) {
        pair.copy_from_slice(&[byte >> 4, byte & 15]);
    }
    use_them(path)
}
