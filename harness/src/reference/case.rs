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

/// The list of texts in the field `name`.
pub fn texts<'a>(object: &'a Map<String, Value>, name: &str) -> Result<Vec<&'a str>, CaseError> {
    let text =
        |value: &'a Value| value.as_str().ok_or_else(|| CaseError::new(name, "is not a list of strings"));
    list(object, name)?.iter().map(text).collect()
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
    let bits = value.to_bits().to_string();
    json!({ "bits": bits, "dec": decimal(&bits, F::FRAC_NBITS) })
}

/// Decimal digits after the point that the vectors keep.
const DIGITS: usize = 24;

/// The exact decimal of a fixed-point number without trailing zeros, then cut (not rounded) after 24 digits.
///
/// Digit by digit from the raw bits: the library's own formatting rounds where the rest is within a few units of the
/// next digit, whatever precision is asked for.
fn decimal(bits: &str, fraction_bits: u32) -> String {
    let (sign, magnitude) = bits.strip_prefix('-').map_or(("", bits), |magnitude| ("-", magnitude));
    // The formats here have at most 128 bits, 64 of them after the point, so ten times a fraction fits.
    let magnitude: u128 = magnitude.parse().unwrap_or_default();
    let (one, mut rest) = (1_u128 << fraction_bits, magnitude & ((1 << fraction_bits) - 1));
    let mut digits = String::new();
    for _ in 0..DIGITS {
        rest *= 10;
        digits.push_str(&(rest / one).to_string());
        rest %= one;
    }
    let whole = magnitude >> fraction_bits;
    // Zeros at the end are left out only where nothing was cut.
    match if rest == 0 { digits.trim_end_matches('0') } else { &digits } {
        "" => format!("{sign}{whole}"),
        kept => format!("{sign}{whole}.{kept}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixed::types::{I64F64, I96F32, U64F64};

    fn dec(value: &Value) -> &str {
        value["dec"].as_str().unwrap()
    }

    #[test]
    fn decimals_are_exact_and_cut() {
        assert_eq!(dec(&fixed_value(I96F32::from_bits(5_153_960_755))), "1.199999999953433871269226");
        assert_eq!(
            dec(&fixed_value(U64F64::from_bits(1_068_837_907_608_454_830_766))),
            "57.941819073197379822977130"
        );
        assert_eq!(dec(&fixed_value(I96F32::from_bits(12_885))), "0.000003000022843480110168");
        assert_eq!(
            dec(&fixed_value(U64F64::from_bits(u128::MAX))),
            "18446744073709551615.999999999999999999945789"
        );
        assert_eq!(dec(&fixed_value(I64F64::from_bits(-(3_i128 << 63)))), "-1.5");
        assert_eq!(dec(&fixed_value(I64F64::from_bits(0))), "0");
        assert_eq!(dec(&fixed_value(I64F64::from_bits(7 << 64))), "7");
    }
}
