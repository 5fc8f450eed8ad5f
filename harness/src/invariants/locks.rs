//! Locks of stake and their sums (section 05, 8).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::issuance::free_and_reserved;
use super::items::Item;
use super::key::{self, ACCOUNT, AccountId, Hashed};
use super::root::{pool, safe_float};
use super::store::{Change, Store, decode};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const INDEX: Invariant = Invariant {
    name: "locks-are-indexed",
    meaning: "LockingColdkeys has an entry for every Lock and no other, and a coldkey has at most one Lock on a \
              subnet.",
    section: "05, 8",
};

pub(super) const SUMS: Invariant = Invariant {
    name: "perpetual-locks-are-counted",
    meaning: "HotkeyLock and OwnerLock of a subnet together hold at least the mass of its perpetual locks. A swap of \
              keys writes aggregates over, so this begins anew in a block with one. Decaying aggregates have no such \
              bound on the real chain: a lock's decay is taken from an aggregate that may have decayed already.",
    section: "05, 8.3 and 8.6",
};

pub(super) const COVERED: Invariant = Invariant {
    name: "new-locks-are-covered",
    meaning: "When a lock grows, its mass is no more than the coldkey's stake on the subnet, but for a rao for each \
              hotkey. Only of coldkeys that hold a TAO or more: the others may pay fees from the same stake.",
    section: "05, 8.4 and 8.5",
};

/// TAO with which a coldkey pays its fees in TAO.
const ENOUGH_FOR_FEES: u64 = 1_000_000_000;

/// The variant `LastTxBlock` of the keys of rate limits (section 02, 9.3): written by every swap of keys.
const LAST_TX_BLOCK: u8 = 3;

/// Locks as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Locks {
    /// Coldkeys and subnets whose locks changed.
    changed: BTreeSet<(Hashed, u16)>,
    /// Locks that grew.
    grown: BTreeSet<(Hashed, u16)>,
    /// Mass of perpetual locks, and of the aggregates for them, by subnet.
    locked: BTreeMap<u16, u128>,
    counted: BTreeMap<u16, u128>,
    /// Perpetual locks as counted in `locked`.
    perpetual: BTreeMap<(Hashed, u16), u64>,
    sums_changed: BTreeSet<u16>,
    indexed: BTreeMap<u16, i64>,
    key_swap: bool,
}

