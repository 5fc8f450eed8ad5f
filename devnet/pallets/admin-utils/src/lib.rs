//! Pallet `AdminUtils`: hyperparameters set by root and by the owners of subnets (section 02, 9).
//!
//! Checks come in the order origin, rate limit, freeze, existence, bounds; then the item is written and told. An
//! owner's change is recorded last, and only if everything before it went well.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "the pallet macro says how calls look and writes code of its own; their errors stand in the specification"
)]

extern crate alloc;

mod calls;
pub mod types;

use alloc::vec::Vec;

use assay_primitives::NetUid;
use pallet_subtensor::Pallet as Subtensor;
use pallet_subtensor::subnets::rate_limits::{Hyperparameter, Transaction};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_support::pallet_macros::import_section;
use polkadot_sdk::frame_system::pallet_prelude::OriginFor;
use polkadot_sdk::sp_runtime::DispatchError;

pub use pallet::*;

/// Who makes blocks and who finalises them, as root changes it (section 02, 9.2).
pub trait Authorities<AuthorityId, VoterList, BlockNumber> {
    /// Changes the block authors.
    fn change_block_authors(authorities: Vec<AuthorityId>);
    /// Schedules a change of the finality voters.
    ///
    /// # Errors
    /// A change is pending.
    fn schedule_finality_change(
        voters: VoterList,
        in_blocks: BlockNumber,
        forced: Option<BlockNumber>,
    ) -> DispatchResult;
}

/// The pallet.
#[expect(
    unused_qualifications,
    clippy::cast_possible_truncation,
    clippy::if_not_else,
    reason = "the pallet macro wants the full path of the system's Config, and writes the rest"
)]
#[import_section(calls::call_section)]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use alloc::vec::Vec;

    use assay_primitives::stored::{I64F64, I96F32, U64F64};
    use assay_primitives::{MechId, NetUid, ROOT, TaoBalance};
    use pallet_subtensor::defaults::declared;
    use pallet_subtensor::subnets::hyperparameters::{MAX_MECHANISMS, MAX_UIDS};
    use pallet_subtensor::subnets::rate_limits::{Hyperparameter, Transaction};
    use pallet_subtensor::types::RecycleOrBurnEnum;
    use pallet_subtensor::{Event as SubtensorEvent, Pallet as Subtensor};
    use polkadot_sdk::sp_consensus_grandpa::AuthorityList;
    use polkadot_sdk::{frame_support, frame_system, sp_core};

    use frame_support::Blake2_128Concat;
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use sp_core::ConstBool;

    use crate::types::PrecompileEnum;
    use crate::{Actor, Authorities, entries};

    /// Longest average of bonds that an owner can set, parts of 1,000,000 (section 02, 9.1).
    const OWNERS_LONGEST_AVERAGE: u64 = 975_000;
    /// Lowest liquid alpha, parts of 65,535 (section 02, 9.1).
    const LOWEST_ALPHA: u16 = 1_638;
    /// Longest reveal period, epochs (section 02, 9.1).
    const LONGEST_REVEAL_PERIOD: u64 = 100;
    /// Longest half-life of the price of a registration, blocks (section 02, 9.1).
    const LONGEST_HALF_LIFE: u16 = 36_100;
    /// The number 1 in the bits of a `U64F64`.
    const ONE: u128 = 1 << 64;

    /// The pallet's handle.
    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config:
        polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> + pallet_subtensor::Config
    {
        /// Public key of a block author.
        type AuthorityId: Parameter + MaxEncodedLen;
        /// Block authors at most.
        type MaxAuthorities: Get<u32>;
        /// Block authors and finality voters.
        type Authorities: Authorities<Self::AuthorityId, AuthorityList, BlockNumberFor<Self>>;
    }

    /// Switches of the precompiles, which this chain does not have.
    #[pallet::storage]
    pub type PrecompileEnable<T: Config> =
        StorageMap<_, Blake2_128Concat, PrecompileEnum, bool, ValueQuery, ConstBool<true>>;

    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// A precompile was switched.
        PrecompileUpdated {
            /// The precompile.
            precompile_id: PrecompileEnum,
            /// Whether it is on.
            enabled: bool,
        },
        /// Yuma 3 was switched.
        Yuma3EnableToggled {
            /// Subnet.
            netuid: NetUid,
            /// Whether it is on.
            enabled: bool,
        },
        /// The reset of bonds was switched.
        BondsResetToggled {
            /// Subnet.
            netuid: NetUid,
            /// Whether it is on.
            enabled: bool,
        },
        /// The half-life of the price of a registration was set.
        BurnHalfLifeSet {
            /// Subnet.
            netuid: NetUid,
            /// Blocks.
            burn_half_life: u16,
        },
        /// The factor of the price of a registration was set.
        BurnIncreaseMultSet {
            /// Subnet.
            netuid: NetUid,
            /// Factor.
            burn_increase_mult: U64F64,
        },
        /// The TAO emission of a subnet was switched.
        SubnetEmissionEnabledSet {
            /// Subnet.
            netuid: NetUid,
            /// Whether it is on.
            enabled: bool,
        },
    }

    /// Why a call failed (section 12, 3).
    #[pallet::error]
    pub enum Error<T> {
        /// The subnet does not exist.
        SubnetDoesNotExist,
        /// There would be more validators than uids.
        MaxValidatorsLargerThanMaxUIds,
        /// There are more neurons than that.
        MaxAllowedUIdsLessThanCurrentUIds,
        /// An owner cannot set so long an average.
        BondsMovingAverageMaxReached,
        /// An owner cannot set a negative steepness.
        NegativeSigmoidSteepness,
        /// The value is out of bounds.
        ValueNotInBounds,
        /// There are fewer neurons than that.
        MinAllowedUidsGreaterThanCurrentUids,
        /// The lower bound would be above the upper one.
        MinAllowedUidsGreaterThanMaxAllowedUids,
        /// The upper bound would be below the lower one.
        MaxAllowedUidsLessThanMinAllowedUids,
        /// The upper bound is too high.
        MaxAllowedUidsGreaterThanDefaultMaxAllowedUids,
        /// The value is out of bounds.
        InvalidValue,
        /// The root network does not take part in this.
        NotPermittedOnRootSubnet,
        /// There is no registration by proof of work.
        POWRegistrationDisabled,
        /// The call is deprecated.
        Deprecated,
    }
}

