//! What the calls cost.
//!
//! Reads and writes are counted and weighed by the chain's database weights. The times for signatures and for hashing and
//! multiplying a proof are rounded up generously from measured ones (`cargo test -p assay --test slashing -- widest
//! --nocapture` tells what the largest proof takes on a machine).

use assay_inference::Commitment;
use codec::Encode;
use polkadot_sdk::frame_support::traits::Get;
use polkadot_sdk::frame_support::weights::Weight;

use crate::Config;

/// Holders that a report is weighed for beforehand; what was not needed is given back.
const HOLDERS: u32 = 256;

/// Picoseconds for a signature.
const SIGNATURE: u64 = 100_000_000;
/// Picoseconds for a byte of a proof: it is decoded, hashed and multiplied.
const PROOF_BYTE: u64 = 20_000;
/// Picoseconds for what every call does.
const BASE: u64 = 10_000_000;
/// Bytes that a storage proof grows by for an entry.
const ENTRY: u64 = 4_096;

fn cost<T: Config>(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(BASE.saturating_add(time), ENTRY.saturating_mul(reads))
        .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

/// Of bonding and unbonding: terms, the bond, the pool and the share.
pub fn bond<T: Config>() -> Weight {
    cost::<T>(0, 6, 1)
}

/// Of changing terms.
pub fn set_terms<T: Config>() -> Weight {
    cost::<T>(0, 3, 1)
}

/// Of registering a model.
pub fn register_model<T: Config>(model: &Commitment) -> Weight {
    let size = u64::try_from(model.encoded_size()).unwrap_or(u64::MAX);
    cost::<T>(PROOF_BYTE.saturating_mul(size), 3, 1)
}

/// Of linking an authority: two signatures.
pub fn link<T: Config>() -> Weight {
    cost::<T>(SIGNATURE.saturating_mul(2), 2, 1)
}

/// Of a report, before it is known how many holders there are.
pub fn report<T: Config>(signatures: u64, proof: usize) -> Weight {
    reported::<T>(signatures, proof, HOLDERS)
}

/// Of a report that cost so many holders stake: for each its share, its list of hotkeys, its lock and its bond. The fixed
/// part holds evidence, counters, books and a deregistration.
pub fn reported<T: Config>(signatures: u64, proof: usize, holders: u32) -> Weight {
    let proof = u64::try_from(proof).unwrap_or(u64::MAX);
    let time = SIGNATURE.saturating_mul(signatures).saturating_add(PROOF_BYTE.saturating_mul(proof));
    let holders = u64::from(holders.min(HOLDERS));
    cost::<T>(
        time,
        40_u64.saturating_add(holders.saturating_mul(6)),
        40_u64.saturating_add(holders.saturating_mul(3)),
    )
}
