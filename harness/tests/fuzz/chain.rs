//! Extrinsics: bytes that anybody may send to a chain, and calls that anybody may sign.

use crate::corpus::hex;
use crate::hunt::{Said, hunt};
use assay::chain::client::Client;
use assay::chain::keys::Account;
use assay::chain::{Chain, ChainError};
use assay::explore::story;
use assay::steps::{self, Phrase};
use assay::world::World;
use assay::world::start::Target;
use assay_runtime::{Runtime, RuntimeCall};
use codec::{Compact, Decode, DecodeLimit, Encode};
use pallet_subtensor::Call;
use polkadot_sdk::frame_support::MAX_EXTRINSIC_DEPTH;
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::AccountId32;
use tokio::runtime::Builder;

/// Bytes of a signed transaction, version 4.
const SIGNED: u8 = 0x84;
/// `Sudo.sudo`.
const AS_ROOT: [u8; 2] = [12, 0];
/// Pallets whose calls root makes here: of the others it can break a chain by right, as with `System.set_storage`.
const ROOT_PALLETS: [u8; 6] = [7, 18, 19, 26, 28, 100];

/// A chain with subnets, neurons and stake, and somebody who signs.
struct Stage {
    waiter: tokio::runtime::Runtime,
    world: World,
}

impl Stage {
    fn new() -> Self {
        let waiter = Builder::new_current_thread().enable_all().build().unwrap();
        let mut world = World::new(Target::Memory);
        for step in &story::scenario(&[]).unwrap().steps {
            let found = steps::find(step).unwrap();
            let phrase = Phrase { step, parameters: found.parameters };
            waiter.block_on((found.definition.run)(&mut world, phrase)).unwrap();
        }
        Self { waiter, world }
    }

    fn client(&self) -> &Client {
        self.world.client().unwrap()
    }

    fn branch(&self) -> Box<dyn Chain> {
        self.client().chain().branch().unwrap()
    }

    /// Offers an extrinsic and makes two blocks, the second for what the call leaves to the next one. Whether it was
    /// taken.
    fn offer(&self, extrinsic: &[u8]) -> Result<bool, String> {
        let mut chain = self.branch();
        match self.waiter.block_on(chain.submit(extrinsic.to_vec())) {
            Err(ChainError::Rejected(_)) => return Ok(false),
            other => other.map_err(|error| error.to_string())?,
        };
        self.waiter.block_on(chain.advance(2)).map(|_| true).map_err(|error| error.to_string())
    }

    /// An extrinsic as it travels: its length before it, signed with whatever `call` is (section 10, 1.1).
    fn signed(&self, signer: &Account, call: &[u8]) -> Vec<u8> {
        let nonce = self.waiter.block_on(self.client().nonce(&signer.id())).unwrap();
        // Immortal, no tip, no hash of the metadata.
        let carried = (0_u8, Compact(nonce), Compact(0_u64), 0_u8).encode();
        let (version, genesis) = (self.client().chain().version(), self.client().chain().genesis_hash());
        let implied = (version.spec, version.transaction, genesis, genesis, 0_u8).encode();
        let payload = [call, &carried, &implied].concat();
        let signature =
            if payload.len() > 256 { signer.sign(&blake2_256(&payload)) } else { signer.sign(&payload) };
        let head = (SIGNED, 0_u8, signer.id(), 1_u8, signature).encode();
        [head.as_slice(), &carried, call].concat().encode()
    }
}

fn account(name: &str) -> Account {
    Account::from_uri(&format!("//{name}")).unwrap()
}

fn id(name: &str) -> AccountId32 {
    account(name).id()
}

/// Calls of the usual kind, and each call there is with arguments of all sizes.
fn calls() -> Vec<Vec<u8>> {
    let (hotkey, netuid) = (id("alice_hot"), 2_u16);
    let amount = 7_000_000_000_u64;
    let usual: [Call<Runtime>; 12] = [
        Call::add_stake { hotkey: hotkey.clone(), netuid, amount_staked: amount },
        Call::remove_stake { hotkey: hotkey.clone(), netuid, amount_unstaked: amount },
        Call::move_stake {
            origin_hotkey: hotkey.clone(),
            destination_hotkey: id("charlie_hot"),
            origin_netuid: netuid,
            destination_netuid: 3_u16,
            alpha_amount: amount,
        },
        Call::set_weights { netuid, dests: vec![0, 1], weights: vec![1, 65_535], version_key: 0 },
        Call::set_children { hotkey: hotkey.clone(), netuid, children: vec![(1 << 63, id("bob_hot"))] },
        Call::swap_hotkey { hotkey: hotkey.clone(), new_hotkey: id("spare1"), netuid: None },
        Call::lock_stake { hotkey: hotkey.clone(), netuid, amount },
        Call::claim_root { subnets: [netuid].into() },
        Call::burned_register { netuid, hotkey: id("miner1") },
        Call::register_network { hotkey: id("miner2") },
        Call::unstake_all { hotkey: hotkey.clone() },
        Call::root_dissolve_network { netuid },
    ];
    let usual = usual.into_iter().map(|call| RuntimeCall::SubtensorModule(call).encode());
    let every = (0..=u8::MAX)
        .filter(|pallet| ROOT_PALLETS.contains(pallet) || *pallet < 17)
        .flat_map(|pallet| (0..=u8::MAX).map(move |call| [pallet, call]).filter(|head| is_call(head)));
    let tails = [vec![0xff; 200], (hotkey, 2_u16, 2_u16, amount, amount).encode()];
    let every = every.flat_map(|head| tails.clone().map(|tail| [head.as_slice(), &tail].concat()));
    usual.chain(every).chain(hex("calls")).collect()
}

/// Whether there is a call of this number in a pallet of this number: with zeros for arguments every call decodes.
fn is_call(head: &[u8]) -> bool {
    RuntimeCall::decode(&mut [head, &[0; 400]].concat().as_slice()).is_ok()
}

/// What decodes as a call is signed, and made as root where root has no power over everything.
fn make(stage: &Stage, bytes: &[u8]) -> Said {
    let Ok(decoded) = RuntimeCall::decode_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &*bytes) else {
        return Ok(());
    };
    let call = decoded.encode();
    if RuntimeCall::decode(&mut call.as_slice()).as_ref() != Ok(&decoded) {
        return Err(format!("encoded again it is another call than {decoded:?}"));
    }
    for signer in ["Bob", "alice_hot"] {
        stage.offer(&stage.signed(&account(signer), &call))?;
    }
    if call.first().is_some_and(|pallet| ROOT_PALLETS.contains(pallet)) {
        let as_root = [&AS_ROOT, call.as_slice()].concat();
        stage.offer(&stage.signed(&account("Alice"), &as_root))?;
    }
    Ok(())
}

#[test]
fn calls_of_all_kinds() {
    hunt("calls", &calls(), 300, || {
        let stage = Stage::new();
        move |bytes: &[u8]| make(&stage, bytes)
    });
}

#[test]
fn extrinsics() {
    // Seeds that a chain takes, so that mutations begin close to what it takes.
    let stage = Stage::new();
    let transfer = RuntimeCall::SubtensorModule(Call::unstake_all { hotkey: id("alice_hot") }).encode();
    let good = stage.signed(&account("Bob"), &transfer);
    assert_eq!(stage.offer(&good), Ok(true));
    let seeds = [vec![good], hex("extrinsics")].concat();
    hunt("extrinsics", &seeds, 1_000, || {
        let stage = Stage::new();
        move |bytes: &[u8]| stage.offer(bytes).map(drop)
    });
}
