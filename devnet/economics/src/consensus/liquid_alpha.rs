//! Liquid alpha: a rate of the bonds' moving average for each validator and miner (section 07, 3).

use super::matrix::{Row, at};
use crate::number::{I32F32, proportion_u16, safe_div};
use crate::transcendental::exp;
use alloc::vec;
use alloc::vec::Vec;

/// Parameters of liquid alpha (section 07, 3 and 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiquidAlpha {
    /// Lowest rate, in parts of 65,535 (first of `AlphaValues`).
    pub alpha_low: u16,
    /// Highest rate, in parts of 65,535 (second of `AlphaValues`).
    pub alpha_high: u16,
    /// Steepness of the sigmoid between them, in hundredths (`AlphaSigmoidSteepness`).
    pub sigmoid_steepness: i16,
}

impl Default for LiquidAlpha {
    /// The chain's defaults.
    fn default() -> Self {
        Self { alpha_low: 45_875, alpha_high: 58_982, sigmoid_steepness: 1000 }
    }
}

/// The moving average of the bonds. Rows keep the order and the columns of `weights`: a bond on a column without
/// weight is dropped at once.
pub(super) fn moving_average(
    weights: &[Row],
    bonds: &[Row],
    consensus: &[I32F32],
    parameters: LiquidAlpha,
) -> Vec<Row> {
    let curve = Curve::new(parameters);
    let n = consensus.len();
    let average_row = |(weights, bonds): (&Row, &Row)| {
        let seen_weights = forward_scan(weights, n);
        let seen_bonds = forward_scan(bonds, n);
        let old = dense(bonds, n);
        let mut row = Row::new();
        for &(column, weight) in weights {
            let alpha =
                curve.alpha(at(&seen_weights, column), at(&seen_bonds, column), at(consensus, column));
            let kept = I32F32::ONE.saturating_sub(alpha).saturating_mul(at(&old, column));
            let added = alpha.saturating_mul(weight).max(I32F32::ZERO);
            let bond = kept.saturating_add(added).min(I32F32::ONE);
            if bond > I32F32::ZERO {
                row.push((column, bond));
            }
        }
        row
    };
    weights.iter().zip(bonds).map(average_row).collect()
}

/// A row as a vector over `n` columns.
fn dense(row: &Row, n: usize) -> Vec<I32F32> {
    let mut values = vec![I32F32::ZERO; n];
    for &(column, value) in row {
        if let Some(slot) = values.get_mut(usize::from(column)) {
            *slot = value;
        }
    }
    values
}

/// What the chain sees of a row when it walks the columns upwards and the row forwards, once: an entry behind a larger
/// column is missed.
fn forward_scan(row: &Row, n: usize) -> Vec<I32F32> {
    let mut values = vec![I32F32::ZERO; n];
    let mut next_column = 0;
    for &(column, value) in row {
        let column = usize::from(column);
        if column < next_column {
            continue;
        }
        next_column = column + 1;
        if let Some(slot) = values.get_mut(column) {
            *slot = value;
        }
    }
    values
}

/// The sigmoid between the lowest and the highest rate.
struct Curve {
    low: I32F32,
    high: I32F32,
    slope: I32F32,
}

impl Curve {
    fn new(parameters: LiquidAlpha) -> Self {
        let steepness = I32F32::from(parameters.sigmoid_steepness);
        Self {
            low: proportion_u16(parameters.alpha_low),
            high: proportion_u16(parameters.alpha_high),
            slope: safe_div(steepness, I32F32::from(-100_i16)),
        }
    }

    /// The rate for one weight: how far it is above consensus when the validator buys, how far below its bond when it
    /// sells, on the sigmoid.
    fn alpha(&self, weight: I32F32, bond: I32F32, consensus: I32F32) -> I32F32 {
        let reference =
            if weight >= bond { weight.saturating_sub(consensus) } else { bond.saturating_sub(weight) };
        let difference = clamp(reference, I32F32::ZERO, I32F32::ONE);
        let half = I32F32::ONE >> 1_u32;
        let exponent = self.slope.saturating_mul(difference.saturating_sub(half));
        let sigmoid = safe_div(I32F32::ONE, I32F32::ONE.saturating_add(bounded_exp(exponent)));
        let range = self.high.saturating_sub(self.low);
        clamp(self.low.saturating_add(sigmoid.saturating_mul(range)), self.low, self.high)
    }
}

/// The exponential of the argument cut to [-20, 20].
fn bounded_exp(x: I32F32) -> I32F32 {
    let limit = I32F32::from(20_i16);
    let x = clamp(x, -limit, limit);
    exp(x).unwrap_or(if x <= I32F32::ZERO { I32F32::ZERO } else { I32F32::MAX })
}

/// `value` between the bounds; unlike [`Ord::clamp`] it allows `low > high` (the result is then `low`).
fn clamp(value: I32F32, low: I32F32, high: I32F32) -> I32F32 {
    value.min(high).max(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn the_scan_misses_what_comes_after_a_larger_column() {
        let value = I32F32::from_num;
        let row = vec![(1, value(0.1)), (3, value(0.3)), (2, value(0.2)), (9, value(0.9)), (4, value(0.4))];
        assert_eq!(forward_scan(&row, 5), [0.0, 0.1, 0.0, 0.3, 0.0].map(value));
        assert_eq!(dense(&row, 5), [0.0, 0.1, 0.2, 0.3, 0.4].map(value));
        let twice = vec![(1, value(0.1)), (1, value(0.9))];
        assert_eq!(forward_scan(&twice, 2), [0.0, 0.1].map(value));
    }

    #[test]
    fn the_rate_is_the_middle_at_half_and_stays_inside_its_bounds() {
        let curve = Curve::new(LiquidAlpha { alpha_low: 0, alpha_high: 65_535, sigmoid_steepness: 32_767 });
        let [zero, half, one] = [0.0, 0.5, 1.0].map(I32F32::from_num);
        assert_eq!(curve.alpha(half, zero, zero), half);
        assert!(curve.alpha(one, zero, zero) > 0.9999);
        assert!(curve.alpha(zero, zero, one) < 0.0001);
        assert!(curve.alpha(zero, one, zero) > 0.9999, "selling counts from the bond");
        let inverted = Curve { low: one, high: zero, slope: -one };
        assert_eq!(inverted.alpha(one, zero, zero), one);
    }

    #[test]
    fn bonds_without_weight_are_dropped_and_the_order_of_weights_is_kept() {
        let value = I32F32::from_num;
        let weights = [vec![(2, value(0.5)), (0, value(0.5))]];
        let bonds = [vec![(0, value(0.2)), (1, value(0.9))]];
        let consensus = [value(0.5); 3];
        let average = moving_average(&weights, &bonds, &consensus, LiquidAlpha::default());
        let columns: Vec<u16> = average[0].iter().map(|(column, _)| *column).collect();
        assert_eq!(columns, [2, 0]);
    }
}
