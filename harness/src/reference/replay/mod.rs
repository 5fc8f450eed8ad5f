//! Replays: states of the real chain, taken on by the runtime of this build block by block and call by call.
//!
//! `fixtures/reference/README.md` explains the files. A replay loads a recorded state, executes what the reference
//! executed, and compares after every step: the result, all events in order, every storage entry, what the chain
//! derives from them, and the declared weight of calls.

pub(crate) mod accounts;
pub(crate) mod chain;
mod coinbase;
mod derived;
pub(crate) mod dump;
mod known;
pub(crate) mod notation;
pub(crate) mod runtime;
pub(crate) mod session;
pub(crate) mod storage;
mod traces;

use super::case::{self, CaseError};
use super::{Difference, Family, Selection};
use accounts::Accounts;
use chain::Surroundings;
use dump::Dump;
use runtime::RuntimeTypes;
use serde_json::{Map, Value};
use session::Shared;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static RUNTIME: LazyLock<Result<RuntimeTypes, String>> = LazyLock::new(RuntimeTypes::of_this_build);

/// The account with the Sudo key on the reference chain; storage of pallet Sudo is not in the dumps.
const SUDO: &str = "alice";

/// What all replays of one file share.
#[derive(Debug)]
pub struct Replays(Shared<'static>);

impl Replays {
    /// Reads what a file has beside its cases.
    ///
    /// # Errors
    /// A table that cannot be read, or a state that the runtime of this build cannot hold.
    pub fn of_file(file: &Map<String, Value>, selection: &Selection) -> Result<Self, CaseError> {
        let runtime = RUNTIME.as_ref().map_err(|problem| CaseError::new("(runtime)", problem.clone()))?;
        let accounts = Accounts::read(case::object(file, "accounts")?)?;
        let author = match file.get("block_author") {
            Some(Value::String(name)) => name.as_str(),
            _ => "author",
        };
        let surroundings = Surroundings {
            author: accounts.require(author, "block_author")?,
            sudo: accounts.require(SUDO, "accounts")?,
        };
        let worlds = BTreeMap::new();
        let mut shared = Shared {
            runtime,
            accounts,
            dump: Dump::of_reference(),
            surroundings,
            worlds,
            keep_going: selection.keep_going,
            without_weights: selection.without_weights,
        };
        for (name, world) in file.get("worlds").and_then(Value::as_object).into_iter().flatten() {
            let dump = world
                .as_object()
                .ok_or_else(|| CaseError::new(format!("worlds.{name}"), "is not an object"))?;
            let entries = shared.encode_dump(dump)?;
            shared.worlds.insert(name.clone(), entries);
        }
        Ok(Self(shared))
    }

    /// Replays one case and tells where it went another way than the reference.
    ///
    /// # Errors
    /// A case that is not of the family's form.
    pub fn check(&self, family: Family, case: &Map<String, Value>) -> Result<Vec<Difference>, CaseError> {
        match family {
            Family::Coinbase => coinbase::replay(case, &self.0),
            _ => traces::replay(case, &self.0),
        }
    }
}

#[cfg(test)]
mod tests;
