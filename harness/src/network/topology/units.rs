//! Durations, shares and rates as people write them.

use crate::amount::{Amount, Unit, parse_decimal};
use schemars::JsonSchema;
use serde::Deserialize;
use std::time::Duration;

/// Parts of a whole in which losses are counted.
pub const MILLION: u32 = 1_000_000;

/// A duration such as `250ms`, `1.5s` or `2min`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Span(#[schemars(with = "String", regex(pattern = r"^[0-9][0-9_,.]* ?(ms|s|min)$"))] pub Duration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse_duration(&text).map(Self)
    }
}

/// Reads a duration such as `250ms`, `1.5s` or `2min`, to the microsecond.
///
/// # Errors
/// A text that is none, in words for a person.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let micros = with_unit(text, &[("ms", 3, 1), ("s", 6, 1), ("min", 6, 60)])
        .map_err(|problem| format!("`{text}` is no duration: {problem}; write 20ms, 1.5s or 2min"))?;
    Ok(Duration::from_micros(micros))
}

/// A share such as `1%` or `0.05%`, in parts of a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Share(#[schemars(with = "String", regex(pattern = r"^[0-9][0-9.]* ?%$"))] pub u32);

impl TryFrom<String> for Share {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse_share(&text).map(Self)
    }
}

/// Reads a share below 100% in parts of a million.
///
/// # Errors
/// A text that is none, in words for a person.
pub fn parse_share(text: &str) -> Result<u32, String> {
    let parts = with_unit(text, &[("%", 4, 1)])
        .map_err(|problem| format!("`{text}` is no share: {problem}; write 1% or 0.05%"))?;
    match u32::try_from(parts) {
        Ok(parts) if parts < MILLION => Ok(parts),
        _ => Err(format!("`{text}` of what is sent cannot be lost; it must be below 100%")),
    }
}

/// A rate such as `10 Mbit/s`, in bytes a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Bandwidth(#[schemars(with = "String", regex(pattern = r"^[0-9][0-9_,.]* ?[kMG]bit/s$"))] pub u64);

impl TryFrom<String> for Bandwidth {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bits =
            with_unit(&text, &[("kbit/s", 3, 1), ("Mbit/s", 6, 1), ("Gbit/s", 9, 1)]).map_err(|problem| {
                format!("`{text}` is no rate: {problem}; write 500 kbit/s, 10 Mbit/s or 1 Gbit/s")
            })?;
        match bits / 8 {
            0 => Err(format!("`{text}` is too slow; what is cut off is a partition, not a slow link")),
            bytes => Ok(Self(bytes)),
        }
    }
}

/// An amount of TAO such as `100 TAO` or `5 rao`, in rao.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Tao(#[schemars(with = "String", regex(pattern = r"^[0-9][0-9_,.]* ?(TAO|rao)$"))] pub u64);

impl TryFrom<String> for Tao {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Amount::parse(&text, Unit::Tao).map(|amount| Self(amount.rao())).map_err(|error| error.to_string())
    }
}

/// A number before one of some units: name, decimal digits, factor.
fn with_unit(text: &str, units: &[(&str, usize, u64)]) -> Result<u64, String> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit.trim();
    let Some((_, digits, factor)) = units.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(unit)) else {
        return Err(if unit.is_empty() { "it has no unit".into() } else { format!("`{unit}` is no unit") });
    };
    let value = parse_decimal(number, *digits).map_err(|error| error.to_string())?;
    value.checked_mul(*factor).ok_or_else(|| "it is too large".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_shares_and_rates_are_read_exactly() {
        assert_eq!(parse_duration("20ms"), Ok(Duration::from_millis(20)));
        assert_eq!(parse_duration("1.5 s"), Ok(Duration::from_millis(1500)));
        assert_eq!(parse_duration("2min"), Ok(Duration::from_secs(120)));
        assert_eq!(parse_share("0.05%"), Ok(500));
        assert_eq!(Bandwidth::try_from("8 Mbit/s".to_owned()), Ok(Bandwidth(1_000_000)));
    }

    #[test]
    fn what_is_none_is_explained() {
        assert!(parse_duration("20").unwrap_err().contains("it has no unit"));
        assert!(parse_duration("20 apples").unwrap_err().contains("`apples` is no unit"));
        assert!(parse_duration("fast").unwrap_err().contains("write 20ms"));
        assert!(parse_share("100%").unwrap_err().contains("below 100%"));
        assert!(Bandwidth::try_from("0.001 kbit/s".to_owned()).unwrap_err().contains("too slow"));
    }
}
