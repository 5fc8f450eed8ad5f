//! `StakeInfoRuntimeApi` but for locks (section 11, 4). The stakes are those that the real chain derived.

use super::dump::{Dump, list, text, written};
use super::locks::locked;
use super::{ALL, ask, in_every_state, same};
use serde_json::{Value, json};

fn info(dump: &Dump, hotkey: &str, coldkey: &str, netuid: u16) -> Value {
    let key = netuid.to_string();
    json!({
        "hotkey": hotkey,
        "coldkey": coldkey,
        "netuid": key,
        "stake": written(dump.stake(hotkey, coldkey, netuid)),
        "locked": "0",
        "emission": dump.get("AlphaDividendsPerSubnet", &[&key, hotkey]),
        "tao_emission": "0",
        "drain": "0",
        "is_registered": dump.entry("Uids", &[&key, hotkey]).is_some(),
    })
}

/// By network, and then in the order of the coldkey's hotkeys; without zeros.
fn of_coldkey(dump: &Dump, coldkey: &str) -> Value {
    let hotkeys: Vec<String> = list(&dump.get("StakingHotkeys", &[coldkey])).iter().map(text).collect();
    let places =
        dump.networks().into_iter().flat_map(|netuid| hotkeys.iter().map(move |hotkey| (hotkey, netuid)));
    let staked = places.filter(|(hotkey, netuid)| dump.stake(hotkey, coldkey, *netuid) != 0);
    staked.map(|(hotkey, netuid)| info(dump, hotkey, coldkey, netuid)).collect()
}

#[test]
fn stakes_are_those_that_the_real_chain_derived() {
    let mut seen = 0;
    in_every_state(&ALL, |dump, asked| {
        let coldkeys = dump.coldkeys();
        let mut all = Vec::new();
        for coldkey in &coldkeys {
            let expected = of_coldkey(dump, coldkey);
            let found = ask(asked, "StakeInfoRuntimeApi.get_stake_info_for_coldkey", &[json!(coldkey)]);
            same(dump.state, "get_stake_info_for_coldkey", &found, &expected);
            seen += list(&expected).len();
            all.push(json!([coldkey, expected]));
        }
        let found = ask(asked, "StakeInfoRuntimeApi.get_stake_info_for_coldkeys", &[json!(coldkeys)]);
        same(dump.state, "get_stake_info_for_coldkeys", &found, &Value::Array(all));

        let method = "StakeInfoRuntimeApi.get_stake_info_for_hotkey_coldkey_netuid";
        for keys in dump.keys("AlphaV2") {
            let netuid: u16 = keys[2].parse().expect("a netuid");
            let found = ask(asked, method, &keys.iter().map(|key| json!(key)).collect::<Vec<_>>());
            same(dump.state, method, &found, &info(dump, keys[0], keys[1], netuid));
        }
        // One that does not exist is told, too.
        let found = ask(asked, method, &[json!("zero"), json!("alice"), json!("3999")]);
        same(dump.state, method, &found, &info(dump, "zero", "alice", 3_999));
    });
    assert!(seen > 1_000, "only {seen} stakes");
}

/// What a coldkey has on a subnet, what of it is locked, and what may leave (section 05, 8.4).
fn availability(dump: &Dump, coldkey: &str, netuid: u16) -> Option<Value> {
    let hotkeys: Vec<String> = list(&dump.get("StakingHotkeys", &[coldkey])).iter().map(text).collect();
    let total: u64 = hotkeys.iter().map(|hotkey| dump.stake(hotkey, coldkey, netuid)).sum();
    let locked = locked(dump, coldkey, netuid).map_or(0, |lock| lock.locked_mass);
    let available = total.saturating_sub(locked);
    let written =
        json!({ "total": written(total), "locked": written(locked), "available": written(available) });
    (total != 0 || locked != 0).then_some(written)
}

