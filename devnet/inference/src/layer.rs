//! What a layer is, and one value of its output.
//!
//! A layer maps a vector to a vector. Its shape holds everything but its weights; weights come in rows, and one output
//! value needs at most one row. Sums wrap around at 32 bits: a validated network fed with 8-bit values never gets
//! there, and a hostile vector gives the same bits everywhere.

#![allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]

use crate::{MAX_LAYERS, MAX_WIDTH};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::{ConstU32, bounded::BoundedVec};
use scale_info::TypeInfo;

/// Entries of a table activation: one for each 8-bit value, from -128 up.
pub const TABLE_SIZE: u16 = 256;

/// The layers of a network, in order.
pub type Layers = BoundedVec<Layer, ConstU32<MAX_LAYERS>>;

/// The shape of one layer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Layer {
    /// Each output is a bias and the sum of all inputs times a row of weights. One row for each output.
    #[codec(index = 0)]
    Dense {
        /// Values of the input, and weights of a row.
        inputs: u16,
        /// Values of the output, and rows.
        outputs: u16,
    },
    /// A window moves over a picture. One row for each filter.
    #[codec(index = 1)]
    Convolution(Convolution),
    /// Each input is the number of a row, and the rows are put one after another. A number below zero reads the first
    /// row, one past the last row the last.
    #[codec(index = 2)]
    Embedding {
        /// Values of the input.
        tokens: u16,
        /// Rows.
        vocabulary: u16,
        /// Weights of a row.
        width: u16,
    },
    /// Each value divided by `2^bits` and rounded to the nearest integer, halves up. No rows.
    #[codec(index = 3)]
    Shift {
        /// Values of the input and of the output.
        size: u16,
        /// 0 to 31.
        bits: u8,
    },
    /// Each value no lower than `low` and no higher than `high`. No rows.
    #[codec(index = 4)]
    Clamp {
        /// Values of the input and of the output.
        size: u16,
        /// The lowest value.
        low: i8,
        /// The highest value, not below `low`.
        high: i8,
    },
    /// Each value, clamped to 8 bits, replaced by the entry of a table of [`TABLE_SIZE`]: -128 reads the first. The
    /// table is the layer's one row.
    #[codec(index = 5)]
    Table {
        /// Values of the input and of the output.
        size: u16,
    },
}

/// The shape of a convolution. Pictures are stored channel after channel, a channel line after line.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Convolution {
    /// Channels of the input.
    pub channels: u16,
    /// Lines of the input.
    pub height: u16,
    /// Columns of the input.
    pub width: u16,
    /// Channels of the output, and rows. A row holds a window's weights, channel after channel, line after line.
    pub filters: u16,
    /// Lines of the window.
    pub kernel_height: u8,
    /// Columns of the window.
    pub kernel_width: u8,
    /// How far the window moves at each step, at least 1.
    pub stride: u8,
    /// Lines and columns of zeros around the picture, less than either side of the window.
    pub padding: u8,
}

/// One row of weights.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Row {
    /// The weights, or the entries of a table or of an embedding.
    pub weights: BoundedVec<i8, ConstU32<MAX_WIDTH>>,
    /// What the sum starts from. Zero where a layer does not add up.
    pub bias: i32,
}

/// Why layers do not make a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// There is no layer.
    #[error("a network has at least one layer")]
    Empty,
    /// A vector or row is empty or longer than [`MAX_WIDTH`].
    #[error("layer {0}: vectors and rows have 1 to 1,024 values")]
    Width(usize),
    /// A shift by more than 31 bits.
    #[error("layer {0}: a shift is by 0 to 31 bits")]
    Bits(usize),
    /// A clamp whose bounds are the wrong way round.
    #[error("layer {0}: the low bound of a clamp is above the high one")]
    Bounds(usize),
    /// A window larger than the padded picture, a stride of zero, or padding as wide as the window.
    #[error("layer {0}: the window, its stride or its padding does not fit the picture")]
    Window(usize),
    /// A layer takes another number of values than the one before gives.
    #[error("layer {0}: takes another number of values than the layer before it gives")]
    Joint(usize),
}

impl Convolution {
    /// Lines and columns of the output; none if the window does not fit.
    pub fn output_sides(&self) -> Option<(usize, usize)> {
        let side = |length: u16, kernel: u8| {
            let steps = (usize::from(length) + 2 * usize::from(self.padding)).checked_sub(kernel.into())?;
            Some(steps.checked_div(self.stride.into())? + 1)
        };
        Some((side(self.height, self.kernel_height)?, side(self.width, self.kernel_width)?))
    }

    fn fits(&self) -> bool {
        self.padding < self.kernel_height && self.padding < self.kernel_width && self.output_sides().is_some()
    }

