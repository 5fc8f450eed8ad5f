//! Pallet Drand: the pulses of a randomness beacon, as far as timelocked weights need them (section 10, 7).
//!
//! Anyone may bring pulses, in a transaction that nobody signs and that costs nothing; the chain checks that the beacon
//! whose key it knows signed their rounds. The reference chain asks the League of Entropy for them with an offchain
//! worker. A devnet is not to depend on the outside, so there is no worker here: whoever runs the chain gives it a key of
//! its own and brings the pulses (`harness/src/beacon`).
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

mod pulses;
pub mod types;
mod unsigned;

use alloc::vec::Vec;

use assay_primitives::interface::Beacon;

pub use pallet::*;

/// The pallet.
#[allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]
#[expect(unused_qualifications, reason = "the pallet macro wants the full path of the system's Config")]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use alloc::vec::Vec;

    use polkadot_sdk::{frame_support, frame_system, sp_runtime};

    use frame_support::pallet_prelude::*;
    use frame_support::{Blake2_128Concat, Identity};
    use frame_system::pallet_prelude::*;
    use sp_runtime::{MultiSignature, MultiSigner};

    use crate::types::{BeaconConfiguration, BeaconConfigurationPayload, Pulse, PulsesPayload, RoundNumber};

    /// The pallet's handle.
    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {}

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Priority of the unsigned transactions of the reference chain.
        #[pallet::constant_name(UnsignedPriority)]
        pub fn unsigned_priority() -> u64 {
            1_048_576
        }

        /// Milliseconds that the reference chain waits for the beacon.
        #[pallet::constant_name(HttpFetchTimeout)]
        pub fn http_fetch_timeout() -> u64 {
            1_000
        }
    }

    /// The beacon (section 10, 7).
    #[pallet::storage]
    pub type BeaconConfig<T: Config> = StorageValue<_, BeaconConfiguration, ValueQuery>;

    /// Migrations of the reference chain that have run.
    #[pallet::storage]
    pub type HasMigrationRun<T: Config> =
        StorageMap<_, Identity, BoundedVec<u8, ConstU32<128>>, bool, ValueQuery>;

    /// Pulses by round (section 10, 7).
    #[pallet::storage]
    pub type Pulses<T: Config> = StorageMap<_, Blake2_128Concat, RoundNumber, Pulse, OptionQuery>;

    /// The last round stored, 0 for none (section 10, 7).
    #[pallet::storage]
    pub type LastStoredRound<T: Config> = StorageValue<_, RoundNumber, ValueQuery>;

    /// The oldest round stored, 0 for none (section 10, 7).
    #[pallet::storage]
    pub type OldestStoredRound<T: Config> = StorageValue<_, RoundNumber, ValueQuery>;

    /// Block of the next unsigned transaction of the reference chain.
    #[pallet::storage]
    pub type NextUnsignedAt<T: Config> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// The beacon was configured.
        BeaconConfigChanged,
        /// Pulses were stored.
        NewPulse {
            /// Their rounds.
            rounds: Vec<RoundNumber>,
        },
        /// The oldest round was set.
        SetOldestStoredRound(u64),
    }

    /// Why a call failed.
    #[pallet::error]
    pub enum Error<T> {
        /// A value is missing.
        NoneValue,
        /// There is no room.
        StorageOverflow,
        /// The beacon did not answer.
        DrandConnectionFailure,
        /// The pulse is not verified.
        UnverifiedPulse,
        /// The round is not newer than the last one.
        InvalidRoundNumber,
        /// The pulse could not be verified.
        PulseVerificationError,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Verifies pulses and stores them; for the unsigned transactions that [`ValidateUnsigned`] lets pass.
        #[pallet::call_index(0)]
        #[pallet::weight((T::DbWeight::get().reads_writes(2, 3), DispatchClass::Operational, Pays::No))]
        pub fn write_pulse(
            origin: OriginFor<T>,
            pulses_payload: PulsesPayload<MultiSigner, BlockNumberFor<T>>,
            _signature: Option<MultiSignature>,
        ) -> DispatchResult {
            ensure_none(origin)?;
            Self::store_pulses(pulses_payload.pulses)
        }

        /// Configures the beacon; root only. Nothing about the configuration is verified.
        #[pallet::call_index(1)]
        #[pallet::weight((T::DbWeight::get().reads_writes(0, 1), DispatchClass::Operational))]
        pub fn set_beacon_config(
            origin: OriginFor<T>,
            config_payload: BeaconConfigurationPayload<MultiSigner, BlockNumberFor<T>>,
            _signature: Option<MultiSignature>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            BeaconConfig::<T>::put(config_payload.config);
            NextUnsignedAt::<T>::put(frame_system::Pallet::<T>::block_number());
            Self::tell(Event::BeaconConfigChanged);
            Ok(())
        }

        /// Sets the oldest round; root only.
        #[pallet::call_index(2)]
        #[pallet::weight((T::DbWeight::get().reads_writes(0, 1), DispatchClass::Operational))]
        pub fn set_oldest_stored_round(origin: OriginFor<T>, oldest_round: u64) -> DispatchResult {
            ensure_root(origin)?;
            OldestStoredRound::<T>::put(oldest_round);
            Self::tell(Event::SetOldestStoredRound(oldest_round));
            Ok(())
        }
    }

    #[pallet::validate_unsigned]
    // The reference has it, and its successor would show in the metadata.
    #[allow(deprecated)]
    impl<T: Config> ValidateUnsigned for Pallet<T> {
        type Call = Call<T>;

        fn validate_unsigned(_source: TransactionSource, call: &Call<T>) -> TransactionValidity {
            crate::unsigned::validate(call)
        }
    }

    impl<T: Config> Pallet<T> {
        pub(crate) fn tell(event: Event<T>) {
            frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(event));
        }
    }
}

impl<T: Config> Beacon for Pallet<T> {
    fn last_stored_round() -> u64 {
        LastStoredRound::<T>::get()
    }

    fn signature(round: u64) -> Option<Vec<u8>> {
        Pulses::<T>::get(round).map(|pulse| pulse.signature.into_inner())
    }
}
