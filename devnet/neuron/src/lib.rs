//! Miners and validators that do real work.
//!
//! Read it from the bottom: [`device`] runs integer networks on the processor or a graphics card, [`model`] reads the
//! trained networks of `fixtures/models`, and [`workload`] says what a subnet asks for and how good an answer is.
//! [`protocol`] is what askers and miners say to each other. [`miner`], [`validator`] and [`gateway`] decide; they know
//! neither transport nor clock nor chain, and the same calls give the same bytes, so that scenarios run them in the
//! harness's own process ([`in_process`]).
//!
//! Around them stand the programs: [`chain`] talks to a node by the names in its metadata, [`serve`] is HTTP.

pub mod chain;
pub mod device;
pub mod gateway;
pub mod in_process;
pub mod key;
pub mod metagraph;
pub mod miner;
pub mod model;
pub mod protocol;
pub mod random;
pub mod record;
pub mod serve;
pub mod validator;
pub mod wallet;
pub mod workload;
