//! Values in the vectors' notation, to SCALE and back, by the types in a runtime's metadata.
//!
//! Structs are objects, one-field tuple structs are their content, tuples and lists are arrays, enum variants are
//! `"Name"` or `{"Name": content}`, an `Option` is its content or `null`, integers are decimal strings, bytes are `0x`
//! hex, accounts have short names, fixed-point numbers are `{"bits", "dec"}`.

use super::accounts::{Accounts, bytes, hex};
use crate::reference::case::fixed_value;
use codec::{Compact, Decode, Encode};
use fixed::types::{I64F64, I96F32, U64F64, U96F32};
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, Type, TypeDef, TypeDefPrimitive, Variant};
use serde_json::{Map, Value};
use thiserror::Error;

/// A value that does not fit its type, or bytes that do not.
#[derive(Debug, Error)]
pub enum NotationError {
    /// The value is not one of the type.
    #[error("`{value}` is not {expected}")]
    Value {
        /// The value, in the vectors' notation.
        value: String,
        /// What the type wants.
        expected: String,
    },
    /// The bytes end too early or do not follow the type.
    #[error("the bytes do not decode as {0}")]
    Bytes(String),
    /// Bytes are left after the value.
    #[error("{0} bytes are left after the value")]
    Left(usize),
    /// The metadata refers to a type it does not have, or one that these chains never use.
    #[error("type {0} of the metadata cannot be used")]
    Type(String),
}

type Result<T> = std::result::Result<T, NotationError>;

/// The types of a runtime with the account names of a file.
#[derive(Clone, Copy, Debug)]
pub struct Notation<'a> {
    /// Every type of the metadata.
    pub types: &'a PortableRegistry,
    /// Names of accounts.
    pub accounts: &'a Accounts,
}

impl<'a> Notation<'a> {
    /// Decodes a whole value.
    ///
    /// # Errors
    /// Bytes that are not exactly one value of the type.
    pub fn decode_all(&self, ty: u32, mut input: &[u8]) -> Result<Value> {
        let value = self.decode(ty, &mut input)?;
        if input.is_empty() { Ok(value) } else { Err(NotationError::Left(input.len())) }
    }

    /// Decodes one value from the head of `input`.
    ///
    /// # Errors
    /// Bytes that do not follow the type.
    pub fn decode(&self, ty: u32, input: &mut &[u8]) -> Result<Value> {
        let definition = self.definition(ty)?;
        match &definition.type_def {
            TypeDef::Composite(_) if is_account(definition) => {
                let id: [u8; 32] = take(input, "an account")?;
                Ok(Value::String(self.accounts.name(&id)))
            }
            TypeDef::Composite(composite) if is_fixed_point(definition) => {
                let bits = self.decode_fields(&composite.fields, input)?;
                self.with_decimal(definition, &bits)
            }
            TypeDef::Composite(composite) => self.decode_fields(&composite.fields, input),
            TypeDef::Variant(variants) => {
                let index: u8 = take(input, "an enum")?;
                let variant = variants.variants.iter().find(|variant| variant.index == index);
                let variant = variant.ok_or_else(|| NotationError::Bytes(format!("variant {index}")))?;
                self.decode_variant(definition, variant, input)
            }
            TypeDef::Sequence(list) => {
                let length: Compact<u32> = take(input, "a length")?;
                self.decode_list(list.type_param.id, length.0, input)
            }
            TypeDef::Array(list) => self.decode_list(list.type_param.id, list.len, input),
            TypeDef::Tuple(tuple) if tuple.fields.is_empty() => Ok(Value::Null),
            TypeDef::Tuple(tuple) => tuple
                .fields
                .iter()
                .map(|field| self.decode(field.id, input))
                .collect::<Result<Vec<_>>>()
                .map(Value::Array),
            TypeDef::Primitive(primitive) => decode_primitive(primitive, input),
            TypeDef::Compact(_) => {
                let number: Compact<u128> = take(input, "a compact integer")?;
                Ok(Value::String(number.0.to_string()))
            }
            TypeDef::BitSequence(_) => Err(unusable(definition)),
        }
    }

