//! A replay that agrees, and the same replay with one recorded value changed: every kind of change must be seen.

use super::*;
use crate::reference::files::{VectorFile, read_file};
use codec::Decode;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::TypeDef;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A short case: registrations of subnets and a few blocks.
const CASE: &str = "trace-0-register-basic";

fn file() -> VectorFile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425");
    read_file(&folder.join("traces.json.zst")).unwrap()
}

/// Fields that differ once `change` was made to the recorded case.
fn fields_after(change: impl FnOnce(&mut Value), selection: &Selection) -> Vec<String> {
    let file = file();
    let replays = Replays::of_file(&file.shared, selection).unwrap();
    let case = file.cases.into_iter().find(|case| case["id"] == CASE).unwrap();
    let mut case = Value::Object(case);
    change(&mut case);
    let differences = replays.check(Family::Traces, case.as_object().unwrap()).unwrap();
    differences.into_iter().map(|difference| difference.field).collect()
}

fn fields(change: impl FnOnce(&mut Value)) -> Vec<String> {
    fields_after(change, &Selection::default())
}

/// The first step that is `op` and not empty.
fn step<'a>(case: &'a mut Value, op: &str) -> (usize, &'a mut Value) {
    let steps = case["steps"].as_array_mut().unwrap();
    let mut found = steps.iter_mut().enumerate();
    found.find(|(_, step)| step["op"] == op && step["events"] != json!([])).unwrap()
}

#[test]
fn the_recorded_case_agrees() {
    assert_eq!(fields(|_| ()), Vec::<String>::new());
}

#[test]
fn a_changed_value_a_missing_and_an_extra_entry_are_seen() {
    let entry = "SubtensorModule.Burn(0)";
    let set = fields(|case| step(case, "advance").1["diff"]["set"][entry] = json!("1"));
    assert_eq!(set, [format!("steps[0] advance.diff.{entry}")]);
    let missing = fields(|case| {
        step(case, "advance").1["diff"]["set"].as_object_mut().unwrap().remove(entry).unwrap();
    });
    assert_eq!(missing, [format!("steps[0] advance.diff.{entry}")]);
    let extra = fields(|case| step(case, "advance").1["diff"]["del"] = json!(["SubtensorModule.Tempo(1)"]));
    assert_eq!(extra, ["steps[0] advance.diff.SubtensorModule.Tempo(1)"]);
    let last = fields(|case| case["final_state"]["SubtensorModule.Tempo(1)"] = json!("1"));
    assert_eq!(last, ["final_state.SubtensorModule.Tempo(1)"]);
}

#[test]
fn changed_events_results_and_derived_values_are_seen() {
    let field = fields(|case| step(case, "advance").1["events"][0]["fields"]["amount"] = json!("1"));
    assert_eq!(field, ["steps[0] advance.events[0].fields.amount"]);
    let missing = fields(|case| {
        step(case, "extrinsic").1["events"].as_array_mut().unwrap().pop().unwrap();
    });
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].starts_with("steps[2] SubtensorModule.register_network.events["), "{missing:?}");
    let result = fields(|case| step(case, "extrinsic").1["result"] = json!({"err": {"error": "BadOrigin"}}));
    assert_eq!(result.len(), 2, "{result:?}");
    let price = fields(|case| case["final_derived"]["subnets"]["2"]["price"]["bits"] = json!("1"));
    assert_eq!(price, ["final_derived.subnets.2.price.bits"]);
}

#[test]
fn a_changed_weight_is_seen_and_ends_nothing() {
    let change = |case: &mut Value| step(case, "extrinsic").1["weight"]["ref_time"] = json!("1");
    assert_eq!(fields(change), ["steps[2] SubtensorModule.register_network.weight.ref_time"]);
    let selection = Selection { without_weights: true, ..Selection::default() };
    assert_eq!(fields_after(change, &selection), Vec::<String>::new());
}

#[test]
fn a_replay_that_keeps_going_goes_on_from_the_recorded_state() {
    let change = |case: &mut Value| {
        for index in [0, 1] {
            case["steps"][index]["diff"]["set"]["SubtensorModule.TotalNetworks"] = json!("7");
        }
    };
    assert_eq!(fields(change), ["steps[0] advance.diff.SubtensorModule.TotalNetworks"]);
    let selection = Selection { keep_going: true, ..Selection::default() };
    let all = fields_after(change, &selection);
    assert_eq!(all[0], "steps[0] advance.diff.SubtensorModule.TotalNetworks");
    assert!(
        !all.iter().any(|field| field.starts_with("steps[1]")),
        "the recorded state was not taken over: {all:?}"
    );
}

/// `Pallet.Event.field` of every event in a metadata, and `Pallet.Event`.
fn events_of(metadata: &RuntimeMetadataPrefixed) -> BTreeSet<String> {
    let RuntimeMetadata::V14(metadata) = &metadata.1 else { panic!("not version 14") };
    let mut names = BTreeSet::new();
    for pallet in &metadata.pallets {
        let Some(event) = &pallet.event else { continue };
        let TypeDef::Variant(variants) = &metadata.types.resolve(event.ty.id).unwrap().type_def else {
            continue;
        };
        for variant in &variants.variants {
            let name = format!("{}.{}", pallet.name, variant.name);
            let fields = variant.fields.iter().filter_map(|field| field.name.as_ref());
            names.extend(fields.map(|field| format!("{name}.{field}")));
            names.insert(name);
        }
    }
    names
}

#[test]
fn what_is_left_out_as_new_is_in_this_runtime_and_not_in_the_reference() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425/metadata-v14.scale");
    let reference = RuntimeMetadataPrefixed::decode(&mut fs::read(path).unwrap().as_slice()).unwrap();
    let (reference, ours) = (events_of(&reference), events_of(&assay_runtime::Runtime::metadata()));
    let events = known::NEW_EVENTS.map(|(pallet, event, _)| format!("{pallet}.{event}"));
    let fields = known::NEW_FIELDS.map(|(pallet, event, field, _)| format!("{pallet}.{event}.{field}"));
    for name in events.iter().chain(&fields) {
        assert!(ours.contains(name), "{name} is on the list but not in this runtime");
        assert!(!reference.contains(name), "{name} is on the list but the reference has it");
    }
}
