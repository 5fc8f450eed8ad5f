//! Where networks run. Every device gives the same bits, which tests hold them to.

mod cpu;
mod cuda;
mod report;

pub use cpu::Cpu;
pub use cuda::Cuda;
pub use report::{Card, Report, report};

use assay_inference::{InputError, Model, Trace, Vector};
use std::sync::Arc;

/// Something that runs networks.
pub trait Device: Send + Sync {
    /// What it is, for people.
    fn name(&self) -> String;

    /// Makes a network ready to run here.
    ///
    /// # Errors
    /// The device cannot hold it.
    fn load(&self, model: &Arc<Model>) -> Result<Box<dyn Loaded>, DeviceError>;
}

/// A network that is ready to run on a device.
pub trait Loaded: Send + Sync {
    /// Runs it over a batch of inputs: the outputs of all layers for each.
    ///
    /// # Errors
    /// An input that the network does not take, and then none is run; or the device fails.
    fn run(&self, inputs: &[Vector]) -> Result<Vec<Trace>, DeviceError>;
}

/// What goes wrong on a device.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// An input that the network does not take.
    #[error("input {at}: {error}")]
    Input {
        /// The input, from 0.
        at: usize,
        /// What is wrong with it.
        error: InputError,
    },
    /// The graphics card or its driver.
    #[error(transparent)]
    Cuda(#[from] assay_cuda::CudaError),
    /// A device of this name does not exist.
    #[error("`{0}` is no device; there are `cpu`, `cuda` and `auto`, which takes a card where there is one")]
    Unknown(String),
}

/// The device of a name: `cpu`, `cuda`, or `auto` for the card where there is one.
///
/// # Errors
/// There is no device of this name, or no card for `cuda`.
pub fn named(name: &str) -> Result<Box<dyn Device>, DeviceError> {
    match name {
        "cpu" => Ok(Box::new(Cpu)),
        "cuda" => Ok(Box::new(Cuda::open()?)),
        "auto" => match Cuda::open() {
            Ok(cuda) => Ok(Box::new(cuda)),
            Err(_) => Ok(Box::new(Cpu)),
        },
        other => Err(DeviceError::Unknown(other.to_owned())),
    }
}

fn check_inputs(model: &Model, inputs: &[Vector]) -> Result<(), DeviceError> {
    for (at, input) in inputs.iter().enumerate() {
        model.check_input(input).map_err(|error| DeviceError::Input { at, error })?;
    }
    Ok(())
}
