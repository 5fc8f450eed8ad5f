//! When the beacon says what.

use super::{ROUNDS_PER_BLOCK, newest_round};
use std::collections::BTreeSet;

/// Pulses in one transaction at most; the others come with the next blocks.
pub const PULSES_AT_ONCE: usize = 50;

/// Which rounds the blocks bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Rounds that the beacon lies behind.
    pub late: u64,
    /// Rounds that it never publishes.
    pub skipped: BTreeSet<u64>,
}

impl Schedule {
    /// The rounds that a block brings to a chain whose last round is `last`, 0 for none: all that are due and newer. A
    /// chain that has none yet begins with those of the block.
    pub fn due(&self, block: u32, last: u64) -> Vec<u64> {
        let newest = newest_round(block).saturating_sub(self.late);
        let first = match last {
            0 => newest.saturating_sub(ROUNDS_PER_BLOCK - 1).max(1),
            last => last.saturating_add(1),
        };
        (first..=newest).filter(|round| !self.skipped.contains(round)).take(PULSES_AT_ONCE).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beacon_on_time_says_four_rounds_a_block() {
        let schedule = Schedule::default();
        assert_eq!(schedule.due(1, 0), [1, 2, 3, 4]);
        assert_eq!(schedule.due(10, 0), [37, 38, 39, 40]);
        assert_eq!(schedule.due(11, 40), [41, 42, 43, 44]);
        assert_eq!(schedule.due(11, 44), Vec::<u64>::new());
    }

    #[test]
    fn a_late_beacon_lies_behind_and_catches_up() {
        let late = Schedule { late: 6, ..Schedule::default() };
        assert_eq!(late.due(1, 0), Vec::<u64>::new());
        assert_eq!(late.due(2, 0), [1, 2]);
        assert_eq!(late.due(3, 2), [3, 4, 5, 6]);
        assert_eq!(Schedule::default().due(4, 6).len(), 10);
    }

    #[test]
    fn skipped_rounds_are_left_out() {
        let schedule = Schedule { skipped: [42, 43].into(), ..Schedule::default() };
        assert_eq!(schedule.due(11, 40), [41, 44]);
    }

    #[test]
    fn a_transaction_takes_fifty_pulses() {
        assert_eq!(Schedule::default().due(1_000, 40), (41..91).collect::<Vec<_>>());
    }
}
