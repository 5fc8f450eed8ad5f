//! Bonds: the moving average that turns weights into dividends (section 07, 2.8 to 2.11).

use super::epoch::EpochInput;
use super::liquid_alpha::{self, LiquidAlpha};
use super::matrix::{Row, at, column_maxima, column_sums, divide_columns, normalized, sum};
use crate::number::{I32F32, I64F64, proportion_u16, safe_div};
use alloc::vec;
use alloc::vec::Vec;

/// What the bonds of one epoch lead to.
pub(super) struct Outcome {
    /// Share of each uid in the dividends.
    pub dividends: Vec<I32F32>,
    /// The bonds to store.
    pub stored: Vec<Row>,
}

/// The stored bonds that are still valid (section 07, 2.8): those on neurons registered before the last epoch.
/// Columns beyond the subnet's uids count as registered at block 0.
pub(super) fn valid_rows(input: &EpochInput) -> Vec<Vec<(u16, u16)>> {
    let last_epoch = match input.last_mechanism_step_block {
        0 => input.block.saturating_sub(u64::from(input.tempo)),
        block => block.saturating_add(1),
    };
    let is_valid = |&(column, _): &(u16, u16)| last_epoch > input.registered(usize::from(column));
    (0..usize::from(input.n))
        .map(|uid| {
            let row = input.bonds.get(uid).map(Vec::as_slice).unwrap_or_default();
            row.iter().copied().filter(is_valid).collect()
        })
        .collect()
}

/// The share of new bonds in the plain moving average (section 07, 2.9), from `BondsMovingAverage` (millionths of the
/// old bonds' share).
pub(super) fn new_share(bonds_moving_average: u64) -> I32F32 {
    let old_share = safe_div(I64F64::saturating_from_num(bonds_moving_average), I64F64::from(1_000_000_i32));
    I32F32::ONE.saturating_sub(I32F32::saturating_from_num(old_share))
}

/// Yuma3 (section 07, 2.10): bonds are proportions of 65,535 and a moving average of the weights themselves. `liquid`
/// is given where liquid alpha is on.
pub(super) fn yuma3(
    weights: &[Row],
    bonds: &[Vec<(u16, u16)>],
    consensus: &[I32F32],
    incentive: &[I32F32],
    active_stake: &[I32F32],
    alpha: I32F32,
    liquid: Option<LiquidAlpha>,
) -> Outcome {
    let n = consensus.len();
    let old = with_values(bonds, proportion_u16);
    let has_consensus = consensus.iter().any(|value| *value != I32F32::ZERO);
    let average = match liquid.filter(|_| has_consensus) {
        Some(liquid) => liquid_alpha::moving_average(weights, &old, consensus, liquid),
        None => moving_average(weights, &old, alpha, n),
    };
    let shares = divide_columns(&average, &column_sums(&average, n));
    let dividend = |(row, stake): (&Row, &I32F32)| {
        total_bonds(row, incentive).checked_mul(*stake).unwrap_or(I32F32::ZERO)
    };
    let dividends = normalized(shares.iter().zip(active_stake).map(dividend).collect());
    Outcome { dividends, stored: average }
}

/// Yuma2 (section 07, 2.11): bonds are a moving average of the shares in each column's weighted stake, stored
/// relative to the largest of the column.
pub(super) fn yuma2(
    weights: &[Row],
    bonds: &[Vec<(u16, u16)>],
    incentive: &[I32F32],
    active_stake: &[I32F32],
    alpha: I32F32,
) -> Outcome {
    let n = incentive.len();
    let old = with_values(bonds, I32F32::from);
    let old = divide_columns(&old, &column_sums(&old, n));
    let staked: Vec<Row> = weights
        .iter()
        .zip(active_stake)
        .map(|(row, stake)| {
            row.iter().map(|(column, weight)| (*column, weight.saturating_mul(*stake))).collect()
        })
        .collect();
    let new = divide_columns(&staked, &column_sums(&staked, n));
    let average = moving_average(&new, &old, alpha, n);
    let average = divide_columns(&average, &column_sums(&average, n));
    let dividends = normalized(average.iter().map(|row| total_bonds(row, incentive)).collect());
    Outcome { dividends, stored: divide_columns(&average, &column_maxima(&average, n)) }
}

