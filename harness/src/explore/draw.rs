//! Numbers that are drawn.

use proptest::prelude::Rng as _;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Any number. It shrinks to 0 or not at all: what is drawn chooses among things, and half of it chooses just another.
#[derive(Clone, Copy, Debug)]
pub struct Drawn;

/// A number that was drawn.
#[derive(Clone, Copy, Debug)]
pub struct DrawnTree {
    drawn: u64,
    is_zero: bool,
    is_tried: bool,
}

impl Strategy for Drawn {
    type Tree = DrawnTree;
    type Value = u64;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(DrawnTree { drawn: runner.rng().next_u64(), is_zero: false, is_tried: false })
    }
}

impl ValueTree for DrawnTree {
    type Value = u64;

    fn current(&self) -> u64 {
        if self.is_zero { 0 } else { self.drawn }
    }

    fn simplify(&mut self) -> bool {
        let is_new = !self.is_tried && self.drawn != 0;
        self.is_tried = true;
        self.is_zero |= is_new;
        is_new
    }

    fn complicate(&mut self) -> bool {
        // Back to what was drawn, once.
        std::mem::take(&mut self.is_zero)
    }
}
