//! What validators see of the chain.

use super::super::notation::bytes_of;
use super::super::values::inner_number;
use super::{StepError, World};
use crate::beacon::ROUNDS_PER_BLOCK;
use assay_neuron::key::Public;
use assay_neuron::metagraph::{Metagraph, Neuron};
use assay_neuron::validator::Beacon;
use std::net::{Ipv4Addr, SocketAddr};
use subxt::ext::scale_value::{Composite, Value, ValueDef};

/// Where miners of this process are said to serve: nobody dials it.
const HERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2)), 1);

/// When the next epoch of a subnet is, and how its weights are set.
pub(super) struct Calendar {
    /// The block in which the next epoch runs.
    pub epoch_block: u32,
    /// The number of the running epoch.
    pub epoch: u64,
    /// Whether weights are committed first.
    pub commit_reveal: bool,
    /// Epochs after which they are revealed.
    pub reveal_period: u64,
    /// The version key that weights must have.
    pub version_key: u64,
    /// Blocks of an epoch.
    pub tempo: u64,
    /// The version of timelocked commits.
    pub commit_version: u16,
}

impl Calendar {
    /// The block in which weights that are committed now are opened.
    pub fn reveal_block(&self) -> u64 {
        u64::from(self.epoch_block) + self.tempo * self.reveal_period.saturating_sub(1)
    }
}

impl World {
    /// The neurons of a subnet; those that work here have an address.
    pub(super) async fn metagraph(&self, netuid: u16, serving: &[Public]) -> Result<Metagraph, StepError> {
        let count = self.number(&format!("SubtensorModule.SubnetworkN({netuid})")).await?;
        let permits = self.list(&format!("SubtensorModule.ValidatorPermit({netuid})")).await?;
        let mut metagraph = Metagraph::default();
        for uid in 0..u16::try_from(count).unwrap_or(u16::MAX) {
            let hotkey = self.value_at(&format!("SubtensorModule.Keys({netuid}, {uid})")).await?.value;
            let bytes = hotkey.map(|hotkey| bytes_of(&hotkey)).unwrap_or_default();
            let hotkey = Public::try_from(bytes).unwrap_or_default();
            let name = self.names().name(&hotkey.into());
            let stake = self.number(&format!("SubtensorModule.TotalHotkeyAlpha({name}, {netuid})")).await?;
            let permit = permits.get(usize::from(uid)).and_then(Value::as_bool).unwrap_or(false);
            let axon = serving.contains(&hotkey).then_some(HERE);
            metagraph.neurons.push(Neuron { uid, hotkey, stake, validator_permit: permit, axon });
            let row = self.list(&format!("SubtensorModule.Weights({netuid}, {uid})")).await?;
            if !row.is_empty() {
                metagraph.weights.push((uid, row.iter().filter_map(pair).collect()));
            }
        }
        Ok(metagraph)
    }

    pub(super) async fn calendar(&self, netuid: u16) -> Result<Calendar, StepError> {
        let number = async |item: &str| self.number(&format!("SubtensorModule.{item}({netuid})")).await;
        let (last, tempo) = (number("LastEpochBlock").await?, number("Tempo").await?);
        let place = format!("SubtensorModule.CommitRevealWeightsEnabled({netuid})");
        let commit_reveal = self.value_at(&place).await?.value.and_then(|value| value.as_bool());
        Ok(Calendar {
            epoch_block: u32::try_from(last + tempo).unwrap_or(u32::MAX),
            epoch: number("SubnetEpochIndex").await?,
            commit_reveal: commit_reveal.unwrap_or(false),
            reveal_period: number("RevealPeriodEpochs").await?,
            version_key: number("WeightsVersionKey").await?,
            tempo,
            commit_version: u16::try_from(self.number("SubtensorModule.CommitRevealWeightsVersion").await?)
                .unwrap_or_default(),
        })
    }

    /// The beacon, if it runs and the chain has heard from it.
    pub(super) async fn heard_beacon(&self) -> Result<Option<Beacon>, StepError> {
        let last = self.number("Drand.LastStoredRound").await?;
        if self.beacon.is_none() || last == 0 {
            return Ok(None);
        }
        // Its pace is known here; a late beacon keeps it.
        let (earlier, blocks) = (last.saturating_sub(ROUNDS_PER_BLOCK), 1);
        Ok(Some(Beacon { public_key: self.beacon_key().await?, last, earlier, blocks }))
    }

    async fn number(&self, place: &str) -> Result<u64, StepError> {
        let found = self.value_at(place).await?.value;
        let number = found.as_ref().and_then(inner_number).and_then(|number| u64::try_from(number).ok());
        Ok(number.unwrap_or_default())
    }

    async fn list(&self, place: &str) -> Result<Vec<Value>, StepError> {
        Ok(self.value_at(place).await?.value.map(items).unwrap_or_default())
    }
}

fn items(value: Value) -> Vec<Value> {
    match value.value {
        ValueDef::Composite(Composite::Unnamed(items)) => items,
        _ => Vec::new(),
    }
}

/// A uid and its weight.
fn pair(value: &Value) -> Option<(u16, u16)> {
    let ValueDef::Composite(Composite::Unnamed(pair)) = &value.value else { return None };
    let [uid, weight] = pair.as_slice() else { return None };
    let number = |value| inner_number(value).and_then(|number| u16::try_from(number).ok());
    Some((number(uid)?, number(weight)?))
}
