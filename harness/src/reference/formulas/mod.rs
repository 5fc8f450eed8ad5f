//! Single formulas of the coinbase, the share pools, the mechanisms and the locks.

mod emission_terms;
mod lock_decay;
mod mechanism_split;
mod moving_price;
mod share_pool;

use super::case::{self, CaseError};
use serde_json::{Map, Value};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    match case::text(case, "kind")? {
        "emission_terms" => emission_terms::recompute(case),
        "moving_price" => moving_price::recompute(case),
        "share_pool" => share_pool::recompute(case),
        "mechanism_split" => mechanism_split::recompute(case),
        "lock_decay" => lock_decay::recompute(case),
        other => Err(CaseError::new("kind", format!("`{other}` is not a kind of formula"))),
    }
}
