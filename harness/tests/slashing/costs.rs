//! What the calls of pallet Slashing declare to cost, beside what they do.

use super::{NETUID, NOW, STAKE, chain, contradiction, double_vote, honest, key, receipt, wrong_result};
use assay_inference::{H256, Layer, MAX_LAYERS, Model, Row, StepProof, request_root, response_root};
use assay_runtime::{Balances, Runtime, RuntimeCall, RuntimeOrigin, SubtensorModule};
use codec::Encode;
use pallet_slashing::types::StoredBond;
use pallet_slashing::{Bonds, Call, Strikes, weights};
use polkadot_sdk::frame_support::dispatch::GetDispatchInfo;
use polkadot_sdk::frame_support::traits::fungible::Mutate;
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_core::Blake2Hasher;
use polkadot_sdk::sp_externalities::set_and_run_with_externalities;
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_state_machine::{Ext, OverlayedChanges, TrieBackendBuilder};
use polkadot_sdk::sp_trie::recorder::Recorder;
use std::iter::repeat_with;
use std::time::Instant;

fn block() -> u64 {
    assay_runtime::pallets::RuntimeBlockWeights::get().max_block.ref_time()
}

/// A network with as many rows and layers as there can be, so that branches are as long as they can be.
fn largest_network() -> Model {
    let wide = |seed: usize| (0..1_024).map(|at| i8::try_from((at * 7 + seed) % 251).unwrap_or(-3)).collect();
    let layers = vec![Layer::Dense { inputs: 1_024, outputs: 1_024 }; MAX_LAYERS as usize];
    let rows = (0..layers.len() * 1_024).map(|seed| {
        let weights: Vec<i8> = wide(seed);
        Row { weights: weights.try_into().expect("no row is wider"), bias: 1 }
    });
    Model::new(layers, rows.collect()).expect("a network")
}

#[test]
fn a_report_of_the_largest_proof_is_a_small_part_of_a_block() {
    let model = largest_network();
    let question: Vec<i32> = (0..1_024).map(|at| at % 127).collect();
    let mut claimed = model.evaluate(&question).unwrap();
    let (layer, element) = (MAX_LAYERS as usize - 1, 1_023);
    claimed.0[layer][element] = claimed.0[layer][element].wrapping_add(1);
    let proof = StepProof::open(&model, &question, &claimed, layer, element).unwrap();
    let roots = (request_root(&question), response_root(&claimed));

    // The check itself, and then all that a report may do to the stakes of 256 holders.
    let check = weights::proof(&proof).ref_time();
    assert!(check < block() / 50_000, "{check} of {}", block());
    let call = wrong_result(&receipt(1, roots.0, roots.1, NOW), &proof);
    let declared = RuntimeCall::Slashing(call).get_dispatch_info().call_weight.ref_time();
    assert!(declared < block() / 20, "{declared} of {}", block());

    // How long it takes is for the eye (`--nocapture`): a time is no condition on a machine that does other things too.
    let started = Instant::now();
    let verdict = proof.check(model.commitment(), roots.0, roots.1);
    println!("{} bytes of proof checked in {:?}", proof.encoded_size(), started.elapsed());
    assert!(matches!(verdict, Ok(assay_inference::Verdict::Wrong { .. })));
}

/// Storage entries that a call reads of what is stored, and those that it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Touched {
    reads: u64,
    writes: u64,
}

/// What a report of Eve touches, which must succeed.
fn touched(mut chain: TestExternalities, call: Call<Runtime>) -> Touched {
    chain.commit_all().expect("a state");
    let recorder = Recorder::<Blake2Hasher>::default();
    let backend = TrieBackendBuilder::wrap(&chain.backend).with_recorder(recorder.clone()).build();
    let mut overlay = OverlayedChanges::default();
    let mut externalities = Ext::new(&mut overlay, &backend, None);
    set_and_run_with_externalities(&mut externalities, || {
        let done = RuntimeCall::Slashing(call).dispatch(RuntimeOrigin::signed(key("Eve").id()));
        assert!(done.is_ok(), "{done:?}");
    });
    let reads = recorder.recorded_keys().values().map(|keys| keys.len() as u64).sum();
    Touched { reads, writes: overlay.changes().count() as u64 }
}

/// The chain of these tests with so many holders more on the offender, here and on root, each with a bond, and with so
/// many strikes.
fn chain_with(holders: u32, strikes: u32) -> TestExternalities {
    let mut chain = chain();
    chain.execute_with(|| {
        for netuid in [NETUID, 0] {
            Strikes::<Runtime>::insert(netuid, key("miner1").id(), strikes);
        }
        // Root dividends of four subnets, of which each holder may have claimed a part.
        pallet_subtensor::RootClaimable::<Runtime>::mutate(key("miner1").id(), |rates| {
            rates.extend((1..=4).zip(repeat_with(Default::default)));
        });
        let all = STAKE * u64::from(holders + 1);
        let root = SubtensorModule::subnet_account(0).expect("root");
        <Balances as Mutate<_>>::mint_into(&root, all - STAKE).expect("TAO");
        pallet_subtensor::TotalIssuance::<Runtime>::put(Balances::total_issuance());
        pallet_subtensor::SubnetTAO::<Runtime>::insert(0, all);
        for netuid in [NETUID, 0] {
            pallet_subtensor::SubnetAlphaOut::<Runtime>::insert(netuid, all);
        }
        for number in 0..holders {
            let (coldkey, miner) = (key(&format!("holder{number}")).id(), key("miner1").id());
            for netuid in [NETUID, 0] {
                SubtensorModule::increase_stake(&miner, &coldkey, netuid, STAKE);
                let bond = StoredBond { bonded: STAKE, ..StoredBond::default() };
                Bonds::<Runtime>::insert((netuid, &miner, &coldkey), bond);
            }
        }
    });
    chain
}

/// What is declared for a report that cost so many holders stake covers the storage that it touches, and not twice as much.
#[track_caller]
fn covers(call: impl Fn() -> Call<Runtime>, declared: impl Fn(u32) -> Weight, time: Weight) {
    let database = <Runtime as frame_system::Config>::DbWeight::get();
    let seen = [0, 1, 9, 99].map(|more| {
        // The first strike, and the last: all the stake is gone then, and the neuron.
        let found = [0, 99].map(|strikes| touched(chain_with(more, strikes), call()));
        let needed = found.map(|found| database.reads_writes(found.reads, found.writes).ref_time());
        // Bob holds stake as well.
        let given = declared(more + 1).ref_time().saturating_sub(time.ref_time());
        (more + 1, found, needed[0].max(needed[1]), given)
    });
    assert!(seen.iter().all(|(.., needed, given)| (*needed..2 * needed).contains(given)), "{seen:#?}");
}

#[test]
fn reports_declare_the_storage_that_they_touch() {
    let answer = honest([1, 2, 3]);
    let one = receipt(1, request_root(&[1, 2, 3]), response_root(&answer), NOW);
    let other = receipt(1, request_root(&[1, 2, 3]), H256::repeat_byte(9), NOW);
    let contradict = || contradiction(&one, &other);
    covers(contradict, weights::contradiction::<Runtime>, weights::signatures(2));
    let vote = || Call::report_double_vote {
        proof: Box::new(double_vote("One", 5, 2)),
        reward_hotkey: key("eve_hot").id(),
    };
    covers(vote, weights::double_vote::<Runtime>, weights::signatures(2));
}
