//! Blocks by the clock: Aura, on the node's own clock instead of the system's.

use crate::clock::Clock;
use crate::service::{Block, BlockImport, Client, Pool, SLOT_DURATION, SelectChain};
use polkadot_sdk::sc_basic_authorship::ProposerFactory;
use polkadot_sdk::sc_consensus_aura::{
    BuildAuraWorkerParams, CompatibilityMode, SlotProportion, build_aura_worker, find_pre_digest,
};
use polkadot_sdk::sc_consensus_slots::{SimpleSlotWorkerToSlotWorker, SlotInfo, SlotWorker};
use polkadot_sdk::sc_network_sync::SyncingService;
use polkadot_sdk::sp_consensus::{SelectChain as _, SyncOracle};
use polkadot_sdk::sp_consensus_aura::sr25519::{AuthorityPair, AuthoritySignature};
use polkadot_sdk::sp_keystore::KeystorePtr;
use polkadot_sdk::{sc_service, sp_consensus_aura, sp_timestamp};
use std::sync::Arc;
use std::time::Instant;

/// The inherent data of a moment of the clock, slot first, as Aura's verifier and worker want it.
pub type Inherents = (sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider);

/// The inherent data of now.
pub fn inherents(clock: Clock) -> Inherents {
    let timestamp = sp_timestamp::InherentDataProvider::new(clock.timestamp());
    let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
        *timestamp,
        SLOT_DURATION,
    );
    (slot, timestamp)
}

/// What an authority needs to make blocks in its slots.
pub struct Author {
    /// The clock.
    pub clock: Clock,
    /// The chain.
    pub client: Arc<Client>,
    /// Which fork to build on.
    pub select_chain: SelectChain,
    /// Where blocks go.
    pub block_import: BlockImport,
    /// What waits.
    pub pool: Arc<Pool>,
    /// The keys.
    pub keystore: KeystorePtr,
    /// Whether the node is busy catching up.
    pub sync: Arc<SyncingService<Block>>,
    /// Make blocks also without any peer.
    pub force_authoring: bool,
}

/// Starts making blocks in the slots of the authorities whose keys the node holds.
pub fn start(author: Author, tasks: &sc_service::TaskManager) {
    let Author { clock, client, select_chain, block_import, pool, keystore, sync, force_authoring } = author;
    let proposer_factory = ProposerFactory::new(tasks.spawn_handle(), client.clone(), pool, None, None);
    let worker = build_aura_worker::<AuthorityPair, _, _, _, _, _, _, _, _>(BuildAuraWorkerParams {
        client,
        block_import,
        proposer_factory,
        sync_oracle: sync.clone(),
        justification_sync_link: sync.clone(),
        force_authoring,
        // A chain that cannot finalise goes on making blocks: what happens then is what devnets are for.
        backoff_authoring_blocks: None::<()>,
        keystore,
        block_proposal_slot_portion: SlotProportion::new(0.66),
        max_block_proposal_slot_portion: None,
        telemetry: None,
        compatibility_mode: CompatibilityMode::None,
    });
    let mut worker = SimpleSlotWorkerToSlotWorker(worker);
    tasks.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), async move {
        loop {
            let next = clock.slot(SLOT_DURATION) + 1;
            tokio::time::sleep(clock.until(next, SLOT_DURATION)).await;
            if sync.is_major_syncing() {
                log::debug!(target: "aura", "Skipping slot {next}: the node is catching up");
                continue;
            }
            if let Some(slot) = slot_info(clock, &select_chain).await {
                let _ = worker.on_slot(slot).await;
            }
        }
    });
}

/// The slot that the clock stands in, if the chain is not there already.
async fn slot_info(clock: Clock, select_chain: &SelectChain) -> Option<SlotInfo<Block>> {
    let chain_head = match select_chain.best_chain().await {
        Ok(head) => head,
        Err(error) => {
            log::warn!(target: "aura", "No block in this slot: the best chain is not known ({error})");
            return None;
        }
    };
    let slot = clock.slot(SLOT_DURATION);
    let last = find_pre_digest::<Block, AuthoritySignature>(&chain_head).unwrap_or_default();
    if last >= slot {
        log::debug!(target: "aura", "Skipping slot {slot}: the chain is in slot {last}");
        return None;
    }
    Some(SlotInfo {
        slot,
        ends_at: Instant::now() + clock.until(slot + 1, SLOT_DURATION),
        create_inherent_data: Box::new(inherents(clock)),
        duration: clock.world(SLOT_DURATION.as_millis()),
        chain_head,
        block_size_limit: None,
        storage_proof_recorder: None,
    })
}
