//! Speaking to a chain by the names in its metadata.

use super::events::Event;
use super::keys::Account;
use super::{Block, Chain, ChainError, Head, Metadata};
use crate::nearest::nearest;
use codec::{Decode, Encode};
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::AccountId32;
use std::collections::BTreeMap;
use std::sync::Arc;
use subxt::config::substrate::{SpecVersionForRange, SubstrateConfigBuilder};
use subxt::ext::frame_decode::storage::{decode_storage_key, encode_storage_key, encode_storage_key_prefix};
use subxt::ext::scale_value::{Composite, Value, scale::decode_as_type};
use subxt::{OfflineClient, SubstrateConfig};

/// How extrinsics of this chain are put together: as on any Substrate chain.
pub type AssayConfig = SubstrateConfig;

/// The first byte of an extrinsic without a signature: version 4 of the format.
const UNSIGNED: u8 = 4;

/// A call to be dispatched: the names and arguments that the metadata declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Pallet, such as `SubtensorModule`.
    pub pallet: String,
    /// Call, such as `add_stake`.
    pub name: String,
    /// Arguments by name.
    pub arguments: Vec<(String, Value)>,
}

impl Call {
    /// A call of `pallet` with named arguments.
    pub fn new(pallet: &str, name: &str, arguments: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        Self {
            pallet: pallet.to_owned(),
            name: name.to_owned(),
            arguments: arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }

    /// The call as a value, for calls that carry another call (`Sudo.sudo`, `Utility.batch`).
    pub fn into_value(self) -> Value {
        let arguments = Composite::named(self.arguments);
        Value::unnamed_variant(self.pallet, [Value::variant(self.name, arguments)])
    }
}

/// A storage entry by its decoded key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Key parts in order; a part whose hasher forgets it is missing.
    pub keys: Vec<Value>,
    /// The value.
    pub value: Value,
}

/// A chain with its metadata at hand.
#[derive(Debug)]
pub struct Client {
    chain: Box<dyn Chain>,
    metadata: Arc<Metadata>,
    offline: OfflineClient<AssayConfig>,
    /// Extrinsics waiting for the next block, by signer: their nonces are not in the state yet.
    waiting: BTreeMap<AccountId32, u64>,
}

impl Client {
    /// A client of `chain`.
    pub fn new(chain: Box<dyn Chain>) -> Self {
        let metadata = chain.metadata();
        let version = chain.version();
        let config = SubstrateConfigBuilder::new()
            .set_genesis_hash(chain.genesis_hash())
            .set_metadata_for_spec_versions([(version.spec, metadata.clone())])
            .set_spec_version_for_block_ranges([SpecVersionForRange {
                block_range: 0..u64::MAX,
                spec_version: version.spec,
                transaction_version: version.transaction,
            }])
            .build();
        Self { chain, metadata, offline: OfflineClient::new_with_config(config), waiting: BTreeMap::new() }
    }

    /// The chain itself.
    pub fn chain(&self) -> &dyn Chain {
        self.chain.as_ref()
    }

    /// A client of a branch of the chain.
    ///
    /// # Errors
    /// [`ChainError::CannotBranch`]
    pub fn branch(&self) -> Result<Self, ChainError> {
        Ok(Self {
            chain: self.chain.branch()?,
            metadata: self.metadata.clone(),
            offline: self.offline.clone(),
            waiting: self.waiting.clone(),
        })
    }

    /// The metadata of the chain.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The last block made.
    ///
    /// # Errors
    /// What the target cannot answer.
    pub async fn head(&self) -> Result<Head, ChainError> {
        self.chain.head().await
    }

    /// Signs a call and offers it for the next block; returns the extrinsic's hash.
    ///
    /// # Errors
    /// [`ChainError::Rejected`] if the chain will not take it; [`ChainError::Value`] if an argument does not fit.
    pub async fn submit(&mut self, signer: &Account, call: &Call) -> Result<H256, ChainError> {
        let already_waiting = self.waiting.get(&signer.id()).copied().unwrap_or_default();
        let nonce = self.nonce(&signer.id()).await? + already_waiting;
        let extrinsic = self.compose(signer, call, nonce)?;
        let hash = self.chain.submit(extrinsic).await?;
        *self.waiting.entry(signer.id()).or_default() += 1;
        Ok(hash)
    }

