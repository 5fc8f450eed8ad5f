//! Subnets (section 02).

pub mod dissolve;
pub mod forget;
pub mod hyperparameters;
pub mod identity;
pub mod init;
pub mod leasing;
pub mod names;
pub mod prune;
pub mod rate_limits;
pub mod register;
pub mod start;
pub mod symbols;
