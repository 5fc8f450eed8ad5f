//! The runtime over a plain map, driven block by block as the reference was (`fixtures/reference/README.md`, Blocks).
//!
//! No header, no signature, no trie: only what a block executes. Extrinsics are dispatched one by one into the block
//! that is open.

use super::accounts::AccountId;
use crate::reference::compare::said;
use assay_runtime::{AllPalletsWithSystem, Runtime, RuntimeCall, RuntimeOrigin, System};
use codec::Encode;
use polkadot_sdk::frame_support::dispatch::{DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo};
use polkadot_sdk::frame_support::storage::unhashed;
use polkadot_sdk::frame_support::traits::{OnFinalize, OnIdle, OnInitialize};
use polkadot_sdk::sp_consensus_aura::sr25519::AuthorityId;
use polkadot_sdk::sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use polkadot_sdk::sp_core::{ByteArray, H256};
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_runtime::{AccountId32, Digest, DigestItem};
use polkadot_sdk::sp_state_machine::BasicExternalities;
use polkadot_sdk::{pallet_aura, pallet_sudo, pallet_timestamp, pallet_transaction_payment};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Raw keys and values.
pub type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

/// Milliseconds of a slot (section 01, 5).
const SLOT_MILLISECONDS: u64 = 12_000;

/// What a dump leaves out and blocks cannot be executed without.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// The only Aura authority, who gets the swap fees.
    pub author: AccountId,
    /// The holder of the Sudo key.
    pub sudo: AccountId,
}

/// Who dispatches an extrinsic.
#[derive(Clone, Copy, Debug)]
pub enum Signer {
    /// The origin `Root`.
    Root,
    /// The origin `None`.
    None,
    /// A signed origin.
    Account(AccountId),
}

/// What an extrinsic came to.
#[derive(Debug)]
pub struct Dispatched {
    /// Its result with the fee rule that it chose.
    pub result: DispatchResultWithPostInfo,
    /// Its declared weight and class.
    pub info: DispatchInfo,
    /// Its inclusion fee without the part for its length, rao.
    pub fee: u64,
    /// Bytes of the encoded call.
    pub length: usize,
    /// The events it emitted, SCALE of a list of records.
    pub events: Vec<u8>,
}

/// A chain in the middle of a block.
#[derive(Debug)]
pub struct ReplayChain {
    storage: BasicExternalities,
    number: u32,
    opened_here: bool,
}

impl ReplayChain {
    /// A chain at the end of block `number`.
    pub fn at_end_of(number: u32, entries: Entries, surroundings: Surroundings) -> Self {
        let mut chain = Self { storage: entries.into(), number, opened_here: false };
        chain.storage.execute_with(|| {
            System::set_block_number(number.saturating_sub(1));
            System::initialize(&number, &parent_hash(number), &slot_digest(number));
            pallet_timestamp::Now::<Runtime>::put(u64::from(number) * SLOT_MILLISECONDS);
            pallet_aura::CurrentSlot::<Runtime>::put(Slot::from(u64::from(number)));
            if let Ok(authority) = AuthorityId::from_slice(&surroundings.author) {
                pallet_aura::Authorities::<Runtime>::mutate(|authorities| {
                    let _ = authorities.try_push(authority);
                });
            }
            pallet_sudo::Key::<Runtime>::put(AccountId32::new(surroundings.sudo));
        });
        chain
    }

    /// The number of the open block.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Closes the open block, opens the next and returns the events of its initialisation.
    ///
    /// # Errors
    /// What a panic of the runtime said; the chain cannot be used any more.
    pub fn advance(&mut self) -> Result<Vec<u8>, String> {
        let (open, next) = (self.number, self.number.saturating_add(1));
        let close = self.opened_here;
        self.number = next;
        self.opened_here = true;
        self.execute(move || {
            System::reset_events();
            if close {
                AllPalletsWithSystem::on_idle(open, System::remaining_block_weight().remaining());
                AllPalletsWithSystem::on_finalize(open);
            }
            System::initialize(&next, &parent_hash(next), &slot_digest(next));
            AllPalletsWithSystem::on_initialize(next);
            System::note_finished_initialize();
            let now = pallet_timestamp::Call::set { now: u64::from(next) * SLOT_MILLISECONDS };
            let stamped = RuntimeCall::Timestamp(now).dispatch(RuntimeOrigin::none());
            assert!(stamped.is_ok(), "block {next} takes no timestamp: {stamped:?}");
            events()
        })
    }

    /// Dispatches a call in the open block.
    ///
    /// # Errors
    /// What a panic of the runtime said; the chain cannot be used any more.
    pub fn dispatch(&mut self, call: RuntimeCall, signer: Signer) -> Result<Dispatched, String> {
        let origin = match signer {
            Signer::Root => RuntimeOrigin::root(),
            Signer::None => RuntimeOrigin::none(),
            Signer::Account(id) => RuntimeOrigin::signed(AccountId32::new(id)),
        };
        self.execute(move || {
            System::reset_events();
            let info = call.get_dispatch_info();
            let fee = pallet_transaction_payment::Pallet::<Runtime>::compute_fee(0, &info, 0);
            let length = call.encoded_size();
            let result = call.dispatch(origin);
            Dispatched { result, info, fee, length, events: events() }
        })
    }

    /// Runs a part of a block.
    fn execute<T>(&mut self, part: impl FnOnce() -> T) -> Result<T, String> {
        let run = AssertUnwindSafe(|| self.storage.execute_with(part));
        catch_unwind(run).map_err(|panic| said(panic.as_ref()).to_owned())
    }

    /// Looks at the state through the runtime's own types.
    pub fn read<T>(&mut self, look: impl FnOnce() -> T) -> T {
        self.storage.execute_with(look)
    }

    /// Writes and removes entries behind the runtime's back.
    pub fn write<'a>(&mut self, changes: impl IntoIterator<Item = (&'a Vec<u8>, Option<&'a Vec<u8>>)>) {
        self.storage.execute_with(|| {
            for (key, value) in changes {
                match value {
                    Some(value) => unhashed::put_raw(key, value),
                    None => unhashed::kill(key),
                }
            }
        });
    }

    /// Everything stored.
    pub fn entries(&mut self) -> Entries {
        let storage = std::mem::take(&mut self.storage).into_storages();
        self.storage = BasicExternalities::new(storage.clone());
        storage.top
    }
}

fn events() -> Vec<u8> {
    let key = super::storage::item_prefix("System", "Events");
    unhashed::get_raw(&key).unwrap_or_else(super::runtime::no_events)
}

/// The rule of the reference: blocks have no headers, so a parent hash is the hash of the parent's number.
fn parent_hash(number: u32) -> H256 {
    H256(blake2_256(&number.saturating_sub(1).encode()))
}

fn slot_digest(number: u32) -> Digest {
    Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(u64::from(number)).encode())] }
}
