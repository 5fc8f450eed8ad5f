//! How fast the target `memory` is: `cargo bench`.
//!
//! Blocks are empty unless the name says otherwise. Rows with the same name and more subnets are to be read against
//! each other: the cost of a block should grow with the number of subnets and not faster.

use assay::chain::client::{Call, Client};
use assay::chain::genesis::Genesis;
use assay::chain::keys::Account;
use assay::chain::memory::MemoryChain;
use assay::invariants::recorded::{Recorded, Trajectory, take_in};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::path::Path;
use subxt::ext::scale_value::Value;
use tokio::runtime::Runtime;

/// The tempo is 360 blocks, so this many hold one epoch of every subnet.
const TEMPO: u32 = 360;

fn main() {
    divan::main();
}

/// A `dev` chain with so many subnets of its own, all emitting.
fn chain(subnets: u16) -> (Runtime, Client) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let storage = Genesis::load("dev").and_then(|genesis| genesis.build("dev")).expect("the genesis builds");
    let mut client = Client::new(Box::new(MemoryChain::new(storage).expect("the runtime answers")));
    let alice = Account::from_uri("//Alice").expect("Alice is an account");
    for number in 0..subnets {
        // Every registration doubles the cost of the next: start each from 1 TAO.
        let cheap = sudo(Call::new("System", "set_storage", [("items", last_lock_cost(1_000_000_000))]));
        let hotkey = Account::from_uri(&format!("//owner{number}")).expect("a derivation").id();
        let register = Call::new(
            "SubtensorModule",
            "register_network",
            [("hotkey", Value::from_bytes(<[u8; 32]>::from(hotkey)))],
        );
        let netuid = || Value::u128(u128::from(number + 2));
        let start = Call::new("SubtensorModule", "start_call", [("netuid", netuid())]);
        let emit = sudo(Call::new(
            "AdminUtils",
            "sudo_set_subnet_emission_enabled",
            [("netuid", netuid()), ("enabled", Value::bool(true))],
        ));
        for call in [cheap, register, start, emit] {
            runtime.block_on(client.submit(&alice, &call)).expect("the chain takes the call");
            runtime.block_on(client.advance(1)).expect("a block is made");
        }
    }
    (runtime, client)
}

fn sudo(call: Call) -> Call {
    Call::new("Sudo", "sudo", [("call", call.into_value())])
}

fn last_lock_cost(rao: u64) -> Value {
    let key = subxt::ext::frame_decode::storage::encode_storage_key_prefix(
        "SubtensorModule",
        "NetworkLastLockCost",
    );
    let entry = Value::unnamed_composite([Value::from_bytes(key), Value::from_bytes(rao.to_le_bytes())]);
    Value::unnamed_composite([entry])
}

fn transfer() -> Call {
    let to = Account::from_uri("//Bob").expect("Bob is an account").id();
    let to = Value::unnamed_variant("Id", [Value::from_bytes(<[u8; 32]>::from(to))]);
    Call::new("Balances", "transfer_keep_alive", [("dest", to), ("value", Value::u128(1_000))])
}

#[divan::bench(args = [1, 8, 32, 128], sample_count = 10, sample_size = 1)]
fn empty_blocks(bencher: Bencher, subnets: u16) {
    let (runtime, mut client) = chain(subnets);
    bencher.counter(ItemsCount::new(TEMPO)).bench_local(|| runtime.block_on(client.advance(TEMPO)));
}

#[divan::bench]
fn composing_an_extrinsic(bencher: Bencher) {
    let (_runtime, client) = chain(0);
    let alice = Account::from_uri("//Alice").expect("Alice is an account");
    let transfer = transfer();
    bencher.bench_local(|| client.compose(&alice, &transfer, 0));
}

#[divan::bench]
fn a_block_with_one_transfer(bencher: Bencher) {
    let (runtime, mut client) = chain(1);
    let alice = Account::from_uri("//Alice").expect("Alice is an account");
    let transfer = transfer();
    bencher.bench_local(|| {
        runtime.block_on(client.submit(&alice, &transfer)).and_then(|_| runtime.block_on(client.advance(1)))
    });
}

/// The invariants over recorded trajectories: the ledger alone, without the blocks that it follows.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn invariants_of_recorded_blocks(bencher: Bencher) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425");
    let recorded = Recorded::read(&folder.join("traces.json.zst")).expect("the recorded states can be read");
    let trajectories: Vec<_> =
        recorded.trajectories().map(|trajectory| trajectory.expect("a trajectory can be read")).collect();
    let blocks: usize = trajectories.iter().map(|trajectory| trajectory.steps.len()).sum();
    bencher
        .counter(ItemsCount::new(blocks))
        .with_inputs(|| trajectories.iter().map(Trajectory::ledger).collect::<Vec<_>>())
        .bench_local_values(|ledgers| {
            for (trajectory, mut ledger) in trajectories.iter().zip(ledgers) {
                for (block, _, changes) in &trajectory.steps {
                    take_in(&mut ledger, *block, changes).expect("the real chain keeps them");
                }
            }
        });
}

#[divan::bench(args = [1, 128])]
fn branch(bencher: Bencher, subnets: u16) {
    let (_runtime, client) = chain(subnets);
    bencher.bench_local(|| client.chain().branch().expect("memory has branches"));
}
