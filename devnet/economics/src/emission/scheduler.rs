//! Whose epoch runs in this block (section 06, 3.6). Block numbers and tempos are in blocks.

use alloc::vec::Vec;

/// Blocks without an epoch after which one is due whatever the tempo (a week).
pub const LONGEST_WAIT: u64 = 50_400;
/// `MaxEpochsPerBlock` where none is stored.
pub const DEFAULT_MAX_EPOCHS_PER_BLOCK: u8 = 2;

/// What decides when the next epoch of a subnet runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// `Tempo`; zero stops the epochs.
    pub tempo: u16,
    /// `LastEpochBlock`.
    pub last_epoch_block: u64,
    /// `BlocksSinceLastStep`: the coinbase counts the current block before it asks, earlier steps do not.
    pub blocks_since_last_step: u64,
    /// `PendingEpochAt`: block of a deferred or triggered epoch, zero when there is none.
    pub pending_epoch_at: u64,
}

/// What the scheduler does with one subnet in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// No epoch is due.
    NotDue,
    /// The block has run its number of epochs: `PendingEpochAt` becomes the next block, nothing else changes.
    Deferred,
    /// A hotkey holds two uids: the slot is used up, the pending amounts stay and the epoch does not count.
    Skipped,
    /// The epoch runs and the pending amounts are paid.
    Runs,
}

impl Slot {
    /// Whether the epoch's turn is over: `LastEpochBlock`, `PendingEpochAt` and `SubnetEpochIndex` change.
    pub fn is_consumed(self) -> bool {
        matches!(self, Self::Skipped | Self::Runs)
    }
}

/// Whether an epoch is due in block `now` (section 06, 3.6, step 2).
pub fn is_due(schedule: Schedule, now: u64) -> bool {
    if schedule.tempo == 0 {
        return false;
    }
    let asked_for = schedule.pending_epoch_at > 0 && now >= schedule.pending_epoch_at;
    let overdue = schedule.blocks_since_last_step > LONGEST_WAIT;
    let tempo_over = now.saturating_sub(schedule.last_epoch_block) >= u64::from(schedule.tempo);
    asked_for || overdue || tempo_over
}

/// Block in which the next epoch starts by the tempo or a pending one (section 06, 3.6); `None` while the tempo is zero.
pub fn next_epoch_start(schedule: Schedule) -> Option<u64> {
    if schedule.tempo == 0 {
        return None;
    }
    let by_tempo = schedule.last_epoch_block.saturating_add(u64::from(schedule.tempo));
    let pending = Some(schedule.pending_epoch_at).filter(|&block| block > 0);
    Some(pending.map_or(by_tempo, |block| block.min(by_tempo)))
}

/// What happens to one subnet after `epochs` epochs have run in block `now` (section 06, 3.6, steps 2 to 5).
///
/// `hotkeys_unique` says that no hotkey appears twice among the subnet's uids.
pub fn slot(schedule: Schedule, hotkeys_unique: bool, now: u64, epochs: u32, max_epochs: u8) -> Slot {
    if !is_due(schedule, now) {
        Slot::NotDue
    } else if epochs >= u32::from(max_epochs) {
        Slot::Deferred
    } else if hotkeys_unique {
        Slot::Runs
    } else {
        Slot::Skipped
    }
}

/// The slots of all subnets but root in block `now`, in the order of the chain's list of networks (section 06, 3.6).
///
/// `subnets` holds each schedule and whether the subnet's hotkeys are unique. The reveal of timelocked weights asks the
/// same earlier in the block, to leave out the subnets that will be deferred.
pub fn plan(subnets: &[(Schedule, bool)], now: u64, max_epochs: u8) -> Vec<Slot> {
    let mut epochs = 0;
    let mut slots = Vec::with_capacity(subnets.len());
    for &(schedule, hotkeys_unique) in subnets {
        let slot = slot(schedule, hotkeys_unique, now, epochs, max_epochs);
        epochs += u32::from(slot == Slot::Runs);
        slots.push(slot);
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURLY: Schedule =
        Schedule { tempo: 300, last_epoch_block: 1000, blocks_since_last_step: 0, pending_epoch_at: 0 };

    #[test]
    fn the_period_is_the_tempo_exactly() {
        assert!(!is_due(HOURLY, 1299));
        assert!(is_due(HOURLY, 1300));
        assert_eq!(next_epoch_start(HOURLY), Some(1300));
    }

    #[test]
    fn a_pending_epoch_comes_early_but_never_later_than_the_tempo() {
        let early = Schedule { pending_epoch_at: 1100, ..HOURLY };
        assert!(!is_due(early, 1099));
        assert!(is_due(early, 1100));
        assert_eq!(next_epoch_start(early), Some(1100));
        assert_eq!(next_epoch_start(Schedule { pending_epoch_at: 2000, ..HOURLY }), Some(1300));
    }

    #[test]
    fn a_week_without_an_epoch_makes_one_due() {
        let slow = Schedule { tempo: u16::MAX, blocks_since_last_step: LONGEST_WAIT, ..HOURLY };
        assert!(!is_due(slow, 1001));
        assert!(is_due(Schedule { blocks_since_last_step: LONGEST_WAIT + 1, ..slow }, 1001));
    }

    #[test]
    fn tempo_zero_stops_everything() {
        let stopped =
            Schedule { tempo: 0, pending_epoch_at: 1, blocks_since_last_step: LONGEST_WAIT + 1, ..HOURLY };
        assert!(!is_due(stopped, u64::MAX));
        assert_eq!(next_epoch_start(stopped), None);
    }

    #[test]
    fn a_last_epoch_in_the_future_is_not_due() {
        assert!(!is_due(HOURLY, 0));
    }

    #[test]
    fn the_cap_defers_and_a_skipped_epoch_does_not_count() {
        let idle = Schedule { last_epoch_block: 1300, ..HOURLY };
        let subnets =
            [(HOURLY, true), (idle, true), (HOURLY, false), (HOURLY, true), (HOURLY, true), (HOURLY, false)];
        let slots = plan(&subnets, 1300, 2);
        assert_eq!(
            slots,
            [Slot::Runs, Slot::NotDue, Slot::Skipped, Slot::Runs, Slot::Deferred, Slot::Deferred]
        );
        assert_eq!(slots.iter().filter(|slot| slot.is_consumed()).count(), 3);
        assert_eq!(plan(&[(HOURLY, true)], 1300, 0), [Slot::Deferred]);
    }
}
