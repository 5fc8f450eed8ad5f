//! Neurons: their uids, their hotkeys and what is stored of each (sections 03, 3 and 07, 2.13).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, AccountId};
use super::store::{Change, Store, decode};
use codec::{Compact, Decode};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const UIDS: Invariant = Invariant {
    name: "uids-are-dense",
    meaning: "The uids of a subnet are 0 to SubnetworkN less one. Keys and Uids are each other's inverse; \
              IsNetworkMember is true for exactly these hotkeys and BlockAtRegistration is stored for exactly \
              these uids.",
    section: "01, 2; 03, 3",
};

pub(super) const OWNED: Invariant = Invariant {
    name: "registered-hotkeys-have-owners",
    meaning: "Every hotkey with a uid has an entry in Owner.",
    section: "03, 1",
};

pub(super) const LIMIT: Invariant = Invariant {
    name: "uids-within-limit",
    meaning: "SubnetworkN is no more than MaxAllowedUids.",
    section: "03, 3; 02, 9.1",
};

pub(super) const VECTORS: Invariant = Invariant {
    name: "neuron-vectors-fit",
    meaning: "Active, Emission, Consensus, Dividends, ValidatorTrust and ValidatorPermit, where stored, have one \
              element for each uid; StakeWeight and, for each mechanism, Incentive and LastUpdate have no more.",
    section: "03, 3; 07, 1",
};

pub(super) const PERMITS: Invariant = Invariant {
    name: "permits-within-limit",
    meaning: "When permits change, no more neurons have one than MaxAllowedValidators, as it was before the block or \
              is after it, and the owner's.",
    section: "07, 2.2",
};

/// Vectors by subnet with one element for each uid.
const EXACT: [Item; 6] = [
    Item::Active,
    Item::Emission,
    Item::Consensus,
    Item::Dividends,
    Item::ValidatorTrust,
    Item::ValidatorPermit,
];

/// Vectors with at most one: by subnet, or by storage index.
const AT_MOST: [Item; 3] = [Item::StakeWeight, Item::Incentive, Item::LastUpdate];

/// What a subnet without an entry has (section 12, 1).
const DEFAULT_MAX_UIDS: u16 = 256;
const DEFAULT_MAX_VALIDATORS: u16 = 128;

/// Storage indices of one mechanism's subnets (section 01, 2).
pub const INDICES: u16 = 4096;

/// Neurons as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Neurons {
    /// Subnets whose uids or hotkeys changed.
    uids_changed: BTreeSet<u16>,
    /// Subnets any of whose vectors changed.
    vectors_changed: BTreeSet<u16>,
    permits_changed: BTreeSet<u16>,
    /// Hotkeys whose owner was removed.
    disowned: Vec<AccountId>,
    /// Entries of `IsNetworkMember` that are true, by subnet.
    members: BTreeMap<u16, i64>,
    /// `MaxAllowedValidators` before the block, where it changed in it.
    validators_before: BTreeMap<u16, u16>,
}

impl Neurons {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::Keys | Item::Uids | Item::BlockAtRegistration | Item::MaxAllowedUids => {
                self.uids_changed.insert(key::number(key, 0)?);
            }
            Item::SubnetworkN => {
                self.uids_changed.insert(key::number(key, 0)?);
                self.vectors_changed.insert(key::number(key, 0)?);
            }
            Item::IsNetworkMember => {
                let netuid = key::number(key, ACCOUNT)?;
                let is = |member: Option<bool>| i64::from(member.unwrap_or_default());
                let more = is(change.read_after()?) - is(change.read_before()?);
                *self.members.entry(netuid).or_default() += more;
                self.uids_changed.insert(netuid);
            }
            Item::Owner if change.after.is_none() => self.disowned.push(key::account(key, 0)?),
            Item::MaxAllowedValidators => {
                let before = change.read_before()?.unwrap_or(DEFAULT_MAX_VALIDATORS);
                self.validators_before.insert(key::number(key, 0)?, before);
            }
            item if EXACT.contains(&item) || AT_MOST.contains(&item) => {
                let netuid = key::number(key, 0)? % INDICES;
                self.vectors_changed.insert(netuid);
                if item == Item::ValidatorPermit {
                    self.permits_changed.insert(netuid);
                }
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for hotkey in std::mem::take(&mut self.disowned) {
            let hashed = key::hashed(&hotkey);
            let registered =
                |netuid: &u16| store.raw(Item::Uids, &key::join(&[&netuid.to_le_bytes(), &hashed])).is_some();
            self.uids_changed.extend(store.networks().filter(registered));
        }
        for netuid in std::mem::take(&mut self.uids_changed) {
            self.check_uids(store, netuid, findings);
        }
        for netuid in std::mem::take(&mut self.vectors_changed) {
            check_vectors(store, netuid, findings);
        }
        let validators_before = std::mem::take(&mut self.validators_before);
        for netuid in std::mem::take(&mut self.permits_changed) {
            let permits: Vec<bool> =
                store.get(Item::ValidatorPermit, &netuid.to_le_bytes()).unwrap_or_default();
            let given = permits.into_iter().filter(|permit| *permit).count();
            let now: u16 = store
                .get(Item::MaxAllowedValidators, &netuid.to_le_bytes())
                .unwrap_or(DEFAULT_MAX_VALIDATORS);
            let most = now.max(validators_before.get(&netuid).copied().unwrap_or_default());
            let over = given.saturating_sub(usize::from(most) + 1);
            findings.off_by(&PERMITS, Subject::subnet(netuid), over as u128, || {
                format!("{given} neurons have a permit, and MaxAllowedValidators is {most}")
            });
        }
    }

