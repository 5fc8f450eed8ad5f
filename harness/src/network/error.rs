//! What can go wrong with a network.

use super::folder::FolderError;
use super::process::ProcessError;
use super::rpc::RpcError;
use super::topology::TopologyError;
use crate::chain::genesis::GenesisError;
use std::time::Duration;
use thiserror::Error;

/// A network that does not do what it is asked.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// It cannot be as described.
    #[error(transparent)]
    Topology(#[from] TopologyError),
    /// Its starting state cannot be made.
    #[error(transparent)]
    Genesis(#[from] GenesisError),
    /// Its folder cannot be had.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A node cannot be had.
    #[error(transparent)]
    Process(#[from] ProcessError),
    /// A node does not answer.
    #[error("{node}: {source}")]
    Rpc {
        /// The node.
        node: String,
        /// What was asked, and what became of it.
        source: RpcError,
    },
    /// The system has no port, thread or event queue for it.
    #[error("{what}: {source}")]
    System {
        /// What was wanted.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no such node.
    #[error("there is no node `{name}`{suggestion}")]
    NoNode {
        /// The name.
        name: String,
        /// What may have been meant.
        suggestion: String,
    },
    /// The node does not run at the moment.
    #[error("{0} does not run at the moment")]
    Down(String),
    /// The fault makes no sense on this network.
    #[error("{0}")]
    Impossible(String),
    /// Something did not happen in time.
    #[error("{what} did not happen within {} s; {seen}", patience.as_secs())]
    Late {
        /// What was waited for.
        what: String,
        /// How long.
        patience: Duration,
        /// How things stood at the end.
        seen: String,
    },
    /// The chain does not take what subnets, miners or validators need.
    #[error("{what}: {problem}")]
    Market {
        /// What was wanted.
        what: String,
        /// Why it cannot be had.
        problem: String,
    },
    /// Two nodes contradict each other where they must not.
    #[error("{0}")]
    Disagreement(String),
}