    /// Encodes a value.
    ///
    /// # Errors
    /// A value that is not one of the type.
    pub fn encode(&self, ty: u32, value: &Value, output: &mut Vec<u8>) -> Result<()> {
        let definition = self.definition(ty)?;
        match &definition.type_def {
            TypeDef::Composite(_) if is_account(definition) => {
                let id = value.as_str().and_then(|name| self.accounts.id(name));
                output.extend(id.ok_or_else(|| mismatch(value, "an account of this file"))?);
                Ok(())
            }
            TypeDef::Composite(composite) => self.encode_fields(&composite.fields, value, output),
            TypeDef::Variant(variants) => self.encode_variant(definition, &variants.variants, value, output),
            TypeDef::Sequence(list) if self.is_byte(list.type_param.id)? => {
                output.extend(hex_bytes(value)?.encode());
                Ok(())
            }
            TypeDef::Sequence(list) => {
                let items = value.as_array().ok_or_else(|| mismatch(value, "a list"))?;
                let length =
                    u32::try_from(items.len()).map_err(|_| mismatch(value, "a list of this length"))?;
                Compact(length).encode_to(output);
                items.iter().try_for_each(|item| self.encode(list.type_param.id, item, output))
            }
            TypeDef::Array(list) if self.is_byte(list.type_param.id)? => {
                let bytes = hex_bytes(value)?;
                if u32::try_from(bytes.len()).ok() != Some(list.len) {
                    return Err(mismatch(value, &format!("{} bytes", list.len)));
                }
                output.extend(bytes);
                Ok(())
            }
            TypeDef::Array(list) => {
                let items =
                    value.as_array().filter(|items| u32::try_from(items.len()).ok() == Some(list.len));
                let items = items.ok_or_else(|| mismatch(value, &format!("a list of {}", list.len)))?;
                items.iter().try_for_each(|item| self.encode(list.type_param.id, item, output))
            }
            TypeDef::Tuple(tuple) if tuple.fields.is_empty() => nothing(value),
            TypeDef::Tuple(tuple) => {
                let types: Vec<u32> = tuple.fields.iter().map(|field| field.id).collect();
                self.encode_each(&types, value, output)
            }
            TypeDef::Primitive(primitive) => encode_primitive(primitive, value, output),
            TypeDef::Compact(_) => {
                Compact(integer::<u128>(value)?).encode_to(output);
                Ok(())
            }
            TypeDef::BitSequence(_) => Err(unusable(definition)),
        }
    }