    /// The signed extrinsic of a call, encoded for the wire.
    ///
    /// # Errors
    /// [`ChainError::Unknown`] if the metadata has no such call, [`ChainError::Value`] if an argument does not fit.
    pub fn compose(&self, signer: &Account, call: &Call, nonce: u64) -> Result<Vec<u8>, ChainError> {
        self.check_call(call)?;
        let problem = |error: &dyn std::fmt::Display| ChainError::Value {
            what: format!("{}.{}", call.pallet, call.name),
            problem: error.to_string(),
        };
        let payload = subxt::dynamic::tx(
            call.pallet.clone(),
            call.name.clone(),
            Composite::named(call.arguments.iter().cloned()),
        );
        let parameters = subxt::config::DefaultExtrinsicParamsBuilder::<AssayConfig>::new()
            .immortal()
            .nonce(nonce)
            .build();
        let client = self.offline.at_block(0_u64).map_err(|error| problem(&error))?;
        let signed = client
            .transactions()
            .create_v4_signable_offline(&payload, parameters)
            .and_then(|mut signable| signable.sign(signer))
            .map_err(|error| problem(&error))?;
        Ok(signed.into_encoded())
    }

    /// Offers a call that nobody signs for the next block; returns the extrinsic's hash.
    ///
    /// # Errors
    /// [`ChainError::Unknown`] if the metadata has no such call, [`ChainError::Rejected`] if the chain will not take it.
    pub async fn submit_unsigned(
        &mut self,
        pallet: &str,
        call: &str,
        arguments: &[u8],
    ) -> Result<H256, ChainError> {
        let found = self.metadata.pallet_by_name(pallet).ok_or_else(|| {
            unknown("pallet", pallet, self.metadata.pallets().map(|pallet| pallet.name().to_owned()))
        })?;
        let variant = found.call_variant_by_name(call).ok_or_else(|| {
            let calls = found.call_variants().unwrap_or_default();
            unknown("call", call, calls.iter().map(|variant| variant.name.clone()))
        })?;
        let bytes = [&[UNSIGNED, found.call_index(), variant.index], arguments].concat();
        // As an extrinsic travels: its length before it.
        self.chain.submit(bytes.encode()).await
    }

    /// The next nonce of an account.
    ///
    /// # Errors
    /// What the target cannot answer.
    pub async fn nonce(&self, account: &AccountId32) -> Result<u64, ChainError> {
        let answer = self.chain.call("AccountNonceApi_account_nonce", &account.encode()).await?;
        let nonce = u32::decode(&mut answer.as_slice()).map_err(|error| ChainError::Value {
            what: "account nonce".into(),
            problem: error.to_string(),
        })?;
        Ok(nonce.into())
    }

    /// Makes blocks; the first includes what is waiting.
    ///
    /// # Errors
    /// [`ChainError::Runtime`] if the runtime fails in a block.
    pub async fn advance(&mut self, count: u32) -> Result<Vec<Block>, ChainError> {
        self.waiting.clear();
        self.chain.advance(count).await
    }

    /// The events of the last block, in order.
    ///
    /// # Errors
    /// [`ChainError::Value`] if the events do not decode by the metadata.
    pub async fn events(&self) -> Result<Vec<Event>, ChainError> {
        let key = encode_storage_key_prefix("System", "Events");
        let bytes = self.chain.storage(&key).await?.unwrap_or_default();
        super::events::decode(&self.offline, &self.metadata, bytes)
    }

    /// The value of a storage item, or its default where it has one and nothing is stored.
    ///
    /// # Errors
    /// [`ChainError::Unknown`] if there is no such item, [`ChainError::Value`] if a key does not fit.
    pub async fn read(&self, pallet: &str, item: &str, keys: &[Value]) -> Result<Option<Value>, ChainError> {
        let (value_type, default) = self.storage_item(pallet, item)?;
        let what = || format!("{pallet}.{item}");
        let key = encode_storage_key(pallet, item, keys.to_vec(), &*self.metadata, self.metadata.types())
            .map_err(|error| ChainError::Value { what: what(), problem: error.to_string() })?;
        let bytes = self.chain.storage(&key).await?.or(default);
        bytes.map(|bytes| self.decode(&bytes, value_type, &what())).transpose()
    }

