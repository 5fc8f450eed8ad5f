//! An answer, as its miner signs it.

use super::{Request, text};
use crate::key::{Key, Signature, is_signed};
use assay_inference::{H256, MAX_LAYERS, MAX_WIDTH, Receipt, Trace, Vector, request_root, response_root};
use codec::Encode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most values of a trace, all layers together.
pub const MAX_TRACE: usize = (MAX_LAYERS * MAX_WIDTH) as usize;

/// A receipt with the signature of its hotkey. Its SCALE encoding is what the chain's reports take.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Serialize, Deserialize, ToSchema)]
pub struct Signed {
    /// What was signed.
    #[serde(with = "ReceiptText")]
    #[schema(value_type = ReceiptText)]
    pub receipt: Receipt,
    /// The hotkey's, over [`Receipt::message`].
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub signature: Signature,
}

impl Signed {
    /// Signs a receipt.
    pub fn new(receipt: Receipt, hotkey: &Key) -> Self {
        Self { receipt, signature: hotkey.sign(&receipt.message()) }
    }
}

/// An answer: the receipt, and all that the receipt commits to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    /// What the miner stands by.
    #[serde(flatten)]
    pub signed: Signed,
    /// The output of every layer, in order; the last one is the answer.
    #[schema(value_type = Vec<Vec<i32>>)]
    pub trace: Vec<Vector>,
}

/// What is wrong with an answer, whoever's model gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The trace is empty or larger than any model's.
    #[error("the trace is empty or larger than any model's")]
    Size,
    /// The trace does not have the lengths of the layers of the model that the receipt names.
    #[error("the trace is not one of the model that the receipt names")]
    Shape,
    /// The receipt is of another chain.
    #[error("the receipt is of another chain")]
    Chain,
    /// The receipt is not of the miner and the subnet that were asked.
    #[error("the receipt is not of the miner that was asked")]
    Miner,
    /// The receipt is for another job.
    #[error("the receipt is for another job")]
    Job,
    /// The receipt is for another input.
    #[error("the receipt is for another input")]
    Input,
    /// The receipt does not commit to the trace.
    #[error("the receipt is for another trace than the one given")]
    Trace,
    /// The receipt's block is far from the head, so that it would not be at risk for as long as others.
    #[error("the receipt is of block {said}, and the chain is at {head}")]
    Block {
        /// The receipt's.
        said: u32,
        /// The head as the asker knows it.
        head: u32,
    },
    /// The signature is not the miner's.
    #[error("the signature is not the miner's")]
    Signature,
}

impl Answer {
    /// The answer to a request, signed: what `model` gave, at the head `block`.
    pub fn new(
        request: &Request,
        hotkey: &Key,
        genesis: H256,
        model: H256,
        trace: Trace,
        block: u32,
    ) -> Self {
        let receipt = Receipt {
            genesis,
            netuid: request.netuid,
            hotkey: hotkey.public(),
            job: request.job,
            model,
            request: request_root(&request.input),
            response: response_root(&trace),
            block,
        };
        Self { signed: Signed::new(receipt, hotkey), trace: trace.0 }
    }

    /// The answer itself: what the last layer gave.
    pub fn output(&self) -> &[i32] {
        self.trace.last().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it answers a request: the right miner's receipt, signed, for this job and input, over this trace, of a block
    /// no further than `lag` from the head.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, request: &Request, genesis: H256, head: u32, lag: u32) -> Result<(), AnswerError> {
        let receipt = &self.signed.receipt;
        let values = self.trace.iter().map(Vec::len).sum::<usize>();
        if values == 0 || values > MAX_TRACE || self.trace.len() > MAX_LAYERS as usize {
            return Err(AnswerError::Size);
        }
        if receipt.genesis != genesis {
            return Err(AnswerError::Chain);
        }
        if (receipt.netuid, receipt.hotkey) != (request.netuid, request.miner) {
            return Err(AnswerError::Miner);
        }
        if receipt.job != request.job {
            return Err(AnswerError::Job);
        }
        if receipt.request != request_root(&request.input) {
            return Err(AnswerError::Input);
        }
        if receipt.response != response_root(&Trace(self.trace.clone())) {
            return Err(AnswerError::Trace);
        }
        if receipt.block.abs_diff(head) > lag {
            return Err(AnswerError::Block { said: receipt.block, head });
        }
        if !is_signed(&receipt.message(), &self.signed.signature, &receipt.hotkey) {
            return Err(AnswerError::Signature);
        }
        Ok(())
    }
}

/// A receipt in JSON.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(remote = "Receipt", deny_unknown_fields)]
pub struct ReceiptText {
    /// Hash of the chain's first block.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    genesis: H256,
    /// The subnet.
    netuid: u16,
    /// Public key of the miner's hotkey.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    hotkey: [u8; 32],
    /// The request's job.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    job: H256,
    /// The model's root.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    model: H256,
    /// The root of the input.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    request: H256,
    /// The root of the outputs of all layers.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    response: H256,
    /// The chain's head as the miner knew it.
    block: u32,
}
