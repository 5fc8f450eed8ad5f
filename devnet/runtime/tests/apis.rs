//! The answers of the runtime APIs on a fresh chain, as they travel (section 11).
//!
//! A fresh chain has subnet 1, on which the zero account owns 1 alpha and has the only neuron (section 01, 5).

use assay_runtime::{AccountId, Runtime, System};
use assay_runtime_api::swap::{SimSwapResult, SubnetPrice};
use codec::{Compact, Decode, Encode};
use pallet_subtensor::info::delegate::{DelegateInfo, StakeOn};
use pallet_subtensor::info::dynamic::DynamicInfo;
use pallet_subtensor::info::metagraph::{Metagraph, SelectiveMetagraph};
use pallet_subtensor::info::named_hyperparameters::{HyperparamEntry, HyperparamValue};
use pallet_subtensor::info::neuron::NeuronInfo;
use pallet_subtensor::info::stake::{StakeAvailability, StakeInfo};
use pallet_subtensor::info::state::SubnetState;
use polkadot_sdk::sp_io::TestExternalities;
use polkadot_sdk::sp_runtime::BuildStorage;
use std::collections::BTreeMap;

/// The neuron of a fresh chain, and who owns it.
const NOBODY: AccountId = AccountId::new([0; 32]);
/// 1 TAO or 1 alpha in rao.
const ONE: u64 = 1_000_000_000;

type Available = BTreeMap<AccountId, BTreeMap<u16, StakeAvailability>>;
type Delegated = Vec<(DelegateInfo<AccountId>, StakeOn)>;
type MaybeMetagraph = Option<Metagraph<AccountId>>;

fn on_a_fresh_chain(test: impl FnOnce()) {
    let genesis = assay_runtime::genesis::genesis(Vec::new(), None, Vec::new());
    let mut chain: TestExternalities = genesis.build_storage().expect("a genesis that builds").into();
    chain.execute_with(|| {
        System::set_block_number(10);
        test();
    });
}

/// Calls a method with arguments and decodes the whole answer.
fn ask<Answer: Decode>(method: &str, arguments: impl Encode) -> Answer {
    let answer = assay_runtime::api::dispatch(method, &arguments.encode()).expect("a method");
    let mut rest = answer.as_slice();
    let decoded = Answer::decode(&mut rest).expect("an answer of this type");
    assert!(rest.is_empty(), "{method}: {} bytes too many", rest.len());
    decoded
}

#[test]
fn prices_are_in_rao() {
    on_a_fresh_chain(|| {
        pallet_subtensor::SubnetAlphaIn::<Runtime>::insert(1, 3 * ONE);
        pallet_subtensor::SubnetTAO::<Runtime>::insert(1, ONE);
        assert_eq!(ask::<u64>("SwapRuntimeApi_current_alpha_price", 1_u16), 333_333_333);
        let prices = ask::<Vec<SubnetPrice>>("SwapRuntimeApi_current_alpha_price_all", ());
        let price = |netuid, price| SubnetPrice { netuid, price };
        assert_eq!(prices, [price(0, ONE), price(1, 333_333_333)]);
    });
}

#[test]
fn a_simulated_swap_leaves_no_trace() {
    on_a_fresh_chain(|| {
        let before = polkadot_sdk::sp_io::storage::root(polkadot_sdk::sp_runtime::StateVersion::V1);
        let bought = ask::<SimSwapResult>("SwapRuntimeApi_sim_swap_tao_for_alpha", (1_u16, ONE));
        // 10 TAO and 10 alpha in the pool, a fee of 33 parts of 65,535, and 10 * d / (10 + d) alpha for d TAO.
        assert_eq!((bought.tao_fee, bought.tao_amount), (503_547, ONE - 503_547));
        assert_eq!(bought.alpha_amount, 908_674_735);
        assert_eq!(bought.alpha_amount + bought.alpha_slippage, ONE);
        assert_eq!((bought.alpha_fee, bought.tao_slippage), (0, 0));
        let refused = ask::<SimSwapResult>("SwapRuntimeApi_sim_swap_alpha_for_tao", (1_u16, u64::MAX));
        assert_eq!(refused.encode(), [0; 48]);
        assert_eq!(polkadot_sdk::sp_io::storage::root(polkadot_sdk::sp_runtime::StateVersion::V1), before);
    });
}

