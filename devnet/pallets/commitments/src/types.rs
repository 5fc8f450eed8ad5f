//! Records in storage and calls (section 10, 6).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::traits::Get;
use polkadot_sdk::frame_support::{CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::TypeInfo;

use crate::data::Data;

/// What an account commits to.
#[derive(
    CloneNoBound,
    DebugNoBound,
    PartialEqNoBound,
    EqNoBound,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
#[codec(mel_bound())]
#[scale_info(skip_type_params(FieldLimit))]
pub struct CommitmentInfo<FieldLimit: Get<u32>> {
    /// The data.
    pub fields: BoundedVec<Data, FieldLimit>,
}

/// A commitment in storage.
#[derive(Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[codec(mel_bound(Balance: MaxEncodedLen, BlockNumber: MaxEncodedLen))]
#[scale_info(skip_type_params(MaxFields))]
pub struct Registration<Balance, MaxFields: Get<u32>, BlockNumber> {
    /// Deposit, always 0.
    pub deposit: Balance,
    /// Block of the commitment.
    pub block: BlockNumber,
    /// What was committed to.
    pub info: CommitmentInfo<MaxFields>,
}

/// Space used by an account on a subnet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct UsageTracker {
    /// Epoch that the space belongs to.
    pub last_epoch: u64,
    /// Bytes.
    pub used_space: u64,
}