/// A validator's bonds weighted by the incentive of each miner.
fn total_bonds(row: &Row, incentive: &[I32F32]) -> I32F32 {
    sum(row.iter().map(|&(column, bond)| bond.saturating_mul(at(incentive, column))))
}

fn with_values(bonds: &[Vec<(u16, u16)>], value: fn(u16) -> I32F32) -> Vec<Row> {
    bonds.iter().map(|row| row.iter().map(|&(column, bond)| (column, value(bond))).collect()).collect()
}

/// `alpha` of the new values and the rest of the old ones, entry by entry over `n` columns; positive values only,
/// columns ascending (section 07, 2.9).
fn moving_average(new: &[Row], old: &[Row], alpha: I32F32, n: usize) -> Vec<Row> {
    let rest = I32F32::ONE.saturating_sub(alpha);
    let mut values = vec![I32F32::ZERO; n];
    new.iter()
        .zip(old)
        .map(|(new, old)| {
            values.fill(I32F32::ZERO);
            add_scaled(&mut values, new, alpha);
            add_scaled(&mut values, old, rest);
            let columns = (0..u16::MAX).zip(values.iter().copied());
            columns.filter(|(_, value)| *value > I32F32::ZERO).collect()
        })
        .collect()
}

fn add_scaled(values: &mut [I32F32], row: &Row, factor: I32F32) {
    for &(column, value) in row {
        if let Some(total) = values.get_mut(usize::from(column)) {
            *total = total.saturating_add(factor.saturating_mul(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_share_of_new_bonds_has_the_published_raw_value() {
        assert_eq!(new_share(900_000).to_bits(), 429_496_730);
        assert_eq!(new_share(u64::MAX), I32F32::ONE - I32F32::MAX);
    }

    #[test]
    fn bonds_on_neurons_registered_since_the_last_epoch_are_removed() {
        let bonds = vec![vec![(0, 1), (1, 2), (2, 3), (9, 4)]];
        let input = EpochInput {
            n: 3,
            block: 500,
            tempo: 100,
            bonds,
            block_at_registration: vec![10, 400, 399],
            ..EpochInput::default()
        };
        assert_eq!(valid_rows(&input), [vec![(0, 1), (2, 3), (9, 4)], vec![], vec![]]);
        let input = EpochInput { last_mechanism_step_block: 400, ..input };
        assert_eq!(valid_rows(&input)[0], [(0, 1), (1, 2), (2, 3), (9, 4)]);
    }

    #[test]
    fn liquid_alpha_needs_a_consensus_on_somebody() {
        let value = I32F32::from_num;
        let stored = |consensus: f64| {
            let (weights, bonds) = ([vec![(1, value(0.5))], vec![]], [vec![(1, u16::MAX)], vec![]]);
            let (consensus, incentive) = ([I32F32::ZERO, value(consensus)], [I32F32::ZERO, I32F32::ONE]);
            let active_stake = [I32F32::ONE, I32F32::ZERO];
            let liquid = Some(LiquidAlpha::default());
            yuma3(&weights, &bonds, &consensus, &incentive, &active_stake, value(0.25), liquid).stored
        };
        // A quarter of the weight, and three quarters of the bond.
        assert_eq!(stored(0.0), [vec![(1, value(0.875))], vec![]]);
        // The weight is half below the bond, in the middle of the sigmoid: 0.8 of it, and 0.2 of the bond.
        let [(1, bond)] = stored(0.5)[0][..] else { panic!("one bond") };
        assert!((bond - value(0.6)).abs() < value(0.001), "{bond}");
    }

    #[test]
    fn the_moving_average_sorts_columns_and_drops_zeros() {
        let value = I32F32::from_num;
        let new = vec![vec![(2, value(1.0)), (1, value(0.0))]];
        let old = vec![vec![(0, value(1.0)), (7, value(1.0))]];
        assert_eq!(moving_average(&new, &old, value(0.25), 3), [[(0, value(0.75)), (2, value(0.25))]]);
    }
}
