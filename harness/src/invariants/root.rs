//! Root: dividends that its stakers may claim, and the index of stakers (sections 05, 6 and 06, 8).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, AccountId, Hashed};
use super::store::{Change, Store, decode};
use assay_economics::emission::root_claim::owed;
use assay_economics::number::{I96F32, int};
use assay_economics::stake::safe_float::SafeFloat;
use assay_economics::stake::share_pool::SharePool;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RATES: Invariant = Invariant {
    name: "root-dividends-only-grow",
    meaning: "Rates of RootClaimable and watermarks of RootClaimed exist only for living subnets, and rates not for \
              root (a swap of coldkeys writes watermarks even there). No rate is negative, and none that stays falls.",
    section: "06, 4.3; 02, 5; 09, 4",
};

pub(super) const STAKER_INDEX: Invariant = Invariant {
    name: "root-staker-index-is-dense",
    meaning: "StakingColdkeysByIndex has the places 0 to NumStakingColdkeys less one, and StakingColdkeys is its \
              inverse.",
    section: "05, 6",
};

/// Root as the ledger keeps it.
#[derive(Clone, Debug, Default)]
pub struct Root {
    /// Hotkeys whose root stake, rates or watermarks changed.
    changed: BTreeSet<Hashed>,
    /// Unclaimed alpha by hotkey and subnet.
    by_hotkey: BTreeMap<Hashed, BTreeMap<u16, u128>>,
    /// The same, all hotkeys together.
    unclaimed: BTreeMap<u16, u128>,
    /// Entries of `RootClaimed` by subnet.
    watermarks: BTreeMap<u16, i64>,
    /// Subnets whose unclaimed alpha changed.
    touched: BTreeSet<u16>,
    rates: Vec<(AccountId, Rates, Rates)>,
    index_changed: bool,
}

type Rates = Vec<(u16, i128)>;

impl Root {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::TotalHotkeyAlpha | Item::TotalHotkeyShares if key::number(key, ACCOUNT)? == 0 => {
                self.changed.insert(key::hashed_at(key, 0)?);
            }
            Item::Alpha if key::number(key, 2 * ACCOUNT)? == 0 => {
                self.changed.insert(key::hashed_at(key, 0)?);
            }
            Item::RootClaimable => {
                self.changed.insert(key::hashed_at(key, 0)?);
                let (before, after) = (change.read_before()?, change.read_after()?);
                self.rates.push((
                    key::account(key, 0)?,
                    before.unwrap_or_default(),
                    after.unwrap_or_default(),
                ));
            }
            Item::RootClaimed => {
                let netuid = key::number(key, 0)?;
                *self.watermarks.entry(netuid).or_default() += change.entries_more();
                self.touched.insert(netuid);
                self.changed.insert(key::hashed_at(key, 2)?);
            }
            Item::NetworksAdded => {
                self.touched.insert(key::number(key, 0)?);
            }
            Item::StakingColdkeys | Item::StakingColdkeysByIndex | Item::NumStakingColdkeys => {
                self.index_changed = true;
            }
            _ => {}
        }
        Some(())
    }

    /// Alpha of a subnet that root stakers have not claimed yet, and the number of watermarks that say so.
    pub fn unclaimed(&self, netuid: u16) -> (u128, u128) {
        let unclaimed = self.unclaimed.get(&netuid).copied().unwrap_or_default();
        let watermarks = self.watermarks.get(&netuid).copied().unwrap_or_default();
        (unclaimed, watermarks.unsigned_abs().into())
    }

    /// Subnets of which that changed in this block.
    pub fn touched(&self) -> impl Iterator<Item = u16> {
        self.touched.iter().copied()
    }

    /// Forgets what one block touched.
    pub fn end_block(&mut self) {
        self.touched.clear();
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for hotkey in std::mem::take(&mut self.changed) {
            self.count(store, hotkey);
        }
        self.check_rates(store, findings);
        if std::mem::take(&mut self.index_changed) {
            check_index(store, findings);
        }
    }

    fn count(&mut self, store: &Store, hotkey: Hashed) {
        let after = unclaimed_of(store, &hotkey);
        let before = self.by_hotkey.remove(&hotkey).unwrap_or_default();
        for (netuid, amount) in &before {
            let unclaimed = self.unclaimed.entry(*netuid).or_default();
            *unclaimed = unclaimed.saturating_sub(*amount);
        }
        for (netuid, amount) in &after {
            *self.unclaimed.entry(*netuid).or_default() += amount;
        }
        self.touched.extend(before.keys().chain(after.keys()));
        if !after.is_empty() {
            self.by_hotkey.insert(hotkey, after);
        }
    }

    fn check_rates(&mut self, store: &Store, findings: &mut Findings) {
        for (hotkey, before, after) in std::mem::take(&mut self.rates) {
            for (netuid, rate) in after {
                let subject = Subject::account(hotkey).on(netuid);
                let wrong = netuid == 0 || !store.network_exists(netuid) || rate < 0;
                findings
                    .off_by(&RATES, subject, wrong.into(), || format!("its rate is {rate} parts of 2^32"));
                let earlier =
                    before.iter().find(|(other, _)| *other == netuid).map_or(rate, |(_, rate)| *rate);
                findings.step(&RATES, subject, rate >= earlier, || {
                    format!("its rate fell from {earlier} to {rate} parts of 2^32")
                });
            }
        }
        for netuid in &self.touched {
            let (_, watermarks) = self.unclaimed(*netuid);
            let left = if store.network_exists(*netuid) { 0 } else { watermarks };
            findings.off_by(&RATES, Subject::subnet(*netuid), left, || {
                format!("the subnet does not exist, and {watermarks} entries of RootClaimed are for it")
            });
        }
    }
}

