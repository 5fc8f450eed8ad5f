//! What a miner signs for each answer.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::H256;
use scale_info::TypeInfo;

/// An answer as its miner signs it: who answered what, with which model, and when.
///
/// The signature is the hotkey's (sr25519) over [`Receipt::message`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Receipt {
    /// Hash of the chain's first block.
    pub genesis: H256,
    /// The subnet.
    pub netuid: u16,
    /// Public key of the miner's hotkey.
    pub hotkey: [u8; 32],
    /// Chosen by the asker and never used again.
    pub job: H256,
    /// The model's root, [`crate::Commitment::model`].
    pub model: H256,
    /// The root of the input, [`crate::request_root`].
    pub request: H256,
    /// The root of the outputs of all layers, [`crate::response_root`].
    pub response: H256,
    /// The chain's head as the miner knew it when it answered.
    pub block: u32,
}

impl Receipt {
    /// The bytes that are signed: the SCALE encoding of `"assay/receipt/1"` and the fields in order.
    pub fn message(&self) -> Vec<u8> {
        ("assay/receipt/1", self).encode()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_the_documented_tuple() {
        let [genesis, job, model, request, response] = [1, 2, 3, 4, 5].map(H256::repeat_byte);
        let hotkey = [9; 32];
        let receipt = Receipt { genesis, netuid: 7, hotkey, job, model, request, response, block: 1_000 };
        let tuple = ("assay/receipt/1", genesis, 7_u16, hotkey, job, model, request, response, 1_000_u32);
        assert_eq!(receipt.message(), tuple.encode());
        assert_eq!(receipt.message().len(), 1 + 15 + 32 + 2 + 32 + 4 * 32 + 4);
    }
}
