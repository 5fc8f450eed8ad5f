//! Signatures of rounds.

use ark_ec::pairing::PairingOutput;
use ark_ff::Zero;
use ark_serialize::CanonicalDeserialize;
use core::fmt;
use sha2::{Digest, Sha256};
use timelock::engines::EngineBLS;
use timelock::engines::drand::TinyBLS381;
use timelock::ibe::fullident::Identity;

use crate::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES};

pub(crate) type PublicKey = <TinyBLS381 as EngineBLS>::PublicKeyGroup;
pub(crate) type Signature = <TinyBLS381 as EngineBLS>::SignatureGroup;

/// Bytes that are no point of the curve's group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The public key is none.
    PublicKey,
    /// The signature is none.
    Signature,
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, bytes, group) = match self {
            Self::PublicKey => ("public key", PUBLIC_KEY_BYTES, "G2"),
            Self::Signature => ("signature", SIGNATURE_BYTES, "G1"),
        };
        write!(formatter, "the {what} must be {bytes} bytes, a compressed point of {group} of BLS12-381")
    }
}

impl core::error::Error for Malformed {}

/// Whether `signature` is the beacon's on a round.
///
/// # Errors
/// A public key or a signature that is not exactly one point of its group.
pub fn verify(public_key: &[u8], round: u64, signature: &[u8]) -> Result<bool, Malformed> {
    let public_key = read_public_key(public_key)?;
    let signature = match signature.len() {
        SIGNATURE_BYTES => read_signature(signature).ok_or(Malformed::Signature)?,
        _ => return Err(Malformed::Signature),
    };
    if public_key.is_zero() || signature.is_zero() {
        return Ok(false);
    }
    // e(G2, signature) = e(key, H(round)), as one product of pairings that has to be 1.
    let pairs = [
        (
            TinyBLS381::minus_generator_of_public_key_group_prepared(),
            TinyBLS381::prepare_signature(signature),
        ),
        (TinyBLS381::prepare_public_key(public_key), TinyBLS381::prepare_signature(point(round))),
    ];
    let product = TinyBLS381::final_exponentiation(TinyBLS381::miller_loop(&pairs));
    Ok(product.is_some_and(|product: PairingOutput<_>| product.is_zero()))
}

pub(crate) fn read_public_key(bytes: &[u8]) -> Result<PublicKey, Malformed> {
    match bytes.len() {
        PUBLIC_KEY_BYTES => PublicKey::deserialize_compressed(bytes).map_err(|_| Malformed::PublicKey),
        _ => Err(Malformed::PublicKey),
    }
}

/// The point at the head of the bytes, if there is one.
pub(crate) fn read_signature(bytes: &[u8]) -> Option<Signature> {
    Signature::deserialize_compressed(bytes).ok()
}

/// What the beacon signs in a round, and what is sealed for the round is sealed for.
pub(crate) fn identity(round: u64) -> Identity {
    Identity::new(b"", &Sha256::digest(round.to_be_bytes()))
}

/// The round as a point of G1.
pub(crate) fn point(round: u64) -> Signature {
    identity(round).public::<TinyBLS381>()
}
