//! Which miner a customer's request goes to, and who pays for it.

mod till;

pub use till::{Account, Standing, Till, Unpaid};

use crate::key::{Public, ss58};
use crate::metagraph::Metagraph;
use crate::protocol::{Answer, Signed};
use crate::record::{Record, Scale};
use assay_inference::Vector;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a gateway knows of its miners.
#[derive(Clone, Debug)]
pub struct Routing {
    scale: Scale,
    records: BTreeMap<Public, Record>,
}

/// What a customer gets back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Served {
    /// What the model says: what its last layer gave.
    #[schema(value_type = Vec<i32>)]
    pub answer: Vector,
    /// The slot of the miner that answered.
    pub uid: u16,
    /// Its hotkey, ss58.
    pub hotkey: String,
    /// Milliseconds until its answer was there, those of miners that failed before it included.
    pub latency_ms: u32,
    /// Miners that were asked before it and failed.
    pub fallbacks: Vec<Fallback>,
    /// What the miner stands by: it can be slashed for it.
    #[serde(flatten)]
    pub signed: Signed,
}

/// A miner that failed a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fallback {
    /// Its slot.
    pub uid: u16,
    /// What was wrong.
    pub problem: String,
}

impl Routing {
    /// A gateway that knows nothing yet.
    pub fn new(scale: Scale) -> Self {
        Self { scale, records: BTreeMap::new() }
    }

    /// What is known of a miner.
    pub fn record(&self, hotkey: &Public) -> Option<&Record> {
        self.records.get(hotkey)
    }

    /// Takes over what a validator measured; what customers met since its last round is forgotten.
    pub fn learn(&mut self, records: &BTreeMap<Public, Record>) {
        self.records.clone_from(records);
    }

    /// A miner answered a customer.
    pub fn answered(&mut self, hotkey: Public, latency_ms: u32) {
        let scale = self.scale;
        self.records.entry(hotkey).or_default().served(latency_ms, &scale);
    }

    /// A miner failed a customer.
    pub fn failed(&mut self, hotkey: Public) {
        self.records.entry(hotkey).or_default().missed();
    }

    /// The miners to ask, first to last: those that did not fail since their last answer, then those that did; of each
    /// the ones of more merit first, and of equals the lower slot. Who was caught is not asked.
    pub fn order(&self, metagraph: &Metagraph, own: &Public) -> Vec<u16> {
        let mut miners: Vec<_> = metagraph
            .serving(own)
            .map(|neuron| (self.records.get(&neuron.hotkey).copied().unwrap_or_default(), neuron.uid))
            .filter(|(record, _)| !record.caught)
            .collect();
        miners.sort_by_key(|(record, uid)| {
            (record.failures_in_a_row, Reverse(record.merit(&self.scale)), *uid)
        });
        miners.into_iter().map(|(_, uid)| uid).collect()
    }
}

impl Served {
    /// A miner's answer as a customer gets it.
    pub fn new(uid: u16, answer: Answer, latency_ms: u32, fallbacks: Vec<Fallback>) -> Self {
        Self {
            hotkey: ss58(&answer.signed.receipt.hotkey),
            uid,
            latency_ms,
            fallbacks,
            answer: answer.output().to_vec(),
            signed: answer.signed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metagraph::Neuron;

    const SCALE: Scale = Scale { blind: 0, half_ms: 1_000, memory: 8 };

    fn metagraph() -> Metagraph {
        let neuron = |uid: u16| Neuron {
            uid,
            hotkey: [u8::try_from(uid).unwrap(); 32],
            stake: 0,
            validator_permit: uid == 0,
            axon: (uid != 4).then(|| "127.0.0.2:9000".parse().unwrap()),
        };
        Metagraph { neurons: (0..6).map(neuron).collect(), weights: Vec::new() }
    }

    #[test]
    fn the_better_miner_is_asked_first_and_one_that_fails_last() {
        let mut routing = Routing::new(SCALE);
        let order = |routing: &Routing| routing.order(&metagraph(), &[0; 32]);
        // Nothing is known; slot 4 announced no address, and slot 0 is the gateway's own.
        assert_eq!(order(&routing), [1, 2, 3, 5]);
        let mut records = BTreeMap::new();
        for (uid, quality, latency) in [(1, 30_000, 0), (2, 60_000, 3_000), (3, 60_000, 10)] {
            let mut record = Record::default();
            record.answered(quality, latency, &SCALE);
            records.insert([uid; 32], record);
        }
        routing.learn(&records);
        assert_eq!(order(&routing), [3, 2, 1, 5]);
        routing.failed([3; 32]);
        assert_eq!(order(&routing), [2, 1, 5, 3]);
        routing.answered([3; 32], 10);
        assert_eq!(order(&routing), [3, 2, 1, 5]);
        if let Some(record) = records.get_mut(&[3; 32]) {
            record.caught = true;
        }
        routing.learn(&records);
        assert_eq!(order(&routing), [2, 1, 5]);
    }
}
