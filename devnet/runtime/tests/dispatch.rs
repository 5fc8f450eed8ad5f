//! What stands around a dispatch: filter, guards and fees (section 10).

use assay_runtime::fees::{ChargeFee, Taken};
use assay_runtime::proxies::ProxyType;
use assay_runtime::{
    AccountId, Balances, Executive, Hash, Header, Proxy, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
    SubtensorModule, System, UncheckedExtrinsic,
};
use codec::Encode;
use pallet_subtensor::Error;
use polkadot_sdk::frame_support::dispatch::{DispatchClass, GetDispatchInfo, Pays};
use polkadot_sdk::frame_support::traits::{GetCallMetadata, PalletsInfoAccess};
use polkadot_sdk::pallet_transaction_payment::OnChargeTransaction;
use polkadot_sdk::sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use polkadot_sdk::sp_core::{Pair, ed25519, sr25519};
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::generic::{Era, Preamble};
use polkadot_sdk::sp_runtime::traits::Dispatchable;
use polkadot_sdk::sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidityError,
};
use polkadot_sdk::sp_runtime::{
    BuildStorage, Digest, DigestItem, DispatchError, DispatchResult, MultiAddress,
};
use polkadot_sdk::{frame_system, pallet_balances, pallet_multisig, pallet_proxy, pallet_utility};
use scale_info::{TypeDef, TypeInfo};

type SubtensorCall = pallet_subtensor::Call<Runtime>;
type UtilityCall = pallet_utility::Call<Runtime>;

/// One TAO in rao.
const TAO: u64 = 1_000_000_000;

fn pair(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).expect("a derivation of the development phrase")
}

fn account(name: &str) -> AccountId {
    pair(name).public().into()
}

/// Runs in the first block of a chain on which Alice and Bob have TAO.
fn in_first_block(test: impl FnOnce()) {
    let voter = ed25519::Pair::from_string("//author", None).expect("a derivation of the development phrase");
    let authority = (pair("author").public().into(), voter.public().into());
    let endowed = [account("Alice"), account("Bob")].map(|account| (account, 1_000 * TAO)).to_vec();
    let genesis = assay_runtime::genesis::genesis(vec![authority], None, endowed);
    let mut chain: TestExternalities = genesis.build_storage().expect("a genesis that builds").into();
    chain.execute_with(|| {
        let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(1).encode())] };
        Executive::initialize_block(&Header {
            parent_hash: Hash::zero(),
            number: 1,
            state_root: Hash::zero(),
            extrinsics_root: Hash::zero(),
            digest,
        });
        System::reset_events();
        test();
    });
}

fn announce_swap_of(coldkey: &AccountId) {
    pallet_subtensor::ColdkeySwapAnnouncements::<Runtime>::insert(coldkey, (1, Hash::zero()));
}

fn transfer() -> RuntimeCall {
    let dest = MultiAddress::Id(account("Dave"));
    RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest, value: TAO })
}

fn commit(netuid: u16) -> RuntimeCall {
    RuntimeCall::SubtensorModule(SubtensorCall::commit_weights { netuid, commit_hash: Hash::zero() })
}

fn take_too_high() -> RuntimeCall {
    RuntimeCall::SubtensorModule(SubtensorCall::increase_take { hotkey: account("hotkey"), take: u16::MAX })
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    RuntimeCall::Utility(UtilityCall::batch { calls })
}

fn dispatch(call: RuntimeCall, signer: &AccountId) -> DispatchResult {
    call.dispatch(RuntimeOrigin::signed(signer.clone())).map(|_| ()).map_err(|failure| failure.error)
}

fn refused(error: Error<Runtime>) -> DispatchResult {
    Err(DispatchError::from(error))
}

fn last_event() -> Option<RuntimeEvent> {
    System::events().pop().map(|record| record.event)
}

#[test]
fn an_announced_swap_stops_calls_of_every_pallet() {
    in_first_block(|| {
        let alice = account("Alice");
        announce_swap_of(&alice);
        assert_eq!(dispatch(transfer(), &alice), refused(Error::ColdkeySwapAnnounced));
        assert_eq!(Balances::free_balance(account("Dave")), 0);
        pallet_subtensor::ColdkeySwapDisputes::<Runtime>::insert(&alice, 1);
        assert_eq!(dispatch(transfer(), &alice), refused(Error::ColdkeySwapDisputed));
        assert_eq!(dispatch(transfer(), &account("Bob")), Ok(()));
    });
}

#[test]
fn guards_stand_around_batch_items() {
    in_first_block(|| {
        let calls = vec![transfer(), take_too_high(), transfer()];
        assert_eq!(dispatch(batch(calls), &account("Alice")), Ok(()));
        let error = Error::<Runtime>::DelegateTakeTooHigh.into();
        let interrupted = pallet_utility::Event::BatchInterrupted { index: 1, error };
        assert_eq!(last_event(), Some(RuntimeEvent::Utility(interrupted)));
        assert_eq!(Balances::free_balance(account("Dave")), TAO);
    });
}

