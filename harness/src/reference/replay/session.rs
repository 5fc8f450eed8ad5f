//! One case under replay: the chain, what it should hold, and what differed so far.

use super::accounts::Accounts;
use super::chain::{Dispatched, Entries, ReplayChain, Surroundings};
use super::derived::derive;
use super::dump::Dump;
use super::known::{self, is_new_event, new_fields};
use super::notation::Notation;
use super::runtime::RuntimeTypes;
use crate::reference::Difference;
use crate::reference::case::{self, CaseError};
use crate::reference::compare::compare;
use pallet_subtensor::{NetworksAdded, TokenSymbol};
use polkadot_sdk::frame_support::dispatch::{DispatchClass, Pays};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// What every case of a file shares.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The runtime's names and types.
    pub runtime: &'a RuntimeTypes,
    /// The names of accounts.
    pub accounts: Accounts,
    /// What a dump holds.
    pub dump: Dump,
    /// The author of all blocks and the holder of the Sudo key.
    pub surroundings: Surroundings,
    /// Named states that cases start from.
    pub worlds: BTreeMap<String, Entries>,
    /// Go on after a step that differs, from the state that the reference recorded.
    pub keep_going: bool,
    /// Leave the weights of calls out.
    pub without_weights: bool,
}

impl Shared<'_> {
    /// The notation of the file.
    pub fn notation(&self) -> Notation<'_> {
        Notation { types: &self.runtime.types, accounts: &self.accounts }
    }

    /// A dump as raw entries.
    ///
    /// # Errors
    /// An entry that the runtime does not have or that does not fit its type.
    pub fn encode_dump(&self, dump: &Map<String, Value>) -> Result<Entries, CaseError> {
        dump.iter()
            .map(|(entry, value)| {
                let encoded = self.runtime.items.encode(self.notation(), entry, value);
                encoded.map_err(|error| CaseError::new(entry, error.to_string()))
            })
            .collect()
    }
}

/// Differences kept of one case.
const MOST_DIFFERENCES: usize = 200;

/// A case under replay.
#[derive(Debug)]
pub struct Session<'a> {
    shared: &'a Shared<'a>,
    /// The chain.
    pub chain: ReplayChain,
    expected: Entries,
    differences: Vec<Difference>,
    asides: Vec<Difference>,
    broken: bool,
}

impl<'a> Session<'a> {
    /// A case that starts at the end of block `number` with these entries.
    pub fn start(shared: &'a Shared<'a>, number: u32, entries: Entries) -> Self {
        let mut chain = ReplayChain::at_end_of(number, entries.clone(), shared.surroundings);
        chain.read(restore_symbols);
        Self { shared, chain, expected: entries, differences: Vec::new(), asides: Vec::new(), broken: false }
    }

    /// Whether the case is over: a step differed, and what follows a wrong state says nothing.
    pub fn is_over(&self) -> bool {
        let stops = !self.shared.keep_going && !self.differences.is_empty();
        self.broken || stops || self.differences.len() > MOST_DIFFERENCES
    }

    /// All differences found: first those of the state, then those that do not change it.
    pub fn into_differences(mut self) -> Vec<Difference> {
        self.differences.append(&mut self.asides);
        self.differences
    }

    /// Compares a value with the recorded one.
    pub fn value(&mut self, path: &str, recorded: &Value, found: &Value) {
        compare(path, Some(recorded), Some(found), &mut self.differences);
    }

    /// Reports something that could not be done at all.
    pub fn impossible(&mut self, path: &str, expected: &dyn Display, problem: &dyn Display) {
        let (expected, got) = (expected.to_string(), problem.to_string());
        self.differences.push(Difference { field: path.to_owned(), expected, got });
    }

    /// What a part of a block came to; a panic ends the case.
    pub fn survived<T>(&mut self, path: &str, outcome: Result<T, String>) -> Option<T> {
        outcome
            .map_err(|panic| {
                self.broken = true;
                self.impossible(path, &"a result", &format!("a panic: {panic}"));
            })
            .ok()
    }

