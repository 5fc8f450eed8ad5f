//! Syncing with peers that stay.
//!
//! The SDK's strategy parts from a peer whose answer it does not like, and from one that goes away in the middle of an
//! answer it asks nothing for a minute or two: there are others. A node that wants reserved peers alone has no others,
//! and does not part from them either; what is left is a peer that it never asks again. In a devnet both happen to honest
//! nodes all the time. Links are cut. And a node whose best block was given up when another fork became final has, until
//! it makes the next one, no block of a height that it has announced: who looks for the block that they have in common
//! gets no answer, and goes on looking for ever. Once two or three nodes do not hear each other, each of them builds a
//! fork of its own, and nothing becomes final until one of them happens to start over.
//!
//! A request that fails, because the peer has just been started again, is busy or does not like so many, is no different:
//! the peer is to be parted from, is not, and the strategy waits for the answer for ever.
//!
//! So here nobody is given up. A peer that goes is forgotten, with whatever it was asked; one that has answered badly, or
//! not, is forgotten for a moment ([`PAUSE`]), and then met anew. It is not reported either: the network does not dial who
//! is in disrepute.
//!
//! Nor is a block given up that a peer announced while the strategy had something else in mind, such as the block that
//! they have in common. It may be on a fork that nobody builds on any more, and still have votes, which count nowhere
//! but where the block is; GRANDPA by itself asks for it after 15 to 20 seconds. It is asked for when the moment is over.

use super::Block;
use assay_runtime::Header;
use polkadot_sdk::sc_consensus::{BlockImportError, BlockImportStatus};
use polkadot_sdk::sc_network::PeerId;
use polkadot_sdk::sc_network::types::ProtocolName;
use polkadot_sdk::sc_network_common::sync::message::BlockAnnounce;
use polkadot_sdk::sc_network_sync::SyncStatus;
use polkadot_sdk::sc_network_sync::service::network::NetworkServiceHandle;
use polkadot_sdk::sc_network_sync::strategy::{StrategyKey, SyncingAction, SyncingStrategy};
use polkadot_sdk::sc_network_sync::types::BadPeer;
use polkadot_sdk::sp_blockchain;
use polkadot_sdk::sp_core::H256;
use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How long a peer is left alone that has answered badly, and the strategy may take to fetch what was announced: time
/// enough for two blocks of a fast chain.
const PAUSE: Duration = Duration::from_millis(500);

/// A peer that is connected.
struct Peer {
    /// Its best block, as far as it has told.
    best: (H256, u32),
    /// Until when it is left alone.
    paused: Option<Instant>,
}

/// A block that was announced.
struct Announced {
    by: PeerId,
    hash: H256,
    number: u32,
    /// When it is asked for.
    due: Instant,
}

/// The SDK's strategy, kept from giving up on anybody.
pub struct Steadfast {
    inner: Box<dyn SyncingStrategy<Block>>,
    genesis: H256,
    peers: HashMap<PeerId, Peer>,
    /// The blocks announced of late, the oldest first.
    announced: VecDeque<Announced>,
    /// Who has let a request fail, from the requests.
    failed: Receiver<PeerId>,
    /// What each request gets to tell that.
    fails: Sender<PeerId>,
}

impl Steadfast {
    /// Keeps a strategy from giving up on peers, on the chain of this first block.
    pub fn new(inner: Box<dyn SyncingStrategy<Block>>, genesis: H256) -> Self {
        let (fails, failed) = channel();
        Self { inner, genesis, peers: HashMap::new(), announced: VecDeque::new(), failed, fails }
    }

    /// Has the SDK's strategy forget a peer, and whatever it was asked. A peer that is added is one that nothing was
    /// asked yet, and no question is open to one that has the first block alone.
    fn forget(&mut self, peer: &PeerId) {
        self.inner.add_peer(*peer, self.genesis, 0);
        self.inner.remove_peer(peer);
    }

    /// Leaves a peer alone for a while, unless it is left alone already.
    fn pause(&mut self, peer: &PeerId, now: Instant) {
        if let Some(known) = self.peers.get_mut(peer)
            && known.paused.is_none()
        {
            known.paused = Some(now + PAUSE);
            self.forget(peer);
        }
    }

    /// Meets those again whose pause is over.
    fn meet_again(&mut self, now: Instant) {
        for (id, peer) in &mut self.peers {
            if peer.paused.is_some_and(|until| until <= now) {
                peer.paused = None;
                self.inner.add_peer(*id, peer.best.0, peer.best.1);
            }
        }
    }

