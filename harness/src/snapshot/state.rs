//! The economic state of a chain: who has what, and everything that decides what they will have.

use super::units;
use crate::amount::{Amount, Unit};
use crate::chain::client::Client;
use crate::world::StepError;
use crate::world::notation::{Notation, hex};
use crate::world::values::inner_number;
use polkadot_sdk::sp_io::hashing::twox_128;
use std::collections::BTreeMap;
use subxt::ext::scale_value::{At, Value};

/// Pallets whose whole storage is economic state; of `System` it is the balances of accounts.
const PALLETS: [&str; 6] = ["AlphaAssets", "Balances", "Credits", "Slashing", "SubtensorModule", "Swap"];

/// Items left out, each for its reason.
const LEFT_OUT: [(&str, &str); 3] = [
    // Names of the symbols that subnets may choose: constants.
    ("SubtensorModule", "TokenSymbol"),
    // How the chain was migrated, not what it holds.
    ("SubtensorModule", "HasMigrationRun"),
    // The version of the pallet's code.
    ("SubtensorModule", ":__STORAGE_VERSION__:"),
];

/// The text of an entry that is not there.
const NOTHING: &str = "none";

/// Raw entries of the economic state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EconomicState(BTreeMap<Vec<u8>, Vec<u8>>);

/// The economic state as texts: `SubtensorModule.SubnetTAO(2)` and `1,000 TAO`, in the order of documents.
pub type Entries = BTreeMap<Place, String>;

/// Where an entry stands. Places are ordered by item, then by keys, numbers by their size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    item: String,
    keys: Vec<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i128),
    Text(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.item)?;
        if self.keys.is_empty() {
            return Ok(());
        }
        let keys = self.keys.iter().map(|key| match key {
            Key::Number(number) => number.to_string(),
            Key::Text(text) => text.clone(),
        });
        write!(formatter, "({})", keys.collect::<Vec<_>>().join(", "))
    }
}

impl EconomicState {
    /// The economic state of a chain, now.
    ///
    /// # Errors
    /// If the chain fails.
    pub async fn read(client: &Client) -> Result<Self, StepError> {
        let mut prefixes: Vec<Vec<u8>> =
            PALLETS.iter().map(|pallet| twox_128(pallet.as_bytes()).to_vec()).collect();
        prefixes.push([twox_128(b"System"), twox_128(b"Account")].concat());
        let mut entries = BTreeMap::new();
        for prefix in prefixes {
            entries.extend(client.chain().entries(&prefix).await?);
        }
        Ok(Self(entries))
    }

    /// What is different here from `start`, as texts; an entry that is gone is `none`.
    ///
    /// # Errors
    /// An entry that does not decode.
    pub fn since(&self, start: &Self, client: &Client, notation: &Notation) -> Result<Entries, StepError> {
        let items = Items::of(client);
        let changed = self.0.iter().filter(|(key, value)| start.0.get(*key) != Some(*value));
        let gone = start.0.keys().filter(|key| !self.0.contains_key(*key));
        let mut entries = Entries::new();
        for (key, value) in changed {
            let Some((place, text)) = items.show(client, notation, key, Some(value))? else { continue };
            let before = items.show(client, notation, key, start.0.get(key))?;
            if before.is_none_or(|(_, before)| before != text) {
                entries.insert(place, text);
            }
        }
        for key in gone {
            let before = items.show(client, notation, key, start.0.get(key))?;
            if before.is_some_and(|(_, before)| before != NOTHING) {
                entries.extend(items.show(client, notation, key, None)?);
            }
        }
        Ok(entries)
    }
}

/// Storage items by the first 32 bytes of their keys.
struct Items(BTreeMap<Vec<u8>, Item>);

struct Item {
    pallet: String,
    name: String,
    keys: Vec<u32>,
    value: u32,
}

impl Items {
    fn of(client: &Client) -> Self {
        let mut items = BTreeMap::new();
        for pallet in client.metadata().pallets() {
            let Some(storage) = pallet.storage() else { continue };
            for entry in storage.entries() {
                let prefix =
                    [twox_128(storage.prefix().as_bytes()), twox_128(entry.name().as_bytes())].concat();
                let item = Item {
                    pallet: pallet.name().to_owned(),
                    name: entry.name().to_owned(),
                    keys: entry.keys().map(|key| key.key_id).collect(),
                    value: entry.value_ty(),
                };
                items.insert(prefix, item);
            }
        }
        Self(items)
    }

    /// An entry as texts; none if it is left out. What the metadata does not explain is shown in hex: nothing is hidden.
    fn show(
        &self,
        client: &Client,
        notation: &Notation,
        key: &[u8],
        value: Option<&Vec<u8>>,
    ) -> Result<Option<(Place, String)>, StepError> {
        let Some(item) = key.get(..32).and_then(|prefix| self.0.get(prefix)) else {
            let version = b":__STORAGE_VERSION__:";
            if key.get(16..32) == Some(twox_128(version).as_slice()) {
                return Ok(None);
            }
            let text = value.map_or(NOTHING.into(), |value| hex(value));
            return Ok(Some((Place { item: hex(key), keys: Vec::new() }, text)));
        };
        if LEFT_OUT.contains(&(item.pallet.as_str(), item.name.as_str())) {
            return Ok(None);
        }
        let keys = client.decode_key(&item.pallet, &item.name, key)?;
        let keys = keys.iter().zip(&item.keys).map(|(key, type_id)| match inner_number(key) {
            Some(number) => Key::Number(number),
            None => Key::Text(notation.show(key, *type_id, None)),
        });
        let place = Place { item: format!("{}.{}", item.pallet, item.name), keys: keys.collect() };
        let Some(value) = value else { return Ok(Some((place, NOTHING.into()))) };
        let value = client.decode(value, item.value, &item.name)?;
        let text = match (item.pallet.as_str(), item.name.as_str()) {
            ("System", "Account") => balances(&value),
            (pallet, name) => notation.show(&value, item.value, units::of(pallet, name)),
        };
        Ok(Some((place, text)))
    }
}

/// The balances of an account: what is free, and what else it has. An account that only counts its transactions has
/// nothing.
fn balances(account: &Value) -> String {
    let amount = |part: &str| {
        let rao =
            account.at("data").at(part).and_then(Value::as_u128).and_then(|rao| u64::try_from(rao).ok());
        rao.map(Amount::from_rao)
    };
    let held = ["reserved", "frozen"].map(|part| (part, amount(part).filter(|amount| amount.rao() > 0)));
    let held: Vec<_> = held.into_iter().filter_map(|(part, amount)| Some((part, amount?))).collect();
    match amount("free") {
        Some(free) if free.rao() == 0 && held.is_empty() => NOTHING.into(),
        Some(free) => held.iter().fold(free.with_unit(Unit::Tao), |text, (part, amount)| {
            format!("{text}, {part} {}", amount.with_unit(Unit::Tao))
        }),
        None => account.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stand_in_the_order_of_their_numbers() {
        let place =
            |netuid| Place { item: "SubtensorModule.SubnetTAO".into(), keys: vec![Key::Number(netuid)] };
        assert!(place(9) < place(10));
        assert_eq!(place(10).to_string(), "SubtensorModule.SubnetTAO(10)");
    }
}