#[test]
fn stakes_are_told_with_what_may_leave() {
    on_a_fresh_chain(|| {
        let stakes =
            ask::<Vec<StakeInfo<AccountId>>>("StakeInfoRuntimeApi_get_stake_info_for_coldkey", NOBODY);
        assert_eq!(stakes.len(), 1);
        assert_eq!(
            (stakes[0].netuid, stakes[0].stake, stakes[0].is_registered),
            (Compact(1), Compact(ONE), true)
        );

        let available = |netuids: Option<Vec<u16>>| {
            ask::<Available>(
                "StakeInfoRuntimeApi_get_stake_availability_for_coldkeys",
                (vec![NOBODY], netuids),
            )
        };
        let all = Compact(ONE);
        let expected = StakeAvailability { total: all, locked: Compact(0), available: all };
        let on_subnet_1 = BTreeMap::from([(NOBODY, BTreeMap::from([(1, expected)]))]);
        let empty = BTreeMap::from([(NOBODY, BTreeMap::new())]);
        assert_eq!(available(None), on_subnet_1);
        assert_eq!(available(Some(vec![1, 7, 1])), on_subnet_1);
        assert_eq!(available(Some(vec![])), empty);
        assert_eq!(available(Some(vec![0, 1, 2])), empty, "more than there are networks");
    });
}

#[test]
fn moving_stake_costs_the_fee_of_the_destination() {
    on_a_fresh_chain(|| {
        let fee = |origin: Option<u16>, destination: Option<u16>| {
            let end = |netuid: u16| (NOBODY, netuid);
            let arguments = (origin.map(end), NOBODY, destination.map(end), NOBODY, ONE);
            ask::<u64>("StakeInfoRuntimeApi_get_stake_fee", arguments)
        };
        assert_eq!(fee(None, Some(1)), 503_547);
        assert_eq!(fee(Some(1), None), 503_547);
        assert_eq!(fee(Some(1), Some(0)), 0, "root takes no fee");
        assert_eq!(fee(Some(1), Some(1)), 0);
        assert_eq!(fee(None, None), 0);
    });
}

#[test]
fn neurons_are_told_one_by_one_and_all_together() {
    on_a_fresh_chain(|| {
        pallet_subtensor::Weights::<Runtime>::insert(1, 0, vec![(0_u16, 0_u16), (3, 5)]);
        let neuron = ask::<Option<NeuronInfo<AccountId>>>("NeuronInfoRuntimeApi_get_neuron", (1_u16, 0_u16));
        let neuron = neuron.expect("a neuron");
        assert_eq!(neuron.stake, [(NOBODY, Compact(ONE))]);
        assert_eq!(neuron.weights, [(Compact(3), Compact(5))]);
        assert_eq!(
            (neuron.rank, neuron.trust, neuron.pruning_score),
            (Compact(0), Compact(0), Compact(65_535))
        );
        let all = ask::<Vec<NeuronInfo<AccountId>>>("NeuronInfoRuntimeApi_get_neurons", 1_u16);
        assert_eq!(all, [neuron]);
        let missing = ask::<Option<NeuronInfo<AccountId>>>("NeuronInfoRuntimeApi_get_neuron", (1_u16, 1_u16));
        assert_eq!(missing, None);
        assert!(ask::<Vec<NeuronInfo<AccountId>>>("NeuronInfoRuntimeApi_get_neurons", 9_u16).is_empty());
    });
}