    /// Decodes events, without those that the reference's SDK does not have. `does` tells whether what emitted them has
    /// a call of this name.
    pub fn events(&mut self, path: &str, records: &[u8], does: impl Fn(&str) -> bool) -> Vec<Value> {
        match self.shared.runtime.decode_events(self.shared.notation(), records) {
            Ok(mut events) => {
                events.retain(|event| !is_new_event(&text(event, "pallet"), &text(event, "event"), &does));
                events.iter_mut().for_each(remove_new_fields);
                events
            }
            Err(error) => {
                self.impossible(path, &"a list of events", &error);
                Vec::new()
            }
        }
    }

    /// Compares events in order. Of two lists that go apart only the first place is reported.
    pub fn compare_events(&mut self, path: &str, recorded: &[Value], found: &[Value]) {
        let first =
            (0..recorded.len().max(found.len())).find(|&index| recorded.get(index) != found.get(index));
        let Some(index) = first else { return };
        let path = format!("{path}[{index}]");
        match (recorded.get(index), found.get(index)) {
            (Some(left), Some(right)) if name(left) == name(right) => {
                compare(&path, Some(left), Some(right), &mut self.differences);
            }
            (left, right) => {
                let show = |event: Option<&Value>| event.map_or("(no more events)".into(), show_event);
                self.impossible(&path, &show(left), &show(right));
            }
        }
    }

    /// Takes over a recorded `diff` and compares the state with what it should be now.
    pub fn compare_state(&mut self, path: &str, diff: &Map<String, Value>) -> Result<(), CaseError> {
        let (items, notation) = (&self.shared.runtime.items, self.shared.notation());
        for (entry, value) in case::object(diff, "set")? {
            match items.encode(notation, entry, value) {
                Ok((key, value)) => {
                    self.expected.insert(key, value);
                }
                Err(error) => self.impossible(&format!("{path}.{entry}"), value, &error),
            }
        }
        for entry in case::texts(diff, "del")? {
            match items.key(notation, entry) {
                Ok(key) => {
                    self.expected.remove(&key);
                }
                Err(error) => self.impossible(&format!("{path}.{entry}"), &"a deleted entry", &error),
            }
        }
        let found = self.shared.dump.of(self.chain.entries());
        self.differences.extend(entry_differences(self.shared, path, &self.expected, &found));
        if self.shared.keep_going {
            self.take_over(&found);
        }
        Ok(())
    }

    /// Compares the state with a recorded dump.
    pub fn compare_dump(&mut self, path: &str, dump: &Map<String, Value>) -> Result<(), CaseError> {
        let recorded = self.shared.encode_dump(dump)?;
        let found = self.shared.dump.of(self.chain.entries());
        self.differences.extend(entry_differences(self.shared, path, &recorded, &found));
        Ok(())
    }

    /// Compares what the chain derives from its state.
    pub fn compare_derived(&mut self, path: &str, recorded: &Map<String, Value>) -> Result<(), CaseError> {
        let accounts = &self.shared.accounts;
        let found = self.chain.read(|| derive(recorded, accounts))?;
        for (name, value) in recorded {
            compare(&format!("{path}.{name}"), Some(value), found.get(name), &mut self.differences);
        }
        Ok(())
    }

    /// Compares the result of an extrinsic, and its weight aside: a wrong weight does not change the state.
    pub fn compare_outcome(
        &mut self,
        path: &str,
        step: &Map<String, Value>,
        outcome: &Dispatched,
    ) -> Result<(), CaseError> {
        let result = match &outcome.result {
            Ok(_) => json!({ "ok": true }),
            Err(failure) => json!({ "err": self.shared.runtime.error(failure.error) }),
        };
        compare(&format!("{path}.result"), step.get("result"), Some(&result), &mut self.differences);
        if self.shared.without_weights {
            return Ok(());
        }
        let mut expected = case::object(step, "weight")?.clone();
        let mut found = weight(outcome);
        if known::was_measured_anew(case::text(step, "pallet")?, case::text(step, "call")?) {
            expected.retain(|part, _| !known::MEASURED.contains(&part.as_str()));
            found.retain(|part, _| !known::MEASURED.contains(&part.as_str()));
        }
        let (expected, found) = (Value::Object(expected), Value::Object(found));
        compare(&format!("{path}.weight"), Some(&expected), Some(&found), &mut self.asides);
        Ok(())
    }

