//! The harness of Assay: reference vectors, and the command line around them.

pub mod amount;
pub mod beacon;
pub mod chain;
pub mod commands;
pub mod docker;
pub mod explore;
pub mod invariants;
pub mod metadata;
pub mod nearest;
pub mod network;
pub mod reference;
pub mod sabotage;
pub mod snapshot;
pub mod steps;
pub mod verify;
pub mod world;

/// The version of this build with the commit it was made from.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (commit ", env!("VERGEN_GIT_SHA"), ")");
