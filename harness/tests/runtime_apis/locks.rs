//! Locks and convictions, rolled to the present block (section 05, 8 and section 11, 4).

use super::dump::{Dump, bits, number, written};
use super::{ALL, ask, in_every_state, same};
use assay_economics::number::U64F64;
use assay_economics::stake::lock::{LockFlags, LockRates, LockState, roll};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn state(value: &Value) -> LockState {
    LockState {
        locked_mass: number(&value["locked_mass"]),
        conviction: U64F64::from_bits(bits(&value["conviction"])),
        last_update: number(&value["last_update"]),
    }
}

/// A lock at the present block. The vectors of `lock_decay` prove the roll; here it matters which entries are rolled how.
fn rolled(dump: &Dump, lock: LockState, flags: LockFlags) -> LockState {
    let rates =
        LockRates { unlock: dump.number("UnlockRate", &[]), maturity: dump.number("MaturityRate", &[]) };
    roll(lock, dump.now(), rates, flags)
}

/// The lock of a coldkey on a subnet, if it has one.
pub fn locked(dump: &Dump, coldkey: &str, netuid: u16) -> Option<LockState> {
    let key = netuid.to_string();
    let locks = dump.keys("Lock");
    let keys = locks.iter().find(|keys| keys[0] == coldkey && keys[1] == key)?;
    let flags = LockFlags {
        owner: dump.get("SubnetOwnerHotkey", &[&key]) == json!(keys[2]),
        perpetual: dump.get("DecayingLock", &[coldkey, &key]) == json!(false),
    };
    Some(rolled(dump, state(&dump.get("Lock", keys)), flags))
}

#[test]
fn the_lock_of_a_coldkey_is_rolled_to_now() {
    let mut seen = 0;
    in_every_state(&ALL, |dump, asked| {
        for netuid in dump.networks() {
            for coldkey in dump.coldkeys() {
                let arguments = [json!(coldkey), written(netuid)];
                let found = ask(asked, "StakeInfoRuntimeApi.get_coldkey_lock", &arguments);
                let Some(lock) = locked(dump, coldkey, netuid) else {
                    assert_eq!(found, Value::Null, "{}: {coldkey} on {netuid}", dump.state.id);
                    continue;
                };
                assert_eq!(state(&found), lock, "{}: {coldkey} on {netuid}", dump.state.id);
                seen += 1;
            }
        }
    });
    assert!(seen > 20, "only {seen} locks");
}

/// The conviction behind every hotkey of a subnet that has any (section 05, 8.7 step 2).
fn convictions(dump: &Dump, netuid: u16) -> BTreeMap<String, U64F64> {
    let key = netuid.to_string();
    let mut scores: BTreeMap<String, U64F64> = BTreeMap::new();
    let mut add = |hotkey: &str, lock: &Value, owner, perpetual| {
        let conviction = rolled(dump, state(lock), LockFlags { owner, perpetual }).conviction;
        let score = scores.entry(hotkey.to_owned()).or_default();
        *score = score.saturating_add(conviction);
    };
    for (item, perpetual) in [("HotkeyLock", true), ("DecayingHotkeyLock", false)] {
        for keys in dump.keys(item).into_iter().filter(|keys| keys[0] == key) {
            add(keys[1], &dump.get(item, &keys), false, perpetual);
        }
    }
    let owner = super::dump::text(&dump.get("SubnetOwnerHotkey", &[&key]));
    for (item, perpetual) in [("OwnerLock", true), ("DecayingOwnerLock", false)] {
        if let Some(lock) = dump.entry(item, &[&key]) {
            add(&owner, lock, true, perpetual);
        }
    }
    scores
}

#[test]
fn convictions_are_sums_of_the_aggregates() {
    let mut seen = 0;
    in_every_state(&ALL, |dump, asked| {
        for netuid in dump.networks() {
            let scores = convictions(dump, netuid);
            for (hotkey, score) in &scores {
                let arguments = [json!(hotkey), written(netuid)];
                let found = ask(asked, "StakeInfoRuntimeApi.get_hotkey_conviction", &arguments);
                assert_eq!(bits(&found), score.to_bits(), "{}: {hotkey} on {netuid}", dump.state.id);
                seen += 1;
            }
            let nobody = [json!("treasury"), written(netuid)];
            if !scores.contains_key("treasury") {
                let found = ask(asked, "StakeInfoRuntimeApi.get_hotkey_conviction", &nobody);
                assert_eq!(bits(&found), 0);
            }
            let most = scores.values().copied().max();
            let found =
                ask(asked, "StakeInfoRuntimeApi.get_most_convicted_hotkey_on_subnet", &[written(netuid)]);
            match (most, &found) {
                (None, found) => same(dump.state, "get_most_convicted_hotkey_on_subnet", found, &Value::Null),
                (Some(_), Value::String(hotkey)) => {
                    assert_eq!(scores.get(hotkey).copied(), most, "{}: {hotkey}", dump.state.id);
                }
                (Some(most), found) => {
                    assert!(most == 0, "{}: {found} though there is {most}", dump.state.id);
                }
            }
        }
    });
    assert!(seen > 20, "only {seen} convictions");
}
