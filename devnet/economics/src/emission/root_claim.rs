//! What root stakers may claim of a hotkey's alpha dividends (section 06, 4.3, 8 and 9).
//!
//! A hotkey carries, for each subnet, a *rate*: the alpha that one rao of root stake has earned in all its time. A
//! coldkey's *claimed* watermark is what it has had of that, or never had a right to because it staked later.

use crate::number::{I96F32, int, safe_div};
use alloc::collections::BTreeSet;

/// `RootClaimableThreshold` where none is stored, in rao of alpha.
pub const DEFAULT_THRESHOLD: I96F32 = I96F32::from_bits(500_000 << 32);
/// `NumRootClaim` where none is stored.
pub const DEFAULT_CLAIMS_PER_BLOCK: u64 = 5;

/// What becomes of a root dividend (section 06, 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootDividend {
    /// More than the hotkey's whole root stake: it becomes alpha stake of the hotkey's owner.
    Staked,
    /// The hotkey's rate rises by this much.
    Claimable(I96F32),
}

/// What becomes of `amount` rao of alpha for a hotkey with `root_stake` rao on root (section 06, 4.3). Truncated.
pub fn root_dividend(amount: u64, root_stake: u64) -> RootDividend {
    if amount > root_stake {
        return RootDividend::Staked;
    }
    RootDividend::Claimable(safe_div(I96F32::from_num(amount), I96F32::from_num(root_stake)))
}

/// Alpha a coldkey may claim, in rao; negative where its stake shrank below what it has claimed (section 06, 8.1).
///
/// `root_stake` is the value of its root stake with the hotkey in rao, `claimed` its watermark.
pub fn owed(rate: I96F32, root_stake: u64, claimed: u128) -> I96F32 {
    let claimable = rate.saturating_mul(I96F32::from_num(root_stake));
    claimable.saturating_sub(I96F32::saturating_from_num(claimed))
}

/// Whole rao that a claim moves, or `None` where it does nothing: below `threshold`, or less than one rao (section 06,
/// 8.1).
pub fn claim_amount(owed: I96F32, threshold: I96F32) -> Option<u64> {
    if owed < threshold {
        return None;
    }
    Some(int(owed)).filter(|&amount| amount > 0)
}

/// The watermark after `stake` rao of root stake were added: new stake has no right to past dividends (section 06, 9).
pub fn claimed_after_add(claimed: u128, rate: I96F32, stake: u64) -> u128 {
    claimed.saturating_add(earned(rate, stake))
}

/// The watermark after `stake` rao of root stake were removed, never below zero (section 06, 9).
pub fn claimed_after_remove(claimed: u128, rate: I96F32, stake: u64) -> u128 {
    claimed.saturating_sub(earned(rate, stake))
}

/// Indices of the coldkeys whose claims this block makes by itself, ascending (section 06, 8.3).
///
/// Each index is a step from the one before, the steps being the four big-endian words of the parent's hash in turn;
/// the first word is also where the first step starts. `coldkeys` is `NumStakingColdkeys`, `claims` is `NumRootClaim`.
pub fn auto_claim_indices(parent_hash: &[u8; 32], coldkeys: u64, claims: u64) -> BTreeSet<u64> {
    let words = words(parent_hash);
    let [mut last, ..] = words;
    let steps = words.iter().cycle().zip(0..claims);
    let mut indices = BTreeSet::new();
    for (&step, _) in steps {
        last = last.saturating_add(step).checked_rem(coldkeys).unwrap_or(0);
        indices.insert(last);
    }
    indices
}

fn words(hash: &[u8; 32]) -> [u64; 4] {
    let (words, _) = hash.as_chunks::<8>();
    let mut result = [0; 4];
    for (word, bytes) in result.iter_mut().zip(words) {
        *word = u64::from_be_bytes(*bytes);
    }
    result
}

/// Dividends of `stake` rao of root stake at `rate`, floored to whole rao.
fn earned(rate: I96F32, stake: u64) -> u128 {
    rate.saturating_mul(I96F32::from_num(stake)).saturating_to_num()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn number(value: f64) -> I96F32 {
        I96F32::from_num(value)
    }

    #[test]
    fn a_dividend_raises_the_rate_unless_it_exceeds_the_stake() {
        assert_eq!(root_dividend(50, 200), RootDividend::Claimable(number(0.25)));
        assert_eq!(root_dividend(200, 200), RootDividend::Claimable(number(1.0)));
        assert_eq!(root_dividend(201, 200), RootDividend::Staked);
        assert_eq!(root_dividend(0, 0), RootDividend::Claimable(number(0.0)));
        assert_eq!(root_dividend(1, 0), RootDividend::Staked);
    }

    #[test]
    fn owed_is_what_was_earned_less_what_was_claimed() {
        assert_eq!(owed(number(0.25), 1001, 200), number(50.25));
        assert_eq!(owed(number(0.25), 1000, 300), number(-50.0));
        assert_eq!(owed(number(0.25), 1000, u128::MAX), number(250.0) - I96F32::MAX);
    }

    #[test]
    fn small_claims_do_nothing() {
        assert_eq!(claim_amount(number(49.75), number(50.0)), None);
        assert_eq!(claim_amount(number(50.75), number(50.0)), Some(50));
        assert_eq!(claim_amount(number(50.0), number(50.0)), Some(50));
        assert_eq!(DEFAULT_THRESHOLD, number(500_000.0));
        assert_eq!(claim_amount(number(0.75), number(0.0)), None);
        assert_eq!(claim_amount(number(-5.0), number(-10.0)), None);
    }

    #[test]
    fn watermarks_follow_the_stake() {
        assert_eq!(claimed_after_add(10, number(0.25), 1003), 260);
        assert_eq!(claimed_after_remove(260, number(0.25), 1003), 10);
        assert_eq!(claimed_after_remove(10, number(0.25), 1003), 0);
    }

    #[test]
    fn the_index_chain_starts_with_the_first_word_twice_and_continues_from_reduced_indices() {
        let mut hash = [0; 32];
        for (position, word) in [7_u8, 2, 3, 4].into_iter().enumerate() {
            hash[8 * position + 7] = word;
        }
        // 7 + 7 = 14 -> 4, + 2 -> 6, + 3 -> 9, + 4 -> 13 -> 3, + 7 -> 10 -> 0
        assert_eq!(auto_claim_indices(&hash, 10, 5).into_iter().collect::<Vec<_>>(), [0, 3, 4, 6, 9]);
        assert_eq!(auto_claim_indices(&hash, 0, 5).into_iter().collect::<Vec<_>>(), [0]);
        assert!(auto_claim_indices(&hash, 10, 0).is_empty());
        assert_eq!(auto_claim_indices(&[0xff; 32], 10, 1).into_iter().next(), Some(u64::MAX % 10));
    }

    proptest! {
        #[test]
        fn stake_added_now_has_earned_nothing(
            rate in 0..=1_i128 << 40,
            before in 0..1_u64 << 50,
            added in 0..1_u64 << 50,
            claimed in 0..1_u128 << 50,
        ) {
            let rate = I96F32::from_bits(rate);
            let old = owed(rate, before, claimed);
            let new = owed(rate, before + added, claimed_after_add(claimed, rate, added));
            prop_assert!(new >= old && new - old < number(1.0));
        }
    }
}
