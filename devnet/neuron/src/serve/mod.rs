//! Miners and validators as programs: HTTP around the core, and the chain beside it.

pub mod asking;
pub mod ending;
pub mod error;
mod http;
pub mod listening;
pub mod load;
pub mod logs;
pub mod member;
pub mod miner;
pub mod problem;
mod routing;
pub mod validator;

pub use error::ServeError;
pub use listening::Listening;
pub use member::Member;

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 by this machine's clock.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A duration in milliseconds, as metrics and averages take it.
fn milliseconds(duration: std::time::Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
