//! Starting states by name, read from `fixtures/genesis/*.yaml`.
//!
//! A genesis is what the runtime builds from authorities, sudo key and balances, and a list of storage entries that
//! are set on top, in the notation of the reference vectors with two conveniences: amounts may carry a unit
//! (`1,250 TAO`), and whole numbers need no quotes.

use super::endowments;
use super::keys::Account;
use crate::amount::{AmountError, parse_alpha, parse_tao};
use crate::reference::replay::accounts::{Accounts, hex};
use crate::reference::replay::notation::Notation;
use crate::reference::replay::runtime::RuntimeTypes;
use crate::reference::replay::storage::EntryError;
use assay_node::NATIVE_CODE;
use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityId as AuraId;
use polkadot_sdk::sp_consensus_grandpa::AuthorityId as GrandpaId;
use polkadot_sdk::sp_core::crypto::{Pair as _, SecretStringError};
use polkadot_sdk::sp_core::storage::{Storage, well_known_keys};
use polkadot_sdk::sp_core::{ed25519, sr25519};
use polkadot_sdk::sp_runtime::AccountId32;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A genesis that cannot be made.
#[derive(Debug, Error)]
pub enum GenesisError {
    /// There is no file of that name.
    #[error("there is no genesis `{name}`: {path} cannot be read ({source})")]
    Unreadable {
        /// The name asked for.
        name: String,
        /// The file looked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a genesis.
    #[error("{path}: {source}")]
    Yaml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_yaml::Error,
    },
    /// A name is not an account.
    #[error("{genesis}: `{name}` is not an account: {source}")]
    Account {
        /// The genesis.
        genesis: String,
        /// The name.
        name: String,
        /// Why it is none.
        source: SecretStringError,
    },
    /// A balance is not an amount.
    #[error("{genesis}: {name}: {source}")]
    Amount {
        /// The genesis.
        genesis: String,
        /// Whose balance.
        name: String,
        /// What is wrong with it.
        source: AmountError,
    },
    /// A storage entry does not fit the runtime.
    #[error("{genesis}: {source}")]
    Entry {
        /// The genesis.
        genesis: String,
        /// What does not fit.
        source: EntryError,
    },
    /// Two genesis files build on each other, or the runtime cannot build one.
    #[error("{genesis}: {problem}")]
    Impossible {
        /// The genesis.
        genesis: String,
        /// Why.
        problem: String,
    },
}

/// Authorities that the runtime keeps at most.
const MOST_AUTHORITIES: usize = 32;

/// A starting state, as its file says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genesis {
    /// What it is, in a line.
    pub description: String,
    /// Another genesis that this one changes.
    #[serde(default)]
    pub base: Option<String>,
    /// Names of the authorities in the order of their turns; those of `base` if none are given.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// Name of the holder of the sudo key; that of `base` if none is given.
    #[serde(default)]
    pub sudo: Option<String>,
    /// Balances by name, such as `1,000 TAO`; they are added to those of `base`.
    #[serde(default)]
    pub balances: BTreeMap<String, String>,
    /// Hotkeys that answer with their root stake for authorities, by the authority's name; added to those of `base`.
    #[serde(default)]
    pub links: BTreeMap<String, String>,
    /// Storage entries to set, after those of `base`.
    #[serde(default)]
    pub storage: BTreeMap<String, serde_yaml::Value>,
}

/// The folder of the genesis files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/genesis")
}

impl Genesis {
    /// The genesis of a name, or of a file whose name ends in `.yaml`, its bases merged in.
    ///
    /// # Errors
    /// A file that is missing, not a genesis, or based on itself.
    pub fn load(name: &str) -> Result<Self, GenesisError> {
        Self::load_after(name, &mut Vec::new())
    }

