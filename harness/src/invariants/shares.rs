//! Share pools: the stake of a hotkey divided among its coldkeys (section 05, 1).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, AccountId, Hashed};
use super::root::{pool, safe_float, shares};
use super::store::{Change, Store};
use assay_economics::stake::safe_float::SafeFloat;
use assay_economics::stake::share_pool::SharePool;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub(super) const ADD_UP: Invariant = Invariant {
    name: "shares-add-up",
    meaning: "The shares of a hotkey's coldkeys add up to TotalHotkeySharesV2. Shares have 21 digits and are cut, so \
              a block may move the two apart by shares worth a fortieth of a rao for each coldkey and one more, at \
              the pool's worth before or after it. What coldkeys can withdraw is therefore never more than \
              TotalHotkeyAlpha, but for that rounding.",
    section: "05, 1",
};

pub(super) const LISTED: Invariant = Invariant {
    name: "stake-is-listed",
    meaning: "Whenever a coldkey's share or its list of hotkeys changes, a hotkey on which it has more than one rao is \
              in its StakingHotkeys. A swap of keys may leave a rao behind by rounding.",
    section: "05, 1; 09, 4 and 5",
};

/// Rounding of 25 changes of each share in a block: each cuts up to four units of the 21st digit, in a pool worth up to
/// all alpha there can be (2.1 * 10^16 rao). 25 * 4 * 10^-20 * 2.1 * 10^16 is a fortieth of a rao, nearly.
const PARTS_OF_A_RAO: u128 = 40;

type PoolKey = (Hashed, u16);

/// Share pools as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    touched: BTreeSet<PoolKey>,
    /// Pools after the last block: value and denominator, and how far their shares were apart from it.
    before: BTreeMap<PoolKey, (SharePool, Apart)>,
    /// Shares that changed, and those of hotkeys that left a coldkey's list.
    to_list: BTreeSet<(Hashed, Hashed, u16)>,
    left: Vec<(Hashed, AccountId)>,
}

/// All shares less the denominator, in units of 10 to the exponent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Apart {
    units: i128,
    exponent: i64,
}

impl fmt::Display for Apart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}e{}", self.units, self.exponent)
    }
}

impl Shares {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::TotalHotkeyShares => {
                self.touched.insert((key::hashed_at(key, 0)?, key::number(key, ACCOUNT)?));
            }
            Item::Alpha => {
                let netuid = key::number(key, 2 * ACCOUNT)?;
                let (hotkey, coldkey) = (key::hashed_at(key, 0)?, key::hashed_at(key, ACCOUNT)?);
                self.touched.insert((hotkey, netuid));
                self.to_list.insert((hotkey, coldkey, netuid));
            }
            Item::StakingHotkeys => {
                let coldkey = key::hashed_at(key, 0)?;
                let before: Vec<AccountId> = change.read_before()?.unwrap_or_default();
                let after: Vec<AccountId> = change.read_after()?.unwrap_or_default();
                let left = before.into_iter().filter(|hotkey| !after.contains(hotkey));
                self.left.extend(left.map(|hotkey| (coldkey, hotkey)));
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for (hotkey, netuid) in std::mem::take(&mut self.touched) {
            self.check_sum(store, (hotkey, netuid), findings);
        }
        for (coldkey, hotkey) in std::mem::take(&mut self.left) {
            let hotkey = key::hashed(&hotkey);
            let prefix = key::join(&[&hotkey, &coldkey]);
            let subnets =
                store.under(Item::Alpha, &prefix).filter_map(|(key, _)| key::number(key, 2 * ACCOUNT));
            self.to_list.extend(subnets.map(|netuid| (hotkey, coldkey, netuid)));
        }
        for (hotkey, coldkey, netuid) in std::mem::take(&mut self.to_list) {
            check_listed(store, &hotkey, &coldkey, netuid, findings);
        }
    }

