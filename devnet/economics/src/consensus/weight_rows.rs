//! The weights that count in an epoch, clipped by consensus (section 07, 2.4, 2.6 and 2.7).

use super::epoch::EpochInput;
use super::matrix::{Row, at, normalized_row};
use super::permits::is_permitted;
use crate::number::I32F32;
use alloc::vec::Vec;

/// The stored weights after all masks, each row normalised (section 07, 2.4). Order as stored.
pub(super) fn masked(input: &EpochInput, owner: Option<usize>) -> Vec<Row> {
    let n = usize::from(input.n);
    (0..n)
        .map(|uid| {
            if !is_permitted(&input.permits, uid, owner) {
                return Row::new();
            }
            let stored = input.weights.get(uid).map(Vec::as_slice).unwrap_or_default();
            let row = stored
                .iter()
                .filter(|(column, _)| {
                    usize::from(*column) < n && counts(input, uid, usize::from(*column), owner)
                })
                .map(|&(column, weight)| (column, I32F32::from(weight)));
            normalized_row(row.collect())
        })
        .collect()
}

/// Whether the weight of `uid` on `column` counts: not on itself (the owner may), and given after `column` was
/// registered, by the last update and, with commit-reveal, by the earliest commit still pending.
fn counts(input: &EpochInput, uid: usize, column: usize, owner: Option<usize>) -> bool {
    let registered = input.registered(column);
    let on_itself = uid == column && owner != Some(uid);
    let outdated = input.last_update.get(uid).copied().unwrap_or(0) <= registered;
    let committed = input.earliest_commit.get(uid).copied().flatten();
    let committed_before = committed.is_some_and(|block| block < registered);
    !(on_itself || outdated || committed_before)
}

/// Weights cut down to the consensus of their column; dropped where it is zero (section 07, 2.6).
pub(super) fn clipped(weights: &[Row], consensus: &[I32F32]) -> Vec<Row> {
    let clip = |&(column, weight): &(u16, I32F32)| {
        clip(weight, at(consensus, column)).map(|weight| (column, weight))
    };
    weights.iter().map(|row| row.iter().filter_map(clip).collect()).collect()
}

fn clip(weight: I32F32, consensus: I32F32) -> Option<I32F32> {
    if consensus >= weight { Some(weight) } else { (consensus > I32F32::ZERO).then_some(consensus) }
}

/// Weights between raw and clipped by a `penalty` between zero and one, positive ones only, columns ascending
/// (section 07, 2.7).
pub(super) fn between(weights: &[Row], consensus: &[I32F32], penalty: I32F32) -> Vec<Row> {
    let blend = |&(column, weight): &(u16, I32F32)| {
        let clipped = clip(weight, at(consensus, column)).unwrap_or(I32F32::ZERO);
        (column, weight.saturating_add(penalty.saturating_mul(clipped.saturating_sub(weight))))
    };
    let blend_row = |row: &Row| {
        let mut blended: Row = row.iter().map(blend).filter(|(_, weight)| *weight > I32F32::ZERO).collect();
        blended.sort_by_key(|(column, _)| *column);
        blended
    };
    weights.iter().map(blend_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn input() -> EpochInput {
        EpochInput {
            n: 3,
            permits: vec![true, true, true],
            last_update: vec![100; 3],
            block_at_registration: vec![10, 10, 50],
            ..EpochInput::default()
        }
    }

    fn columns(input: &EpochInput, owner: Option<usize>) -> Vec<Vec<u16>> {
        masked(input, owner).iter().map(|row| row.iter().map(|(column, _)| *column).collect()).collect()
    }

    #[test]
    fn self_weights_count_for_the_owner_only() {
        let input = EpochInput { weights: vec![vec![(0, 1), (1, 1)], vec![(1, 1)], vec![]], ..input() };
        assert_eq!(columns(&input, Some(1)), [vec![1], vec![1], vec![]]);
    }

    #[test]
    fn weights_not_newer_than_the_registration_of_their_target_are_removed() {
        let row = vec![(2, 1), (1, 1)];
        let input = EpochInput { weights: vec![row.clone(), row], last_update: vec![50, 51], ..input() };
        assert_eq!(columns(&input, None), [vec![1], vec![2], vec![]]);
    }

    #[test]
    fn a_commit_older_than_the_registration_of_the_target_removes_the_weight() {
        let rows = vec![vec![(2, 1), (1, 1)]; 2];
        let input = EpochInput { weights: rows, earliest_commit: vec![Some(49), Some(50)], ..input() };
        assert_eq!(columns(&input, None), [vec![1], vec![2], vec![]]);
    }

    #[test]
    fn columns_beyond_n_and_rows_without_permit_are_left_out() {
        let weights = vec![vec![(7, 1), (3, 1), (1, 3)], vec![(0, 1)]];
        let input = EpochInput { weights, permits: vec![true], ..input() };
        assert_eq!(masked(&input, None), [vec![(1, I32F32::ONE)], vec![], vec![]]);
    }

    #[test]
    fn clipping_drops_what_has_no_consensus() {
        let [zero, tenth, half] = [0.0, 0.1, 0.5].map(I32F32::from_num);
        let weights = vec![vec![(2, half), (0, half), (1, tenth)]];
        let consensus = [zero, half, tenth];
        assert_eq!(clipped(&weights, &consensus), [[(2, tenth), (1, tenth)]]);
        assert_eq!(between(&weights, &[zero; 3], I32F32::ONE), [vec![]]);
        let blended = between(&weights, &consensus, half);
        assert_eq!(blended, [[(0, I32F32::from_num(0.25)), (1, tenth), (2, half + (tenth - half) / 2)]]);
    }
}
