//! A sequence of operations on the share pool of one hotkey on one subnet (section 05, 1).

use crate::reference::case::{self, CaseError};
use assay_economics::stake::safe_float::SafeFloat;
use assay_economics::stake::share_pool::SharePool;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let mut state = State {
        hotkey: case::text(case, "hotkey")?.to_owned(),
        netuid: case::integer(case, "netuid")?,
        pool: SharePool::default(),
        shares: BTreeMap::new(),
    };
    let mut after_each_op = Vec::new();
    for operation in case::list(case, "ops")? {
        let (name, coldkey, amount) = read_operation(operation)?;
        state.apply(name, coldkey, amount)?;
        after_each_op.push(state.describe());
    }
    Ok(Map::from_iter([("after_each_op".to_owned(), Value::Array(after_each_op))]))
}

/// Name, coldkey and rao of `[name, coldkey, amount]`.
fn read_operation(operation: &Value) -> Result<(&str, &str, u64), CaseError> {
    let part =
        |index: usize| operation.get(index).ok_or_else(|| CaseError::new("ops", "has a short operation"));
    let text =
        |index| part(index)?.as_str().ok_or_else(|| CaseError::new("ops", "names something by no string"));
    Ok((text(0)?, text(1)?, case::parse(part(2)?, "ops.amount")?))
}

/// What the chain stores about the pool.
struct State {
    hotkey: String,
    netuid: u16,
    pool: SharePool,
    /// Share of each coldkey that has one.
    shares: BTreeMap<String, SafeFloat>,
}

impl State {
    fn apply(&mut self, name: &str, coldkey: &str, amount: u64) -> Result<(), CaseError> {
        let share = self.shares.get(coldkey).copied().unwrap_or_default();
        let owned = self.pool.value_of(share);
        match name {
            "increase_for_coldkey" => self.save(coldkey, self.pool.increase(share, amount)),
            "decrease_for_coldkey_min" => self.save(coldkey, self.pool.decrease(share, amount.min(owned))),
            "decrease_all_for_coldkey" => self.save(coldkey, self.pool.decrease(share, owned)),
            "increase_for_hotkey" => self.pool = self.pool.update_all(amount.cast_signed()),
            "decrease_for_hotkey" => self.pool = self.pool.update_all(amount.cast_signed().wrapping_neg()),
            other => {
                return Err(CaseError::new("ops", format!("`{other}` is not an operation of a share pool")));
            }
        }
        Ok(())
    }

    /// Zero shares are stored as no entry.
    fn save(&mut self, coldkey: &str, (pool, share): (SharePool, SafeFloat)) {
        self.pool = pool;
        if share.is_zero() {
            self.shares.remove(coldkey);
        } else {
            self.shares.insert(coldkey.to_owned(), share);
        }
    }

    fn describe(&self) -> Value {
        let Self { hotkey, netuid, pool, shares } = self;
        let mut entries: Map<String, Value> = shares
            .iter()
            .map(|(coldkey, &share)| {
                (format!("SubtensorModule.AlphaV2({hotkey},{coldkey},{netuid})"), safe_float(share))
            })
            .collect();
        if !pool.denominator.is_zero() {
            let key = format!("SubtensorModule.TotalHotkeySharesV2({hotkey},{netuid})");
            entries.insert(key, safe_float(pool.denominator));
        }
        let stake: Map<String, Value> = shares
            .iter()
            .map(|(coldkey, &share)| (coldkey.clone(), case::number(pool.value_of(share))))
            .collect();
        json!({ "total_hotkey_alpha": case::number(pool.value), "stake": stake, "shares": entries })
    }
}

fn safe_float(value: SafeFloat) -> Value {
    json!({ "mantissa": case::number(value.mantissa), "exponent": case::number(value.exponent) })
}
