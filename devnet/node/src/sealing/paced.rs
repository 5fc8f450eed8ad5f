//! Blocks of exactly the extrinsics that the caller gives: what the harness drives a network with.
//!
//! A block made here is the block that the memory target makes of the same parent and extrinsics, to the hash.

use super::unsealed;
use crate::service::{Block, BlockImport, Client, Header, Pool};
use codec::{Decode, Encode};
use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use polkadot_sdk::sc_block_builder::{BlockBuilder, BlockBuilderBuilder};
use polkadot_sdk::sc_client_api::Finalizer;
use polkadot_sdk::sc_consensus::{
    BlockImport as _, BlockImportParams, ForkChoiceStrategy, ImportResult, StateAction, StorageChanges,
};
use polkadot_sdk::sc_transaction_pool_api::{InPoolTransaction, TransactionPool};
use polkadot_sdk::sp_blockchain::{ApplyExtrinsicFailed, Error as ChainError, HeaderBackend};
use polkadot_sdk::sp_consensus::BlockOrigin;
use polkadot_sdk::sp_core::{Bytes, H256};
use polkadot_sdk::sp_inherents::InherentData;
use polkadot_sdk::sp_runtime::OpaqueExtrinsic;
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash};
use polkadot_sdk::sp_runtime::transaction_validity::TransactionValidityError;
use polkadot_sdk::{sc_service, sp_timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the pool to know the parent, when a block is to take what is ready.
const POOL_PATIENCE: Duration = Duration::from_secs(2);

/// A block to make.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Wanted {
    /// The block before it; the best one if none is given.
    pub parent: Option<H256>,
    /// Its extrinsics, encoded, in order; what is ready in the pool if none are given.
    pub extrinsics: Option<Vec<Bytes>>,
    /// Finalise it at once, without votes; for a node that votes with nobody.
    pub finalize: bool,
}

/// A block that was made.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// Its number.
    pub number: u32,
    /// Its hash.
    pub hash: H256,
    /// The root of the state after it.
    pub state_root: H256,
    /// Hashes of its extrinsics, inherents included, in order.
    pub extrinsics: Vec<H256>,
    /// Extrinsics that the runtime would not have in it.
    pub dropped: Vec<Dropped>,
}

/// An extrinsic that is in no block.
#[derive(Clone, Debug, Serialize)]
pub struct Dropped {
    /// Its hash.
    pub hash: H256,
    /// Why: a SCALE-encoded `TransactionValidityError`.
    pub error: Bytes,
}

/// A wish and where its answer goes.
pub type Request = (Wanted, oneshot::Sender<Result<Made, String>>);

/// Starts the task that makes the blocks asked for, one after the other.
pub fn start(
    tasks: &sc_service::TaskManager,
    client: Arc<Client>,
    pool: Arc<Pool>,
    block_import: BlockImport,
    mut requests: mpsc::Receiver<Request>,
) {
    tasks.spawn_essential_handle().spawn_blocking("sealing", Some("block-authoring"), async move {
        while let Some((wanted, answer)) = requests.next().await {
            // Nobody may be waiting any more; the block is made all the same.
            let _ = answer.send(make(&client, &pool, &block_import, wanted).await);
        }
        // The RPC servers hold the other end for as long as the node lives.
        std::future::pending::<()>().await;
    });
}

async fn make(
    client: &Arc<Client>,
    pool: &Arc<Pool>,
    block_import: &BlockImport,
    wanted: Wanted,
) -> Result<Made, String> {
    let parent_hash = wanted.parent.unwrap_or_else(|| client.info().best_hash);
    let parent = unsealed::header(client, parent_hash)?;
    let extrinsics = match wanted.extrinsics {
        Some(extrinsics) => extrinsics.iter().map(decode).collect::<Result<_, _>>()?,
        None => ready(pool, parent_hash).await,
    };

    let (built, dropped) = build(client, &parent, parent_hash, extrinsics)?;
    let (block, changes) = built.into_inner();
    let (header, body) = (block.header, block.extrinsics);
    let made = Made {
        number: header.number,
        hash: header.hash(),
        state_root: header.state_root,
        extrinsics: body.iter().map(BlakeTwo256::hash_of).collect(),
        dropped: dropped
            .iter()
            .map(|(hash, error)| Dropped { hash: *hash, error: error.encode().into() })
            .collect(),
    };

    let mut params = BlockImportParams::new(BlockOrigin::Own, header);
    params.body = Some(body);
    params.fork_choice = Some(ForkChoiceStrategy::LongestChain);
    params.state_action = StateAction::ApplyChanges(StorageChanges::Changes(changes));
    match block_import.import_block(params).await.map_err(|error| error.to_string())? {
        ImportResult::Imported(_) | ImportResult::AlreadyInChain => {}
        other => return Err(format!("block {} was not imported: {other:?}", made.number)),
    }
    if wanted.finalize {
        client.finalize_block(made.hash, None, true).map_err(|error| error.to_string())?;
    }
    if !dropped.is_empty() {
        forget(pool, dropped).await;
    }
    Ok(made)
}

fn decode(bytes: &Bytes) -> Result<OpaqueExtrinsic, String> {
    OpaqueExtrinsic::decode(&mut bytes.0.as_slice())
        .map_err(|error| format!("{} is not an extrinsic: {error}", BlakeTwo256::hash(bytes)))
}

/// What is ready in the pool, in its order.
async fn ready(pool: &Arc<Pool>, parent: H256) -> Vec<OpaqueExtrinsic> {
    let ready = pool.ready_at_with_timeout(parent, POOL_PATIENCE).await;
    ready.map(|transaction| OpaqueExtrinsic::clone(transaction.data())).collect()
}

type Built = polkadot_sdk::sc_block_builder::BuiltBlock<Block>;

/// The block of the given extrinsics, and those that the runtime would not have.
fn build(
    client: &Client,
    parent: &Header,
    parent_hash: H256,
    extrinsics: Vec<OpaqueExtrinsic>,
) -> Result<(Built, Vec<(H256, TransactionValidityError)>), String> {
    let slot = unsealed::next_slot(parent);
    let failed = |error: ChainError| format!("block {} cannot be built: {error}", parent.number + 1);
    let mut builder: BlockBuilder<Block, Client> = BlockBuilderBuilder::new(client)
        .on_parent_block(parent_hash)
        .with_parent_block_number(parent.number)
        .with_inherent_digests(unsealed::digest(slot))
        .build()
        .map_err(failed)?;

    let mut inherents = InherentData::new();
    inherents
        .put_data(sp_timestamp::INHERENT_IDENTIFIER, &unsealed::timestamp(slot))
        .map_err(|error| error.to_string())?;
    for inherent in builder.create_inherents(inherents).map_err(failed)? {
        builder.push(inherent).map_err(failed)?;
    }
    let mut dropped = Vec::new();
    for extrinsic in extrinsics {
        let hash = BlakeTwo256::hash_of(&extrinsic);
        match builder.push(extrinsic) {
            Ok(()) => {}
            Err(ChainError::ApplyExtrinsicFailed(ApplyExtrinsicFailed::Validity(error))) => {
                dropped.push((hash, error));
            }
            Err(error) => return Err(failed(error)),
        }
    }
    Ok((builder.build().map_err(failed)?, dropped))
}

/// Takes out of the pool what could not be in a block.
async fn forget(pool: &Arc<Pool>, dropped: Vec<(H256, TransactionValidityError)>) {
    let errors = dropped.into_iter().map(|(hash, error)| (hash, Some(error))).collect();
    pool.report_invalid(None, errors).await;
}
