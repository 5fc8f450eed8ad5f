//! The keys of miners and validators on disk, where wallets of the field look for them.

use super::super::NetworkError;
use super::super::topology::Market;
use assay_neuron::key::Secret;
use assay_neuron::wallet::Wallet;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

/// Writes the coldkeys and hotkeys of all miners and validators, in plain: they are development keys.
pub(super) fn write(folder: &Path, market: &Market) -> Result<(), NetworkError> {
    let mut written = BTreeSet::new();
    for neuron in &market.neurons {
        let wallet = Wallet::at(folder, &neuron.coldkey).map_err(|error| failed(&error))?;
        if written.insert(&neuron.coldkey) {
            wallet.write_coldkey(&secret(&neuron.coldkey)?).map_err(|error| failed(&error))?;
        }
        wallet.write_hotkey(&neuron.name, &secret(&neuron.name)?).map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn secret(name: &str) -> Result<Secret, NetworkError> {
    Secret::from_uri(&format!("//{name}")).map_err(|error| failed(&error))
}

fn failed(problem: &dyn Display) -> NetworkError {
    NetworkError::Market { what: "the wallets".into(), problem: problem.to_string() }
}