    fn load_after(name: &str, seen: &mut Vec<String>) -> Result<Self, GenesisError> {
        if seen.iter().any(|earlier| earlier == name) {
            let problem = format!("is based on itself, by way of {}", seen.join(", "));
            return Err(GenesisError::Impossible { genesis: name.to_owned(), problem });
        }
        seen.push(name.to_owned());
        let (path, text) = read(name)?;
        let genesis: Self =
            serde_yaml::from_str(&text).map_err(|source| GenesisError::Yaml { path, source })?;
        match &genesis.base {
            Some(base) => Ok(genesis.clone().on(Self::load_after(base, seen)?)),
            None => Ok(genesis),
        }
    }

    /// This genesis on top of another.
    fn on(self, mut base: Self) -> Self {
        base.balances.extend(self.balances);
        base.links.extend(self.links);
        base.storage.extend(self.storage);
        Self {
            description: self.description,
            base: None,
            authorities: if self.authorities.is_empty() { base.authorities } else { self.authorities },
            sudo: self.sudo.or(base.sudo),
            balances: base.balances,
            links: base.links,
            storage: base.storage,
        }
    }

    /// The storage of block 0; `name` is what errors call it.
    ///
    /// # Errors
    /// A name that is no account, a balance that no chain can begin with, an entry that the runtime does not have.
    pub fn build(&self, name: &str) -> Result<Storage, GenesisError> {
        let authorities = self.authorities.iter().map(|authority| Self::authority(name, authority));
        let sudo = self.sudo.as_ref().map(|sudo| account_id(name, sudo)).transpose()?;
        let links = self.links.iter().map(|(authority, hotkey)| {
            let (_, voter) = Self::authority(name, authority)?;
            Ok((voter, account_id(name, hotkey)?))
        });
        if self.authorities.len() > MOST_AUTHORITIES {
            let problem = format!("{} authorities are more than {MOST_AUTHORITIES}", self.authorities.len());
            return Err(impossible(name, problem));
        }
        let mut config = assay_runtime::genesis::genesis(
            authorities.collect::<Result<_, _>>()?,
            sudo,
            endowments::read(name, &self.balances)?,
        );
        config.slashing.links = links.collect::<Result<_, GenesisError>>()?;
        let mut storage =
            assay_runtime::genesis::storage(&config).map_err(|problem| impossible(name, problem))?;
        // A node wants some code in the genesis; this one runs natively and the bytes say so.
        storage.top.insert(well_known_keys::CODE.to_vec(), NATIVE_CODE.to_vec());
        self.set_entries(name, &mut storage)?;
        Ok(storage)
    }

    fn set_entries(&self, name: &str, storage: &mut Storage) -> Result<(), GenesisError> {
        let types = RuntimeTypes::of_this_build().map_err(|problem| impossible(name, problem))?;
        let accounts = self.accounts(name)?;
        let notation = Notation { types: &types.types, accounts: &accounts };
        for (entry, value) in &self.storage {
            let (key, value) = types
                .items
                .encode(notation, entry, &in_notation(value))
                .map_err(|source| GenesisError::Entry { genesis: name.to_owned(), source })?;
            storage.top.insert(key, value);
        }
        Ok(())
    }

    /// Every account that the file may name.
    fn accounts(&self, name: &str) -> Result<Accounts, GenesisError> {
        let mut table = Map::new();
        for account in
            self.balances.keys().chain(&self.authorities).chain(&self.sudo).chain(self.links.values())
        {
            let id: [u8; 32] = account_id(name, account)?.into();
            table.insert(account.clone(), json!({ "id": hex(&id) }));
        }
        table.insert("zero".into(), json!({ "id": hex(&[0; 32]) }));
        Accounts::read(&table).map_err(|error| impossible(name, error.to_string()))
    }

    fn authority(genesis: &str, name: &str) -> Result<(AuraId, GrandpaId), GenesisError> {
        let uri = format!("//{name}");
        let bad =
            |source| GenesisError::Account { genesis: genesis.to_owned(), name: name.to_owned(), source };
        let author = sr25519::Pair::from_string(&uri, None).map_err(bad)?;
        let voter = ed25519::Pair::from_string(&uri, None).map_err(bad)?;
        Ok((author.public().into(), voter.public().into()))
    }
}

