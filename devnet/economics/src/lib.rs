//! The arithmetic of Dynamic TAO as pure functions.
//!
//! Everything that decides an amount on the chain is here, and nothing else: no storage, no accounts beyond plain
//! names, no clock, no floats. Pallets read storage, call these functions and write the results; auditors can read
//! them without knowing the framework. Each public function names the section of the specification it implements,
//! the units of its arguments and how it rounds, and is held against vectors made by the real chain.
//!
//! Units, unless a function says otherwise: amounts of TAO and alpha are in rao (10^-9), prices are TAO per alpha,
//! `u16` proportions are parts of 65,535 and `u64` proportions parts of 2^64 - 1.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod consensus;
pub mod emission;
pub mod fees;
pub mod number;
pub mod pool;
pub mod ratio;
pub mod registration;
pub mod slashing;
pub mod stake;
pub mod transcendental;
pub mod weights;
