//! Types as they are encoded, and values of them, as texts.

use crate::reference::replay::accounts::{Accounts, hex};
use crate::reference::replay::notation::Notation;
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, Type, TypeDef, Variant};
use serde_json::Value;

/// Enums that a runtime is put together with, a variant for each pallet. They hold each other, and all of a pallet:
/// where one is used its name says enough, because it is compared once by itself.
const OF_THE_RUNTIME: [&str; 8] = [
    "RuntimeCall",
    "RuntimeEvent",
    "RuntimeError",
    "RuntimeTask",
    "OriginCaller",
    "RuntimeHoldReason",
    "RuntimeFreezeReason",
    "RuntimeViewFunction",
];

/// Those of them whose variants hold what the pallets show themselves.
const OF_WHOLE_PALLETS: [&str; 3] = ["RuntimeCall", "RuntimeEvent", "RuntimeError"];

/// The types of a metadata.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Types<'a>(pub &'a PortableRegistry);

impl<'a> Types<'a> {
    /// A type as it is encoded, with the names of types, fields and variants that clients see.
    pub fn shape(self, id: u32) -> String {
        self.shape_inside(id, &mut Vec::new())
    }

    /// `around` are the types that this one is a part of.
    fn shape_inside(self, id: u32, around: &mut Vec<u32>) -> String {
        let Some(definition) = self.0.resolve(id) else { return format!("type {id}, which is missing") };
        let name = self.name(id);
        if is_of_the_runtime(definition) || around.contains(&id) {
            return name;
        }
        around.push(id);
        let shape = self.definition(&name, definition, around);
        around.pop();
        shape
    }

    fn definition(self, name: &str, definition: &Type<PortableForm>, around: &mut Vec<u32>) -> String {
        match &definition.type_def {
            TypeDef::Primitive(primitive) => format!("{primitive:?}").to_lowercase(),
            TypeDef::Composite(composite) => format!("{name}{}", self.fields(&composite.fields, around)),
            TypeDef::Variant(variants) if is_option(definition) => {
                let held = variants.variants.iter().flat_map(|variant| &variant.fields);
                let held: Vec<_> = held.map(|field| self.shape_inside(field.ty.id, around)).collect();
                format!("Option<{}>", held.join(", "))
            }
            TypeDef::Variant(variants) => {
                let variants: Vec<_> = variants
                    .variants
                    .iter()
                    .map(|one| format!("{}={}{}", one.name, one.index, self.fields(&one.fields, around)))
                    .collect();
                format!("{name}({})", variants.join(" | "))
            }
            TypeDef::Sequence(list) => format!("[{}]", self.shape_inside(list.type_param.id, around)),
            TypeDef::Array(list) => {
                format!("[{}; {}]", self.shape_inside(list.type_param.id, around), list.len)
            }
            TypeDef::Tuple(tuple) => {
                let parts: Vec<_> =
                    tuple.fields.iter().map(|field| self.shape_inside(field.id, around)).collect();
                format!("({})", parts.join(", "))
            }
            TypeDef::Compact(compact) => {
                format!("compact {}", self.shape_inside(compact.type_param.id, around))
            }
            TypeDef::BitSequence(bits) => format!(
                "bits of {} in order {}",
                self.shape_inside(bits.bit_store_type.id, around),
                self.shape_inside(bits.bit_order_type.id, around)
            ),
        }
    }

    fn fields(self, fields: &[Field<PortableForm>], around: &mut Vec<u32>) -> String {
        match fields {
            [] => String::new(),
            [first, ..] if first.name.is_none() => {
                let fields: Vec<_> =
                    fields.iter().map(|field| self.shape_inside(field.ty.id, around)).collect();
                format!("({})", fields.join(", "))
            }
            _ => {
                let named = |field: &Field<PortableForm>, around: &mut Vec<u32>| {
                    let name = field.name.as_deref().unwrap_or_default();
                    format!("{name}: {}", self.shape_inside(field.ty.id, around))
                };
                let fields: Vec<_> = fields.iter().map(|field| named(field, around)).collect();
                format!("{{{}}}", fields.join(", "))
            }
        }
    }

