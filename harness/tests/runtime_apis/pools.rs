//! `SwapRuntimeApi` (section 11, 5): prices recorded with the states, and simulated swaps as the vectors have them.

use super::dump::{bits, number, text, written};
use super::{ALL, ask, in_every_state, reference};
use assay::reference::states::States;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rao of TAO for 1 alpha, rounded down.
fn in_rao(price: u128) -> u64 {
    let (whole, fraction) = (price >> 64, price & u128::from(u64::MAX));
    u64::try_from(whole * 1_000_000_000 + ((fraction * 1_000_000_000) >> 64)).expect("a price")
}

#[test]
fn prices_are_those_that_the_real_chain_derived() {
    in_every_state(&ALL, |dump, asked| {
        let mut all = Vec::new();
        for netuid in dump.networks() {
            let recorded = in_rao(bits(&dump.state.derived["subnets"][netuid.to_string()]["price"]));
            let found = ask(asked, "SwapRuntimeApi.current_alpha_price", &[written(netuid)]);
            assert_eq!(number(&found), recorded, "{}: subnet {netuid}", dump.state.id);
            all.push(json!({ "netuid": written(netuid), "price": written(recorded) }));
        }
        let found = ask(asked, "SwapRuntimeApi.current_alpha_price_all", &[]);
        assert_eq!(found, Value::Array(all), "{}", dump.state.id);
    });
}

/// What a swap at the price before it would give beyond what it gave.
fn slippage(case: &Value, amount: u64, out: u64) -> u64 {
    let price = bits(&case["out"]["price_before"]);
    let ideal = if case["side"] == "buy" {
        // 0 for a price of 0 and for a quotient that is too large (section 01, 1.1).
        let amount = num_bigint_of(u128::from(amount)) << 128_u32;
        if price == 0 { 0 } else { u64::try_from((amount / num_bigint_of(price)) >> 64_u32).unwrap_or(0) }
    } else {
        u64::try_from((num_bigint_of(u128::from(amount)) * num_bigint_of(price)) >> 64_u32)
            .unwrap_or(u64::MAX)
    };
    ideal.saturating_sub(out)
}

fn num_bigint_of(value: u128) -> num_bigint::BigUint {
    num_bigint::BigUint::from(value)
}

/// Cases of the swap vectors with the limits that a simulation has.
fn is_simulation(case: &Value) -> bool {
    let limit = if case["side"] == "buy" { "1000000000000000" } else { "1000" };
    case["kind"] == "swap" && case["limit_price"] == limit && case["drop_fees"] == json!(false)
}

#[test]
fn simulated_swaps_are_those_of_the_vectors() {
    let states = States::read(&reference("traces.json.zst")).expect("states");
    let state = states.list().iter().find(|state| state.entries.contains_key("SubtensorModule.SubnetTAO(2)"));
    let state = state.expect("a state with subnet 2");
    let file = std::fs::File::open(reference("swap.json.zst")).expect("swaps");
    let file: Value = serde_json::from_reader(zstd::Decoder::new(file).expect("zstd")).expect("JSON");
    let (mut swapped, mut refused) = (0, 0);
    for case in file["cases"].as_array().expect("cases").iter().filter(|case| is_simulation(case)) {
        let weight = &case["quote_weight"];
        let changes = [
            ("SubtensorModule.SubnetMechanism(2)", json!("1")),
            ("SubtensorModule.SubnetTAO(2)", case["tao_reserve"].clone()),
            ("SubtensorModule.SubnetAlphaIn(2)", case["alpha_reserve"].clone()),
            ("Swap.SwapBalancer(2)", if weight.is_null() { Value::Null } else { json!({ "quote": weight }) }),
            ("Swap.PalSwapInitialized(2)", if weight.is_null() { Value::Null } else { json!(true) }),
            ("Swap.FeeRate(2)", case["fee_rate"].clone()),
        ];
        let changes: BTreeMap<String, Value> = changes.map(|(entry, value)| (entry.to_owned(), value)).into();
        let mut asked = states.at(state, &changes).expect("a state");
        let buy = case["side"] == "buy";
        let method = if buy { "sim_swap_tao_for_alpha" } else { "sim_swap_alpha_for_tao" };
        let found =
            ask(&mut asked, &format!("SwapRuntimeApi.{method}"), &[json!("2"), case["amount"].clone()]);
        let ok = &case["out"]["ok"];
        let expected = if ok.is_null() {
            refused += 1;
            json!({ "tao_amount": "0", "alpha_amount": "0", "tao_fee": "0", "alpha_fee": "0",
                "tao_slippage": "0", "alpha_slippage": "0" })
        } else {
            swapped += 1;
            let (paid, out, fee) = (&ok["amount_paid_in"], &ok["amount_paid_out"], &ok["fee_paid"]);
            let lost = written(slippage(case, number(&case["amount"]), number(out)));
            if buy {
                json!({ "tao_amount": paid, "alpha_amount": out, "tao_fee": fee, "alpha_fee": "0",
                    "tao_slippage": "0", "alpha_slippage": lost })
            } else {
                json!({ "tao_amount": out, "alpha_amount": paid, "tao_fee": "0", "alpha_fee": fee,
                    "tao_slippage": lost, "alpha_slippage": "0" })
            }
        };
        assert_eq!(found, expected, "{}", text(&case["id"]));
    }
    assert!(swapped > 100 && refused > 5, "only {swapped} swaps and {refused} refusals tried");
}
