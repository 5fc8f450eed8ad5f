//! Where two states begin to differ, by the names in the metadata.

use super::ChainError;
use crate::reference::replay::accounts::Accounts;
use crate::reference::replay::notation::Notation;
use crate::reference::replay::runtime::RuntimeTypes;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A storage entry, as nodes list them: key and value.
pub type Entry = (Vec<u8>, Vec<u8>);

/// Characters of a value that are shown.
const SHOWN: usize = 120;

/// A key with other values in two states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key.
    pub key: Vec<u8>,
    /// What is under it in the one state.
    pub there: Option<Vec<u8>>,
    /// What is under it in the other.
    pub here: Option<Vec<u8>>,
}

/// A difference in the names and values of the runtime in this build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The entry, such as `SubtensorModule.SubnetTAO(2)`; the key in hex where no item has it.
    pub entry: String,
    /// What is under it in the one state.
    pub there: String,
    /// What is under it in the other.
    pub here: String,
}

impl Difference {
    /// Every difference of two states, in key order.
    pub fn between(there: &[Entry], here: &[Entry]) -> Vec<Self> {
        let by_key = |entries: &[Entry]| entries.iter().cloned().collect::<BTreeMap<_, _>>();
        let (there, here) = (by_key(there), by_key(here));
        let keys: BTreeSet<&Vec<u8>> = there.keys().chain(here.keys()).collect();
        let differ = keys.into_iter().filter(|key| there.get(*key) != here.get(*key));
        let difference = |key: &Vec<u8>| Self {
            key: key.clone(),
            there: there.get(key).cloned(),
            here: here.get(key).cloned(),
        };
        differ.map(difference).collect()
    }

    /// The difference by name. What cannot be read stays in hex.
    ///
    /// # Errors
    /// [`ChainError::Value`] if the runtime of this build does not say its names.
    pub fn named(&self) -> Result<Named, ChainError> {
        let problem = |problem| ChainError::Value { what: "metadata".into(), problem };
        let names = RuntimeTypes::of_this_build().map_err(problem)?;
        let notation = Notation { types: &names.types, accounts: &Accounts::default() };
        let told = |value: &Option<Vec<u8>>| {
            let value = value.as_ref().map(|value| names.items.decode(notation, &self.key, value).1);
            value.map_or("nothing".to_owned(), |value| match value {
                serde_json::Value::String(text) => cut(text),
                other => cut(other.to_string()),
            })
        };
        let entry = names.items.decode(notation, &self.key, &[]).0;
        Ok(Named { entry, there: told(&self.there), here: told(&self.here) })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} is {} there and {} in memory", self.entry, self.there, self.here)
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::replay::storage::item_prefix;
    use codec::Encode;

    #[test]
    fn differences_stand_in_the_order_of_their_keys() {
        let entry = |key: u8, value: u8| (vec![key], vec![value]);
        let difference = |key: u8, there: Option<u8>, here: Option<u8>| {
            let value = |value: Option<u8>| value.map(|value| vec![value]);
            Difference { key: vec![key], there: value(there), here: value(here) }
        };
        let left = [entry(1, 1), entry(2, 2), entry(4, 4)];
        assert_eq!(Difference::between(&left, &left), []);
        let changed = [entry(1, 1), entry(2, 9), entry(3, 3)];
        let wanted =
            [difference(2, Some(2), Some(9)), difference(3, None, Some(3)), difference(4, Some(4), None)];
        assert_eq!(Difference::between(&left, &changed), wanted);
    }

    #[test]
    fn a_difference_is_told_by_name() {
        let prefix = item_prefix("SubtensorModule", "SubnetTAO");
        let key = [prefix.as_slice(), &2_u16.encode()].concat();
        let difference = Difference { key, there: Some(7_u64.encode()), here: None };
        let named = difference.named().unwrap();
        assert_eq!(named.to_string(), "SubtensorModule.SubnetTAO(2) is 7 there and nothing in memory");
        let unknown = Difference { key: vec![1, 2], there: Some(vec![3]), here: Some(vec![4]) };
        assert_eq!(unknown.named().unwrap().to_string(), "0x0102 is 0x03 there and 0x04 in memory");
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(cut("1".repeat(SHOWN)), "1".repeat(SHOWN));
        assert_eq!(cut("1".repeat(SHOWN + 1)), format!("{}…", "1".repeat(SHOWN)));
    }
}
