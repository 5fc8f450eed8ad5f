//! Pallet `SubtensorModule`: subnets, neurons, stake, emission.
//!
//! The pallet's face is in `storage/`, `calls.rs`, `errors.rs`, `events.rs`, `constants.rs` and `genesis.rs`, which
//! [`pallet`] puts together; the rules are in one module per topic, as functions of [`Pallet`]. Rules read storage,
//! let the economics crate compute, and write storage. They check in the order of the specification, because the
//! first check that fails decides the error.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::if_not_else,
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "the pallet macro says how calls look and writes code of its own; their errors stand in the specification"
)]

extern crate alloc;

pub mod alpha_fee;
pub mod balances;
pub mod children;
pub mod coinbase;
pub mod commitments;
pub mod epoch;
pub mod extension;
pub mod guards;
pub mod info;
pub mod keys;
pub mod locks;
pub mod pool;
pub mod registration;
pub mod staking;
pub mod subnets;
pub mod types;
pub mod weights;

mod calls;
mod constants;
pub mod defaults;
mod errors;
mod events;
mod genesis;
mod storage;

use polkadot_sdk::frame_support;

use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use types::RateLimitKey;

/// The pallet.
#[allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]
#[expect(unused_qualifications, reason = "the pallet macro wants the full path of the system's Config")]
#[import_section(calls::call_section)]
#[import_section(constants::constant_section)]
#[import_section(errors::error_section)]
#[import_section(events::event_section)]
#[import_section(genesis::genesis_section)]
#[import_section(storage::globals::globals_storage)]
#[import_section(storage::hyperparameters::hyperparameters_storage)]
#[import_section(storage::keys::keys_storage)]
#[import_section(storage::locks::locks_storage)]
#[import_section(storage::neurons::neurons_storage)]
#[import_section(storage::pools::pools_storage)]
#[import_section(storage::stake::stake_storage)]
#[import_section(storage::subnets::subnets_storage)]
#[frame_support::pallet]
pub mod pallet {
    use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
    use alloc::vec::Vec;

    use assay_primitives::interface::{
        AlphaAssets, Beacon, BlockAuthor, HeldStake, NeuronWatch, SubnetCommitments, SwapEngine,
    };
    use assay_primitives::stored::{I64F64, I96F32, U64F64, U96F32};
    use assay_primitives::{AlphaBalance, MechId, NetUid, NetUidStorageIndex, SafeFloat, TaoBalance};
    use codec::Compact;
    use polkadot_sdk::{frame_support, frame_system, sp_core, sp_runtime};

    use frame_support::pallet_prelude::*;
    use frame_support::traits::fungible;
    use frame_support::{Blake2_128Concat, Identity, PalletId, Twox64Concat};
    use frame_system::pallet_prelude::*;
    use sp_core::{ConstBool, ConstI16, ConstU8, ConstU16, ConstU32, ConstU64, H160, H256};
    use sp_runtime::{AccountId32, Percent};

    use crate::defaults::{
        Blocks, ClaimThreshold, DefaultSymbol, IncreaseMult, LiquidAlphaBounds, MovingAlpha, NormExponent,
        ZeroAccount, declared,
    };
    use crate::locks::roll::LockState;
    use crate::subnets::leasing::SubnetLeaseOf;
    use crate::subnets::symbols::symbol;
    use crate::types::{
        AxonInfo, ChainIdentityV2, LeaseId, NeuronCertificate, PrometheusInfo, RateLimitKey,
        RecycleOrBurnEnum, RootClaimTypeEnum, Signature, SubnetIdentityV3, TimelockedCommit,
    };

    /// The pallet's handle.
    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<
            AccountId = AccountId32,
            Hash = H256,
            RuntimeEvent: From<Event<Self>>,
        >
    {
        /// TAO.
        type Currency: fungible::Balanced<Self::AccountId, Balance = TaoBalance>
            + fungible::Mutate<Self::AccountId, Balance = TaoBalance>;
        /// The pools (section 04).
        type Swap: SwapEngine;
        /// The counters of alpha (section 01, 4).
        type AlphaAssets: AlphaAssets;
        /// What neurons publish (section 10, 6).
        type Commitments: SubnetCommitments<Self::AccountId>;
        /// The randomness beacon (section 08, 8).
        type Beacon: Beacon;
        /// Who makes the block and gets the fees (section 01, 5).
        type BlockAuthor: BlockAuthor<Self::AccountId>;
        /// Stake held back by something outside of the protocol; `()` holds nothing.
        type HeldStake: HeldStake<Self::AccountId>;
        /// Who may be a neuron; `()` lets everybody.
        type NeuronWatch: NeuronWatch<Self::AccountId>;
    }

    impl<T: Config> Pallet<T> {
        /// Tells what happened.
        pub fn deposit_event(event: Event<T>) {
            frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(event));
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(now: BlockNumberFor<T>) -> Weight {
            Self::block_step(sp_runtime::SaturatedConversion::saturated_into(now));
            // The block step has no declared weight (section 01, 7): it runs before the block is weighed.
            Weight::zero()
        }
    }
}
