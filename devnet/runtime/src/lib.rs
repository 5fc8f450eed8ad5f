//! The runtime: what the chain is made of.
//!
//! `pallets.rs` gives every pallet its constants, `proxies.rs` says what a proxy may do, `filter.rs` what nobody may
//! do, `call.rs` what stands around a call, `batch.rs` and `fees.rs` what a transaction costs and who gets it,
//! `extensions/` what a transaction carries, `apis.rs` what clients can ask. Names and numbers are those of the reference chain (section 01, 6).
#![cfg_attr(not(feature = "std"), no_std)]
#![expect(missing_docs, reason = "the macros that compose a runtime make items without documentation")]
#![allow(clippy::used_underscore_binding, reason = "the macro of the runtime interfaces uses all arguments")]
// The macro of the runtime nests one level per pallet.
#![recursion_limit = "256"]
#![allow(clippy::cast_possible_truncation, reason = "the derived encoding of enums numbers their variants")]

extern crate alloc;

use alloc::vec::Vec;

use assay_primitives::TaoBalance;
use polkadot_sdk::sp_runtime::traits::BlakeTwo256;
use polkadot_sdk::sp_runtime::{AccountId32, MultiAddress, MultiSignature, generic};
use polkadot_sdk::{
    frame_executive, frame_support, frame_system, pallet_aura, pallet_balances, pallet_grandpa,
    pallet_multisig, pallet_preimage, pallet_proxy, pallet_scheduler, pallet_sudo, pallet_timestamp,
    pallet_transaction_payment, pallet_utility,
};

pub mod apis;
pub mod author;
pub mod batch;
mod call;
pub mod extensions;
pub mod fees;
pub mod filter;
pub mod genesis;
pub mod pallets;
pub mod proxies;
pub mod proxy_filters;
pub mod version;

#[cfg(test)]
mod tests;

pub use apis::api;
pub use extensions::TxExtension;
pub use version::VERSION;

/// An account: a coldkey or a hotkey (section 01, 2).
pub type AccountId = AccountId32;
/// How a transaction names an account (section 01, 2).
pub type Address = MultiAddress<AccountId, ()>;
/// TAO in rao.
pub type Balance = TaoBalance;
/// Number of a block.
pub type BlockNumber = u32;
/// Number of an account's transaction.
pub type Nonce = u32;
/// A hash.
pub type Hash = polkadot_sdk::sp_core::H256;
/// Signature of a transaction.
pub type Signature = MultiSignature;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A transaction as it travels (section 10, 1).
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a signature signs (section 10, 1.1).
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Executes blocks: the hooks in the order of the pallets, then the extrinsics (section 01, 7).
pub type Executive = frame_executive::Executive<
    Runtime,
    Block,
    frame_system::ChainContext<Runtime>,
    Runtime,
    PalletsWithHooks,
>;

/// The pallets that do something by themselves, in their order: all but those that are ours alone.
///
/// A pallet that stands here writes the version of its storage in the first block even if it never does anything else,
/// and a chain with nothing of ours switched on must have the state of the reference.
type PalletsWithHooks = (
    System,
    Timestamp,
    Aura,
    Grandpa,
    Balances,
    TransactionPayment,
    SubtensorModule,
    Utility,
    Sudo,
    Multisig,
    Preimage,
    Scheduler,
    Proxy,
    Commitments,
    AdminUtils,
    Drand,
    Swap,
    AlphaAssets,
);

#[frame_support::runtime]
mod runtime {
    /// The chain's state transition.
    // Without `RuntimeCall`: that is written out below, because guards stand around its dispatch.
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Runtime;

    #[runtime::pallet_index(0)]
    pub type System = frame_system::Pallet<Runtime>;
    #[runtime::pallet_index(2)]
    pub type Timestamp = pallet_timestamp::Pallet<Runtime>;
    #[runtime::pallet_index(3)]
    pub type Aura = pallet_aura::Pallet<Runtime>;
    #[runtime::pallet_index(4)]
    pub type Grandpa = pallet_grandpa::Pallet<Runtime>;
    #[runtime::pallet_index(5)]
    pub type Balances = pallet_balances::Pallet<Runtime>;
    #[runtime::pallet_index(6)]
    pub type TransactionPayment = pallet_transaction_payment::Pallet<Runtime>;
    #[runtime::pallet_index(7)]
    pub type SubtensorModule = pallet_subtensor::Pallet<Runtime>;
    #[runtime::pallet_index(11)]
    pub type Utility = pallet_utility::Pallet<Runtime>;
    #[runtime::pallet_index(12)]
    pub type Sudo = pallet_sudo::Pallet<Runtime>;
    #[runtime::pallet_index(13)]
    pub type Multisig = pallet_multisig::Pallet<Runtime>;
    #[runtime::pallet_index(14)]
    pub type Preimage = pallet_preimage::Pallet<Runtime>;
    #[runtime::pallet_index(15)]
    pub type Scheduler = pallet_scheduler::Pallet<Runtime>;
    #[runtime::pallet_index(16)]
    pub type Proxy = pallet_proxy::Pallet<Runtime>;
    #[runtime::pallet_index(18)]
    pub type Commitments = pallet_commitments::Pallet<Runtime>;
    #[runtime::pallet_index(19)]
    pub type AdminUtils = pallet_admin_utils::Pallet<Runtime>;
    #[runtime::pallet_index(26)]
    pub type Drand = pallet_drand::Pallet<Runtime>;
    #[runtime::pallet_index(28)]
    pub type Swap = pallet_swap::Pallet<Runtime>;
    #[runtime::pallet_index(31)]
    pub type AlphaAssets = pallet_alpha_assets::Pallet<Runtime>;
    // From 100 on: ours alone.
    #[runtime::pallet_index(100)]
    pub type Slashing = pallet_slashing::Pallet<Runtime>;
    #[runtime::pallet_index(101)]
    pub type Credits = pallet_credits::Pallet<Runtime>;
}

call::runtime_call! {
    System = 0,
    Timestamp = 2,
    Grandpa = 4,
    Balances = 5,
    SubtensorModule = 7,
    Utility = 11,
    Sudo = 12,
    Multisig = 13,
    Preimage = 14,
    Scheduler = 15,
    Proxy = 16,
    Commitments = 18,
    AdminUtils = 19,
    Drand = 26,
    Swap = 28,
    Slashing = 100,
    Credits = 101,
}
