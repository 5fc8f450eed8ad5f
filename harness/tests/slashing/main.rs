//! Stake at risk: what must hold whatever happens, and the way that a node's own voter reports.

mod costs;

use assay::chain::keys::Account;
use assay::steps::{Phrase, find};
use assay::world::start::Target;
use assay::world::{StepError, World};
use assay_inference::{H256, Layer, Model, Receipt, Row, StepProof, Trace, request_root, response_root};
use assay_runtime::{
    AccountId, Balances, Executive, Header, Runtime, RuntimeCall, RuntimeOrigin, SubtensorModule, System,
    UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use gherkin::{Feature, GherkinEnv};
use pallet_slashing::types::{Schedule, SignedReceipt, Terms};
use pallet_slashing::{Call, Links, Models, Strikes, TermsOf};
use polkadot_sdk::frame_support::StorageNoopGuard;
use polkadot_sdk::frame_support::storage::with_transaction;
use polkadot_sdk::frame_support::traits::fungible::Mutate;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_consensus_grandpa::{
    AuthorityId, EquivocationProof, OpaqueKeyOwnershipProof, localized_payload,
};
use polkadot_sdk::sp_core::crypto::Pair as _;
use polkadot_sdk::sp_core::offchain::TransactionPoolExt;
use polkadot_sdk::sp_core::offchain::testing::TestTransactionPoolExt;
use polkadot_sdk::sp_core::{ed25519, sr25519};
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};
use polkadot_sdk::sp_runtime::{ApplyExtrinsicResult, Digest, DispatchError, TransactionOutcome};
use proptest::prelude::*;

const NETUID: u16 = 2;
const NOW: u32 = 1_000;
const STAKE: u64 = 1_000_000_000_000;

fn key(name: &str) -> Account {
    Account::from_uri(&format!("//{name}")).expect("a name")
}

fn voter(name: &str) -> ed25519::Pair {
    ed25519::Pair::from_string(&format!("//{name}"), None).expect("a name")
}

/// A chain on which miner1 of Bob is a neuron of subnet 2 with stake there and on root, where slashing is enabled and
/// the network of these tests registered, and miner1 answers for the authority One.
fn chain() -> TestExternalities {
    let authorities = ["One", "Two", "Three"].map(|name| {
        let author = sr25519::Pair::from_string(&format!("//{name}"), None).expect("a name");
        (author.public().into(), voter(name).public().into())
    });
    let genesis = assay_runtime::genesis::genesis(authorities.into(), None, Vec::new());
    let storage = assay_runtime::genesis::storage(&genesis).expect("a genesis that builds");
    let mut chain = TestExternalities::from(storage);
    chain.execute_with(|| {
        System::set_block_number(NOW);
        frame_system::BlockHash::<Runtime>::insert(0, H256::repeat_byte(7));
        let (bob, miner) = (key("Bob").id(), key("miner1").id());
        pallet_subtensor::NetworksAdded::<Runtime>::insert(NETUID, true);
        SubtensorModule::create_account_if_unknown(&bob, &miner).expect("a hotkey");
        SubtensorModule::create_account_if_unknown(&key("Eve").id(), &key("eve_hot").id()).expect("a hotkey");
        SubtensorModule::append_neuron(NETUID, &miner, 1);
        pallet_subtensor::SubnetAlphaOut::<Runtime>::insert(NETUID, 2 * STAKE);
        for netuid in [NETUID, 0] {
            SubtensorModule::increase_stake(&miner, &bob, netuid, STAKE);
            let now = Terms { enabled: true, max_strikes: 100, ..Terms::default() };
            TermsOf::<Runtime>::insert(netuid, Schedule { now, next: None });
        }
        let root = SubtensorModule::subnet_account(0).expect("root");
        <Balances as Mutate<_>>::mint_into(&root, STAKE).expect("TAO");
        pallet_subtensor::SubnetTAO::<Runtime>::insert(0, STAKE);
        pallet_subtensor::SubnetAlphaOut::<Runtime>::insert(0, STAKE);
        pallet_subtensor::TotalIssuance::<Runtime>::put(Balances::total_issuance());
        Models::<Runtime>::insert(NETUID, network().root(), network().commitment());
        Links::<Runtime>::insert(AuthorityId::from(voter("One").public()), &miner);
    });
    chain
}

