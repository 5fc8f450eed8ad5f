//! Ownership of a subnet by conviction (section 05, 8.7).

use super::lock::{LockFlags, LockRates, LockState, roll};
use crate::number::U64F64;
use alloc::collections::BTreeMap;

/// Blocks a subnet must have existed before it can change hands: a year and a quarter of a day (section 05,
/// 8.7).
pub const OWNERSHIP_DELAY: u64 = 7_200 * 365 + 1_800;

/// The 32 bytes of an account.
pub type AccountBytes = [u8; 32];

/// Whether a subnet may change hands at all (section 05, 8.7, step 1). `alpha_out` in rao.
pub fn may_change_hands(alpha_out: u64, registered_at: u64, now: u64) -> bool {
    alpha_out != 0 && now >= registered_at.saturating_add(OWNERSHIP_DELAY)
}

/// The hotkey with the largest score, ties to the largest account, if the scores together are a tenth of
/// `alpha_out` (section 05, 8.7, steps 2 and 3).
///
/// `convictions` are the rolled aggregates of the subnet by hotkey: both kinds of each hotkey, and the
/// owner's two under the owner's hotkey. A hotkey may appear several times; its score is the sum.
pub fn king(convictions: &[(AccountBytes, U64F64)], alpha_out: u64) -> Option<AccountBytes> {
    let mut scores: BTreeMap<AccountBytes, U64F64> = BTreeMap::new();
    let mut total = U64F64::ZERO;
    for &(hotkey, conviction) in convictions {
        let score = scores.entry(hotkey).or_default();
        *score = score.saturating_add(conviction);
        total = total.saturating_add(conviction);
    }
    if total.saturating_mul(U64F64::from_num(10)) < U64F64::from_num(alpha_out) {
        return None;
    }
    scores.into_iter().max_by_key(|&(hotkey, score)| (score, hotkey)).map(|(hotkey, _)| hotkey)
}

/// An aggregate of the old owner given back to the general ones (section 05, 8.7, step 6): `owned` is rolled
/// as the owner's, `general` (absent: [`LockState::fresh`] of zero) as anybody's, and the sum dates from
/// `now`.
pub fn give_back(
    owned: LockState,
    general: LockState,
    now: u64,
    rates: LockRates,
    perpetual: bool,
) -> LockState {
    let owned = roll(owned, now, rates, LockFlags { owner: true, perpetual });
    let general = roll(general, now, rates, LockFlags { owner: false, perpetual });
    LockState { last_update: now, ..owned.merge(general) }
}

/// An aggregate of the new owner taken from the general ones (section 05, 8.7, step 7): as [`give_back`] the
/// other way, and rolled once more as the owner's, so that its conviction becomes its mass.
pub fn take_over(
    general: LockState,
    owned: LockState,
    now: u64,
    rates: LockRates,
    perpetual: bool,
) -> LockState {
    let sum = give_back(owned, general, now, rates, perpetual);
    roll(sum, now, rates, LockFlags { owner: true, perpetual })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: LockRates = LockRates { unlock: 934_866, maturity: 934_866 };

    fn conviction(account: u8, conviction: u64) -> (AccountBytes, U64F64) {
        ([account; 32], U64F64::from_num(conviction))
    }

    fn lock(locked_mass: u64, conviction: u64) -> LockState {
        LockState { locked_mass, conviction: U64F64::from_num(conviction), last_update: 9 }
    }

    #[test]
    fn a_subnet_keeps_its_owner_for_a_year() {
        assert_eq!(OWNERSHIP_DELAY, 2_629_800);
        assert!(!may_change_hands(1, 100, 2_629_899));
        assert!(may_change_hands(1, 100, 2_629_900));
        assert!(!may_change_hands(0, 100, 2_629_900));
        assert!(!may_change_hands(1, u64::MAX, 2_629_900));
    }

    #[test]
    fn a_tenth_of_the_alpha_must_be_convinced() {
        let convictions = [conviction(1, 60), conviction(2, 40)];
        assert_eq!(king(&convictions, 1_000), Some([1; 32]));
        assert_eq!(king(&convictions, 1_001), None);
        assert_eq!(king(&[], 0), None);
    }

    #[test]
    fn scores_add_up_and_ties_go_to_the_largest_account() {
        assert_eq!(king(&[conviction(1, 60), conviction(2, 40), conviction(2, 30)], 1_000), Some([2; 32]));
        assert_eq!(king(&[conviction(2, 50), conviction(1, 50)], 1_000), Some([2; 32]));
        let huge = [([3; 32], U64F64::MAX), ([4; 32], U64F64::MAX)];
        assert_eq!(king(&huge, u64::MAX), Some([4; 32]));
    }

    #[test]
    fn aggregates_change_sides_with_the_owner() {
        assert_eq!(give_back(lock(500, 500), lock(300, 200), 9, RATES, false), lock(800, 700));
        // The sum dates from the block itself, even if a part is said to be later.
        let sum = give_back(lock(500, 500), lock(300, 200), 8, RATES, false);
        assert_eq!(sum, LockState { last_update: 8, ..lock(800, 700) });
        assert_eq!(take_over(lock(300, 200), LockState::fresh(0, 9), 9, RATES, true), lock(300, 300));
    }
}