    fn check_sum(&mut self, store: &Store, key: PoolKey, findings: &mut Findings) {
        let (hotkey, netuid) = key;
        let after = pool(store, &hotkey, netuid);
        let shares: Vec<SafeFloat> = shares(store, &hotkey, netuid).map(|(_, share)| share).collect();
        let apart = Apart::of(&shares, after.denominator);
        let (before, apart_before) = self.before.get(&key).copied().unwrap_or_default();
        let coldkeys = shares.len() as u128 + 1;
        let rounding = rounding(after, coldkeys).plus(rounding(before, coldkeys));
        let right = apart.moved_by_no_more_than(apart_before, rounding);
        findings.step(&ADD_UP, Subject::account(key::plain(&hotkey)).on(netuid), right, || {
            format!(
                "the shares of its {} coldkeys less TotalHotkeySharesV2, {}e{} for {} rao, were {apart_before} and \
                 are {apart}",
                shares.len(),
                after.denominator.mantissa,
                after.denominator.exponent,
                after.value
            )
        });
        if shares.is_empty() && after == SharePool::default() {
            self.before.remove(&key);
        } else {
            self.before.insert(key, (after, apart));
        }
    }
}

/// Digits kept below the last one of the largest number.
const GUARD: i64 = 6;

/// Digits that 21 of them may be shifted by without an overflow.
const ROOM: i64 = 11;

impl Apart {
    fn of(shares: &[SafeFloat], denominator: SafeFloat) -> Self {
        let all = shares.iter().chain([&denominator]).filter(|number| !number.is_zero());
        let exponent = all.map(|number| number.exponent).max().unwrap_or_default().saturating_sub(GUARD);
        let sum: i128 = shares.iter().map(|share| units(*share, exponent)).sum();
        Self { units: sum - units(denominator, exponent), exponent }
    }

    /// Whether the distance moved by no more than `rounding` shares, but for the digits cut here.
    fn moved_by_no_more_than(self, before: Self, rounding: SafeFloat) -> bool {
        let known = [self, before].into_iter().filter(|apart| apart.units != 0).map(|apart| apart.exponent);
        let exponent = known.max().unwrap_or(i64::MIN).max(rounding.exponent.saturating_sub(ROOM));
        let at = |apart: Self| shifted(apart.units, apart.exponent.saturating_sub(exponent));
        let moved = at(self).abs_diff(at(before));
        moved <= units(rounding, exponent).unsigned_abs() + 2
    }
}

/// A number in units of 10 to `exponent`, cut.
fn units(number: SafeFloat, exponent: i64) -> i128 {
    let mantissa = i128::try_from(number.mantissa).unwrap_or(i128::MAX);
    shifted(mantissa, number.exponent.saturating_sub(exponent))
}

/// `units` with so many digits more, or less.
fn shifted(units: i128, digits: i64) -> i128 {
    let power = u32::try_from(digits.unsigned_abs()).ok().and_then(|digits| 10_i128.checked_pow(digits));
    match power {
        Some(power) if digits >= 0 => units.saturating_mul(power),
        Some(power) => units / power,
        None if digits < 0 => 0,
        None => units.saturating_mul(i128::MAX),
    }
}

/// Shares worth a fortieth of a rao for each of so many coldkeys. In a pool without value, as if each share were a rao,
/// as in a pool that begins.
fn rounding(pool: SharePool, coldkeys: u128) -> SafeFloat {
    let coldkeys = SafeFloat::from_integer(coldkeys);
    let (denominator, value) = if pool.value == 0 || pool.denominator.is_zero() {
        (SafeFloat::from_integer(1), 1)
    } else {
        (pool.denominator, pool.value)
    };
    let parts = SafeFloat::from_integer(u128::from(value) * PARTS_OF_A_RAO);
    coldkeys.multiply_divide(denominator, parts).unwrap_or_default()
}

fn check_listed(store: &Store, hotkey: &Hashed, coldkey: &Hashed, netuid: u16, findings: &mut Findings) {
    let share = store.raw(Item::Alpha, &key::join(&[hotkey, coldkey, &netuid.to_le_bytes()]));
    let value = pool(store, hotkey, netuid).value_of(share.and_then(safe_float).unwrap_or_default());
    let hotkeys: Vec<AccountId> = store.get(Item::StakingHotkeys, coldkey).unwrap_or_default();
    let unlisted = if hotkeys.contains(&key::plain(hotkey)) { 0 } else { value.saturating_sub(1) };
    findings.off_by(
        &LISTED,
        Subject::account(key::plain(coldkey)).on(netuid).part(first_bytes(hotkey)),
        unlisted.into(),
        || format!("it has {value} rao on a hotkey that is not in its StakingHotkeys"),
    );
}

/// Enough of a hotkey's hash to tell it from others.
fn first_bytes(hotkey: &Hashed) -> u32 {
    hotkey.first_chunk().copied().map_or(0, u32::from_le_bytes)
}
