//! The graphics card.

use super::{Device, DeviceError, Loaded, check_inputs};
use assay_cuda::{Card, CudaError, Network};
use assay_inference::{Model, Trace, Vector};
use std::sync::Arc;

/// The first graphics card: one context for all networks of the process.
pub struct Cuda(Card);

impl Cuda {
    /// Opens the first card.
    ///
    /// # Errors
    /// There is no driver or no card.
    pub fn open() -> Result<Self, CudaError> {
        Card::open(0).map(Self)
    }
}

impl Device for Cuda {
    fn name(&self) -> String {
        format!("cuda ({})", self.0.name())
    }

    fn load(&self, model: &Arc<Model>) -> Result<Box<dyn Loaded>, DeviceError> {
        Ok(Box::new(OnCard { model: model.clone(), network: self.0.load(model)? }))
    }
}

struct OnCard {
    model: Arc<Model>,
    network: Network,
}

impl Loaded for OnCard {
    fn run(&self, inputs: &[Vector]) -> Result<Vec<Trace>, DeviceError> {
        check_inputs(&self.model, inputs)?;
        Ok(self.network.run(inputs)?)
    }
}
