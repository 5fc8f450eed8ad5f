//! The commands of `assay`, one module each.

pub mod beacon;
pub mod emission;
pub mod epoch;
pub mod explore;
pub mod gpu;
pub mod image;
pub mod invariants;
pub mod metadata_diff;
pub mod model;
pub mod network;
pub mod neuron;
pub mod node;
pub mod quote;
pub mod reference;
pub mod sabotage;
pub mod steps;
pub mod verify;

/// Why a command does not end well.
#[derive(Debug)]
pub enum Failure {
    /// It ran, and what it checked is not as it should be; it has already said so. Exit code 1.
    Differs,
    /// It could not do its work. Exit code 2.
    CouldNotRun(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::CouldNotRun(error.into())
    }
}
