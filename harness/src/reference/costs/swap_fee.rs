//! The fee of a swap (section 04, 4).

use crate::reference::case::{self, CaseError, number};
use assay_economics::pool::{Market, Pool, Reserves, Weights};
use serde_json::{Map, Value};

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let amount = case::integer(case, "amount")?;
    // The fee depends on the rate only.
    let dynamic = Market::Dynamic(Pool {
        reserves: Reserves { tao: 0, alpha: 0 },
        weights: Weights::EQUAL,
        initialized: true,
        fee_rate: case::integer(case, "fee_rate")?,
    });
    Ok(Map::from_iter([
        ("fee".to_owned(), number(dynamic.fee(amount))),
        ("fee_on_mechanism_0".to_owned(), number(Market::Stable.fee(amount))),
    ]))
}
