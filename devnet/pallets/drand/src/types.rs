//! Pulses and the beacon they come from (section 10, 7).

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::ConstU32;
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::TypeInfo;

/// Number of a round.
pub type RoundNumber = u64;

/// A public key of the beacon.
pub type OpaquePublicKey = BoundedVec<u8, ConstU32<96>>;

/// A hash of the beacon.
pub type BoundedHash = BoundedVec<u8, ConstU32<32>>;

/// What the beacon said in a round.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Pulse {
    /// Number of the round.
    pub round: RoundNumber,
    /// Hash of the signature.
    pub randomness: BoundedVec<u8, ConstU32<32>>,
    /// Signature of the round.
    pub signature: BoundedVec<u8, ConstU32<144>>,
}

/// Pulses with who sent them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct PulsesPayload<Public, BlockNumber> {
    /// Block of the sender.
    pub block_number: BlockNumber,
    /// The pulses, oldest first.
    pub pulses: Vec<Pulse>,
    /// The sender.
    pub public: Public,
}

/// A beacon with who sent it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct BeaconConfigurationPayload<Public, BlockNumber> {
    /// Block of the sender.
    pub block_number: BlockNumber,
    /// The beacon.
    pub config: BeaconConfiguration,
    /// The sender.
    pub public: Public,
}

/// A beacon.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BeaconConfiguration {
    /// Its public key.
    pub public_key: OpaquePublicKey,
    /// Seconds between two rounds.
    pub period: u32,
    /// Unix time of round 1.
    pub genesis_time: u32,
    /// Hash of the chain.
    pub hash: BoundedHash,
    /// Hash of the group.
    pub group_hash: BoundedHash,
    /// Name of the scheme.
    pub scheme_id: BoundedHash,
    /// More about it.
    pub metadata: Metadata,
}

/// More about a beacon.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Metadata {
    /// Name of the beacon.
    pub beacon_id: BoundedHash,
}

/// The public key of quicknet.
const QUICKNET_KEY: [u8; 96] = [
    0x83, 0xcf, 0x0f, 0x28, 0x96, 0xad, 0xee, 0x7e, 0xb8, 0xb5, 0xf0, 0x1f, 0xca, 0xd3, 0x91, 0x22, 0x12,
    0xc4, 0x37, 0xe0, 0x07, 0x3e, 0x91, 0x1f, 0xb9, 0x00, 0x22, 0xd3, 0xe7, 0x60, 0x18, 0x3c, 0x8c, 0x4b,
    0x45, 0x0b, 0x6a, 0x0a, 0x6c, 0x3a, 0xc6, 0xa5, 0x77, 0x6a, 0x2d, 0x10, 0x64, 0x51, 0x0d, 0x1f, 0xec,
    0x75, 0x8c, 0x92, 0x1c, 0xc2, 0x2b, 0x0e, 0x17, 0xe6, 0x3a, 0xaf, 0x4b, 0xcb, 0x5e, 0xd6, 0x63, 0x04,
    0xde, 0x9c, 0xf8, 0x09, 0xbd, 0x27, 0x4c, 0xa7, 0x3b, 0xab, 0x4a, 0xf5, 0xa6, 0xe9, 0xc7, 0x6a, 0x4b,
    0xc0, 0x9e, 0x76, 0xea, 0xe8, 0x99, 0x1e, 0xf5, 0xec, 0xe4, 0x5a,
];

/// The hash of quicknet's chain.
const QUICKNET_HASH: [u8; 32] = [
    0x52, 0xdb, 0x9b, 0xa7, 0x0e, 0x0c, 0xc0, 0xf6, 0xea, 0xf7, 0x80, 0x3d, 0xd0, 0x74, 0x47, 0xa1, 0xf5,
    0x47, 0x77, 0x35, 0xfd, 0x3f, 0x66, 0x17, 0x92, 0xba, 0x94, 0x60, 0x0c, 0x84, 0xe9, 0x71,
];

/// The hash of quicknet's group.
const QUICKNET_GROUP: [u8; 32] = [
    0xf4, 0x77, 0xd5, 0xc8, 0x9f, 0x21, 0xa1, 0x7c, 0x86, 0x3a, 0x7f, 0x93, 0x7c, 0x6a, 0x6d, 0x15, 0x85,
    0x94, 0x14, 0xd2, 0xbe, 0x09, 0xcd, 0x44, 0x8d, 0x42, 0x79, 0xaf, 0x33, 0x1c, 0x5d, 0x3e,
];

impl Default for BeaconConfiguration {
    /// The League of Entropy's quicknet, the default of the reference chain (section 12, storage defaults).
    fn default() -> Self {
        Self {
            public_key: BoundedVec::truncate_from(QUICKNET_KEY.to_vec()),
            period: 3,
            genesis_time: 1_692_803_367,
            hash: BoundedVec::truncate_from(QUICKNET_HASH.to_vec()),
            group_hash: BoundedVec::truncate_from(QUICKNET_GROUP.to_vec()),
            scheme_id: BoundedVec::truncate_from(b"bls-unchained-g1-rfc9380".to_vec()),
            metadata: Metadata { beacon_id: BoundedVec::truncate_from(b"quicknet".to_vec()) },
        }
    }
}
