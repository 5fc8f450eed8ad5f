//! Pallet Swap: the pools of the subnets (section 04).
//!
//! The arithmetic is in the economics crate. This pallet keeps what a pool has besides its reserves, which are with
//! the subnets: weights, fee rate, and whether a swap has used it. [`engine`] is what the other pallets see.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::nonminimal_bool,
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "the pallet macro says how calls look and writes code of its own; their errors stand in the specification"
)]

pub mod engine;
pub mod types;

pub use pallet::*;

/// The pallet.
#[expect(
    unused_qualifications,
    clippy::cast_possible_truncation,
    clippy::if_not_else,
    reason = "the pallet macros write it so"
)]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use core::num::NonZeroU64;

    use assay_economics::pool::{DEFAULT_FEE_RATE, MAX_FEE_RATE, MINIMUM_RESERVE};
    use assay_primitives::interface::PoolReserves;
    use assay_primitives::{AlphaBalance, NetUid};
    use polkadot_sdk::{frame_support, frame_system, sp_core};

    use frame_support::pallet_prelude::*;
    use frame_support::{Identity, PalletId, Twox64Concat};
    use frame_system::pallet_prelude::*;
    use sp_core::{ConstU16, ConstU32};

    use crate::types::{Balancer, PositionId, TickIndex};

    /// The pallet's handle.
    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The reserves of the pools.
        type Reserves: PoolReserves;
    }

    /// Part of the input of a swap that is fee, parts of 65,535 (section 04, 8).
    #[pallet::storage]
    pub type FeeRate<T: Config> =
        StorageMap<_, Twox64Concat, NetUid, u16, ValueQuery, ConstU16<DEFAULT_FEE_RATE>>;

    /// Weights of a pool (section 04).
    #[pallet::storage]
    pub type SwapBalancer<T: Config> = StorageMap<_, Twox64Concat, NetUid, Balancer, ValueQuery>;

    /// Whether the weights of a pool stand; the first swap sets them to one half (section 04, 4 step 4).
    #[pallet::storage]
    pub type PalSwapInitialized<T: Config> = StorageMap<_, Twox64Concat, NetUid, bool, ValueQuery>;

    /// Migrations of the reference chain that have run.
    #[pallet::storage]
    pub type HasMigrationRun<T: Config> =
        StorageMap<_, Identity, BoundedVec<u8, ConstU32<128>>, bool, ValueQuery>;

    /// Unused.
    #[pallet::storage]
    pub type ScrapReservoirAlpha<T: Config> = StorageMap<_, Twox64Concat, NetUid, AlphaBalance, ValueQuery>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// A fee rate was set.
        FeeRateSet {
            /// Subnet.
            netuid: NetUid,
            /// Parts of 65,535.
            rate: u16,
        },
    }

    /// Why a call or a swap failed (section 04, 12). Their order is their number on the wire.
    #[pallet::error]
    #[derive(PartialEq)]
    pub enum Error<T> {
        /// The fee rate is above the highest one.
        FeeRateTooHigh,
        /// Not returned.
        InsufficientInputAmount,
        /// The pool cannot pay out that much.
        InsufficientLiquidity,
        /// The price is at or beyond the limit.
        PriceLimitExceeded,
        /// Not returned.
        InsufficientBalance,
        /// Not returned.
        InvalidTickRange,
        /// Not returned.
        InvalidLiquidityValue,
        /// The reserve to pay from is too low, or the payout rounds to nothing.
        ReservesTooLow,
        /// The subnet does not exist.
        MechanismDoesNotExist,
        /// Not returned.
        SubtokenDisabled,
        /// The weights would leave their bounds.
        ReservesOutOfBalance,
        /// The input is more than 1,000 times the reserve it goes into.
        SwapInputTooLarge,
        /// The call is gone.
        Deprecated,
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Unused name of a protocol account (section 01, 3).
        #[pallet::constant_name(ProtocolId)]
        pub fn protocol_id() -> PalletId {
            PalletId(*b"ten/swap")
        }

        /// Highest fee rate, parts of 65,535.
        #[pallet::constant_name(MaxFeeRate)]
        pub fn max_fee_rate() -> u16 {
            MAX_FEE_RATE
        }

        /// Unused.
        #[pallet::constant_name(MinimumLiquidity)]
        pub fn minimum_liquidity() -> u64 {
            1_000
        }

        /// The least a reserve must hold to be paid from, rao.
        #[pallet::constant_name(MinimumReserve)]
        pub fn minimum_reserve() -> NonZeroU64 {
            NonZeroU64::new(MINIMUM_RESERVE).unwrap_or(NonZeroU64::MIN)
        }
    }

    /// The calls (section 04, 12). Those of the former pools are gone; they keep their numbers and arguments.
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Sets the fee rate of a subnet, parts of 65,535; root only.
        #[pallet::call_index(0)]
        #[pallet::weight(T::DbWeight::get().reads_writes(2, 1))]
        pub fn set_fee_rate(origin: OriginFor<T>, netuid: NetUid, rate: u16) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(T::Reserves::exists(netuid), Error::<T>::MechanismDoesNotExist);
            ensure!(rate <= MAX_FEE_RATE, Error::<T>::FeeRateTooHigh);
            FeeRate::<T>::insert(netuid, rate);
            Self::deposit_event(Event::FeeRateSet { netuid, rate });
            Ok(())
        }

        /// Gone.
        #[pallet::call_index(4)]
        #[pallet::weight(T::DbWeight::get().reads(1))]
        pub fn toggle_user_liquidity(origin: OriginFor<T>, netuid: NetUid, enable: bool) -> DispatchResult {
            let _unused = (origin, netuid, enable);
            Err(Error::<T>::Deprecated.into())
        }

        /// Gone.
        #[pallet::call_index(1)]
        #[pallet::weight(T::DbWeight::get().reads(1))]
        pub fn add_liquidity(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            tick_low: TickIndex,
            tick_high: TickIndex,
            liquidity: u64,
        ) -> DispatchResult {
            let _unused = (origin, hotkey, netuid, tick_low, tick_high, liquidity);
            Err(Error::<T>::Deprecated.into())
        }

        /// Gone.
        #[pallet::call_index(2)]
        #[pallet::weight(T::DbWeight::get().reads(1))]
        pub fn remove_liquidity(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            position_id: PositionId,
        ) -> DispatchResult {
            let _unused = (origin, hotkey, netuid, position_id);
            Err(Error::<T>::Deprecated.into())
        }

        /// Gone.
        #[pallet::call_index(3)]
        #[pallet::weight(T::DbWeight::get().reads(1))]
        pub fn modify_position(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            position_id: PositionId,
            liquidity_delta: i64,
        ) -> DispatchResult {
            let _unused = (origin, hotkey, netuid, position_id, liquidity_delta);
            Err(Error::<T>::Deprecated.into())
        }

        /// Gone.
        #[pallet::call_index(5)]
        #[pallet::weight(T::DbWeight::get().reads(1))]
        pub fn disable_lp(origin: OriginFor<T>) -> DispatchResult {
            let _unused = origin;
            Err(Error::<T>::Deprecated.into())
        }
    }
}
