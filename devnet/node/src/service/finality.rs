//! GRANDPA: the voter, and what proves finality to others.

use super::{Backend, Block, GrandpaLink, Network, Pool};
use crate::Error;
use polkadot_sdk::sc_consensus_grandpa::warp_proof::NetworkProvider;
use polkadot_sdk::sc_consensus_grandpa::{
    self, FinalityProofProvider, GrandpaJustificationStream, GrandpaParams, SharedAuthoritySet,
    SharedVoterState,
};
use polkadot_sdk::sc_network::ProtocolName;
use polkadot_sdk::sc_network::config::FullNetworkConfiguration;
use polkadot_sdk::sc_network::config::Role;
use polkadot_sdk::sc_network::service::NotificationMetrics;
use polkadot_sdk::sc_network::service::traits::{NetworkService, NotificationService};
use polkadot_sdk::sc_network_sync::SyncingService;
use polkadot_sdk::sc_service::{self, Configuration, TaskManager};
use polkadot_sdk::sc_transaction_pool_api::OffchainTransactionPoolFactory;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_keystore::KeystorePtr;
use polkadot_sdk::substrate_prometheus_endpoint::Registry;
use std::sync::Arc;
use std::time::Duration;

/// Blocks after which a justification is kept, so that a node that comes late can follow finality.
pub const JUSTIFICATION_PERIOD: u32 = 32;

/// The voting protocol, known to the network before the voter can start.
pub struct Voting {
    name: Option<String>,
    role: Role,
    protocol: ProtocolName,
}

impl Voting {
    /// Adds the protocol to the network.
    pub fn prepare(
        genesis: H256,
        config: &Configuration,
        network: &mut FullNetworkConfiguration<Block, H256, Network>,
        metrics: NotificationMetrics,
    ) -> (Self, Box<dyn NotificationService>) {
        let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
        let peers = network.peer_store_handle();
        let (protocol_config, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
            protocol.clone(),
            metrics,
            peers,
        );
        network.add_notification_protocol(protocol_config);
        (Self { name: Some(config.network.node_name.clone()), role: config.role, protocol }, notifications)
    }

    /// Starts to vote, or without keys to follow the votes.
    ///
    /// # Errors
    /// [`Error::Service`] if what GRANDPA remembers cannot be read.
    pub fn start(
        self,
        voter: Voter,
        notification_service: Box<dyn NotificationService>,
        tasks: &TaskManager,
    ) -> Result<(), Error> {
        let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
            config: sc_consensus_grandpa::Config {
                gossip_duration: voter.gossip,
                justification_generation_period: JUSTIFICATION_PERIOD,
                observer_enabled: false,
                local_role: self.role,
                name: self.name,
                keystore: voter.keystore,
                telemetry: None,
                protocol_name: self.protocol,
            },
            link: voter.link,
            network: voter.network,
            sync: voter.sync,
            notification_service,
            // Votes go to the best block: scenarios wait for the finality of what they have just done.
            voting_rule: (),
            prometheus_registry: voter.registry,
            shared_voter_state: voter.state,
            telemetry: None,
            offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(voter.pool),
        })
        .map_err(sc_service::Error::from)?;
        tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
        Ok(())
    }
}

/// What a voter needs.
pub struct Voter {
    /// What it expects a message to take to all other nodes.
    pub gossip: Duration,
    /// Its keys; without, it follows the votes.
    pub keystore: Option<KeystorePtr>,
    /// The half of GRANDPA that imports blocks.
    pub link: GrandpaLink,
    /// The network.
    pub network: Arc<dyn NetworkService>,
    /// Which block other nodes stand at.
    pub sync: Arc<SyncingService<Block>>,
    /// Where reports of equivocations go.
    pub pool: Arc<Pool>,
    /// The rounds, for the RPC.
    pub state: SharedVoterState,
    /// Where it counts.
    pub registry: Option<Registry>,
}

/// Proves to nodes that sync by state who the authorities are.
pub fn warp_sync(backend: &Arc<Backend>, link: &GrandpaLink) -> Arc<NetworkProvider<Block, Backend>> {
    Arc::new(NetworkProvider::new(backend.clone(), link.shared_authority_set().clone(), Vec::new()))
}

/// What the RPC tells about finality.
pub struct FinalityRpc {
    /// The rounds.
    pub voter_state: SharedVoterState,
    /// The authorities.
    pub authorities: SharedAuthoritySet<H256, u32>,
    /// New justifications.
    pub justifications: GrandpaJustificationStream<Block>,
    /// Proofs of old ones.
    pub proofs: Arc<FinalityProofProvider<Backend, Block>>,
}

/// What the RPC tells about finality, from where it is.
pub fn rpc_parts(backend: &Arc<Backend>, link: &GrandpaLink, voter_state: &SharedVoterState) -> FinalityRpc {
    let authorities = link.shared_authority_set().clone();
    FinalityRpc {
        voter_state: voter_state.clone(),
        justifications: link.justification_stream(),
        proofs: FinalityProofProvider::new_for_service(backend.clone(), Some(authorities.clone())),
        authorities,
    }
}
