//! The lock cost at several blocks (section 02, 1); the blocks of a series are samples, in no order.

use crate::reference::case::{self, CaseError};
use assay_economics::emission::curve::block_emission;
use assay_economics::registration::lock_cost::{LockCostTerms, lock_cost};
use serde_json::{Map, Value, json};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let terms = LockCostTerms {
        last_cost: case::integer(case, "last_lock")?,
        min_cost: case::integer(case, "min_lock")?,
        reduction_interval: case::integer(case, "lock_reduction_interval")?,
        last_block: case::integer(case, "last_lock_block")?,
    };
    let emission = block_emission(case::integer(case, "total_issuance")?);
    let series: Result<Vec<Value>, CaseError> = case::list(case, "series")?
        .iter()
        .map(|sample| {
            let block =
                sample.get("block").ok_or_else(|| CaseError::new("series", "has a sample without block"))?;
            let block = case::parse(block, "series.block")?;
            let cost = lock_cost(terms, emission, block);
            Ok(json!({ "block": case::number(block), "lock_cost": case::number(cost) }))
        })
        .collect();
    Ok(Map::from_iter([("series".to_owned(), Value::Array(series?))]))
}
