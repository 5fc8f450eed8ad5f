//! Network keys of nodes, drawn from their names, so that addresses are known before anything runs.

use libp2p_identity::{Keypair, PeerId};
use polkadot_sdk::sp_io::hashing::blake2_256;

/// The key by which a node is known to its peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeKey {
    secret: [u8; 32],
    peer: PeerId,
}

impl NodeKey {
    /// The key of a node's name. It protects nothing: whoever knows the name has it.
    pub fn of(name: &str) -> Self {
        let secret = blake2_256(format!("assay node {name}").as_bytes());
        let pair = Keypair::ed25519_from_bytes(secret)
            .unwrap_or_else(|_| unreachable!("any 32 bytes are a secret of ed25519"));
        Self { secret, peer: pair.public().to_peer_id() }
    }

    /// The secret in hexadecimal, as `--node-key` takes it.
    pub fn secret(&self) -> String {
        polkadot_sdk::sp_core::bytes::to_hex(&self.secret, false).trim_start_matches("0x").to_owned()
    }

    /// The id by which others dial it.
    pub fn peer(&self) -> String {
        self.peer.to_base58()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_key() {
        assert_eq!(NodeKey::of("One"), NodeKey::of("One"));
        assert_ne!(NodeKey::of("One"), NodeKey::of("Two"));
        assert!(NodeKey::of("One").peer().starts_with("12D3KooW"));
        assert_eq!(NodeKey::of("One").secret().len(), 64);
    }
}
