//! The registration price over consecutive blocks (section 03, 2.1): each block decays it, then each
//! registration of the block raises it.

use crate::reference::case::{self, CaseError};
use assay_economics::registration::burn::{self, BurnBounds};
use serde_json::{Map, Value, json};

/// The chain's default of `MinBurn`, in rao, where a case sets none.
const DEFAULT_MIN: u64 = 500_000;
/// The chain's default of `MaxBurn`, in rao, where a case sets none.
const DEFAULT_MAX: u64 = 100_000_000_000;

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let bounds = BurnBounds {
        min: case::optional_integer(case, "min_burn")?.unwrap_or(DEFAULT_MIN),
        max: case::optional_integer(case, "max_burn")?.unwrap_or(DEFAULT_MAX),
    };
    let half_life = case::integer(case, "burn_half_life")?;
    let multiplier = case::fixed_point(case, "burn_increase_mult")?;
    let mut price = case::integer(case, "burn")?;

    let mut series = Vec::new();
    for entry in case::list(case, "series")? {
        let (block, registrations) = read_entry(entry)?;
        price = burn::decay(price, half_life, block, bounds);
        let after_decay = price;
        let mut after_registrations = Vec::new();
        for _ in 0..registrations {
            price = burn::bump(price, multiplier, bounds);
            after_registrations.push(case::number(price));
        }
        series.push(json!([case::number(block), case::number(after_decay), after_registrations]));
    }
    Ok(Map::from_iter([("series".to_owned(), Value::Array(series))]))
}

/// Block and number of registrations of `[block, price, [price after each registration]]`.
fn read_entry(entry: &Value) -> Result<(u64, usize), CaseError> {
    let block = entry.get(0).ok_or_else(|| CaseError::new("series", "has an entry without block"))?;
    let registrations = entry
        .get(2)
        .and_then(Value::as_array)
        .ok_or_else(|| CaseError::new("series", "has an entry without a list of registrations"))?;
    Ok((case::parse(block, "series.block")?, registrations.len()))
}