    fn inputs(&self) -> usize {
        usize::from(self.channels).saturating_mul(self.height.into()).saturating_mul(self.width.into())
    }

    fn outputs(&self) -> usize {
        let (lines, columns) = self.output_sides().unwrap_or_default();
        usize::from(self.filters).saturating_mul(lines).saturating_mul(columns)
    }

    fn row_width(&self) -> usize {
        usize::from(self.channels)
            .saturating_mul(self.kernel_height.into())
            .saturating_mul(self.kernel_width.into())
    }

    /// The sum under the window at one place; missing values of hostile vectors count as zero.
    fn element(&self, index: usize, input: &[i32], row: &Row) -> i32 {
        let (lines, columns) = self.output_sides().unwrap_or_default();
        let at = index.checked_rem(lines.saturating_mul(columns)).unwrap_or_default();
        let (top, left) = (at.checked_div(columns), at.checked_rem(columns));
        let (Some(top), Some(left)) = (top, left) else { return row.bias };
        let (height, width) = (usize::from(self.height), usize::from(self.width));
        let (stride, padding) = (usize::from(self.stride), usize::from(self.padding));
        let mut weights = row.weights.iter();
        let mut sum = row.bias;
        for channel in 0..usize::from(self.channels) {
            for line in 0..usize::from(self.kernel_height) {
                for column in 0..usize::from(self.kernel_width) {
                    let Some(weight) = weights.next() else { return sum };
                    // Places in the padding are zeros: left of the picture the difference is below zero.
                    let y = (top * stride + line).checked_sub(padding).filter(|y| *y < height);
                    let x = (left * stride + column).checked_sub(padding).filter(|x| *x < width);
                    let (Some(y), Some(x)) = (y, x) else { continue };
                    let place = channel.saturating_mul(height).saturating_add(y).saturating_mul(width);
                    let value = input.get(place.saturating_add(x)).copied().unwrap_or_default();
                    sum = sum.wrapping_add(value.wrapping_mul((*weight).into()));
                }
            }
        }
        sum
    }
}

impl Layer {
    /// Values of the input.
    pub fn inputs(&self) -> usize {
        match self {
            Self::Dense { inputs, .. } => (*inputs).into(),
            Self::Convolution(shape) => shape.inputs(),
            Self::Embedding { tokens, .. } => (*tokens).into(),
            Self::Shift { size, .. } | Self::Clamp { size, .. } | Self::Table { size } => (*size).into(),
        }
    }

    /// Values of the output.
    pub fn outputs(&self) -> usize {
        match self {
            Self::Dense { outputs, .. } => (*outputs).into(),
            Self::Convolution(shape) => shape.outputs(),
            Self::Embedding { tokens, width, .. } => usize::from(*tokens).saturating_mul((*width).into()),
            Self::Shift { size, .. } | Self::Clamp { size, .. } | Self::Table { size } => (*size).into(),
        }
    }

    /// Rows of weights.
    pub fn rows(&self) -> usize {
        match self {
            Self::Dense { outputs, .. } => (*outputs).into(),
            Self::Convolution(shape) => shape.filters.into(),
            Self::Embedding { vocabulary, .. } => (*vocabulary).into(),
            Self::Shift { .. } | Self::Clamp { .. } => 0,
            Self::Table { .. } => 1,
        }
    }

    /// Weights of a row; zero where there are no rows.
    pub fn row_width(&self) -> usize {
        match self {
            Self::Dense { inputs, .. } => (*inputs).into(),
            Self::Convolution(shape) => shape.row_width(),
            Self::Embedding { width, .. } => (*width).into(),
            Self::Shift { .. } | Self::Clamp { .. } => 0,
            Self::Table { .. } => TABLE_SIZE.into(),
        }
    }

    /// Whether the bias of a row counts.
    pub fn adds_up(&self) -> bool {
        matches!(self, Self::Dense { .. } | Self::Convolution(_))
    }

    /// The row of this layer, counted from its first, that gives one value of the output; none where the layer has no
    /// rows.
    pub fn row_of(&self, index: usize, input: &[i32]) -> Option<usize> {
        match self {
            Self::Dense { .. } => Some(index),
            Self::Convolution(shape) => {
                let (lines, columns) = shape.output_sides()?;
                index.checked_div(lines.saturating_mul(columns))
            }
            Self::Embedding { vocabulary, width, .. } => {
                let token = *input.get(index.checked_div((*width).into())?)?;
                let last = usize::from(*vocabulary).checked_sub(1)?;
                Some(usize::try_from(token).unwrap_or_default().min(last))
            }
            Self::Table { .. } => Some(0),
            Self::Shift { .. } | Self::Clamp { .. } => None,
        }
    }

