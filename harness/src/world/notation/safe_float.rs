//! The share pool's own floating-point numbers as decimals (section 05): `mantissa * 10^exponent`, normalised so that
//! `10^20 < mantissa <= 10^21`, so that every number has one form.

use crate::amount::format_decimal;
use subxt::ext::scale_value::{At, Value};

/// The most that a normalised mantissa can be.
const LARGEST_MANTISSA: u128 = 1_000_000_000_000_000_000_000;

/// Digits after the point beyond which a number is shown as mantissa and exponent.
const MOST_DIGITS: u32 = 38;

/// The number that a decimal is, if the format has it exactly.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text: String = text.chars().filter(|character| !matches!(character, ',' | '_')).collect();
    let (decimal, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let mut mantissa: u128 = format!("{whole}{fraction}").parse().ok()?;
    let mut exponent = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    while mantissa > LARGEST_MANTISSA && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        exponent += 1;
    }
    while mantissa > 0 && mantissa <= LARGEST_MANTISSA / 10 {
        mantissa *= 10;
        exponent -= 1;
    }
    let exponent = if mantissa == 0 { 0 } else { exponent };
    let fits = mantissa <= LARGEST_MANTISSA;
    let parts = [("mantissa", Value::u128(mantissa)), ("exponent", Value::i128(exponent.into()))];
    fits.then(|| Value::named_composite(parts))
}

/// The decimal that a number is.
pub(super) fn show(value: &Value) -> Option<String> {
    let mantissa = value.at("mantissa")?.as_u128()?;
    let exponent = value.at("exponent")?;
    let exponent = exponent.as_i128().or_else(|| i128::try_from(exponent.as_u128()?).ok())?;
    let digits = u32::try_from(-exponent).ok().filter(|digits| *digits <= MOST_DIGITS);
    Some(match digits.and_then(|digits| usize::try_from(digits).ok()) {
        Some(digits) => format_decimal(mantissa, digits),
        None => format!("{mantissa}e{exponent}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_go_both_ways() {
        for text in ["19,792,107,632", "0.5", "0", "1", "12.000000001", "999999999999999999999e-60"] {
            assert_eq!(show(&parse(text).unwrap()).as_deref(), Some(text));
        }
        let one = parse("1").unwrap();
        assert_eq!(one.at("mantissa").and_then(Value::as_u128), Some(LARGEST_MANTISSA));
        assert_eq!(one.at("exponent").and_then(Value::as_i128), Some(-21));
        assert_eq!(parse("many"), None);
        assert_eq!(parse("1.0000000000000000000001"), None, "more digits than the format has");
    }
}
