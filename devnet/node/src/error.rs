//! Why a node does not run.

use polkadot_sdk::sc_cli;
use polkadot_sdk::sc_service;
use std::path::PathBuf;
use thiserror::Error;

/// A node that cannot start, or that stopped because something broke.
#[derive(Debug, Error)]
pub enum Error {
    /// The command line asks for something impossible.
    #[error("{0}")]
    Usage(String),
    /// There is no such chain.
    #[error("the chain `{chain}` cannot be used: {problem}")]
    Chain {
        /// What `--chain` said.
        chain: String,
        /// Why not.
        problem: String,
    },
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something of the operating system failed.
    #[error("{what}: {source}")]
    System {
        /// What was being done.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The command line's library refused.
    #[error(transparent)]
    Cli(Box<sc_cli::Error>),
    /// The service could not be put together, or one of its essential tasks ended.
    #[error(transparent)]
    Service(Box<sc_service::Error>),
}

impl From<sc_cli::Error> for Error {
    fn from(error: sc_cli::Error) -> Self {
        match error {
            sc_cli::Error::Input(problem) => Self::Usage(problem),
            other => Self::Cli(Box::new(other)),
        }
    }
}

impl From<sc_service::Error> for Error {
    fn from(error: sc_service::Error) -> Self {
        Self::Service(Box::new(error))
    }
}
