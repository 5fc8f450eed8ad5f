//! Stake (section 05).

pub mod add;
pub mod alpha;
pub mod auto_stake;
pub mod minimum;
pub mod remove;
pub mod root_index;
pub mod sale;
pub mod shares;
pub mod slash;
pub mod take;
pub mod transition;