/// The file of a genesis, and what it says.
///
/// The program carries the genesis files of this project, for machines that have the program alone.
fn read(name: &str) -> Result<(PathBuf, String), GenesisError> {
    let is_file = matches!(Path::new(name).extension().and_then(OsStr::to_str), Some("yaml" | "yml"));
    let path = if is_file { PathBuf::from(name) } else { folder().join(format!("{name}.yaml")) };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(source) => match CARRIED.iter().find(|(carried, _)| *carried == name) {
            Some((_, text)) => Ok((path, (*text).to_owned())),
            None => Err(GenesisError::Unreadable { name: name.to_owned(), path, source }),
        },
    }
}

/// The genesis files in the program.
const CARRIED: [(&str, &str); 3] = [
    ("dev", include_str!("../../../fixtures/genesis/dev.yaml")),
    ("fresh", include_str!("../../../fixtures/genesis/fresh.yaml")),
    ("six", include_str!("../../../fixtures/genesis/six.yaml")),
];

/// The account of a name: a chain's own account (`subnet_account_1`, `burn_account`), or the derivation `//Name`.
///
/// # Errors
/// [`GenesisError::Account`] if the name is not a derivation.
pub fn account_id(genesis: &str, name: &str) -> Result<AccountId32, GenesisError> {
    if let Some(netuid) = name.strip_prefix("subnet_account_").and_then(|netuid| netuid.parse::<u16>().ok()) {
        return Ok(pallet_account(*b"subtensr", &netuid.to_le_bytes()));
    }
    if name == "burn_account" {
        return Ok(pallet_account(*b"burntnsr", &[]));
    }
    Account::from_uri(&format!("//{name}")).map(|account| account.id()).map_err(|source| {
        GenesisError::Account { genesis: genesis.to_owned(), name: name.to_owned(), source }
    })
}

/// An account that nobody has the key of (section 01, 3).
pub(crate) fn pallet_account(pallet: [u8; 8], number: &[u8]) -> AccountId32 {
    let mut id = [0; 32];
    let bytes = b"modl".iter().chain(&pallet).chain(number);
    id.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    AccountId32::new(id)
}

/// A YAML value in the notation of the vectors: integers as decimal strings, amounts in rao.
fn in_notation(value: &serde_yaml::Value) -> Value {
    match serde_json::to_value(value).unwrap_or_default() {
        Value::Number(number) => Value::String(number.to_string()),
        Value::String(text) => {
            let amount = match text.rsplit_once(' ') {
                Some((_, "TAO")) => parse_tao(&text).ok(),
                Some((_, "alpha")) => parse_alpha(&text).ok(),
                _ => None,
            };
            Value::String(amount.map_or(text, |amount| amount.rao().to_string()))
        }
        other => other,
    }
}

fn impossible(genesis: &str, problem: String) -> GenesisError {
    GenesisError::Impossible { genesis: genesis.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dev_changes_what_it_says_and_keeps_the_rest() {
        let (fresh, dev) = (Genesis::load("fresh").unwrap(), Genesis::load("dev").unwrap());
        let (fresh, dev) = (fresh.build("fresh").unwrap().top, dev.build("dev").unwrap().top);
        let changed = dev.iter().filter(|(key, value)| fresh.get(*key) != Some(value)).count();
        assert_eq!(changed, 7);
        assert!(fresh.keys().all(|key| dev.contains_key(key)));
    }

    #[test]
    fn a_genesis_that_cannot_be_made_is_explained() {
        let unknown = Genesis::load("nowhere").unwrap_err().to_string();
        assert!(unknown.starts_with("there is no genesis `nowhere`"), "{unknown}");
        let mut wrong = Genesis::load("dev").unwrap();
        wrong.storage.insert("SubtensorModule.Tempo(2)".into(), "soon".into());
        let wrong = wrong.build("wrong").unwrap_err().to_string();
        assert!(wrong.contains("SubtensorModule.Tempo(2)") && wrong.contains("soon"), "{wrong}");
    }
}
