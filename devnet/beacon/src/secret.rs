//! A beacon of one's own.

use ark_ec::PrimeGroup;
use ark_ff::{PrimeField, Zero};
use ark_serialize::CanonicalSerialize;
use core::fmt;
use sha2::{Digest, Sha256};
use timelock::engines::EngineBLS;
use timelock::engines::drand::TinyBLS381;

use crate::pulse::{PublicKey, identity};
use crate::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES};

type Scalar = <TinyBLS381 as EngineBLS>::Scalar;

/// The secret key of a beacon that one party runs alone.
#[derive(Clone)]
pub struct Secret(Scalar);

impl Secret {
    /// The key of a name: the SHA-256 of the name as a big-endian number, modulo the order of the group.
    ///
    /// Whoever knows the name can say every pulse in advance. It is for chains on which that does no harm.
    pub fn of_name(name: &str) -> Self {
        let scalar = Scalar::from_be_bytes_mod_order(&Sha256::digest(name));
        // No name with the hash 0 is known; a beacon with the key 0 would sign nothing.
        Self(if scalar.is_zero() { Scalar::from(1_u8) } else { scalar })
    }

    /// The public key, compressed.
    pub fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        compressed(&(PublicKey::generator() * self.0))
    }

    /// The signature of a round, compressed.
    pub fn sign(&self, round: u64) -> [u8; SIGNATURE_BYTES] {
        compressed(&identity(round).extract::<TinyBLS381>(self.0).0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Secret").finish_non_exhaustive()
    }
}

fn compressed<const BYTES: usize>(point: &impl CanonicalSerialize) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    point.serialize_compressed(&mut bytes[..]).expect("a compressed point has the bytes of its group");
    bytes
}
