//! Chain specs: what a chain starts from, as the SDK's nodes and tools exchange it.

use crate::Error;
use codec::Encode;
use polkadot_sdk::frame_support::storage::storage_prefix;
use polkadot_sdk::sc_service::{ChainSpec, GenericChainSpec};
use polkadot_sdk::sp_core::Pair as _;
use polkadot_sdk::sp_core::storage::{Storage, well_known_keys};
use polkadot_sdk::sp_core::{ed25519, sr25519};
use serde_json::{Map, Value, json};
use std::path::Path;

/// What stands under `:code` where the runtime compiled into the program runs the chain.
pub const NATIVE_CODE: &[u8] = b"native";

/// Says what a chain's name, or a file that is not JSON, means: the storage of its block 0.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Result<Storage, String>;

/// Name of the chain, as the reference's local chain has it (wallets and explorers show it).
const NAME: &str = "Bittensor";
/// Id of the chain; folders of databases are called by it.
const ID: &str = "bittensor";

/// The chain spec of a name or a file: a raw spec in JSON, or what `resolve` makes of it.
///
/// # Errors
/// A file that is missing or no spec, a name that `resolve` does not know.
pub fn load(chain: &str, resolve: Resolve) -> Result<Box<dyn ChainSpec>, Error> {
    let path = Path::new(chain);
    if path.extension().is_some_and(|extension| extension == "json") {
        let text =
            std::fs::read(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
        return from_json(chain, text);
    }
    let storage = resolve(chain).map_err(|problem| Error::Chain { chain: chain.to_owned(), problem })?;
    from_storage(chain, &storage)
}

/// What a chain's block 0 is changed in, on the command line.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Names of the only authorities.
    pub authorities: Option<Vec<String>>,
    /// The runtime, as WASM.
    pub code: Option<Vec<u8>>,
}

impl Changes {
    /// The chain spec of a chain with these changes.
    ///
    /// # Errors
    /// As [`load`] and [`set_authorities`].
    pub fn load(&self, chain: &str, resolve: Resolve) -> Result<Box<dyn ChainSpec>, Error> {
        let spec = load(chain, resolve)?;
        if self.authorities.is_none() && self.code.is_none() {
            return Ok(spec);
        }
        let bad = |problem| Error::Chain { chain: chain.to_owned(), problem };
        let mut storage = spec.as_storage_builder().build_storage().map_err(bad)?;
        if let Some(names) = &self.authorities {
            set_authorities(&mut storage, names)?;
        }
        if let Some(code) = &self.code {
            storage.top.insert(well_known_keys::CODE.to_vec(), code.clone());
        }
        from_storage(chain, &storage)
    }
}

