//! JSON-RPC beyond what every node of the SDK serves: nonces, fees, finality, making blocks, and the chain's own
//! (section 11, 6).
//!
//! The chain's own methods answer with the SCALE encoding of the runtime API's answer as an array of numbers. Their
//! last parameter is the block to ask, the best one if it is left out.

#![allow(clippy::missing_errors_doc, reason = "the errors of every method are those of `Runtime::ask`")]
#![allow(clippy::needless_pass_by_value, reason = "parameters arrive by value")]

pub mod delegates;
pub mod neurons;
pub mod paced;
pub mod runtime;
pub mod stakes;
pub mod subnets;
pub mod swaps;

use crate::sealing::{manual, paced as pacing};
use crate::service::{Client, FinalityRpc, Pool};
use futures::channel::mpsc;
use jsonrpsee::RpcModule;
use polkadot_sdk::pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use polkadot_sdk::sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use polkadot_sdk::sc_consensus_manual_seal::rpc::{ManualSeal, ManualSealApiServer};
use polkadot_sdk::sc_rpc::SubscriptionTaskExecutor;
use polkadot_sdk::substrate_frame_rpc_system::{System, SystemApiServer};
use runtime::Runtime;
use std::sync::Arc;

/// The methods that make blocks, if any do.
pub enum Sealing {
    /// None: the clock does.
    None,
    /// Those of the SDK's manual seal.
    Manual(mpsc::Sender<manual::Command>),
    /// `assay_createBlock`.
    Paced(mpsc::Sender<pacing::Request>),
}

/// All methods of this module.
///
/// # Errors
/// Two methods of one name.
pub fn build(
    client: &Arc<Client>,
    pool: &Arc<Pool>,
    finality: &FinalityRpc,
    sealing: &Sealing,
    executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
    let mut module = RpcModule::new(());
    module.merge(System::new(client.clone(), pool.clone()).into_rpc())?;
    module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
    module.merge(
        Grandpa::new(
            executor,
            finality.authorities.clone(),
            finality.voter_state.clone(),
            finality.justifications.clone(),
            finality.proofs.clone(),
        )
        .into_rpc(),
    )?;
    match sealing {
        Sealing::None => {}
        Sealing::Manual(commands) => module.merge(ManualSeal::new(commands.clone()).into_rpc())?,
        Sealing::Paced(requests) => {
            module.merge(paced::CreateBlockServer::into_rpc(paced::Paced::new(requests.clone())))?;
        }
    }
    let runtime = Runtime::new(client.clone());
    module.merge(delegates::DelegateInfoServer::into_rpc(runtime.clone()))?;
    module.merge(neurons::NeuronInfoServer::into_rpc(runtime.clone()))?;
    module.merge(subnets::SubnetInfoServer::into_rpc(runtime.clone()))?;
    module.merge(stakes::StakeInfoServer::into_rpc(runtime.clone()))?;
    module.merge(swaps::SwapServer::into_rpc(runtime))?;
    Ok(module)
}