#[test]
fn what_may_leave_is_what_is_not_locked() {
    let mut with_locks = 0;
    in_every_state(&ALL, |dump, asked| {
        let mut coldkeys = dump.coldkeys();
        coldkeys.truncate(12);
        let networks = dump.networks();
        let expected = |asked: &[u16]| -> std::collections::BTreeMap<String, Value> {
            let of = |coldkey: &str| -> Value {
                let entries = asked.iter().filter_map(|netuid| {
                    availability(dump, coldkey, *netuid).map(|entry| json!([netuid.to_string(), entry]))
                });
                entries.collect()
            };
            coldkeys.iter().map(|coldkey| ((*coldkey).to_owned(), of(coldkey))).collect()
        };
        let mut found = |netuids: Value| -> std::collections::BTreeMap<String, Value> {
            let method = "StakeInfoRuntimeApi.get_stake_availability_for_coldkeys";
            let found = ask(asked, method, &[json!(coldkeys), netuids]);
            // A map travels in the order of the account ids; here it is compared by their names.
            list(&found).iter().map(|pair| (text(&pair[0]), pair[1].clone())).collect()
        };
        assert_eq!(found(Value::Null), expected(&networks), "{}", dump.state.id);
        with_locks +=
            expected(&networks).values().flat_map(list).filter(|pair| pair[1]["locked"] != "0").count();
        // Asked for twice, out of order, and one that does not exist; no more than there are networks.
        if networks.len() >= 3 {
            let some =
                json!([networks[1].to_string(), networks[0].to_string(), "3999", networks[1].to_string()]);
            assert_eq!(found(some), expected(&networks[..2]), "{}", dump.state.id);
        }
        let many: Value = (0..=networks.len()).map(written).collect();
        let nothing = expected(&[]);
        assert_eq!(found(many), nothing, "{}: more than there are networks", dump.state.id);
        assert_eq!(found(json!([])), nothing, "{}: an empty list", dump.state.id);
    });
    assert!(with_locks > 0, "no state has a lock");
}

/// The fee on the whole amount; none where there is no pool (section 04, 4).
fn fee(dump: &Dump, netuid: u16, amount: u64) -> u64 {
    let key = netuid.to_string();
    if dump.number("SubnetMechanism", &[&key]) != 1 {
        return 0;
    }
    let rate = dump.state.entries.get(&format!("Swap.FeeRate({netuid})")).map_or(33, super::dump::number);
    // A part of 2^64, rounded down, times the amount, rounded down (U64F64).
    let part = (u128::from(rate) << 64) / 65_535;
    let (high, low) = (part >> 32, part & 0xffff_ffff);
    let amount = u128::from(amount);
    u64::try_from((high * amount + ((low * amount) >> 32)) >> 32).expect("a fee")
}

#[test]
fn the_fee_is_that_of_the_destination() {
    in_every_state(&ALL[..1], |dump, asked| {
        let mut fee_of = |origin: Option<u16>, destination: Option<u16>, amount: u64| {
            let end = |netuid: Option<u16>| {
                netuid.map_or(Value::Null, |netuid| json!(["zero", netuid.to_string()]))
            };
            let arguments = [end(origin), json!("alice"), end(destination), json!("bob"), written(amount)];
            super::dump::number(&ask(asked, "StakeInfoRuntimeApi.get_stake_fee", &arguments))
        };
        if dump.networks().contains(&2) && !dump.state.entries.contains_key("Swap.FeeRate(2)") {
            // What the tests of the clients expect of 1 TAO.
            assert_eq!(fee_of(None, Some(2), 1_000_000_000), 503_547);
        }
        for netuid in dump.networks() {
            for amount in [0, 1, 1_985, 1_000_000_000, 123_456_789_012_345] {
                assert_eq!(
                    fee_of(None, Some(netuid), amount),
                    fee(dump, netuid, amount),
                    "{}",
                    dump.state.id
                );
                assert_eq!(
                    fee_of(Some(netuid), None, amount),
                    fee(dump, netuid, amount),
                    "{}",
                    dump.state.id
                );
                let other = u16::from(netuid == 0);
                assert_eq!(fee_of(Some(netuid), Some(other), amount), fee(dump, other, amount));
                assert_eq!(fee_of(Some(netuid), Some(netuid), amount), 0);
            }
        }
        assert_eq!(fee_of(None, None, 1_000_000_000), 0);
    });
}
