//! Stake: the shares of a hotkey's pool, minimum amounts, locks and ownership by conviction (section 05).

pub mod conviction;
pub mod delegate_return;
pub mod lock;
pub mod lock_operations;
pub mod minimum;
pub mod safe_float;
pub mod share_pool;
pub mod value;
