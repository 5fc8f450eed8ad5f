//! Weights (section 08).

pub mod commit;
pub mod guards;
mod payload;
pub mod reveal;
pub mod set;
pub mod timelocked;
