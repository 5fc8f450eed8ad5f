//! Exploration: stories that nobody wrote, told in the sentences of scenarios, on which every invariant must hold.
//!
//! A story is a fixed beginning and a sequence of actions drawn from a seed: calls by several accounts on several
//! subnets, and blocks that pass. Each action is a sentence of `assay steps` ([`actions`]), and a story is played
//! through those sentences ([`story`]), so what exploration can do a scenario can do, and a story that breaks
//! something is a feature file. `proptest` draws the stories and shrinks those that break something ([`search`]).
//!
//! What must hold: every invariant after every block, no panic, and a call that is refused changes nothing.

pub mod actions;
pub mod draw;
pub mod search;
pub mod story;

pub use actions::Action;
pub use search::{Finding, Sight, explore};
