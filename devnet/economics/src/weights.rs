//! Weights as validators set them: the checks and the scaling that need no storage (section 08).

use crate::number::{I32F32, safe_div};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Largest stored weight.
const MAX_WEIGHT: u16 = u16::MAX;

/// `weights` scaled so that the largest is 65,535, each rounded half away from zero (section 08, 4, check 14). All
/// zeros stay zeros.
pub fn max_upscaled(weights: &[u16]) -> Vec<u16> {
    let largest = weights.iter().copied().max().unwrap_or(0);
    let one = I32F32::from(MAX_WEIGHT);
    let divisor = I32F32::from(largest);
    // The product with 65,535 fits the format up to 32,768 only; above, the factor is rounded first. The two ways
    // round differently, and both are the protocol's.
    let factor = safe_div(one, divisor);
    let scale = |weight: I32F32| match largest {
        0 => weight,
        1..=32_768 => safe_div(weight.saturating_mul(one), divisor),
        _ => weight.saturating_mul(factor),
    };
    weights.iter().map(|weight| scale(I32F32::from(*weight)).saturating_round().saturating_to_num()).collect()
}

/// Whether a uid appears twice (section 08, 4, check 11).
pub fn has_duplicates(uids: &[u16]) -> bool {
    let mut seen = BTreeSet::new();
    !uids.iter().all(|uid| seen.insert(*uid))
}

/// Whether the weights of `uid` are exactly one entry, on itself (section 08, 4); such weights need neither permit
/// nor minimum length.
pub fn is_self_weight(uid: u16, uids: &[u16]) -> bool {
    uids == [uid]
}

/// Whether every uid is one of the subnet's `n` (section 08, 4, check 12).
pub fn all_exist(uids: &[u16], n: u16) -> bool {
    uids.iter().all(|uid| *uid < n)
}

/// Whether the weights of `uid` are long enough: at least `min_allowed_weights`, or all of a smaller subnet's `n`
/// (section 08, 4, check 13).
pub fn is_long_enough(uid: u16, uids: &[u16], n: u16, min_allowed_weights: u16) -> bool {
    is_self_weight(uid, uids) || uids.len() >= usize::from(n.min(min_allowed_weights))
}

/// Whether a validator's version key is recent enough; a required key of 0 accepts any (section 08, 4, check 8).
pub fn version_is_accepted(required: u64, given: u64) -> bool {
    required == 0 || given >= required
}

/// Whether `limit` blocks have passed since `last_update`, where 0 is never (section 08, 4, check 9).
pub fn rate_limit_passed(last_update: u64, now: u64, limit: u64) -> bool {
    last_update == 0 || now.saturating_sub(last_update) >= limit
}

/// Whether a commit made in `commit_epoch` can be revealed in epoch `current`, `period` epochs later (section 08, 5).
pub fn is_revealable(commit_epoch: u64, current: u64, period: u64) -> bool {
    current == commit_epoch.saturating_add(period)
}

/// Whether the epoch in which a commit could be revealed is over (section 08, 5).
pub fn is_expired(commit_epoch: u64, current: u64, period: u64) -> bool {
    current > commit_epoch.saturating_add(period)
}

/// A weight commit that is not revealed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Epoch in which it was made.
    pub epoch: u64,
    /// Block in which it was made.
    pub block: u64,
}

/// Block of the first commit in a hotkey's `WeightCommits` queue that is not expired (section 07, 2.4, step 5).
pub fn first_pending_block(queue: &[Commit], current: u64, period: u64) -> Option<u64> {
    queue.iter().find(|commit| !is_expired(commit.epoch, current, period)).map(|commit| commit.block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    #[test]
    fn the_largest_weight_becomes_65535() {
        assert_eq!(max_upscaled(&[1, 2, 4]), [16_384, 32_768, 65_535]);
        assert_eq!(max_upscaled(&[1, 3]), [21_845, 65_535]);
        assert_eq!(max_upscaled(&[32_769, 16_384]), [65_535, 32_767]);
        assert_eq!(max_upscaled(&[65_535, 7]), [65_535, 7]);
        // 7 * 65,535 / 14 is 32,767.5 and rounds up; 65,535 / 14 rounded first would make it a little less.
        assert_eq!(max_upscaled(&[7, 14]), [32_768, 65_535]);
        assert_eq!(max_upscaled(&[0, 0]), [0, 0]);
        assert_eq!(max_upscaled(&[]), vec![0; 0]);
    }

    #[test]
    fn duplicates_and_self_weights_are_recognised() {
        assert!(has_duplicates(&[3, 1, 3]));
        assert!(!has_duplicates(&[3, 1, 2]));
        assert!(is_self_weight(4, &[4]));
        assert!(!is_self_weight(4, &[4, 5]));
        assert!(!is_self_weight(4, &[]));
    }

    #[test]
    fn a_small_subnet_needs_all_its_weights_at_most() {
        assert!(is_long_enough(0, &[1, 2], 2, 1024));
        assert!(!is_long_enough(0, &[1], 2, 1024));
        assert!(is_long_enough(1, &[1], 2, 1024));
        assert!(is_long_enough(1, &[], 2, 0));
        assert!(all_exist(&[0, 1], 2) && !all_exist(&[2], 2));
    }

    #[test]
    fn version_and_rate_limit() {
        assert!(version_is_accepted(0, 0) && version_is_accepted(5, 5) && !version_is_accepted(5, 4));
        assert!(
            rate_limit_passed(0, 1, 100) && rate_limit_passed(1, 101, 100) && !rate_limit_passed(2, 101, 100)
        );
    }

    #[test]
    fn a_commit_can_be_revealed_in_one_epoch_only() {
        assert!(!is_revealable(10, 11, 2) && is_revealable(10, 12, 2) && !is_revealable(10, 13, 2));
        assert!(!is_expired(10, 12, 2) && is_expired(10, 13, 2));
        let queue =
            [Commit { epoch: 9, block: 1 }, Commit { epoch: 10, block: 2 }, Commit { epoch: 11, block: 3 }];
        assert_eq!(first_pending_block(&queue, 12, 2), Some(2));
        assert_eq!(first_pending_block(&queue, 14, 2), None);
    }

    proptest! {
        #[test]
        fn scaling_keeps_the_order_and_reaches_the_top(weights in proptest::collection::vec(any::<u16>(), 1..20)) {
            let scaled = max_upscaled(&weights);
            if weights.iter().any(|weight| *weight > 0) {
                prop_assert_eq!(scaled.iter().max(), Some(&MAX_WEIGHT));
            }
            for (a, b) in weights.iter().zip(&scaled) {
                for (c, d) in weights.iter().zip(&scaled) {
                    prop_assert!(a > c || b <= d);
                }
            }
        }
    }
}
