//! The line of JSON that says where a node listens.

use polkadot_sdk::sc_network::Multiaddr;
use polkadot_sdk::sc_network::multiaddr::Protocol;
use serde::Serialize;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// What a node prints on standard output, as one line of JSON, once it answers.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename = "listening")]
pub struct Listening {
    /// The process.
    pub pid: u32,
    /// Where JSON-RPC answers: WebSocket, and HTTP at the same address.
    pub rpc: String,
    /// Where other nodes can dial it.
    pub p2p: String,
    /// Where its metrics are.
    pub prometheus: Option<String>,
    /// Hash of its block 0.
    pub genesis: String,
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

/// The address with a port of TCP over IPv4 to reach this machine at: loopback if it listens there.
pub fn tcp_v4(addresses: &[Multiaddr]) -> Option<SocketAddr> {
    let reachable: Vec<_> = addresses.iter().filter_map(ipv4).collect();
    let local = reachable.iter().find(|address| address.ip().is_loopback());
    local.or(reachable.first()).copied()
}

fn ipv4(address: &Multiaddr) -> Option<SocketAddr> {
    let mut parts = address.iter();
    match (parts.next(), parts.next()) {
        (Some(Protocol::Ip4(ip)), Some(Protocol::Tcp(port))) => {
            let ip = if ip.is_unspecified() { Ipv4Addr::LOCALHOST } else { ip };
            Some(SocketAddr::new(IpAddr::V4(ip), port))
        }
        _ => None,
    }
}
