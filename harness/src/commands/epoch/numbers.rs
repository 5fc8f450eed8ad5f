//! Numbers in a subnet's description, read exactly.

use crate::amount::{Amount, parse_alpha, parse_decimal, parse_tao};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use std::fmt;

/// Digits after the point of a weight or of a fraction.
const DIGITS: usize = 9;
/// One, in units of the last of these digits.
pub const BILLION: u64 = 10_u64.pow(9);

/// An amount of alpha, in rao.
pub fn alpha<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let parse = |text: &str| parse_alpha(text).map(Amount::rao).map_err(|error| error.to_string());
    Decimal(parse).deserialize(deserializer)
}

/// An amount of TAO, in rao.
pub fn tao<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let parse = |text: &str| parse_tao(text).map(Amount::rao).map_err(|error| error.to_string());
    Decimal(parse).deserialize(deserializer)
}

/// A decimal from 0 to 1, in billionths.
pub fn fraction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let parse = |text: &str| match parse_decimal(text, DIGITS).map_err(|error| error.to_string())? {
        parts if parts <= BILLION => Ok(parts),
        _ => Err(format!("`{text}` is more than 1")),
    };
    Decimal(parse).deserialize(deserializer)
}

/// Weights by name, in billionths.
pub fn weights<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, u64)>, D::Error> {
    let parse = |text: &str| parse_decimal(text, DIGITS).map_err(|error| error.to_string());
    deserializer.deserialize_map(ByName(parse))
}

/// Bonds by name, in parts of 65,535.
pub fn bonds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, u16)>, D::Error> {
    let parse =
        |text: &str| text.parse().map_err(|_| format!("`{text}` is not a whole number from 0 to 65535"));
    deserializer.deserialize_map(ByName(parse))
}

/// Reads a number from its text: YAML's own numbers would pass through binary fractions.
struct Decimal<T>(fn(&str) -> Result<T, String>);

impl<'de, T> DeserializeSeed<'de> for Decimal<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T> Visitor<'_> for Decimal<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// Reads numbers by name of a neuron, each name once, in the order of the file: the chain keeps the order of weights.
struct ByName<T>(fn(&str) -> Result<T, String>);

impl<'de, T> Visitor<'de> for ByName<T> {
    type Value = Vec<(String, T)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map from names of neurons to numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(String, T)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if entries.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("`{name}` appears twice")));
            }
            let value = map.next_value_seed(Decimal(self.0))?;
            entries.push((name, value));
        }
        Ok(entries)
    }
}
