//! A beacon of one's own: what it signs verifies, what is sealed for it opens, and nothing else does either.

use assay_beacon::{Secret, open, seal, verify};
use proptest::prelude::*;

const SEED: [u8; 32] = [7; 32];

fn beacon() -> Secret {
    Secret::of_name("a beacon for tests")
}

fn sealed() -> Vec<u8> {
    seal(&beacon().public_key(), 12, b"secret until round 12", SEED).unwrap()
}

#[test]
fn its_signatures_verify_under_its_key_alone() {
    let (ours, other) = (beacon(), Secret::of_name("another"));
    assert_eq!(verify(&ours.public_key(), 12, &ours.sign(12)), Ok(true));
    assert_eq!(verify(&ours.public_key(), 13, &ours.sign(12)), Ok(false));
    assert_eq!(verify(&other.public_key(), 12, &ours.sign(12)), Ok(false));
}

#[test]
fn sealed_bytes_open_with_the_pulse_of_their_round_alone() {
    let beacon = beacon();
    assert_eq!(open(&sealed(), &beacon.sign(12)).as_deref(), Some(&b"secret until round 12"[..]));
    assert_eq!(open(&sealed(), &beacon.sign(13)), None);
    assert_eq!(open(&sealed(), &Secret::of_name("another").sign(12)), None);
}

#[test]
fn sealing_is_a_function_of_its_arguments() {
    assert_eq!(sealed(), sealed());
    let another = seal(&beacon().public_key(), 12, b"secret until round 12", [8; 32]).unwrap();
    assert_ne!(sealed(), another);
}

#[test]
fn nothing_can_be_sealed_for_a_key_that_is_none() {
    assert!(seal(&[1; 96], 12, b"", SEED).is_err());
}

#[test]
fn nothing_is_still_something_to_seal() {
    let sealed = seal(&beacon().public_key(), 12, b"", SEED).unwrap();
    assert_eq!(open(&sealed, &beacon().sign(12)), Some(Vec::new()));
}

/// The places of lengths in a sealed message: *V*, *W*, body, ciphertext and nonce. The name of the cipher follows, at
/// 249; nobody looks at it.
const LENGTHS: [usize; 5] = [96, 136, 176, 184, 229];
const CIPHER: usize = 249;

#[test]
fn lengths_that_cannot_be_are_no_message() {
    let signature = beacon().sign(12);
    for place in LENGTHS {
        let length = u64::from_le_bytes(sealed()[place..place + 8].try_into().unwrap());
        assert!(length < 100, "no length stands at {place}");
        for wrong in [0, length - 1, length + 1, 1 << 32, 1 << 62, u64::MAX] {
            let mut message = sealed();
            message[place..place + 8].copy_from_slice(&wrong.to_le_bytes());
            assert_eq!(open(&message, &signature), None, "{wrong} at {place}");
        }
    }
}

#[test]
fn no_beginning_of_a_message_is_one() {
    let (sealed, signature) = (sealed(), beacon().sign(12));
    for length in (0..sealed.len()).step_by(7) {
        assert_eq!(open(&sealed[..length], &signature), None, "{length} bytes");
    }
    let longer = [&sealed[..], b"and more"].concat();
    assert!(open(&longer, &signature).is_some(), "clients put the round behind the message");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_taken_without_a_panic(
        message in prop::collection::vec(any::<u8>(), 0..400),
        key in prop::collection::vec(any::<u8>(), 0..100),
        signature in prop::collection::vec(any::<u8>(), 0..60),
        round: u64,
    ) {
        prop_assert_eq!(open(&message, &signature), None);
        prop_assert_eq!(open(&message, &beacon().sign(12)), None);
        prop_assert!(verify(&key, round, &signature).is_err());
    }

    #[test]
    fn one_wrong_bit_anywhere_opens_nothing(place in 0..CIPHER, bit in 0..8_u8) {
        let mut message = sealed();
        message[place] ^= 1 << bit;
        prop_assert_eq!(open(&message, &beacon().sign(12)), None);
    }

    #[test]
    fn whatever_is_sealed_opens(message in prop::collection::vec(any::<u8>(), 0..300), round: u64, seed: [u8; 32]) {
        let sealed = seal(&beacon().public_key(), round, &message, seed).unwrap();
        prop_assert_eq!(open(&sealed, &beacon().sign(round)), Some(message));
    }
}
