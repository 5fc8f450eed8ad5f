//! Yuma consensus: what the epoch reads and writes (section 07).

pub mod input;
pub mod persist;
pub mod voting_power;
