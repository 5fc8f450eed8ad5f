//! Names of the precompiles of the reference chain (section 10, 7).

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A precompile.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("types", "pallet"))]
#[expect(missing_docs, reason = "the names say what there is to say")]
pub enum PrecompileEnum {
    BalanceTransfer,
    Staking,
    Subnet,
    Metagraph,
    Neuron,
    UidLookup,
    Alpha,
    Crowdloan,
    Proxy,
    Leasing,
    AddressMapping,
    VotingPower,
}
