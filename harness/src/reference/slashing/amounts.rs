//! Arithmetic alone.

use crate::reference::case::{self, CaseError, number};
use assay_economics::slashing::amounts::{divide, double_vote as fraction_of, escalated, part};
use assay_economics::stake::safe_float::SafeFloat;
use assay_economics::stake::share_pool::SharePool;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

type Fields = Map<String, Value>;

pub(super) fn amount(input: &Fields) -> Result<Fields, CaseError> {
    let fraction = escalated(case::integer(input, "base")?, case::integer(input, "strikes")?);
    let (value, share) = (case::integer(input, "value")?, case::integer(input, "reporter_share")?);
    let division = divide(value, fraction, share, case::boolean(input, "rewarded")?);
    Ok(Map::from_iter([
        ("fraction".into(), number(fraction)),
        ("slashed".into(), number(division.slashed)),
        ("reward".into(), number(division.rewarded)),
        ("burned".into(), number(division.burned)),
    ]))
}

pub(super) fn double_vote(input: &Fields) -> Result<Fields, CaseError> {
    let base = fraction_of(case::integer(input, "authorities")?);
    Ok(Map::from_iter([("base".into(), number(base))]))
}

/// Amounts put one after another into an empty pool, which is slashed then by one fraction after another.
pub(super) fn holders(input: &Fields) -> Result<Fields, CaseError> {
    let mut pool = SharePool::default();
    let mut shares: BTreeMap<String, SafeFloat> = BTreeMap::new();
    for increase in case::list(input, "increases")? {
        let [Value::String(coldkey), amount] = increase.as_array().map_or(&[][..], Vec::as_slice) else {
            return Err(CaseError::new("in.increases", "is not a list of [coldkey, amount]"));
        };
        let share = shares.entry(coldkey.clone()).or_default();
        (pool, *share) = pool.increase(*share, case::parse(amount, "in.increases")?);
    }
    let values = |pool: SharePool| -> Fields {
        shares.iter().map(|(coldkey, share)| (coldkey.clone(), number(pool.value_of(*share)))).collect()
    };
    let before = json!({ "total": number(pool.value), "values": values(pool) });
    let mut slashes = Vec::new();
    for fraction in case::integers::<u16>(input, "fractions")? {
        let slashed = part(pool.value, fraction);
        let after = pool.update_all(slashed.cast_signed().wrapping_neg());
        let losses: Fields = shares
            .iter()
            .map(|(coldkey, share)| {
                let loss = pool.value_of(*share).saturating_sub(after.value_of(*share));
                (coldkey.clone(), number(loss))
            })
            .collect();
        slashes.push(json!({
            "slashed": number(slashed),
            "total": number(after.value),
            "values": values(after),
            "losses": losses,
        }));
        pool = after;
    }
    Ok(Map::from_iter([("before".into(), before), ("slashes".into(), slashes.into())]))
}
