//! `NeuronInfoRuntimeApi` (section 11, 2), metagraphs and the state of subnets (section 11, 3).

use super::dump::{Dump, list, merged, number, written};
use super::subnets::{activity_cutoff, dynamic, identity, without_decimals};
use super::{ALL, ask, in_every_state, same};
use assay_economics::consensus::stake_weight::{inherited_stake, stake_weight};
use assay_economics::number::int;
use serde_json::{Value, json};

/// The entry of a uid in a list, or what stands for none.
fn at(values: &Value, uid: usize, none: &Value) -> Value {
    list(values).get(uid).cloned().unwrap_or_else(|| none.clone())
}

/// An endpoint that was never announced.
fn no_axon() -> Value {
    json!({
        "block": "0", "version": "0", "ip": "0", "port": "0", "ip_type": "0", "protocol": "0",
        "placeholder1": "0", "placeholder2": "0",
    })
}

fn no_prometheus() -> Value {
    json!({ "block": "0", "version": "0", "ip": "0", "port": "0", "ip_type": "0" })
}

fn or(value: Value, none: Value) -> Value {
    if value.is_null() { none } else { value }
}

fn without_zeros(row: &Value) -> Value {
    list(row).into_iter().filter(|pair| number(&pair[1]) != 0).collect()
}

fn lite(dump: &Dump, netuid: u16, uid: usize, hotkey: &str) -> Value {
    let key = netuid.to_string();
    let coldkey = dump.get("Owner", &[hotkey]);
    let term = |item: &str| at(&dump.get(item, &[&key]), uid, &json!("0"));
    let flag = |item: &str| at(&dump.get(item, &[&key]), uid, &json!(false));
    json!({
        "hotkey": hotkey,
        "coldkey": coldkey,
        "uid": written(uid),
        "netuid": written(netuid),
        "active": flag("Active"),
        "axon_info": or(dump.get("Axons", &[&key, hotkey]), no_axon()),
        "prometheus_info": or(dump.get("Prometheus", &[&key, hotkey]), no_prometheus()),
        "stake": [[coldkey, dump.get("TotalHotkeyAlpha", &[hotkey, &key])]],
        "rank": "0",
        "emission": term("Emission"),
        "incentive": term("Incentive"),
        "consensus": term("Consensus"),
        "trust": "0",
        "validator_trust": term("ValidatorTrust"),
        "dividends": term("Dividends"),
        "last_update": term("LastUpdate"),
        "validator_permit": flag("ValidatorPermit"),
        "pruning_score": "65535",
    })
}

#[test]
fn neurons_are_rows_of_storage() {
    in_every_state(&ALL, |dump, asked| {
        for netuid in dump.networks() {
            let (mut all, mut all_lite) = (Vec::new(), Vec::new());
            let key = netuid.to_string();
            for (uid, hotkey) in dump.hotkeys(netuid).iter().enumerate() {
                let lite = lite(dump, netuid, uid, hotkey);
                let row = |item: &str| without_zeros(&dump.get(item, &[&key, &uid.to_string()]));
                let full =
                    merged([lite.clone(), json!({ "weights": row("Weights"), "bonds": row("Bonds") })]);
                // All of them are asked for together below; one by one only a few, to save time.
                if uid < 3 {
                    let arguments = [written(netuid), written(uid)];
                    let found = ask(asked, "NeuronInfoRuntimeApi.get_neuron", &arguments);
                    same(dump.state, "get_neuron", &found, &full);
                    let found = ask(asked, "NeuronInfoRuntimeApi.get_neuron_lite", &arguments);
                    same(dump.state, "get_neuron_lite", &found, &lite);
                }
                all.push(full);
                all_lite.push(lite);
            }
            let found = ask(asked, "NeuronInfoRuntimeApi.get_neurons", &[written(netuid)]);
            same(dump.state, "get_neurons", &found, &Value::Array(all));
            let found = ask(asked, "NeuronInfoRuntimeApi.get_neurons_lite", &[written(netuid)]);
            same(dump.state, "get_neurons_lite", &found, &Value::Array(all_lite));
            let nobody = [written(netuid), written(u16::MAX)];
            assert_eq!(ask(asked, "NeuronInfoRuntimeApi.get_neuron", &nobody), Value::Null);
        }
    });
}

