//! Bytes in JSON: `0x` and two digits for each byte.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes bytes.
///
/// # Errors
/// Those of the writer.
pub fn serialize<S: Serializer>(bytes: impl AsRef<[u8]>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&shown(bytes))
}

/// Reads as many bytes as are wanted.
///
/// # Errors
/// A text that is not `0x` and exactly the digits of these bytes.
pub fn deserialize<'de, const N: usize, T: From<[u8; N]>, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
    let bytes = bytes.and_then(|bytes| <[u8; N]>::try_from(bytes).ok());
    bytes
        .map(T::from)
        .ok_or_else(|| D::Error::custom(format!("expected 0x and {} hexadecimal digits", 2 * N)))
}

/// Bytes as they are written.
pub fn shown(bytes: impl AsRef<[u8]>) -> String {
    format!("0x{}", hex::encode(bytes))
}
