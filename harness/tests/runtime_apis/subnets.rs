//! `SubnetInfoRuntimeApi` but for the neurons (section 11, 3), and the cost of a subnet.

use super::dump::{Dump, bits, merged, number, text, written};
use super::{ALL, ask, in_every_state, same};
use serde_json::{Value, json};

/// Part of a record: its fields with the storage items that they are copies of.
fn copies(dump: &Dump, netuid: u16, fields: &[(&str, &str)]) -> Value {
    let netuid = netuid.to_string();
    fields
        .iter()
        .map(|(field, item)| ((*field).to_owned(), dump.get(item, &[&netuid])))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Blocks without weights after which a validator is inactive (section 07, 2.1).
pub fn activity_cutoff(dump: &Dump, netuid: u16) -> u64 {
    let netuid = netuid.to_string();
    let factor = dump.number("ActivityCutoffFactorMilli", &[&netuid]);
    (factor * dump.number("Tempo", &[&netuid]) / 1_000).max(1)
}

pub fn identity(dump: &Dump, netuid: u16) -> Value {
    dump.get("SubnetIdentitiesV3", &[&netuid.to_string()])
}

fn info(dump: &Dump, netuid: u16) -> Value {
    let fields = [
        ("rho", "Rho"),
        ("kappa", "Kappa"),
        ("difficulty", "Difficulty"),
        ("immunity_period", "ImmunityPeriod"),
        ("max_allowed_validators", "MaxAllowedValidators"),
        ("min_allowed_weights", "MinAllowedWeights"),
        ("scaling_law_power", "ScalingLawPower"),
        ("subnetwork_n", "SubnetworkN"),
        ("max_allowed_uids", "MaxAllowedUids"),
        ("blocks_since_last_step", "BlocksSinceLastStep"),
        ("tempo", "Tempo"),
        ("burn", "Burn"),
        ("owner", "SubnetOwner"),
    ];
    let fixed = json!({
        "netuid": written(netuid), "max_weights_limit": "65535", "network_modality": "0", "network_connect": [],
    });
    merged([copies(dump, netuid, &fields), fixed])
}

fn hyperparameters(dump: &Dump, netuid: u16) -> Value {
    let fields = [
        ("rho", "Rho"),
        ("kappa", "Kappa"),
        ("immunity_period", "ImmunityPeriod"),
        ("min_allowed_weights", "MinAllowedWeights"),
        ("tempo", "Tempo"),
        ("min_difficulty", "MinDifficulty"),
        ("max_difficulty", "MaxDifficulty"),
        ("weights_version", "WeightsVersionKey"),
        ("weights_rate_limit", "WeightsSetRateLimit"),
        ("adjustment_interval", "AdjustmentInterval"),
        ("registration_allowed", "NetworkRegistrationAllowed"),
        ("target_regs_per_interval", "TargetRegistrationsPerInterval"),
        ("min_burn", "MinBurn"),
        ("max_burn", "MaxBurn"),
        ("bonds_moving_avg", "BondsMovingAverage"),
        ("max_regs_per_block", "MaxRegistrationsPerBlock"),
        ("serving_rate_limit", "ServingRateLimit"),
        ("max_validators", "MaxAllowedValidators"),
        ("adjustment_alpha", "AdjustmentAlpha"),
        ("difficulty", "Difficulty"),
        ("commit_reveal_period", "RevealPeriodEpochs"),
        ("commit_reveal_weights_enabled", "CommitRevealWeightsEnabled"),
        ("liquid_alpha_enabled", "LiquidAlphaOn"),
    ];
    let alpha = dump.get("AlphaValues", &[&netuid.to_string()]);
    let rest = json!({
        "max_weights_limit": "65535",
        "activity_cutoff": written(activity_cutoff(dump, netuid)),
        "alpha_low": alpha[0],
        "alpha_high": alpha[1],
    });
    merged([copies(dump, netuid, &fields), rest])
}

/// What the second and third version of the hyperparameters add.
fn newer_hyperparameters(dump: &Dump, netuid: u16) -> Value {
    let key = netuid.to_string();
    let steepness: i64 = text(&dump.get("AlphaSigmoidSteepness", &[&key])).parse().expect("an i16");
    let yuma3 = dump.get("Yuma3On", &[&key]) == json!(true);
    json!({
        "alpha_sigmoid_steepness": { "bits": written(steepness << 32) },
        "yuma_version": if yuma3 { "3" } else { "2" },
        "subnet_is_active": dump.get("SubtokenEnabled", &[&key]),
        "transfers_enabled": dump.get("TransferToggle", &[&key]),
        "bonds_reset_enabled": dump.get("BondsResetOn", &[&key]),
        "user_liquidity_enabled": false,
    })
}

/// Without the readable decimal of fixed-point numbers, which says the same as their bits.
pub fn without_decimals(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "dec");
            fields
                .map(|(name, value)| (name.clone(), without_decimals(value)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(without_decimals).collect(),
        other => other.clone(),
    }
}

#[test]
fn subnets_and_their_hyperparameters_are_copies_of_storage() {
    in_every_state(&ALL, |dump, asked| {
        let (mut all, mut all_v2) = (Vec::new(), Vec::new());
        for netuid in dump.networks() {
            let argument = [written(netuid)];
            let info = info(dump, netuid);
            let v1 = merged([info.clone(), json!({ "emission_values": "0" })]);
            let v2 = merged([info, json!({ "emission_value": "0", "identity": identity(dump, netuid) })]);
            same(
                dump.state,
                "get_subnet_info",
                &ask(asked, "SubnetInfoRuntimeApi.get_subnet_info", &argument),
                &v1,
            );
            same(
                dump.state,
                "get_subnet_info_v2",
                &ask(asked, "SubnetInfoRuntimeApi.get_subnet_info_v2", &argument),
                &v2,
            );
            all.push(v1);
            all_v2.push(v2);

            let terms = hyperparameters(dump, netuid);
            let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_hyperparams", &argument);
            same(dump.state, "get_subnet_hyperparams", &found, &terms);
            let terms = merged([terms, newer_hyperparameters(dump, netuid)]);
            let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_hyperparams_v2", &argument);
            same(dump.state, "get_subnet_hyperparams_v2", &without_decimals(&found), &terms);
        }
        let found = ask(asked, "SubnetInfoRuntimeApi.get_subnets_info", &[]);
        same(dump.state, "get_subnets_info", &found, &Value::Array(all));
        let found = ask(asked, "SubnetInfoRuntimeApi.get_subnets_info_v2", &[]);
        same(dump.state, "get_subnets_info_v2", &found, &Value::Array(all_v2));
        for method in ["get_subnet_info", "get_subnet_hyperparams_v2", "get_dynamic_info", "get_metagraph"] {
            let found = ask(asked, &format!("SubnetInfoRuntimeApi.{method}"), &[written(4_000)]);
            assert_eq!(found, Value::Null, "{method} of a subnet that does not exist");
        }
    });
}

#[test]
fn named_hyperparameters_have_the_types_and_the_order_of_the_specification() {
    // Name, type, and the field of the second version or the item that it is a copy of.
    const ENTRIES: [(&str, &str); 33] = [
        ("kappa", "U16"),
        ("immunity_period", "U16"),
        ("min_allowed_weights", "U16"),
        ("max_weights_limit", "U16"),
        ("tempo", "U16"),
        ("weights_version", "U64"),
        ("weights_rate_limit", "U64"),
        ("activity_cutoff", "U64"),
        ("activity_cutoff_factor", "U32"),
        ("registration_allowed", "Bool"),
        ("target_regs_per_interval", "U16"),
        ("min_burn", "TaoBalance"),
        ("max_burn", "TaoBalance"),
        ("burn_half_life", "U16"),
        ("burn_increase_mult", "U64F64"),
        ("bonds_moving_avg", "U64"),
        ("max_regs_per_block", "U16"),
        ("serving_rate_limit", "U64"),
        ("max_validators", "U16"),
        ("commit_reveal_period", "U64"),
        ("commit_reveal_weights_enabled", "Bool"),
        ("alpha_high", "U16"),
        ("alpha_low", "U16"),
        ("liquid_alpha_enabled", "Bool"),
        ("alpha_sigmoid_steepness", "I32F32"),
        ("yuma_version", "U16"),
        ("subnet_is_active", "Bool"),
        ("transfers_enabled", "Bool"),
        ("bonds_reset_enabled", "Bool"),
        ("user_liquidity_enabled", "Bool"),
        ("owner_cut_enabled", "Bool"),
        ("owner_cut_auto_lock_enabled", "Bool"),
        ("min_childkey_take", "U16"),
    ];
    in_every_state(&ALL, |dump, asked| {
        for netuid in dump.networks() {
            let key = netuid.to_string();
            let least = dump.number("MinChildkeyTake", &[]);
            let own = json!({
                "activity_cutoff_factor": dump.get("ActivityCutoffFactorMilli", &[&key]),
                "burn_half_life": dump.get("BurnHalfLife", &[&key]),
                "burn_increase_mult": without_decimals(&dump.get("BurnIncreaseMult", &[&key])),
                "owner_cut_enabled": dump.get("OwnerCutEnabled", &[&key]),
                "owner_cut_auto_lock_enabled": dump.get("OwnerCutAutoLockEnabled", &[&key]),
                "min_childkey_take": written(least.max(dump.number("MinChildkeyTakePerSubnet", &[&key]))),
            });
            let values = merged([hyperparameters(dump, netuid), newer_hyperparameters(dump, netuid), own]);
            let expected = ENTRIES.iter().map(|(name, ty)| {
                json!({ "name": format!("0x{}", hex::encode(name)), "value": { *ty: values[*name] } })
            });
            let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_hyperparams_v3", &[written(netuid)]);
            same(dump.state, "get_subnet_hyperparams_v3", &without_decimals(&found), &expected.collect());
        }
    });
}

/// A text whose bytes are compact integers.
fn letters(value: &Value) -> String {
    let bytes = value.as_array().expect("a list").iter();
    let bytes = bytes.map(|byte| u8::try_from(number(byte)).expect("a byte")).collect();
    String::from_utf8(bytes).expect("UTF-8")
}

/// The fields of a subnet that its pool and its clock make.
pub fn dynamic(dump: &Dump, netuid: u16) -> Value {
    let fields = [
        ("owner_hotkey", "SubnetOwnerHotkey"),
        ("owner_coldkey", "SubnetOwner"),
        ("tempo", "Tempo"),
        ("last_step", "LastMechansimStepBlock"),
        ("alpha_in", "SubnetAlphaIn"),
        ("alpha_out", "SubnetAlphaOut"),
        ("tao_in", "SubnetTAO"),
        ("alpha_out_emission", "SubnetAlphaOutEmission"),
        ("alpha_in_emission", "SubnetAlphaInEmission"),
        ("tao_in_emission", "SubnetTaoInEmission"),
        ("subnet_volume", "SubnetVolume"),
        ("network_registered_at", "NetworkRegisteredAt"),
        ("moving_price", "SubnetMovingPrice"),
    ];
    let key = netuid.to_string();
    let last_step = dump.number("LastMechansimStepBlock", &[&key]);
    let pending =
        dump.number("PendingValidatorEmission", &[&key]) + dump.number("PendingServerEmission", &[&key]);
    let rest = json!({
        "netuid": written(netuid),
        "blocks_since_last_step": written(dump.now().saturating_sub(last_step)),
        "pending_alpha_emission": written(pending),
        "pending_root_emission": "0",
    });
    merged([copies(dump, netuid, &fields), rest])
}

/// The name that a subnet shows: of its identity, or the built-in one (section 12, 14).
fn shown_name(dump: &Dump, netuid: u16) -> Option<String> {
    let own = identity(dump, netuid)["subnet_name"].as_str().map(str::to_owned);
    match own.as_deref() {
        Some(hex) if hex != "0x" => {
            let digits = hex.trim_start_matches("0x");
            let bytes = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16));
            String::from_utf8(bytes.collect::<Result<_, _>>().expect("hex")).ok()
        }
        _ => ["root", "apex", "omron", "templar", "targon", "kaito"]
            .get(usize::from(netuid))
            .map(|&name| name.to_owned()),
    }
}