/// Stake of a hotkey on a network after what its relations on a subnet give and take (section 06, 6).
fn inherited(dump: &Dump, hotkey: &str, network: u16, relations: u16) -> u64 {
    let (network, relations) = (network.to_string(), relations.to_string());
    let own = |hotkey: &str| dump.number("TotalHotkeyAlpha", &[hotkey, &network]);
    let proportion = |pair: &Value| number(&pair[0]);
    let children: Vec<u64> =
        list(&dump.get("ChildKeys", &[hotkey, &relations])).iter().map(proportion).collect();
    let parents = list(&dump.get("ParentKeys", &[hotkey, &relations]));
    let parents = parents.iter().map(|pair| (proportion(pair), own(pair[1].as_str().expect("a hotkey"))));
    inherited_stake(own(hotkey), &children, &parents.collect::<Vec<_>>())
}

/// Alpha, root TAO and stake weight behind a hotkey (section 06, 6). Root has no relations.
fn stakes(dump: &Dump, hotkey: &str, netuid: u16) -> (u64, u64, u64) {
    let own = || dump.number("TotalHotkeyAlpha", &[hotkey, "0"]);
    let alpha = if netuid == 0 { own() } else { inherited(dump, hotkey, netuid, netuid) };
    let tao = if netuid == 0 { own() } else { inherited(dump, hotkey, 0, netuid) };
    (alpha, tao, int(stake_weight(alpha, tao, dump.number("TaoWeight", &[]))))
}

/// The columns that the state of a subnet and its metagraph have.
fn columns(dump: &Dump, netuid: u16) -> Value {
    let key = netuid.to_string();
    let hotkeys = dump.hotkeys(netuid);
    let behind: Vec<_> = hotkeys.iter().map(|hotkey| stakes(dump, hotkey, netuid)).collect();
    let registered = |uid: usize| dump.get("BlockAtRegistration", &[&key, &uid.to_string()]);
    json!({
        "hotkeys": hotkeys,
        "coldkeys": hotkeys.iter().map(|hotkey| dump.get("Owner", &[hotkey])).collect::<Vec<_>>(),
        "active": dump.get("Active", &[&key]),
        "validator_permit": dump.get("ValidatorPermit", &[&key]),
        "pruning_score": [],
        "last_update": dump.get("LastUpdate", &[&key]),
        "emission": dump.get("Emission", &[&key]),
        "dividends": dump.get("Dividends", &[&key]),
        "incentives": dump.get("Incentive", &[&key]),
        "consensus": dump.get("Consensus", &[&key]),
        "trust": [],
        "rank": [],
        "block_at_registration": (0..hotkeys.len()).map(registered).collect::<Vec<_>>(),
        "alpha_stake": behind.iter().map(|stakes| written(stakes.0)).collect::<Vec<_>>(),
        "tao_stake": behind.iter().map(|stakes| written(stakes.1)).collect::<Vec<_>>(),
        "total_stake": behind.iter().map(|stakes| written(stakes.2)).collect::<Vec<_>>(),
    })
}

#[test]
fn the_state_of_a_subnet_is_its_columns() {
    in_every_state(&ALL, |dump, asked| {
        let networks = dump.networks();
        for netuid in &networks {
            let zeros: Value = dump.hotkeys(*netuid).iter().map(|_| json!("0")).collect();
            let history: Value = networks.iter().map(|_| zeros.clone()).collect();
            let rest = json!({ "netuid": written(netuid), "emission_history": history });
            let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_state", &[written(netuid)]);
            same(dump.state, "get_subnet_state", &found, &merged([columns(dump, *netuid), rest]));
        }
    });
}

