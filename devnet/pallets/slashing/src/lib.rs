//! Pallet Slashing: stake at risk on objective evidence (document SLASHING).
//!
//! Coldkeys bond stake, miners sign receipts, and whoever holds two receipts that contradict each other, or a receipt
//! and a proof of one wrong step, or two votes of one finality round, can have the offender's stake cut. The chain checks
//! signatures and arithmetic and nothing else. All amounts are decided in `assay_economics::slashing`.
//!
//! The pallet is ours alone and off by default on every subnet: until the terms of a subnet say `enabled`, nothing here
//! writes storage or refuses anything. It has no hooks; what depends on time is found out when it is asked for.
#![allow(
    clippy::let_unit_value,
    clippy::ignored_unit_patterns,
    reason = "the macro of unsigned validation makes them"
)]
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

mod bonds;
mod evidence;
mod neurons;
mod punish;
pub mod types;
pub mod weights;

use polkadot_sdk::sp_consensus_grandpa::{AuthorityList, SetId};

pub use pallet::*;

/// Who finalises blocks now.
pub trait FinalityVoters {
    /// The number of the set.
    fn set_id() -> SetId;
    /// The set.
    fn voters() -> AuthorityList;
}

/// The pallet.
#[allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]
#[allow(
    deprecated,
    reason = "unsigned calls are validated: the transaction extensions are the reference's, which authorize none"
)]
#[expect(unused_qualifications, reason = "the pallet macro wants the full path of the system's Config")]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use alloc::boxed::Box;
    use alloc::vec::Vec;

    use assay_inference::{Commitment, StepProof};
    use assay_primitives::interface::SlashableStake;
    use assay_primitives::{AlphaBalance, NetUid};
    use polkadot_sdk::sp_consensus_grandpa::{AuthorityId, AuthoritySignature, EquivocationProof};
    use polkadot_sdk::{frame_support, frame_system, sp_core, sp_runtime};

    use frame_support::pallet_prelude::*;
    use frame_support::{Blake2_128Concat, Identity};
    use frame_system::pallet_prelude::*;
    use sp_core::{H256, sr25519};
    use sp_runtime::AccountId32;

    use super::FinalityVoters;
    use crate::types::{Block, Offence, PastSlot, Schedule, SignedReceipt, StoredBond, Terms};
    use crate::weights;

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
        /// The stake that is at risk.
        type Stakes: SlashableStake<Self::AccountId>;
        /// Who finalises blocks.
        type Voters: FinalityVoters;
    }

    /// The terms of a subnet.
    #[pallet::storage]
    pub type TermsOf<T: Config> = StorageMap<_, Identity, NetUid, Schedule, ValueQuery>;

    /// Bonds: subnet, hotkey, coldkey.
    #[pallet::storage]
    pub type Bonds<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Identity, NetUid>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, T::AccountId>,
        ),
        StoredBond,
        OptionQuery,
    >;

    /// The models of a subnet, by their names in receipts.
    #[pallet::storage]
    pub type Models<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Identity, H256, Commitment, OptionQuery>;

    /// Offences that were punished, by their id, with the block of the report.
    #[pallet::storage]
    pub type Reported<T: Config> = StorageDoubleMap<_, Identity, NetUid, Identity, H256, Block, OptionQuery>;

    /// How often a hotkey was punished.
    #[pallet::storage]
    pub type Strikes<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

    /// The first block in which a hotkey that was deregistered may register again.
    #[pallet::storage]
    pub type Bans<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, Block, OptionQuery>;

    /// The last slot that a hotkey lost, on subnets with terms: receipts from that time still count.
    #[pallet::storage]
    pub type PastSlots<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, PastSlot, OptionQuery>;

    /// The hotkey whose root stake answers for a finality voter.
    #[pallet::storage]
    pub type Links<T: Config> = StorageMap<_, Identity, AuthorityId, T::AccountId, OptionQuery>;

    /// Links to begin with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Finality voters and the hotkeys that answer for them.
        pub links: Vec<(AuthorityId, T::AccountId)>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            for (authority, hotkey) in &self.links {
                Links::<T>::insert(authority, hotkey);
            }
        }
    }

    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// Stake was taken.
        Slashed {
            /// Subnet, root for a double vote.
            netuid: NetUid,
            /// The offender.
            hotkey: T::AccountId,
            /// What was proved.
            offence: Offence,
            /// What its holders lost, rao.
            slashed: AlphaBalance,
            /// What the reporter got of it, rao.
            rewarded: AlphaBalance,
            /// What left the issuance, rao.
            burned: AlphaBalance,
            /// The reporter's coldkey, unless a node reported.
            reporter: Option<T::AccountId>,
            /// Strikes after it.
            strikes: u32,
        },
        /// A neuron was deregistered for its strikes.
        Banned {
            /// Subnet.
            netuid: NetUid,
            /// The offender.
            hotkey: T::AccountId,
            /// The first block in which it may register again.
            until: Block,
        },
        /// Stake was bonded.
        Bonded {
            /// Subnet.
            netuid: NetUid,
            /// The hotkey it is staked to.
            hotkey: T::AccountId,
            /// Whose stake it is.
            coldkey: T::AccountId,
            /// Rao.
            amount: AlphaBalance,
        },
        /// Bonded stake is on its way out.
        Unbonding {
            /// Subnet.
            netuid: NetUid,
            /// The hotkey it is staked to.
            hotkey: T::AccountId,
            /// Whose stake it is.
            coldkey: T::AccountId,
            /// Rao.
            amount: AlphaBalance,
            /// The last block in which it is locked.
            until: Block,
        },
        /// The terms of a subnet will change.
        TermsChanged {
            /// Subnet.
            netuid: NetUid,
            /// The new terms.
            terms: Terms,
            /// The first block in which they are in force.
            from: Block,
        },
        /// A model was registered.
        ModelRegistered {
            /// Subnet.
            netuid: NetUid,
            /// Its name in receipts.
            model: H256,
        },
        /// A hotkey answers for a finality voter.
        AuthorityLinked {
            /// The voter.
            authority: AuthorityId,
            /// The hotkey.
            hotkey: T::AccountId,
        },
    }

    /// Why something is refused; nothing has changed then.
    #[pallet::error]
    pub enum Error<T> {
        /// Slashing is not enabled on the subnet.
        NotEnabled,
        /// There is no such subnet.
        SubnetNotExists,
        /// Only the subnet's owner may do this; root may set terms.
        NotSubnetOwner,
        /// A window, a ban or a number of strikes is zero or too large.
        TermsOutOfRange,
        /// Nothing is to be bonded or unbonded.
        ZeroAmount,
        /// The bond would be above the stake that is not locked yet.
        BondAboveFreeStake,
        /// More is to be unbonded than is bonded.
        UnbondAboveBond,
        /// Too many amounts are on their way out of this bond.
        TooManyUnbondings,
        /// The receipt was signed for another chain.
        ReceiptOfOtherChain,
        /// The receipt is older than the window.
        ReceiptTooOld,
        /// The receipt is from a block to come.
        ReceiptFromFuture,
        /// The signature is not that of the receipt's hotkey.
        BadSignature,
        /// The receipts are of different hotkeys, subnets, jobs, models or requests.
        UnrelatedReceipts,
        /// The receipts say the same.
        ReceiptsAgree,
        /// The hotkey was not registered on the subnet at the receipt's block.
        NotRegistered,
        /// The model is not registered on the subnet.
        ModelNotRegistered,
        /// The model is registered already.
        ModelAlreadyRegistered,
        /// The layers do not make a network.
        MalformedModel,
        /// The proof does not lead to what was signed and registered.
        ProofDoesNotFit,
        /// The proof computes what the receipt claims.
        ProofAgrees,
        /// The offence was reported before.
        AlreadyReported,
        /// The hotkey is banned from the subnet.
        Banned,
        /// The reward cannot be staked to the hotkey named for it.
        RewardNotAccepted,
        /// The vote is not that of an authority of the current set.
        NotCurrentAuthority,
        /// The votes do not prove a double vote.
        NoDoubleVote,
        /// No hotkey answers for the authority.
        AuthorityNotLinked,
        /// A hotkey answers for the authority already.
        AuthorityAlreadyLinked,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Puts stake of the signing coldkey at risk: it stays where it is, keeps earning and cannot leave.
        #[pallet::call_index(0)]
        #[pallet::weight(weights::bond::<T>())]
        pub fn bond(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
            amount: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_bond(coldkey, netuid, hotkey, amount)
        }

        /// Takes stake of the signing coldkey out of its bond: it stays at risk for one window more and is free then.
        #[pallet::call_index(1)]
        #[pallet::weight(weights::bond::<T>())]
        pub fn unbond(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
            amount: AlphaBalance,
        ) -> DispatchResult {
            let coldkey = ensure_signed(origin)?;
            Self::do_unbond(coldkey, netuid, hotkey, amount)
        }

        /// Changes the terms of a subnet after one window; its owner or root.
        #[pallet::call_index(2)]
        #[pallet::weight(weights::set_terms::<T>())]
        pub fn set_terms(origin: OriginFor<T>, netuid: NetUid, terms: Terms) -> DispatchResult {
            if let Some(who) = ensure_signed_or_root(origin)? {
                ensure!(T::Stakes::owns_subnet(netuid, &who), Error::<T>::NotSubnetOwner);
            }
            ensure!(T::Stakes::subnet_exists(netuid), Error::<T>::SubnetNotExists);
            ensure!(terms.in_range(), Error::<T>::TermsOutOfRange);
            let now = Self::now();
            let schedule = TermsOf::<T>::get(netuid).changed(terms, now);
            TermsOf::<T>::insert(netuid, schedule);
            let from = schedule.next.map_or(now, |next| next.from);
            Self::tell(Event::TermsChanged { netuid, terms, from });
            Ok(())
        }

        /// Registers a model whose receipts can be proved wrong; the subnet's owner.
        #[pallet::call_index(3)]
        #[pallet::weight(weights::register_model::<T>(model))]
        pub fn register_model(origin: OriginFor<T>, netuid: NetUid, model: Commitment) -> DispatchResult {
            let who = ensure_signed(origin)?;
            ensure!(T::Stakes::owns_subnet(netuid, &who), Error::<T>::NotSubnetOwner);
            ensure!(model.validate().is_ok(), Error::<T>::MalformedModel);
            let name = model.model();
            ensure!(!Models::<T>::contains_key(netuid, name), Error::<T>::ModelAlreadyRegistered);
            Models::<T>::insert(netuid, name, model);
            Self::tell(Event::ModelRegistered { netuid, model: name });
            Ok(())
        }

        /// Reports two receipts of one job, model and request with two responses. The reward is staked to
        /// `reward_hotkey`.
        #[pallet::call_index(4)]
        #[pallet::weight(weights::contradiction::<T>(weights::HOLDERS))]
        pub fn report_contradiction(
            origin: OriginFor<T>,
            first: Box<SignedReceipt>,
            second: Box<SignedReceipt>,
            reward_hotkey: T::AccountId,
        ) -> DispatchResultWithPostInfo {
            let coldkey = ensure_signed(origin)?;
            let case = Self::check_contradiction(&first, &second)?;
            let holders = Self::punish(&case, Some((&coldkey, &reward_hotkey)))?;
            Ok(Some(weights::contradiction::<T>(holders)).into())
        }

        /// Reports a receipt with one step of the work that its model does not give. The reward is staked to
        /// `reward_hotkey`.
        #[pallet::call_index(5)]
        #[pallet::weight(weights::wrong_result::<T>(proof, weights::HOLDERS))]
        pub fn report_wrong_result(
            origin: OriginFor<T>,
            receipt: Box<SignedReceipt>,
            proof: Box<StepProof>,
            reward_hotkey: T::AccountId,
        ) -> DispatchResultWithPostInfo {
            let coldkey = ensure_signed(origin)?;
            let case = Self::check_wrong_result(&receipt, &proof)?;
            let holders = Self::punish(&case, Some((&coldkey, &reward_hotkey)))?;
            Ok(Some(weights::wrong_result::<T>(&proof, holders)).into())
        }

        /// Makes a hotkey answer with its root stake for a finality voter, for good. Both sign
        /// [`crate::types::link_message`]; who submits it does not matter.
        #[pallet::call_index(6)]
        #[pallet::weight(weights::link::<T>())]
        pub fn link_authority(
            origin: OriginFor<T>,
            authority: AuthorityId,
            hotkey: T::AccountId,
            authority_signature: AuthoritySignature,
            hotkey_signature: sr25519::Signature,
        ) -> DispatchResult {
            ensure_signed(origin)?;
            Self::check_link(&authority, &hotkey, &authority_signature, &hotkey_signature)?;
            ensure!(!Links::<T>::contains_key(&authority), Error::<T>::AuthorityAlreadyLinked);
            Links::<T>::insert(&authority, &hotkey);
            Self::tell(Event::AuthorityLinked { authority, hotkey });
            Ok(())
        }

        /// Reports two votes of an authority in one round of finality. The reward is staked to `reward_hotkey` on root.
        #[pallet::call_index(7)]
        #[pallet::weight(weights::double_vote::<T>(weights::HOLDERS))]
        pub fn report_double_vote(
            origin: OriginFor<T>,
            proof: Box<EquivocationProof<T::Hash, BlockNumberFor<T>>>,
            reward_hotkey: T::AccountId,
        ) -> DispatchResultWithPostInfo {
            let coldkey = ensure_signed(origin)?;
            let case = Self::check_double_vote(&proof)?;
            let holders = Self::punish(&case, Some((&coldkey, &reward_hotkey)))?;
            Ok(Some(weights::double_vote::<T>(holders)).into())
        }

        /// The same report by a node that saw the votes: unsigned, without a reward, and only from the node that makes
        /// the block.
        #[pallet::call_index(8)]
        #[pallet::weight(weights::double_vote::<T>(weights::HOLDERS))]
        pub fn report_double_vote_unsigned(
            origin: OriginFor<T>,
            proof: Box<EquivocationProof<T::Hash, BlockNumberFor<T>>>,
        ) -> DispatchResultWithPostInfo {
            ensure_none(origin)?;
            let case = Self::check_double_vote(&proof)?;
            let holders = Self::punish(&case, None)?;
            Ok((Some(weights::double_vote::<T>(holders)), Pays::No).into())
        }
    }

    #[pallet::validate_unsigned]
    impl<T: Config> ValidateUnsigned for Pallet<T> {
        type Call = Call<T>;

        fn validate_unsigned(source: TransactionSource, call: &Self::Call) -> TransactionValidity {
            let Call::report_double_vote_unsigned { proof } = call else {
                return InvalidTransaction::Call.into();
            };
            if source == TransactionSource::External {
                return InvalidTransaction::Call.into();
            }
            let refusal = |error| match error {
                error if error == Error::<T>::AlreadyReported.into() => InvalidTransaction::Stale,
                _ => InvalidTransaction::BadProof,
            };
            let case = Self::check_double_vote(proof).map_err(refusal)?;
            ValidTransaction::with_tag_prefix("AssayDoubleVote")
                .priority(TransactionPriority::MAX)
                .and_provides(case.id())
                // As long as the report would be of use at all.
                .longevity(u64::from(Self::terms(case.netuid).window))
                .propagate(false)
                .build()
        }
    }

    impl<T: Config> Pallet<T> {
        /// The terms in force on a subnet.
        pub fn terms(netuid: NetUid) -> Terms {
            TermsOf::<T>::get(netuid).at(Self::now())
        }

        /// The block being made.
        pub(crate) fn now() -> Block {
            sp_runtime::SaturatedConversion::saturated_into(frame_system::Pallet::<T>::block_number())
        }

        pub(crate) fn tell(event: Event<T>) {
            frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(event));
        }
    }
}