#[test]
fn guards_stand_around_proxied_calls() {
    in_first_block(|| {
        let (alice, bob) = (account("Alice"), account("Bob"));
        let delegate = MultiAddress::Id(bob.clone());
        let added = Proxy::add_proxy(RuntimeOrigin::signed(alice.clone()), delegate, ProxyType::Any, 0);
        assert_eq!(added, Ok(()));
        announce_swap_of(&alice);
        let (real, call) = (MultiAddress::Id(alice), Box::new(transfer()));
        let proxied = RuntimeCall::Proxy(pallet_proxy::Call::proxy { real, force_proxy_type: None, call });
        assert_eq!(dispatch(proxied, &bob), Ok(()));
        let executed = pallet_proxy::Event::ProxyExecuted { result: refused(Error::ColdkeySwapAnnounced) };
        assert_eq!(last_event(), Some(RuntimeEvent::Proxy(executed)));
    });
}

#[test]
fn guards_stand_around_multisig_calls() {
    in_first_block(|| {
        let (alice, bob) = (account("Alice"), account("Bob"));
        let mut signatories = [alice.clone(), bob.clone()];
        signatories.sort();
        let together = pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 1);
        announce_swap_of(&together);
        let call = RuntimeCall::Multisig(pallet_multisig::Call::as_multi_threshold_1 {
            other_signatories: vec![bob],
            call: Box::new(transfer()),
        });
        assert_eq!(dispatch(call, &alice), refused(Error::ColdkeySwapAnnounced));
    });
}

#[test]
fn the_filter_comes_before_the_guards() {
    in_first_block(|| {
        let alice = account("Alice");
        announce_swap_of(&alice);
        let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
        assert_eq!(dispatch(batch(vec![batch(vec![])]), &alice), Err(filtered));
    });
}

#[test]
fn root_bypasses_the_guards() {
    in_first_block(|| {
        let result = take_too_high().dispatch(RuntimeOrigin::root()).map_err(|failure| failure.error);
        assert_eq!(result.map(|_| ()), Err(DispatchError::BadOrigin));
    });
}

#[test]
fn a_transaction_that_a_guard_refuses_is_told_a_code() {
    in_first_block(|| {
        let announced = account("Alice");
        announce_swap_of(&announced);
        assert_eq!(validate(transfer(), "Alice"), Err(InvalidTransaction::Custom(0).into()));
        assert_eq!(validate(take_too_high(), "Bob"), Err(InvalidTransaction::Custom(27).into()));
        assert_eq!(validate(transfer(), "Bob"), Ok(()));
        // A hotkey without any TAO can send calls that cost nothing.
        assert_eq!(validate(commit(1), "hotkey"), Ok(()));
        assert_eq!(validate(transfer(), "hotkey"), Err(InvalidTransaction::Payment.into()));
    });
}

fn validate(call: RuntimeCall, signer: &str) -> Result<(), TransactionValidityError> {
    let extensions = assay_runtime::extensions::extensions(Era::Immortal, 0, 0);
    let payload = assay_runtime::SignedPayload::new(call.clone(), extensions.clone()).expect("a payload");
    let signature = payload.using_encoded(|bytes| pair(signer).sign(bytes));
    let preamble = Preamble::Signed(MultiAddress::Id(account(signer)), signature.into(), extensions);
    let transaction = UncheckedExtrinsic::from_parts(call, preamble);
    Executive::validate_transaction(TransactionSource::External, transaction, System::block_hash(0))
        .map(|_| ())
}

#[test]
fn a_batch_weighs_what_the_sdk_says() {
    let items = vec![transfer(), commit(1), batch(vec![transfer()])];
    let calls = [
        pallet_utility::Call::batch { calls: items.clone() },
        pallet_utility::Call::batch_all { calls: items.clone() },
        pallet_utility::Call::force_batch { calls: items },
        pallet_utility::Call::batch { calls: vec![] },
    ];
    for call in calls {
        let declared = call.get_dispatch_info().call_weight;
        assert_eq!(RuntimeCall::Utility(call).get_dispatch_info().call_weight, declared);
    }
}

#[test]
fn batches_as_deep_as_they_decode_are_weighed_at_once() {
    let deep = |depth| (0..depth).fold(transfer(), |call, _| batch(vec![call]));
    let weight = |depth| deep(depth).get_dispatch_info().call_weight;
    let one = weight(1) - weight(0);
    assert_eq!(weight(250), weight(0) + one * 250);
}

