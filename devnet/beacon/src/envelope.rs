//! Bytes sealed for a round.
//!
//! The layout is that of arkworks' lists, whose length stands before them in 8 bytes, little-endian: the point *U* of
//! the identity-based encryption in 96 bytes, the lists *V* and *W* of 32 bytes, the body, and the name of the cipher.
//! The body is again two lists: the bytes under AES-256-GCM with their tag, and the nonce.

use alloc::vec::Vec;

use ark_serialize::CanonicalDeserialize;
use timelock::block_ciphers::AESGCMBlockCipherProvider;
use timelock::engines::drand::TinyBLS381;
use timelock::ibe::fullident::Ciphertext;
use timelock::tlock::{TLECiphertext, tld};

use crate::PUBLIC_KEY_BYTES;
#[cfg(feature = "std")]
use crate::pulse::{Malformed, identity, read_public_key};
use crate::pulse::{PublicKey, read_signature};

/// Stands before the signature where it was stored as text.
const TEXT_MARK: &[u8] = b"0x";

/// The bytes in a sealed message, or none if it is no sealed message or not for the round of this signature
/// (section 08, 8 step 3).
///
/// What stands behind the message is ignored, as it is behind the signature.
pub fn open(sealed: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
    let signature = read_signature(signature.strip_prefix(TEXT_MARK).unwrap_or(signature))?;
    tld::<TinyBLS381, AESGCMBlockCipherProvider>(read(sealed)?, signature).ok()
}

/// Takes a message apart. The lengths of lists are checked here, because arkworks reserves the memory that they ask
/// for before it looks for the bytes.
fn read(mut sealed: &[u8]) -> Option<TLECiphertext<TinyBLS381>> {
    let (point, rest) = sealed.split_at_checked(PUBLIC_KEY_BYTES)?;
    sealed = rest;
    let v = take_list(&mut sealed)?.try_into().ok()?;
    let w = take_list(&mut sealed)?.try_into().ok()?;
    let body = take_list(&mut sealed)?;
    let cipher_suite = take_list(&mut sealed)?.to_vec();
    let mut inside = body;
    take_list(&mut inside)?;
    take_list(&mut inside)?;
    let u = PublicKey::deserialize_compressed(point).ok()?;
    Some(TLECiphertext { header: Ciphertext { u, v, w }, body: body.to_vec(), cipher_suite })
}

fn take_list<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (list, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(list)
}

/// Seals bytes for a round of the beacon with this public key.
///
/// All randomness comes from `seed`, so that the same arguments give the same message. Whoever knows the seed can open
/// it, and a seed must not be used for two messages.
///
/// # Errors
/// A public key that is none.
#[cfg(feature = "std")]
pub fn seal(public_key: &[u8], round: u64, message: &[u8], seed: [u8; 32]) -> Result<Vec<u8>, Malformed> {
    Ok(written(&encrypted(read_public_key(public_key)?, round, message, seed)))
}

#[cfg(feature = "std")]
fn encrypted(key: PublicKey, round: u64, message: &[u8], seed: [u8; 32]) -> TLECiphertext<TinyBLS381> {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{RngCore, SeedableRng};
    use timelock::tlock::tle;

    let mut random = ChaCha20Rng::from_seed(seed);
    let mut secret = [0; 32];
    random.fill_bytes(&mut secret);
    tle::<TinyBLS381, AESGCMBlockCipherProvider, _>(key, secret, message, identity(round), random)
        .expect("AES-GCM takes whatever fits into memory")
}

#[cfg(feature = "std")]
fn written(sealed: &TLECiphertext<TinyBLS381>) -> Vec<u8> {
    use ark_serialize::CanonicalSerialize;
    let mut bytes = Vec::new();
    sealed.header.u.serialize_compressed(&mut bytes).expect("a list takes all bytes");
    for list in [&sealed.header.v[..], &sealed.header.w, &sealed.body, &sealed.cipher_suite] {
        bytes.extend((list.len() as u64).to_le_bytes());
        bytes.extend(list);
    }
    bytes
}
