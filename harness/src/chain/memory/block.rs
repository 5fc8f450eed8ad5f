//! Making a block through the runtime's block-building interface.

use super::runtime::{RuntimeError, Session};
use super::state::State;
use crate::chain::{self, ChainError, Head, Rejection};
use crate::sabotage::Planting;
use assay_runtime::UncheckedExtrinsic;
use codec::{Decode, DecodeLimit, Encode};
use polkadot_sdk::frame_support::MAX_EXTRINSIC_DEPTH;
use polkadot_sdk::sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_inherents::InherentData;
use polkadot_sdk::sp_runtime::generic::{self, Digest, DigestItem, Header};
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash, Header as _};
use polkadot_sdk::sp_runtime::transaction_validity::TransactionValidityError;
use polkadot_sdk::sp_runtime::{ApplyExtrinsicResult, ExtrinsicInclusionMode, OpaqueExtrinsic, StateVersion};
use polkadot_sdk::sp_timestamp::{INHERENT_IDENTIFIER, InherentType as Timestamp};
use std::collections::VecDeque;

type BlockHeader = Header<u32, BlakeTwo256>;

/// A block as it is on the wire.
pub type Block = generic::Block<BlockHeader, OpaqueExtrinsic>;

/// Milliseconds of a slot (section 01, 5).
const SLOT_MILLISECONDS: u64 = 12_000;

/// Block 0 over a genesis state.
pub(super) fn genesis_head(state_root: H256) -> Head {
    let no_extrinsics = BlakeTwo256::ordered_trie_root(Vec::new(), StateVersion::V0);
    let header = BlockHeader::new(0, no_extrinsics, state_root, H256::zero(), Digest::default());
    Head { number: 0, hash: header.hash(), state_root }
}

/// Bytes as an extrinsic. They are looked into only to see that they are one: the runtime's own interface panics where
/// they are not.
pub(super) fn opaque(extrinsic: &[u8]) -> Result<OpaqueExtrinsic, Rejection> {
    let malformed = |error: codec::Error| Rejection::Malformed(error.to_string());
    let opaque = OpaqueExtrinsic::decode(&mut &*extrinsic).map_err(malformed)?;
    let bytes = opaque.encode();
    UncheckedExtrinsic::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut bytes.as_slice())
        .map_err(malformed)?;
    Ok(opaque)
}

/// Builds the block after `parent` on `state` from all that is waiting, with what a planted fault does to it, and the state after it.
pub(super) fn build(
    state: &State,
    parent: Head,
    waiting: VecDeque<Vec<u8>>,
    fault: Option<&Planting>,
) -> Result<(chain::Block, State), ChainError> {
    let number = parent.number + 1;
    let mut session = Session::with(state, fault, number);
    let _: ExtrinsicInclusionMode =
        session.call("Core_initialize_block", &opening_header(number, parent.hash))?;

    let mut included = Vec::new();
    for inherent in inherents(&mut session, number)? {
        let hash = BlakeTwo256::hash_of(&inherent);
        apply(&mut session, &inherent)?.map_err(|error| {
            failed(format!("an inherent of block {number} was refused: {}", Rejection::from(error)))
        })?;
        included.push(hash);
    }
    let mut dropped = Vec::new();
    for extrinsic in waiting {
        let hash = BlakeTwo256::hash(&extrinsic);
        match apply(&mut session, &opaque(&extrinsic).map_err(ChainError::Rejected)?)? {
            Ok(()) => included.push(hash),
            Err(error) => dropped.push((hash, Rejection::from(error))),
        }
    }

    let header: BlockHeader = session.call("BlockBuilder_finalize_block", &())?;
    let (changes, next) = session.finish().map_err(failed)?;
    let head = Head { number, hash: header.hash(), state_root: *header.state_root() };
    if next.root() != head.state_root {
        return Err(failed(format!("block {number}: the header's state root is not the state's")));
    }
    Ok((chain::Block { head, extrinsics: included, dropped, changes }, next))
}

/// Executes a block that somebody else made on `state`, the state of its parent, and returns the state after it.
///
/// # Errors
/// If it is not the block after `parent`, or its execution does not come to the state that its header says.
pub(super) fn execute(
    state: &State,
    parent: Head,
    block: Block,
) -> Result<(chain::Block, State), ChainError> {
    let (number, hash) = (*block.header.number(), block.header.hash());
    if number != parent.number + 1 || *block.header.parent_hash() != parent.hash {
        return Err(failed(format!("block {number} ({hash:?}) does not come after block {}", parent.number)));
    }
    let extrinsics = block.extrinsics.iter().map(BlakeTwo256::hash_of).collect();
    // The author's seal is no part of what the runtime executes.
    let Block { mut header, extrinsics: body } = block;
    header.digest_mut().logs.retain(|item| !matches!(item, DigestItem::Seal(..)));
    let state_root = *header.state_root();
    let mut session = Session::new(state);
    session.call::<()>("Core_execute_block", &(header, body))?;
    let (changes, next) = session.finish().map_err(failed)?;
    if next.root() != state_root {
        return Err(failed(format!("block {number} ({hash:?}): the header's state root is not the state's")));
    }
    let head = Head { number, hash, state_root };
    Ok((chain::Block { head, extrinsics, dropped: Vec::new(), changes }, next))
}

/// The header a block starts from: everything but what its execution finds out.
fn opening_header(number: u32, parent: H256) -> BlockHeader {
    let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(u64::from(number)).encode());
    BlockHeader::new(number, H256::zero(), H256::zero(), parent, Digest { logs: vec![slot] })
}

fn inherents(session: &mut Session, number: u32) -> Result<Vec<OpaqueExtrinsic>, ChainError> {
    let mut data = InherentData::new();
    let timestamp = Timestamp::new(u64::from(number) * SLOT_MILLISECONDS);
    data.put_data(INHERENT_IDENTIFIER, &timestamp).map_err(|error| failed(error.to_string()))?;
    Ok(session.call("BlockBuilder_inherent_extrinsics", &data)?)
}

/// Applies an extrinsic and keeps what it changed, unless the runtime refuses to have it in a block at all.
fn apply(
    session: &mut Session,
    extrinsic: &OpaqueExtrinsic,
) -> Result<Result<(), TransactionValidityError>, RuntimeError> {
    session.start_layer();
    let applied: Result<ApplyExtrinsicResult, _> = session.call("BlockBuilder_apply_extrinsic", extrinsic);
    match applied {
        Ok(Ok(_dispatched)) => {
            session.commit_layer();
            Ok(Ok(()))
        }
        Ok(Err(error)) => {
            session.drop_layer();
            Ok(Err(error))
        }
        Err(error) => {
            session.drop_layer();
            Err(error)
        }
    }
}

fn failed(problem: String) -> ChainError {
    ChainError::Value { what: "building a block".into(), problem }
}
