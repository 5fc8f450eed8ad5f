//! What a chain shows of itself to clients, compared with the reference chain's metadata.
//!
//! Metadata is what wallets and the SDK work from: numbers of pallets and calls, names of arguments, hashers and types
//! of storage, errors, constants, runtime APIs, transaction extensions. [`source`] reads it, from this build's runtime, a
//! running chain or a file; [`surface`] turns any version of it into one tree of names and texts, types written out
//! down to the last field; [`difference`] compares two trees; [`excuses`] knows which differences are meant, and why.

pub mod difference;
pub mod excuses;
pub mod source;
pub mod surface;
pub(crate) mod types;

pub use difference::{Difference, Kind};
pub use excuses::{Excuses, Verdict};
pub use source::{Source, SourceError};
pub use surface::Surface;
