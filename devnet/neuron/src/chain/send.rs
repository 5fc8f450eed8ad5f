//! Calls that miners and validators make.

use super::{Chain, ChainError};
use crate::key::{Key, Public};
use crate::protocol::{Payee, Voucher};
use crate::validator::Offence;
use assay_inference::H256;
use codec::{Compact, Encode};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use subxt::SubstrateConfig;
use subxt::config::DefaultExtrinsicParamsBuilder;
use subxt::dynamic::{self, Value};
use subxt::ext::scale_value::Composite;
use subxt::transactions::{DynamicPayload, Signer, TransactionStatus};
use subxt::utils::{AccountId32, MultiSignature};

/// How long a call may take to be in a block.
const INCLUSION: Duration = Duration::from_secs(120);

/// Blocks for which a call is good: one that was not taken does not come back from nowhere.
const ERA: u64 = 64;

/// The pallets that are called.
const SUBTENSOR: &str = "SubtensorModule";
const SLASHING: &str = "Slashing";
const CREDITS: &str = "Credits";

type Call = DynamicPayload<Composite<()>>;

impl Signer<SubstrateConfig> for Key {
    fn account_id(&self) -> AccountId32 {
        AccountId32(self.public())
    }

    fn sign(&self, payload: &[u8]) -> MultiSignature {
        MultiSignature::Sr25519(Self::sign(self, payload))
    }
}

