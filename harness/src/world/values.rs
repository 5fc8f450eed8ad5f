//! Values of the chain by the names that scenarios use: a storage item, a constant or the answer of a runtime API.
//!
//! `SubtensorModule.SubnetTAO(2)`, `System.Account(Alice).data.free`, `SubtensorModule.InitialTempo`,
//! `SwapRuntimeApi.current_alpha_price(2)`: a pallet or an API, a point, a name, keys or arguments in parentheses,
//! and the way to a field.

use super::notation::{FixedPoint, Notation, NotationError, split_list};
use super::{StepError, World};
use crate::amount::Unit;
use crate::chain::{ChainError, Metadata};
use crate::nearest::nearest;
use scale_info::TypeDef;
use std::cmp::Ordering;
use subxt::ext::frame_decode::storage::encode_storage_key;
use subxt::ext::scale_value::{At, Composite, Value, ValueDef};

/// The name of a value, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Pallet or runtime API.
    pub pallet: &'a str,
    /// Storage item, constant or method.
    pub name: &'a str,
    /// Keys or arguments.
    pub keys: Vec<&'a str>,
    /// Fields to follow from there.
    pub path: Vec<&'a str>,
}

impl<'a> Place<'a> {
    /// Takes a name apart.
    ///
    /// # Errors
    /// A text that is not `Pallet.Item`, `Pallet.Item(keys)` or one of these with fields after it.
    pub fn parse(text: &'a str) -> Result<Self, StepError> {
        let wrong = || StepError::Place(text.to_owned());
        let (pallet, rest) = text.split_once('.').ok_or_else(wrong)?;
        let (name, keys, path) = match (rest.find('('), rest.rfind(')')) {
            (Some(open), Some(close)) if open < close => {
                (&rest[..open], &rest[open + 1..close], &rest[close + 1..])
            }
            (None, None) => match rest.split_once('.') {
                Some((name, _)) => (name, "", &rest[name.len()..]),
                None => (rest, "", ""),
            },
            _ => return Err(wrong()),
        };
        let path = path.split('.').filter(|part| !part.is_empty()).collect();
        Ok(Self { pallet, name, keys: split_list(keys), path })
    }
}

/// A value with its type.
#[derive(Clone, Debug)]
pub struct Found {
    /// The value; `None` where nothing is stored and there is no default.
    pub value: Option<Value>,
    /// Its type in the metadata.
    pub type_id: u32,
}

impl World {
    /// The value at a place, now.
    ///
    /// # Errors
    /// A place that the chain does not have, or keys that do not fit.
    pub async fn value_at(&self, text: &str) -> Result<Found, StepError> {
        let place = Place::parse(text)?;
        let found = self.whole_value(&place).await?;
        let notation = self.notation()?;
        place.path.iter().try_fold(found, |found, field| follow(&notation, &found, field))
    }

    async fn whole_value(&self, place: &Place<'_>) -> Result<Found, StepError> {
        let client = self.client()?;
        let metadata = client.metadata();
        if let Some(method) = metadata.runtime_api_trait_by_name(place.pallet) {
            let method = method.method_by_name(place.name).ok_or_else(|| {
                unknown("runtime call", place, method.methods().map(|method| method.name().to_owned()))
            })?;
            let types: Vec<u32> = method.inputs().map(|input| input.id).collect();
            let mut arguments = Vec::new();
            for (value, type_id) in self.keys(place, &types)?.iter().zip(&types) {
                arguments.extend(self.notation()?.encode(value, *type_id)?);
            }
            let answer = client.chain().call(&format!("{}_{}", place.pallet, place.name), &arguments).await?;
            let value = client.decode(&answer, method.output_ty(), place.name)?;
            return Ok(Found { value: Some(value), type_id: method.output_ty() });
        }
        let pallet = metadata.pallet_by_name(place.pallet);
        let pallet = pallet.as_ref();
        // Some constants have the name of the storage item whose first value they are: the item is what is meant.
        let stored = pallet.and_then(|pallet| pallet.storage()?.entry_by_name(place.name)).is_some();
        let constant = pallet.filter(|_| !stored).and_then(|pallet| pallet.constant_by_name(place.name));
        if let Some(constant) = constant {
            let value = client.decode(constant.value(), constant.ty(), place.name)?;
            return Ok(Found { value: Some(value), type_id: constant.ty() });
        }
        let (key_types, type_id) = storage_types(metadata, place)?;
        let value = client.read(place.pallet, place.name, &self.keys(place, &key_types)?).await?;
        Ok(Found { value, type_id })
    }