/// The metagraph of a subnet, without name and symbol.
fn metagraph(dump: &Dump, netuid: u16) -> Value {
    let key = netuid.to_string();
    let copies = [
        ("rho", "Rho"),
        ("kappa", "Kappa"),
        ("min_allowed_weights", "MinAllowedWeights"),
        ("weights_version", "WeightsVersionKey"),
        ("weights_rate_limit", "WeightsSetRateLimit"),
        ("max_validators", "MaxAllowedValidators"),
        ("num_uids", "SubnetworkN"),
        ("max_uids", "MaxAllowedUids"),
        ("burn", "Burn"),
        ("difficulty", "Difficulty"),
        ("registration_allowed", "NetworkRegistrationAllowed"),
        ("pow_registration_allowed", "NetworkPowRegistrationAllowed"),
        ("immunity_period", "ImmunityPeriod"),
        ("min_difficulty", "MinDifficulty"),
        ("max_difficulty", "MaxDifficulty"),
        ("min_burn", "MinBurn"),
        ("max_burn", "MaxBurn"),
        ("adjustment_alpha", "AdjustmentAlpha"),
        ("adjustment_interval", "AdjustmentInterval"),
        ("target_regs_per_interval", "TargetRegistrationsPerInterval"),
        ("max_regs_per_block", "MaxRegistrationsPerBlock"),
        ("serving_rate_limit", "ServingRateLimit"),
        ("commit_reveal_weights_enabled", "CommitRevealWeightsEnabled"),
        ("commit_reveal_period", "RevealPeriodEpochs"),
        ("liquid_alpha_enabled", "LiquidAlphaOn"),
        ("bonds_moving_avg", "BondsMovingAverage"),
    ];
    let copies: serde_json::Map<_, _> =
        copies.into_iter().map(|(field, item)| (field.to_owned(), dump.get(item, &[&key]))).collect();
    let alpha = dump.get("AlphaValues", &[&key]);
    let hotkeys = dump.hotkeys(netuid);
    let coldkey = |hotkey: &String| dump.get("Owner", &[hotkey]);
    let identities =
        hotkeys.iter().map(|hotkey| dump.get("IdentitiesV2", &[coldkey(hotkey).as_str().expect("an owner")]));
    let axons = hotkeys.iter().map(|hotkey| or(dump.get("Axons", &[&key, hotkey]), no_axon()));
    let dividends =
        hotkeys.iter().map(|hotkey| json!([hotkey, dump.get("AlphaDividendsPerSubnet", &[&key, hotkey])]));
    let rest = json!({
        "identity": identity(dump, netuid),
        "block": written(dump.now()),
        "subnet_emission": "0",
        "max_weights_limit": "65535",
        "activity_cutoff": written(activity_cutoff(dump, netuid)),
        "alpha_low": alpha[0],
        "alpha_high": alpha[1],
        "identities": identities.collect::<Vec<_>>(),
        "axons": axons.collect::<Vec<_>>(),
        "tao_dividends_per_hotkey": hotkeys.iter().map(|hotkey| json!([hotkey, "0"])).collect::<Vec<_>>(),
        "alpha_dividends_per_hotkey": dividends.collect::<Vec<_>>(),
    });
    merged([dynamic(dump, netuid), Value::Object(copies), columns(dump, netuid), rest])
}

/// Fields by the numbers that a selection names them by.
const NUMBERED: [&str; 8] = [
    "netuid",
    "name",
    "symbol",
    "identity",
    "network_registered_at",
    "owner_hotkey",
    "owner_coldkey",
    "block",
];

