//! Hostile input: whatever comes from outside may be refused, and nothing else may happen.
//!
//! Each target takes bytes. It is given every entry of its corpus (`fixtures/corpus`, and files that the project has
//! anyway), and mutations of them drawn from a seed. A panic, an input that takes longer than a minute, or memory beyond
//! all reason is a failure; it prints the input in hex, which then goes into the corpus.
//!
//! Some seconds by default; for a long run, an hour for each target,
//!
//!     ASSAY_FUZZ_SEED=7 ASSAY_FUZZ_MINUTES=60 cargo test --test fuzz

mod chain;
mod corpus;
mod files;
mod hunt;
mod mutation;
mod neurons;
mod node;
mod proofs;
#[path = "../running/mod.rs"]
mod running;
mod texts;
