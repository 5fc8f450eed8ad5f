//! Emission and what it pays (section 06).

pub mod block_step;
pub mod emission;
pub mod injection;
pub mod moving_price;
pub mod payout;
pub mod root_claim;
pub mod root_dividends;
pub mod scheduler;