#[test]
fn dynamic_info_has_the_pool_and_the_clock() {
    in_every_state(&ALL, |dump, asked| {
        let mut all = Vec::new();
        for netuid in dump.networks() {
            let found = ask(asked, "SubnetInfoRuntimeApi.get_dynamic_info", &[written(netuid)]);
            let (name, symbol) = (letters(&found["subnet_name"]), letters(&found["token_symbol"]));
            if let Some(expected) = shown_name(dump, netuid) {
                assert_eq!(name, expected, "{}: the name of subnet {netuid}", dump.state.id);
            }
            assert!(netuid != 1 || symbol == "α", "{}: {symbol}", dump.state.id);
            let rest = json!({
                "subnet_name": found["subnet_name"], "token_symbol": found["token_symbol"], "emission": "0",
                "subnet_identity": identity(dump, netuid),
            });
            same(dump.state, "get_dynamic_info", &found, &merged([dynamic(dump, netuid), rest]));
            all.push(found);
        }
        let found = ask(asked, "SubnetInfoRuntimeApi.get_all_dynamic_info", &[]);
        same(dump.state, "get_all_dynamic_info", &found, &Value::Array(all));
    });
}

#[test]
fn what_comes_next_for_a_subnet() {
    in_every_state(&ALL, |dump, asked| {
        for netuid in dump.networks() {
            let key = netuid.to_string();
            let tempo = dump.number("Tempo", &[&key]);
            let automatic = dump.number("LastEpochBlock", &[&key]) + tempo;
            let next = match dump.number("PendingEpochAt", &[&key]) {
                0 => automatic,
                pending => automatic.min(pending),
            };
            let next = if tempo == 0 { Value::Null } else { written(next) };
            let found = ask(asked, "SubnetInfoRuntimeApi.get_next_epoch_start_block", &[written(netuid)]);
            same(dump.state, "get_next_epoch_start_block", &found, &next);

            let mut id = [0; 32];
            id[..12].copy_from_slice(b"modlsubtensr");
            id[12..14].copy_from_slice(&netuid.to_le_bytes());
            let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_account_id", &[written(netuid)]);
            same(dump.state, "get_subnet_account_id", &found, &json!(dump.name(id)));
        }
        let immunity = dump.number("NetworkImmunityPeriod", &[]);
        let candidates = dump.networks().into_iter().filter(|netuid| *netuid != 0).filter_map(|netuid| {
            let key = netuid.to_string();
            let registered = dump.number("NetworkRegisteredAt", &[&key]);
            // The moving price of a subnet without a pool is 1 (section 06, 2).
            let stable = dump.number("SubnetMechanism", &[&key]) == 0;
            let price = if stable { 1 << 32 } else { bits(&dump.get("SubnetMovingPrice", &[&key])) };
            (dump.now() >= registered + immunity).then_some((price, registered, netuid))
        });
        let candidates: Vec<_> = candidates.collect();
        let cheapest = candidates.iter().map(|(price, registered, _)| (*price, *registered)).min();
        let found = ask(asked, "SubnetInfoRuntimeApi.get_subnet_to_prune", &[]);
        let found = found.as_str().map(|netuid| netuid.parse::<u16>().expect("a netuid"));
        let of_found = candidates.iter().find(|(_, _, netuid)| Some(*netuid) == found);
        assert_eq!(
            of_found.map(|(price, registered, _)| (*price, *registered)),
            cheapest,
            "{}",
            dump.state.id
        );
    });
}

