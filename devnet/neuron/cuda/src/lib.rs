//! Integer networks on an NVIDIA card.
//!
//! Neither building nor running this needs a CUDA toolkit: the kernels ship as PTX text beside their source
//! (`kernels/`), and the driver's library is opened when it is first asked for. A machine without one is a normal case:
//! [`driver_is_there`] says so, and [`Card::open`] refuses.

use assay_inference::{Convolution, Layer, Model, Row, Trace, Vector};
use cudarc::driver::{
    CudaContext, CudaFunction, CudaModule, CudaSlice, CudaStream, DriverError, LaunchArgs, LaunchConfig,
    PushKernelArg,
};
use cudarc::nvrtc::Ptx;
use std::sync::Arc;

const PTX: &str = include_str!("../kernels/layers.ptx");
/// Threads of a block: a multiple of every card's 32, and small enough for every card.
const BLOCK: u32 = 256;
/// Inputs of one run, so that places of a batch stay far below 32 bits: 4,096 vectors of at most 1,024 values.
const MOST_INPUTS: usize = 4_096;

/// What goes wrong on a card.
#[derive(Debug, thiserror::Error)]
pub enum CudaError {
    /// There is no driver to load.
    #[error("there is no NVIDIA driver on this machine (libcuda was not found)")]
    NoDriver,
    /// The driver said no.
    #[error("the NVIDIA driver refused: {0}")]
    Driver(String),
    /// A vector that the network does not take.
    #[error("an input has {got} values, the model takes {expected}")]
    Length {
        /// Values the network takes.
        expected: usize,
        /// Values given.
        got: usize,
    },
}

impl From<DriverError> for CudaError {
    fn from(error: DriverError) -> Self {
        Self::Driver(error.to_string())
    }
}

/// Whether the driver's library can be loaded. To be asked before anything else here: loading is lazy and panics.
#[allow(unsafe_code)]
pub fn driver_is_there() -> bool {
    // SAFETY: this opens the driver's library under its usual names and does nothing else. Its initialisers are the
    // driver's own, as in every program that uses a card.
    unsafe { cudarc::driver::sys::is_culib_present() }
}

/// One card, with one context for all networks on it.
pub struct Card {
    name: String,
    stream: Arc<CudaStream>,
    kernels: Arc<Kernels>,
}

struct Kernels {
    dense8: CudaFunction,
    pack: CudaFunction,
    dense32: CudaFunction,
    convolution: CudaFunction,
    embedding: CudaFunction,
    shift: CudaFunction,
    clamp: CudaFunction,
    table: CudaFunction,
}

impl Kernels {
    fn load(module: &Arc<CudaModule>) -> Result<Self, DriverError> {
        let load = |name| module.load_function(name);
        Ok(Self {
            dense8: load("dense8")?,
            pack: load("pack")?,
            dense32: load("dense32")?,
            convolution: load("convolution")?,
            embedding: load("embedding")?,
            shift: load("shift")?,
            clamp: load("clamp")?,
            table: load("table")?,
        })
    }
}

impl Card {
    /// Opens a card by its number, from 0.
    ///
    /// # Errors
    /// There is no driver, no such card, or the driver cannot load the kernels.
    pub fn open(number: usize) -> Result<Self, CudaError> {
        if !driver_is_there() {
            return Err(CudaError::NoDriver);
        }
        let context = CudaContext::new(number)?;
        let module = context.load_module(Ptx::from_src(PTX))?;
        let kernels = Arc::new(Kernels::load(&module)?);
        Ok(Self { name: context.name()?, stream: context.default_stream(), kernels })
    }

    /// The card's name, as its driver says it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts a network's weights on the card.
    ///
    /// # Errors
    /// The driver refuses, as when memory is short.
    pub fn load(&self, model: &Model) -> Result<Network, CudaError> {
        let steps = model.layers().iter().enumerate().map(|(at, layer)| {
            Ok(Step {
                inputs: number(layer.inputs()),
                outputs: number(layer.outputs()),
                work: self.work(model, at, layer)?,
            })
        });
        let steps = steps.collect::<Result<Vec<_>, DriverError>>()?;
        Ok(Network {
            stream: self.stream.clone(),
            kernels: self.kernels.clone(),
            inputs: model.inputs(),
            steps,
        })
    }

