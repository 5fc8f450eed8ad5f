//! Leases of subnets, of which only the storage exists (section 10, 7).

use assay_primitives::{NetUid, TaoBalance};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_system::pallet_prelude::BlockNumberFor;
use polkadot_sdk::sp_runtime::Percent;
use scale_info::TypeInfo;

use polkadot_sdk::frame_system::Config;

/// A lease as it is stored on the chain `T`.
pub type SubnetLeaseOf<T> = SubnetLease<<T as Config>::AccountId, BlockNumberFor<T>, TaoBalance>;

/// A subnet that its contributors paid for (section 10, 7).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct SubnetLease<AccountId, BlockNumber, Balance> {
    /// Who gets the subnet in the end.
    pub beneficiary: AccountId,
    /// Owner while the lease runs.
    pub coldkey: AccountId,
    /// Owner's hotkey while the lease runs.
    pub hotkey: AccountId,
    /// The contributors' part of the owner's cut.
    pub emissions_share: Percent,
    /// Last block of the lease.
    pub end_block: Option<BlockNumber>,
    /// The subnet.
    pub netuid: NetUid,
    /// What the registration cost, rao.
    pub cost: Balance,
}