    fn check_uids(&self, store: &Store, netuid: u16, findings: &mut Findings) {
        let subnet = netuid.to_le_bytes();
        let count: u16 = store.get(Item::SubnetworkN, &subnet).unwrap_or_default();
        let limit: u16 = store.get(Item::MaxAllowedUids, &subnet).unwrap_or(DEFAULT_MAX_UIDS);
        let over = u128::from(count.saturating_sub(limit));
        findings.off_by(&LIMIT, Subject::subnet(netuid), over, || {
            format!("{count} uids, and the limit is {limit}")
        });

        let (mut keys, mut wrong, mut unowned) = (0_u16, Vec::new(), 0_u128);
        for (key, hotkey) in store.under(Item::Keys, &subnet) {
            let uid = key::number(key, 2).unwrap_or(u16::MAX);
            keys = keys.saturating_add(1);
            let hashed = decode::<AccountId>(hotkey).map_or([0; 48], |hotkey| key::hashed(&hotkey));
            let its_uid: Option<u16> = store.get(Item::Uids, &key::join(&[&subnet, &hashed]));
            let member = store.get(Item::IsNetworkMember, &key::join(&[&hashed, &subnet])).unwrap_or(false);
            let registered = store.raw(Item::BlockAtRegistration, key).is_some();
            if uid >= count || its_uid != Some(uid) || !member || !registered {
                wrong.push(uid);
            }
            unowned += u128::from(store.raw(Item::Owner, &hashed).is_none());
        }
        let uids = store.under(Item::Uids, &subnet).count();
        let blocks = store.under(Item::BlockAtRegistration, &subnet).count();
        let members = self.members.get(&netuid).copied().unwrap_or_default();
        let sizes = [usize::from(keys), uids, blocks, usize::try_from(members).unwrap_or_default()];
        let differ: usize = sizes.iter().map(|size| size.abs_diff(count.into())).sum();
        findings.off_by(&UIDS, Subject::subnet(netuid), (differ + wrong.len()) as u128, || {
            format!(
                "SubnetworkN is {count}; there are {keys} Keys, {uids} Uids, {members} members and {blocks} blocks of \
                 registration; uids that do not match: {wrong:?}"
            )
        });
        findings.off_by(&OWNED, Subject::subnet(netuid), unowned, || {
            format!("{unowned} of its hotkeys have no owner")
        });
    }
}

fn check_vectors(store: &Store, netuid: u16, findings: &mut Findings) {
    let count: u32 = store.get::<u16>(Item::SubnetworkN, &netuid.to_le_bytes()).unwrap_or_default().into();
    let mut check = |item: Item, index: u16, exact: bool| {
        let length =
            store.raw(item, &index.to_le_bytes()).and_then(length).unwrap_or(if exact { count } else { 0 });
        let off = if exact { length.abs_diff(count) } else { length.saturating_sub(count) };
        let subject = Subject::subnet(netuid).part(((item as u32) << 16) | u32::from(index));
        findings.off_by(&VECTORS, subject, off.into(), || {
            format!("{}({index}) has {length} elements, and SubnetworkN is {count}", item.name())
        });
    };
    for item in EXACT {
        check(item, netuid, true);
    }
    check(Item::StakeWeight, netuid, false);
    for mechanism in 0..u16::from(mechanisms(store, netuid)) {
        let index = (mechanism * INDICES).wrapping_add(netuid);
        check(Item::Incentive, index, false);
        check(Item::LastUpdate, index, false);
    }
}

/// Mechanisms of a subnet (section 01, 2): at most 16.
pub fn mechanisms(store: &Store, netuid: u16) -> u8 {
    let key =
        key::join(&[&polkadot_sdk::sp_io::hashing::twox_64(&netuid.to_le_bytes()), &netuid.to_le_bytes()]);
    store.get::<u8>(Item::MechanismCount, &key).unwrap_or(1).min(16)
}

/// The number of elements of an encoded list.
pub fn length(mut value: &[u8]) -> Option<u32> {
    Compact::<u32>::decode(&mut value).ok().map(|length| length.0)
}
