//! Shows the ends of all chains that may still win to peers that come.
//!
//! A vote counts only where its block is. A node that was cut off or killed may have voted for a block that few others
//! have, on a fork that nobody builds on any more; nobody announces such a block again, and GRANDPA by itself asks for
//! it after 15 to 20 seconds only, which is a block's time on a chain of 12 seconds and 40 blocks on a fast one.

use super::{Backend, Block};
use futures::StreamExt;
use polkadot_sdk::sc_client_api::Backend as _;
use polkadot_sdk::sc_network::NetworkBlock;
use polkadot_sdk::sc_network_sync::{SyncEvent, SyncEventStream, SyncingService};
use polkadot_sdk::sc_service::TaskManager;
use polkadot_sdk::sp_blockchain::{Backend as _, HeaderBackend};
use polkadot_sdk::sp_core::H256;
use std::sync::Arc;

/// Announces them whenever a peer connects; who knows a block already is not told again.
pub fn start(tasks: &TaskManager, backend: Arc<Backend>, sync: Arc<SyncingService<Block>>) {
    let mut events = sync.event_stream("forks");
    tasks.spawn_handle().spawn("forks", Some("networking"), async move {
        while let Some(event) = events.next().await {
            if let SyncEvent::PeerConnected { .. } = event {
                for end in open_ends(&backend) {
                    sync.announce_block(end, None);
                }
            }
        }
    });
}

/// The last blocks of all chains that are not final. Nothing if the database cannot be read, which others report.
fn open_ends(backend: &Backend) -> Vec<H256> {
    let chain = backend.blockchain();
    let finalized = chain.info().finalized_number;
    let is_open = |hash: &H256| chain.number(*hash).is_ok_and(|number| number > Some(finalized));
    chain.leaves().unwrap_or_default().into_iter().filter(is_open).collect()
}
