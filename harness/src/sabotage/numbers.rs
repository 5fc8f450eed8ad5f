//! Where the numbers stand in an encoded value.

use codec::{Compact, Decode};
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, TypeDef, TypeDefPrimitive};

/// A number of fixed width in an encoded value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    start: usize,
    width: usize,
    signed: bool,
}

impl Place {
    /// The number; none if it does not fit.
    pub fn read(self, bytes: &[u8]) -> Option<i128> {
        let little = bytes.get(self.start..self.start + self.width)?;
        let negative = self.signed && little.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut wide = [if negative { 0xff } else { 0 }; 16];
        wide[..self.width].copy_from_slice(little);
        let number = i128::from_le_bytes(wide);
        (self.signed || number >= 0).then_some(number)
    }

    /// Writes a number, or the nearest that has room.
    pub fn write(self, bytes: &mut [u8], number: i128) {
        let Some(place) = bytes.get_mut(self.start..self.start + self.width) else { return };
        let bits = u32::try_from(self.width * 8).unwrap_or(128);
        let (least, most) = match (self.signed, bits) {
            (_, 128) => (if self.signed { i128::MIN } else { 0 }, i128::MAX),
            (true, bits) => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
            (false, bits) => (0, (1 << bits) - 1),
        };
        place.copy_from_slice(&number.clamp(least, most).to_le_bytes()[..self.width]);
    }
}

/// The numbers of an encoded value of a type, in their order: all of them, or those of the field with a path such as
/// `data.free`. Fields without a name are counted from 0; lists and wrappers of one field have no part in the path.
///
/// None if the bytes are not of the type.
pub fn places(types: &PortableRegistry, ty: u32, bytes: &[u8], path: &[String]) -> Option<Vec<Place>> {
    let mut walk = Walk { types, bytes, at: 0, found: Vec::new() };
    walk.value(ty, Some(path))?;
    Some(walk.found)
}

/// Whether a type has a field with this path.
pub fn has_field(types: &PortableRegistry, ty: u32, path: &[String]) -> bool {
    if path.is_empty() {
        return true;
    }
    let Some(definition) = types.resolve(ty) else { return false };
    let in_fields = |fields: &[Field<PortableForm>]| {
        fields.iter().enumerate().any(|(index, field)| {
            let rest = below(field, index, fields.len(), Some(path));
            rest.is_some_and(|rest| has_field(types, field.ty.id, rest))
        })
    };
    match &definition.type_def {
        TypeDef::Composite(composite) => in_fields(&composite.fields),
        TypeDef::Variant(variants) => variants.variants.iter().any(|variant| in_fields(&variant.fields)),
        TypeDef::Sequence(list) => has_field(types, list.type_param.id, path),
        TypeDef::Array(list) => has_field(types, list.type_param.id, path),
        TypeDef::Tuple(tuple) => tuple.fields.iter().enumerate().any(|(index, field)| {
            let rest = path.split_first().filter(|(first, _)| **first == index.to_string());
            rest.is_some_and(|(_, rest)| has_field(types, field.id, rest))
        }),
        TypeDef::Primitive(_) | TypeDef::Compact(_) | TypeDef::BitSequence(_) => false,
    }
}

/// What is left of a path below a field; none if the path leads elsewhere.
fn below<'a>(
    field: &Field<PortableForm>,
    index: usize,
    fields: usize,
    path: Option<&'a [String]>,
) -> Option<&'a [String]> {
    let path = path?;
    let Some((first, rest)) = path.split_first() else { return Some(path) };
    match &field.name {
        None if fields == 1 => Some(path),
        Some(name) => (first == name).then_some(rest),
        None => (*first == index.to_string()).then_some(rest),
    }
}

struct Walk<'a> {
    types: &'a PortableRegistry,
    bytes: &'a [u8],
    at: usize,
    found: Vec<Place>,
}

