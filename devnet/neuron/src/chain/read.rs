//! Reading what miners and validators need to know.

use super::{Chain, ChainError, Head, within};
use crate::gateway::Standing;
use crate::key::{Public, ss58};
use crate::metagraph::{Metagraph, Neuron};
use crate::validator::Beacon;
use assay_inference::H256;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use subxt::dynamic;
use subxt::ext::scale_decode::DecodeAsType;
use subxt::utils::AccountId32;

/// The pallet of the economy.
const SUBTENSOR: &str = "SubtensorModule";

/// The pallet of the beacon.
const DRAND: &str = "Drand";

/// The pallet of customers' credits.
const CREDITS: &str = "Credits";

/// Blocks in which the pace of the beacon is measured.
const PACE: u32 = 10;

/// How a subnet takes weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightTerms {
    /// Whether weights are committed first and revealed later.
    pub commit_reveal: bool,
    /// Epochs between commit and reveal.
    pub reveal_period: u64,
    /// Epochs that there were.
    pub epoch: u64,
    /// Blocks between two sets of weights of a validator.
    pub rate_limit: u64,
    /// The least version of weights.
    pub version_key: u64,
    /// Block in which the neuron last set or committed weights, or was registered.
    pub last_update: u64,
    /// Blocks of an epoch.
    pub tempo: u64,
    /// Block of the last epoch.
    pub last_epoch: u64,
}

impl WeightTerms {
    /// The block in which what is committed now is opened: that of the epoch that is `reveal_period` epochs from now. The
    /// epoch itself comes `tempo` blocks after the last one (section 06, 3.6).
    pub fn reveal_block(&self) -> u64 {
        self.last_epoch.saturating_add(self.tempo.saturating_mul(self.reveal_period))
    }
}

/// Whose hotkey it is, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its slot.
    pub uid: u16,
    /// Where it is known to serve.
    pub axon: Option<SocketAddr>,
}

/// A neuron as the chain's runtime API tells it; it tells more.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct NeuronLite {
    hotkey: AccountId32,
    uid: u16,
    axon_info: Axon,
    stake: Vec<(AccountId32, u64)>,
    validator_permit: bool,
}

/// The terms of a subnet's credits, as far as they are of use here.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct CreditTerms {
    enabled: bool,
}

/// The beacon as the chain knows it, as far as it is of use here.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct BeaconConfig {
    public_key: Vec<u8>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Axon {
    ip: u128,
    port: u16,
    ip_type: u8,
}

impl Axon {
    fn address(&self) -> Option<SocketAddr> {
        let ip: IpAddr = match self.ip_type {
            4 => Ipv4Addr::from(u32::try_from(self.ip).ok()?).into(),
            6 => Ipv6Addr::from(self.ip).into(),
            _ => return None,
        };
        (!ip.is_unspecified() && self.port != 0).then_some(SocketAddr::new(ip, self.port))
    }
}

impl Chain {
    /// The neurons of a subnet, and the weights that are in the open if `with_weights`.
    ///
    /// # Errors
    /// The node does not answer, or there is no such runtime API.
    pub async fn metagraph(
        &self,
        head: Head,
        netuid: u16,
        with_weights: bool,
    ) -> Result<Metagraph, ChainError> {
        let at = self.at(head).await?;
        let question = dynamic::runtime_api_call::<_, Vec<NeuronLite>>(
            "NeuronInfoRuntimeApi",
            "get_neurons_lite",
            (netuid,),
        );
        let neurons = within(at.runtime_apis().call(question)).await?.map_err(answer)?;
        let neurons = neurons.into_iter().map(|neuron| Neuron {
            uid: neuron.uid,
            hotkey: neuron.hotkey.0,
            stake: neuron.stake.iter().fold(0, |sum, (_, stake)| u64::saturating_add(sum, *stake)),
            validator_permit: neuron.validator_permit,
            axon: neuron.axon_info.address(),
        });
        let neurons = neurons.collect();
        let weights = if with_weights { self.open_weights(head, netuid).await? } else { Vec::new() };
        Ok(Metagraph { neurons, weights })
    }

    async fn open_weights(&self, head: Head, netuid: u16) -> Result<Vec<(u16, Vec<(u16, u16)>)>, ChainError> {
        let at = self.at(head).await?;
        let address = dynamic::storage::<(u16, u16), Vec<(u16, u16)>>(SUBTENSOR, "Weights");
        let mut entries = within(at.storage().iter(address, (netuid,))).await?.map_err(answer)?;
        let mut weights = Vec::new();
        while let Some(entry) = within(entries.next()).await? {
            let entry = entry.map_err(answer)?;
            let (_, uid) = entry.key().map_err(answer)?.decode().map_err(answer)?;
            weights.push((uid, entry.value().decode().map_err(answer)?));
        }
        weights.sort_unstable();
        Ok(weights)
    }

