//! The keys of the authorities that a node is.

use crate::Error;
use polkadot_sdk::sp_core::crypto::key_types::{AURA, GRANDPA};
use polkadot_sdk::sp_keystore::KeystorePtr;

/// Puts the keys of each name into the key store, in memory: `One` has those of `//One`.
///
/// # Errors
/// [`Error::Usage`] for a name that is not the path of a key.
pub fn insert(keystore: &KeystorePtr, names: &[String]) -> Result<(), Error> {
    for name in names {
        let uri = format!("//{name}");
        let bad = |error| Error::Usage(format!("`{name}` is not the name of an authority: {error}"));
        keystore.sr25519_generate_new(AURA, Some(&uri)).map_err(bad)?;
        keystore.ed25519_generate_new(GRANDPA, Some(&uri)).map_err(bad)?;
    }
    Ok(())
}
