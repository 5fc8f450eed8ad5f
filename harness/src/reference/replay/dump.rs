//! Which part of the state a dump holds.

use super::chain::Entries;
use super::storage::item_prefix;
use polkadot_sdk::sp_io::hashing::twox_128;

/// Pallets whose whole storage is in a dump.
const PALLETS: [&str; 4] = ["SubtensorModule", "Swap", "Balances", "AlphaAssets"];

/// Items of them that are not: the symbols of subnets, and the marks of migrations.
const LEFT_OUT: [(&str, &str); 2] =
    [("SubtensorModule", "TokenSymbol"), ("SubtensorModule", "HasMigrationRun")];

/// The raw prefixes of a dump's entries.
#[derive(Clone, Debug)]
pub struct Dump {
    included: Vec<Vec<u8>>,
    left_out: Vec<[u8; 32]>,
}

impl Dump {
    /// The prefixes that the reference dumps.
    pub fn of_reference() -> Self {
        let mut included: Vec<Vec<u8>> =
            PALLETS.iter().map(|name| twox_128(name.as_bytes()).to_vec()).collect();
        included.push(item_prefix("System", "Account").to_vec());
        Self { included, left_out: LEFT_OUT.iter().map(|(pallet, item)| item_prefix(pallet, item)).collect() }
    }

    /// Whether a key belongs into a dump.
    pub fn holds(&self, key: &[u8]) -> bool {
        self.included.iter().any(|prefix| key.starts_with(prefix))
            && !self.left_out.iter().any(|prefix| key.starts_with(prefix))
    }

    /// The part of a state that a dump holds.
    pub fn of(&self, mut state: Entries) -> Entries {
        state.retain(|key, _| self.holds(key));
        state
    }
}
