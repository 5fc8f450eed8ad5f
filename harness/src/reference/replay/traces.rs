//! Replays of extrinsics: every call with its result, events, storage and weight.

use super::accounts::AccountId;
use super::chain::Signer;
use super::coinbase::{counted, run_to};
use super::session::{Session, Shared};
use crate::reference::Difference;
use crate::reference::case::{self, CaseError, fixed_value};
use assay_runtime::RuntimeCall;
use codec::Decode;
use fixed::types::I96F32;
use serde_json::{Map, Value};

/// Replays a case of `traces`.
///
/// # Errors
/// A case that is not of this form.
pub fn replay(case: &Map<String, Value>, shared: &Shared) -> Result<Vec<Difference>, CaseError> {
    let start = case::object(case, "initial_state")?;
    let world = case::text(start, "world")?;
    let world = shared
        .worlds
        .get(world)
        .ok_or_else(|| CaseError::new("initial_state.world", "is not in this file"))?;
    let mut entries = world.clone();
    let diff = case::object(start, "diff")?;
    entries.extend(shared.encode_dump(case::object(diff, "set")?)?);
    for entry in case::texts(diff, "del")? {
        let key = shared.runtime.items.key(shared.notation(), entry);
        entries.remove(&key.map_err(|error| CaseError::new("initial_state.diff.del", error.to_string()))?);
    }

    let mut session = Session::start(shared, case::integer(case, "start_block")?, entries);
    for (index, step) in case::list(case, "steps")?.iter().enumerate() {
        if session.is_over() {
            return Ok(session.into_differences());
        }
        let path = format!("steps[{index}]");
        let step = step.as_object().ok_or_else(|| CaseError::new(&path, "is not an object"))?;
        match case::text(step, "op")? {
            "advance" => advance(&mut session, step, &path)?,
            "extrinsic" => extrinsic(&mut session, step, &path, shared)?,
            "note" => note(&mut session, case::text(step, "text")?)?,
            other => return Err(CaseError::new(path, format!("has an operation `{other}` not known here"))),
        }
    }
    if !session.is_over() {
        session.compare_dump("final_state", case::object(case, "final_state")?)?;
        session.compare_derived("final_derived", case::object(case, "final_derived")?)?;
    }
    Ok(session.into_differences())
}

fn advance(session: &mut Session, step: &Map<String, Value>, path: &str) -> Result<(), CaseError> {
    let path = format!("{path} advance");
    let Some(blocks) = run_to(session, case::integer(step, "block")?, &path) else { return Ok(()) };
    session.compare_events(&format!("{path}.events"), case::list(step, "events")?, &blocks.last_events);
    if let Some(recorded) = step.get("event_counts") {
        session.value(&format!("{path}.event_counts"), recorded, &counted(&blocks.counts));
    }
    session.compare_state(&format!("{path}.diff"), case::object(step, "diff")?)
}

fn extrinsic(
    session: &mut Session,
    step: &Map<String, Value>,
    path: &str,
    shared: &Shared,
) -> Result<(), CaseError> {
    let (pallet, call) = (case::text(step, "pallet")?, case::text(step, "call")?);
    let path = format!("{path} {pallet}.{call}");
    let signer = signer(case::text(step, "signer")?, shared)?;
    let encoded = shared.runtime.encode_call(shared.notation(), pallet, call, case::object(step, "args")?);
    let decoded = encoded
        .map_err(|error| error.to_string())
        .and_then(|bytes| RuntimeCall::decode(&mut bytes.as_slice()).map_err(|error| error.to_string()));
    match decoded {
        Ok(decoded) => {
            let dispatched = session.chain.dispatch(decoded, signer);
            let Some(outcome) = session.survived(&path, dispatched) else { return Ok(()) };
            session.compare_outcome(&path, step, &outcome)?;
            let events =
                session.events(&path, &outcome.events, |wanted| wanted == call || has_call(step, wanted));
            session.compare_events(&format!("{path}.events"), case::list(step, "events")?, &events);
        }
        Err(problem) => session.impossible(&format!("{path}.args"), case::get(step, "args")?, &problem),
    }
    session.compare_state(&format!("{path}.diff"), case::object(step, "diff")?)
}

/// Whether the arguments of an extrinsic have a call of this name in them.
fn has_call(step: &Map<String, Value>, wanted: &str) -> bool {
    fn mentions(value: &Value, wanted: &str) -> bool {
        match value {
            Value::String(text) => text == wanted,
            Value::Array(items) => items.iter().any(|item| mentions(item, wanted)),
            Value::Object(fields) => {
                fields.iter().any(|(name, content)| name == wanted || mentions(content, wanted))
            }
            _ => false,
        }
    }
    step.get("args").is_some_and(|arguments| mentions(arguments, wanted))
}

fn signer(name: &str, shared: &Shared) -> Result<Signer, CaseError> {
    match name {
        "root" => Ok(Signer::Root),
        "none" => Ok(Signer::None),
        account => {
            let id: AccountId = shared.accounts.require(account, "signer")?;
            Ok(Signer::Account(id))
        }
    }
}

/// Repeats a direct storage write, told in words: `storage: SubnetMovingPrice(2..4) overwritten with 0.6`.
fn note(session: &mut Session, text: &str) -> Result<(), CaseError> {
    let unknown = || CaseError::new("text", format!("is a note not known here: {text}"));
    let rest = text.strip_prefix("storage: SubnetMovingPrice(").ok_or_else(unknown)?;
    let (netuids, price) = rest.split_once(") overwritten with ").ok_or_else(unknown)?;
    let (first, last) = netuids.split_once("..").unwrap_or((netuids, netuids));
    let first: u16 = first.parse().map_err(|_| unknown())?;
    let last: u16 = last.parse().map_err(|_| unknown())?;
    let price: I96F32 = price.parse().map_err(|_| unknown())?;
    for netuid in first..=last {
        session.overwrite(&format!("SubtensorModule.SubnetMovingPrice({netuid})"), &fixed_value(price))?;
    }
    Ok(())
}
