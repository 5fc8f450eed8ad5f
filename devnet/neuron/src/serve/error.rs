//! Why a miner or a validator cannot serve.

use crate::chain::ChainError;
use crate::miner::SetupError;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a miner or a validator cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The chain.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The model or the device.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The address cannot be listened on.
    #[error("{address} cannot be listened on: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        error: std::io::Error,
    },
    /// The address is not one that others can be told.
    #[error(
        "others cannot reach {0}, and the chain takes no such address: listen on one of this machine's own (127.0.0.2 on a \
         machine alone), or say with --announce which address leads here"
    )]
    Unreachable(SocketAddr),
    /// Registering was asked for without the coldkey that pays.
    #[error("--register needs the coldkey: give --coldkey-uri, or a wallet whose coldkey is on this disk")]
    NoColdkey,
    /// A price was asked for without the coldkey that redeems what customers pay.
    #[error(
        "--price needs the coldkey, which redeems vouchers: give --coldkey-uri, or a wallet whose coldkey is on this disk"
    )]
    NobodyRedeems,
    /// What is to outlive the program cannot be kept.
    #[error("{}: {problem}", path.display())]
    Folder {
        /// The file or the folder.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The metrics cannot be set up.
    #[error("metrics: {0}")]
    Metrics(#[from] prometheus::Error),
}
