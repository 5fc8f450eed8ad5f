//! Answers to what clients ask: the records of the runtime APIs and the functions that fill them (section 11).
//!
//! The traits are in the crate `assay-runtime-api`. Nothing here decides anything, and nothing here is part of a
//! block.

pub mod delegate;
pub mod dynamic;
pub mod hyperparameters;
pub mod metagraph;
mod metagraphs;
pub mod named_hyperparameters;
pub mod neuron;
pub mod stake;
pub mod state;
pub mod subnet;

use alloc::vec::Vec;

use codec::Compact;

/// The largest weight of a row, parts of 65,535: there is no limit (section 02, 9.1).
const NO_WEIGHTS_LIMIT: u16 = u16::MAX;

/// A list in which every value is encoded as a compact integer.
fn compact_all<Value>(values: Vec<Value>) -> Vec<Compact<Value>> {
    values.into_iter().map(Compact).collect()
}
