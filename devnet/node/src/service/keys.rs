//! The keys of the authorities that a node is.

use crate::Error;
use polkadot_sdk::sp_core::bytes::to_hex;
use polkadot_sdk::sp_core::crypto::key_types::{AURA, GRANDPA};
use polkadot_sdk::sp_core::crypto::{Pair, SecretStringError};
use polkadot_sdk::sp_core::{ed25519, sr25519};
use polkadot_sdk::sp_keystore::KeystorePtr;
use std::fmt::Display;

/// Puts the keys of each name into the key store, in memory: `One` has those of `//One`.
///
/// # Errors
/// [`Error::Usage`] for a name that is not the path of a key.
pub fn insert(keystore: &KeystorePtr, names: &[String]) -> Result<(), Error> {
    for name in names {
        let uri = format!("//{name}");
        let bad =
            |error: &dyn Display| Error::Usage(format!("`{name}` is not the name of an authority: {error}"));
        let author = secret::<sr25519::Pair>(&uri).map_err(|error| bad(&error))?;
        let voter = secret::<ed25519::Pair>(&uri).map_err(|error| bad(&error))?;
        keystore.sr25519_generate_new(AURA, Some(&author)).map_err(|error| bad(&error))?;
        keystore.ed25519_generate_new(GRANDPA, Some(&voter)).map_err(|error| bad(&error))?;
    }
    Ok(())
}

/// The secret of a key as the key store is to keep it. It makes the key anew of it for each signature, which takes a
/// millisecond from the phrase that a path begins with, and next to nothing from a seed.
fn secret<P: Pair>(uri: &str) -> Result<String, SecretStringError> {
    let (_, seed) = P::from_string_with_seed(uri, None)?;
    Ok(seed.map_or_else(|| uri.to_owned(), |seed| to_hex(seed.as_ref(), false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use polkadot_sdk::sc_keystore::LocalKeystore;
    use polkadot_sdk::sp_keystore::Keystore;
    use std::sync::Arc;

    fn store(names: &[&str]) -> Result<KeystorePtr, Error> {
        let store: KeystorePtr = Arc::new(LocalKeystore::in_memory());
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        insert(&store, &names).map(|()| store)
    }

    #[test]
    fn the_keys_are_those_of_the_path() {
        let store = store(&["One"]).unwrap();
        let author = sr25519::Pair::from_string("//One", None).unwrap().public();
        let signature = store.sr25519_sign(AURA, &author, b"block").unwrap().expect("it has the key");
        assert!(sr25519::Pair::verify(&signature, b"block", &author));
        let voter = ed25519::Pair::from_string("//One", None).unwrap().public();
        assert!(store.has_keys(&[(voter.to_vec(), GRANDPA)]));
    }

    #[test]
    fn a_name_that_is_no_path_is_refused() {
        let error = store(&["One", "Two/soft"]).err().expect("it is no name").to_string();
        assert!(error.contains("`Two/soft` is not the name of an authority"), "{error}");
    }
}
