//! Types and traits that the pallets share.
//!
//! The plain names of the protocol ([`NetUid`], [`TaoBalance`] ...) are aliases of integers: that is what they are in
//! the metadata that wallets read, and the alias keeps the name there. Fixed-point numbers as they lie in storage are
//! in [`stored`], and what one pallet asks of another in [`interface`].
#![cfg_attr(not(feature = "std"), no_std)]

pub mod interface;
pub mod stored;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Number of a subnet; 0 is the root network (section 01, 2).
pub type NetUid = u16;

/// Number of a mechanism within a subnet (section 01, 2).
pub type MechId = u8;

/// Key under which a mechanism's weights, bonds and incentives are stored: `mecid * 4096 + netuid` (section 01, 2).
pub type NetUidStorageIndex = u16;

/// TAO in rao (section 01, 1).
pub type TaoBalance = u64;

/// Alpha of a subnet, with 9 decimals as TAO has (section 01, 1).
pub type AlphaBalance = u64;

/// `mantissa * 10^exponent`, the decimal float in which shares of stake are stored; zero is (0, 0). Its arithmetic is
/// in the economics crate (section 05, 1).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("assay_primitives", "share_pool"))]
pub struct SafeFloat {
    /// Between 10^20 (exclusive) and 10^21 for normalised values.
    pub mantissa: u128,
    /// Power of ten.
    pub exponent: i64,
}

/// The root network (section 01, 2).
pub const ROOT: NetUid = 0;

/// Distance between the storage indices of two mechanisms of one subnet, and so the number of possible subnets
/// (section 01, 2).
pub const SUBNETS_PER_MECHANISM: u16 = 4096;

/// Storage index of mechanism `mecid` of subnet `netuid` (section 01, 2).
pub fn storage_index(netuid: NetUid, mecid: MechId) -> NetUidStorageIndex {
    u16::from(mecid).saturating_mul(SUBNETS_PER_MECHANISM).saturating_add(netuid)
}

/// Subnet and mechanism of a storage index, the inverse of [`storage_index`] (section 01, 2).
pub fn subnet_and_mechanism(index: NetUidStorageIndex) -> (NetUid, MechId) {
    let mecid = index / SUBNETS_PER_MECHANISM;
    // At most 65,535 / 4,096 = 15, so the conversion cannot fail.
    (index % SUBNETS_PER_MECHANISM, MechId::try_from(mecid).unwrap_or(MechId::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_indices_go_both_ways() {
        assert_eq!(storage_index(7, 0), 7);
        assert_eq!(storage_index(7, 1), 4103);
        assert_eq!(subnet_and_mechanism(4103), (7, 1));
        assert_eq!(subnet_and_mechanism(u16::MAX), (4095, 15));
    }
}
