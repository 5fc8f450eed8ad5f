//! What goes wrong with a chain.

use crate::key::{Public, ss58};

/// Why a chain does not do what it is asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// Nobody answers at the URL.
    #[error("no node of a chain answers at {url}: {problem}")]
    Unreachable {
        /// Where.
        url: String,
        /// What happened instead.
        problem: String,
    },
    /// The connection broke.
    #[error("the connection to the chain is lost: {0}")]
    Lost(String),
    /// The node answered something that makes no sense here.
    #[error("the chain's answer cannot be used: {0}")]
    Answer(String),
    /// The chain does not take a call, or the call failed.
    #[error("{call}: {problem}")]
    Call {
        /// Pallet and call.
        call: String,
        /// The chain's error.
        problem: String,
    },
    /// The hotkey has no slot on the subnet.
    #[error(
        "the hotkey {} is not registered on subnet {netuid}: register it, or give --register and its coldkey",
        ss58(hotkey)
    )]
    NotRegistered {
        /// The hotkey.
        hotkey: Public,
        /// The subnet.
        netuid: u16,
    },
    /// Weights are to be timelocked, and there are no new pulses that would open them.
    #[error(
        "the chain hears nothing from its beacon, which is to open timelocked weights: bring pulses (`assay beacon --bring`), \
         or give --commit hash"
    )]
    SilentBeacon,
    /// The node is of another chain than at the start.
    #[error("the node is of another chain than before: its first block is another one")]
    OtherChain,
}

impl ChainError {
    /// Whether to connect again is worth a try.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Lost(_) | Self::Answer(_))
    }
}
