//! Storage (section 12, 1): 222 items in eight groups.

pub mod globals;
pub mod hyperparameters;
pub mod keys;
pub mod locks;
pub mod neurons;
pub mod pools;
pub mod stake;
pub mod subnets;
