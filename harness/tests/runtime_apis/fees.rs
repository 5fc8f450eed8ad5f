//! `TransactionPaymentCallApi` and `AccountNonceApi`: what the recorded calls cost, and who has sent how many.

use super::dump::{number, text, written};
use super::{ALL, ask, in_every_state, reference};
use assay::reference::states::States;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Stock pallets whose calls were measured anew since (`harness/src/reference/replay/known.rs`).
fn is_measured_anew(pallet: &str, call: &str) -> bool {
    ["Proxy", "Utility"].contains(&pallet) || (pallet, call) == ("Balances", "burn")
}

/// Rao for a byte of a transaction (section 10, 3).
const FEE_PER_BYTE: u64 = 1;

#[test]
fn calls_cost_what_the_real_chain_asked_for_them() {
    let mut tried = std::collections::BTreeSet::new();
    for file in ["traces.json.zst", "traces-paths.json.zst"] {
        let states = States::read(&reference(file)).expect("states");
        let mut asked = states.at(&states.list()[0], &BTreeMap::new()).expect("a state");
        let file = std::fs::File::open(reference(file)).expect("traces");
        let file: Value = serde_json::from_reader(zstd::Decoder::new(file).expect("zstd")).expect("JSON");
        let steps = file["cases"]
            .as_array()
            .expect("cases")
            .iter()
            .flat_map(|case| case["steps"].as_array().expect("steps"));
        for step in steps.filter(|step| step["op"] == "extrinsic") {
            let (pallet, call) = (text(&step["pallet"]), text(&step["call"]));
            if is_measured_anew(&pallet, &call) {
                continue;
            }
            let no_arguments = step["args"].as_object().is_some_and(serde_json::Map::is_empty);
            let inner = if no_arguments { json!(call) } else { json!({ call.clone(): step["args"] }) };
            let length = &step["weight"]["call_len"];
            let arguments = [json!({ pallet.clone(): inner }), length.clone()];
            let found = ask(&mut asked, "TransactionPaymentCallApi.query_call_info", &arguments);
            let recorded = &step["weight"];
            let fee = match text(&recorded["pays"]).as_str() {
                "Yes" => number(&recorded["inclusion_fee_without_length"]) + FEE_PER_BYTE * number(length),
                _ => 0,
            };
            let expected = json!({
                "weight": { "ref_time": recorded["ref_time"], "proof_size": recorded["proof_size"] },
                "class": recorded["class"],
                "partial_fee": written(fee),
            });
            assert_eq!(found, expected, "{pallet}.{call} {}", step["args"]);
            tried.insert((pallet, call));
        }
    }
    assert!(tried.len() > 100, "only {} calls tried", tried.len());
}

#[test]
fn nonces_are_those_of_the_accounts() {
    in_every_state(&ALL[..1], |dump, asked| {
        for coldkey in dump.coldkeys() {
            let account = dump.state.entries.get(&format!("System.Account({coldkey})"));
            let nonce = account.map_or(json!("0"), |account| account["nonce"].clone());
            assert_eq!(ask(asked, "AccountNonceApi.account_nonce", &[json!(coldkey)]), nonce);
        }
    });
}
