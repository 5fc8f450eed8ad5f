//! Replays of empty blocks: emission, epochs, root claims (section 06).

use super::session::{Session, Shared, name};
use crate::reference::Difference;
use crate::reference::case::{self, CaseError};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Replays a case of `coinbase`.
///
/// # Errors
/// A case that is not of this form.
pub fn replay(case: &Map<String, Value>, shared: &Shared) -> Result<Vec<Difference>, CaseError> {
    let entries = shared.encode_dump(case::object(case, "initial_state")?)?;
    let mut session = Session::start(shared, case::integer(case, "start_block")?, entries);
    session.compare_derived("initial_derived", case::object(case, "initial_derived")?)?;
    for (index, checkpoint) in case::list(case, "checkpoints")?.iter().enumerate() {
        if session.is_over() {
            break;
        }
        let path = format!("checkpoints[{index}]");
        let checkpoint = checkpoint.as_object().ok_or_else(|| CaseError::new(&path, "is not an object"))?;
        let target: u32 = case::integer(checkpoint, "block")?;
        let Some(blocks) = run_to(&mut session, target, &path) else { break };
        session.compare_events(
            &format!("{path}.events_of_block"),
            case::list(checkpoint, "events_of_block")?,
            &blocks.last_events,
        );
        session.value(
            &format!("{path}.event_counts_since_last"),
            case::get(checkpoint, "event_counts_since_last")?,
            &counted(&blocks.counts),
        );
        session.compare_state(&format!("{path}.diff"), case::object(checkpoint, "diff")?)?;
        session.compare_derived(&format!("{path}.derived"), case::object(checkpoint, "derived")?)?;
    }
    Ok(session.into_differences())
}

/// What a run of blocks emitted.
#[derive(Debug, Default)]
pub struct Blocks {
    /// The events of the last block's initialisation.
    pub last_events: Vec<Value>,
    /// Number of events over all blocks, by `Pallet.Event`.
    pub counts: BTreeMap<String, u64>,
}

/// Executes blocks until block `target` is open; none if the runtime panics.
pub fn run_to(session: &mut Session, target: u32, path: &str) -> Option<Blocks> {
    let mut blocks = Blocks::default();
    while session.chain.number() < target {
        let advanced = session.chain.advance();
        let records = session.survived(path, advanced)?;
        blocks.last_events = session.events(path, &records, |_| false);
        for event in &blocks.last_events {
            *blocks.counts.entry(name(event)).or_default() += 1;
        }
    }
    Some(blocks)
}

/// Event counts in the vectors' notation.
pub fn counted(counts: &BTreeMap<String, u64>) -> Value {
    counts.iter().map(|(name, count)| (name.clone(), case::number(count))).collect::<Map<_, _>>().into()
}