#[test]
fn metagraphs_and_selections_of_them_have_every_field() {
    in_every_state(&ALL, |dump, asked| {
        let mut all = Vec::new();
        for netuid in dump.networks() {
            let found = ask(asked, "SubnetInfoRuntimeApi.get_metagraph", &[written(netuid)]);
            let names = json!({ "name": found["name"], "symbol": found["symbol"] });
            let expected = merged([metagraph(dump, netuid), names]);
            same(dump.state, "get_metagraph", &without_decimals(&found), &without_decimals(&expected));

            // All that there is, with the two fields that only a selection has.
            let every: Value = (0..=73_u16).map(written).collect();
            let arguments = [written(netuid), every.clone()];
            let selected = ask(asked, "SubnetInfoRuntimeApi.get_selective_metagraph", &arguments);
            let extras = json!({ "validators": validators(dump, netuid), "commitments": [] });
            same(dump.state, "get_selective_metagraph", &selected, &merged([found.clone(), extras.clone()]));
            // Some, and a number that means nothing.
            let some = json!(["1", "4", "7", "999"]);
            let selected =
                ask(asked, "SubnetInfoRuntimeApi.get_selective_metagraph", &[written(netuid), some]);
            for (index, name) in NUMBERED.iter().enumerate().skip(1) {
                let expected = if [1, 4, 7].contains(&index) { found[*name].clone() } else { Value::Null };
                assert_eq!(selected[*name], expected, "{}: field {index}", dump.state.id);
            }
            assert_eq!(selected["netuid"], "0");

            mechanisms(dump, asked, netuid, &found, &extras);
            all.push(found);
        }
        let found = ask(asked, "SubnetInfoRuntimeApi.get_all_metagraphs", &[]);
        same(dump.state, "get_all_metagraphs", &found, &Value::Array(all));
    });
}

/// The mechanisms of a subnet: its metagraph with the mechanism's own updates and incentives.
fn mechanisms(
    dump: &Dump,
    asked: &mut assay::reference::states::AskedState,
    netuid: u16,
    whole: &Value,
    extras: &Value,
) {
    let count = dump.number("MechanismCountCurrent", &[&netuid.to_string()]);
    for mecid in 0..=count {
        let index = (mecid * 4_096 + u64::from(netuid)).to_string();
        let own = json!({ "last_update": dump.get("LastUpdate", &[&index]), "incentives": dump.get("Incentive", &[&index]) });
        let expected = if mecid < count {
            merged([whole.clone(), own.clone(), json!({ "netuid": index })])
        } else {
            Value::Null
        };
        let arguments = [written(netuid), written(mecid)];
        let found = ask(asked, "SubnetInfoRuntimeApi.get_mechagraph", &arguments);
        same(dump.state, "get_mechagraph", &found, &expected);

        let every: Value = (0..=73_u16).map(written).collect();
        let arguments = [written(netuid), written(mecid), every];
        let found = ask(asked, "SubnetInfoRuntimeApi.get_selective_mechagraph", &arguments);
        let expected = merged([whole.clone(), own, extras.clone()]);
        same(dump.state, "get_selective_mechagraph", &found, &expected);
    }
}

/// Uids with a permit and a stake weight above the threshold, the least first; the states here have no equal ones.
fn validators(dump: &Dump, netuid: u16) -> Value {
    let key = netuid.to_string();
    let permits = list(&dump.get("ValidatorPermit", &[&key]));
    let threshold = dump.number("StakeThreshold", &[]);
    let hotkeys = dump.hotkeys(netuid);
    let mut validators: Vec<_> = hotkeys
        .iter()
        .enumerate()
        .filter(|(uid, _)| permits.get(*uid) == Some(&json!(true)))
        .map(|(uid, hotkey)| {
            let (alpha, tao, _) = stakes(dump, hotkey, netuid);
            (stake_weight(alpha, tao, dump.number("TaoWeight", &[])), uid)
        })
        .filter(|(weight, _)| *weight > threshold)
        .collect();
    validators.sort_unstable();
    validators.into_iter().map(|(_, uid)| written(uid)).collect()
}
