//! The network of a node: the SDK's, with a strategy of syncing that suits a node whose peers are chosen.

use super::steadfast::Steadfast;
use super::{Backend, Block, Client, Network, Pool, reserved};
use crate::Error;
use polkadot_sdk::sc_consensus::{DefaultImportQueue, ImportQueue as _};
use polkadot_sdk::sc_consensus_grandpa::warp_proof::NetworkProvider;
use polkadot_sdk::sc_network::NotificationMetrics;
use polkadot_sdk::sc_network::config::FullNetworkConfiguration;
use polkadot_sdk::sc_network::service::traits::NetworkService;
use polkadot_sdk::sc_network_common::role::Roles;
use polkadot_sdk::sc_network_sync::SyncingService;
use polkadot_sdk::sc_network_sync::engine::SyncingEngine;
use polkadot_sdk::sc_network_sync::service::network::NetworkServiceProvider;
use polkadot_sdk::sc_service::{
    self, BuildNetworkAdvancedParams, Configuration, TaskManager, WarpSyncConfig,
};
use polkadot_sdk::sp_blockchain::HeaderBackend;
use polkadot_sdk::sp_consensus::block_validation::DefaultBlockAnnounceValidator;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::{sc_network_transactions, sc_rpc, sc_utils};
use std::sync::Arc;

/// What a network is made of.
pub struct Parts {
    /// The chain.
    pub client: Arc<Client>,
    /// The transactions that are told to peers.
    pub pool: Arc<Pool>,
    /// Where blocks of peers go.
    pub import_queue: DefaultImportQueue<Block>,
    /// What proves finality to those who sync by state.
    pub warp_sync: Arc<NetworkProvider<Block, Backend>>,
    /// What it counts.
    pub metrics: NotificationMetrics,
}

/// A network that is about to run.
pub struct Built {
    /// The network.
    pub network: Arc<dyn NetworkService>,
    /// Where the RPC asks about it.
    pub system_rpc_tx: sc_utils::mpsc::TracingUnboundedSender<sc_rpc::system::Request<Block>>,
    /// What tells peers of transactions.
    pub tx_handler_controller: sc_network_transactions::TransactionsHandlerController<H256>,
    /// Which blocks peers have.
    pub sync: Arc<SyncingService<Block>>,
}

/// Builds it, as `sc_service::build_network` does, but for the strategy of a node that wants reserved peers alone.
///
/// # Errors
/// If the configuration makes no sense.
pub fn build(
    config: &Configuration,
    mut wanted: FullNetworkConfiguration<Block, H256, Network>,
    parts: Parts,
    tasks: &TaskManager,
) -> Result<Built, Error> {
    let Parts { client, pool, import_queue, warp_sync, metrics } = parts;
    let provider = NetworkServiceProvider::new();
    let (protocol_id, fork_id) = (config.protocol_id(), config.chain_spec.fork_id());
    let metrics_registry = config.prometheus_config.as_ref().map(|config| &config.registry);
    let peers = &config.network.default_peers_set;
    let block_downloader = sc_service::build_default_block_downloader(
        &protocol_id,
        fork_id,
        &mut wanted,
        provider.handle(),
        client.clone(),
        (peers.in_peers + peers.out_peers) as usize,
        &tasks.spawn_handle(),
    );
    let mut strategy = sc_service::build_polkadot_syncing_strategy(
        protocol_id.clone(),
        fork_id,
        &mut wanted,
        Some(WarpSyncConfig::WithProvider(warp_sync)),
        block_downloader,
        client.clone(),
        &tasks.spawn_handle(),
        metrics_registry,
        sc_service::default_gap_sync_body_policy(config.blocks_pruning),
    )?;
    if reserved::alone(peers) {
        let genesis = client.info().genesis_hash;
        strategy = Box::new(Steadfast::new(strategy, genesis));
    }
    let (engine, sync_service, block_announce_config) = SyncingEngine::new(
        Roles::from(&config.role),
        client.clone(),
        metrics_registry,
        metrics.clone(),
        &wanted,
        protocol_id.clone(),
        fork_id,
        Box::new(DefaultBlockAnnounceValidator),
        strategy,
        provider.handle(),
        import_queue.service(),
        wanted.peer_store_handle(),
    )
    .map_err(sc_service::Error::from)?;
    tasks.spawn_essential_handle().spawn_blocking("syncing", None, engine.run());
    let (network, system_rpc_tx, tx_handler_controller, sync, _bitswap) =
        sc_service::build_network_advanced(BuildNetworkAdvancedParams {
            role: config.role,
            protocol_id,
            fork_id,
            announce_block: config.announce_block,
            net_config: wanted,
            client,
            transaction_pool: pool,
            spawn_handle: tasks.spawn_handle(),
            spawn_essential_handle: tasks.spawn_essential_handle(),
            import_queue,
            sync_service,
            block_announce_config,
            network_service_provider: provider,
            metrics_registry,
            metrics,
            blocks_pruning: config.blocks_pruning,
        })?;
    Ok(Built { network, system_rpc_tx, tx_handler_controller, sync })
}
