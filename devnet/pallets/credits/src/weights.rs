//! What the calls cost: reads and writes counted and weighed by the chain's database weights, and a generous time for each
//! signature.

use polkadot_sdk::frame_support::traits::Get;
use polkadot_sdk::frame_support::weights::Weight;

use crate::Config;

/// Picoseconds for a signature.
const SIGNATURE: u64 = 100_000_000;
/// Picoseconds for what every call does.
const BASE: u64 = 10_000_000;
/// Bytes that a storage proof grows by for an entry.
const ENTRY: u64 = 4_096;

fn cost<T: Config>(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(BASE.saturating_add(time), ENTRY.saturating_mul(reads))
        .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

/// Of buying: the swap with its books, the transfers, and the credits.
pub fn buy<T: Config>() -> Weight {
    cost::<T>(200_000_000, 24, 16)
}

/// Of spending so many vouchers: for each a signature, the balance and the total.
pub fn spend<T: Config>(vouchers: usize) -> Weight {
    let vouchers = u64::try_from(vouchers).unwrap_or(u64::MAX);
    cost::<T>(
        SIGNATURE.saturating_mul(vouchers),
        4_u64.saturating_add(vouchers.saturating_mul(4)),
        vouchers.saturating_mul(2),
    )
}

/// Of changing terms.
pub fn set_terms<T: Config>() -> Weight {
    cost::<T>(0, 2, 1)
}
