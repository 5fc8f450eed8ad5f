//! Recorded states of the real chain, on which every invariant is proved (`fixtures/reference/README.md`).

use super::{Ledger, Violation};
use crate::reference::replay::accounts::Accounts;
use crate::reference::replay::notation::Notation;
use crate::reference::replay::runtime::RuntimeTypes;
use anyhow::{Context, anyhow, ensure};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// Raw keys and values.
pub type State = BTreeMap<Vec<u8>, Vec<u8>>;

/// What a step changed: raw keys with their new values, none where they are removed.
pub type Changes = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// A file of recorded trajectories.
#[derive(Debug)]
pub struct Recorded {
    types: RuntimeTypes,
    accounts: Accounts,
    file: Map<String, Value>,
    worlds: BTreeMap<String, State>,
}

/// A recorded trajectory: a state, and what changed step by step.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// Its name.
    pub id: String,
    /// The block it begins in.
    pub block: u32,
    /// The state it begins with.
    pub start: State,
    /// The block of each step, what it was and what it changed.
    pub steps: Vec<(u32, String, Changes)>,
}

impl Recorded {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, or is not one of trajectories.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = zstd::decode_all(bytes.as_slice())?;
        let file: Map<String, Value> = serde_json::from_slice(&text)?;
        let types = RuntimeTypes::of_this_build().map_err(|problem| anyhow!(problem))?;
        let accounts = Accounts::read(object(file.get("accounts"), "accounts")?)?;
        let mut recorded = Self { types, accounts, file, worlds: BTreeMap::new() };
        for (name, world) in recorded.file.get("worlds").and_then(Value::as_object).into_iter().flatten() {
            let state = recorded.state(object(Some(world), name)?)?;
            recorded.worlds.insert(name.clone(), state);
        }
        Ok(recorded)
    }

    /// Its trajectories, one after another.
    pub fn trajectories(&self) -> impl Iterator<Item = anyhow::Result<Trajectory>> {
        let cases = self.file.get("cases").and_then(Value::as_array).into_iter().flatten();
        cases.map(|case| {
            let case = object(Some(case), "a case")?;
            if case.contains_key("checkpoints") { self.blocks(case) } else { self.calls(case) }
        })
    }

    /// A named state of the file.
    pub fn world(&self, name: &str) -> Option<&State> {
        self.worlds.get(name)
    }

    /// An entry in the notation of the file as raw key and value.
    ///
    /// # Errors
    /// An entry that the runtime does not have, or that does not fit its type.
    pub fn entry(&self, entry: &str, value: &Value) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
        Ok(self.types.items.encode(self.notation(), entry, value)?)
    }

    /// The raw key of an entry.
    ///
    /// # Errors
    /// An entry that the runtime does not have.
    pub fn key(&self, entry: &str) -> anyhow::Result<Vec<u8>> {
        Ok(self.types.items.key(self.notation(), entry)?)
    }

    fn notation(&self) -> Notation<'_> {
        Notation { types: &self.types.types, accounts: &self.accounts }
    }

    fn state(&self, entries: &Map<String, Value>) -> anyhow::Result<State> {
        entries.iter().map(|(entry, value)| self.entry(entry, value)).collect()
    }

    fn changes(&self, diff: &Map<String, Value>) -> anyhow::Result<Changes> {
        let written = object(diff.get("set"), "set")?.iter().map(|(entry, value)| {
            let (key, value) = self.entry(entry, value)?;
            Ok((key, Some(value)))
        });
        let removed = diff.get("del").and_then(Value::as_array).into_iter().flatten();
        let removed = removed.filter_map(Value::as_str).map(|entry| Ok((self.key(entry)?, None)));
        written.chain(removed).collect()
    }

    /// A case of empty blocks.
    fn blocks(&self, case: &Map<String, Value>) -> anyhow::Result<Trajectory> {
        let mut steps = Vec::new();
        for checkpoint in case.get("checkpoints").and_then(Value::as_array).into_iter().flatten() {
            let checkpoint = object(Some(checkpoint), "a checkpoint")?;
            let changes = self.changes(object(checkpoint.get("diff"), "diff")?)?;
            steps.push((number(checkpoint, "block")?, "blocks".to_owned(), changes));
        }
        let start = self.state(object(case.get("initial_state"), "initial_state")?)?;
        Ok(Trajectory { id: text(case, "id"), block: number(case, "start_block")?, start, steps })
    }

    /// A case of calls with blocks between them.
    fn calls(&self, case: &Map<String, Value>) -> anyhow::Result<Trajectory> {
        let initial = object(case.get("initial_state"), "initial_state")?;
        let world = text(initial, "world");
        let mut start =
            self.worlds.get(&world).with_context(|| format!("there is no world {world}"))?.clone();
        for (key, value) in self.changes(object(initial.get("diff"), "diff")?)? {
            match value {
                Some(value) => start.insert(key, value),
                None => start.remove(&key),
            };
        }
        let mut steps = Vec::new();
        for step in case.get("steps").and_then(Value::as_array).into_iter().flatten() {
            let step = object(Some(step), "a step")?;
            let Some(diff) = step.get("diff") else { continue };
            let name = match text(step, "op").as_str() {
                "extrinsic" => {
                    format!("{}.{} by {}", text(step, "pallet"), text(step, "call"), text(step, "signer"))
                }
                other => other.to_owned(),
            };
            steps.push((number(step, "block")?, name, self.changes(object(Some(diff), "diff")?)?));
        }
        Ok(Trajectory { id: text(case, "id"), block: number(case, "start_block")?, start, steps })
    }
}

impl Trajectory {
    /// The ledger at its beginning.
    pub fn ledger(&self) -> Ledger {
        begin(self.block, &self.start)
    }

    /// Follows it to the end.
    ///
    /// # Errors
    /// The first violations, with the step after which they were found.
    pub fn follow(&self) -> Result<(), (String, Vec<Violation>)> {
        let mut ledger = self.ledger();
        for (place, (block, name, changes)) in self.steps.iter().enumerate() {
            take_in(&mut ledger, *block, changes)
                .map_err(|violations| (format!("{} step {place} {name}", self.id), violations))?;
        }
        Ok(())
    }
}

/// A ledger that begins with a state.
pub fn begin(block: u32, state: &State) -> Ledger {
    Ledger::begin(block, state.iter().map(|(key, value)| (key.as_slice(), value.as_slice())))
}

/// Takes changes into a ledger.
///
/// # Errors
/// The invariants that do not hold then.
pub fn take_in(ledger: &mut Ledger, block: u32, changes: &Changes) -> Result<(), Vec<Violation>> {
    ledger.take_in(block, changes.iter().map(|(key, value)| (key.as_slice(), value.as_deref())))
}

fn object<'a>(value: Option<&'a Value>, what: &str) -> anyhow::Result<&'a Map<String, Value>> {
    value.and_then(Value::as_object).with_context(|| format!("{what} is not an object"))
}

fn text(object: &Map<String, Value>, field: &str) -> String {
    object.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(object: &Map<String, Value>, field: &str) -> anyhow::Result<u32> {
    let text = text(object, field);
    ensure!(!text.is_empty(), "{field} is missing");
    Ok(text.parse()?)
}