/// Who changes a hyperparameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Actor {
    Root,
    Owner,
}

/// Picoseconds of a call with a list.
fn entries(base: u64, each: u64, number: usize) -> u64 {
    base.saturating_add(each.saturating_mul(u64::try_from(number).unwrap_or(u64::MAX)))
}

impl<T: Config> Pallet<T> {
    /// Origin kind O with the freeze: root, or the owner who keeps to the rate limit (section 02, 9).
    fn admit(
        origin: OriginFor<T>,
        netuid: NetUid,
        parameter: Hyperparameter,
    ) -> Result<Actor, DispatchError> {
        let owner = Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
        let actor = if owner.is_some() { Actor::Owner } else { Actor::Root };
        if actor == Actor::Owner {
            Subtensor::<T>::ensure_owner_limit(netuid, parameter)?;
        }
        Subtensor::<T>::ensure_not_frozen(netuid)?;
        Ok(actor)
    }

    /// Records the owner's change (section 02, 9).
    fn record(actor: Actor, netuid: NetUid, parameter: Hyperparameter) {
        if actor == Actor::Owner {
            Subtensor::<T>::record_owner_limit(netuid, parameter);
        }
    }

    /// Root, or the owner who keeps to the rate limit of a kind of transaction, with the freeze; gives the owner
    /// (section 02, 9.1).
    fn admit_transaction(
        origin: OriginFor<T>,
        netuid: NetUid,
        kind: Transaction,
    ) -> Result<Option<T::AccountId>, DispatchError> {
        let owner = Subtensor::<T>::ensure_owner_or_root(origin, netuid)?;
        if let Some(owner) = &owner {
            let passed = Subtensor::<T>::transaction_limit_passed(kind, owner, netuid);
            ensure!(passed, pallet_subtensor::Error::<T>::TxRateLimitExceeded);
        }
        Subtensor::<T>::ensure_not_frozen(netuid)?;
        Ok(owner)
    }

    /// Records the owner's transaction (section 02, 9.1).
    fn record_transaction(owner: Option<&T::AccountId>, netuid: NetUid, kind: Transaction) {
        if let Some(owner) = owner {
            Subtensor::<T>::record_transaction(kind, owner, netuid);
        }
    }

    fn ensure_exists(netuid: NetUid) -> DispatchResult {
        ensure!(Subtensor::<T>::subnet_exists(netuid), Error::<T>::SubnetDoesNotExist);
        Ok(())
    }

    fn tell(event: Event<T>) {
        polkadot_sdk::frame_system::Pallet::<T>::deposit_event(
            <T as polkadot_sdk::frame_system::Config>::RuntimeEvent::from(event),
        );
    }
}