    /// The variants of an enum; none if it is not one.
    pub fn variants(self, id: u32) -> &'a [Variant<PortableForm>] {
        match self.0.resolve(id).map(|definition| &definition.type_def) {
            Some(TypeDef::Variant(variants)) => &variants.variants,
            _ => &[],
        }
    }

    /// The name of a type with its parameters, without the module that it comes from: `Vec<Option<u16>>`.
    pub fn name(self, id: u32) -> String {
        let Some(definition) = self.0.resolve(id) else { return format!("type {id}") };
        match &definition.type_def {
            TypeDef::Primitive(primitive) => format!("{primitive:?}").to_lowercase(),
            TypeDef::Sequence(list) => format!("Vec<{}>", self.name(list.type_param.id)),
            TypeDef::Array(list) => format!("[{}; {}]", self.name(list.type_param.id), list.len),
            TypeDef::Compact(compact) => format!("Compact<{}>", self.name(compact.type_param.id)),
            TypeDef::Tuple(tuple) => {
                let parts: Vec<_> = tuple.fields.iter().map(|field| self.name(field.id)).collect();
                format!("({})", parts.join(", "))
            }
            TypeDef::BitSequence(_) => "BitSequence".to_owned(),
            TypeDef::Composite(_) | TypeDef::Variant(_) => self.name_with_parameters(definition),
        }
    }

    fn name_with_parameters(self, definition: &Type<PortableForm>) -> String {
        let name = definition.path.ident().unwrap_or_default();
        let parameters = definition.type_params.iter().filter_map(|parameter| parameter.ty);
        let parameters: Vec<String> = if is_fixed_point(definition) {
            // The parameter is a number made of types, one for each binary digit.
            let accounts = Accounts::default();
            let notation = Notation { types: self.0, accounts: &accounts };
            let bits = |ty: u32| notation.type_level_number(ty).unwrap_or_default();
            parameters.map(|parameter| format!("frac={}", bits(parameter.id))).collect()
        } else {
            parameters.map(|parameter| self.name(parameter.id)).collect()
        };
        if parameters.is_empty() { name } else { format!("{name}<{}>", parameters.join(", ")) }
    }

    /// The enums that the runtime is put together with, by name: each variant with its number and, unless a pallet
    /// shows it itself, what it holds.
    pub fn of_the_runtime(self) -> impl Iterator<Item = (String, Vec<(String, String)>)> {
        let enums = self.0.types.iter().filter(|portable| is_of_the_runtime(&portable.ty));
        enums.map(move |portable| {
            let name = portable.ty.path.ident().unwrap_or_default();
            let named_only = OF_WHOLE_PALLETS.contains(&name.as_str());
            let variants = self.variants(portable.id).iter().map(|variant| {
                let content =
                    if named_only { String::new() } else { self.fields(&variant.fields, &mut Vec::new()) };
                (variant.name.clone(), format!("{}{content}", variant.index))
            });
            (name, variants.collect())
        })
    }

    /// A value: decoded, with its bytes.
    pub fn value(self, ty: u32, bytes: &[u8]) -> String {
        let accounts = Accounts::default();
        let notation = Notation { types: self.0, accounts: &accounts };
        match notation.decode_all(ty, bytes) {
            Ok(Value::String(text)) => format!("{text} ({})", hex(bytes)),
            Ok(value) => format!("{value} ({})", hex(bytes)),
            Err(_) => hex(bytes),
        }
    }
}

fn is_option(definition: &Type<PortableForm>) -> bool {
    matches!(definition.path.segments.as_slice(), [name] if name == "Option")
}

fn is_fixed_point(definition: &Type<PortableForm>) -> bool {
    definition.path.namespace().first().is_some_and(|library| library == "substrate_fixed")
}

fn is_of_the_runtime(definition: &Type<PortableForm>) -> bool {
    let segments = definition.path.segments.as_slice();
    matches!(segments, [_, name] if OF_THE_RUNTIME.contains(&name.as_str()))
}
