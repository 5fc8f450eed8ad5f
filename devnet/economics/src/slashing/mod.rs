//! Stake at risk: what an offence costs, and what a bond holds back (document SLASHING).
//!
//! All of this is ours alone: the reference chain has no stake slashing. Fractions are parts of 65,535 and every
//! division rounds down.

pub mod amounts;
pub mod bond;
pub mod time;

#[cfg(test)]
mod properties;