    /// How a subnet takes weights, and when the neuron in a slot last set any.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn weight_terms(&self, head: Head, netuid: u16, uid: u16) -> Result<WeightTerms, ChainError> {
        let updates: Vec<u64> = self.of_subnet(head, "LastUpdate", netuid).await?;
        Ok(WeightTerms {
            commit_reveal: self.of_subnet(head, "CommitRevealWeightsEnabled", netuid).await?,
            reveal_period: self.of_subnet(head, "RevealPeriodEpochs", netuid).await?,
            epoch: self.of_subnet(head, "SubnetEpochIndex", netuid).await?,
            rate_limit: self.of_subnet(head, "WeightsSetRateLimit", netuid).await?,
            version_key: self.of_subnet(head, "WeightsVersionKey", netuid).await?,
            last_update: updates.get(usize::from(uid)).copied().unwrap_or_default(),
            tempo: self.of_subnet(head, "Tempo", netuid).await?,
            last_epoch: self.of_subnet(head, "LastEpochBlock", netuid).await?,
        })
    }

    /// The epoch that a commit of weights belongs to; none if the chain does not have it any more.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn epoch_of_commit(
        &self,
        head: Head,
        netuid: u16,
        hotkey: &Public,
        commit: H256,
    ) -> Result<Option<u64>, ChainError> {
        let at = self.at(head).await?;
        let address =
            dynamic::storage::<(u16, [u8; 32]), Vec<(H256, u64, u64, u64)>>(SUBTENSOR, "WeightCommits");
        let found = within(at.storage().try_fetch(address, (netuid, *hotkey))).await?.map_err(answer)?;
        let commits = found.map(|found| found.decode().map_err(answer)).transpose()?.unwrap_or_default();
        Ok(commits.into_iter().find(|(hash, ..)| *hash == commit).map(|(_, epoch, ..)| epoch))
    }

    /// The beacon that the chain believes, and how far its pulses are.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn beacon(&self, head: Head) -> Result<Beacon, ChainError> {
        let config: BeaconConfig = self.value(head, DRAND, "BeaconConfig").await?;
        let before = self.block(head.number.saturating_sub(PACE)).await?;
        Ok(Beacon {
            public_key: config.public_key,
            last: self.value(head, DRAND, "LastStoredRound").await?,
            earlier: self.value(before, DRAND, "LastStoredRound").await?,
            blocks: u64::from(head.number - before.number),
        })
    }

    /// The block in which a subnet was registered.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn registered_at(&self, head: Head, netuid: u16) -> Result<u64, ChainError> {
        self.of_subnet(head, "NetworkRegisteredAt", netuid).await
    }

    /// What a customer of a gateway has; none where the subnet sells no credits now.
    ///
    /// # Errors
    /// The node does not answer, or the chain knows no credits.
    pub async fn credits(
        &self,
        head: Head,
        netuid: u16,
        customer: &Public,
        gateway: &Public,
    ) -> Result<Option<Standing>, ChainError> {
        let at = self.at(head).await?;
        let terms = dynamic::storage::<(u16,), CreditTerms>(CREDITS, "TermsOf");
        let terms = within(at.storage().fetch(terms, (netuid,))).await?.map_err(answer)?;
        if !terms.decode().map_err(answer)?.enabled {
            return Ok(None);
        }
        let balance = dynamic::storage::<(u16, Public), u64>(CREDITS, "Balances");
        let balance = within(at.storage().fetch(balance, (netuid, *customer))).await?.map_err(answer)?;
        let spent = dynamic::storage::<(u16, Public, Public), u64>(CREDITS, "Spent");
        let spent =
            within(at.storage().fetch(spent, (netuid, *customer, *gateway))).await?.map_err(answer)?;
        let (balance, spent) = (balance.decode().map_err(answer)?, spent.decode().map_err(answer)?);
        Ok(Some(Standing { balance, spent }))
    }

    /// The version of timelocked commits that the chain takes.
    ///
    /// # Errors
    /// The node does not answer.
    pub async fn commit_version(&self, head: Head) -> Result<u16, ChainError> {
        self.value(head, SUBTENSOR, "CommitRevealWeightsVersion").await
    }

    /// A storage value, or its default.
    async fn value<T: DecodeAsType>(
        &self,
        head: Head,
        pallet: &'static str,
        item: &'static str,
    ) -> Result<T, ChainError> {
        let at = self.at(head).await?;
        let found = within(at.storage().fetch(dynamic::storage::<(), T>(pallet, item), ())).await?;
        found.map_err(answer)?.decode().map_err(answer)
    }

    /// A storage item of a subnet, or its default.
    async fn of_subnet<T: DecodeAsType>(
        &self,
        head: Head,
        item: &'static str,
        netuid: u16,
    ) -> Result<T, ChainError> {
        let at = self.at(head).await?;
        let address = dynamic::storage::<(u16,), T>(SUBTENSOR, item);
        let found = within(at.storage().fetch(address, (netuid,))).await?.map_err(answer)?;
        found.decode().map_err(answer)
    }
}

impl Metagraph {
    /// Where a hotkey stands.
    ///
    /// # Errors
    /// [`ChainError::NotRegistered`]
    pub fn identity(&self, netuid: u16, hotkey: &Public) -> Result<Identity, ChainError> {
        let found = self.of(hotkey).map(|neuron| Identity { uid: neuron.uid, axon: neuron.axon });
        found.ok_or(ChainError::NotRegistered { hotkey: *hotkey, netuid })
    }

    /// What is known of a neuron, in words.
    pub fn name(&self, hotkey: &Public) -> String {
        match self.of(hotkey) {
            Some(neuron) => format!("uid {} ({})", neuron.uid, ss58(hotkey)),
            None => ss58(hotkey),
        }
    }
}

fn answer(error: impl std::fmt::Display) -> ChainError {
    ChainError::Answer(error.to_string())
}
