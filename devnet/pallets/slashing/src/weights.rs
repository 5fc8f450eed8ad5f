//! What the calls cost.
//!
//! **Time** is put together of the parts of a check: signatures, bytes that are decoded and hashed, hashes of branches,
//! and rows that are multiplied. `cargo bench --profile dev -p assay -p assay-inference --bench proofs` measured each of
//! them (its group `parts`) and whole checks beside them, on one of two cores of a server: a signature 43 microseconds, the
//! leaf of 4 KiB 4.0 and its decoding 0.5, the 15 hashes of the longest branch 2.4, the 1,024 products of a window 2.1, the
//! 32 layers of a model 0.3. The constants below are at least twice that, so that a machine may be half as fast. The largest
//! proof comes to 42 microseconds and took 16; hashing its bytes took 9.
//!
//! **Storage** is counted, entry by entry, and weighed by the chain's own database weights, as everywhere on the chain. A
//! test of the harness (`reports_declare_the_storage_that_they_touch`) runs reports against a recorder and holds the counts
//! to what it sees.
//!
//! A report costs every holder of the offender's stake something, and how many there are is found out by doing it: it is
//! weighed for [`HOLDERS`] beforehand, and what was not needed is given back.

use assay_inference::{Commitment, MAX_LAYERS, StepProof};
use codec::Encode;
use polkadot_sdk::frame_support::traits::Get;
use polkadot_sdk::frame_support::weights::Weight;

use crate::Config;

/// Holders that a report is weighed for beforehand. More are slashed all the same.
pub const HOLDERS: u32 = 256;

/// Picoseconds for what every call does.
const BASE: u64 = 10_000_000;
/// Picoseconds for a signature, sr25519 or ed25519.
const SIGNATURE: u64 = 100_000_000;
/// Picoseconds for a byte that is decoded and hashed.
const BYTE: u64 = 2_500;
/// Picoseconds for a hash on the way from a leaf to a root.
const NODE: u64 = 350_000;
/// Picoseconds for a weight times a value.
const PRODUCT: u64 = 4_500;
/// Picoseconds for a layer of a registered model, which a check decodes and looks at.
const LAYER: u64 = 100_000;
/// Bytes that a storage proof grows by for an entry.
const ENTRY: u64 = 4_096;

/// Entries of storage: read, and written.
#[derive(Clone, Copy)]
struct Entries {
    reads: u64,
    writes: u64,
}

/// Of a report on a subnet: evidence, terms, strikes, the books of the subnet, the reward and a deregistration.
const REPORT: Entries = Entries { reads: 40, writes: 40 };
/// Of each holder of the offender's stake there: its share, its lock and its bond.
const HOLDER: Entries = Entries { reads: 7, writes: 5 };
/// Of a report on root: the same, and TAO that leaves the issuance.
const ROOT_REPORT: Entries = Entries { reads: 46, writes: 48 };
/// Of each holder of root stake: as on a subnet, its place among the root stakers, and what it has claimed of the root
/// dividends of four subnets; those of more are not weighed.
const ROOT_HOLDER: Entries = Entries { reads: 12, writes: 9 };

fn cost<T: Config>(time: Weight, entries: Entries) -> Weight {
    let Entries { reads, writes } = entries;
    Weight::from_parts(BASE, ENTRY.saturating_mul(reads))
        .saturating_add(time)
        .saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

/// Of bonding and unbonding: terms, the bond, the pool and the share.
pub fn bond<T: Config>() -> Weight {
    cost::<T>(Weight::zero(), Entries { reads: 6, writes: 1 })
}

/// Of changing terms.
pub fn set_terms<T: Config>() -> Weight {
    cost::<T>(Weight::zero(), Entries { reads: 3, writes: 1 })
}

/// Of registering a model.
pub fn register_model<T: Config>(model: &Commitment) -> Weight {
    let time = bytes(model.encoded_size()).saturating_add(layers(model.layers.len()));
    cost::<T>(time, Entries { reads: 3, writes: 1 })
}

/// Of linking an authority: two signatures.
pub fn link<T: Config>() -> Weight {
    cost::<T>(signatures(2), Entries { reads: 2, writes: 1 })
}

/// Of a contradiction that cost so many holders stake: two signatures.
pub fn contradiction<T: Config>(holders: u32) -> Weight {
    cost::<T>(signatures(2), REPORT.with(HOLDER, holders))
}

/// Of a wrong result that cost so many holders stake: a signature and the proof.
pub fn wrong_result<T: Config>(step: &StepProof, holders: u32) -> Weight {
    cost::<T>(signatures(1).saturating_add(proof(step)), REPORT.with(HOLDER, holders))
}

/// Of a double vote that cost so many holders root stake: two signatures.
pub fn double_vote<T: Config>(holders: u32) -> Weight {
    cost::<T>(signatures(2), ROOT_REPORT.with(ROOT_HOLDER, holders))
}

/// Of so many signatures.
pub fn signatures(count: u64) -> Weight {
    Weight::from_parts(SIGNATURE.saturating_mul(count), 0)
}

/// Of checking a proof against a model of as many layers as there can be.
pub fn proof(step: &StepProof) -> Weight {
    let row = step.row.as_ref();
    let branches = [Some(&step.input.branch), Some(&step.output.branch), row.map(|row| &row.branch)];
    let nodes: usize = branches.into_iter().flatten().map(|branch| branch.len()).sum();
    let products = row.map_or(0, |row| row.row.weights.len());
    bytes(step.encoded_size())
        .saturating_add(times(NODE, nodes))
        .saturating_add(times(PRODUCT, products))
        .saturating_add(layers(usize::try_from(MAX_LAYERS).unwrap_or(usize::MAX)))
}

fn bytes(count: usize) -> Weight {
    times(BYTE, count)
}

fn layers(count: usize) -> Weight {
    times(LAYER, count)
}

fn times(cost: u64, count: usize) -> Weight {
    Weight::from_parts(cost.saturating_mul(u64::try_from(count).unwrap_or(u64::MAX)), 0)
}

impl Entries {
    /// With `each` once for each of so many holders, and never for more than [`HOLDERS`].
    fn with(self, each: Self, holders: u32) -> Self {
        let holders = u64::from(holders.min(HOLDERS));
        Self {
            reads: self.reads.saturating_add(each.reads.saturating_mul(holders)),
            writes: self.writes.saturating_add(each.writes.saturating_mul(holders)),
        }
    }
}
