//! The line of JSON that says where a program listens, as nodes print it.

use super::ServeError;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// What a miner or a validator prints on standard output, as one line of JSON, once it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename = "listening")]
pub struct Listening {
    /// The process.
    pub pid: u32,
    /// `miner` or `validator`.
    pub role: String,
    /// Where it answers.
    pub http: String,
    /// Its hotkey, ss58.
    pub hotkey: String,
    /// Its subnet.
    pub netuid: u16,
    /// Its slot.
    pub uid: u16,
    /// Where its models run.
    pub device: String,
}

impl Listening {
    /// Prints it.
    pub fn print(&self) {
        let line = serde_json::to_string(self).unwrap_or_default();
        let mut output = std::io::stdout().lock();
        // A parent that does not read is no reason to stop.
        let _ = writeln!(output, "{line}").and_then(|()| output.flush());
    }
}

/// Listens on an address; port 0 takes a free one. Tells the address that it got.
///
/// # Errors
/// The address is taken, or not this machine's.
pub async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |error| ServeError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
