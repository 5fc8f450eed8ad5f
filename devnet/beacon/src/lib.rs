//! The cryptography of a randomness beacon in the manner of drand's quicknet (section 08, 8).
//!
//! The beacon signs the number of each round, and nobody can know a signature before its round. The scheme is
//! `bls-unchained-g1-rfc9380`: BLS signatures on G1 of BLS12-381, public keys on G2, the message is the SHA-256 of the
//! number in 8 bytes, big-endian, and it is hashed to the curve as RFC 9380 says.
//!
//! Such a signature is also the key of an identity-based encryption. So anyone can seal bytes for a round with the
//! beacon's public key alone, and the pulse of the round opens them. This is how weights and commitments are committed
//! ahead of time. The bytes of a sealed message are laid out as the clients of the real chain make them; `tests/` holds
//! some of theirs.
//!
//! No cryptography is written here: curves and pairings are arkworks', the encryption is `timelock`'s. What this crate
//! adds is the layout of the bytes, and that no bytes whatever make it panic or ask for much memory.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod envelope;
mod pulse;
#[cfg(feature = "std")]
mod secret;

pub use envelope::open;
#[cfg(feature = "std")]
pub use envelope::seal;
pub use pulse::{Malformed, verify};
#[cfg(feature = "std")]
pub use secret::Secret;

/// Bytes of a public key: a compressed point of G2.
pub const PUBLIC_KEY_BYTES: usize = 96;
/// Bytes of a signature: a compressed point of G1.
pub const SIGNATURE_BYTES: usize = 48;
