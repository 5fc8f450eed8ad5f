//! Emission: how a block's TAO and alpha are made, shared between subnets and paid out (section 06).
//!
//! In the order of a block: [`curve`] mints, [`shares`] divides the TAO between subnets, [`terms`] turns a share into
//! liquidity and a chain buy, [`participants`] divides the new alpha of a subnet, [`scheduler`] says whose epoch is due,
//! [`parents`], [`payout`] and [`take`] pay what an epoch earned, [`root_claim`] keeps what root stakers may claim, and
//! [`moving_price`] closes the block.

pub mod curve;
pub mod moving_price;
pub mod parents;
pub mod participants;
pub mod payout;
pub mod root_claim;
pub mod root_proportion;
pub mod schedule;
pub mod scheduler;
pub mod shares;
pub mod take;
pub mod terms;