    fn definition(&self, ty: u32) -> Result<&'a Type<PortableForm>> {
        self.types.resolve(ty).ok_or_else(|| NotationError::Type(ty.to_string()))
    }

    fn is_byte(&self, ty: u32) -> Result<bool> {
        Ok(matches!(self.definition(ty)?.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)))
    }

    fn decode_fields(&self, fields: &[Field<PortableForm>], input: &mut &[u8]) -> Result<Value> {
        match fields {
            [] => Ok(Value::Null),
            [only] if only.name.is_none() => self.decode(only.ty.id, input),
            [first, ..] if first.name.is_some() => {
                let mut object = Map::new();
                for field in fields {
                    let value = self.decode(field.ty.id, input)?;
                    object.insert(field.name.clone().unwrap_or_default(), value);
                }
                Ok(Value::Object(object))
            }
            _ => fields
                .iter()
                .map(|field| self.decode(field.ty.id, input))
                .collect::<Result<Vec<_>>>()
                .map(Value::Array),
        }
    }

    fn decode_variant(
        &self,
        definition: &Type<PortableForm>,
        variant: &Variant<PortableForm>,
        input: &mut &[u8],
    ) -> Result<Value> {
        if is_option(definition) {
            return self.decode_fields(&variant.fields, input);
        }
        if variant.fields.is_empty() {
            return Ok(Value::String(variant.name.clone()));
        }
        let content = self.decode_fields(&variant.fields, input)?;
        Ok(Value::Object(Map::from_iter([(variant.name.clone(), content)])))
    }

    fn decode_list(&self, item: u32, length: u32, input: &mut &[u8]) -> Result<Value> {
        if self.is_byte(item)? {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            let (bytes, rest) = input
                .split_at_checked(length)
                .ok_or_else(|| NotationError::Bytes(format!("{length} bytes")))?;
            *input = rest;
            return Ok(Value::String(hex(bytes)));
        }
        (0..length).map(|_| self.decode(item, input)).collect::<Result<Vec<_>>>().map(Value::Array)
    }

    fn encode_fields(
        &self,
        fields: &[Field<PortableForm>],
        value: &Value,
        output: &mut Vec<u8>,
    ) -> Result<()> {
        match fields {
            [] => nothing(value),
            [only] if only.name.is_none() => self.encode(only.ty.id, value, output),
            [first, ..] if first.name.is_some() => {
                let object = value.as_object().ok_or_else(|| mismatch(value, "an object"))?;
                for field in fields {
                    let name = field.name.as_deref().unwrap_or_default();
                    let field_value = object
                        .get(name)
                        .ok_or_else(|| mismatch(value, &format!("an object with the field `{name}`")))?;
                    self.encode(field.ty.id, field_value, output)?;
                }
                Ok(())
            }
            _ => {
                let types: Vec<u32> = fields.iter().map(|field| field.ty.id).collect();
                self.encode_each(&types, value, output)
            }
        }
    }

    fn encode_variant(
        &self,
        definition: &Type<PortableForm>,
        variants: &[Variant<PortableForm>],
        value: &Value,
        output: &mut Vec<u8>,
    ) -> Result<()> {
        let (name, content) = match value {
            Value::Null if is_option(definition) => ("None", &Value::Null),
            some if is_option(definition) => ("Some", some),
            Value::String(name) => (name.as_str(), &Value::Null),
            Value::Object(object) if object.len() == 1 => {
                let (name, content) = object.iter().next().ok_or_else(|| mismatch(value, "a variant"))?;
                (name.as_str(), content)
            }
            _ => return Err(mismatch(value, "a variant")),
        };
        let variant = variants.iter().find(|variant| variant.name == name);
        let variant = variant.ok_or_else(|| mismatch(value, &format!("a variant of {}", definition.path)))?;
        output.push(variant.index);
        self.encode_fields(&variant.fields, content, output)
    }

    fn encode_each(&self, types: &[u32], value: &Value, output: &mut Vec<u8>) -> Result<()> {
        let items = value.as_array().filter(|items| items.len() == types.len());
        let items = items.ok_or_else(|| mismatch(value, &format!("a list of {}", types.len())))?;
        types.iter().zip(items).try_for_each(|(ty, item)| self.encode(*ty, item, output))
    }

    /// Adds the readable decimal to the bits of a fixed-point number.
    fn with_decimal(&self, definition: &Type<PortableForm>, object: &Value) -> Result<Value> {
        let bits = object.get("bits").ok_or_else(|| unusable(definition))?;
        let parameter = definition.type_params.first().and_then(|parameter| parameter.ty);
        let fraction = parameter.map(|ty| self.type_level_number(ty.id)).transpose()?;
        let signed = definition.path.ident().is_some_and(|name| name.starts_with("FixedI"));
        match (signed, fraction) {
            (true, Some(32)) => Ok(fixed_value(I96F32::from_bits(integer(bits)?))),
            (true, Some(64)) => Ok(fixed_value(I64F64::from_bits(integer(bits)?))),
            (false, Some(32)) => Ok(fixed_value(U96F32::from_bits(integer(bits)?))),
            (false, Some(64)) => Ok(fixed_value(U64F64::from_bits(integer(bits)?))),
            _ => Err(unusable(definition)),
        }
    }

    /// A type-level number: binary digits `lsb` after the number `msb`, over a terminator without fields.
    pub fn type_level_number(&self, ty: u32) -> Result<u32> {
        let definition = self.definition(ty)?;
        let TypeDef::Composite(composite) = &definition.type_def else { return Err(unusable(definition)) };
        let [more, digit] = composite.fields.as_slice() else { return Ok(0) };
        let digit = self.definition(digit.ty.id)?.path.ident().is_some_and(|name| name == "B1");
        Ok(self.type_level_number(more.ty.id)? * 2 + u32::from(digit))
    }
}

fn is_account(definition: &Type<PortableForm>) -> bool {
    definition.path.ident().is_some_and(|name| name == "AccountId32")
}