    /// Writes an entry behind the runtime's back.
    pub fn overwrite(&mut self, entry: &str, value: &Value) -> Result<(), CaseError> {
        let encoded = self.shared.runtime.items.encode(self.shared.notation(), entry, value);
        let (key, value) = encoded.map_err(|error| CaseError::new(entry, error.to_string()))?;
        self.chain.write([(&key, Some(&value))]);
        Ok(())
    }

    /// Puts the recorded state in the place of the one found.
    fn take_over(&mut self, found: &Entries) {
        let gone = found.keys().filter(|key| !self.expected.contains_key(*key)).map(|key| (key, None));
        let new = self.expected.iter().filter(|(key, value)| found.get(*key) != Some(value));
        self.chain.write(gone.chain(new.map(|(key, value)| (key, Some(value)))));
    }
}

/// Gives every subnet the symbol it got when it was registered, which dumps leave out (section 02, 7).
pub(crate) fn restore_symbols() {
    use assay_runtime::Runtime;
    let networks: Vec<u16> = NetworksAdded::<Runtime>::iter_keys().filter(|netuid| *netuid != 0).collect();
    for netuid in networks {
        TokenSymbol::<Runtime>::insert(netuid, pallet_subtensor::subnets::symbols::symbol(netuid));
    }
}

fn entry_differences(shared: &Shared, path: &str, recorded: &Entries, found: &Entries) -> Vec<Difference> {
    let keys: BTreeSet<&Vec<u8>> = recorded.keys().chain(found.keys()).collect();
    let mut differences = Vec::new();
    for key in keys.into_iter().filter(|key| recorded.get(*key) != found.get(*key)) {
        let decode = |value: &Vec<u8>| shared.runtime.items.decode(shared.notation(), key, value).1;
        let entry = shared.runtime.items.name(shared.notation(), key);
        let (left, right) = (recorded.get(key).map(decode), found.get(key).map(decode));
        compare(&format!("{path}.{entry}"), left.as_ref(), right.as_ref(), &mut differences);
    }
    differences
}

fn weight(outcome: &Dispatched) -> Map<String, Value> {
    let info = &outcome.info;
    let post = match &outcome.result {
        Ok(post) => post,
        Err(failure) => &failure.post_info,
    };
    let class = match info.class {
        DispatchClass::Normal => "Normal",
        DispatchClass::Operational => "Operational",
        DispatchClass::Mandatory => "Mandatory",
    };
    let pays = |pays| if pays == Pays::Yes { "Yes" } else { "No" };
    let parts = [
        ("ref_time", info.call_weight.ref_time().to_string()),
        ("proof_size", info.call_weight.proof_size().to_string()),
        ("class", class.to_owned()),
        ("pays", pays(info.pays_fee).to_owned()),
        ("post_pays", pays(post.pays_fee).to_owned()),
        ("inclusion_fee_without_length", outcome.fee.to_string()),
        ("call_len", outcome.length.to_string()),
    ];
    parts.into_iter().map(|(part, value)| (part.to_owned(), Value::String(value))).collect()
}

fn remove_new_fields(event: &mut Value) {
    let (pallet, name) = (text(event, "pallet"), text(event, "event"));
    if let Some(fields) = event.get_mut("fields").and_then(Value::as_object_mut) {
        for field in new_fields(&pallet, &name) {
            fields.remove(field);
        }
    }
}

fn text(object: &Value, field: &str) -> String {
    object.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// `Pallet.Event` of an event.
pub fn name(event: &Value) -> String {
    format!("{}.{}", text(event, "pallet"), text(event, "event"))
}

fn show_event(event: &Value) -> String {
    format!("{} {}", name(event), event.get("fields").unwrap_or(&Value::Null))
}
