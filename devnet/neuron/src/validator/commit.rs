//! Weights that nobody reads before their time: behind a hash, or sealed until a round of the beacon (section 08, 6 to 8).

use crate::key::{Key, Public};
use assay_beacon::Malformed;
use assay_inference::H256;
use clap::ValueEnum;
use codec::Encode;
use polkadot_sdk::sp_core::{Blake2Hasher, Hasher};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Numbers of a salt, so that nobody guesses weights behind their hash.
const SALT: usize = 8;

/// Blocks that a call may take until it is in one: nothing is sealed for a round that may be there by then.
const INCLUSION: u64 = 3;

/// How weights are committed where a subnet asks for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Way {
    /// Timelocked where the chain hears from its beacon, and behind a hash where it does not
    #[default]
    Auto,
    /// Sealed until a round of the beacon, whose pulse lets the chain open them by itself
    Timelocked,
    /// Behind a hash, and revealed by the validator itself an epoch later
    Hash,
}

impl fmt::Display for Way {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Auto => "auto",
            Self::Timelocked => "timelocked",
            Self::Hash => "hash",
        })
    }
}

/// Weights that are to be revealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The epoch in which the chain took their hash.
    pub epoch: u64,
    /// Slot and weight.
    pub weights: Vec<(u16, u16)>,
    /// What nobody knows beforehand.
    pub salt: Vec<u16>,
    /// The version of weights.
    pub version_key: u64,
}

impl Commit {
    /// Weights with a salt that only the hotkey can know. `started` makes it another one where a chain begins anew.
    pub fn new(
        hotkey: &Key,
        netuid: u16,
        epoch: u64,
        weights: &[(u16, u16)],
        version_key: u64,
        started: u64,
    ) -> Self {
        let secret = hotkey.derive(&("assay/salt/1", netuid, epoch, started));
        let pairs = secret.as_chunks::<2>().0.iter().take(SALT);
        let salt = pairs.map(|bytes| u16::from_le_bytes(*bytes)).collect();
        Self { epoch, weights: weights.to_vec(), salt, version_key }
    }

    /// The hash that the chain makes of weights when they are revealed: BLAKE2b-256 of the SCALE encoding of hotkey, subnet,
    /// uids, values, salt and version (section 08, 7).
    pub fn hash(&self, hotkey: &Public, netuid: u16) -> H256 {
        let (uids, values) = columns(&self.weights);
        let message = (hotkey, netuid, uids, values, &self.salt, self.version_key);
        message.using_encoded(Blake2Hasher::hash)
    }
}

/// The beacon, as a chain hears from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beacon {
    /// Its public key.
    pub public_key: Vec<u8>,
    /// The newest round at the chain's head; 0 if there was none yet.
    pub last: u64,
    /// The newest round some blocks before.
    pub earlier: u64,
    /// How many blocks before.
    pub blocks: u64,
}

impl Beacon {
    /// Whether the chain hears from it: there were pulses before, and there are new ones.
    pub fn speaks(&self) -> bool {
        self.earlier > 0 && self.last > self.earlier && self.blocks > 0
    }

    /// The round that is the newest one so many blocks from now, if the beacon and the chain keep their pace. The pace is
    /// what was seen, because blocks of a devnet may come faster than those of the real chain.
    ///
    /// Rounds that may be over before a call is in a block are not said.
    pub fn round_in(&self, blocks: u64) -> u64 {
        let gained = self.last.saturating_sub(self.earlier);
        let rounds = gained.saturating_mul(blocks.max(INCLUSION)).div_ceil(self.blocks.max(1));
        self.last.saturating_add(rounds)
    }

    /// Weights as [`Beacon::round_in`] opens them for the chain: the SCALE encoding of hotkey, uids, values and version,
    /// sealed for a round (section 08, 8 step 4).
    ///
    /// # Errors
    /// The beacon's public key is none.
    pub fn seal(
        &self,
        hotkey: &Key,
        netuid: u16,
        weights: &[(u16, u16)],
        version_key: u64,
        round: u64,
    ) -> Result<Vec<u8>, Malformed> {
        let (uids, values) = columns(weights);
        let message = (hotkey.public().as_slice(), uids, values, version_key).encode();
        let seed = hotkey.derive(&("assay/sealed/1", netuid, round, &message));
        assay_beacon::seal(&self.public_key, round, &message, seed)
    }
}