    /// All entries of a storage map, in the order of their raw keys.
    ///
    /// # Errors
    /// [`ChainError::Unknown`] if there is no such item.
    pub async fn entries(&self, pallet: &str, item: &str) -> Result<Vec<Entry>, ChainError> {
        let (value_type, _) = self.storage_item(pallet, item)?;
        let what = format!("{pallet}.{item}");
        let mut entries = Vec::new();
        for (key, value) in self.chain.entries(&encode_storage_key_prefix(pallet, item)).await? {
            entries.push(Entry {
                keys: self.decode_key(pallet, item, &key)?,
                value: self.decode(&value, value_type, &what)?,
            });
        }
        Ok(entries)
    }

    /// The parts of a raw storage key that can be read back.
    ///
    /// # Errors
    /// [`ChainError::Value`] if the bytes are not a key of the item.
    pub fn decode_key(&self, pallet: &str, item: &str, key: &[u8]) -> Result<Vec<Value>, ChainError> {
        let what = format!("a key of {pallet}.{item}");
        let parts = decode_storage_key(pallet, item, &mut &*key, &*self.metadata, self.metadata.types())
            .map_err(|error| ChainError::Value { what: what.clone(), problem: error.to_string() })?;
        parts
            .parts()
            .filter_map(|part| part.value())
            .map(|value| self.decode(&key[value.range()], *value.ty(), &what))
            .collect()
    }

    /// Decodes bytes as a type of the metadata.
    ///
    /// # Errors
    /// [`ChainError::Value`] if the bytes are not a value of the type.
    pub fn decode(&self, bytes: &[u8], type_id: u32, what: &str) -> Result<Value, ChainError> {
        decode_as_type(&mut &*bytes, type_id, self.metadata.types())
            .map(Value::remove_context)
            .map_err(|error| ChainError::Value { what: what.to_owned(), problem: error.to_string() })
    }

    /// The value type of a storage item and its default, if it has one.
    fn storage_item(&self, pallet: &str, item: &str) -> Result<(u32, Option<Vec<u8>>), ChainError> {
        let found = self.metadata.pallet_by_name(pallet).ok_or_else(|| {
            unknown("pallet", pallet, self.metadata.pallets().map(|pallet| pallet.name().to_owned()))
        })?;
        let items = found.storage().map(subxt::metadata::StorageMetadata::entries).unwrap_or_default();
        let entry = items.iter().find(|entry| entry.name() == item).ok_or_else(|| {
            unknown("storage item", item, items.iter().map(|entry| entry.name().to_owned()))
        })?;
        Ok((entry.value_ty(), entry.default_value().map(<[u8]>::to_vec)))
    }

    fn check_call(&self, call: &Call) -> Result<(), ChainError> {
        let pallet = self.metadata.pallet_by_name(&call.pallet).ok_or_else(|| {
            unknown("pallet", &call.pallet, self.metadata.pallets().map(|pallet| pallet.name().to_owned()))
        })?;
        let variants = pallet.call_variants().unwrap_or_default();
        let variant = variants.iter().find(|variant| variant.name == call.name).ok_or_else(|| {
            unknown("call", &call.name, variants.iter().map(|variant| variant.name.clone()))
        })?;
        let declared = || variant.fields.iter().filter_map(|field| field.name.clone());
        match call.arguments.iter().find(|(name, _)| !declared().any(|field| field == *name)) {
            Some((name, _)) => Err(unknown("argument", name, declared())),
            None => Ok(()),
        }
    }
}

/// A name that is not there, with the nearest one that is.
fn unknown(what: &'static str, name: &str, known: impl IntoIterator<Item = String>) -> ChainError {
    ChainError::Unknown { what, name: name.to_owned(), nearest: nearest(name, known) }
}
