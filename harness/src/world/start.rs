//! Chains to begin a scenario with.

use super::StepError;
use crate::chain::client::Client;
use crate::chain::genesis::Genesis;
use crate::chain::memory::MemoryChain;
use polkadot_sdk::sp_core::storage::Storage;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

/// What stands behind the chains of scenarios.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The runtime in this process.
    #[default]
    Memory,
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Memory => "memory",
        })
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "memory" => Ok(Self::Memory),
            _ => Err(format!("there is no target `{text}`; there is memory")),
        }
    }
}

/// Starting states that were built in this process.
static BUILT: LazyLock<Mutex<HashMap<String, Storage>>> = LazyLock::new(Mutex::default);

impl Target {
    /// A chain that starts from the named genesis of `fixtures/genesis`.
    ///
    /// # Errors
    /// If there is no such genesis, or it cannot be started from.
    pub fn start(self, name: &str) -> Result<Client, StepError> {
        match self {
            Self::Memory => Ok(Client::new(Box::new(MemoryChain::new(built(name)?)?))),
        }
    }
}

fn built(name: &str) -> Result<Storage, StepError> {
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(storage) = built.get(name) {
        return Ok(storage.clone());
    }
    let storage = Genesis::load(name)?.build(name)?;
    built.insert(name.to_owned(), storage.clone());
    Ok(storage)
}
