//! Texts to values.

use super::split::{inside, split_list, split_name};
use super::{FixedPoint, Notation, NotationError, hex_bytes, is_account, is_called, is_option, safe_float};
use crate::amount::{Amount, Unit};
use scale_info::form::PortableForm;
use scale_info::{Field, TypeDef, TypeDefPrimitive, Variant};
use subxt::ext::scale_value::{Composite, Value};

type Result<T> = std::result::Result<T, NotationError>;

/// A value of a type.
pub(super) fn value(notation: &Notation, text: &str, type_id: u32) -> Result<Value> {
    let definition = notation.definition(type_id)?;
    if is_account(definition) {
        let id = notation.names.id(text)?;
        return Ok(Value::from_bytes(AsRef::<[u8]>::as_ref(&id)));
    }
    if is_called(definition, "MultiAddress") {
        let id = notation.names.id(text)?;
        return Ok(Value::unnamed_variant("Id", [Value::from_bytes(AsRef::<[u8]>::as_ref(&id))]));
    }
    if let Some(format) = FixedPoint::of(notation.types(), definition) {
        return format.parse(text).ok_or_else(|| form(text, "a number such as 0.25 within the type's range"));
    }
    if is_called(definition, "SafeFloat") {
        return safe_float::parse(text).ok_or_else(|| form(text, "a decimal of at most 21 digits"));
    }
    match &definition.type_def {
        TypeDef::Composite(composite) => {
            Ok(Value::without_context(fields(notation, text, &composite.fields)?.into()))
        }
        TypeDef::Variant(_) if is_option(definition) && text == "none" => {
            Ok(Value::unnamed_variant("None", []))
        }
        TypeDef::Variant(variants) if is_option(definition) => {
            let inner = variants.variants.iter().flat_map(|variant| &variant.fields).next();
            let inner = inner.ok_or_else(|| NotationError::Metadata("an option of nothing".into()))?;
            Ok(Value::unnamed_variant("Some", [value(notation, text, inner.ty.id)?]))
        }
        TypeDef::Variant(variants) => variant(notation, text, &variants.variants),
        TypeDef::Sequence(list) if is_byte(notation, list.type_param.id)? => bytes(text),
        TypeDef::Sequence(list) => items(notation, text, list.type_param.id),
        TypeDef::Array(list) if is_byte(notation, list.type_param.id)? => {
            let found = hex_bytes(text).filter(|bytes| u32::try_from(bytes.len()) == Ok(list.len));
            found
                .map(Value::from_bytes)
                .ok_or_else(|| form(text, &format!("{} bytes in hex after 0x", list.len)))
        }
        TypeDef::Array(list) => items(notation, text, list.type_param.id),
        TypeDef::Tuple(tuple) => {
            let parts =
                split_list(inside(text, '(', ')').ok_or_else(|| form(text, "a tuple such as (1, 2)"))?);
            if parts.len() != tuple.fields.len() {
                return Err(form(text, &format!("a tuple of {} values", tuple.fields.len())));
            }
            let values = parts.iter().zip(&tuple.fields).map(|(part, field)| value(notation, part, field.id));
            Ok(Value::unnamed_composite(values.collect::<Result<Vec<_>>>()?))
        }
        TypeDef::Primitive(TypeDefPrimitive::Bool) => match text {
            "true" | "yes" => Ok(Value::bool(true)),
            "false" | "no" => Ok(Value::bool(false)),
            _ => Err(form(text, "true or false")),
        },
        TypeDef::Primitive(TypeDefPrimitive::Str) => Ok(Value::string(text.trim_matches('"'))),
        TypeDef::Primitive(_) => integer(text),
        TypeDef::Compact(compact) => value(notation, text, compact.type_param.id),
        TypeDef::BitSequence(_) => Err(NotationError::Metadata("bit sequences are not supported".into())),
    }
}

/// The arguments of a call or variant, or the fields of a struct: the names that `declared` wants.
pub(super) fn named(
    notation: &Notation,
    what: &'static str,
    given: &[(&str, &str)],
    declared: &[Field<PortableForm>],
) -> Result<Vec<(String, Value)>> {
    let names = || declared.iter().filter_map(|field| field.name.clone());
    if let Some((name, _)) = given.iter().find(|(name, _)| !names().any(|known| known == *name)) {
        return Err(NotationError::Unknown { what, name: (*name).to_owned(), known: names().collect() });
    }
    declared
        .iter()
        .map(|field| {
            let name = field.name.clone().unwrap_or_default();
            let text = given.iter().find(|(given, _)| *given == name).map(|(_, text)| *text);
            let text = text.ok_or_else(|| NotationError::Missing { what, name: name.clone() })?;
            Ok((name, value(notation, text, field.ty.id)?))
        })
        .collect()
}

