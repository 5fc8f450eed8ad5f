//! Pallet Credits: how customers pay for inference (document NEURONS, "Customers").
//!
//! A customer buys credits on a subnet with TAO: the TAO buys alpha in the subnet's pool as a stake would, and the alpha
//! is burned. Gateways spend the credits by the customer's vouchers. Nobody is paid out: what a customer spends has left
//! circulation when it was bought, and raised the price of the subnet's alpha for everybody who works there.
//!
//! "Burned" is the protocol's word (section 01, 4): the alpha counts as outstanding and belongs to nobody, as after
//! `add_stake_burn`; the subnet's emission goes on as before. Credits cannot be sold back, and go with their subnet when
//! it is dissolved, because the alpha that they stood for is worth nothing then.
//!
//! The pallet is ours alone and off by default on every subnet: until root enables it, nothing here writes storage. It has
//! no hooks.
#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
    clippy::if_not_else,
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    clippy::used_underscore_binding,
    reason = "the pallet macro says how calls look and writes code of its own; their errors stand beside them"
)]

extern crate alloc;

mod ledger;
pub mod types;
pub mod weights;

pub use pallet::*;

/// The pallet.
#[allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]
#[expect(unused_qualifications, reason = "the pallet macro wants the full path of the system's Config")]
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
    use assay_primitives::interface::AlphaSale;
    use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
    use polkadot_sdk::{frame_support, frame_system, sp_core, sp_runtime};

    use frame_support::pallet_prelude::*;
    use frame_support::{Blake2_128Concat, Identity};
    use frame_system::pallet_prelude::*;
    use sp_core::H256;
    use sp_runtime::AccountId32;

    use crate::types::{Sales, Terms, Vouchers};
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
        /// Where alpha is bought.
        type Pools: AlphaSale<Self::AccountId>;
    }

    /// The terms of a subnet.
    #[pallet::storage]
    pub type TermsOf<T: Config> = StorageMap<_, Identity, NetUid, Terms, ValueQuery>;

    /// Credits of a customer that no gateway has spent yet: subnet, customer.
    #[pallet::storage]
    pub type Balances<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Blake2_128Concat, T::AccountId, u64, ValueQuery>;

    /// Credits that a gateway has spent of a customer in all: subnet, customer, gateway.
    #[pallet::storage]
    pub type Spent<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Identity, NetUid>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, T::AccountId>,
        ),
        u64,
        ValueQuery,
    >;

    /// What a subnet has sold.
    #[pallet::storage]
    pub type Sold<T: Config> = StorageMap<_, Identity, NetUid, Sales, ValueQuery>;

    /// What happened.
    #[pallet::event]
    pub enum Event<T: Config> {
        /// Credits were bought.
        CreditsBought {
            /// Subnet.
            netuid: NetUid,
            /// Who paid.
            customer: T::AccountId,
            /// What was paid, rao.
            tao: TaoBalance,
            /// What it bought and was burned, rao.
            alpha: AlphaBalance,
            /// What the customer got for it.
            credits: u64,
        },
        /// Credits were spent.
        CreditsSpent {
            /// Subnet.
            netuid: NetUid,
            /// Whose they were.
            customer: T::AccountId,
            /// The hotkey that served.
            gateway: T::AccountId,
            /// How many.
            credits: u64,
            /// How many this gateway has spent of this customer in all.
            total: u64,
        },
        /// The terms of a subnet changed.
        TermsChanged {
            /// Subnet.
            netuid: NetUid,
            /// The new terms.
            terms: Terms,
        },
    }

    /// Why something is refused; nothing has changed then.
    #[pallet::error]
    pub enum Error<T> {
        /// Credits are not enabled on the subnet.
        NotEnabled,
        /// There is no such subnet.
        SubnetNotExists,
        /// Root has no miners to pay for.
        RootHasNoCredits,
        /// A rate of zero would sell nothing.
        RateOutOfRange,
        /// The TAO would buy fewer credits than asked for.
        TooFewCredits,
        /// More credits than can be counted.
        TooManyCredits,
        /// There is no voucher to spend.
        NoVouchers,
        /// The voucher was signed for another chain.
        VoucherOfOtherChain,
        /// The voucher was signed for an earlier subnet of the number.
        VoucherOfOtherSubnet,
        /// The voucher names another gateway than the signer or a hotkey of it.
        NotTheGateway,
        /// The gateway has no slot on the subnet.
        GatewayNotRegistered,
        /// The signature is not that of the voucher's customer.
        BadSignature,
        /// The voucher holds nothing that was not spent before.
        AlreadySpent,
        /// The customer has fewer credits left than the voucher asks for.
        NotEnoughCredits,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Buys credits with all of `tao` (rao), at least `min_credits` of them. The TAO buys alpha in the subnet's pool,
        /// with the fee of a stake, and the alpha is burned.
        #[pallet::call_index(0)]
        #[pallet::weight(weights::buy::<T>())]
        pub fn buy(
            origin: OriginFor<T>,
            netuid: NetUid,
            tao: TaoBalance,
            min_credits: u64,
        ) -> DispatchResult {
            let customer = ensure_signed(origin)?;
            Self::do_buy(customer, netuid, tao, min_credits)
        }

        /// Spends vouchers of customers for the gateway that they name: the signer, or a hotkey of the signer. One that
        /// cannot be spent refuses them all.
        #[pallet::call_index(1)]
        #[pallet::weight(weights::spend::<T>(vouchers.len()))]
        pub fn spend(origin: OriginFor<T>, vouchers: Vouchers<T::AccountId>) -> DispatchResult {
            let signer = ensure_signed(origin)?;
            ensure!(!vouchers.is_empty(), Error::<T>::NoVouchers);
            vouchers.iter().try_for_each(|signed| Self::do_spend(&signer, signed))
        }

        /// Lets a subnet sell credits, or stops it; root. What was bought before waits until it may be spent again.
        #[pallet::call_index(2)]
        #[pallet::weight((weights::set_terms::<T>(), DispatchClass::Operational))]
        pub fn set_enabled(origin: OriginFor<T>, netuid: NetUid, enabled: bool) -> DispatchResult {
            ensure_root(origin)?;
            Self::change_terms(netuid, |terms| terms.enabled = enabled)
        }

        /// Says how many credits an alpha buys from now on; root.
        #[pallet::call_index(3)]
        #[pallet::weight((weights::set_terms::<T>(), DispatchClass::Operational))]
        pub fn set_rate(origin: OriginFor<T>, netuid: NetUid, rate: u64) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(rate > 0, Error::<T>::RateOutOfRange);
            Self::change_terms(netuid, |terms| terms.rate = rate)
        }
    }
}
