//! What the clients of the real chain seal opens, and what they sign verifies.

use assay_beacon::{Malformed, open, verify};

/// The public key of the League of Entropy's quicknet.
const QUICKNET: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1f\
     ec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

/// Two of its pulses: round 123 from the tests of `drand-verify`, round 1,000 from those of `timelock`.
const PULSE_123: &str =
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
const PULSE_1000: &str =
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";

/// `get_encrypted_commitment("hello Bittensor", …)` of bittensor-drand 2.0.0, called so that the round is 1,000.
const COMMITMENT: &str = "96c8103aeb6c6a961ffaf0ded18b90be92d1fae49b20dfa7da654aa74bbc23dcc1f0c42fc4ff351e9fd26c9497860d640799\
     bcee010d8dbb34b4237d28f16e52dba1b18483e3279cecc5911459b2563a4ba41351acf75cebe38e7a5e54ae0a0b20000000\
     00000000f7c833da429cc30bfca7edb88080a49a174f46b1f7f487cfff3ebccbdb9413ae2000000000000000267c21429c33\
     d833d249e19834d661fb7f9ef6ea09888ad6c62ec0361d8f5f973c0000000000000020000000000000003f856adbd4b6dfd9\
     d3b2566b08ab2b5b8041014b470b5ddb392d3eb5cbf427e10c00000000000000554044d0f50de38120f8e6d3080000000000\
     00004145535f47434d5f";

/// `get_encrypted_commit_v2(…)` of bittensor-drand 2.0.0 for the same round: uids 0, 1 and 5 with weights 65,535, 1 and
/// 300, version key 7, the hotkey 32 times 7.
const WEIGHTS: &str = "95bb665fdecd3ad80c641153266b8d2a67e539bcc68d534f07b4173a7a1756e53a8f7f8b8e43caf1f34cd2056a357fa0019b\
     607938d006f45bf4ecfbb74b587f8b2e72c84a748f9ad70c71ff36fce46f60ba61158b1b6cc69bb3ef3423d86d3a20000000\
     00000000e7d1b64f7a822b0206cc6d23438fa09d1f33572e66f15549fe850da099cccff4200000000000000045bf843963a0\
     266e2443b3cc3a919a120b554cc064831dab43a1470306b812fb630000000000000047000000000000009d458ffbca16ee4a\
     8a52b84a90deefd722bb7731abac2163a33e9e705086de0164131fff4e7604337b462f045fda5d04c19f867b851af3c8b3c6\
     8eec10461c338df42f8bef7dd00c000000000000009b9995c431ad33e739faba2a08000000000000004145535f47434d5f";

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().map(|digit| digit.to_digit(16).unwrap().try_into().unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

#[test]
fn pulses_of_quicknet_verify() {
    assert_eq!(verify(&bytes(QUICKNET), 123, &bytes(PULSE_123)), Ok(true));
    assert_eq!(verify(&bytes(QUICKNET), 1_000, &bytes(PULSE_1000)), Ok(true));
}

#[test]
fn a_pulse_of_another_round_does_not_verify() {
    assert_eq!(verify(&bytes(QUICKNET), 124, &bytes(PULSE_123)), Ok(false));
    assert_eq!(verify(&bytes(QUICKNET), 123, &bytes(PULSE_1000)), Ok(false));
}

#[test]
fn bytes_that_are_no_points_are_told_apart() {
    let (key, pulse) = (bytes(QUICKNET), bytes(PULSE_123));
    assert_eq!(verify(&key[1..], 123, &pulse), Err(Malformed::PublicKey));
    assert_eq!(verify(&[0; 96], 123, &pulse), Err(Malformed::PublicKey));
    assert_eq!(verify(&key, 123, &pulse[1..]), Err(Malformed::Signature));
    assert_eq!(verify(&key, 123, &[pulse, vec![0]].concat()), Err(Malformed::Signature));
    assert_eq!(verify(&key, 123, &[1; 48]), Err(Malformed::Signature));
}

#[test]
fn the_point_at_infinity_signs_nothing() {
    let infinity = |length| {
        let mut bytes = vec![0; length];
        bytes[0] = 0xc0;
        bytes
    };
    assert_eq!(verify(&bytes(QUICKNET), 123, &infinity(48)), Ok(false));
    assert_eq!(verify(&infinity(96), 123, &infinity(48)), Ok(false));
}

#[test]
fn what_clients_seal_opens() {
    // A text with its length before it, as SCALE writes it.
    assert_eq!(open(&bytes(COMMITMENT), &bytes(PULSE_1000)), Some(b"\x3chello Bittensor".to_vec()));
    let weights = [
        &[4 * 32][..],
        &[7; 32],
        &[4 * 3, 0, 0, 1, 0, 5, 0],
        &[4 * 3, 0xff, 0xff, 1, 0, 44, 1],
        &[7, 0, 0, 0, 0, 0, 0, 0],
    ];
    assert_eq!(open(&bytes(WEIGHTS), &bytes(PULSE_1000)), Some(weights.concat()));
}

#[test]
fn the_pulse_of_another_round_opens_nothing() {
    assert_eq!(open(&bytes(COMMITMENT), &bytes(PULSE_123)), None);
}

#[test]
fn a_signature_may_be_marked_as_text() {
    let marked = [b"0x".to_vec(), bytes(PULSE_1000)].concat();
    assert_eq!(open(&bytes(COMMITMENT), &marked), Some(b"\x3chello Bittensor".to_vec()));
}
