//! Nodes that talk to reserved peers alone dial them where they were told to, and nowhere else.
//!
//! Peers tell each other all addresses they know: where they listen, and where they themselves dial others. A devnet puts
//! a link of its own between any two nodes, so an address that somebody else told would lead past it, and a partition
//! would last until the next dial. So where only reserved peers are wanted, addresses in private networks are not learned,
//! and reserved peers are kept out of what the node tells about others (the table of Kademlia, which cannot be left out),
//! where the SDK puts everything that its configuration names.

use crate::Error;
use polkadot_sdk::sc_network::config::{
    MultiaddrWithPeerId, NetworkConfiguration, NonReservedPeerMode, SetConfig,
};
use polkadot_sdk::sc_network::service::traits::NetworkService;
use std::sync::Arc;

/// Whether a node wants reserved peers alone.
pub fn alone(peers: &SetConfig) -> bool {
    peers.non_reserved_mode == NonReservedPeerMode::Deny
}

/// Takes the reserved peers out of the configuration of a node that wants no others.
pub fn set_apart(config: &mut NetworkConfiguration) -> Vec<MultiaddrWithPeerId> {
    let peers = &mut config.default_peers_set;
    if !alone(peers) {
        return Vec::new();
    }
    config.allow_non_globals_in_dht = false;
    std::mem::take(&mut peers.reserved_nodes)
}

/// Adds them to a network that runs.
///
/// # Errors
/// [`Error::Usage`] if one of them is the node itself.
pub fn add(peers: &[MultiaddrWithPeerId], network: &Arc<dyn NetworkService>) -> Result<(), Error> {
    for peer in peers {
        let added = network.add_reserved_peer(peer.clone());
        added.map_err(|problem| Error::Usage(format!("the reserved peer {peer}: {problem}")))?;
    }
    Ok(())
}