    /// One value of the output. `row` is the row that [`Layer::row_of`] names; layers without rows do not look at it.
    ///
    /// The one place where a value is computed: miners, validators and the chain all come here, or are tested to give
    /// the same bits. Missing values count as zero, so that hostile lengths cannot panic.
    pub fn element(&self, index: usize, input: &[i32], row: &Row) -> i32 {
        let value = || input.get(index).copied().unwrap_or_default();
        let weight = |at: usize| row.weights.get(at).copied().map(i32::from).unwrap_or_default();
        match self {
            Self::Dense { .. } => {
                input.iter().zip(row.weights.iter()).fold(row.bias, |sum, (value, weight)| {
                    sum.wrapping_add(value.wrapping_mul((*weight).into()))
                })
            }
            Self::Convolution(shape) => shape.element(index, input, row),
            Self::Embedding { width, .. } => weight(index.checked_rem((*width).into()).unwrap_or_default()),
            Self::Shift { bits, .. } => rounding_shift(value(), *bits),
            Self::Clamp { low, high, .. } => value().min((*high).into()).max((*low).into()),
            Self::Table { .. } => {
                let offset = value().clamp(i8::MIN.into(), i8::MAX.into()) - i32::from(i8::MIN);
                weight(usize::try_from(offset).unwrap_or_default())
            }
        }
    }

    /// Checks one layer on its own; `at` is its place, for the error.
    fn validate(&self, at: usize) -> Result<(), ShapeError> {
        match self {
            Self::Shift { bits, .. } if *bits > 31 => return Err(ShapeError::Bits(at)),
            Self::Clamp { low, high, .. } if low > high => return Err(ShapeError::Bounds(at)),
            Self::Convolution(shape) if !shape.fits() => return Err(ShapeError::Window(at)),
            _ => {}
        }
        let most = MAX_WIDTH as usize;
        let fits = |length: usize| (1..=most).contains(&length);
        let rows_fit = match self {
            Self::Shift { .. } | Self::Clamp { .. } => true,
            _ => fits(self.rows()) && fits(self.row_width()),
        };
        if fits(self.inputs()) && fits(self.outputs()) && rows_fit {
            Ok(())
        } else {
            Err(ShapeError::Width(at))
        }
    }
}

/// `value / 2^bits` rounded to the nearest, halves up. The bit below the cut is what rounding adds, so nothing
/// overflows.
fn rounding_shift(value: i32, bits: u8) -> i32 {
    match u32::from(bits).checked_sub(1) {
        None => value,
        Some(below) => {
            let carry = value.checked_shr(below).unwrap_or_default() & 1;
            value.checked_shr(bits.into()).unwrap_or_default().wrapping_add(carry)
        }
    }
}

/// Checks that layers make a network: each one well-formed, and each taking what the one before gives.
///
/// # Errors
/// The first layer that does not fit, and why.
pub fn validate(layers: &[Layer]) -> Result<(), ShapeError> {
    if layers.is_empty() {
        return Err(ShapeError::Empty);
    }
    for (at, layer) in layers.iter().enumerate() {
        layer.validate(at)?;
    }
    for (at, pair) in layers.windows(2).enumerate() {
        if let [before, after] = pair
            && before.outputs() != after.inputs()
        {
            return Err(ShapeError::Joint(at + 1));
        }
    }
    Ok(())
}

