//! Blocks on demand, through the SDK's manual seal: `manual`, `instant` and every so many milliseconds.

use super::{Sealing, unsealed};
use crate::service::{Block, Client, Pool, SLOT_DURATION, SelectChain};
use futures::channel::mpsc;
use futures::stream::{self, BoxStream, StreamExt};
use polkadot_sdk::sc_basic_authorship::ProposerFactory;
use polkadot_sdk::sc_consensus_manual_seal::consensus::aura::AuraConsensusDataProvider;
use polkadot_sdk::sc_consensus_manual_seal::{EngineCommand, ManualSealParams, run_manual_seal};
use polkadot_sdk::sc_transaction_pool_api::TransactionPool;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::{sc_service, sp_timestamp};
use std::sync::Arc;
use tokio::time::{MissedTickBehavior, interval};

/// Commands to the task that makes blocks.
pub type Command = EngineCommand<H256>;

/// Starts making blocks in one of the three ways; `asked` are the commands of the RPC.
pub fn start(
    sealing: Sealing,
    tasks: &sc_service::TaskManager,
    client: &Arc<Client>,
    pool: &Arc<Pool>,
    select_chain: SelectChain,
    asked: mpsc::Receiver<Command>,
) {
    let env = ProposerFactory::new(tasks.spawn_handle(), client.clone(), pool.clone(), None, None);
    let parents = client.clone();
    let run = run_manual_seal(ManualSealParams {
        block_import: client.clone(),
        env,
        client: client.clone(),
        pool: pool.clone(),
        commands_stream: stream::select(asked, by_itself(sealing, pool)),
        select_chain,
        consensus_data_provider: Some(Box::new(AuraConsensusDataProvider::<Block>::new_with_slot_duration(
            SLOT_DURATION,
        ))),
        create_inherent_data_providers: move |parent, ()| {
            let parent = unsealed::header(&parents, parent);
            async move {
                let slot = unsealed::next_slot(&parent?);
                Ok(sp_timestamp::InherentDataProvider::new(unsealed::timestamp(slot)))
            }
        },
    });
    tasks.spawn_essential_handle().spawn_blocking("sealing", Some("block-authoring"), run);
}

/// The commands that need no RPC.
fn by_itself(sealing: Sealing, pool: &Arc<Pool>) -> BoxStream<'static, Command> {
    match sealing {
        Sealing::Manual | Sealing::Paced => stream::pending().boxed(),
        Sealing::Instant => {
            let pool = pool.clone();
            pool.clone()
                .import_notification_stream()
                .filter_map(move |_| {
                    // Several that arrived together share the first one's block.
                    let waiting = pool.status().ready > 0;
                    async move { waiting.then(make_block) }
                })
                .boxed()
        }
        Sealing::Every(period) => {
            let mut ticks = interval(period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            stream::unfold(ticks, |mut ticks| async move {
                ticks.tick().await;
                Some((make_block(), ticks))
            })
            .boxed()
        }
    }
}

fn make_block() -> Command {
    EngineCommand::SealNewBlock { create_empty: true, finalize: true, parent_hash: None, sender: None }
}
