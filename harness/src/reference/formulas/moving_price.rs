//! Cases of the price average: one subnet, the same price, twelve successive blocks.

use super::emission_terms::Subnet;
use crate::reference::case::{self, CaseError, fixed_value};
use assay_economics::emission::moving_price::{DEFAULT_MOVING_ALPHA, Smoothing, moving, next};
use serde_json::{Map, Value};

const OUTPUT: &str = "moving_price_after_each_block";

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let subnet = Subnet::read(case::get(case, "subnet")?)?;
    let start_block: u64 = case::integer(case, "start_block")?;
    let alpha = match case::get(case, "subnet_moving_alpha")? {
        Value::Null => DEFAULT_MOVING_ALPHA,
        alpha => case::parse_fixed(alpha, "subnet_moving_alpha")?,
    };
    let smoothing = Smoothing {
        alpha,
        halving_blocks: case::integer(case, "ema_price_halving_blocks")?,
        first_emission_block: subnet.first_emission_block,
    };
    let blocks = case::list(case, OUTPUT)?.len();
    let mut stored = subnet.moving_price;
    let series = (start_block..).take(blocks).map(|now| {
        stored = next(moving(subnet.is_stable(), stored), subnet.price(), smoothing, now);
        fixed_value(stored)
    });
    Ok(Map::from_iter([(OUTPUT.to_owned(), series.collect())]))
}