/// A runtime in a file, as WASM, plain or compressed.
///
/// # Errors
/// A file that is missing, or holds something else.
pub fn read_wasm(path: &Path) -> Result<Vec<u8>, Error> {
    let code = std::fs::read(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
    if code.starts_with(WASM) || code.starts_with(COMPRESSED_WASM) {
        Ok(code)
    } else {
        Err(Error::Usage(format!("{} is not a WASM runtime", path.display())))
    }
}

/// How WASM starts.
const WASM: &[u8] = b"\0asm";
/// How WASM starts that the SDK's tools have compressed.
const COMPRESSED_WASM: &[u8] = &[82, 188, 83, 118, 70, 219, 142, 5];

/// The chain spec of a genesis storage.
///
/// # Errors
/// [`Error::Chain`] if the SDK does not take it.
pub fn from_storage(chain: &str, storage: &Storage) -> Result<Box<dyn ChainSpec>, Error> {
    from_json(chain, raw(storage).to_string().into_bytes())
}

fn from_json(chain: &str, text: Vec<u8>) -> Result<Box<dyn ChainSpec>, Error> {
    let spec = GenericChainSpec::<Option<()>>::from_json_bytes(text)
        .map_err(|problem| Error::Chain { chain: chain.to_owned(), problem })?;
    Ok(Box::new(spec))
}

/// A raw chain spec: the storage of block 0, entry by entry.
pub fn raw(storage: &Storage) -> Value {
    let top: Map<String, Value> =
        storage.top.iter().map(|(key, value)| (hex(key), Value::String(hex(value)))).collect();
    json!({
        "name": NAME,
        "id": ID,
        "chainType": "Local",
        "bootNodes": [],
        "telemetryEndpoints": null,
        "protocolId": ID,
        "properties": { "tokenSymbol": "TAO", "tokenDecimals": 9, "ss58Format": 42 },
        "codeSubstitutes": {},
        "genesis": { "raw": { "top": top, "childrenDefault": {} } },
    })
}

/// Replaces the authorities of a genesis by those of the given names (`One` has the keys of `//One`).
///
/// # Errors
/// [`Error::Usage`] for a name that is not the path of a key.
pub fn set_authorities(storage: &mut Storage, names: &[String]) -> Result<(), Error> {
    let mut authors = Vec::new();
    let mut voters = Vec::new();
    for name in names {
        let bad = |error| Error::Usage(format!("`{name}` is not the name of an authority: {error}"));
        let uri = format!("//{name}");
        authors.push(sr25519::Pair::from_string(&uri, None).map_err(bad)?.public());
        voters.push((ed25519::Pair::from_string(&uri, None).map_err(bad)?.public(), 1_u64));
    }
    let aura = storage_prefix(b"Aura", b"Authorities");
    let grandpa = storage_prefix(b"Grandpa", b"Authorities");
    storage.top.insert(aura.to_vec(), authors.encode());
    storage.top.insert(grandpa.to_vec(), voters.encode());
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    polkadot_sdk::sp_core::bytes::to_hex(bytes, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_runtime::Runtime;
    use polkadot_sdk::sp_core::crypto::UncheckedInto;
    use polkadot_sdk::sp_io::TestExternalities;
    use polkadot_sdk::sp_runtime::BuildStorage;
    use polkadot_sdk::{pallet_aura, pallet_grandpa};

    fn genesis() -> Storage {
        assay_runtime::genesis::genesis(Vec::new(), None, Vec::new()).build_storage().unwrap()
    }

    #[test]
    fn authorities_are_where_the_runtime_looks_for_them() {
        let mut storage = genesis();
        set_authorities(&mut storage, &["One".into(), "Two".into()]).unwrap();
        let one = sr25519::Pair::from_string("//One", None).unwrap().public();
        let two = ed25519::Pair::from_string("//Two", None).unwrap().public();
        TestExternalities::new(storage).execute_with(|| {
            let authors = pallet_aura::Authorities::<Runtime>::get();
            assert_eq!(authors.len(), 2);
            assert_eq!(authors[0], one.into());
            let voters = pallet_grandpa::Pallet::<Runtime>::grandpa_authorities();
            assert_eq!(voters.len(), 2);
            assert_eq!(voters[1], (two.0.unchecked_into(), 1));
        });
    }

    #[test]
    fn a_raw_spec_carries_every_entry() {
        let storage = genesis();
        let spec = from_storage("test", &storage).unwrap();
        assert_eq!(spec.name(), "Bittensor");
        assert_eq!(spec.as_storage_builder().build_storage().unwrap().top, storage.top);
    }

    #[test]
    fn a_chain_that_cannot_be_used_is_explained() {
        let nothing = |name: &str| Err(format!("no genesis `{name}`"));
        let unknown = load("nowhere", &nothing).err().unwrap().to_string();
        assert_eq!(unknown, "the chain `nowhere` cannot be used: no genesis `nowhere`");
        let missing = load("/nowhere/spec.json", &nothing).err().unwrap().to_string();
        assert!(missing.starts_with("/nowhere/spec.json cannot be read"), "{missing}");
    }
}
