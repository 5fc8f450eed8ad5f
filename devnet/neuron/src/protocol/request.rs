//! A request, as its asker signs it.

use super::text;
use crate::key::{Key, Public, Signature, is_signed};
use crate::metagraph::Moment;
use assay_inference::{H256, MAX_WIDTH, request_root};
use codec::Encode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most values of an input.
pub const MAX_INPUT: usize = MAX_WIDTH as usize;

/// A question to one miner, signed by its asker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Chosen by the asker and never used again: 0x and 64 hexadecimal digits.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub job: H256,
    /// The subnet.
    pub netuid: u16,
    /// Public key of the hotkey of the miner that is asked.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub miner: Public,
    /// What the model is given.
    pub input: Vec<i32>,
    /// Public key of the hotkey that asks.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub asker: Public,
    /// When it was asked, milliseconds since 1970.
    pub time: u64,
    /// The asker's, over [`Request::message`].
    #[serde(with = "text", default = "unsigned")]
    #[schema(value_type = String)]
    pub signature: Signature,
}

/// The signature of a request that has none: nobody's.
fn unsigned() -> Signature {
    [0; 64]
}

/// What is wrong with a request, whatever the model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It is for another miner.
    #[error("the request is for the miner {}, and this is {}", text::shown(asked), text::shown(here))]
    Miner {
        /// The miner that it is for.
        asked: Public,
        /// The miner that has it.
        here: Public,
    },
    /// It is for another subnet.
    #[error("the request is for subnet {asked}, and this miner serves subnet {here}")]
    Subnet {
        /// The subnet that it is for.
        asked: u16,
        /// The miner's.
        here: u16,
    },
    /// The signature is not the asker's.
    #[error(
        "the signature is not the asker's: sign the message of this request, for this chain, with the asker's hotkey"
    )]
    Signature,
    /// Its time is too far from now.
    #[error("the request was made {off} ms from now, and {allowed} ms are allowed: sign it anew")]
    Time {
        /// Milliseconds between its time and now.
        off: u64,
        /// Milliseconds allowed.
        allowed: u64,
    },
}

impl Request {
    /// A request of `asker`.
    pub fn new(
        asker: &Key,
        genesis: H256,
        netuid: u16,
        miner: Public,
        job: H256,
        input: Vec<i32>,
        time: u64,
    ) -> Self {
        let mut request = Self { job, netuid, miner, input, asker: asker.public(), time, signature: [0; 64] };
        request.signature = asker.sign(&request.message(genesis));
        request
    }

    /// The bytes that are signed: the SCALE encoding of `"assay/request/1"`, the chain's genesis hash, the subnet, the miner,
    /// the asker, the job, the root of the input ([`request_root`]) and the time.
    pub fn message(&self, genesis: H256) -> Vec<u8> {
        let input = request_root(&self.input);
        ("assay/request/1", genesis, self.netuid, self.miner, self.asker, self.job, input, self.time).encode()
    }

    /// Whether a miner of a subnet of a chain is the one that is asked, now, by who it says.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(
        &self,
        genesis: H256,
        netuid: u16,
        miner: &Public,
        now: Moment,
        allowed: u64,
    ) -> Result<(), RequestError> {
        if self.netuid != netuid {
            return Err(RequestError::Subnet { asked: self.netuid, here: netuid });
        }
        if self.miner != *miner {
            return Err(RequestError::Miner { asked: self.miner, here: *miner });
        }
        let off = self.time.abs_diff(now.time);
        if off > allowed {
            return Err(RequestError::Time { off, allowed });
        }
        if !is_signed(&self.message(genesis), &self.signature, &self.asker) {
            return Err(RequestError::Signature);
        }
        Ok(())
    }
}
