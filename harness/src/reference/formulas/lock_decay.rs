//! A lock rolled to a later block (section 05, 8.2).

use crate::reference::case::{self, CaseError};
use assay_economics::stake::lock::{LockFlags, LockRates, LockState, roll};
use serde_json::{Map, Value, json};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let lock = LockState {
        locked_mass: case::integer(case, "locked_mass")?,
        conviction: case::fixed_point(case, "conviction")?,
        last_update: case::integer(case, "last_update")?,
    };
    let rates = LockRates {
        unlock: case::integer(case, "unlock_rate")?,
        maturity: case::integer(case, "maturity_rate")?,
    };
    let flags = LockFlags {
        owner: case::boolean(case, "owner_lock")?,
        perpetual: case::boolean(case, "perpetual_lock")?,
    };
    let rolled = roll(lock, case::integer(case, "now")?, rates, flags);
    let lost = lock.delta_to(rolled);
    let out = json!({
        "locked_mass": case::number(rolled.locked_mass),
        "conviction": case::fixed_value(rolled.conviction),
        "last_update": case::number(rolled.last_update),
        "locked_mass_delta": case::number(lost.locked_mass),
        "conviction_delta": case::fixed_value(lost.conviction),
    });
    Ok(Map::from_iter([("out".to_owned(), out)]))
}
