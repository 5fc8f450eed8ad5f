//! Coming and going: of subnets (section 02) and of neurons (section 03).

pub mod burn;
pub mod dissolution;
pub mod lock_cost;
pub mod prune;
pub mod subnet;
pub mod trim;
