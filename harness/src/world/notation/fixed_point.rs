//! Binary fixed-point numbers of the metadata as decimals (section 01, 1.1).

use fixed::types::{I64F64, I96F32, U64F64, U96F32};
use scale_info::form::PortableForm;
use scale_info::{PortableRegistry, Type, TypeDef, TypeDefPrimitive};
use subxt::ext::scale_value::{At, Primitive, Value, ValueDef};

/// Digits after the point that documents show; the bits beside them are exact.
const SHOWN_DIGITS: usize = 12;

/// The format of a fixed-point type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedPoint {
    signed: bool,
    fraction: u32,
}

impl FixedPoint {
    /// The format of a type, if it is a fixed-point one.
    pub fn of(types: &PortableRegistry, definition: &Type<PortableForm>) -> Option<Self> {
        if definition.path.namespace().first().is_none_or(|library| library != "substrate_fixed") {
            return None;
        }
        let TypeDef::Composite(composite) = &definition.type_def else { return None };
        let bits = types.resolve(composite.fields.first()?.ty.id)?;
        let TypeDef::Primitive(bits) = &bits.type_def else { return None };
        let fraction = definition.type_params.first()?.ty?;
        Some(Self {
            signed: matches!(bits, TypeDefPrimitive::I64 | TypeDefPrimitive::I128),
            fraction: type_level_number(types, fraction.id)?,
        })
    }

    /// The number nearest to a decimal, ties to even; or the one with the bits that stand behind it.
    pub fn parse(self, text: &str) -> Option<Value> {
        if let Some((_, bits)) = text.split_once("(bits ") {
            let bits = bits.strip_suffix(')')?;
            let bits =
                if self.signed { Value::i128(bits.parse().ok()?) } else { Value::u128(bits.parse().ok()?) };
            return Some(Value::named_composite([("bits", bits)]));
        }
        let text: String = text.chars().filter(|character| !matches!(character, ',' | '_')).collect();
        let bits = match (self.signed, self.fraction) {
            (true, 32) => Value::i128(text.parse::<I96F32>().ok()?.to_bits()),
            (true, 64) => Value::i128(text.parse::<I64F64>().ok()?.to_bits()),
            (false, 32) => Value::u128(text.parse::<U96F32>().ok()?.to_bits()),
            (false, 64) => Value::u128(text.parse::<U64F64>().ok()?.to_bits()),
            _ => return None,
        };
        Some(Value::named_composite([("bits", bits)]))
    }

    /// The decimal with its bits, as documents show it.
    pub fn show(self, value: &Value) -> Option<String> {
        let (negative, magnitude) = bits(value)?;
        let sign = if negative { "-" } else { "" };
        let decimal = self.decimal(negative, magnitude, SHOWN_DIGITS);
        let decimal = decimal.trim_end_matches('0').trim_end_matches('.');
        Some(format!("{decimal} (bits {sign}{magnitude})"))
    }

    /// Whether `text` is the number: the number is the nearest one to it that the type has, or it is the number cut
    /// after as many digits as `text` has.
    pub fn agrees(self, value: &Value, text: &str) -> Option<bool> {
        let text = text.trim();
        if self.parse(text).is_some_and(|nearest| bits(&nearest) == bits(value)) {
            return Some(true);
        }
        let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
        let is_decimal = digits.chars().all(|digit| digit.is_ascii_digit())
            && whole.trim_start_matches('-').chars().all(|digit| digit.is_ascii_digit() || digit == ',');
        if !is_decimal || whole.is_empty() {
            return None;
        }
        let (negative, magnitude) = bits(value)?;
        let actual = self.decimal(negative, magnitude, digits.len());
        Some(actual == text.replace(',', ""))
    }

    /// The number cut after `digits` digits.
    fn decimal(self, negative: bool, magnitude: u128, digits: usize) -> String {
        let mask = (1_u128 << self.fraction) - 1;
        let mut text = format!("{}{}", if negative { "-" } else { "" }, magnitude >> self.fraction);
        let mut rest = magnitude & mask;
        if digits > 0 {
            text.push('.');
        }
        for _ in 0..digits {
            rest *= 10;
            text.push_str(&(rest >> self.fraction).to_string());
            rest &= mask;
        }
        text
    }
}

/// Sign and magnitude of the bits of a number.
fn bits(value: &Value) -> Option<(bool, u128)> {
    let bits = value.at(0).unwrap_or(value);
    match bits.value {
        ValueDef::Primitive(Primitive::U128(bits)) => Some((false, bits)),
        ValueDef::Primitive(Primitive::I128(bits)) => Some((bits < 0, bits.unsigned_abs())),
        _ => None,
    }
}

/// A type-level number: binary digits, each after the number above it, over a terminator without fields.
fn type_level_number(types: &PortableRegistry, type_id: u32) -> Option<u32> {
    let TypeDef::Composite(composite) = &types.resolve(type_id)?.type_def else { return None };
    let [more, digit] = composite.fields.as_slice() else { return Some(0) };
    let is_one = types.resolve(digit.ty.id)?.path.ident().is_some_and(|name| name == "B1");
    Some(type_level_number(types, more.ty.id)? * 2 + u32::from(is_one))
}

#[cfg(test)]
mod tests {
    use super::*;

    const I96F32_FORMAT: FixedPoint = FixedPoint { signed: true, fraction: 32 };
    const U64F64_FORMAT: FixedPoint = FixedPoint { signed: false, fraction: 64 };

    #[test]
    fn decimals_become_the_nearest_bits() {
        let bits = |format: FixedPoint, text| bits(&format.parse(text).unwrap()).unwrap();
        assert_eq!(bits(I96F32_FORMAT, "0.000003"), (false, 12_885));
        assert_eq!(bits(U64F64_FORMAT, "1.26"), (false, 23_242_897_532_874_035_036));
        assert_eq!(bits(I96F32_FORMAT, "-1,000.5"), (true, 4_297_114_779_648));
        assert_eq!(U64F64_FORMAT.parse("-1"), None);
    }

    #[test]
    fn decimals_are_compared_as_far_as_they_are_written() {
        let third = U64F64_FORMAT.parse("0.3333333333333333333").unwrap();
        assert_eq!(U64F64_FORMAT.agrees(&third, "0.33"), Some(true));
        assert_eq!(U64F64_FORMAT.agrees(&third, "0.34"), Some(false));
        assert_eq!(U64F64_FORMAT.agrees(&third, "0"), Some(true));
        assert_eq!(U64F64_FORMAT.agrees(&third, "about 0.33"), None);
        let nearest = U64F64_FORMAT.parse("1.26").unwrap();
        assert_eq!(
            U64F64_FORMAT.agrees(&nearest, "1.26"),
            Some(true),
            "though it is less, and cut would be 1.25"
        );
        assert_eq!(U64F64_FORMAT.agrees(&nearest, "1.25"), Some(true));
        assert_eq!(U64F64_FORMAT.agrees(&nearest, "1 (bits 23242897532874035036)"), Some(true));
        assert_eq!(U64F64_FORMAT.agrees(&nearest, "1.26 (bits 23242897532874035037)"), None);
        assert_eq!(
            I96F32_FORMAT.show(&I96F32_FORMAT.parse("-2.5").unwrap()).unwrap(),
            "-2.5 (bits -10737418240)"
        );
        assert_eq!(I96F32_FORMAT.show(&I96F32_FORMAT.parse("0").unwrap()).unwrap(), "0 (bits 0)");
    }
}