impl Chain {
    /// Gives a hotkey a slot, burning what that costs now; the coldkey pays and will own it.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn register(&self, coldkey: &Key, netuid: u16, hotkey: &Public) -> Result<(), ChainError> {
        let arguments = [("netuid", number(netuid)), ("hotkey", Value::from_bytes(hotkey))];
        self.submit(coldkey, call(SUBTENSOR, "burned_register", arguments)).await
    }

    /// Announces where a hotkey serves.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn announce(&self, hotkey: &Key, netuid: u16, at: SocketAddr) -> Result<(), ChainError> {
        let (ip, ip_type) = match at.ip() {
            IpAddr::V4(ip) => (u128::from(u32::from(ip)), 4_u8),
            IpAddr::V6(ip) => (u128::from(ip), 6),
        };
        let arguments = [
            ("netuid", number(netuid)),
            ("version", number(1_u8)),
            ("ip", Value::u128(ip)),
            ("port", number(at.port())),
            ("ip_type", number(ip_type)),
            // 4 is what this protocol is called here; the chain does not look at it.
            ("protocol", number(4_u8)),
            ("placeholder1", number(0_u8)),
            ("placeholder2", number(0_u8)),
        ];
        self.submit(hotkey, call(SUBTENSOR, "serve_axon", arguments)).await
    }

    /// Sets weights in the open.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn set_weights(
        &self,
        hotkey: &Key,
        netuid: u16,
        weights: &[(u16, u16)],
        version_key: u64,
    ) -> Result<(), ChainError> {
        let (uids, values): (Vec<_>, Vec<_>) = weights.iter().copied().unzip();
        let arguments = [
            ("netuid", number(netuid)),
            ("dests", numbers(&uids)),
            ("weights", numbers(&values)),
            ("version_key", number(version_key)),
        ];
        self.submit(hotkey, call(SUBTENSOR, "set_weights", arguments)).await
    }

    /// Commits the hash of weights.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn commit_weights(&self, hotkey: &Key, netuid: u16, commit: H256) -> Result<(), ChainError> {
        let arguments = [("netuid", number(netuid)), ("commit_hash", Value::from_bytes(commit.0))];
        self.submit(hotkey, call(SUBTENSOR, "commit_weights", arguments)).await
    }

    /// Reveals committed weights.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn reveal_weights(
        &self,
        hotkey: &Key,
        netuid: u16,
        weights: &[(u16, u16)],
        salt: &[u16],
        version_key: u64,
    ) -> Result<(), ChainError> {
        let (uids, values): (Vec<_>, Vec<_>) = weights.iter().copied().unzip();
        let arguments = [
            ("netuid", number(netuid)),
            ("uids", numbers(&uids)),
            ("values", numbers(&values)),
            ("salt", numbers(salt)),
            ("version_key", number(version_key)),
        ];
        self.submit(hotkey, call(SUBTENSOR, "reveal_weights", arguments)).await
    }

    /// Commits weights that are sealed until a round of the beacon; `version` is that of the chain's timelocked commits.
    ///
    /// # Errors
    /// The chain refuses, or does not answer.
    pub async fn commit_timelocked_weights(
        &self,
        hotkey: &Key,
        netuid: u16,
        sealed: &[u8],
        round: u64,
        version: u16,
    ) -> Result<(), ChainError> {
        let arguments = [
            ("netuid", number(netuid)),
            ("commit", Value::from_bytes(sealed)),
            ("reveal_round", number(round)),
            ("commit_reveal_version", number(version)),
        ];
        self.submit(hotkey, call(SUBTENSOR, "commit_timelocked_weights", arguments)).await
    }

    /// Reports an offence; the reward is staked to `reward_hotkey`.
    ///
    /// # Errors
    /// The chain refuses (nothing is slashed on this subnet, it is known already), or does not answer.
    pub async fn report(
        &self,
        coldkey: &Key,
        offence: &Offence,
        reward_hotkey: &Public,
    ) -> Result<(), ChainError> {
        let arguments = match offence {
            Offence::Contradiction { first, second } => (first, second, reward_hotkey).encode(),
            Offence::WrongResult { receipt, proof } => (receipt, proof, reward_hotkey).encode(),
        };
        let call = self.encoded(SLASHING, offence.call(), &arguments).await?;
        self.submit(coldkey, call).await
    }

    /// Spends vouchers for a gateway, as many as one call takes; `signer` is its hotkey or the owner of that.
    ///
    /// # Errors
    /// The chain refuses one of them, and so all, or does not answer.
    pub async fn spend(&self, signer: &Key, payee: &Payee, vouchers: &[Voucher]) -> Result<(), ChainError> {
        let mut arguments = Compact(u32::try_from(vouchers.len()).unwrap_or(u32::MAX)).encode();
        arguments.extend(vouchers.iter().flat_map(|voucher| voucher.for_chain(payee)));
        let call = self.encoded(CREDITS, "spend", &arguments).await?;
        self.submit(signer, call).await
    }

    /// A call of arguments that are encoded already, checked against the metadata.
    async fn encoded(&self, pallet: &str, name: &str, arguments: &[u8]) -> Result<Call, ChainError> {
        let at = self.at(self.head().await?).await?;
        let missing = || ChainError::Call {
            call: format!("{pallet}.{name}"),
            problem: "the chain has no such call".to_owned(),
        };
        let found = at.metadata_ref().pallet_by_name(pallet).ok_or_else(missing)?;
        let variant = found.call_variant_by_name(name).ok_or_else(missing)?;
        let bytes = [&[found.call_index(), variant.index], arguments].concat();
        at.transactions().from_call_data_bytes(&bytes).map_err(|error| failed(pallet, name, &error))
    }

    /// Signs a call, and waits until it is in a block and did what it should.
    ///
    /// A key's calls go one after another: its nonce is what the chain says at the head.
    async fn submit(&self, signer: &Key, call: Call) -> Result<(), ChainError> {
        let (pallet, name) = (call.pallet_name().to_owned(), call.call_name().to_owned());
        let failed = |error: &dyn std::fmt::Display| failed(&pallet, &name, error);
        let at = self.at(self.head().await?).await?;
        let parameters = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new().mortal(ERA).build();
        let work = async {
            let mut signable = at
                .transactions()
                .create_v4_signable(&call, &AccountId32(signer.public()), parameters)
                .await
                .map_err(|error| failed(&error))?;
            let signed = signable.sign(signer).map_err(|error| failed(&error))?;
            let mut progress = signed.submit_and_watch().await.map_err(|error| failed(&error))?;
            while let Some(status) = progress.next().await {
                match status.map_err(|error| ChainError::Lost(error.to_string()))? {
                    TransactionStatus::InBestBlock(block) | TransactionStatus::InFinalizedBlock(block) => {
                        return block.wait_for_success().await.map(drop).map_err(|error| failed(&error));
                    }
                    TransactionStatus::Error { message }
                    | TransactionStatus::Invalid { message }
                    | TransactionStatus::Dropped { message } => return Err(failed(&message)),
                    _ => {}
                }
            }
            Err(ChainError::Lost("nobody says what became of the call".to_owned()))
        };
        tokio::time::timeout(INCLUSION, work)
            .await
            .map_err(|_| failed(&format!("it was not in a block within {} seconds", INCLUSION.as_secs())))?
    }
}

fn call<const N: usize>(pallet: &str, name: &str, arguments: [(&'static str, Value); N]) -> Call {
    dynamic::tx(pallet, name, Composite::named(arguments))
}

fn number(number: impl Into<u128>) -> Value {
    Value::u128(number.into())
}

fn numbers(numbers: &[u16]) -> Value {
    Value::unnamed_composite(numbers.iter().map(|value| number(*value)))
}

fn failed(pallet: &str, name: &str, error: &dyn std::fmt::Display) -> ChainError {
    ChainError::Call { call: format!("{pallet}.{name}"), problem: error.to_string() }
}
