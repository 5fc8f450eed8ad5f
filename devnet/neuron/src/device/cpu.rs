//! The processor: all its cores for a batch, its vector units for each row.

use super::{Device, DeviceError, Loaded, check_inputs};
use assay_inference::{Convolution, Layer, Model, Row, Trace, Vector};
use rayon::prelude::*;
use std::sync::Arc;

/// The processor.
pub struct Cpu;

impl Device for Cpu {
    fn name(&self) -> String {
        format!("cpu ({} threads)", rayon::current_num_threads())
    }

    fn load(&self, model: &Arc<Model>) -> Result<Box<dyn Loaded>, DeviceError> {
        let steps = (0..model.layers().len()).map(|at| Step::new(model, at)).collect();
        Ok(Box::new(OnProcessor { model: model.clone(), steps }))
    }
}

struct OnProcessor {
    model: Arc<Model>,
    steps: Vec<Step>,
}

impl Loaded for OnProcessor {
    fn run(&self, inputs: &[Vector]) -> Result<Vec<Trace>, DeviceError> {
        check_inputs(&self.model, inputs)?;
        // One input is not worth waking other threads for.
        Ok(match inputs {
            [input] => vec![self.run_one(input)],
            many => many.par_iter().map(|input| self.run_one(input)).collect(),
        })
    }
}

impl OnProcessor {
    fn run_one(&self, input: &[i32]) -> Trace {
        let mut outputs: Vec<Vector> = Vec::with_capacity(self.steps.len());
        for (at, step) in self.steps.iter().enumerate() {
            let x = outputs.last().map_or(input, Vec::as_slice);
            let output = step.run(x).unwrap_or_else(|| self.model.layer_output(at, x));
            outputs.push(output);
        }
        Trace(outputs)
    }
}

/// A layer made ready. Values that are known to fit into 8 bits are multiplied as 16-bit ones: the compiler turns sums of
/// such products into the processor's multiply-and-add over whole vectors, and the sums are the same 32-bit ones.
enum Step {
    Rows(Rows),
    /// For each place of the output picture, which values its window sees; [`OUTSIDE`] is the padding.
    Windows {
        seen: Vec<Vec<u16>>,
        rows: Rows,
    },
    /// Anything else costs little, and is done as the definition says.
    AsDefined,
}

struct Rows {
    width: usize,
    weights: Vec<i16>,
    biases: Vec<i32>,
}

/// No place of a picture: those end at 1,023.
const OUTSIDE: u16 = u16::MAX;

impl Step {
    fn new(model: &Model, at: usize) -> Self {
        match model.layers().get(at) {
            Some(Layer::Dense { .. }) if model.takes_bytes(at) => Self::Rows(Rows::new(model.rows_of(at))),
            Some(Layer::Convolution(shape)) if model.takes_bytes(at) => {
                Self::Windows { seen: windows(shape), rows: Rows::new(model.rows_of(at)) }
            }
            _ => Self::AsDefined,
        }
    }

    fn run(&self, x: &[i32]) -> Option<Vector> {
        match self {
            Self::AsDefined => None,
            Self::Rows(rows) => Some(rows.times(&narrow(x)).collect()),
            Self::Windows { seen, rows } => {
                let picture = narrow(x);
                let mut window = vec![0; rows.width];
                let places = seen.len();
                let mut output = vec![0; places * rows.biases.len()];
                for (place, seen) in seen.iter().enumerate() {
                    for (value, from) in window.iter_mut().zip(seen) {
                        *value = picture.get(usize::from(*from)).copied().unwrap_or_default();
                    }
                    let filters = output.iter_mut().skip(place).step_by(places);
                    filters.zip(rows.times(&window)).for_each(|(value, sum)| *value = sum);
                }
                Some(output)
            }
        }
    }
}

impl Rows {
    fn new(rows: &[Row]) -> Self {
        Self {
            width: rows.first().map_or(0, |row| row.weights.len()),
            weights: rows
                .iter()
                .flat_map(|row| row.weights.iter().map(|weight| i16::from(*weight)))
                .collect(),
            biases: rows.iter().map(|row| row.bias).collect(),
        }
    }

    /// The bias and the sum of products for each row.
    fn times<'a>(&'a self, x: &'a [i16]) -> impl Iterator<Item = i32> + 'a {
        // A row of no weights cannot be: models refuse it.
        self.weights.chunks_exact(self.width.max(1)).zip(&self.biases).map(move |(row, bias)| {
            let products = row.iter().zip(x).map(|(weight, value)| i32::from(*weight) * i32::from(*value));
            products.fold(*bias, i32::wrapping_add)
        })
    }
}

/// Values that are known to fit into 8 bits.
fn narrow(x: &[i32]) -> Vec<i16> {
    x.iter().map(|value| i16::try_from(*value).unwrap_or_default()).collect()
}

fn windows(shape: &Convolution) -> Vec<Vec<u16>> {
    let (lines, columns) = shape.output_sides().unwrap_or_default();
    let [height, width, stride, padding] =
        [shape.height, shape.width, shape.stride.into(), shape.padding.into()].map(usize::from);
    let seen = |top: usize, left: usize| {
        let mut seen = Vec::with_capacity(lines * columns);
        for channel in 0..usize::from(shape.channels) {
            for line in 0..usize::from(shape.kernel_height) {
                for column in 0..usize::from(shape.kernel_width) {
                    let y = (top * stride + line).checked_sub(padding).filter(|y| *y < height);
                    let x = (left * stride + column).checked_sub(padding).filter(|x| *x < width);
                    let place = y.zip(x).map(|(y, x)| (channel * height + y) * width + x);
                    seen.push(place.and_then(|place| u16::try_from(place).ok()).unwrap_or(OUTSIDE));
                }
            }
        }
        seen
    };
    (0..lines * columns).map(|place| seen(place / columns.max(1), place % columns.max(1))).collect()
}
