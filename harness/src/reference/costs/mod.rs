//! Costs: subnet lock cost, burn price, fees.

mod burn_series;
mod lock_cost;
mod swap_fee;
mod tx_fee;

use super::case::{self, CaseError};
use serde_json::{Map, Value};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    match case::text(case, "kind")? {
        "lock_cost" => lock_cost::recompute(case),
        "burn_series" => burn_series::recompute(case),
        "swap_fee" => swap_fee::recompute(case),
        "tx_fee" => tx_fee::recompute(case),
        other => Err(CaseError::new("kind", format!("`{other}` is not a kind of cost"))),
    }
}