/// What the coldkeys of a hotkey may claim, by subnet.
fn unclaimed_of(store: &Store, hotkey: &Hashed) -> BTreeMap<u16, u128> {
    let rates: Rates = store.get(Item::RootClaimable, hotkey).unwrap_or_default();
    let mut unclaimed: BTreeMap<u16, u128> = rates.iter().map(|(netuid, _)| (*netuid, 0)).collect();
    if rates.is_empty() {
        return unclaimed;
    }
    let pool = pool(store, hotkey, 0);
    for (coldkey, share) in shares(store, hotkey, 0) {
        let stake = pool.value_of(share);
        for (netuid, rate) in &rates {
            let watermark = key::join(&[&netuid.to_le_bytes(), hotkey, &coldkey]);
            let claimed: u128 = store.get(Item::RootClaimed, &watermark).unwrap_or_default();
            let amount = int(owed(I96F32::from_bits(*rate), stake, claimed));
            *unclaimed.entry(*netuid).or_default() += u128::from(amount);
        }
    }
    unclaimed
}

/// The share pool of a hotkey on a subnet (section 05, 1). Only the present maps, not the legacy ones.
pub fn pool(store: &Store, hotkey: &Hashed, netuid: u16) -> SharePool {
    let key = key::join(&[hotkey, &netuid.to_le_bytes()]);
    let denominator = store.raw(Item::TotalHotkeyShares, &key).and_then(safe_float).unwrap_or_default();
    SharePool { value: store.get(Item::TotalHotkeyAlpha, &key).unwrap_or_default(), denominator }
}

/// The coldkeys of a share pool with their shares.
pub fn shares<'a>(
    store: &'a Store,
    hotkey: &'a Hashed,
    netuid: u16,
) -> impl Iterator<Item = (Hashed, SafeFloat)> + 'a {
    store
        .under(Item::Alpha, hotkey)
        .filter(move |(key, _)| key::number(key, 2 * ACCOUNT) == Some(netuid))
        .filter_map(|(key, value)| Some((key::hashed_at(key, ACCOUNT)?, safe_float(value)?)))
}

/// A decimal number as it is stored.
pub fn safe_float(value: &[u8]) -> Option<SafeFloat> {
    let (mantissa, exponent) = decode(value)?;
    Some(SafeFloat { mantissa, exponent })
}

fn check_index(store: &Store, findings: &mut Findings) {
    let count: u64 = store.get(Item::NumStakingColdkeys, &[]).unwrap_or_default();
    let places = store.under(Item::StakingColdkeysByIndex, &[]);
    let wrong_places = places
        .filter(|(key, coldkey)| {
            let place: Option<u64> = decode(key);
            place.is_none_or(|place| place >= count) || store.get(Item::StakingColdkeys, coldkey) != place
        })
        .count();
    let sizes =
        [Item::StakingColdkeysByIndex, Item::StakingColdkeys].map(|item| store.under(item, &[]).count());
    let missing: u64 = sizes.iter().map(|size| count.abs_diff(*size as u64)).sum();
    let wrong = u128::from(missing) + wrong_places as u128;
    findings.off_by(&STAKER_INDEX, Subject::CHAIN, wrong, || {
        format!(
            "NumStakingColdkeys is {count}, {} places and {} coldkeys are stored, {wrong_places} places do not match",
            sizes[0], sizes[1]
        )
    });
}
