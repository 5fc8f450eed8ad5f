//! Subnets: which there are, their epochs and their counters (sections 02, 03, 2.1 and 06, 3.6).

use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, TWOX};
use super::neurons::INDICES;
use super::store::{Change, Store};
use super::{Invariant, Moment};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const COUNTED: Invariant = Invariant {
    name: "networks-are-counted",
    meaning: "TotalNetworks is the number of entries of NetworksAdded, and all of them are true.",
    section: "02, 2.1 and 5",
};

pub(super) const NO_GHOSTS: Invariant = Invariant {
    name: "no-ghost-subnets",
    meaning: "A subnet that does not exist has no pool, stake, shares, neurons, pending emission, owner or locks.",
    section: "02, 5",
};

pub(super) const ON_TIME: Invariant = Invariant {
    name: "epochs-run-on-time",
    meaning: "A subnet other than root with a tempo has had its epoch less than a tempo ago, or it is set for a later \
              block.",
    section: "06, 3.6",
};

pub(super) const CLOCK: Invariant = Invariant {
    name: "epoch-clock-ticks",
    meaning: "While LastEpochBlock of a subnet other than root stays, BlocksSinceLastStep grows by one each block and \
              SubnetEpochIndex stays.",
    section: "06, 3.6",
};

pub(super) const PAST: Invariant = Invariant {
    name: "nothing-is-from-the-future",
    meaning: "When LastEpochBlock, BlockAtRegistration, NetworkRegisteredAt or LastUpdate change, they name no block \
              after the present one.",
    section: "03, 3; 06, 3.6; 08, 4",
};

pub(super) const COUNTERS: Invariant = Invariant {
    name: "counters-only-grow",
    meaning: "SubnetVolume, SubnetEpochIndex, LastEpochBlock, LastMechansimStepBlock, RegisteredSubnetCounter, \
              AlphaBurned and AlphaRecycled never fall while a subnet lives.",
    section: "01, 4; 04, 7; 06, 3.6",
};

pub(super) const BURN: Invariant = Invariant {
    name: "burn-price-in-bounds",
    meaning: "When Burn changes it is between MinBurn and MaxBurn, as they were before the block or are after it.",
    section: "03, 2.1",
};

const COUNTING: [Item; 7] = [
    Item::SubnetVolume,
    Item::SubnetEpochIndex,
    Item::LastEpochBlock,
    Item::LastMechanismStepBlock,
    Item::RegisteredSubnetCounter,
    Item::AlphaBurned,
    Item::AlphaRecycled,
];

/// What a subnet without an entry has (section 12, 1).
const DEFAULT_TEMPO: u16 = 360;
const DEFAULT_MIN_BURN: u64 = 500_000;
const DEFAULT_MAX_BURN: u64 = 100_000_000_000;

/// Subnets as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Subnets {
    networks_changed: bool,
    /// Entries that a subnet that does not exist cannot have.
    entries: BTreeMap<u16, i64>,
    entries_changed: BTreeSet<u16>,
    /// After the last block: `LastEpochBlock`, `BlocksSinceLastStep`, `SubnetEpochIndex`, block of registration.
    clocks: BTreeMap<u16, [u64; 4]>,
    counters: Vec<(Item, u16, u128, u128)>,
    /// Items with a netuid or storage index, and the latest block they name.
    dates: Vec<(Item, u16, u64)>,
    prices: BTreeSet<u16>,
    /// `MinBurn` and `MaxBurn` before the block, where they changed in it.
    min_before: BTreeMap<u16, u64>,
    max_before: BTreeMap<u16, u64>,
}