    fn work(&self, model: &Model, at: usize, layer: &Layer) -> Result<Work, DriverError> {
        let rows = model.rows_of(at);
        let weights = || self.stream.clone_htod(&flat(rows));
        let biases = || self.stream.clone_htod(&rows.iter().map(|row| row.bias).collect::<Vec<_>>());
        Ok(match *layer {
            Layer::Dense { .. } if model.takes_bytes(at) => {
                let words: Vec<i32> = rows.iter().flat_map(packed).collect();
                Work::Dense8 { weights: self.stream.clone_htod(&words)?, biases: biases()? }
            }
            Layer::Dense { .. } => Work::Dense32 { weights: weights()?, biases: biases()? },
            Layer::Convolution(shape) => Work::Convolution { shape, weights: weights()?, biases: biases()? },
            Layer::Embedding { vocabulary, width, .. } => {
                Work::Embedding { vocabulary: vocabulary.into(), width: width.into(), weights: weights()? }
            }
            Layer::Shift { bits, .. } => Work::Shift { bits: bits.into() },
            Layer::Clamp { low, high, .. } => Work::Clamp { low: low.into(), high: high.into() },
            Layer::Table { .. } => Work::Table { entries: weights()? },
        })
    }
}

/// A network on a card.
pub struct Network {
    stream: Arc<CudaStream>,
    kernels: Arc<Kernels>,
    inputs: usize,
    steps: Vec<Step>,
}

struct Step {
    inputs: u32,
    outputs: u32,
    work: Work,
}

enum Work {
    Dense8 { weights: CudaSlice<i32>, biases: CudaSlice<i32> },
    Dense32 { weights: CudaSlice<i8>, biases: CudaSlice<i32> },
    Convolution { shape: Convolution, weights: CudaSlice<i8>, biases: CudaSlice<i32> },
    Embedding { vocabulary: u32, width: u32, weights: CudaSlice<i8> },
    Shift { bits: u32 },
    Clamp { low: i32, high: i32 },
    Table { entries: CudaSlice<i8> },
}

impl Network {
    /// Runs the network over many inputs: one launch for each layer and batch, whoever asked for the inputs.
    ///
    /// Values must be those that the network takes (`Model::check_input`).
    ///
    /// # Errors
    /// An input of another length, or the driver refuses.
    pub fn run(&self, inputs: &[Vector]) -> Result<Vec<Trace>, CudaError> {
        if let Some(input) = inputs.iter().find(|input| input.len() != self.inputs) {
            return Err(CudaError::Length { expected: self.inputs, got: input.len() });
        }
        let mut traces = Vec::with_capacity(inputs.len());
        for batch in inputs.chunks(MOST_INPUTS) {
            self.run_batch(batch, &mut traces)?;
        }
        Ok(traces)
    }

    fn run_batch(&self, inputs: &[Vector], traces: &mut Vec<Trace>) -> Result<(), CudaError> {
        let count = number(inputs.len());
        let mut outputs: Vec<CudaSlice<i32>> = Vec::with_capacity(self.steps.len());
        let first = self.stream.clone_htod(&inputs.concat())?;
        for step in &self.steps {
            let mut out = self.stream.alloc_zeros::<i32>((count * step.outputs) as usize)?;
            self.launch(step, count, outputs.last().unwrap_or(&first), &mut out)?;
            outputs.push(out);
        }
        let values = outputs.iter().map(|out| self.stream.clone_dtoh(out)).collect::<Result<Vec<_>, _>>()?;
        self.stream.synchronize()?;
        traces.extend((0..inputs.len()).map(|at| {
            let layers = values.iter().zip(&self.steps).map(|(values, step)| {
                let width = step.outputs as usize;
                values.get(at * width..(at + 1) * width).unwrap_or_default().to_vec()
            });
            Trace(layers.collect())
        }));
        Ok(())
    }

