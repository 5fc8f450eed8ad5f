//! Putting the node together.

mod finality;
mod forks;
mod import;
mod keys;
mod metrics;
mod network;
mod reserved;
mod steadfast;

use crate::clock::Clock;
use crate::executor::{Executor, Native};
use crate::listening::{Listening, tcp_v4};
use crate::sealing::{self, Sealing};
use crate::{Error, rpc};
use assay_runtime::apis::RuntimeApi;
use futures::channel::mpsc;
use polkadot_sdk::sc_consensus::LongestChain;
use polkadot_sdk::sc_consensus_grandpa::{self, GrandpaBlockImport, LinkHalf};
use polkadot_sdk::sc_network::config::{FullNetworkConfiguration, NetworkBackendType};
use polkadot_sdk::sc_network::{Litep2pNetworkBackend, NetworkBackend};
use polkadot_sdk::sc_service::{
    self, Configuration, SpawnTasksParams, TFullBackend, TFullClient, TaskManager,
};
use polkadot_sdk::sc_transaction_pool::{self, TransactionPoolHandle};
use polkadot_sdk::sp_blockchain::HeaderBackend;
use polkadot_sdk::sp_consensus_aura::SlotDuration;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::{OpaqueExtrinsic, generic};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

pub use assay_runtime::Header;
pub use finality::FinalityRpc;

/// A block whose extrinsics are not looked into.
pub type Block = generic::Block<Header, OpaqueExtrinsic>;
/// The database.
pub type Backend = TFullBackend<Block>;
/// The chain.
pub type Client = TFullClient<Block, RuntimeApi, Executor>;
/// The transaction pool.
pub type Pool = TransactionPoolHandle<Block, Client>;
/// Which fork to build on.
pub type SelectChain = LongestChain<Backend, Block>;
/// Where blocks go: to the chain, past GRANDPA, which looks for changes of its authorities.
pub type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
/// GRANDPA's other half, for the voter.
pub type GrandpaLink = LinkHalf<Block, Client, SelectChain>;

/// A slot (section 01, 5).
pub const SLOT_DURATION: SlotDuration = SlotDuration::from_millis(assay_runtime::pallets::SLOT_DURATION);

/// The networking of the node.
type Network = Litep2pNetworkBackend;

/// How many requests for blocks may wait.
const REQUESTS: usize = 1_024;

/// What a node is told besides what every node of the SDK is.
#[derive(Debug)]
pub struct Options {
    /// How blocks are made; by the clock if not said.
    pub sealing: Option<Sealing>,
    /// The clock.
    pub clock: Clock,
    /// What GRANDPA expects a message to take to all other nodes.
    pub gossip: Duration,
    /// Names of the authorities whose keys the node holds.
    pub authorities: Vec<String>,
    /// Told when the parent has gone.
    pub parent_gone: Option<oneshot::Receiver<()>>,
    /// The runtime where the chain's code is the marker for the native one.
    pub native: Native,
}

impl Options {
    /// Whether GRANDPA finalises: not where the node finalises what it makes at once.
    fn grandpa(&self) -> bool {
        matches!(self.sealing, None | Some(Sealing::Paced))
    }
}