/// Two dense layers with a rounding shift between them.
fn network() -> Model {
    let row = |weights: [i8; 3], bias| Row { weights: weights.to_vec().try_into().unwrap(), bias };
    let layers = vec![
        Layer::Dense { inputs: 3, outputs: 3 },
        Layer::Shift { size: 3, bits: 2 },
        Layer::Clamp { size: 3, low: -100, high: 100 },
        Layer::Dense { inputs: 3, outputs: 2 },
    ];
    let rows = vec![
        row([3, -1, 4], 1),
        row([-5, 9, -2], 6),
        row([5, 3, -5], -8),
        row([9, -7, 9], 3),
        row([2, 3, -8], 4),
    ];
    Model::new(layers, rows).expect("a network")
}

fn receipt(job: u8, request: H256, response: H256, block: u32) -> SignedReceipt {
    let miner = key("miner1");
    let receipt = Receipt {
        genesis: H256::repeat_byte(7),
        netuid: NETUID,
        hotkey: miner.id().into(),
        job: H256::repeat_byte(job),
        model: network().root(),
        request,
        response,
        block,
    };
    SignedReceipt { receipt, signature: sr25519::Signature::from_raw(miner.sign(&receipt.message())) }
}

/// The miner's true answer to a question.
fn honest(question: [i32; 3]) -> Trace {
    network().evaluate(&question).expect("a question that the network takes")
}

fn contradiction(first: &SignedReceipt, second: &SignedReceipt) -> Call<Runtime> {
    Call::report_contradiction {
        first: Box::new(first.clone()),
        second: Box::new(second.clone()),
        reward_hotkey: key("eve_hot").id(),
    }
}

fn wrong_result(receipt: &SignedReceipt, proof: &StepProof) -> Call<Runtime> {
    Call::report_wrong_result {
        receipt: Box::new(receipt.clone()),
        proof: Box::new(proof.clone()),
        reward_hotkey: key("eve_hot").id(),
    }
}

/// What becomes of Eve's report. A refused one has changed nothing.
fn report(call: Call<Runtime>) -> Result<(), DispatchError> {
    chain().execute_with(|| {
        let guard = StorageNoopGuard::new();
        let result = RuntimeCall::Slashing(call).dispatch(RuntimeOrigin::signed(key("Eve").id()));
        if result.is_ok() {
            std::mem::forget(guard);
        }
        result.map(drop).map_err(|refused| refused.error)
    })
}

fn question() -> impl Strategy<Value = [i32; 3]> {
    proptest::array::uniform3(-100..=100_i32)
}

/// A place in the answer of the network.
fn place() -> impl Strategy<Value = (usize, usize)> {
    (0..4_usize, 0..2_usize)
}