#[test]
fn a_delegate_earns_by_the_day() {
    on_a_fresh_chain(|| {
        pallet_subtensor::Delegates::<Runtime>::insert(NOBODY, 0);
        pallet_subtensor::Emission::<Runtime>::insert(1, vec![500 * ONE]);
        pallet_subtensor::TotalHotkeyAlpha::<Runtime>::insert(NOBODY, 0, 2_000 * ONE);
        let delegate = ask::<Option<DelegateInfo<AccountId>>>("DelegateInfoRuntimeApi_get_delegate", NOBODY);
        let delegate = delegate.expect("a delegate");
        // The tempo is 100, so a day has 72 epochs; half of it goes to every 1,000 TAO of 2,000 on root.
        assert_eq!(delegate.total_daily_return, Compact(36_000 * ONE));
        assert_eq!(delegate.return_per_1000, Compact(18_000 * ONE));
        assert_eq!(delegate.registrations, [Compact(1)]);
        assert_eq!(delegate.nominators, [(NOBODY, vec![(Compact(1), Compact(ONE))])]);
        assert_eq!(
            ask::<Vec<DelegateInfo<AccountId>>>("DelegateInfoRuntimeApi_get_delegates", ()),
            [delegate]
        );

        let delegated = ask::<Delegated>("DelegateInfoRuntimeApi_get_delegated", NOBODY);
        assert_eq!(delegated.len(), 1);
        assert!(delegated[0].0.nominators.is_empty());
        assert_eq!(delegated[0].1, (Compact(1), Compact(ONE)));
    });
}

#[test]
fn names_are_lists_of_compact_bytes() {
    on_a_fresh_chain(|| {
        let info = ask::<Option<DynamicInfo<AccountId>>>("SubnetInfoRuntimeApi_get_dynamic_info", 1_u16);
        let info = info.expect("a subnet");
        assert_eq!(info.subnet_name.iter().map(|byte| byte.0).collect::<Vec<_>>(), b"apex");
        assert_eq!(info.subnet_name.encode().len(), 1 + 2 * 4, "letters take two bytes each");
        assert_eq!(
            (info.tao_in, info.alpha_in, info.alpha_out),
            (Compact(10 * ONE), Compact(10 * ONE), Compact(ONE))
        );
        assert_eq!(info.blocks_since_last_step, Compact(10));
        assert_eq!(
            ask::<Option<DynamicInfo<AccountId>>>("SubnetInfoRuntimeApi_get_dynamic_info", 2_u16),
            None
        );
    });
}

#[test]
fn a_selection_has_the_fields_asked_for() {
    on_a_fresh_chain(|| {
        pallet_subtensor::ValidatorPermit::<Runtime>::insert(1, vec![true]);
        let whole =
            ask::<Option<Metagraph<AccountId>>>("SubnetInfoRuntimeApi_get_metagraph", 1_u16).expect("it");
        let select = |asked: Vec<u16>| {
            let method = "SubnetInfoRuntimeApi_get_selective_metagraph";
            ask::<Option<SelectiveMetagraph<AccountId>>>(method, (1_u16, asked)).expect("a subnet")
        };
        let some = select(vec![69, 52, 72, 999]);
        assert_eq!(some.netuid, Compact(0));
        assert_eq!(some.hotkeys, Some(vec![NOBODY]));
        assert_eq!(some.total_stake, Some(whole.total_stake.clone()));
        assert_eq!(some.validators, Some(vec![Compact(0)]));
        assert_eq!((some.name, some.coldkeys, some.commitments), (None, None, None));

        // A field that is there is the byte 1 and then what the whole has; only the two last ones are new.
        let all = select((0..=73).collect());
        assert_eq!(all.netuid, Compact(1));
        assert_eq!(all.encode().len(), whole.encode().len() + 71 + 3 + 2);
        assert_eq!(all.alpha_dividends_per_hotkey, Some(whole.alpha_dividends_per_hotkey));
        assert_eq!(all.moving_price, Some(whole.moving_price));
    });
}

