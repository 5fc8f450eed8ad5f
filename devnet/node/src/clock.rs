//! The clock of live pace.
//!
//! Constants of the protocol are never shortened (a slot is 12 seconds); instead all nodes of a network may agree on a
//! clock that runs faster than the world's. A skew makes one node's clock wrong, which is a fault to test.

use polkadot_sdk::sp_consensus_aura::{Slot, SlotDuration};
use polkadot_sdk::sp_timestamp::Timestamp;
use std::num::NonZeroU32;
use std::time::{Duration, SystemTime};

/// Virtual time: (world − origin) × rate + skew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Moment of the world at which virtual time starts, milliseconds since 1970.
    pub origin: u64,
    /// Virtual milliseconds in a millisecond of the world.
    pub rate: NonZeroU32,
    /// What this node's clock is ahead of the others', virtual milliseconds.
    pub skew: i64,
}

impl Clock {
    /// Virtual milliseconds now.
    pub fn now(&self) -> u64 {
        self.at(SystemTime::now())
    }

    /// Virtual milliseconds at a moment of the world; 0 before the clock starts.
    pub fn at(&self, world: SystemTime) -> u64 {
        let world = world.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_micros();
        let since = world.saturating_sub(u128::from(self.origin) * 1_000);
        let virtual_time = since * u128::from(self.rate.get()) / 1_000;
        u64::try_from(virtual_time).unwrap_or(u64::MAX).saturating_add_signed(self.skew)
    }

    /// Virtual time now, as the runtime wants it.
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::new(self.now())
    }

    /// The slot of now.
    pub fn slot(&self, duration: SlotDuration) -> Slot {
        Slot::from_timestamp(self.timestamp(), duration)
    }

    /// How long the world takes for a span of virtual milliseconds.
    pub fn world(&self, virtual_time: u64) -> Duration {
        Duration::from_micros(virtual_time.saturating_mul(1_000) / u64::from(self.rate.get()))
    }

    /// How long to wait in the world until a slot begins.
    pub fn until(&self, slot: Slot, duration: SlotDuration) -> Duration {
        let begins = (*slot).saturating_mul(duration.as_millis());
        self.world(begins.saturating_sub(self.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: SlotDuration = SlotDuration::from_millis(12_000);

    fn world(milliseconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    #[test]
    fn without_options_it_is_the_worlds() {
        let clock = Clock { origin: 0, rate: NonZeroU32::MIN, skew: 0 };
        assert_eq!(clock.at(world(1_795_000_000_123)), 1_795_000_000_123);
        assert_eq!(clock.world(12_000), Duration::from_secs(12));
    }

    #[test]
    fn a_rate_of_48_makes_a_slot_of_250_milliseconds() {
        let clock = Clock { origin: 1_000_000, rate: NonZeroU32::new(48).unwrap(), skew: 0 };
        assert_eq!(clock.at(world(999_999)), 0);
        assert_eq!(clock.at(world(1_000_250)), 12_000);
        assert_eq!(clock.world(SLOT.as_millis()), Duration::from_millis(250));
    }

    #[test]
    fn a_skew_moves_it_both_ways_and_never_below_zero() {
        let clock = Clock { origin: 0, rate: NonZeroU32::MIN, skew: -500 };
        assert_eq!(clock.at(world(1_500)), 1_000);
        assert_eq!(clock.at(world(400)), 0);
        assert_eq!(Clock { skew: 500, ..clock }.at(world(1_500)), 2_000);
    }
}