impl Locks {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::Lock => {
                let place = (key::hashed_at(key, 0)?, key::number(key, ACCOUNT)?);
                self.changed.insert(place);
                *self.indexed.entry(place.1).or_default() += change.entries_more();
                if mass(change.after.as_deref()) > mass(change.before.as_deref()) {
                    self.grown.insert(place);
                }
            }
            Item::DecayingLock => {
                self.changed.insert((key::hashed_at(key, 0)?, key::number(key, ACCOUNT)?));
            }
            Item::LockingColdkeys => {
                let netuid = key::number(key, 0)?;
                *self.indexed.entry(netuid).or_default() -= change.entries_more();
                self.changed.insert((key::hashed_at(key, 2 + ACCOUNT)?, netuid));
            }
            Item::HotkeyLock | Item::OwnerLock => {
                let netuid = key::number(key, 0)?;
                let counted = self.counted.entry(netuid).or_default();
                *counted += u128::from(mass(change.after.as_deref()));
                *counted = counted.saturating_sub(mass(change.before.as_deref()).into());
                self.sums_changed.insert(netuid);
            }
            Item::LastRateLimitedBlock => self.key_swap |= key.first() == Some(&LAST_TX_BLOCK),
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for (coldkey, netuid) in std::mem::take(&mut self.changed) {
            self.check_index(store, &coldkey, netuid, findings);
            self.count(store, coldkey, netuid);
        }
        let key_swap = std::mem::take(&mut self.key_swap);
        for netuid in std::mem::take(&mut self.sums_changed) {
            let locked = self.locked.get(&netuid).copied().unwrap_or_default();
            let counted = self.counted.get(&netuid).copied().unwrap_or_default();
            let missing = locked.saturating_sub(counted);
            if key_swap {
                findings.begin_anew(&SUMS, Subject::subnet(netuid), missing);
            } else {
                findings.off_by(&SUMS, Subject::subnet(netuid), missing, || {
                    format!("perpetual locks hold {locked} rao, and their aggregates {counted}")
                });
            }
        }
        for (coldkey, netuid) in std::mem::take(&mut self.grown) {
            check_covered(store, &coldkey, netuid, findings);
        }
    }

    fn check_index(&self, store: &Store, coldkey: &Hashed, netuid: u16, findings: &mut Findings) {
        let locks = locks_of(store, coldkey, netuid);
        let indexed = |hotkey: &Hashed| {
            store.raw(Item::LockingColdkeys, &key::join(&[&netuid.to_le_bytes(), hotkey, coldkey])).is_some()
        };
        let lost = locks.iter().filter(|(hotkey, _)| !indexed(hotkey)).count();
        let more = locks.len().saturating_sub(1);
        findings.off_by(
            &INDEX,
            Subject::account(key::plain(coldkey)).on(netuid),
            (lost + more) as u128,
            || format!("it has {} locks, and {lost} of them are not in LockingColdkeys", locks.len()),
        );
        let apart = self.indexed.get(&netuid).copied().unwrap_or_default();
        findings.off_by(&INDEX, Subject::subnet(netuid), apart.unsigned_abs().into(), || {
            format!("entries of Lock less those of LockingColdkeys: {apart}")
        });
    }

    /// Counts a coldkey's lock where it is perpetual.
    fn count(&mut self, store: &Store, coldkey: Hashed, netuid: u16) {
        let flag = store.get(Item::DecayingLock, &key::join(&[&coldkey, &netuid.to_le_bytes()]));
        let locks = locks_of(store, &coldkey, netuid);
        let now = if flag == Some(false) { locks.iter().map(|(_, mass)| *mass).sum() } else { 0_u64 };
        let before = if now == 0 {
            self.perpetual.remove(&(coldkey, netuid))
        } else {
            self.perpetual.insert((coldkey, netuid), now)
        };
        let locked = self.locked.entry(netuid).or_default();
        *locked = (*locked + u128::from(now)).saturating_sub(before.unwrap_or_default().into());
        self.sums_changed.insert(netuid);
    }
}

/// A coldkey's locks on a subnet: hotkeys and masses.
fn locks_of(store: &Store, coldkey: &Hashed, netuid: u16) -> Vec<(Hashed, u64)> {
    let prefix = key::join(&[coldkey, &netuid.to_le_bytes()]);
    let locks = store.under(Item::Lock, &prefix);
    locks.filter_map(|(key, lock)| Some((key::hashed_at(key, ACCOUNT + 2)?, mass(Some(lock))))).collect()
}

/// The mass of a lock or an aggregate, the first field of its state.
fn mass(lock: Option<&[u8]>) -> u64 {
    lock.and_then(decode).unwrap_or_default()
}

fn check_covered(store: &Store, coldkey: &Hashed, netuid: u16, findings: &mut Findings) {
    if free_and_reserved(store, coldkey).0 < ENOUGH_FOR_FEES {
        return;
    }
    let hotkeys: Vec<AccountId> = store.get(Item::StakingHotkeys, coldkey).unwrap_or_default();
    let value = |hotkey: &AccountId| {
        let hotkey = key::hashed(hotkey);
        let share = store.raw(Item::Alpha, &key::join(&[&hotkey, coldkey, &netuid.to_le_bytes()]));
        u128::from(pool(store, &hotkey, netuid).value_of(share.and_then(safe_float).unwrap_or_default()))
    };
    let stake: u128 = hotkeys.iter().map(value).sum();
    let locked: u128 = locks_of(store, coldkey, netuid).iter().map(|(_, mass)| u128::from(*mass)).sum();
    let right = locked <= stake + hotkeys.len() as u128;
    findings.step(&COVERED, Subject::account(key::plain(coldkey)).on(netuid), right, || {
        format!("{locked} rao are locked, and it has {stake}")
    });
}
