//! A dumped state, read entry by entry; an absent entry has the default of `constants.json`.

use super::reference;
use assay::reference::states::{State, States};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static DEFAULTS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let file = std::fs::File::open(reference("constants.json.zst")).expect("constants");
    let file: Value = serde_json::from_reader(zstd::Decoder::new(file).expect("zstd")).expect("JSON");
    let mut defaults = BTreeMap::new();
    for (pallet, storage) in file["storage_defaults"].as_object().expect("pallets") {
        for item in storage["items"].as_array().expect("items") {
            let name = item["name"].as_str().expect("a name");
            defaults.insert(format!("{pallet}.{name}"), item["default"].clone());
        }
    }
    defaults
});

/// A state.
pub struct Dump<'a> {
    pub state: &'a State,
    states: &'a States,
}

impl<'a> Dump<'a> {
    pub fn of(state: &'a State, states: &'a States) -> Self {
        Self { state, states }
    }

    /// An entry of `SubtensorModule` if it is there.
    pub fn entry(&self, item: &str, keys: &[&str]) -> Option<&'a Value> {
        let keys = if keys.is_empty() { String::new() } else { format!("({})", keys.join(",")) };
        self.state.entries.get(&format!("SubtensorModule.{item}{keys}"))
    }

    /// An entry of `SubtensorModule`, or its default.
    pub fn get(&self, item: &str, keys: &[&str]) -> Value {
        let default = || DEFAULTS.get(&format!("SubtensorModule.{item}")).cloned();
        self.entry(item, keys).cloned().or_else(default).unwrap_or_else(|| panic!("no item {item}"))
    }

    /// An entry as a number.
    pub fn number(&self, item: &str, keys: &[&str]) -> u64 {
        number(&self.get(item, keys))
    }

    /// The keys of all entries of an item, each split at its commas.
    pub fn keys(&self, item: &str) -> Vec<Vec<&'a str>> {
        let start = format!("SubtensorModule.{item}(");
        let entries = self.state.entries.keys().filter_map(|entry| entry.strip_prefix(&start));
        entries.map(|keys| keys.trim_end_matches(')').split(',').collect()).collect()
    }

    /// The networks there are, ascending.
    pub fn networks(&self) -> Vec<u16> {
        let there = |keys: &Vec<&str>| self.get("NetworksAdded", keys) == json!(true);
        let keys = self.keys("NetworksAdded").into_iter().filter(there);
        let mut networks: Vec<u16> = keys.map(|keys| keys[0].parse().expect("a netuid")).collect();
        networks.sort_unstable();
        networks
    }

    /// The hotkeys of a subnet by uid.
    pub fn hotkeys(&self, netuid: u16) -> Vec<String> {
        let netuid = netuid.to_string();
        let count = self.number("SubnetworkN", &[&netuid]);
        let key = |uid: u64| text(&self.get("Keys", &[&netuid, &uid.to_string()]));
        (0..count).map(key).collect()
    }

    /// Stake that the real chain derived from this state.
    pub fn stake(&self, hotkey: &str, coldkey: &str, netuid: u16) -> u64 {
        let key = format!("{hotkey},{coldkey},{netuid}");
        self.state.derived["stake"].get(&key).map_or(0, number)
    }

    /// Every account that owns or stakes something.
    pub fn coldkeys(&self) -> Vec<&'a str> {
        self.keys("StakingHotkeys").into_iter().map(|keys| keys[0]).collect()
    }

    /// Blocks of the state, as they are.
    pub fn now(&self) -> u64 {
        self.state.block.into()
    }

    /// The name of an account that the vectors write in hex.
    pub fn name(&self, id: [u8; 32]) -> String {
        self.states.name(id)
    }
}

/// A number in the notation of the vectors.
pub fn number(value: &Value) -> u64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}

/// A text in the notation of the vectors.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A number as the vectors write it.
#[allow(clippy::needless_pass_by_value, reason = "called with numbers")]
pub fn written(number: impl ToString) -> Value {
    Value::String(number.to_string())
}

/// A list, none as an empty one.
pub fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Raw bits of a fixed-point number.
pub fn bits(value: &Value) -> u128 {
    value["bits"].as_str().and_then(|bits| bits.parse().ok()).unwrap_or_else(|| panic!("{value} has no bits"))
}

/// One object made of the fields of several.
pub fn merged(parts: impl IntoIterator<Item = Value>) -> Value {
    let mut all = Map::new();
    for part in parts {
        all.extend(part.as_object().cloned().unwrap_or_default());
    }
    Value::Object(all)
}
