//! The state a scenario ends in, as one document that is the same on every run and every target.
//!
//! [`document`] writes what differs from the genesis; [`file`] keeps it in `snapshots/`, in the file format of the
//! library insta, so that `cargo insta review` shows and accepts changes.

pub mod document;
pub mod file;
pub mod state;
pub mod units;