#[test]
fn the_hotkey_of_automatic_stake_is_told() {
    let mut seen = 0;
    in_every_state(&ALL, |dump, asked| {
        for keys in dump.keys("AutoStakeDestination") {
            let arguments = [json!(keys[0]), json!(keys[1])];
            let found = ask(asked, "SubnetInfoRuntimeApi.get_coldkey_auto_stake_hotkey", &arguments);
            same(
                dump.state,
                "get_coldkey_auto_stake_hotkey",
                &found,
                &dump.get("AutoStakeDestination", &keys),
            );
            seen += 1;
        }
        let arguments = [json!("zero"), written(3_999)];
        assert_eq!(ask(asked, "SubnetInfoRuntimeApi.get_coldkey_auto_stake_hotkey", &arguments), Value::Null);
    });
    assert!(seen > 0, "no state has an automatic destination");
}

#[test]
fn a_subnet_costs_what_the_vectors_say() {
    use assay::reference::states::States;
    use std::collections::BTreeMap;
    let states = States::read(&super::reference("traces.json.zst")).expect("states");
    let costs = std::fs::File::open(super::reference("costs.json.zst")).expect("costs");
    let costs: Value = serde_json::from_reader(zstd::Decoder::new(costs).expect("zstd")).expect("JSON");
    let mut tried = 0;
    for case in costs["cases"].as_array().expect("cases").iter().filter(|case| case["kind"] == "lock_cost") {
        for sample in case["series"].as_array().expect("series") {
            // A chain that can be asked has made a block.
            let Some(block) = text(&sample["block"]).parse().ok().filter(|block| *block > 0) else {
                continue;
            };
            let mut state = states.list()[0].clone();
            state.block = block;
            let changes = [
                ("NetworkLastLockCost", &case["last_lock"]),
                ("NetworkMinLockCost", &case["min_lock"]),
                ("NetworkLockReductionInterval", &case["lock_reduction_interval"]),
                ("LastRateLimitedBlock(NetworkLastRegistered)", &case["last_lock_block"]),
                ("TotalIssuance", &case["total_issuance"]),
            ];
            let changes: BTreeMap<String, Value> =
                changes.map(|(item, value)| (format!("SubtensorModule.{item}"), value.clone())).into();
            let mut asked = states.at(&state, &changes).expect("a state");
            let found = ask(&mut asked, "SubnetRegistrationRuntimeApi.get_network_registration_cost", &[]);
            assert_eq!(found, sample["lock_cost"], "{} at block {block}", case["id"]);
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} costs tried");
}