/// An integer, with the unit of an amount or without.
///
/// # Errors
/// A text that is none.
pub fn integer(text: &str) -> Result<Value> {
    for unit in [Unit::Tao, Unit::Alpha] {
        if let Ok(amount) = Amount::parse(text, unit)
            && text.ends_with(|last: char| last.is_alphabetic())
        {
            return Ok(Value::u128(amount.rao().into()));
        }
    }
    if text.ends_with(|last: char| last.is_alphabetic()) {
        Amount::parse(text, if text.ends_with("alpha") { Unit::Alpha } else { Unit::Tao })?;
    }
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let plain: String = digits.chars().filter(|character| !matches!(character, ',' | '_')).collect();
    let groups = digits.split(',').skip(1).all(|group| group.len() == 3);
    let magnitude = plain.parse::<u128>().ok().filter(|_| groups && !plain.starts_with('+'));
    let magnitude =
        magnitude.ok_or_else(|| form(text, "a whole number such as 1,000, or an amount such as 0.5 TAO"))?;
    match i128::try_from(magnitude) {
        Ok(magnitude) if negative => Ok(Value::i128(-magnitude)),
        _ if negative => Err(form(text, "a number of at most 128 bits")),
        _ => Ok(Value::u128(magnitude)),
    }
}

/// Fields with names in braces, one field as itself, several without names in parentheses.
fn fields(notation: &Notation, text: &str, declared: &[Field<PortableForm>]) -> Result<Composite<()>> {
    match declared {
        [] => Ok(Composite::unnamed([])),
        [field] if field.name.is_none() => Ok(Composite::unnamed([value(notation, text, field.ty.id)?])),
        [first, ..] if first.name.is_some() => {
            let list = inside(text, '{', '}').or_else(|| inside(text, '(', ')'));
            let list = split_list(list.ok_or_else(|| form(text, "fields such as {name: value}"))?);
            let given = list
                .iter()
                .map(|part| split_name(part).ok_or_else(|| form(part, "a field such as name: value")));
            Ok(Composite::named(named(notation, "field", &given.collect::<Result<Vec<_>>>()?, declared)?))
        }
        several => {
            let parts =
                split_list(inside(text, '(', ')').ok_or_else(|| form(text, "values such as (1, 2)"))?);
            if parts.len() != several.len() {
                return Err(form(text, &format!("{} values", several.len())));
            }
            let values = parts.iter().zip(several).map(|(part, field)| value(notation, part, field.ty.id));
            Ok(Composite::unnamed(values.collect::<Result<Vec<_>>>()?))
        }
    }
}

/// `Name`, `Name(value)`, `Name{field: value}` or, for calls, `Pallet.call(argument: value)`.
fn variant(notation: &Notation, text: &str, variants: &[Variant<PortableForm>]) -> Result<Value> {
    let end =
        text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let found =
        variants.iter().find(|variant| variant.name == name).ok_or_else(|| NotationError::Unknown {
            what: "variant",
            name: name.to_owned(),
            known: variants.iter().map(|variant| variant.name.clone()).collect(),
        })?;
    let rest = rest.trim().trim_start_matches('.');
    let rest = match found.fields.as_slice() {
        [single] if single.name.is_none() => {
            inside(rest, '(', ')').filter(|_| !rest.is_empty()).unwrap_or(rest)
        }
        _ => rest,
    };
    if found.fields.is_empty() && !matches!(rest, "" | "()" | "{}") {
        return Err(form(text, &format!("`{name}`, which has no fields")));
    }
    Ok(Value::variant(name, fields(notation, rest, &found.fields)?))
}

fn items(notation: &Notation, text: &str, item_type: u32) -> Result<Value> {
    let list = inside(text, '[', ']').unwrap_or(text);
    let values = split_list(list).into_iter().map(|item| value(notation, item, item_type));
    Ok(Value::unnamed_composite(values.collect::<Result<Vec<_>>>()?))
}

fn bytes(text: &str) -> Result<Value> {
    match text.strip_prefix('"') {
        Some(quoted) => {
            let content = quoted.strip_suffix('"').ok_or_else(|| form(text, "a text in quotes"))?;
            Ok(Value::from_bytes(content))
        }
        None => hex_bytes(text)
            .map(Value::from_bytes)
            .ok_or_else(|| form(text, "bytes: 0x and hex, or a text in quotes")),
    }
}

fn is_byte(notation: &Notation, type_id: u32) -> Result<bool> {
    Ok(matches!(notation.definition(type_id)?.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)))
}

fn form(text: &str, expected: &str) -> NotationError {
    NotationError::Form { text: text.to_owned(), expected: expected.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_units_or_not() {
        assert_eq!(integer("1,000 TAO"), Ok(Value::u128(1_000_000_000_000)));
        assert_eq!(integer("0.5 alpha"), Ok(Value::u128(500_000_000)));
        assert_eq!(integer("12 rao"), Ok(Value::u128(12)));
        assert_eq!(integer("1,000"), Ok(Value::u128(1_000)));
        assert_eq!(integer("-5"), Ok(Value::i128(-5)));
        for text in ["", "1.5", "1,5", "ten", "1.5 rao", "5 dollars", "+5"] {
            assert!(integer(text).is_err(), "{text}");
        }
    }
}