    /// The raw storage entry that puts `text` at a place: its key, and its value unless it is `none`.
    ///
    /// # Errors
    /// A place that is no storage item, or a text that is no value of it.
    pub fn entry(&self, place: &str, text: &str) -> Result<(Vec<u8>, Option<Vec<u8>>), StepError> {
        let parsed = Place::parse(place)?;
        let metadata = self.client()?.metadata();
        let (key_types, type_id) = storage_types(metadata, &parsed)?;
        if !parsed.path.is_empty() {
            return Err(StepError::Unfit(format!("`{place}` is a part of a value; give the whole value")));
        }
        let keys = self.keys(&parsed, &key_types)?;
        let key = encode_storage_key(parsed.pallet, parsed.name, keys, metadata, metadata.types())
            .map_err(|error| ChainError::Value { what: place.to_owned(), problem: error.to_string() })?;
        let notation = self.notation()?;
        let value = match text.trim() {
            "none" => None,
            text => Some(notation.encode(&notation.parse(text, type_id)?, type_id)?),
        };
        Ok((key, value))
    }

    fn keys(&self, place: &Place<'_>, types: &[u32]) -> Result<Vec<Value>, StepError> {
        if place.keys.len() != types.len() {
            return Err(StepError::Keys {
                place: format!("{}.{}", place.pallet, place.name),
                wanted: types.len(),
                given: place.keys.len(),
            });
        }
        let notation = self.notation()?;
        place.keys.iter().zip(types).map(|(key, type_id)| Ok(notation.parse(key, *type_id)?)).collect()
    }

    /// Fails unless what was found is `text`; `place` names it in the message.
    ///
    /// Everything is compared exactly, but for fixed-point numbers, which may be given by their first digits: see
    /// [`FixedPoint::agrees`].
    ///
    /// # Errors
    /// [`StepError::Differs`], or a text that is no value of the type.
    pub fn expect(&self, place: &str, found: &Found, text: &str) -> Result<(), StepError> {
        let notation = self.notation()?;
        if self.agrees(found, text)? {
            return Ok(());
        }
        let unit = unit_of(text);
        let shown =
            found.value.as_ref().map_or("none".to_owned(), |value| notation.show(value, found.type_id, unit));
        Err(StepError::Differs { what: place.to_owned(), found: shown, expected: text.to_owned() })
    }

    fn agrees(&self, found: &Found, text: &str) -> Result<bool, StepError> {
        let notation = self.notation()?;
        let Some(value) = &found.value else { return Ok(text == "none") };
        let definition = notation.types().resolve(found.type_id);
        let format = definition.and_then(|definition| FixedPoint::of(notation.types(), definition));
        if let Some(agrees) = format.and_then(|format| format.agrees(value, text)) {
            return Ok(agrees);
        }
        if text == "none" && !matches!(&value.value, ValueDef::Variant(variant) if variant.name == "None") {
            return Ok(false);
        }
        let expected = notation.parse(text, found.type_id)?;
        Ok(notation.encode(&expected, found.type_id)? == notation.encode(value, found.type_id)?)
    }

    /// How what was found compares with `text`, both numbers.
    ///
    /// # Errors
    /// If one of them is no number.
    pub fn compare(&self, found: &Found, text: &str) -> Result<Ordering, StepError> {
        let notation = self.notation()?;
        let expected = notation.parse(text, found.type_id)?;
        let number = |value: &Value| {
            inner_number(value).ok_or_else(|| StepError::Unfit(format!("`{value}` is no number")))
        };
        let found = found.value.as_ref().ok_or_else(|| StepError::Unfit("there is no value".into()))?;
        let (found, expected) = (number(found)?, number(&expected)?);
        Ok(found.cmp(&expected))
    }

    /// What was found, in the unit that `text` is written in.
    ///
    /// # Errors
    /// If the scenario has no chain.
    pub fn shown(&self, found: &Found, text: &str) -> Result<String, StepError> {
        let notation = self.notation()?;
        let unit = unit_of(text);
        Ok(found.value.as_ref().map_or("none".into(), |value| notation.show(value, found.type_id, unit)))
    }
}

/// The unit that a text is written in.
fn unit_of(text: &str) -> Option<Unit> {
    match text {
        text if text.ends_with("alpha") => Some(Unit::Alpha),
        text if text.ends_with("TAO") || text.ends_with("rao") => Some(Unit::Tao),
        _ => None,
    }
}

