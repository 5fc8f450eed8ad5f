//! What is committed until a round: weights, and texts.

use assay_beacon::Malformed;
use codec::Encode;
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::AccountId32;

/// Weights as they are sealed (section 08, 8 step 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// The validator's hotkey, so that nobody else can use them.
    pub hotkey: AccountId32,
    /// Weighed neurons.
    pub uids: Vec<u16>,
    /// Their weights.
    pub values: Vec<u16>,
    /// Version of the validator.
    pub version_key: u64,
}

impl Weights {
    /// The bytes to seal.
    pub fn message(&self) -> Vec<u8> {
        (AsRef::<[u8]>::as_ref(&self.hotkey), &self.uids, &self.values, self.version_key).encode()
    }
}

/// Seals a message until a round of the beacon with this public key. The same message of the same sender is always
/// sealed in the same way, so that scenarios end in the same blocks.
///
/// # Errors
/// A public key that is none.
pub fn seal(
    public_key: &[u8],
    round: u64,
    sender: &AccountId32,
    message: &[u8],
) -> Result<Vec<u8>, Malformed> {
    let seed = blake2_256(&("assay seals", round, sender, message).encode());
    assay_beacon::seal(public_key, round, message, seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beacon::Beacon;

    #[test]
    fn weights_are_sealed_as_the_clients_of_the_real_chain_do() {
        let weights = Weights {
            hotkey: [7; 32].into(),
            uids: vec![0, 1, 5],
            values: vec![65_535, 1, 300],
            version_key: 7,
        };
        // The message that devnet/beacon/tests/clients.rs finds in a commit of bittensor-drand.
        let expected = [
            &[4 * 32][..],
            &[7; 32],
            &[4 * 3, 0, 0, 1, 0, 5, 0],
            &[4 * 3, 0xff, 0xff, 1, 0, 44, 1],
            &[7, 0, 0, 0, 0, 0, 0, 0],
        ];
        assert_eq!(weights.message(), expected.concat());
    }

    #[test]
    fn a_message_is_always_sealed_in_the_same_way() {
        let (key, sender) = (Beacon::default().public_key(), [1; 32].into());
        let sealed = seal(&key, 20, &sender, b"message").unwrap();
        assert_eq!(sealed, seal(&key, 20, &sender, b"message").unwrap());
        assert_ne!(sealed, seal(&key, 20, &[2; 32].into(), b"message").unwrap());
        assert_eq!(
            assay_beacon::open(&sealed, &Beacon::default().pulse(20).signature).as_deref(),
            Some(&b"message"[..])
        );
    }
}
