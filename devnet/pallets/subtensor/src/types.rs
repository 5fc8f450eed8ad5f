//! Records in storage, calls and events (section 12, 1).

#![allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use assay_primitives::NetUid;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::ConstU32;
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::TypeInfo;

use crate::subnets::rate_limits::Hyperparameter;

/// Number of a lease (section 10, 7).
pub type LeaseId = u32;

/// An ECDSA signature with its recovery byte (section 10, 7).
pub type Signature = polkadot_sdk::sp_core::ecdsa::Signature;

/// Bytes of a timelocked commit at most (section 08, 8).
pub const MAX_CRV3_COMMIT_SIZE_BYTES: u32 = 5_000;

/// The ciphertext of a timelocked commit (section 08, 8).
pub type TimelockedCommit = BoundedVec<u8, ConstU32<MAX_CRV3_COMMIT_SIZE_BYTES>>;

/// What happens to the incentive of the owner's miners (section 06, 4.2).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("types", "pallet"))]
pub enum RecycleOrBurnEnum {
    /// It stays outstanding and belongs to nobody.
    #[default]
    Burn,
    /// It leaves the issuance.
    Recycle,
}

/// What happens to a coldkey's root dividends (section 06, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(replace_segment("types", "pallet"))]
pub enum RootClaimTypeEnum {
    /// They are sold and staked on root.
    #[default]
    Swap,
    /// They are staked on their subnet.
    Keep,
    /// Those of some subnets are kept.
    KeepSubnets {
        /// Subnets whose dividends are kept.
        subnets: BTreeSet<NetUid>,
    },
}

/// Endpoint of a neuron (section 03, 7).
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("types", "pallet"))]
pub struct AxonInfo {
    /// Block of the announcement.
    pub block: u64,
    /// Version of the neuron.
    pub version: u32,
    /// Address as a number.
    pub ip: u128,
    /// Port.
    pub port: u16,
    /// 4 or 6.
    pub ip_type: u8,
    /// Protocol, free to use.
    pub protocol: u8,
    /// Free to use.
    pub placeholder1: u8,
    /// Free to use.
    pub placeholder2: u8,
}

/// Metrics endpoint of a neuron (section 03, 7).
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("types", "pallet"))]
pub struct PrometheusInfo {
    /// Block of the announcement.
    pub block: u64,
    /// Version of the neuron.
    pub version: u32,
    /// Address as a number.
    pub ip: u128,
    /// Port.
    pub port: u16,
    /// 4 or 6.
    pub ip_type: u8,
}

/// Certificate of a neuron's endpoint (section 03, 7).
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("types", "pallet"))]
pub struct NeuronCertificate {
    /// Public key.
    pub public_key: BoundedVec<u8, ConstU32<64>>,
    /// Number of the algorithm.
    pub algorithm: u8,
}

/// Identity of a coldkey, UTF-8 (section 02, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(replace_segment("types", "pallet"))]
pub struct ChainIdentityV2 {
    /// Name.
    pub name: Vec<u8>,
    /// Web page.
    pub url: Vec<u8>,
    /// Repository.
    pub github_repo: Vec<u8>,
    /// Image.
    pub image: Vec<u8>,
    /// Contact on Discord.
    pub discord: Vec<u8>,
    /// Description.
    pub description: Vec<u8>,
    /// Anything else.
    pub additional: Vec<u8>,
}

/// Identity of a subnet, UTF-8 (section 02, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(replace_segment("types", "pallet"))]
pub struct SubnetIdentityV3 {
    /// Name.
    pub subnet_name: Vec<u8>,
    /// Repository.
    pub github_repo: Vec<u8>,
    /// Contact.
    pub subnet_contact: Vec<u8>,
    /// Web page.
    pub subnet_url: Vec<u8>,
    /// Contact on Discord.
    pub discord: Vec<u8>,
    /// Description.
    pub description: Vec<u8>,
    /// Logo.
    pub logo_url: Vec<u8>,
    /// Anything else.
    pub additional: Vec<u8>,
}

/// What a rate limit is about; the key of `LastRateLimitedBlock` (section 12, 1).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum RateLimitKey<AccountId> {
    /// A change of the owner's hotkey.
    #[codec(index = 0)]
    SetSNOwnerHotkey(NetUid),
    /// A change of a hyperparameter by the owner.
    #[codec(index = 1)]
    OwnerHyperparamUpdate(NetUid, Hyperparameter),
    /// The registration of a subnet.
    #[codec(index = 2)]
    NetworkLastRegistered,
    /// A hotkey swap.
    #[codec(index = 3)]
    LastTxBlock(AccountId),
    /// A change of a child key's take.
    #[codec(index = 4)]
    LastTxBlockChildKeyTake(AccountId),
    /// A change of a delegate's take.
    #[codec(index = 5)]
    LastTxBlockDelegateTake(AccountId),
    /// Stake that was bought and burned.
    #[codec(index = 6)]
    AddStakeBurn(NetUid),
}
