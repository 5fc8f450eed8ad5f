//! Neurons: registration, pruning, serving (section 03).

pub mod account;
pub mod burned;
pub mod prune;
pub mod root;
pub mod serving;
pub mod trim;
pub mod uids;
