//! The short names under which a vector file writes accounts.

use crate::reference::case::{self, CaseError};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// An account's 32 bytes.
pub type AccountId = [u8; 32];

/// The names of one file, both ways.
#[derive(Debug, Default)]
pub struct Accounts {
    ids: HashMap<String, AccountId>,
    names: HashMap<AccountId, String>,
}

impl Accounts {
    /// Reads the table `accounts` of a file.
    ///
    /// # Errors
    /// An account without an `id` of 32 bytes.
    pub fn read(table: &Map<String, Value>) -> Result<Self, CaseError> {
        let mut accounts = Self::default();
        for (name, account) in table {
            let id = account.get("id").and_then(Value::as_str).and_then(bytes);
            let id = id.and_then(|id| AccountId::try_from(id).ok());
            let id =
                id.ok_or_else(|| CaseError::new(format!("accounts.{name}.id"), "is not 32 bytes in hex"))?;
            accounts.ids.insert(name.clone(), id);
            accounts.names.insert(id, name.clone());
        }
        Ok(accounts)
    }

    /// The account with a name, or with these bytes in hex.
    pub fn id(&self, name: &str) -> Option<AccountId> {
        self.ids.get(name).copied().or_else(|| bytes(name)?.try_into().ok())
    }

    /// The name of an account, or its bytes in hex where it has none.
    pub fn name(&self, id: &AccountId) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| hex(id))
    }

    /// The account with a name; `field` tells where the name stands.
    ///
    /// # Errors
    /// A name that the file does not explain.
    pub fn require(&self, name: &str, field: &str) -> Result<AccountId, CaseError> {
        self.id(name).ok_or_else(|| CaseError::new(field, format!("`{name}` is no account of this file")))
    }

    /// Splits `hotkey,coldkey,netuid`.
    ///
    /// # Errors
    /// A key that is not of this form.
    pub fn position(&self, key: &str, field: &str) -> Result<(AccountId, AccountId, u16), CaseError> {
        let parts: Vec<&str> = key.split(',').collect();
        let [hotkey, coldkey, netuid] = parts.as_slice() else {
            return Err(CaseError::new(field, "is not `hotkey,coldkey,netuid`"));
        };
        let netuid = case::parse(&Value::String((*netuid).to_owned()), field)?;
        Ok((self.require(hotkey, field)?, self.require(coldkey, field)?, netuid))
    }
}

pub use crate::world::notation::hex;

/// The bytes of a text in hex after `0x`.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    hex::decode(text.strip_prefix("0x")?).ok()
}
