//! The supply schedule that follows from the emission curve (section 06, 1): for people, not for the chain.

use super::curve::{TOTAL_SUPPLY, block_emission};
use alloc::vec::Vec;
use core::ops::Range;

/// A stretch of issuance with the same emission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Era {
    /// Halvings before this era.
    pub halvings: u32,
    /// Issuance, in rao, from the first value with this emission to the first with the next.
    pub issuance: Range<u64>,
    /// Rao a block mints.
    pub emission: u64,
}

impl Era {
    /// Blocks from `issuance` rao until the next era, each minting the era's whole emission, the last one counted whole;
    /// `None` in the era that mints nothing.
    pub fn blocks_left(&self, issuance: u64) -> Option<u64> {
        let missing = self.issuance.end.saturating_sub(issuance);
        (self.emission > 0).then(|| missing.div_ceil(self.emission))
    }
}

/// All eras up to [`TOTAL_SUPPLY`], in order, the last of which mints nothing. Their bounds are found by bisection on the
/// curve itself, so that they hold whatever its fixed-point arithmetic does.
pub fn eras() -> Vec<Era> {
    let mut eras = Vec::new();
    let mut start = 0;
    for halvings in 0.. {
        let end = end_of_era(start);
        eras.push(Era { halvings, issuance: start..end, emission: emission(start) });
        if end >= TOTAL_SUPPLY {
            break;
        }
        start = end;
    }
    eras
}

/// First issuance above `start` with another emission, or the supply.
fn end_of_era(start: u64) -> u64 {
    let current = emission(start);
    let (mut same, mut other) = (start, TOTAL_SUPPLY);
    while other - same > 1 {
        let middle = same.midpoint(other);
        if emission(middle) == current { same = middle } else { other = middle }
    }
    other
}

fn emission(issuance: u64) -> u64 {
    block_emission(issuance).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_cover_the_supply_without_gaps() {
        let eras = eras();
        assert_eq!(eras.first().map(|era| era.issuance.start), Some(0));
        assert_eq!(eras.last().map(|era| era.issuance.end), Some(TOTAL_SUPPLY));
        for pair in eras.windows(2) {
            assert_eq!(pair[0].issuance.end, pair[1].issuance.start);
            assert_eq!(pair[1].halvings, pair[0].halvings + 1);
            assert_eq!(pair[0].emission / 2, pair[1].emission);
            assert_eq!(block_emission(pair[1].issuance.start - 1), Some(pair[0].emission));
        }
    }

    #[test]
    fn the_first_halvings_are_at_half_and_three_quarters_of_the_supply() {
        let eras = eras();
        assert_eq!(eras[0].emission, 1_000_000_000);
        assert_eq!(eras[1].issuance.start, 10_500_000_000_000_000);
        assert_eq!(eras[2].issuance.start, 15_750_000_000_000_000);
    }

    #[test]
    fn counts_the_blocks_left() {
        let era = Era { halvings: 0, issuance: 100..200, emission: 30 };
        assert_eq!(era.blocks_left(100), Some(4));
        assert_eq!(era.blocks_left(110), Some(3));
        assert_eq!(era.blocks_left(200), Some(0));
        assert_eq!(Era { emission: 0, ..era }.blocks_left(100), None);
    }
}
