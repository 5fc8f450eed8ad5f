//! The differences between what a case recorded and what was found now.

use super::case::CaseError;
use serde_json::{Map, Value};
use std::any::Any;

/// One field that is not what the real chain gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Path of the field inside the case, such as `out.ok.fee_paid`.
    pub field: String,
    /// What the vector holds.
    pub expected: String,
    /// What was found.
    pub got: String,
}

impl Difference {
    pub(super) fn unreadable(error: &CaseError) -> Self {
        Self {
            field: error.field.clone(),
            expected: "a field this family can read".into(),
            got: error.problem.clone(),
        }
    }

    pub(super) fn not_run() -> Self {
        Self { field: "(case)".into(), expected: "a result".into(), got: "no thread to run it".into() }
    }

    /// A panic, with what it said.
    pub(super) fn panicked(panic: &(dyn Any + Send)) -> Self {
        Self { field: "(case)".into(), expected: "a result".into(), got: format!("a panic: {}", said(panic)) }
    }
}

/// What a panic said.
pub(super) fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

/// Every leaf of `found` that differs from the same place in `case`, and every leaf recorded beside it that was not
/// found. `found` holds the case's output keys only, so inputs are not compared.
pub(super) fn differences(case: &Map<String, Value>, found: &Map<String, Value>) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (key, got) in found {
        compare(key, case.get(key), Some(got), &mut differences);
    }
    differences
}

/// Adds every leaf that differs below `path`.
pub(super) fn compare(
    path: &str,
    expected: Option<&Value>,
    got: Option<&Value>,
    differences: &mut Vec<Difference>,
) {
    match (expected, got) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            for (key, value) in left {
                compare(&format!("{path}.{key}"), Some(value), right.get(key), differences);
            }
            for (key, value) in right.iter().filter(|(key, _)| !left.contains_key(*key)) {
                compare(&format!("{path}.{key}"), None, Some(value), differences);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            for index in 0..left.len().max(right.len()) {
                compare(&format!("{path}[{index}]"), left.get(index), right.get(index), differences);
            }
        }
        (expected, got) if expected == got => {}
        (expected, got) => {
            differences.push(Difference { field: path.to_owned(), expected: show(expected), got: show(got) });
        }
    }
}

fn show(value: Option<&Value>) -> String {
    match value {
        None => "(absent)".into(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(case: &Value, found: &Value) -> Vec<String> {
        let (Some(case), Some(found)) = (case.as_object(), found.as_object()) else { return vec![] };
        differences(case, found).into_iter().map(|difference| difference.field).collect()
    }

    #[test]
    fn equal_outputs_have_no_difference_and_inputs_are_not_compared() {
        assert!(fields(&json!({"in": "1", "out": {"a": "2"}}), &json!({"out": {"a": "2"}})).is_empty());
    }

    #[test]
    fn a_changed_a_missing_and_an_extra_field_are_all_reported() {
        let case = json!({"out": {"a": "1", "b": ["1", "2"], "c": "3"}});
        let found = json!({"out": {"a": "2", "b": ["1"], "d": "4"}});
        assert_eq!(fields(&case, &found), ["out.a", "out.b[1]", "out.c", "out.d"]);
    }
}
