//! Recorded states of the real chain, to ask the runtime of this build about.
//!
//! Questions and answers are in the notation of the vectors. An answer is decoded with the types that the reference's
//! metadata gives for the method, so that one that a client of the real chain could not read is an error here.

use super::case::{self, CaseError};
use super::files::{VectorFile, read_file};
use super::replay::accounts::Accounts;
use super::replay::chain::{Entries, ReplayChain, Surroundings};
use super::replay::notation::Notation;
use super::replay::runtime::RuntimeTypes;
use super::replay::session::restore_symbols;
use codec::Decode;
use frame_metadata::v15::{RuntimeApiMethodMetadata, RuntimeMetadataV15};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::form::PortableForm;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// The recorded states of one file, with what is needed to read them.
#[derive(Debug)]
pub struct States {
    ours: RuntimeTypes,
    reference: RuntimeMetadataV15,
    accounts: Accounts,
    surroundings: Surroundings,
    list: Vec<State>,
}

/// One state: the last of a trace, or the first of a run of empty blocks.
#[derive(Clone, Debug)]
pub struct State {
    /// The case that it comes from.
    pub id: String,
    /// The block that it is the end of.
    pub block: u32,
    /// Its entries, in the notation of the vectors.
    pub entries: Map<String, Value>,
    /// What the real chain derived from them: prices, stakes.
    pub derived: Map<String, Value>,
}

/// The runtime of this build in a recorded state.
#[derive(Debug)]
pub struct AskedState<'a> {
    states: &'a States,
    chain: ReplayChain,
}

impl States {
    /// Reads a file of traces or of coinbase cases.
    ///
    /// # Errors
    /// A file that cannot be read, or that is not of these families.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let VectorFile { cases, shared, .. } = read_file(path)?;
        let accounts = Accounts::read(case::object(&shared, "accounts")?)?;
        let surroundings = Surroundings {
            author: accounts.require("author", "accounts")?,
            sudo: accounts.require("alice", "accounts")?,
        };
        let list = cases.iter().map(state).collect::<Result<_, CaseError>>()?;
        let ours = RuntimeTypes::of_this_build().map_err(anyhow::Error::msg)?;
        Ok(Self { ours, reference: reference()?, accounts, surroundings, list })
    }

    /// The states.
    pub fn list(&self) -> &[State] {
        &self.list
    }

    /// An account's short name where it has one, else its bytes in hex.
    pub fn name(&self, id: [u8; 32]) -> String {
        self.accounts.name(&id)
    }

    /// The runtime in a state, with other values of some entries.
    ///
    /// # Errors
    /// An entry that the runtime does not have or that does not fit its type.
    pub fn at(&self, state: &State, changes: &BTreeMap<String, Value>) -> anyhow::Result<AskedState<'_>> {
        let notation = Notation { types: &self.ours.types, accounts: &self.accounts };
        let changed = changes.iter().filter(|(_, value)| !value.is_null());
        let kept = state.entries.iter().filter(|(entry, _)| !changes.contains_key(*entry));
        let entries =
            kept.chain(changed).map(|(entry, value)| self.ours.items.encode(notation, entry, value));
        let entries: Entries = entries.collect::<Result<_, _>>()?;
        let mut chain = ReplayChain::at_end_of(state.block, entries, self.surroundings);
        chain.read(restore_symbols);
        Ok(AskedState { states: self, chain })
    }

    fn method(&self, method: &str) -> Option<&RuntimeApiMethodMetadata<PortableForm>> {
        let (api, name) = method.split_once('.')?;
        let api = self.reference.apis.iter().find(|known| known.name == api)?;
        api.methods.iter().find(|known| known.name == name)
    }
}

impl AskedState<'_> {
    /// Calls a method of a runtime API, such as `SwapRuntimeApi.current_alpha_price`.
    ///
    /// # Errors
    /// A method that the reference does not have, arguments that it does not take, an answer that is not of the type
    /// that the reference gives.
    pub fn ask(&mut self, method: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        let known = self.states.method(method);
        let known = known.ok_or_else(|| anyhow::anyhow!("the reference has no method {method}"))?;
        anyhow::ensure!(
            known.inputs.len() == arguments.len(),
            "{method} takes {} arguments",
            known.inputs.len()
        );
        let notation = Notation { types: &self.states.reference.types, accounts: &self.states.accounts };
        let mut encoded = Vec::new();
        for (input, argument) in known.inputs.iter().zip(arguments) {
            notation.encode(input.ty.id, argument, &mut encoded)?;
        }
        let called = method.replace('.', "_");
        let answer = self.chain.read(|| assay_runtime::api::dispatch(&called, &encoded));
        let answer = answer.ok_or_else(|| anyhow::anyhow!("this runtime has no method {method}"))?;
        Ok(notation.decode_all(known.output.id, &answer)?)
    }
}

fn state(case: &Map<String, Value>) -> Result<State, CaseError> {
    let start: u32 = case::integer(case, "start_block")?;
    let (block, entries, derived) = if case.contains_key("steps") {
        let steps = case::list(case, "steps")?.iter().filter_map(Value::as_object);
        let last = steps.filter_map(|step| case::integer(step, "block").ok()).max();
        (last.unwrap_or(start), "final_state", "final_derived")
    } else {
        (start, "initial_state", "initial_derived")
    };
    Ok(State {
        id: case::text(case, "id")?.to_owned(),
        block,
        entries: case::object(case, entries)?.clone(),
        derived: case::object(case, derived)?.clone(),
    })
}

fn reference() -> anyhow::Result<RuntimeMetadataV15> {
    let file = crate::metadata::source::default_reference().join("metadata-v15.scale");
    let bytes = std::fs::read(file)?;
    match RuntimeMetadataPrefixed::decode(&mut bytes.as_slice())?.1 {
        RuntimeMetadata::V15(metadata) => Ok(metadata),
        other => anyhow::bail!("the reference's metadata is of version {}", other.version()),
    }
}
