//! How scenarios and snapshots write values.
//!
//! One notation serves tables, sentences and snapshots, so that a line of a snapshot can be copied into a step.
//! What a text means is decided by the type that the chain's metadata declares:
//!
//! | Type | Written |
//! |---|---|
//! | integers | `1,000`, `-5`; where they count coins also `1,000 TAO`, `0.5 alpha`, `12 rao` |
//! | fixed-point numbers | `0.25`: the nearest number that the type has, ties to even; `0.1 (bits 429496729)`: exactly this one |
//! | shares of a pool | `19,792,107,632.5` |
//! | booleans | `true`, `false` |
//! | accounts | `Alice`, `miner1`, `subnet_account_2`, an address in ss58 |
//! | lists | `[1, 2, 3]`, or `1, 2, 3` where the value stands alone; items are parted by a comma and a space |
//! | tuples | `(1, Alice)` |
//! | structs | `{mass: 5, since: 12}` |
//! | enums | `Recycle`, `KeepSubnets([1, 2])`, `{…}` after the name for named fields |
//! | options | `none`, or the value |
//! | bytes | `0x0a0b`, or a text in quotes |
//! | calls | `Balances.transfer_keep_alive(dest: Bob, value: 3 TAO)` |

mod fixed_point;
mod parse;
mod safe_float;
mod show;
mod split;

pub use fixed_point::FixedPoint;
pub use parse::integer;
pub use show::bytes_of;
pub use split::{split_list, split_name};

use super::names::{Names, NoAccount};
use crate::amount::{AmountError, Unit};
use crate::chain::Metadata;
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, Type};
use subxt::ext::scale_value::Value;
use subxt::ext::scale_value::scale::encode_as_type;
use thiserror::Error;

/// A text that is not a value of the type it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotationError {
    /// Not a number with or without unit.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// Not an account.
    #[error(transparent)]
    Account(#[from] NoAccount),
    /// Not of the form that the type asks for.
    #[error("`{text}` is not {expected}")]
    Form {
        /// The text.
        text: String,
        /// What the type asks for.
        expected: String,
    },
    /// An argument, a field or a variant that is not there.
    #[error("there is no {what} `{name}`; there is {}", known.join(", "))]
    Unknown {
        /// Argument, field or variant.
        what: &'static str,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// An argument or field that was left out.
    #[error("{what} `{name}` is missing")]
    Missing {
        /// Argument or field.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The metadata is not what it should be.
    #[error("the metadata cannot be used: {0}")]
    Metadata(String),
}

/// The notation over the types of a chain and the names of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Notation<'a> {
    /// What the chain declares.
    pub metadata: &'a Metadata,
    /// What the scenario names.
    pub names: &'a Names,
}

impl<'a> Notation<'a> {
    /// Reads a text as a value of a type.
    ///
    /// # Errors
    /// A text that is not one; see the table above.
    pub fn parse(&self, text: &str, type_id: u32) -> Result<Value, NotationError> {
        parse::value(self, text.trim(), type_id)
    }

    /// Reads the arguments of a call or the fields of a struct, given as names and texts.
    ///
    /// # Errors
    /// A name that is not declared or is left out, or a text that is no value of its type.
    pub fn parse_named(
        &self,
        what: &'static str,
        given: &[(&str, &str)],
        declared: &[Field<PortableForm>],
    ) -> Result<Vec<(String, Value)>, NotationError> {
        parse::named(self, what, given, declared)
    }

    /// Writes a value; integers of 64 bits and more get `unit`, if there is one.
    pub fn show(&self, value: &Value, type_id: u32, unit: Option<Unit>) -> String {
        show::value(self, value, type_id, unit)
    }

    /// The bytes of a value.
    ///
    /// # Errors
    /// A value that does not fit the type.
    pub fn encode(&self, value: &Value, type_id: u32) -> Result<Vec<u8>, NotationError> {
        let mut bytes = Vec::new();
        encode_as_type(value, type_id, self.types(), &mut bytes)
            .map_err(|error| NotationError::Metadata(error.to_string()))?;
        Ok(bytes)
    }

    /// The types of the chain.
    pub fn types(&self) -> &'a PortableRegistry {
        self.metadata.types()
    }

    fn definition(&self, type_id: u32) -> Result<&'a Type<PortableForm>, NotationError> {
        self.types().resolve(type_id).ok_or_else(|| NotationError::Metadata(format!("no type {type_id}")))
    }
}

/// Whether a type is the one of this name, wherever it is defined.
fn is_called(definition: &Type<PortableForm>, name: &str) -> bool {
    definition.path.ident().is_some_and(|ident| ident == name)
}

fn is_account(definition: &Type<PortableForm>) -> bool {
    is_called(definition, "AccountId32")
}

fn is_option(definition: &Type<PortableForm>) -> bool {
    definition.path.segments.len() == 1 && is_called(definition, "Option")
}

/// The bytes of a text in hex after `0x`.
pub fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x")?.as_bytes();
    let digit = |character: u8| char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    bytes.collect()
}

/// `0x` and lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}
