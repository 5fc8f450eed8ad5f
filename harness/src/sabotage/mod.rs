//! Planted faults: the proof that the harness can fail.
//!
//! A green run says something only if a wrong chain would have been red. So each fault of `fixtures/sabotage.yaml`
//! makes the chain in memory wrong in one way, the scenarios run on it, and something must notice: an invariant, a
//! step or a snapshot.
//!
//! Faults are planted where the runtime meets its storage: between [`crate::chain::memory`] and the externalities that
//! the runtime reads and writes stand [`externalities`], which drop, change, divert or undo what the rules of a fault
//! name. The runtime is the one that is shipped, to the byte; wrapping functions of the economics instead would have
//! meant a second runtime, built with other features than the one that is to be trusted. What this cannot express is a
//! fault that leaves no trace in what is read and written, such as a wrong order of two sums.
//!
//! The same externalities can stand in one node of a network ([`native`]): then the other nodes must notice ([`network`]).

pub mod externalities;
pub mod items;
pub mod list;
pub mod native;
pub mod network;
pub mod numbers;
pub mod planting;
pub mod report;
pub mod rule;
pub mod run;
#[cfg(test)]
mod tests;

pub use list::{Fault, ListError};
pub use planting::Planting;
