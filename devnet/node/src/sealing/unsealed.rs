//! Blocks without a seal, in virtual time: block *n* stands in slot *n*, at *n* times 12 seconds.

use crate::service::{Block, Client, Header, SLOT_DURATION};
use async_trait::async_trait;
use polkadot_sdk::sc_consensus::{BlockImportParams, ForkChoiceStrategy, Verifier};
use polkadot_sdk::sc_consensus_aura::find_pre_digest;
use polkadot_sdk::sp_consensus_aura::Slot;
use polkadot_sdk::sp_consensus_aura::digests::CompatibleDigestItem;
use polkadot_sdk::sp_consensus_aura::sr25519::AuthoritySignature;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::{Digest, DigestItem};
use polkadot_sdk::sp_timestamp::Timestamp;

/// Takes blocks as they are: whoever can reach the node is trusted, as the harness that makes the blocks is.
pub struct UnsealedVerifier;

#[async_trait]
impl Verifier<Block> for UnsealedVerifier {
    async fn verify(&self, mut block: BlockImportParams<Block>) -> Result<BlockImportParams<Block>, String> {
        block.finalized = false;
        // A block that comes with its state, or in a gap behind one, is not chosen by its length.
        block.fork_choice = Some(if block.with_state() || block.state_action.skip_execution_checks() {
            ForkChoiceStrategy::Custom(block.with_state())
        } else {
            ForkChoiceStrategy::LongestChain
        });
        Ok(block)
    }
}

/// The slot of the block after `parent`: its number, unless the chain is in a later slot already.
pub fn next_slot(parent: &Header) -> Slot {
    let by_number = Slot::from(u64::from(parent.number) + 1);
    let parents = find_pre_digest::<Block, AuthoritySignature>(parent).unwrap_or_default();
    by_number.max(parents + 1)
}

/// The moment of a slot.
pub fn timestamp(slot: Slot) -> Timestamp {
    slot.timestamp(SLOT_DURATION).unwrap_or(Timestamp::new(u64::MAX))
}

/// The digest of a block in a slot.
pub fn digest(slot: Slot) -> Digest {
    Digest { logs: vec![<DigestItem as CompatibleDigestItem<AuthoritySignature>>::aura_pre_digest(slot)] }
}

/// The header of a block.
///
/// # Errors
/// An unknown block, or a database that cannot be read, in words.
pub fn header(client: &Client, hash: H256) -> Result<Header, String> {
    client
        .header(hash)
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("there is no block {hash:?}"))
}
