//! Running scenarios: finding them, running them one by one or several at a time, and reporting.

pub mod discover;
pub mod filter;
pub mod jobs;
pub mod rehearsal;
pub mod report;
pub mod scenario;
#[cfg(test)]
mod tests;

pub use discover::{DiscoverError, Suite};
pub use filter::Filter;
pub use scenario::{Outcome, Report, Scenario, Settings};
