//! The pool of a subnet: swaps, weights, initialisation, and the balancer's own functions (section 04).

use super::case::{self, CaseError, fixed_value, number};
use assay_economics::number::U64F64;
use assay_economics::pool::{
    Order, Pool, Reserves, Side, SubnetTotals, SwapError, SwapResult, Weights, adjust_protocol_liquidity,
    alpha_to_reach_price, base_needed_for_quote, price, remaining_fraction, swap, swap_fee,
    tao_to_reach_price, weights_for_price,
};
use serde_json::{Map, Value, json};

/// `SubnetAlphaOut` of the recorded subnet before a swap.
const ALPHA_OUT: u64 = 5_000_000_000_000_000;

pub(super) fn recompute(case: &Map<String, Value>) -> Result<Map<String, Value>, CaseError> {
    let out = match case::text(case, "kind")? {
        "swap" => recompute_swap(case)?,
        "weights" => recompute_weights(case)?,
        "init" => recompute_init(case)?,
        "math" => recompute_math(case)?,
        other => return Err(CaseError::new("kind", format!("`{other}` is not a kind of the pool"))),
    };
    Ok(Map::from_iter([("out".to_owned(), out)]))
}

fn reserves(case: &Map<String, Value>) -> Result<Reserves, CaseError> {
    Ok(Reserves { tao: case::integer(case, "tao_reserve")?, alpha: case::integer(case, "alpha_reserve")? })
}

/// The stored weights, and whether the pool is initialised: an absent weight means that it is not.
fn weights(case: &Map<String, Value>) -> Result<(Weights, bool), CaseError> {
    let quote = case::optional_integer(case, "quote_weight")?;
    Ok((quote.map_or(Weights::EQUAL, |quote| Weights { quote }), quote.is_some()))
}

fn side(case: &Map<String, Value>) -> Result<Side, CaseError> {
    match case::text(case, "side")? {
        "buy" => Ok(Side::Buy),
        "sell" => Ok(Side::Sell),
        other => Err(CaseError::new("side", format!("`{other}` is neither `buy` nor `sell`"))),
    }
}

fn recompute_swap(case: &Map<String, Value>) -> Result<Value, CaseError> {
    let (weights, initialized) = weights(case)?;
    let pool =
        Pool { reserves: reserves(case)?, weights, initialized, fee_rate: case::integer(case, "fee_rate")? };
    let order = Order {
        side: side(case)?,
        amount: case::integer(case, "amount")?,
        price_limit: case::integer(case, "limit_price")?,
        drop_fees: case::boolean(case, "drop_fees")?,
    };
    let before = json!({
        "approx_fee": number(swap_fee(order.amount, pool.fee_rate)),
        "price_before": fixed_value(pool.price()),
    });
    let outcome = match swap(&pool, &order) {
        Ok(swapped) => swapped_value(&pool, &order, &swapped),
        Err(error) => json!({ "err": error_value(error) }),
    };
    Ok(merged(before, outcome))
}

fn swapped_value(pool: &Pool, order: &Order, swapped: &SwapResult) -> Value {
    let before = SubnetTotals {
        tao: pool.reserves.tao,
        alpha_in: pool.reserves.alpha,
        alpha_out: ALPHA_OUT,
        total_stake: pool.reserves.tao,
        volume: 0,
    };
    let after = match order.side {
        Side::Buy => before.after_buy(order.amount, swapped),
        Side::Sell => before.after_sell(swapped),
    };
    let weights = pool.weights_in_swap();
    let reserves_after = Reserves { tao: after.tao, alpha: after.alpha_in };
    json!({
        "ok": {
            "amount_paid_in": number(swapped.paid_in),
            "amount_paid_out": number(swapped.paid_out),
            "fee_paid": number(swapped.fee_paid),
            "fee_to_block_author": number(swapped.fee_to_block_author),
        },
        "tao_reserve_after": number(after.tao),
        "alpha_reserve_after": number(after.alpha_in),
        "alpha_out_delta": number(i128::from(after.alpha_out) - i128::from(before.alpha_out)),
        "total_stake_delta": number(i128::from(after.total_stake) - i128::from(before.total_stake)),
        "volume": number(after.volume),
        "quote_weight_after": number(weights.quote),
        "price_after": fixed_value(price(reserves_after, weights)),
    })
}

fn recompute_weights(case: &Map<String, Value>) -> Result<Value, CaseError> {
    let reserves = reserves(case)?;
    let (weights, _) = weights(case)?;
    let (tao, alpha) = (case::integer(case, "tao_delta")?, case::integer(case, "alpha_delta")?);
    let adjusted = adjust_protocol_liquidity(reserves, weights, tao, alpha);
    let grown = Reserves {
        tao: reserves.tao.saturating_add(adjusted.tao),
        alpha: reserves.alpha.saturating_add(adjusted.alpha),
    };
    Ok(json!({
        "actual_tao": number(adjusted.tao),
        "actual_alpha": number(adjusted.alpha),
        "price_before": fixed_value(price(reserves, weights)),
        "price_after": fixed_value(price(grown, adjusted.weights)),
        "quote_weight_after": number(adjusted.weights.quote),
    }))
}

fn recompute_init(case: &Map<String, Value>) -> Result<Value, CaseError> {
    let reserves = reserves(case)?;
    let (initialized, weights, error) = match weights_for_price(reserves, case::fixed_point(case, "price")?) {
        Ok(weights) => (true, weights, Value::Null),
        Err(error) => (false, Weights::EQUAL, error_value(error)),
    };
    Ok(json!({
        "err": error,
        "initialized": initialized,
        "price_after": fixed_value(price(reserves, weights)),
        "quote_weight": number(weights.quote),
    }))
}

fn recompute_math(case: &Map<String, Value>) -> Result<Value, CaseError> {
    let reserves = Reserves { tao: case::integer(case, "y")?, alpha: case::integer(case, "x")? };
    let (weights, _) = weights(case)?;
    let delta: u64 = case::integer(case, "d")?;
    let current: U64F64 = case::fixed_point(case, "pc")?;
    let target: U64F64 = case::fixed_point(case, "pt")?;
    let [base, quote] = [weights.base(), weights.quote];
    Ok(json!({
        "base_weight": number(base),
        "quote_weight": number(quote),
        "calculate_price(x,y)": fixed_value(price(reserves, weights)),
        "exp_base_quote(x,d)": fixed_value(remaining_fraction(reserves.alpha, delta, base, quote)),
        "exp_quote_base(y,d)": fixed_value(remaining_fraction(reserves.tao, delta, quote, base)),
        "calculate_quote_delta_in(pc,pt,y)": number(tao_to_reach_price(reserves, weights, current, target)),
        "calculate_base_delta_in(pc,pt,x)": number(alpha_to_reach_price(reserves, weights, current, target)),
        "get_base_needed_for_quote(y,x,d)": number(base_needed_for_quote(reserves, weights, delta)),
    }))
}

/// An error as the chain shows it: pallet, name and index.
fn error_value(error: SwapError) -> Value {
    let (name, index) = match error {
        SwapError::PriceLimitExceeded => ("PriceLimitExceeded", 3),
        SwapError::ReservesTooLow => ("ReservesTooLow", 7),
        SwapError::ReservesOutOfBalance => ("ReservesOutOfBalance", 10),
        SwapError::SwapInputTooLarge => ("SwapInputTooLarge", 11),
    };
    json!({ "pallet": "Swap", "error": name, "index": number(index) })
}

fn merged(mut left: Value, right: Value) -> Value {
    if let (Value::Object(left), Value::Object(right)) = (&mut left, right) {
        left.extend(right);
    }
    left
}
