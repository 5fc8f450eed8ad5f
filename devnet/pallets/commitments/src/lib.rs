//! Pallet Commitments: data that neurons publish on a subnet (section 10, 6).
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

pub mod data;
mod reveal;
pub mod types;

use alloc::vec::Vec;

use assay_primitives::NetUid;
use assay_primitives::interface::SubnetCommitments;
use codec::Encode;

pub use pallet::*;

/// The pallet.
#[allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]
#[expect(unused_qualifications, reason = "the pallet macro wants the full path of the system's Config")]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use alloc::boxed::Box;
    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;

    use assay_primitives::interface::{Beacon, CommitmentRules};
    use assay_primitives::{NetUid, TaoBalance};
    use polkadot_sdk::{frame_support, frame_system};

    use frame_support::pallet_prelude::*;
    use frame_support::{Identity, Twox64Concat};
    use frame_system::pallet_prelude::*;

    use crate::data::Data;
    use crate::types::{CommitmentInfo, Registration, UsageTracker};

    /// Space that a commitment counts for at least, bytes (section 10, 6).
    const LEAST_SPACE: u64 = 100;

    /// The pallet's handle.
    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    /// What the runtime gives the pallet.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// What the subnets say about commitments.
        type Rules: CommitmentRules<Self::AccountId>;
        /// The beacon that opens timelocked fields.
        type Beacon: Beacon;
        /// Fields of a commitment at most.
        #[pallet::constant]
        type MaxFields: Get<u32> + 'static;
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Deposit of a commitment, rao.
        #[pallet::constant_name(InitialDeposit)]
        pub fn initial_deposit() -> TaoBalance {
            0
        }

        /// Deposit of a field, rao.
        #[pallet::constant_name(FieldDeposit)]
        pub fn field_deposit() -> TaoBalance {
            0
        }
    }

    /// Bytes of an account in one epoch at most.
    pub struct DefaultSpace;

    impl Get<u32> for DefaultSpace {
        fn get() -> u32 {
            3_100
        }
    }

    /// Accounts with a timelocked field that is not revealed yet.
    #[pallet::storage]
    pub type TimelockedIndex<T: Config> = StorageValue<_, BTreeSet<(NetUid, T::AccountId)>, ValueQuery>;

    /// The last commitment of an account.
    #[pallet::storage]
    pub type CommitmentOf<T: Config> = StorageDoubleMap<
        _,
        Identity,
        NetUid,
        Twox64Concat,
        T::AccountId,
        Registration<TaoBalance, T::MaxFields, BlockNumberFor<T>>,
        OptionQuery,
    >;

    /// Block of the last commitment.
    #[pallet::storage]
    pub type LastCommitment<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, T::AccountId, BlockNumberFor<T>, OptionQuery>;

    /// Block of the last reset of bonds.
    #[pallet::storage]
    pub type LastBondsReset<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, T::AccountId, BlockNumberFor<T>, OptionQuery>;

    /// Revealed fields with the block of their reveal.
    #[pallet::storage]
    pub type RevealedCommitments<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, T::AccountId, Vec<(Vec<u8>, u64)>, OptionQuery>;

    /// Space used in an epoch.
    #[pallet::storage]
    pub type UsedSpaceOf<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, T::AccountId, UsageTracker, OptionQuery>;

    /// Space of an account in one epoch, bytes.
    #[pallet::storage]
    pub type MaxSpace<T: Config> = StorageValue<_, u32, ValueQuery, DefaultSpace>;

    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// An account committed.
        Commitment {
            /// Subnet.
            netuid: NetUid,
            /// Account.
            who: T::AccountId,
        },
        /// An account committed with a timelocked field.
        TimelockCommitment {
            /// Subnet.
            netuid: NetUid,
            /// Account.
            who: T::AccountId,
            /// Round of the reveal.
            reveal_round: u64,
        },
        /// A timelocked field was revealed.
        CommitmentRevealed {
            /// Subnet.
            netuid: NetUid,
            /// Account.
            who: T::AccountId,
        },
    }

    /// Why a call failed.
    #[pallet::error]
    pub enum Error<T> {
        /// There are too many fields.
        TooManyFieldsInCommitmentInfo,
        /// The account is not registered on the subnet.
        AccountNotAllowedCommit,
        /// The space of the epoch is used up.
        SpaceLimitExceeded,
        /// A deposit was not freed.
        UnexpectedUnreserveLeftover,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_now: BlockNumberFor<T>) -> Weight {
            Self::reveal_matured();
            T::DbWeight::get().reads(1)
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Commits to data (section 10, 6).
        #[pallet::call_index(0)]
        #[pallet::weight((Weight::from_parts(33_080_000, 0).saturating_add(T::DbWeight::get().reads_writes(10, 4)), Pays::No))]
        pub fn set_commitment(
            origin: OriginFor<T>,
            netuid: NetUid,
            info: Box<CommitmentInfo<T::MaxFields>>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            ensure!(T::Rules::may_commit(netuid, &who), Error::<T>::AccountNotAllowedCommit);
            let fields = u32::try_from(info.fields.len()).unwrap_or(u32::MAX);
            ensure!(fields <= T::MaxFields::get(), Error::<T>::TooManyFieldsInCommitmentInfo);
            Self::use_space(netuid, &who, &info)?;

            let block = frame_system::Pallet::<T>::block_number();
            if info.fields.contains(&Data::ResetBondsFlag) {
                LastBondsReset::<T>::insert(netuid, &who, block);
                T::Rules::reset_bonds(netuid, &who)?;
            }
            let round = info.fields.iter().find_map(|field| match field {
                Data::TimelockEncrypted { reveal_round, .. } => Some(*reveal_round),
                _ => None,
            });
            CommitmentOf::<T>::insert(netuid, &who, Registration { deposit: 0, block, info: *info });
            LastCommitment::<T>::insert(netuid, &who, block);
            match round {
                Some(reveal_round) => {
                    TimelockedIndex::<T>::mutate(|index| index.insert((netuid, who.clone())));
                    Self::tell(Event::TimelockCommitment { netuid, who, reveal_round });
                }
                None => Self::tell(Event::Commitment { netuid, who }),
            }
            Ok(())
        }

        /// Sets the space of an epoch; root only (section 10, 6).
        #[pallet::call_index(2)]
        #[pallet::weight((Weight::from_parts(2_000_000, 0).saturating_add(T::DbWeight::get().writes(1)), DispatchClass::Operational))]
        pub fn set_max_space(origin: OriginFor<T>, new_limit: u32) -> DispatchResult {
            ensure_root(origin)?;
            MaxSpace::<T>::put(new_limit);
            Ok(())
        }
    }

    impl<T: Config> Pallet<T> {
        /// Counts the space of a commitment against that of the epoch (section 10, 6).
        fn use_space(
            netuid: NetUid,
            who: &T::AccountId,
            info: &CommitmentInfo<T::MaxFields>,
        ) -> DispatchResult {
            let needed = info.fields.iter().fold(0_u64, |sum, field| sum.saturating_add(field.len()));
            let epoch = T::Rules::epoch_index(netuid);
            let mut usage = UsedSpaceOf::<T>::get(netuid, who).unwrap_or_default();
            if usage.last_epoch != epoch {
                usage = UsageTracker { last_epoch: epoch, used_space: 0 };
            }
            usage.used_space = usage.used_space.saturating_add(needed.max(LEAST_SPACE));
            ensure!(usage.used_space <= u64::from(MaxSpace::<T>::get()), Error::<T>::SpaceLimitExceeded);
            UsedSpaceOf::<T>::insert(netuid, who, usage);
            Ok(())
        }

        pub(crate) fn tell(event: Event<T>) {
            frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(event));
        }
    }
}

impl<T: Config> SubnetCommitments<T::AccountId> for Pallet<T> {
    fn purge(netuid: NetUid) {
        let _ = CommitmentOf::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = LastCommitment::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = LastBondsReset::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = RevealedCommitments::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = UsedSpaceOf::<T>::clear_prefix(netuid, u32::MAX, None);
        TimelockedIndex::<T>::mutate(|index| index.retain(|(of, _)| *of != netuid));
    }

    fn encoded(netuid: NetUid) -> Vec<(T::AccountId, Vec<u8>)> {
        let commitments = CommitmentOf::<T>::iter_prefix(netuid);
        commitments.map(|(account, commitment)| (account, commitment.encode())).collect()
    }
}
