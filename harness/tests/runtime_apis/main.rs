//! The runtime APIs in recorded states of the real chain (section 11).
//!
//! Every question is asked of the runtime in a dumped state, the answer decoded as a client of the reference would, and
//! compared with what the specification says, computed here from the entries of the dump (or recorded with it: stakes
//! and prices). Nothing here reads the chain's storage through our pallets.

mod delegates;
mod dump;
mod fees;
mod locks;
mod neurons;
mod pools;
mod stakes;
mod subnets;

use assay::reference::states::{AskedState, State, States};
use dump::Dump;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of the reference.
fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425").join(name)
}

/// Looks at every state of the files, each with the runtime in it.
fn in_every_state(files: &[&str], mut look: impl FnMut(&Dump, &mut AskedState)) {
    for file in files {
        let states = States::read(&reference(file)).expect("recorded states");
        assert!(states.list().len() > 30, "{file} has few states");
        for state in states.list() {
            let mut asked = states.at(state, &BTreeMap::new()).expect("a state that the runtime can hold");
            look(&Dump::of(state, &states), &mut asked);
        }
    }
}

/// Files with many subnets, neurons, stakes and rare entries.
const ALL: [&str; 4] =
    ["traces.json.zst", "traces-paths.json.zst", "traces-fuzz.json.zst", "coinbase.json.zst"];

/// What a method answers.
fn ask(asked: &mut AskedState, method: &str, arguments: &[Value]) -> Value {
    asked.ask(method, arguments).unwrap_or_else(|error| panic!("{method}: {error:#}"))
}

/// Compares an answer with what it should be, field by field where it is an object.
fn same(state: &State, what: &str, found: &Value, expected: &Value) {
    if let (Value::Object(found), Value::Object(expected)) = (found, expected) {
        for (name, value) in expected {
            assert_eq!(found.get(name), Some(value), "{} block {}: {what}.{name}", state.id, state.block);
        }
        let names = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(found), names(expected), "{}: the fields of {what}", state.id);
    }
    assert_eq!(found, expected, "{} block {}: {what}", state.id, state.block);
}
