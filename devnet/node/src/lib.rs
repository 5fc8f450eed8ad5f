//! The node: a Polkadot SDK service around the project's runtime.
//!
//! Networking, database, transaction pool, Aura, GRANDPA and JSON-RPC are the SDK's. What is here puts them together
//! and adds what a devnet asks for: the runtime as native code ([`executor`]), chain specs from a genesis storage
//! ([`spec`]), a clock that can run faster or wrong ([`clock`]), four ways to decide when a block is made
//! ([`sealing`]), the chain's own JSON-RPC ([`rpc`]), and a life that ends with the parent's ([`lifeline`]).
//!
//! The crate knows nothing of the harness: who runs a node says what a chain's name means (see [`NodeCommand::run`]).

pub mod cli;
pub mod clock;
pub mod error;
pub mod executor;
pub mod lifeline;
pub mod listening;
pub mod rpc;
pub mod sealing;
pub mod service;
pub mod spec;

pub use cli::{BuildSpecCommand, NodeCommand};
pub use error::Error;
pub use executor::Native;
pub use spec::{NATIVE_CODE, Resolve};
