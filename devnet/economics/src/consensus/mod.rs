//! Yuma consensus: the epoch of a subnet (section 07), and the stake weight it starts from (section 06, 6).
//!
//! [`epoch::epoch`] is the whole of one mechanism's epoch as a function of plain vectors; its steps are in the
//! modules named after them and are written in the order of the specification. [`mechanisms`] splits an emission
//! over the mechanisms of a subnet and puts their results together again.
//!
//! Numbers are `I32F32` unless a function says otherwise: multiplication rounds towards minus infinity, division
//! towards zero, and a sum has no rounding.

pub mod activity;
mod bonds;
mod emission;
pub mod epoch;
mod liquid_alpha;
mod matrix;
pub mod mechanisms;
mod median;
mod permits;
pub mod stake_weight;
pub mod voting_power;
mod weight_rows;
