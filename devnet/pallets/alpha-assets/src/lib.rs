//! Pallet `AlphaAssets`: counters of alpha minted, burned and recycled (section 01, 4).
//!
//! They inform; no rule reads them.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::if_not_else,
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "the pallet macro says how calls look and writes code of its own; their errors stand in the specification"
)]

use assay_primitives::interface::AlphaAssets;
use assay_primitives::{AlphaBalance, NetUid};

pub use pallet::*;

/// The pallet.
#[expect(unused_qualifications, reason = "the pallet macro wants full paths")]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use assay_primitives::{AlphaBalance, NetUid};
    use polkadot_sdk::frame_support;

    use frame_support::Twox64Concat;
    use frame_support::pallet_prelude::*;

    /// The pallet's handle.
    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config {}

    /// Alpha minted less alpha recycled, by subnet.
    #[pallet::storage]
    pub type TotalAlphaIssuance<T: Config> = StorageMap<_, Twox64Concat, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that is outstanding and belongs to nobody, by subnet.
    #[pallet::storage]
    pub type AlphaBurned<T: Config> = StorageMap<_, Twox64Concat, NetUid, AlphaBalance, ValueQuery>;

    /// Alpha that left the issuance, by subnet.
    #[pallet::storage]
    pub type AlphaRecycled<T: Config> = StorageMap<_, Twox64Concat, NetUid, AlphaBalance, ValueQuery>;
}

impl<T: Config> AlphaAssets for Pallet<T> {
    fn mint(netuid: NetUid, amount: AlphaBalance) {
        if amount > 0 {
            TotalAlphaIssuance::<T>::mutate(netuid, |issuance| *issuance = issuance.saturating_add(amount));
        }
    }

    fn burn(netuid: NetUid, amount: AlphaBalance) {
        if amount > 0 {
            AlphaBurned::<T>::mutate(netuid, |burned| *burned = burned.saturating_add(amount));
        }
    }

    fn recycle(netuid: NetUid, amount: AlphaBalance) {
        if amount > 0 {
            AlphaRecycled::<T>::mutate(netuid, |recycled| *recycled = recycled.saturating_add(amount));
            TotalAlphaIssuance::<T>::mutate(netuid, |issuance| *issuance = issuance.saturating_sub(amount));
        }
    }
}
