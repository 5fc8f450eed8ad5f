//! A whole network, and running it.

use crate::commitment::rows_root;
use crate::layer::first_rows;
use crate::{Commitment, Layer, Layers, Row, ShapeError, validate};
use alloc::vec::Vec;
use polkadot_sdk::sp_core::H256;

/// The values between two layers.
pub type Vector = Vec<i32>;

/// The output of every layer, in order; the last one is the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace(pub Vec<Vector>);

impl Trace {
    /// The answer: what the last layer gave.
    pub fn output(&self) -> &[i32] {
        self.0.last().map(Vec::as_slice).unwrap_or_default()
    }
}

/// A network with its weights, known to be well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    commitment: Commitment,
    rows: Vec<Row>,
}

/// Why layers and rows do not make a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// There are more layers than [`crate::MAX_LAYERS`].
    #[error("a network has at most 32 layers")]
    TooManyLayers,
    /// The layers do not make a network.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// There are fewer or more rows than the layers need.
    #[error("the layers need {expected} rows of weights, {got} are given")]
    Rows {
        /// Rows that the layers need.
        expected: usize,
        /// Rows given.
        got: usize,
    },
    /// A row has another length than its layer needs.
    #[error("row {row} has {got} weights, its layer needs {expected}")]
    RowWidth {
        /// The row, counted over all layers.
        row: usize,
        /// Weights that its layer needs.
        expected: usize,
        /// Weights given.
        got: usize,
    },
    /// A row of a table or an embedding has a bias, which nothing would add.
    #[error("row {row} has a bias, and its layer adds nothing up")]
    Bias {
        /// The row, counted over all layers.
        row: usize,
    },
}

/// Why a network does not take an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// It takes another number of values.
    #[error("the model takes {expected} values, {got} are given")]
    Length {
        /// Values the network takes.
        expected: usize,
        /// Values given.
        got: usize,
    },
    /// A value is outside what the first layer takes: 8 bits, or the rows of an embedding.
    #[error("value {at} is {value}, the model takes {low} to {high}")]
    Value {
        /// The place of the value.
        at: usize,
        /// The value.
        value: i32,
        /// The lowest value taken.
        low: i32,
        /// The highest value taken.
        high: i32,
    },
}

impl Model {
    /// A model of these layers and the rows of all of them, in order.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn new(layers: Vec<Layer>, rows: Vec<Row>) -> Result<Self, ModelError> {
        let layers = Layers::try_from(layers).map_err(|_| ModelError::TooManyLayers)?;
        validate(&layers)?;
        let expected = layers.iter().map(Layer::rows).sum();
        if rows.len() != expected {
            return Err(ModelError::Rows { expected, got: rows.len() });
        }
        let owners = layers.iter().flat_map(|layer| core::iter::repeat_n(layer, layer.rows()));
        for (at, (layer, row)) in owners.zip(&rows).enumerate() {
            let (expected, got) = (layer.row_width(), row.weights.len());
            if expected != got {
                return Err(ModelError::RowWidth { row: at, expected, got });
            }
            if !layer.adds_up() && row.bias != 0 {
                return Err(ModelError::Bias { row: at });
            }
        }
        Ok(Self { commitment: Commitment { layers, rows: rows_root(&rows) }, rows })
    }

    /// The layers, in order.
    pub fn layers(&self) -> &[Layer] {
        &self.commitment.layers
    }

    /// The rows of weights of all layers, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows of one layer; none if there is no such layer.
    pub fn rows_of(&self, layer: usize) -> &[Row] {
        let firsts = first_rows(self.layers());
        let range = firsts.get(layer).zip(firsts.get(layer.saturating_add(1)));
        range.and_then(|(from, to)| self.rows.get(*from..*to)).unwrap_or_default()
    }

    /// What registering this model says of it.
    pub fn commitment(&self) -> &Commitment {
        &self.commitment
    }

    /// The model's name in receipts.
    pub fn root(&self) -> H256 {
        self.commitment.model()
    }

    /// Values of the input.
    pub fn inputs(&self) -> usize {
        self.layers().first().map(Layer::inputs).unwrap_or_default()
    }

    /// Values of the answer.
    pub fn outputs(&self) -> usize {
        self.layers().last().map(Layer::outputs).unwrap_or_default()
    }

    /// The lowest and the highest value of an input.
    pub fn input_bounds(&self) -> (i32, i32) {
        match self.layers().first() {
            Some(Layer::Embedding { vocabulary, .. }) => (0, i32::from(*vocabulary).saturating_sub(1)),
            _ => (i8::MIN.into(), i8::MAX.into()),
        }
    }

    /// Whether all that a layer is given when the network runs is known to fit into 8 bits, so that a device may use
    /// narrower multiplications for the same bits.
    pub fn takes_bytes(&self, layer: usize) -> bool {
        match layer.checked_sub(1) {
            None => !matches!(self.layers().first(), Some(Layer::Embedding { .. })),
            Some(before) => matches!(
                self.layers().get(before),
                Some(Layer::Clamp { .. } | Layer::Table { .. } | Layer::Embedding { .. })
            ),
        }
    }

    /// Whether the network takes an input.
    ///
    /// # Errors
    /// What is wrong with the input.
    pub fn check_input(&self, input: &[i32]) -> Result<(), InputError> {
        let expected = self.inputs();
        if input.len() != expected {
            return Err(InputError::Length { expected, got: input.len() });
        }
        let (low, high) = self.input_bounds();
        match input.iter().enumerate().find(|(_, value)| !(low..=high).contains(value)) {
            None => Ok(()),
            Some((at, value)) => Err(InputError::Value { at, value: *value, low, high }),
        }
    }

    /// Runs the network.
    ///
    /// # Errors
    /// An input that the network does not take.
    pub fn evaluate(&self, input: &[i32]) -> Result<Trace, InputError> {
        self.check_input(input)?;
        let mut trace: Vec<Vector> = Vec::with_capacity(self.layers().len());
        for layer in 0..self.layers().len() {
            let output = self.layer_output(layer, trace.last().map_or(input, Vec::as_slice));
            trace.push(output);
        }
        Ok(Trace(trace))
    }

    /// What one layer gives for any vector, hostile ones included; empty if there is no such layer.
    pub fn layer_output(&self, layer: usize, input: &[i32]) -> Vector {
        let Some(shape) = self.layers().get(layer) else { return Vector::new() };
        let rows = self.rows_of(layer);
        let none = Row::default();
        let row = |index| shape.row_of(index, input).and_then(|row| rows.get(row)).unwrap_or(&none);
        (0..shape.outputs()).map(|index| shape.element(index, input, row(index))).collect()
    }
}
