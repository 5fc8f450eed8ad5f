//! Accounts by the names that scenarios give them.

use crate::chain::keys::{Account, SS58_PREFIX};
use polkadot_sdk::sp_core::crypto::Ss58Codec;
use polkadot_sdk::sp_runtime::AccountId32;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};
use thiserror::Error;

/// Names that every scenario knows before it mentions them, such as block authors.
const WELL_KNOWN: [&str; 9] = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "One", "Two", "Three"];

/// Networks whose own accounts are named in documents.
const NAMED_SUBNETS: u16 = 256;

/// Accounts derived so far in this process: a derivation takes a thousand times longer than a look-up.
static DERIVED: LazyLock<Mutex<HashMap<String, Account>>> = LazyLock::new(Mutex::default);

/// A text that names no account.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no account; write a name such as Alice or miner1, or an address in ss58")]
pub struct NoAccount(String);

/// The names of a scenario, both ways.
///
/// A name stands for the derivation of that name from the development phrase: `miner1` is `//miner1`. Accounts that
/// belong to the protocol are `zero`, `burn_account` and `subnet_account_2` (section 01, 3).
#[derive(Debug)]
pub struct Names {
    by_id: RefCell<BTreeMap<AccountId32, String>>,
}

impl Default for Names {
    fn default() -> Self {
        let names = Self { by_id: RefCell::default() };
        for name in WELL_KNOWN {
            // A name of letters is always a derivation.
            let _ = names.account(name);
        }
        let protocol = ["zero".to_owned(), "burn_account".to_owned()];
        let subnets = (0..NAMED_SUBNETS).map(|netuid| format!("subnet_account_{netuid}"));
        for name in protocol.into_iter().chain(subnets) {
            if let Some(id) = protocol_account(&name) {
                names.by_id.borrow_mut().insert(id, name);
            }
        }
        names
    }
}

impl Names {
    /// The account of a name, to sign with.
    ///
    /// # Errors
    /// A text that is not a name.
    pub fn account(&self, name: &str) -> Result<Account, NoAccount> {
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
        if !is_name || protocol_account(name).is_some() {
            return Err(NoAccount(name.to_owned()));
        }
        let account = derive(name)?;
        self.by_id.borrow_mut().insert(account.id(), name.to_owned());
        Ok(account)
    }

    /// The id of a name, of an address in ss58, or of 32 bytes in hex.
    ///
    /// # Errors
    /// A text that is none of these.
    pub fn id(&self, text: &str) -> Result<AccountId32, NoAccount> {
        if let Some(id) = protocol_account(text) {
            return Ok(id);
        }
        if let Ok(id) = AccountId32::from_ss58check(text) {
            return Ok(id);
        }
        if let Some(id) = super::notation::hex_bytes(text).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        {
            return Ok(id.into());
        }
        self.account(text).map(|account| account.id())
    }

    /// The name of an account, or its address where the scenario never named it.
    pub fn name(&self, id: &AccountId32) -> String {
        let known = self.by_id.borrow().get(id).cloned();
        known.unwrap_or_else(|| id.to_ss58check_with_version(SS58_PREFIX.into()))
    }
}

fn derive(name: &str) -> Result<Account, NoAccount> {
    let mut derived = DERIVED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(account) = derived.get(name) {
        return Ok(account.clone());
    }
    let account = Account::from_uri(&format!("//{name}")).map_err(|_| NoAccount(name.to_owned()))?;
    derived.insert(name.to_owned(), account.clone());
    Ok(account)
}

/// The accounts that nobody has a key for (section 01, 3).
fn protocol_account(name: &str) -> Option<AccountId32> {
    let mut id = [0; 32];
    let prefix: &[u8] = match name {
        "zero" => b"",
        "burn_account" => b"modlburntnsr",
        _ => b"modlsubtensr",
    };
    id.get_mut(..prefix.len())?.copy_from_slice(prefix);
    if !matches!(name, "zero" | "burn_account") {
        let netuid: u16 = name.strip_prefix("subnet_account_")?.parse().ok()?;
        id.get_mut(12..14)?.copy_from_slice(&netuid.to_le_bytes());
    }
    Some(id.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        let names = Names::default();
        let miner = names.id("miner1").unwrap();
        assert_eq!(names.name(&miner), "miner1");
        assert_eq!(names.id(&names.account("Alice").unwrap().ss58()).unwrap(), names.id("Alice").unwrap());
        assert_eq!(names.name(&names.id("subnet_account_2").unwrap()), "subnet_account_2");
        assert_eq!(names.id("zero").unwrap(), AccountId32::new([0; 32]));
        let address = Account::from_uri("//nobody//knows").unwrap();
        assert_eq!(names.name(&address.id()), address.ss58());
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let names = Names::default();
        for text in ["", "1st", "Alice//hot", "0x12", "two words"] {
            assert_eq!(names.id(text), Err(NoAccount(text.to_owned())));
        }
        assert!(names.account("zero").is_err(), "nobody can sign for the zero account");
    }
}
