//! The emission curve: how much one block mints at a given issuance (section 06, 1).

use crate::number::{I96F32, int, safe_div};
use crate::transcendental::log2;

/// Most TAO, and most alpha of one subnet, that can ever be issued, in rao (21 million).
pub const TOTAL_SUPPLY: u64 = 21_000_000_000_000_000;
/// Emission of a block before the first halving, in rao (one TAO).
pub const DEFAULT_BLOCK_EMISSION: u64 = 1_000_000_000;

/// Rao one block mints at `issuance` rao (section 06, 1), for TAO and for the alpha of each subnet alike.
///
/// Some(0) from [`TOTAL_SUPPLY`] on; `None` where the fixed-point arithmetic has no answer, which callers treat as no
/// emission. The chain stores every answer below the supply in `BlockEmission`, and nothing for the other two: see
/// [`writes_block_emission`].
pub fn block_emission(issuance: u64) -> Option<u64> {
    if !writes_block_emission(issuance) {
        return Some(0);
    }
    let one = I96F32::from_num(1);
    let issued = I96F32::from_num(issuance).checked_div(I96F32::from_num(TOTAL_SUPPLY))?;
    let residual = one.checked_div(one.checked_sub(issued)?)?;
    let halvings = log2(residual)?.checked_floor()?;
    let share = safe_div(one, two_to_the(halvings)?);
    Some(int(share.checked_mul(I96F32::from_num(DEFAULT_BLOCK_EMISSION))?))
}

/// Whether an evaluation at `issuance` rao stores its result in `BlockEmission`: only below the supply.
pub fn writes_block_emission(issuance: u64) -> bool {
    issuance < TOTAL_SUPPLY
}

/// Rao that a block may mint when the curve gives `emission` and `balances_issuance` rao exist (section 01, 4): never
/// past [`TOTAL_SUPPLY`].
pub fn mintable(emission: u64, balances_issuance: u64) -> u64 {
    emission.min(TOTAL_SUPPLY.saturating_sub(balances_issuance))
}

fn two_to_the(whole: I96F32) -> Option<I96F32> {
    let shift: u32 = whole.checked_to_num()?;
    Some(I96F32::from_num(1_u64.checked_shl(shift)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HALF: u64 = TOTAL_SUPPLY / 2;

    #[test]
    fn the_published_table_holds_on_both_sides_of_each_nominal_halving() {
        assert_eq!(block_emission(0), Some(1_000_000_000));
        assert_eq!(block_emission(HALF - 1), Some(1_000_000_000));
        assert_eq!(block_emission(HALF), Some(500_000_000));
        assert_eq!(block_emission(HALF + HALF / 2 - 1), Some(500_000_000));
        assert_eq!(block_emission(HALF + HALF / 2), Some(250_000_000));
        assert_eq!(block_emission(HALF + HALF / 2 + HALF / 4), Some(125_000_000));
    }

    #[test]
    fn emission_ends_at_the_supply() {
        assert_eq!(block_emission(TOTAL_SUPPLY), Some(0));
        assert_eq!(block_emission(u64::MAX), Some(0));
        assert!(!writes_block_emission(TOTAL_SUPPLY));
        assert!(writes_block_emission(TOTAL_SUPPLY - 1));
    }

    #[test]
    fn a_mint_stops_at_the_supply() {
        assert_eq!(mintable(1_000_000_000, 0), 1_000_000_000);
        assert_eq!(mintable(1_000_000_000, TOTAL_SUPPLY - 7), 7);
        assert_eq!(mintable(1_000_000_000, TOTAL_SUPPLY + 7), 0);
    }

    proptest! {
        #[test]
        fn more_issued_never_mints_more(low in 0..TOTAL_SUPPLY, high in 0..TOTAL_SUPPLY) {
            let (low, high) = (low.min(high), low.max(high));
            prop_assert!(block_emission(high) <= block_emission(low));
        }
    }
}
