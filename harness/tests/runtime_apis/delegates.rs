//! `DelegateInfoRuntimeApi` (section 11, 1) and the proxy filters (section 11, 5).

use super::dump::{Dump, list, number, text, written};
use super::{ALL, ask, in_every_state, same};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The subnets on which a hotkey is registered, ascending.
fn registrations(dump: &Dump, hotkey: &str) -> Vec<u16> {
    let is = |keys: &Vec<&str>| keys[0] == hotkey && dump.get("IsNetworkMember", keys) == json!(true);
    let keys = dump.keys("IsNetworkMember").into_iter().filter(is);
    let mut netuids: Vec<u16> = keys.map(|keys| keys[1].parse().expect("a netuid")).collect();
    netuids.sort_unstable();
    netuids
}

fn uid(dump: &Dump, netuid: u16, hotkey: &str) -> Option<usize> {
    dump.entry("Uids", &[&netuid.to_string(), hotkey]).and_then(|uid| usize::try_from(number(uid)).ok())
}

fn of_uid(dump: &Dump, item: &str, netuid: u16, hotkey: &str) -> Option<Value> {
    list(&dump.get(item, &[&netuid.to_string()])).get(uid(dump, netuid, hotkey)?).cloned()
}

/// What a delegate earns in a day: its emissions times the epochs of a day, in U64F64 bits.
fn daily(dump: &Dump, hotkey: &str) -> u128 {
    let of_subnet = |netuid: u16| {
        let emission = of_uid(dump, "Emission", netuid, hotkey).map_or(0, |emission| number(&emission));
        let tempo = dump.number("Tempo", &[&netuid.to_string()]);
        let epochs = if tempo == 0 { 0 } else { (7_200_u128 << 64) / u128::from(tempo) };
        epochs * u128::from(emission)
    };
    registrations(dump, hotkey).into_iter().map(of_subnet).sum()
}

/// What is left of it for each 1,000 TAO on root (section 11, 1).
fn per_thousand(dump: &Dump, hotkey: &str, daily: u128) -> u64 {
    use num_bigint::BigUint;
    let root = u128::from(dump.number("TotalHotkeyAlpha", &[hotkey, "0"]));
    let thousands = (root << 64) / 1_000_000_000_000;
    if thousands == 0 {
        return 0;
    }
    let take = u128::from(dump.number("Delegates", &[hotkey]));
    let kept = (1_u128 << 64) - ((take << 64) / 65_535);
    let left: BigUint = (BigUint::from(daily) * kept) >> 64_u32;
    let each: BigUint = (left << 64_u32) / thousands;
    u64::try_from(each >> 64_u32).unwrap_or(u64::MAX)
}

fn info(dump: &Dump, hotkey: &str) -> Value {
    let netuids = registrations(dump, hotkey);
    let permits = netuids
        .iter()
        .filter(|netuid| of_uid(dump, "ValidatorPermit", **netuid, hotkey) == Some(json!(true)));
    let daily = daily(dump, hotkey);
    json!({
        "delegate_ss58": hotkey,
        "take": dump.get("Delegates", &[hotkey]),
        "owner_ss58": dump.get("Owner", &[hotkey]),
        "registrations": netuids.iter().map(written).collect::<Vec<_>>(),
        "validator_permits": permits.map(written).collect::<Vec<_>>(),
        "return_per_1000": written(per_thousand(dump, hotkey, daily)),
        "total_daily_return": written(u64::try_from(daily >> 64).unwrap_or(u64::MAX)),
    })
}

/// The stakes on a hotkey as a set: coldkey, netuid, stake. Right while the networks have no gaps (section 11, 1).
fn nominators(dump: &Dump, hotkey: &str) -> BTreeMap<(String, u16), u64> {
    let keys = dump.keys("AlphaV2").into_iter().filter(|keys| keys[0] == hotkey);
    keys.map(|keys| {
        let netuid: u16 = keys[2].parse().expect("a netuid");
        ((keys[1].to_owned(), netuid), dump.stake(hotkey, keys[1], netuid))
    })
    .collect()
}

fn told(nominators: &Value) -> BTreeMap<(String, u16), u64> {
    let of_coldkey = |pair: &Value| {
        let coldkey = text(&pair[0]);
        let stakes = list(&pair[1]).into_iter();
        let stakes: Vec<_> = stakes
            .map(|stake| {
                ((coldkey.clone(), u16::try_from(number(&stake[0])).expect("a netuid")), number(&stake[1]))
            })
            .collect();
        stakes
    };
    list(nominators).iter().flat_map(of_coldkey).collect()
}

fn without_nominators(found: &Value) -> Value {
    let fields = found.as_object().expect("a delegate").iter().filter(|(name, _)| *name != "nominators");
    fields.map(|(name, value)| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn delegates_are_told_with_what_they_earn() {
    let mut seen = 0;
    in_every_state(&ALL, |dump, asked| {
        let networks = dump.networks();
        let no_gaps = networks.iter().zip(0_u16..).all(|(netuid, place)| *netuid == place);
        let delegates: Vec<&str> = dump.keys("Delegates").into_iter().map(|keys| keys[0]).collect();
        let mut all = Vec::new();
        for hotkey in &delegates {
            let found = ask(asked, "DelegateInfoRuntimeApi.get_delegate", &[json!(hotkey)]);
            same(dump.state, "get_delegate", &without_nominators(&found), &info(dump, hotkey));
            if no_gaps {
                assert_eq!(
                    told(&found["nominators"]),
                    nominators(dump, hotkey),
                    "{}: {hotkey}",
                    dump.state.id
                );
            }
            all.push(found);
            seen += 1;
        }
        // The list has the order of the entries in storage, which hashes decide.
        let by_name = |list: &[Value]| -> BTreeMap<String, Value> {
            list.iter().map(|one| (text(&one["delegate_ss58"]), one.clone())).collect()
        };
        let found = list(&ask(asked, "DelegateInfoRuntimeApi.get_delegates", &[]));
        assert_eq!(found.len(), all.len(), "{}", dump.state.id);
        assert_eq!(by_name(&found), by_name(&all), "{}", dump.state.id);
        assert_eq!(ask(asked, "DelegateInfoRuntimeApi.get_delegate", &[json!("treasury")]), Value::Null);
    });
    assert!(seen > 50, "only {seen} delegates");
}

#[test]
fn a_coldkey_sees_the_delegates_that_it_stakes_on() {
    in_every_state(&ALL, |dump, asked| {
        for coldkey in dump.coldkeys().into_iter().take(12) {
            let found = list(&ask(asked, "DelegateInfoRuntimeApi.get_delegated", &[json!(coldkey)]));
            let mut seen = Vec::new();
            for pair in &found {
                assert_eq!(pair[0]["nominators"], json!([]), "{}", dump.state.id);
                let hotkey = text(&pair[0]["delegate_ss58"]);
                same(dump.state, "get_delegated", &without_nominators(&pair[0]), &info(dump, &hotkey));
                seen.push((hotkey, text(&pair[1][0]), number(&pair[1][1])));
            }
            seen.sort();
            let staked = dump
                .keys("AlphaV2")
                .into_iter()
                .filter(|keys| keys[1] == coldkey && dump.entry("Delegates", &[keys[0]]).is_some());
            let mut expected: Vec<_> = staked
                .map(|keys| {
                    let netuid = keys[2].parse().expect("a netuid");
                    (keys[0].to_owned(), keys[2].to_owned(), dump.stake(keys[0], coldkey, netuid))
                })
                .collect();
            expected.sort();
            assert_eq!(seen, expected, "{}: {coldkey}", dump.state.id);
        }
    });
}