impl Walk<'_> {
    /// Walks over a value; what is not below `path` is passed by.
    fn value(&mut self, ty: u32, path: Option<&[String]>) -> Option<()> {
        let types = self.types;
        match &types.resolve(ty)?.type_def {
            TypeDef::Primitive(primitive) => self.number(primitive, path),
            TypeDef::Composite(composite) => self.fields(&composite.fields, path),
            TypeDef::Variant(variants) => {
                let index = *self.bytes.get(self.at)?;
                self.at += 1;
                let variant = variants.variants.iter().find(|variant| variant.index == index)?;
                self.fields(&variant.fields, path)
            }
            TypeDef::Tuple(tuple) => tuple.fields.iter().enumerate().try_for_each(|(index, field)| {
                let rest = match path {
                    Some([first, rest @ ..]) => (*first == index.to_string()).then_some(rest),
                    other => other,
                };
                self.value(field.id, rest)
            }),
            TypeDef::Sequence(list) => {
                let length = self.compact()?;
                (0..length).try_for_each(|_| self.value(list.type_param.id, path))
            }
            TypeDef::Array(list) => (0..list.len).try_for_each(|_| self.value(list.type_param.id, path)),
            TypeDef::Compact(_) => self.compact().map(drop),
            TypeDef::BitSequence(_) => None,
        }
    }

    fn fields(&mut self, fields: &[Field<PortableForm>], path: Option<&[String]>) -> Option<()> {
        fields
            .iter()
            .enumerate()
            .try_for_each(|(index, field)| self.value(field.ty.id, below(field, index, fields.len(), path)))
    }

    fn number(&mut self, primitive: &TypeDefPrimitive, path: Option<&[String]>) -> Option<()> {
        let (width, signed) = match primitive {
            TypeDefPrimitive::Bool | TypeDefPrimitive::U8 => (1, false),
            TypeDefPrimitive::I8 => (1, true),
            TypeDefPrimitive::U16 => (2, false),
            TypeDefPrimitive::I16 => (2, true),
            TypeDefPrimitive::U32 => (4, false),
            TypeDefPrimitive::I32 => (4, true),
            TypeDefPrimitive::U64 => (8, false),
            TypeDefPrimitive::I64 => (8, true),
            TypeDefPrimitive::U128 => (16, false),
            TypeDefPrimitive::I128 => (16, true),
            TypeDefPrimitive::Str
            | TypeDefPrimitive::Char
            | TypeDefPrimitive::U256
            | TypeDefPrimitive::I256 => {
                return None;
            }
        };
        self.bytes.get(self.at..self.at + width)?;
        if path == Some(&[]) {
            self.found.push(Place { start: self.at, width, signed });
        }
        self.at += width;
        Some(())
    }

    fn compact(&mut self) -> Option<u128> {
        let mut rest = self.bytes.get(self.at..)?;
        let before = rest.len();
        let number = Compact::<u128>::decode(&mut rest).ok()?.0;
        self.at += before - rest.len();
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::items::NAMES;
    use super::*;
    use codec::Encode;

    fn numbers(item: &str, path: &str, bytes: &[u8]) -> Option<Vec<i128>> {
        let path: Vec<String> = path.split_terminator('.').map(str::to_owned).collect();
        let found = places(&NAMES.types, NAMES.items[item].value, bytes, &path)?;
        found.into_iter().map(|place| place.read(bytes)).collect()
    }

    #[test]
    fn numbers_are_found_in_values_of_all_kinds() {
        assert_eq!(numbers("SubtensorModule.SubnetTAO", "", &7_u64.encode()), Some(vec![7]));
        assert_eq!(numbers("SubtensorModule.SubnetTaoFlow", "", &(-7_i64).encode()), Some(vec![-7]));
        assert_eq!(numbers("SubtensorModule.SubnetMovingPrice", "", &(-3_i128).encode()), Some(vec![-3]));
        assert_eq!(numbers("SubtensorModule.Emission", "", &vec![1_u64, 2].encode()), Some(vec![1, 2]));
        let bonds = vec![(3_u16, 40_u16), (5, 60)].encode();
        assert_eq!(numbers("SubtensorModule.Bonds", "1", &bonds), Some(vec![40, 60]));
        assert_eq!(numbers("SubtensorModule.Bonds", "", &bonds), Some(vec![3, 40, 5, 60]));
        let account = (1_u32, 2_u32, 3_u32, 4_u32, 500_u64, 6_u64, 7_u64, u128::MAX).encode();
        assert_eq!(numbers("System.Account", "data.free", &account), Some(vec![500]));
        assert_eq!(numbers("System.Account", "nonce", &account), Some(vec![1]));
        assert_eq!(numbers("SubtensorModule.SubnetTAO", "", &[1, 2]), None);
    }

    #[test]
    fn paths_are_known_before_there_is_a_value() {
        let has = |item: &str, path: &str| {
            let path: Vec<String> = path.split_terminator('.').map(str::to_owned).collect();
            has_field(&NAMES.types, NAMES.items[item].value, &path)
        };
        assert!(has("System.Account", "data.free") && has("System.Account", "nonce"));
        assert!(has("SubtensorModule.Bonds", "1") && has("SubtensorModule.RootClaimable", "1"));
        assert!(!has("System.Account", "free") && !has("SubtensorModule.Bonds", "2"));
        assert!(!has("SubtensorModule.SubnetTAO", "0"));
    }

    #[test]
    fn what_has_no_room_is_cut() {
        let mut bytes = [0_u8; 3];
        Place { start: 1, width: 2, signed: false }.write(&mut bytes, 70_000);
        assert_eq!(bytes, [0, 0xff, 0xff]);
        Place { start: 1, width: 2, signed: false }.write(&mut bytes, -1);
        assert_eq!(bytes, [0, 0, 0]);
        Place { start: 1, width: 2, signed: true }.write(&mut bytes, -2);
        assert_eq!(Place { start: 1, width: 2, signed: true }.read(&bytes), Some(-2));
    }
}