fn is_option(definition: &Type<PortableForm>) -> bool {
    definition.path.segments.len() == 1 && definition.path.ident().is_some_and(|name| name == "Option")
}

fn is_fixed_point(definition: &Type<PortableForm>) -> bool {
    definition.path.namespace().first().is_some_and(|library| library == "substrate_fixed")
}

fn take<T: Decode>(input: &mut &[u8], what: &str) -> Result<T> {
    T::decode(input).map_err(|_| NotationError::Bytes(what.to_owned()))
}

fn decode_primitive(primitive: &TypeDefPrimitive, input: &mut &[u8]) -> Result<Value> {
    fn number<T: Decode + ToString>(input: &mut &[u8]) -> Result<Value> {
        take::<T>(input, "an integer").map(|number| Value::String(number.to_string()))
    }
    match primitive {
        TypeDefPrimitive::Bool => take(input, "a boolean").map(Value::Bool),
        TypeDefPrimitive::Str => take(input, "a text").map(Value::String),
        TypeDefPrimitive::U8 => number::<u8>(input),
        TypeDefPrimitive::U16 => number::<u16>(input),
        TypeDefPrimitive::U32 => number::<u32>(input),
        TypeDefPrimitive::U64 => number::<u64>(input),
        TypeDefPrimitive::U128 => number::<u128>(input),
        TypeDefPrimitive::I8 => number::<i8>(input),
        TypeDefPrimitive::I16 => number::<i16>(input),
        TypeDefPrimitive::I32 => number::<i32>(input),
        TypeDefPrimitive::I64 => number::<i64>(input),
        TypeDefPrimitive::I128 => number::<i128>(input),
        TypeDefPrimitive::Char | TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => {
            Err(NotationError::Type(format!("{primitive:?}")))
        }
    }
}

fn encode_primitive(primitive: &TypeDefPrimitive, value: &Value, output: &mut Vec<u8>) -> Result<()> {
    match primitive {
        TypeDefPrimitive::Bool => {
            boolean(value)?.encode_to(output);
        }
        TypeDefPrimitive::Str => value.as_str().ok_or_else(|| mismatch(value, "a text"))?.encode_to(output),
        TypeDefPrimitive::U8 => integer::<u8>(value)?.encode_to(output),
        TypeDefPrimitive::U16 => integer::<u16>(value)?.encode_to(output),
        TypeDefPrimitive::U32 => integer::<u32>(value)?.encode_to(output),
        TypeDefPrimitive::U64 => integer::<u64>(value)?.encode_to(output),
        TypeDefPrimitive::U128 => integer::<u128>(value)?.encode_to(output),
        TypeDefPrimitive::I8 => integer::<i8>(value)?.encode_to(output),
        TypeDefPrimitive::I16 => integer::<i16>(value)?.encode_to(output),
        TypeDefPrimitive::I32 => integer::<i32>(value)?.encode_to(output),
        TypeDefPrimitive::I64 => integer::<i64>(value)?.encode_to(output),
        TypeDefPrimitive::I128 => integer::<i128>(value)?.encode_to(output),
        TypeDefPrimitive::Char | TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => {
            return Err(NotationError::Type(format!("{primitive:?}")));
        }
    }
    Ok(())
}

fn integer<T: std::str::FromStr>(value: &Value) -> Result<T> {
    let number = value.as_str().and_then(|text| text.parse().ok());
    number.ok_or_else(|| mismatch(value, std::any::type_name::<T>()))
}

fn boolean(value: &Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| mismatch(value, "a boolean"))
}

fn hex_bytes(value: &Value) -> Result<Vec<u8>> {
    value.as_str().and_then(bytes).ok_or_else(|| mismatch(value, "bytes in hex"))
}

fn nothing(value: &Value) -> Result<()> {
    if value.is_null() { Ok(()) } else { Err(mismatch(value, "null")) }
}

fn mismatch(value: &Value, expected: &str) -> NotationError {
    NotationError::Value { value: value.to_string(), expected: expected.to_owned() }
}

fn unusable(definition: &Type<PortableForm>) -> NotationError {
    NotationError::Type(definition.path.to_string())
}