/// The number of the first row of each layer, with the number of all rows at the end.
pub(crate) fn first_rows(layers: &[Layer]) -> Vec<usize> {
    let mut firsts = Vec::with_capacity(layers.len() + 1);
    let mut next = 0_usize;
    firsts.push(next);
    for layer in layers {
        next = next.saturating_add(layer.rows());
        firsts.push(next);
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn row(weights: &[i8], bias: i32) -> Row {
        Row { weights: weights.to_vec().try_into().unwrap(), bias }
    }

    #[test]
    fn shifts_round_halves_up() {
        let cases = [(5, 1, 3), (-5, 1, -2), (6, 2, 2), (-6, 2, -1), (7, 0, 7), (i32::MAX, 1, 1 << 30)];
        for (value, bits, expected) in cases {
            assert_eq!(rounding_shift(value, bits), expected, "{value} by {bits}");
        }
        assert_eq!(rounding_shift(i32::MIN, 31), -1);
        assert_eq!(rounding_shift(i32::MAX, 31), 1);
    }

    #[test]
    fn dense_sums_wrap_around() {
        let layer = Layer::Dense { inputs: 2, outputs: 1 };
        assert_eq!(layer.element(0, &[3, -4], &row(&[2, 5], 10)), -4);
        assert_eq!(layer.element(0, &[i32::MAX, 1], &row(&[1, 1], 0)), i32::MIN);
    }

    #[test]
    fn a_window_sees_zeros_around_the_picture() {
        let shape = Convolution {
            channels: 1,
            height: 2,
            width: 2,
            filters: 2,
            kernel_height: 3,
            kernel_width: 3,
            stride: 1,
            padding: 1,
        };
        let layer = Layer::Convolution(shape);
        assert_eq!((layer.inputs(), layer.outputs(), layer.rows(), layer.row_width()), (4, 8, 2, 9));
        let picture = [1, 2, 3, 4];
        let weights = row(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 100);
        // At the top left only the lower right four weights see the picture: 5, 6, 8 and 9.
        assert_eq!(layer.element(0, &picture, &weights), 100 + 5 + 12 + 24 + 36);
        // At the bottom right the upper left four: 1, 2, 4 and 5.
        assert_eq!(layer.element(7, &picture, &weights), 100 + 1 + 4 + 12 + 20);
        assert_eq!(layer.row_of(3, &picture), Some(0));
        assert_eq!(layer.row_of(4, &picture), Some(1));
    }

    #[test]
    fn a_stride_leaves_places_out() {
        let shape = Convolution {
            channels: 2,
            height: 4,
            width: 3,
            filters: 1,
            kernel_height: 2,
            kernel_width: 1,
            stride: 2,
            padding: 0,
        };
        let layer = Layer::Convolution(shape);
        assert_eq!((layer.inputs(), layer.outputs(), layer.row_width()), (24, 4, 4));
        let picture: Vec<i32> = (0..24).collect();
        // Lines 2 and 3 of column 2 in both channels: 8, 11 and 20, 23.
        assert_eq!(layer.element(3, &picture, &row(&[1, 10, 100, -7], 0)), 8 + 110 + 2_000 - 161);
    }

    #[test]
    fn embeddings_read_the_row_of_a_token() {
        let layer = Layer::Embedding { tokens: 3, vocabulary: 4, width: 2 };
        let tokens = [2, -7, 99];
        let rows: Vec<_> = (0..6).map(|index| layer.row_of(index, &tokens)).collect();
        assert_eq!(rows, [Some(2), Some(2), Some(0), Some(0), Some(3), Some(3)]);
        assert_eq!(layer.element(5, &tokens, &row(&[11, -12], 0)), -12);
        assert_eq!(layer.row_of(6, &tokens), None);
    }

    #[test]
    fn tables_start_at_the_lowest_value() {
        let layer = Layer::Table { size: 4 };
        let mirror: Vec<i8> = (i8::MIN..=i8::MAX).rev().collect();
        let table = row(&mirror, 0);
        let input = [-128, 0, 127, 5_000];
        let output: Vec<_> = (0..4).map(|index| layer.element(index, &input, &table)).collect();
        assert_eq!(output, [127, -1, -128, -128]);
    }

    #[test]
    fn layers_must_fit_together() {
        let dense = |inputs, outputs| Layer::Dense { inputs, outputs };
        let window = |padding, stride| {
            Layer::Convolution(Convolution {
                channels: 1,
                height: 8,
                width: 8,
                filters: 4,
                kernel_height: 3,
                kernel_width: 3,
                stride,
                padding,
            })
        };
        let cases = [
            (vec![], Err(ShapeError::Empty)),
            (vec![dense(4, 2)], Ok(())),
            (vec![dense(4, 2), dense(3, 2)], Err(ShapeError::Joint(1))),
            (vec![dense(0, 2)], Err(ShapeError::Width(0))),
            (vec![dense(1_025, 2)], Err(ShapeError::Width(0))),
            (vec![dense(4, 2), Layer::Shift { size: 2, bits: 32 }], Err(ShapeError::Bits(1))),
            (vec![Layer::Clamp { size: 2, low: 1, high: 0 }], Err(ShapeError::Bounds(0))),
            (vec![window(1, 1), dense(256, 3)], Ok(())),
            (vec![window(3, 1)], Err(ShapeError::Window(0))),
            (vec![window(1, 0)], Err(ShapeError::Window(0))),
            (
                vec![Layer::Embedding { tokens: 65_535, vocabulary: 2, width: 65_535 }],
                Err(ShapeError::Width(0)),
            ),
        ];
        for (layers, expected) in cases {
            assert_eq!(validate(&layers), expected, "{layers:?}");
        }
    }

    #[test]
    fn the_largest_shapes_of_their_types_do_not_overflow() {
        let shape = Convolution {
            channels: u16::MAX,
            height: u16::MAX,
            width: u16::MAX,
            filters: u16::MAX,
            kernel_height: u8::MAX,
            kernel_width: u8::MAX,
            stride: 1,
            padding: u8::MAX - 1,
        };
        assert_eq!(validate(&[Layer::Convolution(shape)]), Err(ShapeError::Width(0)));
    }
}
