//! Reading the fields of a case, and writing values in the vectors' notation.
//!
//! Integers are decimal strings, fixed-point numbers are `{"bits", "dec"}`, absent values are `null`. Every reader
//! fails with a [`CaseError`] that names the field when it is missing or of another type.

use fixed::traits::Fixed;
use serde_json::{Map, Value, json};
use std::str::FromStr;
use thiserror::Error;

/// A field of a case that is missing or not what its family expects.
#[derive(Debug, Error)]
#[error("field `{field}`: {problem}")]
pub struct CaseError {
    /// The field, as a dotted path.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl CaseError {
    /// A complaint about one field.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}

/// The field `name`, which must be present (it may be `null`).
pub fn get<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a Value, CaseError> {
    object.get(name).ok_or_else(|| CaseError::new(name, "is missing"))
}

/// The object in the field `name`.
pub fn object<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a Map<String, Value>, CaseError> {
    get(object, name)?.as_object().ok_or_else(|| CaseError::new(name, "is not an object"))
}

/// The list in the field `name`.
pub fn list<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a [Value], CaseError> {
    get(object, name)?.as_array().map(Vec::as_slice).ok_or_else(|| CaseError::new(name, "is not a list"))
}

/// The text in the field `name`.
pub fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a str, CaseError> {
    get(object, name)?.as_str().ok_or_else(|| CaseError::new(name, "is not a string"))
}

/// The boolean in the field `name`.
pub fn boolean(object: &Map<String, Value>, name: &str) -> Result<bool, CaseError> {
    get(object, name)?.as_bool().ok_or_else(|| CaseError::new(name, "is not true or false"))
}

/// The integer (a decimal string) in the field `name`.
pub fn integer<T: FromStr>(object: &Map<String, Value>, name: &str) -> Result<T, CaseError> {
    parse(get(object, name)?, name)
}

/// The integer in the field `name`, or `None` where it is `null`.
pub fn optional_integer<T: FromStr>(object: &Map<String, Value>, name: &str) -> Result<Option<T>, CaseError> {
    match get(object, name)? {
        Value::Null => Ok(None),
        value => parse(value, name).map(Some),
    }
}

/// The list of integers in the field `name`.
pub fn integers<T: FromStr>(object: &Map<String, Value>, name: &str) -> Result<Vec<T>, CaseError> {
    list(object, name)?.iter().map(|value| parse(value, name)).collect()
}

/// One integer, written as a decimal string; `field` names it in errors.
pub fn parse<T: FromStr>(value: &Value, field: &str) -> Result<T, CaseError> {
    let text = value.as_str().ok_or_else(|| CaseError::new(field, "is not an integer in a string"))?;
    text.parse().map_err(|_| {
        CaseError::new(field, format!("`{text}` is not an integer of {}", std::any::type_name::<T>()))
    })
}

/// The fixed-point number `{"bits", "dec"}` in the field `name`.
pub fn fixed_point<F>(object: &Map<String, Value>, name: &str) -> Result<F, CaseError>
where
    F: Fixed,
    F::Bits: FromStr,
{
    parse_fixed(get(object, name)?, name)
}

/// One fixed-point number `{"bits", "dec"}`; `field` names it in errors.
pub fn parse_fixed<F>(value: &Value, field: &str) -> Result<F, CaseError>
where
    F: Fixed,
    F::Bits: FromStr,
{
    let bits = value.get("bits").ok_or_else(|| CaseError::new(field, "has no `bits`"))?;
    parse(bits, field).map(F::from_bits)
}

/// An integer in the vectors' notation.
#[allow(clippy::needless_pass_by_value, reason = "called with integers")]
pub fn number(value: impl ToString) -> Value {
    Value::String(value.to_string())
}

/// A fixed-point number in the vectors' notation: raw bits, and a decimal cut after 24 digits.
pub fn fixed_value<F: Fixed>(value: F) -> Value
where
    F::Bits: ToString,
{
    json!({ "bits": value.to_bits().to_string(), "dec": decimal(value) })
}

/// The exact decimal of a fixed-point number without trailing zeros, then cut (not rounded) after 24 digits.
fn decimal<F: Fixed>(value: F) -> String {
    // A binary fraction of at most 64 bits has at most 64 decimal digits, so this text is exact.
    let exact = format!("{value:.64}");
    let (whole, fraction) = exact.split_once('.').unwrap_or((&exact, ""));
    let fraction = fraction.trim_end_matches('0');
    match fraction.get(..24).unwrap_or(fraction) {
        "" => whole.to_owned(),
        kept => format!("{whole}.{kept}"),
    }
}
