//! The local beacon: randomness for a chain that nobody outside has to give.
//!
//! It is quicknet with another key. The key's secret is that of the name [`NAME`], so everyone can know every pulse in
//! advance, and every run of a scenario has the same ones. The genesis `beacon` sets the key
//! (`fixtures/genesis/beacon.yaml`); on any other chain the beacon's pulses are no pulses.
//!
//! Its clock is the chain's. A block takes 12 seconds and a round 3: round 1 is 3 seconds after the chain's beginning,
//! so that with block *n* the newest round is 4*n*, and block *n* brings the rounds 4*n* - 3 to 4*n*. Pulses stand behind
//! the calls of their block, and what they open is opened at the beginning of the next one.

mod bringing;
mod schedule;
mod sealing;
mod transaction;

pub use bringing::{BringError, bring};
pub use schedule::{PULSES_AT_ONCE, Schedule};
pub use sealing::{Weights, seal};
pub use transaction::write_pulses;

use assay_beacon::Secret;
use pallet_drand::types::{BeaconConfiguration, Metadata, Pulse};
use polkadot_sdk::sp_io::hashing::sha2_256;
use polkadot_sdk::sp_runtime::BoundedVec;
use polkadot_sdk::sp_runtime::traits::Get;

/// What the secret key is derived from: its SHA-256 as a number.
pub const NAME: &str = "assay local beacon";

/// Seconds between two rounds, as with quicknet.
pub const PERIOD: u32 = 3;

/// Rounds in the 12 seconds of a block.
pub const ROUNDS_PER_BLOCK: u64 = 4;

/// The scheme of quicknet (section 12, storage defaults).
const SCHEME: &[u8] = b"bls-unchained-g1-rfc9380";

/// The newest round when a block is made.
pub fn newest_round(block: u32) -> u64 {
    u64::from(block) * ROUNDS_PER_BLOCK
}

/// The first block that brings a round, if the beacon is on time.
pub fn block_of_round(round: u64) -> u64 {
    round.div_ceil(ROUNDS_PER_BLOCK)
}

/// A beacon of the name of its secret.
#[derive(Clone, Debug)]
pub struct Beacon {
    secret: Secret,
}

impl Default for Beacon {
    /// The local beacon.
    fn default() -> Self {
        Self::of_name(NAME)
    }
}

impl Beacon {
    /// A beacon of another name, whose pulses are wrong.
    pub fn of_name(name: &str) -> Self {
        Self { secret: Secret::of_name(name) }
    }

    /// The public key.
    pub fn public_key(&self) -> [u8; assay_beacon::PUBLIC_KEY_BYTES] {
        self.secret.public_key()
    }

    /// The pulse of a round.
    pub fn pulse(&self, round: u64) -> Pulse {
        self.pulse_signed_as(round, round)
    }

    /// A pulse with the signature of another round, which is wrong.
    pub fn pulse_signed_as(&self, round: u64, signed: u64) -> Pulse {
        let signature = self.secret.sign(signed);
        Pulse { round, randomness: bounded(&sha2_256(&signature)), signature: bounded(&signature) }
    }

    /// What a chain knows of the beacon.
    ///
    /// Its hash is made as drand makes it: SHA-256 of period, time of the first round, public key, group hash and name.
    /// The group is the name alone, since there is no group.
    pub fn configuration(&self) -> BeaconConfiguration {
        let group_hash = sha2_256(NAME.as_bytes());
        let key = self.public_key();
        let hashed =
            [&PERIOD.to_be_bytes()[..], &u64::from(PERIOD).to_be_bytes(), &key, &group_hash, NAME.as_bytes()];
        BeaconConfiguration {
            public_key: bounded(&key),
            period: PERIOD,
            genesis_time: PERIOD,
            hash: bounded(&sha2_256(&hashed.concat())),
            group_hash: bounded(&group_hash),
            scheme_id: bounded(SCHEME),
            metadata: Metadata { beacon_id: bounded(NAME.as_bytes()) },
        }
    }
}

/// Bytes that are no more than their field takes.
fn bounded<Most: Get<u32>>(bytes: &[u8]) -> BoundedVec<u8, Most> {
    BoundedVec::truncate_from(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::genesis::Genesis;
    use codec::Encode;
    use polkadot_sdk::sp_io::hashing::twox_128;

    #[test]
    fn the_genesis_beacon_knows_the_local_beacon() {
        let storage = Genesis::load("beacon").unwrap().build("beacon").unwrap();
        let key = [twox_128(b"Drand"), twox_128(b"BeaconConfig")].concat();
        let found = storage.top.get(&key).expect("beacon.yaml sets Drand.BeaconConfig");
        let expected = Beacon::default().configuration();
        assert_eq!(*found, expected.encode(), "beacon.yaml should say {expected:?}");
    }

    #[test]
    fn a_block_brings_four_rounds() {
        assert_eq!([newest_round(0), newest_round(1), newest_round(10)], [0, 4, 40]);
        assert_eq!([37, 38, 40, 41].map(block_of_round), [10, 10, 10, 11]);
    }

    #[test]
    fn pulses_verify_under_the_key_of_the_configuration() {
        let (beacon, pulse) = (Beacon::default(), Beacon::default().pulse(7));
        let key = beacon.configuration().public_key;
        assert_eq!(assay_beacon::verify(&key, 7, &pulse.signature), Ok(true));
        assert_eq!(assay_beacon::verify(&key, 7, &beacon.pulse_signed_as(7, 8).signature), Ok(false));
        assert_eq!(pulse.randomness.as_slice(), sha2_256(&pulse.signature));
    }
}