    fn launch(
        &self,
        step: &Step,
        count: u32,
        x: &CudaSlice<i32>,
        out: &mut CudaSlice<i32>,
    ) -> Result<(), DriverError> {
        let Step { inputs, outputs, work } = step;
        let total = count * outputs;
        let kernels = &self.kernels;
        match work {
            Work::Dense8 { weights, biases } => {
                let words = inputs.div_ceil(4);
                let packed_total = count * words;
                let mut packed = self.stream.alloc_zeros::<i32>(packed_total as usize)?;
                let mut pack = self.stream.launch_builder(&kernels.pack);
                pack.arg(x).arg(&mut packed).arg(inputs).arg(&words).arg(&packed_total);
                start(&mut pack, packed_total)?;
                let mut dense = self.stream.launch_builder(&kernels.dense8);
                dense.arg(&packed).arg(weights).arg(biases).arg(out).arg(&words).arg(outputs).arg(&total);
                start(&mut dense, total)
            }
            Work::Dense32 { weights, biases } => {
                let mut dense = self.stream.launch_builder(&kernels.dense32);
                dense.arg(x).arg(weights).arg(biases).arg(out).arg(inputs).arg(outputs).arg(&total);
                start(&mut dense, total)
            }
            Work::Convolution { shape, weights, biases } => {
                let (lines, columns) = shape.output_sides().unwrap_or_default();
                let sizes = [
                    shape.channels.into(),
                    shape.height.into(),
                    shape.width.into(),
                    shape.filters.into(),
                    shape.kernel_height.into(),
                    shape.kernel_width.into(),
                    shape.stride.into(),
                    shape.padding.into(),
                    number(lines),
                    number(columns),
                    total,
                ];
                let mut convolution = self.stream.launch_builder(&kernels.convolution);
                convolution.arg(x).arg(weights).arg(biases).arg(out);
                for size in &sizes {
                    convolution.arg(size);
                }
                start(&mut convolution, total)
            }
            Work::Embedding { vocabulary, width, weights } => {
                let mut embedding = self.stream.launch_builder(&kernels.embedding);
                embedding.arg(x).arg(weights).arg(out).arg(vocabulary).arg(width).arg(&total);
                start(&mut embedding, total)
            }
            Work::Shift { bits } => {
                let mut shift = self.stream.launch_builder(&kernels.shift);
                shift.arg(x).arg(out).arg(bits).arg(&total);
                start(&mut shift, total)
            }
            Work::Clamp { low, high } => {
                let mut clamp = self.stream.launch_builder(&kernels.clamp);
                clamp.arg(x).arg(out).arg(low).arg(high).arg(&total);
                start(&mut clamp, total)
            }
            Work::Table { entries } => {
                let mut table = self.stream.launch_builder(&kernels.table);
                table.arg(x).arg(entries).arg(out).arg(&total);
                start(&mut table, total)
            }
        }
    }
}

/// Starts a kernel with one thread for each of `total` values.
#[allow(unsafe_code)]
fn start(kernel: &mut LaunchArgs<'_>, total: u32) -> Result<(), DriverError> {
    let config = LaunchConfig {
        grid_dim: (total.div_ceil(BLOCK), 1, 1),
        block_dim: (BLOCK, 1, 1),
        shared_mem_bytes: 0,
    };
    // SAFETY: every call above passes its kernel's parameters in the order and types of kernels/layers.cu. Sizes come
    // from a `Model`, which checks that layers, rows and vectors fit together, inputs are of the model's length, and no
    // thread at or beyond `total` touches memory, so no kernel leaves its buffers.
    unsafe { kernel.launch(config)? };
    Ok(())
}

fn flat(rows: &[Row]) -> Vec<i8> {
    rows.iter().flat_map(|row| row.weights.iter().copied()).collect()
}

/// Weights four to a word, zeros at the end of a row.
fn packed(row: &Row) -> impl Iterator<Item = i32> + '_ {
    row.weights.chunks(4).map(|weights| {
        let mut bytes = [0; 4];
        for (byte, weight) in bytes.iter_mut().zip(weights) {
            *byte = weight.cast_unsigned();
        }
        i32::from_le_bytes(bytes)
    })
}

/// Sizes of a model and of a batch are bounded far below 32 bits.
fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
