//! How a subnet's emission is split over its mechanisms (section 07, 1).

use crate::reference::case::{self, CaseError};
use assay_economics::consensus::mechanisms::split_emission;
use serde_json::{Map, Value};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let emission = case::integer(case, "alpha")?;
    let count = case::integer(case, "mechanism_count")?;
    let split: Option<Vec<u16>> = match case::get(case, "split")? {
        Value::Null => None,
        _ => Some(case::integers(case, "split")?),
    };
    let parts = split_emission(emission, count, split.as_deref());
    let out = parts.into_iter().map(case::number).collect();
    Ok(Map::from_iter([("out".to_owned(), out)]))
}
