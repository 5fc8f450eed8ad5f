//! The families of `assay reference` that need no chain, from the harness itself.
#![expect(dead_code, reason = "the harness reports more than whether something differs")]

#[path = "../../../../../harness/src/reference/block_emission.rs"]
mod block_emission;
#[path = "../../../../../harness/src/reference/case.rs"]
mod case;
#[path = "../../../../../harness/src/reference/compare.rs"]
mod compare;
#[path = "../../../../../harness/src/reference/costs/mod.rs"]
mod costs;
#[path = "../../../../../harness/src/reference/epoch.rs"]
mod epoch;
#[path = "../../../../../harness/src/reference/files.rs"]
mod files;
#[path = "../../../../../harness/src/reference/formulas/mod.rs"]
mod formulas;
#[path = "../../../../../harness/src/reference/swap.rs"]
mod swap;

use serde_json::{Map, Value};
use std::panic::catch_unwind;
use std::path::Path;

/// The first case of a file that does not come out as recorded, with the field.
pub fn first_difference(path: &Path) -> Result<Option<String>, String> {
    let cases = files::read_file(path).map_err(|error| error.to_string())?.cases;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let family = name.split('.').next().unwrap_or_default();
    for case in &cases {
        let id = case.get("id").and_then(Value::as_str).unwrap_or_default();
        match catch_unwind(|| recompute(family, case)) {
            Ok(Ok(found)) => {
                if let Some(difference) = compare::differences(case, &found).first() {
                    return Ok(Some(format!("{id}: {}", difference.field)));
                }
            }
            Ok(Err(error)) => return Ok(Some(format!("{id}: {}: {}", error.field, error.problem))),
            Err(_) => return Ok(Some(format!("{id}: it panicked"))),
        }
    }
    Ok(None)
}

fn recompute(family: &str, case: &Map<String, Value>) -> Result<Map<String, Value>, case::CaseError> {
    match family {
        "swap" => swap::recompute(case),
        "epoch" => epoch::recompute(case),
        "formulas" => formulas::recompute(case),
        "costs" => costs::recompute(case),
        _ => block_emission::recompute(case),
    }
}
