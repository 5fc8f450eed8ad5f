//! The parts of a transaction's fee (section 10, 3).

use crate::reference::case::{self, CaseError};
use assay_economics::fees::{length_to_fee, weight_to_fee};
use serde_json::{Map, Value};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let weight_fee = weight_to_fee(case::integer(case, "ref_time")?);
    let length_fee = length_to_fee(case::integer(case, "length")?);
    Ok(Map::from_iter([
        ("weight_fee".to_owned(), case::number(weight_fee)),
        ("length_fee".to_owned(), case::number(length_fee)),
    ]))
}