#[test]
fn a_mechanism_has_its_own_updates() {
    on_a_fresh_chain(|| {
        pallet_subtensor::LastUpdate::<Runtime>::insert(4_097, vec![77_u64]);
        let mechanism =
            |mecid: u8| ask::<MaybeMetagraph>("SubnetInfoRuntimeApi_get_mechagraph", (1_u16, mecid));
        assert_eq!(mechanism(1), None);
        pallet_subtensor::MechanismCountCurrent::<Runtime>::insert(1, 2);
        let second = mechanism(1).expect("a mechanism");
        assert_eq!((second.netuid, second.last_update), (Compact(4_097), vec![Compact(77)]));
        assert_eq!(ask::<Vec<MaybeMetagraph>>("SubnetInfoRuntimeApi_get_all_mechagraphs", ()).len(), 3);

        let method = "SubnetInfoRuntimeApi_get_selective_mechagraph";
        let arguments = (1_u16, 9_u8, vec![59_u16, 60]);
        let selected = ask::<Option<SelectiveMetagraph<AccountId>>>(method, arguments).expect("a subnet");
        assert_eq!((selected.netuid, selected.last_update), (Compact(1), Some(Vec::new())));
        assert_eq!(selected.emission, Some(vec![Compact(0)]));
    });
}

#[test]
fn the_state_has_a_history_of_nothing() {
    on_a_fresh_chain(|| {
        let state = ask::<Option<SubnetState<AccountId>>>("SubnetInfoRuntimeApi_get_subnet_state", 1_u16);
        let state = state.expect("a subnet");
        assert_eq!(state.emission_history, [[Compact(0)], [Compact(0)]]);
        assert_eq!((state.alpha_stake, state.tao_stake), (vec![Compact(ONE)], vec![Compact(0)]));
    });
}

#[test]
fn hyperparameters_have_names() {
    on_a_fresh_chain(|| {
        type Answer = Option<Vec<HyperparamEntry>>;
        let entries =
            ask::<Answer>("SubnetInfoRuntimeApi_get_subnet_hyperparams_v3", 1_u16).expect("a subnet");
        assert_eq!(entries.len(), 33);
        let value = |name: &str| {
            let entry = entries.iter().find(|entry| entry.name == name.as_bytes()).expect("an entry");
            entry.value.clone()
        };
        assert_eq!(value("kappa"), HyperparamValue::U16(Compact(32_767)));
        assert_eq!(value("activity_cutoff"), HyperparamValue::U64(Compact(1_388)));
        assert_eq!(value("alpha_sigmoid_steepness").encode(), [vec![6], (1_000_i64 << 32).encode()].concat());
        assert_eq!(value("yuma_version"), HyperparamValue::U16(Compact(2)));
    });
}

#[test]
fn what_is_next_for_a_subnet() {
    on_a_fresh_chain(|| {
        let next =
            |netuid: u16| ask::<Option<u64>>("SubnetInfoRuntimeApi_get_next_epoch_start_block", netuid);
        assert_eq!(next(1), Some(100));
        let account =
            |netuid: u16| ask::<Option<AccountId>>("SubnetInfoRuntimeApi_get_subnet_account_id", netuid);
        let mut bytes = [0; 32];
        bytes[..13].copy_from_slice(b"modlsubtensr\x01");
        assert_eq!(account(1), Some(AccountId::new(bytes)));
        assert_eq!(account(2), None);
        // Subnet 1 is immune for its first 1,296,000 blocks.
        assert_eq!(ask::<Option<u16>>("SubnetInfoRuntimeApi_get_subnet_to_prune", ()), None);
        System::set_block_number(1_296_001);
        assert_eq!(ask::<Option<u16>>("SubnetInfoRuntimeApi_get_subnet_to_prune", ()), Some(1));
    });
}