/// A true answer with one value changed by `by`.
fn altered(question: [i32; 3], (layer, element): (usize, usize), by: i32) -> Trace {
    let mut trace = honest(question);
    trace.0[layer][element] = trace.0[layer][element].wrapping_add(by);
    trace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No pair of a miner's true receipts is a contradiction, whatever is asked, how often and when.
    #[test]
    fn no_honest_pair_is_punished(
        questions in (question(), question()), jobs in (0..3_u8, 0..3_u8), same: bool, blocks in (990..NOW, 990..NOW),
    ) {
        let one = questions.0;
        let other = if same { one } else { questions.1 };
        let answer = |job, question: [i32; 3], block| {
            receipt(job, request_root(&question), response_root(&honest(question)), block)
        };
        let result = report(contradiction(&answer(jobs.0, one, blocks.0), &answer(jobs.1, other, blocks.1)));
        prop_assert!(result.is_err());
    }

    /// No proof against a true answer is accepted, of whatever step and with whatever claim.
    #[test]
    fn no_honest_answer_is_punished(question in question(), at in place(), by in prop_oneof![Just(0), any::<i32>()]) {
        let signed = receipt(1, request_root(&question), response_root(&honest(question)), NOW);
        let claimed = altered(question, at, by);
        let proof = StepProof::open(&network(), &question, &claimed, at.0, at.1).unwrap();
        prop_assert!(report(wrong_result(&signed, &proof)).is_err());
    }

    /// A wrong answer is always proved, and a proof with any bit turned over is refused.
    #[test]
    fn every_bit_of_a_proof_counts(
        question in question(), at in place(), by in 1..1_000_i32, byte in any::<prop::sample::Index>(), bit in 0..8_u8,
    ) {
        let claimed = altered(question, at, by);
        let signed = receipt(1, request_root(&question), response_root(&claimed), NOW);
        let proof = StepProof::open(&network(), &question, &claimed, at.0, at.1).unwrap();
        prop_assert_eq!(report(wrong_result(&signed, &proof)), Ok(()));
        let mut bytes = proof.encode();
        *byte.get_mut(&mut bytes[..]) ^= 1 << bit;
        if let Ok(hostile) = StepProof::decode(&mut bytes.as_slice()) {
            prop_assert!(report(wrong_result(&signed, &hostile)).is_err());
        }
        let mut bytes = signed.encode();
        *byte.get_mut(&mut bytes[..]) ^= 1 << bit;
        let hostile = SignedReceipt::decode(&mut bytes.as_slice()).unwrap();
        prop_assert!(report(wrong_result(&hostile, &proof)).is_err());
    }

    /// Bytes of any kind are refused or decode to something that is refused.
    #[test]
    fn any_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in any::<prop::sample::Index>()) {
        let question = [1, 2, 3];
        let signed = receipt(1, request_root(&question), response_root(&honest(question)), NOW);
        if let Ok(hostile) = StepProof::decode(&mut bytes.as_slice()) {
            prop_assert!(report(wrong_result(&signed, &hostile)).is_err());
        }
        if let Ok(hostile) = SignedReceipt::decode(&mut bytes.as_slice()) {
            prop_assert!(report(contradiction(&signed, &hostile)).is_err());
        }
        // A call that is cut off does not decode.
        let claimed = altered(question, (0, 0), 1);
        let proof = StepProof::open(&network(), &question, &claimed, 0, 0).unwrap();
        let call = RuntimeCall::Slashing(wrong_result(&signed, &proof)).encode();
        let end = cut.index(call.len());
        prop_assert!(RuntimeCall::decode(&mut &call[..end]).is_err());
    }
}

/// Whatever is done with stakes, bonds, offences and time, every invariant holds after every block: the world checks
/// them.
#[derive(Clone, Debug)]
struct Sentence(String);

