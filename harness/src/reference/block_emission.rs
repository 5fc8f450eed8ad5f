//! Cases of the emission curve: `issuance` and the `block_emission` it gives.

use super::case::{self, CaseError, number};
use assay_economics::emission::curve;
use serde_json::{Map, Value, json};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let issuance = case::integer(case, "issuance")?;
    // Where the curve has no answer the chain returns an error, which the vectors write as null.
    let emission = curve::block_emission(issuance).map_or(Value::Null, number);
    Ok(Map::from_iter([("out".to_owned(), json!({ "block_emission": emission }))]))
}
