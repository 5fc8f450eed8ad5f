//! The fields that a case may have. One that nobody reads here would be passed over in silence; it is a failure instead.

use super::{Difference, Family};
use serde_json::{Map, Value};

/// Fields of every case.
const EVERY: [&str; 4] = ["id", "kind", "name", "note"];

const EPOCH_INPUT: [&str; 30] = [
    "activity_cutoff_factor_milli",
    "alpha_high",
    "alpha_low",
    "alpha_sigmoid_steepness",
    "alpha_stake",
    "block",
    "block_at_registration",
    "bonds",
    "bonds_moving_average",
    "bonds_penalty",
    "children",
    "commit_reveal_enabled",
    "epoch_index",
    "kappa",
    "last_mechanism_step_block",
    "last_update",
    "liquid_alpha_on",
    "max_allowed_validators",
    "n",
    "owner_uid",
    "permits",
    "rao_emission",
    "reveal_period_epochs",
    "root_stake",
    "stake_threshold",
    "tao_weight",
    "tempo",
    "weight_commits",
    "weights",
    "yuma3_on",
];

const CHECKPOINT: [&str; 6] =
    ["block", "blocks_from_start", "derived", "diff", "event_counts_since_last", "events_of_block"];

/// Fields of a family's cases beside those of every case; none where the family looks at its fields itself.
fn of_case(family: Family, kind: &str) -> Option<&'static [&'static str]> {
    let fields: &[&str] = match (family, kind) {
        (Family::Swap, "swap") => &[
            "alpha_reserve",
            "amount",
            "drop_fees",
            "fee_rate",
            "limit_price",
            "out",
            "quote_weight",
            "side",
            "tao_reserve",
        ],
        (Family::Swap, "weights") => {
            &["alpha_delta", "alpha_reserve", "out", "quote_weight", "tao_delta", "tao_reserve"]
        }
        (Family::Swap, "init") => &["alpha_reserve", "out", "price", "tao_reserve"],
        (Family::Swap, _) => &["d", "out", "pc", "pt", "quote_weight", "x", "y"],
        (Family::BlockEmission, _) => &["issuance", "out"],
        (Family::Epoch, _) => &["derived_in", "in", "out"],
        (Family::Costs, "lock_cost") => &[
            "last_lock",
            "last_lock_block",
            "lock_reduction_interval",
            "min_lock",
            "series",
            "total_issuance",
        ],
        (Family::Costs, "burn_series") => &[
            "burn",
            "burn_half_life",
            "burn_increase_mult",
            "burn_increase_mult_is_default",
            "max_burn",
            "min_burn",
            "series",
            "start_block",
        ],
        (Family::Costs, "swap_fee") => &["amount", "fee", "fee_on_mechanism_0", "fee_rate"],
        (Family::Costs, _) => &["length", "length_fee", "ref_time", "weight_fee"],
        (Family::Formulas, "emission_terms") => {
            &["block_emission", "out", "root_tao", "subnets", "tao_weight"]
        }
        (Family::Formulas, "moving_price") => &[
            "ema_price_halving_blocks",
            "moving_price_after_each_block",
            "start_block",
            "subnet",
            "subnet_moving_alpha",
        ],
        (Family::Formulas, "share_pool") => &["after_each_op", "hotkey", "netuid", "ops"],
        (Family::Formulas, "mechanism_split") => &["alpha", "mechanism_count", "out", "split"],
        (Family::Formulas, _) => &[
            "conviction",
            "last_update",
            "locked_mass",
            "maturity_rate",
            "now",
            "out",
            "owner_lock",
            "perpetual_lock",
            "unlock_rate",
        ],
        (Family::Coinbase, _) => &[
            "blocks",
            "checkpoints",
            "initial_derived",
            "initial_state",
            "migrated_parameters",
            "root_stake",
            "start_block",
            "subnets",
        ],
        (Family::Traces, _) => &["final_derived", "final_state", "initial_state", "start_block", "steps"],
        (Family::Slashing, "slash_sequence") => &["about", "before", "given", "steps", "topic"],
        (Family::Slashing, _) => &["in", "out"],
        _ => return None,
    };
    Some(fields)
}

fn of_step(operation: &str) -> &'static [&'static str] {
    match operation {
        "advance" => &["block", "blocks", "diff", "event_counts", "events"],
        "extrinsic" => &["args", "block", "call", "diff", "events", "pallet", "result", "signer", "weight"],
        _ => &["text"],
    }
}

/// Every field of a case that its family does not know.
pub(super) fn unknown_fields(family: Family, case: &Map<String, Value>) -> Vec<Difference> {
    let kind = case.get("kind").and_then(Value::as_str).unwrap_or_default();
    let mut unknown = Vec::new();
    let Some(fields) = of_case(family, kind) else { return unknown };
    look(case, "", &[&EVERY, fields], &mut unknown);
    match family {
        Family::Epoch => {
            if let Some(input) = case.get("in").and_then(Value::as_object) {
                look(input, "in.", &[&EPOCH_INPUT], &mut unknown);
            }
        }
        Family::Coinbase => {
            for (index, checkpoint) in objects(case, "checkpoints") {
                look(checkpoint, &format!("checkpoints[{index}]."), &[&CHECKPOINT], &mut unknown);
            }
        }
        Family::Traces => {
            for (index, step) in objects(case, "steps") {
                let operation = step.get("op").and_then(Value::as_str).unwrap_or_default();
                look(step, &format!("steps[{index}]."), &[&["op"], of_step(operation)], &mut unknown);
            }
        }
        _ => {}
    }
    unknown
}

fn objects<'a>(
    case: &'a Map<String, Value>,
    field: &str,
) -> impl Iterator<Item = (usize, &'a Map<String, Value>)> {
    let list = case.get(field).and_then(Value::as_array).into_iter().flatten();
    list.enumerate().filter_map(|(index, one)| Some((index, one.as_object()?)))
}

fn look(object: &Map<String, Value>, path: &str, known: &[&[&str]], unknown: &mut Vec<Difference>) {
    let is_known = |name: &str| known.iter().any(|names| names.contains(&name));
    for (name, value) in object.iter().filter(|(name, _)| !is_known(name)) {
        unknown.push(Difference {
            field: format!("{path}{name}"),
            expected: value.to_string(),
            got: "no field that is known here".into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn unknown(family: Family, case: &Value) -> Vec<String> {
        let unknown = unknown_fields(family, case.as_object().unwrap());
        unknown.into_iter().map(|difference| difference.field).collect()
    }

    #[test]
    fn a_field_that_nobody_reads_is_named() {
        let case = json!({ "id": "a", "kind": "tx_fee", "ref_time": "1", "surcharge": "2" });
        assert_eq!(unknown(Family::Costs, &case), ["surcharge"]);
        let case = json!({ "kind": "x", "steps": [{ "op": "advance", "block": "1", "mood": "good" }] });
        assert_eq!(unknown(Family::Traces, &case), ["steps[0].mood"]);
        let case = json!({ "kind": "x", "in": { "kappa": "1", "lambda": "2" } });
        assert_eq!(unknown(Family::Epoch, &case), ["in.lambda"]);
    }
}
