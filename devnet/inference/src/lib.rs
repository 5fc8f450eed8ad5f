//! Integer neural networks that give the same bits everywhere, and proofs of one step of them.
//!
//! Weights and activations are 8-bit, sums 32-bit, rescaling is a rounding shift: nothing depends on a processor, a
//! compiler or an order of additions. So an answer can be committed to ([`commitment`]), signed ([`Receipt`]) and,
//! if one value of it is not what its layer gives, proved wrong by showing that one step ([`StepProof`]), which the
//! chain checks with the very code that miners run.
//!
//! `COMMITMENTS.md` beside this crate is the exact format, for those who write their own.
//!
//! Every function here is total: hostile shapes, rows, activations and proofs are refused or computed on, never
//! panicked at, and every size is bounded by the constants below.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod commitment;
mod layer;
mod model;
mod proof;
mod receipt;

pub use commitment::{Branch, Commitment, request_root, response_root};
pub use layer::{Convolution, Layer, Layers, Row, ShapeError, TABLE_SIZE, validate};
pub use model::{InputError, Model, ModelError, Trace, Vector};
pub use polkadot_sdk::sp_core::H256;
pub use proof::{Opened, OpenedRow, ProofError, StepProof, Verdict, prove_wrong};
pub use receipt::Receipt;

/// The most layers of a network.
pub const MAX_LAYERS: u32 = 32;
/// The most values of a vector between layers, and the most weights of a row. This bounds what checking a step costs.
pub const MAX_WIDTH: u32 = 1_024;
/// The most hashes of a branch: enough for [`MAX_LAYERS`] layers of [`MAX_WIDTH`] rows.
pub const MAX_BRANCH: u32 = 15;