fn sentence() -> impl Strategy<Value = Sentence> {
    let coldkey = prop::sample::select(vec!["Bob", "Charlie", "Dave"]);
    let hotkey = prop::sample::select(vec!["miner1", "miner2"]);
    let reporter = prop::sample::select(vec!["Eve", "Bob", "Dave"]);
    let amount = prop_oneof![1..400_u64, Just(5_000)];
    let who = (coldkey.clone(), hotkey.clone(), amount);
    prop_oneof![
        who.clone().prop_map(|(who, on, amount)| format!("{who} stakes {amount} TAO to {on} on subnet 2")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} stakes {amount} TAO to {on} on subnet 0")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} unstakes {amount} alpha from {on} on subnet 2")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} unstakes {amount} alpha from {on} on subnet 0")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} bonds {amount} alpha on {on} in subnet 2")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} unbonds {amount} alpha on {on} in subnet 2")),
        who.clone().prop_map(|(who, on, amount)| format!("{who} bonds {amount} alpha on {on} in subnet 0")),
        who.prop_map(|(who, from, amount)| {
            format!("{who} moves {amount} alpha from {from} on subnet 2 to eve_hot on subnet 2")
        }),
        (reporter.clone(), hotkey.clone(), 0..6_u8, 0..9_u8).prop_map(|(by, of, job, age)| format!(
            "{by} reports a contradiction of {of} on subnet 2 for eve_hot\n      | job | {job} |\n      | age | {age} |"
        )),
        (reporter.clone(), hotkey.clone(), 0..6_u8).prop_map(|(by, of, job)| format!(
            "{by} reports a wrong result of {of} on subnet 2 for {of}\n      | job | {job} |"
        )),
        (reporter, 0..6_u8).prop_map(|(by, round)| format!(
            "{by} reports a double vote of authority One for eve_hot\n      | round | {round} |"
        )),
        (coldkey, hotkey.clone()).prop_map(|(by, what)| format!("{by} registers {what} on subnet 2")),
        hotkey.prop_map(|what| format!("Bob registers {what} on the root network")),
        (1..6_u8).prop_map(|blocks| format!("{blocks} blocks pass")),
    ]
    .prop_map(Sentence)
}