fn columns(weights: &[(u16, u16)]) -> (Vec<u16>, Vec<u16>) {
    weights.iter().copied().unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_beacon::{Secret, open};

    const WEIGHTS: [(u16, u16); 3] = [(0, 65_535), (1, 1), (5, 300)];

    fn beacon(last: u64, earlier: u64, blocks: u64) -> Beacon {
        let public_key = Secret::of_name("a beacon for tests").public_key().to_vec();
        Beacon { public_key, last, earlier, blocks }
    }

    #[test]
    fn rounds_follow_the_pace_that_was_seen() {
        // Four rounds a block.
        let steady = beacon(80, 40, 10);
        assert!(steady.speaks());
        assert_eq!([steady.round_in(5), steady.round_in(100)], [100, 480]);
        // A round that may be over when the call arrives is not taken.
        assert_eq!([steady.round_in(0), steady.round_in(3)], [92, 92]);
        // One round in three blocks: rather a later one than one that is known too early.
        assert_eq!(beacon(10, 9, 3).round_in(4), 12);
    }

    #[test]
    fn a_beacon_without_pulses_does_not_speak() {
        for silent in [beacon(0, 0, 10), beacon(40, 40, 10), beacon(40, 0, 10), beacon(1, 1, 0)] {
            assert!(!silent.speaks(), "{silent:?}");
        }
        assert_eq!(beacon(u64::MAX, 0, 0).round_in(u64::MAX), u64::MAX);
    }

    #[test]
    fn sealed_weights_open_with_their_pulse_as_clients_of_the_real_chain_write_them() {
        let hotkey = Key::from_uri("//Alice").unwrap();
        let sealed = beacon(80, 40, 10).seal(&hotkey, 2, &WEIGHTS, 7, 100).unwrap();
        let pulse = |round| Secret::of_name("a beacon for tests").sign(round);
        // The layout that devnet/beacon/tests/clients.rs finds in a commit of bittensor-drand.
        let expected = [
            &[4 * 32][..],
            &hotkey.public(),
            &[4 * 3, 0, 0, 1, 0, 5, 0],
            &[4 * 3, 0xff, 0xff, 1, 0, 44, 1],
            &[7, 0, 0, 0, 0, 0, 0, 0],
        ];
        assert_eq!(open(&sealed, &pulse(100)), Some(expected.concat()));
        assert_eq!(open(&sealed, &pulse(99)), None);
        assert_eq!(sealed, beacon(80, 40, 10).seal(&hotkey, 2, &WEIGHTS, 7, 100).unwrap());
        assert!(
            Beacon { public_key: vec![1; 96], ..beacon(80, 40, 10) }.seal(&hotkey, 2, &[], 7, 1).is_err()
        );
    }

    #[test]
    fn a_salt_is_another_one_for_each_epoch_start_and_hotkey() {
        let [alice, bob] = ["//Alice", "//Bob"].map(|uri| Key::from_uri(uri).unwrap());
        let of = |hotkey, epoch, started| Commit::new(hotkey, 2, epoch, &WEIGHTS, 7, started);
        let one = of(&alice, 3, 4);
        assert_eq!((one.salt.len(), &one), (SALT, &of(&alice, 3, 4)));
        for other in [of(&bob, 3, 4), of(&alice, 4, 4), of(&alice, 3, 5)] {
            assert_ne!(one.salt, other.salt);
            assert_ne!(one.hash(&alice.public(), 2), other.hash(&alice.public(), 2));
        }
        // As the chain makes it (section 08, 7).
        let parts = [
            &alice.public()[..],
            &2_u16.to_le_bytes(),
            &vec![0_u16, 1, 5].encode(),
            &vec![65_535_u16, 1, 300].encode(),
            &one.salt.encode(),
            &7_u64.to_le_bytes(),
        ];
        assert_eq!(one.hash(&alice.public(), 2), Blake2Hasher::hash(&parts.concat()));
    }
}
