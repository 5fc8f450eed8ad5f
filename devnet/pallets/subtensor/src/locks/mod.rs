//! Locks and conviction (section 05, 8).

pub mod calls;
pub mod ownership;
pub mod roll;
pub mod transfer;
