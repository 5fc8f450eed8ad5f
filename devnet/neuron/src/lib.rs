//! Miners and validators that do real work.
//!
//! Read it from the bottom: [`device`] runs integer networks on the processor or a graphics card, [`model`] reads the
//! trained networks of `fixtures/models`, and [`workload`] says what a subnet asks for and how good an answer is.

pub mod device;
pub mod model;
pub mod workload;
