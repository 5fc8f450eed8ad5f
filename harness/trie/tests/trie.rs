//! Against the Polkadot SDK's own trie and an ordered map, over keys that share much and values on both sides of the
//! length from which they are hashed.

use assay_trie::Trie;
use polkadot_sdk::sp_core::Blake2Hasher;
use polkadot_sdk::sp_trie::{LayoutV1, TrieConfiguration};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// Few different bytes, so that keys begin alike, contain each other and end inside each other's nodes.
fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(prop::sample::select(vec![0x00, 0x01, 0x10, 0x11, 0xf0]), 0..6)
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    (any::<u8>(), prop_oneof![0..4_usize, 30..36_usize, Just(200)])
        .prop_map(|(byte, length)| vec![byte; length])
}

fn change() -> impl Strategy<Value = Change> {
    (key(), prop_oneof![2 => value().prop_map(Some), 1 => Just(None)])
}

type Change = (Vec<u8>, Option<Vec<u8>>);

fn apply(trie: &mut Trie, entries: &mut Entries, changes: Vec<Change>) {
    for (key, value) in changes {
        if let Some(value) = value {
            trie.insert(&key, value.clone());
            entries.insert(key, value);
        } else {
            trie.remove(&key);
            entries.remove(&key);
        }
    }
}

fn assert_same(trie: &Trie, entries: &Entries) -> Result<(), TestCaseError> {
    prop_assert_eq!(trie.root(), LayoutV1::<Blake2Hasher>::trie_root(entries));
    let listed: Entries = trie.entries(&[]).into_iter().map(|(key, value)| (key, value.clone())).collect();
    prop_assert_eq!(&listed, entries);
    prop_assert_eq!(trie.count(), entries.len());
    Ok(())
}

proptest! {
    #[test]
    fn the_root_is_that_of_the_sdk_after_every_few_changes(rounds in vec(vec(change(), 1..8), 1..12)) {
        let (mut trie, mut entries) = (Trie::new(), Entries::new());
        for changes in rounds {
            apply(&mut trie, &mut entries, changes);
            assert_same(&trie, &entries)?;
        }
    }

    #[test]
    fn a_clone_goes_its_own_way(before in vec(change(), 0..20), left in vec(change(), 1..10), right in vec(change(), 1..10)) {
        let (mut trie, mut entries) = (Trie::new(), Entries::new());
        apply(&mut trie, &mut entries, before);
        let (mut other, mut others) = (trie.clone(), entries.clone());
        apply(&mut trie, &mut entries, left);
        apply(&mut other, &mut others, right);
        assert_same(&trie, &entries)?;
        assert_same(&other, &others)?;
    }

    #[test]
    fn keys_are_found_in_order(changes in vec(change(), 0..40), asked in vec(key(), 1..20)) {
        let (mut trie, mut entries) = (Trie::new(), Entries::new());
        apply(&mut trie, &mut entries, changes);
        for key in asked {
            prop_assert_eq!(trie.get(&key), entries.get(&key));
            let after = entries.keys().find(|other| **other > key).cloned();
            prop_assert_eq!(trie.next_key(&key), after);
            let under: Vec<_> =
                entries.iter().filter(|(other, _)| other.starts_with(&key)).map(|(key, value)| (key.clone(), value)).collect();
            prop_assert_eq!(trie.entries(&key), under);
        }
    }
}

#[test]
fn nothing_and_everything_removed_have_the_same_root() {
    let mut trie: Trie = [(b"one", vec![1]), (b"two", vec![2; 40])].into_iter().collect();
    assert_ne!(trie.root(), Trie::new().root());
    trie.remove(b"one");
    trie.remove(b"three");
    trie.remove(b"two");
    assert_eq!(trie.root(), Trie::new().root());
    assert_eq!(trie.next_key(b""), None);
}

#[test]
fn keys_may_be_long() {
    let entries =
        Entries::from([(vec![7; 128], vec![1]), (vec![7; 129], vec![2]), (vec![7; 1_000], vec![3; 50])]);
    let trie: Trie = entries.clone().into_iter().collect();
    assert_same(&trie, &entries).unwrap();
    assert_eq!(trie.get(&[7; 129]), Some(&vec![2]));
    assert_eq!(trie.next_key(&[7; 129]), Some(vec![7; 1_000]));
}