#[test]
fn a_batch_is_free_if_all_its_items_are() {
    let info = |calls| batch(calls).get_dispatch_info();
    assert_eq!(info(vec![]).pays_fee, Pays::No);
    assert_eq!(info(vec![commit(1), commit(2)]).pays_fee, Pays::No);
    let paid = info(vec![commit(1), transfer()]);
    assert_eq!((paid.pays_fee, paid.class), (Pays::Yes, DispatchClass::Normal));
    assert!(paid.call_weight.all_gte(transfer().get_dispatch_info().call_weight));
}

#[test]
fn calls_have_the_numbers_of_their_pallets() {
    let TypeDef::Variant(variants) = RuntimeCall::type_info().type_def else { panic!("calls are variants") };
    let numbers: Vec<(&str, usize)> =
        variants.variants.iter().map(|variant| (variant.name, usize::from(variant.index))).collect();
    assert_eq!(numbers.len(), RuntimeCall::get_module_names().len());
    let pallets = assay_runtime::AllPalletsWithSystem::infos();
    for (name, number) in numbers {
        let pallet = pallets.iter().find(|pallet| pallet.name == name);
        assert_eq!(pallet.map(|pallet| pallet.index), Some(number), "{name}");
    }
}

/// A coldkey with 5 alpha on subnet 1 and no TAO.
fn staker_without_tao() -> AccountId {
    let coldkey = account("staker");
    SubtensorModule::increase_stake(&account("hotkey"), &coldkey, 1, 5 * TAO);
    // The pool of the first subnet has no TAO behind it at genesis.
    let pool = SubtensorModule::subnet_account(1).expect("subnet 1 exists");
    let endowed = Balances::force_set_balance(RuntimeOrigin::root(), MultiAddress::Id(pool), 100 * TAO);
    assert_eq!(endowed, Ok(()));
    coldkey
}

fn unstake(netuid: u16) -> RuntimeCall {
    let hotkey = account("hotkey");
    RuntimeCall::SubtensorModule(SubtensorCall::remove_stake { hotkey, netuid, amount_unstaked: TAO })
}

#[test]
fn a_staker_without_tao_pays_with_alpha() {
    in_first_block(|| {
        let coldkey = staker_without_tao();
        let fee = 1_000_000;
        let info = unstake(1).get_dispatch_info();
        let can = |call: &RuntimeCall| ChargeFee::can_withdraw_fee(&coldkey, call, &info, fee, 0);
        let unpaid = Err(InvalidTransaction::Payment.into());
        assert_eq!(can(&unstake(1)), Ok(()));
        assert_eq!(can(&unstake(2)), unpaid, "no stake there");
        assert_eq!(can(&transfer()), unpaid, "takes from no stake");

        let taken = ChargeFee::withdraw_fee(&coldkey, &unstake(1), &info, fee, 0);
        let Ok(Some(Taken::Alpha(paid))) = taken else { panic!("not paid in alpha") };
        // One to one at genesis, and the sale moves the price a little.
        assert_eq!((paid.netuid, paid.alpha), (1, fee));
        assert!(paid.tao > fee * 99 / 100 && paid.tao < fee);
        assert_eq!(Balances::free_balance(account("author")), paid.tao);
        let left = SubtensorModule::stake_of(&account("hotkey"), &coldkey, 1);
        assert_eq!(left, 5 * TAO - fee);

        let done = ChargeFee::correct_and_deposit_fee(
            &coldkey,
            &info,
            &().into(),
            fee / 2,
            0,
            Some(Taken::Alpha(paid)),
        );
        assert_eq!(done, Ok(()));
        assert_eq!(SubtensorModule::stake_of(&account("hotkey"), &coldkey, 1), left, "never refunded");
        let told = pallet_subtensor::Event::TransactionFeePaidWithAlpha {
            who: coldkey.clone(),
            netuid: 1,
            alpha_fee: paid.alpha,
            tao_amount: paid.tao,
        };
        assert_eq!(last_event(), Some(RuntimeEvent::SubtensorModule(told)));
    });
}

#[test]
fn fees_in_tao_go_to_the_author_and_the_rest_back() {
    in_first_block(|| {
        let alice = account("Alice");
        let info = transfer().get_dispatch_info();
        let taken = ChargeFee::withdraw_fee(&alice, &transfer(), &info, 10_000, 1_000);
        let Ok(taken @ Some(Taken::Tao(_))) = taken else { panic!("not paid in TAO") };
        assert_eq!(Balances::free_balance(&alice), 1_000 * TAO - 10_000);
        let done = ChargeFee::correct_and_deposit_fee(&alice, &info, &().into(), 4_000, 1_000, taken);
        assert_eq!(done, Ok(()));
        assert_eq!(Balances::free_balance(&alice), 1_000 * TAO - 4_000);
        assert_eq!(Balances::free_balance(account("author")), 4_000);
    });
}
