//! `fresh_chain.json`: the state of a chain that has just started.
//!
//! Entries that no migration changes, and what the migrations leave, are those of our genesis `fresh`. What the
//! migrations replace is compared with the genesis that our runtime builds by itself.

use super::Entry;
use crate::chain::genesis::{Genesis, GenesisError, account_id};
use crate::reference::Difference;
use crate::reference::case::{self, CaseError};
use crate::reference::compare::compare;
use crate::reference::replay::accounts::{Accounts, hex};
use crate::reference::replay::dump::Dump;
use crate::reference::replay::notation::Notation;
use crate::reference::replay::runtime::RuntimeTypes;
use polkadot_sdk::sp_core::storage::Storage;
use polkadot_sdk::sp_io::hashing::twox_128;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const GENESIS: &str = "genesis_state";
const MIGRATED: &str = "diff_of_on_runtime_upgrade";

pub(super) fn check(file: &Map<String, Value>) -> Result<Vec<Entry>, CaseError> {
    if let Some(unknown) = file.keys().find(|name| ![GENESIS, MIGRATED, "note"].contains(&name.as_str())) {
        return Err(CaseError::new(unknown, "is no part of a fresh chain"));
    }
    let before = case::object(file, GENESIS)?;
    let change = case::object(file, MIGRATED)?;
    let set = case::object(change, "set")?;
    let removed: BTreeSet<&str> = case::texts(change, "del")?.into_iter().collect();
    let names = names()?;
    let bare = in_notation(&recorded_chain(false)?, &names)?;
    let fresh = in_notation(&recorded_chain(true)?, &names)?;

    let mut entries = Vec::new();
    for (entry, value) in before {
        let replaced = set.contains_key(entry) || removed.contains(entry.as_str());
        let ours = if replaced { &bare } else { &fresh };
        entries.push(compared(GENESIS, entry, Some(value), ours.get(entry)));
    }
    for (entry, value) in set {
        entries.push(compared(MIGRATED, entry, Some(value), fresh.get(entry)));
    }
    for entry in &removed {
        entries.push(compared(MIGRATED, entry, None, fresh.get(*entry)));
    }
    for (entry, value) in bare.iter().filter(|(entry, _)| !before.contains_key(*entry)) {
        entries.push(compared(GENESIS, entry, None, Some(value)));
    }
    let known =
        |entry: &str| before.contains_key(entry) || set.contains_key(entry) || removed.contains(entry);
    for (entry, value) in fresh.iter().filter(|(entry, _)| !known(entry)) {
        entries.push(compared(MIGRATED, entry, None, Some(value)));
    }
    Ok(entries)
}

fn compared(kind: &str, entry: &str, recorded: Option<&Value>, ours: Option<&Value>) -> Entry {
    let mut differences: Vec<Difference> = Vec::new();
    compare(entry, recorded, ours, &mut differences);
    Entry { kind: kind.to_owned(), id: entry.to_owned(), differences, meant: None }
}

/// The recorded chain had two endowed accounts, Alice and Bob, and one authority; everything else is our `fresh`, or
/// what the runtime builds without it.
fn recorded_chain(fresh: bool) -> Result<Storage, CaseError> {
    let failed = |error: GenesisError| CaseError::new("(genesis)", error.to_string());
    let mut genesis = Genesis::load("fresh").map_err(failed)?;
    genesis.authorities = vec!["author".into()];
    let kept: &[&str] = if fresh { &["Alice", "Bob", "subnet_account_1"] } else { &["Alice", "Bob"] };
    genesis.balances.retain(|name, _| kept.contains(&name.as_str()));
    if !fresh {
        genesis.storage.clear();
    }
    genesis.build("fresh").map_err(failed)
}

/// The accounts that the file names.
fn names() -> Result<Accounts, CaseError> {
    let mut table = Map::new();
    for (name, uri) in [("alice", "Alice"), ("bob", "Bob"), ("subnet_account_1", "subnet_account_1")] {
        let id = account_id("fresh", uri).map_err(|error| CaseError::new(name, error.to_string()))?;
        table.insert(name.to_owned(), json!({ "id": hex(id.as_ref()) }));
    }
    table.insert("zero".to_owned(), json!({ "id": hex(&[0; 32]) }));
    Accounts::read(&table)
}

/// The part of a state that the recorder dumps, entry by entry.
fn in_notation(state: &Storage, accounts: &Accounts) -> Result<Map<String, Value>, CaseError> {
    let types = RuntimeTypes::of_this_build().map_err(|problem| CaseError::new("(runtime)", problem))?;
    let notation = Notation { types: &types.types, accounts };
    let dump = Dump::of_reference();
    // The recorder left out the versions that every pallet keeps of its storage.
    let version = twox_128(b":__STORAGE_VERSION__:");
    let kept = state.top.iter().filter(|(key, _)| dump.holds(key) && !key.ends_with(&version));
    Ok(kept.map(|(key, value)| types.items.decode(notation, key, value)).collect())
}
