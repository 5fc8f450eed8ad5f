//! Sparse matrices of the epoch: for each uid, a row of (column uid, value) in a definite order.
//!
//! The order of a row carries meaning: weights keep the order in which the validator gave them, and the scan of
//! liquid alpha and the stored bonds follow it.

use crate::number::{I32F32, safe_div};
use alloc::vec;
use alloc::vec::Vec;

/// One row: values by column uid, in a definite order.
pub(super) type Row = Vec<(u16, I32F32)>;

/// The sum of `values`.
pub(super) fn sum(values: impl IntoIterator<Item = I32F32>) -> I32F32 {
    values.into_iter().fold(I32F32::ZERO, I32F32::saturating_add)
}

/// The sum of one row.
pub(super) fn row_sum(row: &[(u16, I32F32)]) -> I32F32 {
    sum(row.iter().map(|(_, value)| *value))
}

/// `values` divided by their sum, each quotient truncated; unchanged where the sum is zero.
pub(super) fn normalized(values: Vec<I32F32>) -> Vec<I32F32> {
    let total = sum(values.iter().copied());
    if total == I32F32::ZERO {
        return values;
    }
    values.into_iter().map(|value| safe_div(value, total)).collect()
}

/// `row` divided by its sum, each quotient truncated; unchanged unless the sum is positive.
pub(super) fn normalized_row(mut row: Row) -> Row {
    let total = row_sum(&row);
    if total > I32F32::ZERO {
        for (_, value) in &mut row {
            *value = safe_div(*value, total);
        }
    }
    row
}

/// The value of column `uid` in a vector by uid; zero beyond its end.
pub(super) fn at(values: &[I32F32], uid: u16) -> I32F32 {
    values.get(usize::from(uid)).copied().unwrap_or(I32F32::ZERO)
}

/// The sum of each of the first `n` columns.
pub(super) fn column_sums(rows: &[Row], n: usize) -> Vec<I32F32> {
    fold_columns(rows, n, I32F32::saturating_add)
}

/// The largest value of each of the first `n` columns, and zero where none is larger.
pub(super) fn column_maxima(rows: &[Row], n: usize) -> Vec<I32F32> {
    fold_columns(rows, n, Ord::max)
}

/// `rows` with every column divided by its entry in `divisors`, each quotient truncated; a column whose divisor is
/// zero, or that has none, stays as it is.
pub(super) fn divide_columns(rows: &[Row], divisors: &[I32F32]) -> Vec<Row> {
    let divide = |&(column, value): &(u16, I32F32)| {
        let divisor = at(divisors, column);
        (column, if divisor == I32F32::ZERO { value } else { safe_div(value, divisor) })
    };
    rows.iter().map(|row| row.iter().map(divide).collect()).collect()
}

fn fold_columns(rows: &[Row], n: usize, combine: fn(I32F32, I32F32) -> I32F32) -> Vec<I32F32> {
    let mut columns = vec![I32F32::ZERO; n];
    for &(column, value) in rows.iter().flatten() {
        if let Some(total) = columns.get_mut(usize::from(column)) {
            *total = combine(*total, value);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(values: &[i32]) -> Vec<I32F32> {
        values.iter().map(|value| I32F32::from_num(*value)).collect()
    }

    #[test]
    fn a_normalised_vector_is_truncated_and_may_fall_short_of_one() {
        let third = I32F32::from_bits(1_431_655_765);
        assert_eq!(normalized(whole(&[1, 1, 1])), [third; 3]);
        assert_eq!(normalized(whole(&[0, 0])), whole(&[0, 0]));
    }

    #[test]
    fn columns_beyond_n_take_part_in_nothing_and_empty_columns_stay() {
        let rows =
            vec![vec![(2, I32F32::from_num(4)), (9, I32F32::from_num(7))], vec![(2, I32F32::from_num(12))]];
        let sums = column_sums(&rows, 3);
        assert_eq!(sums, whole(&[0, 0, 16]));
        assert_eq!(column_maxima(&rows, 3), whole(&[0, 0, 12]));
        let divided = divide_columns(&rows, &sums);
        assert_eq!(divided[0], [(2, I32F32::from_num(0.25)), (9, I32F32::from_num(7))]);
    }
}