/// Starts a node.
///
/// # Errors
/// [`Error`] if a part of it cannot be started.
pub fn start(mut config: Configuration, options: Options) -> Result<TaskManager, Error> {
    if !matches!(config.network.network_backend, NetworkBackendType::Litep2p) {
        return Err(Error::Usage("the only network backend of this node is litep2p".into()));
    }
    let executor = Executor::new(sc_service::new_wasm_executor(&config.executor), options.native.clone());
    let (client, backend, keystore, mut tasks) =
        sc_service::new_full_parts::<Block, RuntimeApi, _>(&config, None, executor, Vec::new())?;
    let client = Arc::new(client);
    keys::insert(&keystore.keystore(), &options.authorities)?;

    let select_chain = SelectChain::new(backend.clone());
    let pool = Arc::from(
        sc_transaction_pool::Builder::new(
            tasks.spawn_essential_handle(),
            client.clone(),
            config.role.is_authority().into(),
        )
        .with_options(config.transaction_pool.clone())
        .with_prometheus(config.prometheus_registry())
        .build(),
    );
    let (block_import, link) = sc_consensus_grandpa::block_import(
        client.clone(),
        finality::JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        None,
    )
    .map_err(sc_service::Error::from)?;
    let import_queue = import::queue(&options, &client, &block_import, &config, &tasks)?;

    let reserved = reserved::set_apart(&mut config.network);
    let mut network_config = FullNetworkConfiguration::<Block, H256, Network>::new(
        &config.network,
        config.prometheus_registry().cloned(),
    );
    let notifications =
        <Network as NetworkBackend<Block, H256>>::register_notification_metrics(config.prometheus_registry());
    let genesis = client.info().genesis_hash;
    let (voting, voting_protocol) =
        finality::Voting::prepare(genesis, &config, &mut network_config, notifications.clone());
    let warp_sync = finality::warp_sync(&backend, &link);
    let parts = network::Parts {
        client: client.clone(),
        pool: pool.clone(),
        import_queue,
        warp_sync,
        metrics: notifications,
    };
    let network::Built { network, system_rpc_tx, tx_handler_controller, sync: sync_service } =
        network::build(&config, network_config, parts, &tasks)?;
    reserved::add(&reserved, &network)?;

    let (manual_requests, manual_commands) = mpsc::channel(REQUESTS);
    let (paced_requests, paced_wanted) = mpsc::channel(REQUESTS);
    let voter_state = sc_consensus_grandpa::SharedVoterState::empty();
    #[expect(clippy::result_large_err, reason = "the error is the SDK's")]
    let rpc_builder = {
        let finality = finality::rpc_parts(&backend, &link, &voter_state);
        let (client, pool) = (client.clone(), pool.clone());
        let sealing = match options.sealing {
            // Who is asked for blocks between those of a clock would have two paces.
            None | Some(Sealing::Every(_)) => rpc::Sealing::None,
            Some(Sealing::Paced) => rpc::Sealing::Paced(paced_requests),
            Some(Sealing::Manual | Sealing::Instant) => rpc::Sealing::Manual(manual_requests),
        };
        Box::new(move |executor| {
            rpc::build(&client, &pool, &finality, &sealing, executor).map_err(sc_service::Error::Application)
        })
    };

    let is_authority = config.role.is_authority();
    let force_authoring = config.force_authoring;
    let prometheus = config.prometheus_config.take();
    let disable_grandpa = config.disable_grandpa;
    let metrics_of = metrics::Subject::of(&config);
    let handlers = sc_service::spawn_tasks(SpawnTasksParams {
        config,
        task_manager: &mut tasks,
        client: client.clone(),
        backend: backend.clone(),
        keystore: keystore.keystore(),
        transaction_pool: pool.clone(),
        rpc_builder,
        network: network.clone(),
        system_rpc_tx,
        tx_handler_controller,
        sync_service: sync_service.clone(),
        telemetry: None,
        tracing_execute_block: None,
    })?;

    let registry = prometheus.as_ref().map(|prometheus| prometheus.registry.clone());
    match options.sealing {
        None if is_authority => sealing::live::start(
            sealing::live::Author {
                clock: options.clock,
                client: client.clone(),
                select_chain,
                block_import,
                pool: pool.clone(),
                keystore: keystore.keystore(),
                sync: sync_service.clone(),
                force_authoring,
            },
            &tasks,
        ),
        None => {}
        Some(Sealing::Paced) => {
            sealing::paced::start(&tasks, client.clone(), pool.clone(), block_import, paced_wanted);
        }
        Some(sealing) => {
            sealing::manual::start(sealing, &tasks, &client, &pool, select_chain, manual_commands);
        }
    }
    if options.grandpa() && !disable_grandpa {
        forks::start(&tasks, backend, sync_service.clone());
        voting.start(
            finality::Voter {
                gossip: options.gossip,
                keystore: is_authority.then(|| keystore.keystore()),
                link,
                network: network.clone(),
                sync: sync_service.clone(),
                pool: pool.clone(),
                state: voter_state,
                registry,
            },
            voting_protocol,
            &tasks,
        )?;
    }
    let prometheus = prometheus
        .map(|prometheus| {
            metrics::start(
                prometheus,
                metrics_of,
                &tasks,
                &client,
                &pool,
                network.clone(),
                sync_service.clone(),
            )
        })
        .transpose()?;

    if let Some(gone) = options.parent_gone {
        // An essential task that ends takes the node down.
        tasks.spawn_essential_handle().spawn("lifeline", None, async move {
            let _ = gone.await;
        });
    }
    let rpc = tcp_v4(handlers.listen_addresses())
        .ok_or_else(|| Error::Usage("the RPC server listens on no address of IPv4".into()))?;
    let peer = network.local_peer_id();
    let p2p = tcp_v4(&network.listen_addresses()).map_or_else(
        || format!("/p2p/{peer}"),
        |address| format!("/ip4/{}/tcp/{}/p2p/{peer}", address.ip(), address.port()),
    );
    Listening {
        pid: std::process::id(),
        rpc: format!("ws://{rpc}"),
        p2p,
        prometheus: prometheus.map(|address| format!("http://{address}/metrics")),
        genesis: format!("{genesis:?}"),
    }
    .print();
    Ok(tasks)
}