impl Subnets {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        if let Some(at) = place_of_netuid(change.item) {
            let netuid = key::number(key, at)?;
            *self.entries.entry(netuid).or_default() += change.entries_more();
            self.entries_changed.insert(netuid);
        }
        if COUNTING.contains(&change.item) {
            let read = |value: &Option<Vec<u8>>| value.as_deref().map_or(Some(0), little_endian);
            let (before, after) = (read(&change.before)?, read(&change.after)?);
            self.counters.push((change.item, key::number(key, 0)?, before, after));
        }
        match change.item {
            Item::TotalNetworks => self.networks_changed = true,
            Item::NetworksAdded => {
                self.networks_changed = true;
                self.entries_changed.insert(key::number(key, 0)?);
            }
            Item::LastEpochBlock | Item::BlockAtRegistration | Item::NetworkRegisteredAt => {
                let block = change.read_after()?.unwrap_or_default();
                self.dates.push((change.item, key::number(key, 0)?, block));
            }
            Item::LastUpdate => {
                let blocks: Vec<u64> = change.read_after()?.unwrap_or_default();
                let last = blocks.into_iter().max().unwrap_or_default();
                self.dates.push((change.item, key::number(key, 0)?, last));
            }
            Item::Burn => {
                self.prices.insert(key::number(key, 0)?);
            }
            Item::MinBurn => {
                let before = change.read_before()?.unwrap_or(DEFAULT_MIN_BURN);
                self.min_before.insert(key::number(key, 0)?, before);
            }
            Item::MaxBurn => {
                let before = change.read_before()?.unwrap_or(DEFAULT_MAX_BURN);
                self.max_before.insert(key::number(key, 0)?, before);
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, moment: Moment, findings: &mut Findings) {
        if std::mem::take(&mut self.networks_changed) {
            check_count(store, findings);
        }
        for netuid in std::mem::take(&mut self.entries_changed) {
            let entries = self.entries.get(&netuid).copied().unwrap_or_default();
            let left = if store.network_exists(netuid) { 0 } else { entries.unsigned_abs() };
            findings.off_by(&NO_GHOSTS, Subject::subnet(netuid), left.into(), || {
                format!("the subnet does not exist, and {entries} of its entries do")
            });
        }
        self.check_counters(store, findings);
        self.check_clocks(store, moment, findings);
        for (item, netuid, block) in std::mem::take(&mut self.dates) {
            let right = block <= u64::from(moment.block);
            findings.step(&PAST, Subject::subnet(netuid % INDICES), right, || {
                format!("{}({netuid}) names block {block}", item.name())
            });
        }
        self.check_prices(store, findings);
    }

    /// Before the clocks move on, because they know when the subnet was registered.
    fn check_counters(&mut self, store: &Store, findings: &mut Findings) {
        for (item, netuid, before, after) in std::mem::take(&mut self.counters) {
            let registered = store.amount(Item::NetworkRegisteredAt, netuid);
            let same = self.clocks.get(&netuid).is_some_and(|clock| clock[3] == registered);
            let right = after >= before || !same || !store.network_exists(netuid);
            findings.step(&COUNTERS, Subject::subnet(netuid), right, || {
                format!("{} fell from {before} to {after}", item.name())
            });
        }
    }

    fn check_clocks(&mut self, store: &Store, moment: Moment, findings: &mut Findings) {
        let mut clocks = BTreeMap::new();
        for netuid in store.networks().filter(|netuid| *netuid != 0) {
            let now = [
                Item::LastEpochBlock,
                Item::BlocksSinceLastStep,
                Item::SubnetEpochIndex,
                Item::NetworkRegisteredAt,
            ]
            .map(|item| store.amount(item, netuid));
            let [last, since, epoch, registered] = now;
            if let Some(before) =
                self.clocks.get(&netuid).filter(|clock| clock[0] == last && clock[3] == registered)
            {
                let right = since == before[1] + u64::from(moment.blocks) && epoch == before[2];
                findings.step(&CLOCK, Subject::subnet(netuid), right, || {
                    format!(
                        "LastEpochBlock is {last} as before; BlocksSinceLastStep went from {} to {since} in {} blocks, \
                         SubnetEpochIndex from {} to {epoch}",
                        before[1], moment.blocks, before[2]
                    )
                });
            }
            check_on_time(store, moment, netuid, last, findings);
            clocks.insert(netuid, now);
        }
        self.clocks = clocks;
    }

    fn check_prices(&mut self, store: &Store, findings: &mut Findings) {
        let (min_before, max_before) =
            (std::mem::take(&mut self.min_before), std::mem::take(&mut self.max_before));
        for netuid in std::mem::take(&mut self.prices) {
            let Some(price) = store.get::<u64>(Item::Burn, &netuid.to_le_bytes()) else { continue };
            let bound = |item, default| store.get(item, &netuid.to_le_bytes()).unwrap_or(default);
            let now = (bound(Item::MinBurn, DEFAULT_MIN_BURN), bound(Item::MaxBurn, DEFAULT_MAX_BURN));
            let least = now.0.min(min_before.get(&netuid).copied().unwrap_or(u64::MAX));
            let most = now.1.max(max_before.get(&netuid).copied().unwrap_or_default());
            let outside = least.saturating_sub(price).max(price.saturating_sub(most));
            findings.off_by(&BURN, Subject::subnet(netuid), outside.into(), || {
                format!("Burn is {price} rao, and its bounds are {least} and {most}")
            });
        }
    }
}

/// Where the netuid is in the key of an item that only living subnets have.
fn place_of_netuid(item: Item) -> Option<usize> {
    match item {
        Item::SubnetTao
        | Item::SubnetAlphaIn
        | Item::SubnetAlphaOut
        | Item::SubnetMechanism
        | Item::PendingServerEmission
        | Item::PendingValidatorEmission
        | Item::PendingRootAlphaDivs
        | Item::PendingOwnerCut
        | Item::Tempo
        | Item::SubnetOwner
        | Item::SubnetOwnerHotkey
        | Item::SubnetworkN
        | Item::NetworkRegisteredAt
        | Item::Keys
        | Item::Uids
        | Item::BlockAtRegistration
        | Item::ValidatorPermit
        | Item::LockingColdkeys
        | Item::HotkeyLock
        | Item::OwnerLock => Some(0),
        Item::SwapBalancer => Some(TWOX),
        Item::TotalHotkeyAlpha | Item::TotalHotkeyShares | Item::Lock => Some(ACCOUNT),
        Item::Alpha => Some(2 * ACCOUNT),
        _ => None,
    }
}

/// A whole number of up to 16 bytes.
fn little_endian(value: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..value.len())?.copy_from_slice(value);
    Some(u128::from_le_bytes(bytes))
}

fn check_count(store: &Store, findings: &mut Findings) {
    let total: u16 = store.get(Item::TotalNetworks, &[]).unwrap_or_default();
    let entries = store.networks().count();
    let absent = store.networks().filter(|netuid| !store.network_exists(*netuid)).count();
    let wrong = entries.abs_diff(total.into()) + absent;
    findings.off_by(&COUNTED, Subject::CHAIN, wrong as u128, || {
        format!("TotalNetworks is {total}; NetworksAdded has {entries} entries, {absent} of them false")
    });
}

fn check_on_time(store: &Store, moment: Moment, netuid: u16, last: u64, findings: &mut Findings) {
    let now = u64::from(moment.block);
    let tempo: u64 = store.get::<u16>(Item::Tempo, &netuid.to_le_bytes()).unwrap_or(DEFAULT_TEMPO).into();
    let pending = store.amount(Item::PendingEpochAt, netuid);
    let late =
        if tempo == 0 || pending > now { 0 } else { (now.saturating_sub(last) + 1).saturating_sub(tempo) };
    findings.off_by(&ON_TIME, Subject::subnet(netuid), late.into(), || {
        format!("the last epoch was in block {last}, the tempo is {tempo}, and PendingEpochAt is {pending}")
    });
}