fn storage_types(metadata: &Metadata, place: &Place<'_>) -> Result<(Vec<u32>, u32), StepError> {
    let pallets = || metadata.pallets().map(|pallet| pallet.name().to_owned());
    let apis = || metadata.runtime_api_traits().map(|api| api.name().to_owned());
    let pallet = metadata.pallet_by_name(place.pallet).ok_or_else(|| ChainError::Unknown {
        what: "pallet or runtime API",
        name: place.pallet.to_owned(),
        nearest: nearest(place.pallet, pallets().chain(apis())),
    })?;
    let entries = pallet.storage().map_or(&[][..], |storage| storage.entries());
    let entry = entries.iter().find(|entry| entry.name() == place.name);
    let entry = entry.ok_or_else(|| {
        unknown("storage item or constant", place, entries.iter().map(|entry| entry.name().to_owned()))
    })?;
    Ok((entry.keys().map(|key| key.key_id).collect(), entry.value_ty()))
}

fn unknown(what: &'static str, place: &Place<'_>, known: impl Iterator<Item = String>) -> ChainError {
    ChainError::Unknown {
        what,
        name: format!("{}.{}", place.pallet, place.name),
        nearest: nearest(place.name, known).map(|near| format!("{}.{near}", place.pallet)),
    }
}

/// The field of a value, with its type; options are looked through.
fn follow(notation: &Notation, found: &Found, field: &str) -> Result<Found, StepError> {
    let definition = notation.types().resolve(found.type_id);
    let definition =
        definition.ok_or_else(|| NotationError::Metadata(format!("no type {}", found.type_id)))?;
    let no_field =
        |known: Vec<String>| NotationError::Unknown { what: "field", name: field.to_owned(), known };
    let fields = match &definition.type_def {
        TypeDef::Composite(composite) => &composite.fields,
        TypeDef::Variant(variants) if definition.path.segments.len() == 1 => {
            let some = variants.variants.iter().find(|variant| variant.name == "Some");
            let inner = some.and_then(|some| some.fields.first()).ok_or_else(|| no_field(Vec::new()))?;
            let value = found.value.as_ref().and_then(|value| value.at(0)).cloned();
            return follow(notation, &Found { value, type_id: inner.ty.id }, field);
        }
        TypeDef::Tuple(tuple) => {
            let place = field.parse::<usize>().ok().filter(|place| *place < tuple.fields.len());
            let place = place
                .ok_or_else(|| no_field((0..tuple.fields.len()).map(|place| place.to_string()).collect()))?;
            let value = found.value.as_ref().and_then(|value| value.at(place)).cloned();
            return Ok(Found { value, type_id: tuple.fields[place].id });
        }
        TypeDef::Sequence(list) => {
            let place =
                field.parse::<usize>().map_err(|_| no_field(vec!["0".into(), "1".into(), "…".into()]))?;
            let value = found.value.as_ref().and_then(|value| value.at(place)).cloned();
            return Ok(Found { value, type_id: list.type_param.id });
        }
        _ => return Err(no_field(Vec::new()).into()),
    };
    let declared = fields.iter().find(|declared| declared.name.as_deref() == Some(field));
    let declared =
        declared.ok_or_else(|| no_field(fields.iter().filter_map(|field| field.name.clone()).collect()))?;
    let value = found.value.as_ref().and_then(|value| value.at(field)).cloned();
    Ok(Found { value, type_id: declared.ty.id })
}

/// The only number within a value: itself, or the content of a wrapper.
pub fn inner_number(value: &Value) -> Option<i128> {
    match &value.value {
        ValueDef::Primitive(_) => value.as_i128().or_else(|| i128::try_from(value.as_u128()?).ok()),
        ValueDef::Composite(Composite::Unnamed(values)) if values.len() == 1 => inner_number(values.first()?),
        ValueDef::Composite(Composite::Named(values)) if values.len() == 1 => {
            inner_number(&values.first()?.1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_apart() {
        let place = Place::parse("System.Account(Alice).data.free").unwrap();
        assert_eq!((place.pallet, place.name), ("System", "Account"));
        assert_eq!((place.keys, place.path), (vec!["Alice"], vec!["data", "free"]));
        let place = Place::parse("SubtensorModule.TaoWeight").unwrap();
        assert_eq!((place.name, place.keys.len(), place.path.len()), ("TaoWeight", 0, 0));
        let place = Place::parse("SubtensorModule.Alpha(miner1, Alice, 2)").unwrap();
        assert_eq!(place.keys, vec!["miner1", "Alice", "2"]);
        assert!(Place::parse("SubnetTAO").is_err());
        assert!(Place::parse("A.b)c(").is_err());
    }
}
