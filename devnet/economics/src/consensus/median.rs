//! The stake-weighted median that is the consensus (section 07, 2.5).

use super::matrix::{Row, normalized, sum};
use crate::number::I32F32;
use alloc::vec;
use alloc::vec::Vec;

/// Consensus of each of `n` columns of `weights`: the largest weight that active stake of at least `kappa` supports.
/// Only rows with positive `active_stake` vote. Zero for a column nobody votes on.
pub(super) fn consensus(weights: &[Row], active_stake: &[I32F32], kappa: I32F32, n: usize) -> Vec<I32F32> {
    let voters = || weights.iter().zip(active_stake).filter(|(_, stake)| **stake > I32F32::ZERO);
    // Active stake is normalised already; the chain does it again, and the truncation is part of the result.
    let stake = normalized(voters().map(|(_, stake)| *stake).collect());
    let total = sum(stake.iter().copied());
    // kappa is taken from the sum, which may be just below one.
    let minority = total.saturating_sub(kappa);

    let columns = columns(voters().map(|(row, _)| row), n);
    let mut scores = vec![I32F32::ZERO; stake.len()];
    columns
        .iter()
        .map(|column| {
            scores.fill(I32F32::ZERO);
            for &(voter, weight) in column {
                if let Some(score) = scores.get_mut(voter) {
                    *score = weight;
                }
            }
            weighted_median(&stake, &scores, minority, total)
        })
        .collect()
}

/// The votes on each column: (position of the voter among the voters, weight).
fn columns<'a>(voters: impl Iterator<Item = &'a Row>, n: usize) -> Vec<Vec<(usize, I32F32)>> {
    let mut columns = vec![Vec::new(); n];
    for (voter, row) in voters.enumerate() {
        for &(uid, weight) in row {
            if let Some(column) = columns.get_mut(usize::from(uid)) {
                column.push((voter, weight));
            }
        }
    }
    columns
}

/// One voter in the search for a median.
#[derive(Clone, Copy)]
struct Vote {
    stake: I32F32,
    score: I32F32,
}

/// The score at which the stake of lower scores passes `minority`, by selection: each round halves on a pivot and
/// keeps one side. `total` is the sum of `stake`.
fn weighted_median(stake: &[I32F32], scores: &[I32F32], minority: I32F32, total: I32F32) -> I32F32 {
    let mut votes: Vec<Vote> =
        stake.iter().zip(scores).map(|(&stake, &score)| Vote { stake, score }).collect();
    let mut below = I32F32::ZERO;
    let mut up_to = total;
    loop {
        let Some(pivot) = votes.get(votes.len() / 2) else {
            return I32F32::ZERO;
        };
        let pivot = pivot.score;
        if votes.len() == 1 {
            return pivot;
        }
        let lower = || votes.iter().filter(|vote| vote.score < pivot);
        let upper = || votes.iter().filter(|vote| vote.score > pivot);
        let below_pivot = below.saturating_add(sum(lower().map(|vote| vote.stake)));
        let up_to_pivot = up_to.saturating_sub(sum(upper().map(|vote| vote.stake)));
        // Either side is smaller than the whole, because the pivot is on neither: the search ends.
        if minority < below_pivot && lower().next().is_some() {
            votes = lower().copied().collect();
            up_to = below_pivot;
        } else if up_to_pivot <= minority && upper().next().is_some() {
            votes = upper().copied().collect();
            below = up_to_pivot;
        } else {
            return pivot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(values: &[f64]) -> Vec<I32F32> {
        values.iter().map(|value| I32F32::from_num(*value)).collect()
    }

    fn median(stake: &[f64], scores: &[f64], minority: f64) -> I32F32 {
        let stake = numbers(stake);
        let total = sum(stake.iter().copied());
        weighted_median(&stake, &numbers(scores), I32F32::from_num(minority), total)
    }

    #[test]
    fn the_majority_of_stake_decides() {
        assert_eq!(median(&[0.25, 0.25, 0.5], &[0.9, 0.8, 0.1], 0.5), I32F32::from_num(0.8));
        assert_eq!(median(&[0.25, 0.25, 0.5], &[0.9, 0.8, 0.1], 0.49), I32F32::from_num(0.1));
        assert_eq!(median(&[0.25, 0.25, 0.5], &[0.9, 0.8, 0.1], 0.75), I32F32::from_num(0.9));
    }

    #[test]
    fn nobody_and_one_voter() {
        assert_eq!(median(&[], &[], 0.5), 0);
        assert_eq!(median(&[1.0], &[0.3], 2.0), I32F32::from_num(0.3));
    }

    #[test]
    fn a_column_without_voters_has_no_consensus() {
        let weights = vec![vec![(0, I32F32::ONE)], vec![]];
        assert_eq!(
            consensus(&weights, &numbers(&[0.0, 1.0]), I32F32::from_num(0.5), 2),
            numbers(&[0.0, 0.0])
        );
    }

    proptest! {
        /// The median is the score at which the stake of strictly lower scores has not yet passed the minority,
        /// and the stake up to it has.
        #[test]
        fn the_median_splits_the_stake(
            votes in proptest::collection::vec((1_i64..1 << 40, 0_i64..50), 1..40),
            minority in 0_i64..1 << 44,
        ) {
            let stake: Vec<_> = votes.iter().map(|vote| I32F32::from_bits(vote.0)).collect();
            let scores: Vec<_> = votes.iter().map(|vote| I32F32::from_bits(vote.1)).collect();
            let total = sum(stake.iter().copied());
            let minority = I32F32::from_bits(minority.min(total.to_bits() - 1));
            let found = weighted_median(&stake, &scores, minority, total);
            let stake_where = |keep: fn(&I32F32, &I32F32) -> bool| {
                sum(stake.iter().zip(&scores).filter(|(_, score)| keep(score, &found)).map(|(stake, _)| *stake))
            };
            prop_assert!(scores.contains(&found));
            prop_assert!(stake_where(|score, found| score < found) <= minority);
            prop_assert!(stake_where(|score, found| score <= found) > minority);
        }
    }
}
