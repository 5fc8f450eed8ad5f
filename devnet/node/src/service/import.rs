//! What a block from another node must show before it is taken.

use super::{Block, BlockImport, Client, Options};
use crate::Error;
use crate::sealing::live;
use crate::sealing::unsealed::UnsealedVerifier;
use polkadot_sdk::sc_consensus::{BasicQueue, DefaultImportQueue};
use polkadot_sdk::sc_consensus_aura::{self, CheckForEquivocation, CompatibilityMode, ImportQueueParams};
use polkadot_sdk::sc_service::{self, Configuration, TaskManager};
use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityPair;
use std::sync::Arc;

/// The queue of blocks to import: with seals and the clock in live pace, without in the others.
///
/// # Errors
/// [`Error::Service`] if the SDK cannot make it.
pub fn queue(
    options: &Options,
    client: &Arc<Client>,
    block_import: &BlockImport,
    config: &Configuration,
    tasks: &TaskManager,
) -> Result<DefaultImportQueue<Block>, Error> {
    let spawner = &tasks.spawn_essential_handle();
    let registry = config.prometheus_registry();
    let justification_import = Box::new(block_import.clone());
    if options.sealing.is_some() {
        let import = Box::new(block_import.clone());
        return Ok(BasicQueue::new(UnsealedVerifier, import, Some(justification_import), spawner, registry));
    }
    let clock = options.clock;
    sc_consensus_aura::import_queue::<AuthorityPair, _, _, _, _, _>(ImportQueueParams {
        block_import: block_import.clone(),
        justification_import: Some(justification_import),
        client: client.clone(),
        create_inherent_data_providers: move |_, ()| async move { Ok(live::inherents(clock)) },
        spawner,
        registry,
        check_for_equivocation: CheckForEquivocation::Yes,
        telemetry: None,
        compatibility_mode: CompatibilityMode::None,
    })
    .map_err(|error| sc_service::Error::from(error).into())
}