async fn say(world: &mut World, keyword: &str, sentence: &str) -> Result<(), StepError> {
    let source = format!("Feature: random\n  Scenario: random\n    {keyword} {sentence}\n");
    let feature = Feature::parse(source, GherkinEnv::default()).expect("a sentence");
    let step = &feature.scenarios[0].steps[0];
    let found = find(step).unwrap_or_else(|problem| panic!("{problem}"));
    (found.definition.run)(world, Phrase { step, parameters: found.parameters }).await
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn random_sequences_keep_every_invariant(sentences in proptest::collection::vec(sentence(), 20..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let run = async {
            let mut world = World::new(Target::Memory);
            world.begin("six").await.expect("a chain");
            for given in [
                "subnet 2 of Alice with hotkey alice_hot",
                "Bob registers miner1 on subnet 2",
                "Bob registers miner2 on subnet 2",
                "a pool of 1,000 TAO and 5,000 alpha on subnet 2",
                "Bob stakes 100 TAO to miner1 on subnet 2",
                "Charlie stakes 100 TAO to miner2 on subnet 2",
                "Bob stakes 1,000 TAO to miner1 on subnet 0",
                "Eve calls SubtensorModule.try_associate_hotkey\n      | hotkey | eve_hot |",
                "Alice registers the example network on subnet 2",
                "Bob links authority One to miner1",
                "slashing is enabled on subnet 2\n      | window | 4 |\n      | ban | 6 |",
                "slashing is enabled on subnet 0\n      | window | 4 |\n      | ban | 6 |",
            ] {
                say(&mut world, "Given", given).await.unwrap_or_else(|error| panic!("{given}: {error}"));
            }
            for Sentence(sentence) in &sentences {
                if let Err(error) = say(&mut world, "When", sentence).await {
                    return Err(format!("{sentence}: {error}"));
                }
                // Whether it was refused does not matter here.
                world.examine();
            }
            Ok(())
        };
        prop_assert_eq!(runtime.block_on(run), Ok(()));
    }
}

/// Two prevotes of an authority in one round.
fn double_vote(authority: &str, round: u64, second: u8) -> EquivocationProof<H256, u32> {
    let voter = voter(authority);
    let vote = |block: u8| {
        let target = (H256::repeat_byte(block), 1_u32);
        (target, voter.sign(&localized_payload(round, 0, &(0_u8, target))).0)
    };
    let proof = (0_u64, 0_u8, round, voter.public().0, vote(1), vote(second)).encode();
    EquivocationProof::decode(&mut proof.as_slice()).expect("a proof")
}

fn ask<Answer: Decode>(method: &str, arguments: &impl Encode) -> Answer {
    let answer = assay_runtime::api::dispatch(method, &arguments.encode()).expect("a method");
    Answer::decode(&mut answer.as_slice()).expect("an answer")
}

/// As a node finds it out: on a state that is forgotten after it.
fn validity(source: TransactionSource, report: &UncheckedExtrinsic) -> TransactionValidity {
    let found = with_transaction(|| {
        let validity = Executive::validate_transaction(source, report.clone(), H256::zero());
        TransactionOutcome::Rollback(Ok::<_, DispatchError>(validity))
    });
    found.expect("room for a storage layer")
}

#[test]
fn a_node_reports_a_double_vote_by_itself() {
    let (pool, state) = TestTransactionPoolExt::new();
    let mut chain = chain();
    chain.register_extension(TransactionPoolExt::new(pool));
    chain.execute_with(|| {
        let one = AuthorityId::from(voter("One").public());
        let owner: Option<OpaqueKeyOwnershipProof> =
            ask("GrandpaApi_generate_key_ownership_proof", &(0_u64, &one));
        let owner = owner.expect("a voter of the current set");
        let proof = double_vote("One", 5, 2);
        let submitted: Option<()> =
            ask("GrandpaApi_submit_report_equivocation_unsigned_extrinsic", &(&proof, &owner));
        assert_eq!(submitted, Some(()));
    });
    let submitted = state.write().transactions.pop().expect("a report in the pool");
    chain.execute_with(|| {
        let report = UncheckedExtrinsic::decode(&mut submitted.as_slice()).expect("an extrinsic");
        let external = validity(TransactionSource::External, &report);
        assert_eq!(external, Err(InvalidTransaction::Call.into()), "nobody sends one from outside");
        assert!(validity(TransactionSource::Local, &report).is_ok());
        Executive::initialize_block(&Header {
            parent_hash: System::parent_hash(),
            number: NOW + 1,
            state_root: H256::zero(),
            extrinsics_root: H256::zero(),
            digest: Digest::default(),
        });
        let before = pallet_subtensor::TotalIssuance::<Runtime>::get();
        let applied: ApplyExtrinsicResult = Executive::apply_extrinsic(report.clone());
        assert_eq!(applied, Ok(Ok(())));
        // All of the root stake, without a reward: there are three authorities.
        let miner: AccountId = key("miner1").id();
        assert_eq!(pallet_subtensor::TotalHotkeyAlpha::<Runtime>::get(&miner, 0), 0);
        assert_eq!(pallet_subtensor::TotalIssuance::<Runtime>::get(), before - STAKE);
        assert_eq!(Strikes::<Runtime>::get(0, &miner), 1);
        // Once and not again.
        assert_eq!(validity(TransactionSource::Local, &report), Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn an_honest_voter_is_never_reported() {
    chain().execute_with(|| {
        let two = AuthorityId::from(voter("Nobody").public());
        let owner: Option<OpaqueKeyOwnershipProof> =
            ask("GrandpaApi_generate_key_ownership_proof", &(0_u64, &two));
        assert!(owner.is_none());
        let one = AuthorityId::from(voter("One").public());
        let owner: Option<OpaqueKeyOwnershipProof> =
            ask("GrandpaApi_generate_key_ownership_proof", &(1_u64, &one));
        assert!(owner.is_none(), "the set is over");
        // The same vote, twice signed.
        let call = Call::report_double_vote_unsigned { proof: Box::new(double_vote("One", 5, 1)) };
        let report = UncheckedExtrinsic::new_bare(RuntimeCall::Slashing(call));
        let refused = validity(TransactionSource::Local, &report);
        assert_eq!(refused, Err(InvalidTransaction::BadProof.into()));
    });
}

#[test]
fn the_genesis_of_a_chain_knows_nothing_of_slashing() {
    use polkadot_sdk::sp_io::hashing::twox_128;
    let genesis = assay::chain::genesis::Genesis::load("dev").unwrap().build("dev").unwrap();
    assert!(!genesis.top.keys().any(|key| key.starts_with(&twox_128(b"Slashing"))));
}
