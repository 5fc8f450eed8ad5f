//! Values to texts.

use super::{FixedPoint, Notation, hex, is_account, is_called, is_option, safe_float};
use crate::amount::{Unit, format_decimal};
use crate::world::outcome::error_name;
use polkadot_sdk::sp_runtime::AccountId32;
use scale_info::form::PortableForm;
use scale_info::{Field, TypeDef, TypeDefPrimitive};
use subxt::ext::scale_value::{Composite, Primitive, Value, ValueDef};

/// Digits after the point of an amount.
const RAO_DIGITS: usize = 9;

/// Writes a value as its type wants it.
pub(super) fn value(notation: &Notation, value: &Value, type_id: u32, unit: Option<Unit>) -> String {
    try_value(notation, value, type_id, unit).unwrap_or_else(|| value.to_string())
}

fn try_value(notation: &Notation, shown: &Value, type_id: u32, unit: Option<Unit>) -> Option<String> {
    let definition = notation.definition(type_id).ok()?;
    if is_account(definition) {
        let id = <[u8; 32]>::try_from(bytes_of(shown)).ok()?;
        return Some(notation.names.name(&AccountId32::new(id)));
    }
    if let Some(format) = FixedPoint::of(notation.types(), definition) {
        return format.show(shown);
    }
    if is_called(definition, "DispatchError") {
        return Some(error_name(shown, notation.metadata));
    }
    if is_called(definition, "SafeFloat") {
        return safe_float::show(shown);
    }
    match (&definition.type_def, &shown.value) {
        (TypeDef::Composite(composite), ValueDef::Composite(values)) => {
            Some(fields(notation, values, &composite.fields, unit))
        }
        (TypeDef::Variant(variants), ValueDef::Variant(variant)) => {
            let declared = variants.variants.iter().find(|declared| declared.name == variant.name)?;
            if is_option(definition) {
                return match (variant.values.values().next(), declared.fields.first()) {
                    (Some(inner), Some(field)) => Some(value(notation, inner, field.ty.id, unit)),
                    _ => Some("none".into()),
                };
            }
            Some(variant_text(notation, &variant.name, &variant.values, &declared.fields, unit))
        }
        (TypeDef::Sequence(list), ValueDef::Composite(values)) => {
            Some(list_text(notation, shown, values, list.type_param.id, unit))
        }
        (TypeDef::Array(list), ValueDef::Composite(values)) => {
            let is_bytes = is_byte(notation, list.type_param.id);
            Some(if is_bytes {
                hex(&bytes_of(shown))
            } else {
                list_text(notation, shown, values, list.type_param.id, unit)
            })
        }
        (TypeDef::Tuple(tuple), ValueDef::Composite(values)) => {
            let parts =
                values.values().zip(&tuple.fields).map(|(part, field)| value(notation, part, field.id, unit));
            Some(format!("({})", parts.collect::<Vec<_>>().join(", ")))
        }
        (TypeDef::Compact(compact), _) => try_value(notation, shown, compact.type_param.id, unit),
        (TypeDef::Primitive(kind), ValueDef::Primitive(_)) => Some(primitive(kind, shown, unit)),
        _ => None,
    }
}

fn fields(
    notation: &Notation,
    values: &Composite<()>,
    declared: &[Field<PortableForm>],
    unit: Option<Unit>,
) -> String {
    let texts = values.values().zip(declared).map(|(part, field)| {
        let text = value(notation, part, field.ty.id, unit);
        field.name.as_ref().map_or_else(|| text.clone(), |name| format!("{name}: {text}"))
    });
    let texts: Vec<_> = texts.collect();
    match declared {
        [single] if single.name.is_none() => texts.concat(),
        [first, ..] if first.name.is_none() => format!("({})", texts.join(", ")),
        _ => format!("{{{}}}", texts.join(", ")),
    }
}

fn variant_text(
    notation: &Notation,
    name: &str,
    values: &Composite<()>,
    declared: &[Field<PortableForm>],
    unit: Option<Unit>,
) -> String {
    match declared {
        [] => name.to_owned(),
        // A call is a variant of a pallet's calls within a variant for the pallet.
        [single] if single.name.is_none() => {
            let inner = fields(notation, values, declared, unit);
            let is_call = notation.definition(single.ty.id).is_ok_and(|inner| is_called(inner, "Call"));
            if is_call { format!("{name}.{inner}") } else { format!("{name}({inner})") }
        }
        _ => format!("{name}{}", fields(notation, values, declared, unit)),
    }
}

/// Bytes that are printable text are shown as such.
fn list_text(
    notation: &Notation,
    shown: &Value,
    values: &Composite<()>,
    item: u32,
    unit: Option<Unit>,
) -> String {
    if is_byte(notation, item) {
        let bytes = bytes_of(shown);
        return match std::str::from_utf8(&bytes) {
            Ok(text) if !text.is_empty() && !text.contains(|c: char| c.is_control() || c == '"') => {
                format!("\"{text}\"")
            }
            _ => hex(&bytes),
        };
    }
    let items = values.values().map(|part| value(notation, part, item, unit));
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn primitive(kind: &TypeDefPrimitive, value: &Value, unit: Option<Unit>) -> String {
    use TypeDefPrimitive::{I64, I128, U64, U128};
    let counts_coins = matches!(kind, U64 | U128 | I64 | I128);
    match (&value.value, unit.filter(|_| counts_coins)) {
        (ValueDef::Primitive(Primitive::U128(rao)), Some(unit)) => amount(*rao, unit),
        (ValueDef::Primitive(Primitive::I128(rao)), Some(unit)) => {
            format!("{}{}", if *rao < 0 { "-" } else { "" }, amount(rao.unsigned_abs(), unit))
        }
        (ValueDef::Primitive(Primitive::Bool(flag)), _) => flag.to_string(),
        (ValueDef::Primitive(Primitive::String(text)), _) => format!("\"{text}\""),
        _ => whole(value).unwrap_or_else(|| value.to_string()),
    }
}

/// An amount with its unit.
fn amount(rao: u128, unit: Unit) -> String {
    let name = match unit {
        Unit::Tao => "TAO",
        Unit::Alpha => "alpha",
    };
    format!("{} {name}", format_decimal(rao, RAO_DIGITS))
}

/// An integer with commas between thousands.
fn whole(value: &Value) -> Option<String> {
    match &value.value {
        ValueDef::Primitive(Primitive::U128(number)) => Some(format_decimal(*number, 0)),
        ValueDef::Primitive(Primitive::I128(number)) => {
            let sign = if *number < 0 { "-" } else { "" };
            Some(format!("{sign}{}", format_decimal(number.unsigned_abs(), 0)))
        }
        _ => None,
    }
}

fn is_byte(notation: &Notation, type_id: u32) -> bool {
    notation
        .definition(type_id)
        .is_ok_and(|definition| matches!(definition.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)))
}

/// All bytes within a value, in order, whatever wraps them.
pub fn bytes_of(value: &Value) -> Vec<u8> {
    match &value.value {
        ValueDef::Composite(composite) => composite.values().flat_map(bytes_of).collect(),
        ValueDef::Primitive(Primitive::U128(byte)) => u8::try_from(*byte).ok().into_iter().collect(),
        _ => Vec::new(),
    }
}