    /// Asks for the blocks that were announced a while ago. The inner strategy lets those be that it has by now.
    fn ask_again(&mut self, now: Instant) {
        let due = self.announced.iter().take_while(|block| block.due <= now).count();
        for block in self.announced.drain(..due) {
            if self.peers.contains_key(&block.by) {
                self.inner.set_sync_fork_request(vec![block.by], &block.hash, block.number);
            }
        }
    }

    /// The action as it is to be carried out: no request to a peer that is left alone, and a request whose failure is
    /// noticed.
    fn watched(&self, action: SyncingAction<Block>) -> Option<SyncingAction<Block>> {
        let SyncingAction::StartRequest { peer_id, key, request } = action else {
            return Some(action);
        };
        if self.is_paused(&peer_id) {
            return None;
        }
        let fails = self.fails.clone();
        let request = Box::pin(async move {
            let answer = request.await;
            if !matches!(answer, Ok(Ok(_))) {
                // Nobody listens once the strategy is gone.
                let _ = fails.send(peer_id);
            }
            answer
        });
        Some(SyncingAction::StartRequest { peer_id, key, request })
    }

    /// What is to be done at a time.
    fn actions_at(
        &mut self,
        now: Instant,
        network_service: &NetworkServiceHandle,
    ) -> Result<Vec<SyncingAction<Block>>, sp_blockchain::Error> {
        self.meet_again(now);
        self.ask_again(now);
        while let Ok(peer) = self.failed.try_recv() {
            self.pause(&peer, now);
        }
        let mut actions = self.inner.actions(network_service)?;
        for action in &mut actions {
            if let SyncingAction::DropPeer(BadPeer(peer, report)) = action {
                // The action is left: who carries it out lets go of what the peer was asked.
                report.value = 0;
                self.pause(peer, now);
            }
        }
        Ok(actions.into_iter().filter_map(|action| self.watched(action)).collect())
    }

    fn is_paused(&self, peer: &PeerId) -> bool {
        self.peers.get(peer).is_some_and(|peer| peer.paused.is_some())
    }
}

impl SyncingStrategy<Block> for Steadfast {
    fn add_peer(&mut self, peer_id: PeerId, best_hash: H256, best_number: u32) {
        self.peers.insert(peer_id, Peer { best: (best_hash, best_number), paused: None });
        self.inner.add_peer(peer_id, best_hash, best_number);
    }

    fn remove_peer(&mut self, peer_id: &PeerId) {
        let met = self.peers.remove(peer_id);
        if met.is_some_and(|peer| peer.paused.is_none()) {
            self.forget(peer_id);
        }
    }

    fn on_validated_block_announce(
        &mut self,
        is_best: bool,
        peer_id: PeerId,
        announce: &BlockAnnounce<Header>,
    ) -> Option<(H256, u32)> {
        let (hash, number) = (announce.header.hash(), announce.header.number);
        self.announced.push_back(Announced { by: peer_id, hash, number, due: Instant::now() + PAUSE });
        if let Some(peer) = self.peers.get_mut(&peer_id).filter(|_| is_best) {
            peer.best = (hash, number);
        }
        if self.is_paused(&peer_id) {
            return is_best.then_some((hash, number));
        }
        self.inner.on_validated_block_announce(is_best, peer_id, announce)
    }

    fn set_sync_fork_request(&mut self, peers: Vec<PeerId>, hash: &H256, number: u32) {
        self.inner.set_sync_fork_request(peers, hash, number);
    }

    fn request_justification(&mut self, hash: &H256, number: u32) {
        self.inner.request_justification(hash, number);
    }

    fn clear_justification_requests(&mut self) {
        self.inner.clear_justification_requests();
    }

    fn on_justification_import(&mut self, hash: H256, number: u32, success: bool) {
        self.inner.on_justification_import(hash, number, success);
    }

    fn on_generic_response(
        &mut self,
        peer_id: &PeerId,
        key: StrategyKey,
        protocol_name: ProtocolName,
        response: Box<dyn Any + Send>,
    ) {
        self.inner.on_generic_response(peer_id, key, protocol_name, response);
    }

    fn on_blocks_processed(
        &mut self,
        imported: usize,
        count: usize,
        results: Vec<(Result<BlockImportStatus<u32>, BlockImportError>, H256)>,
    ) {
        self.inner.on_blocks_processed(imported, count, results);
    }

    fn on_block_finalized(&mut self, hash: &H256, number: u32) {
        self.inner.on_block_finalized(hash, number);
    }

    fn update_chain_info(&mut self, best_hash: &H256, best_number: u32) {
        self.inner.update_chain_info(best_hash, best_number);
    }

    fn is_major_syncing(&self) -> bool {
        self.inner.is_major_syncing()
    }

    fn num_peers(&self) -> usize {
        self.peers.len()
    }

    fn status(&self) -> SyncStatus<Block> {
        self.inner.status()
    }

    fn num_downloaded_blocks(&self) -> usize {
        self.inner.num_downloaded_blocks()
    }

    fn num_sync_requests(&self) -> usize {
        self.inner.num_sync_requests()
    }

    fn actions(
        &mut self,
        network_service: &NetworkServiceHandle,
    ) -> Result<Vec<SyncingAction<Block>>, sp_blockchain::Error> {
        self.actions_at(Instant::now(), network_service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use polkadot_sdk::sc_network::ReputationChange;
    use polkadot_sdk::sc_network::request_responses::RequestFailure;
    use polkadot_sdk::sc_network_sync::SyncState;
    use polkadot_sdk::sc_network_sync::service::network::NetworkServiceProvider;
    use polkadot_sdk::sp_runtime::Digest;
    use std::sync::{Arc, Mutex};

    /// What the inner strategy was told, and the peers that it parts from and those that it asks next.
    #[derive(Clone, Default)]
    struct Told {
        calls: Arc<Mutex<Vec<String>>>,
        drops: Arc<Mutex<Vec<PeerId>>>,
        asks: Arc<Mutex<Vec<PeerId>>>,
    }

    impl Told {
        fn note(&self, call: String) {
            self.calls.lock().unwrap().push(call);
        }

        fn calls(&self) -> Vec<String> {
            std::mem::take(&mut *self.calls.lock().unwrap())
        }

        fn parts_from(&self, peer: PeerId) {
            self.drops.lock().unwrap().push(peer);
        }

        fn asks(&self, peer: PeerId) {
            self.asks.lock().unwrap().push(peer);
        }
    }

    impl SyncingStrategy<Block> for Told {
        fn add_peer(&mut self, _: PeerId, _: H256, number: u32) {
            self.note(format!("add at {number}"));
        }
        fn remove_peer(&mut self, _: &PeerId) {
            self.note("remove".into());
        }
        fn on_validated_block_announce(
            &mut self,
            _: bool,
            _: PeerId,
            announce: &BlockAnnounce<Header>,
        ) -> Option<(H256, u32)> {
            self.note(format!("announced {}", announce.header.number));
            None
        }
        fn set_sync_fork_request(&mut self, _: Vec<PeerId>, _: &H256, number: u32) {
            self.note(format!("fork {number}"));
        }
        fn request_justification(&mut self, _: &H256, _: u32) {}
        fn clear_justification_requests(&mut self) {}
        fn on_justification_import(&mut self, _: H256, _: u32, _: bool) {}
        fn on_generic_response(
            &mut self,
            _: &PeerId,
            _: StrategyKey,
            _: ProtocolName,
            _: Box<dyn Any + Send>,
        ) {
        }
        fn on_blocks_processed(
            &mut self,
            _: usize,
            _: usize,
            _: Vec<(Result<BlockImportStatus<u32>, BlockImportError>, H256)>,
        ) {
        }
        fn on_block_finalized(&mut self, _: &H256, _: u32) {}
        fn update_chain_info(&mut self, _: &H256, _: u32) {}
        fn is_major_syncing(&self) -> bool {
            false
        }
        fn num_peers(&self) -> usize {
            0
        }
        fn status(&self) -> SyncStatus<Block> {
            SyncStatus {
                state: SyncState::Idle,
                best_seen_block: None,
                num_peers: 0,
                queued_blocks: 0,
                state_sync: None,
                warp_sync: None,
            }
        }
        fn num_downloaded_blocks(&self) -> usize {
            0
        }
        fn num_sync_requests(&self) -> usize {
            0
        }
        fn actions(
            &mut self,
            _: &NetworkServiceHandle,
        ) -> Result<Vec<SyncingAction<Block>>, sp_blockchain::Error> {
            let drops = std::mem::take(&mut *self.drops.lock().unwrap()).into_iter();
            let report = |peer| SyncingAction::DropPeer(BadPeer(peer, ReputationChange::new_fatal("bad")));
            // A question to the same peer, as one for a fork comes right after one that was answered with nothing.
            let ask = |peer_id| SyncingAction::StartRequest {
                peer_id,
                key: StrategyKey::new("blocks"),
                request: Box::pin(std::future::ready(Ok(Err(RequestFailure::Refused)))),
            };
            let asks = std::mem::take(&mut *self.asks.lock().unwrap()).into_iter().map(ask);
            Ok(drops.flat_map(|peer| [report(peer), ask(peer)]).chain(asks).collect())
        }
    }

    fn met() -> (Steadfast, Told, PeerId, Instant) {
        let (told, peer) = (Told::default(), PeerId::random());
        let mut steadfast = Steadfast::new(Box::new(told.clone()), H256::zero());
        steadfast.add_peer(peer, H256::repeat_byte(7), 7);
        assert_eq!(told.calls(), ["add at 7"]);
        (steadfast, told, peer, Instant::now())
    }

    /// What is to be done at a time.
    fn actions(steadfast: &mut Steadfast, now: Instant) -> Vec<SyncingAction<Block>> {
        steadfast.actions_at(now, &NetworkServiceProvider::new().handle()).unwrap()
    }

    /// What is to be done when a pause has passed since now.
    fn later(steadfast: &mut Steadfast) -> Vec<SyncingAction<Block>> {
        actions(steadfast, Instant::now() + PAUSE)
    }

    fn announces(steadfast: &mut Steadfast, peer: PeerId, number: u32) -> Option<u32> {
        let header = Header {
            number,
            parent_hash: H256::zero(),
            state_root: H256::zero(),
            extrinsics_root: H256::zero(),
            digest: Digest::default(),
        };
        let announce = BlockAnnounce { header, state: None, data: None };
        steadfast.on_validated_block_announce(true, peer, &announce).map(|(_, number)| number)
    }

    #[test]
    fn who_goes_away_takes_its_questions_along() {
        let (mut steadfast, told, peer, _) = met();
        steadfast.remove_peer(&peer);
        // Nothing is open to a peer that has block 0, so nothing is held against it.
        assert_eq!(told.calls(), ["add at 0", "remove"]);
        assert_eq!(steadfast.num_peers(), 0);
    }

    #[test]
    fn who_answers_badly_is_met_again_at_its_best_block() {
        let (mut steadfast, told, peer, now) = met();
        told.parts_from(peer);
        let done = actions(&mut steadfast, now);
        // It is let go of, asked nothing and not reported.
        assert!(
            matches!(&done[..], [SyncingAction::DropPeer(BadPeer(dropped, report))] if *dropped == peer && report.value == 0),
            "{done:?}"
        );
        assert_eq!(told.calls(), ["add at 0", "remove"]);
        // What it announces meanwhile is kept.
        assert_eq!(announces(&mut steadfast, peer, 9), Some(9));
        assert!(actions(&mut steadfast, now).is_empty());
        assert_eq!((told.calls(), steadfast.num_peers()), (Vec::new(), 1));
        assert!(later(&mut steadfast).is_empty());
        assert_eq!(told.calls(), ["add at 9", "fork 9"]);
        assert_eq!(announces(&mut steadfast, peer, 10), None);
        assert_eq!(told.calls(), ["announced 10"]);
    }

    #[test]
    fn who_lets_a_request_fail_is_met_again() {
        let (mut steadfast, told, peer, now) = met();
        told.asks(peer);
        let mut asked = actions(&mut steadfast, now);
        let Some(SyncingAction::StartRequest { request, .. }) = asked.pop() else {
            panic!("it is asked: {asked:?}");
        };
        assert!(told.calls().is_empty());
        // Whoever asked is told of the failure all the same.
        assert!(matches!(request.now_or_never(), Some(Ok(Err(RequestFailure::Refused)))));
        assert!(actions(&mut steadfast, now).is_empty());
        assert_eq!(told.calls(), ["add at 0", "remove"]);
        later(&mut steadfast);
        assert_eq!(told.calls(), ["add at 7"]);
    }

    #[test]
    fn what_was_announced_is_asked_for_once() {
        let (mut steadfast, told, peer, now) = met();
        announces(&mut steadfast, peer, 8);
        actions(&mut steadfast, now);
        assert_eq!(told.calls(), ["announced 8"]);
        later(&mut steadfast);
        later(&mut steadfast);
        assert_eq!(told.calls(), ["fork 8"]);
        // Not of a peer that is gone.
        announces(&mut steadfast, peer, 9);
        steadfast.remove_peer(&peer);
        later(&mut steadfast);
        assert_eq!(told.calls(), ["announced 9", "add at 0", "remove"]);
    }

    #[test]
    fn who_goes_away_in_its_pause_is_not_met_again() {
        let (mut steadfast, told, peer, now) = met();
        told.parts_from(peer);
        actions(&mut steadfast, now);
        told.calls();
        steadfast.remove_peer(&peer);
        assert!(later(&mut steadfast).is_empty());
        assert!(told.calls().is_empty());
    }
}
