//! Who owns whom, and who delegates to whom (sections 03, 1 and 09, 3).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, AccountId, Hashed};
use super::store::{Change, Store, decode};
use std::collections::BTreeSet;

pub(super) const OWNERS: Invariant = Invariant {
    name: "owners-and-hotkeys-agree",
    meaning: "OwnedHotkeys of a coldkey lists exactly the hotkeys whose Owner it is, each once. The account of zeros, \
              which genesis makes its own hotkey, is listed nowhere.",
    section: "03, 1; 01, 5",
};

pub(super) const FAMILIES: Invariant = Invariant {
    name: "children-and-parents-agree",
    meaning: "ChildKeys and ParentKeys say the same, proportions included. A hotkey has at most 5 children, none of \
              them twice and none of them itself, and gives them no more than all of itself (2^64 - 1).",
    section: "09, 3",
};

const MOST_CHILDREN: usize = 5;

type Relations = Vec<(u64, AccountId)>;

/// Relations as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Delegation {
    /// Coldkeys whose hotkeys changed.
    coldkeys: BTreeSet<AccountId>,
    /// Hotkeys whose owner changed.
    hotkeys: BTreeSet<AccountId>,
    /// Hotkeys and subnets whose children or parents changed, on either side.
    families: BTreeSet<(AccountId, u16)>,
}

impl Delegation {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::Owner => {
                self.hotkeys.insert(key::account(key, 0)?);
                let (before, after): (Option<AccountId>, _) = (change.read_before()?, change.read_after()?);
                self.coldkeys.extend(before.into_iter().chain(after));
            }
            Item::OwnedHotkeys => {
                self.coldkeys.insert(key::account(key, 0)?);
                let (before, after): (Option<Vec<AccountId>>, _) =
                    (change.read_before()?, change.read_after()?);
                self.hotkeys.extend(before.into_iter().chain(after).flatten());
            }
            Item::ChildKeys | Item::ParentKeys => {
                let netuid = key::number(key, ACCOUNT)?;
                let (before, after): (Option<Relations>, _) = (change.read_before()?, change.read_after()?);
                let others = before.into_iter().chain(after).flatten();
                self.families.extend(others.map(|(_, other)| (other, netuid)));
                self.families.insert((key::account(key, 0)?, netuid));
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for coldkey in std::mem::take(&mut self.coldkeys) {
            check_owned(store, &coldkey, findings);
        }
        for hotkey in std::mem::take(&mut self.hotkeys) {
            check_owner(store, &hotkey, findings);
        }
        for (hotkey, netuid) in std::mem::take(&mut self.families) {
            check_family(store, &hotkey, netuid, findings);
        }
    }
}

fn check_owned(store: &Store, coldkey: &AccountId, findings: &mut Findings) {
    let hotkeys: Vec<AccountId> = store.get(Item::OwnedHotkeys, &key::hashed(coldkey)).unwrap_or_default();
    let strangers = hotkeys.iter().filter(|hotkey| owner(store, hotkey) != Some(*coldkey)).count();
    let twice = hotkeys.len() - hotkeys.iter().collect::<BTreeSet<_>>().len();
    findings.off_by(&OWNERS, Subject::account(*coldkey), (strangers + twice) as u128, || {
        format!(
            "of its {} hotkeys {strangers} have another owner, and {twice} are listed twice",
            hotkeys.len()
        )
    });
}

fn check_owner(store: &Store, hotkey: &AccountId, findings: &mut Findings) {
    const NOBODY: AccountId = [0; 32];
    let owner = owner(store, hotkey).filter(|owner| *owner != NOBODY);
    let listed = owner.is_none_or(|owner| {
        let hotkeys: Vec<AccountId> = store.get(Item::OwnedHotkeys, &key::hashed(&owner)).unwrap_or_default();
        hotkeys.contains(hotkey)
    });
    // Apart from the same account as a coldkey.
    findings.off_by(&OWNERS, Subject::account(*hotkey).part(1_u32), u128::from(!listed), || {
        "its owner does not list it among its hotkeys".into()
    });
}

fn owner(store: &Store, hotkey: &AccountId) -> Option<AccountId> {
    store.get(Item::Owner, &key::hashed(hotkey))
}

fn check_family(store: &Store, hotkey: &AccountId, netuid: u16, findings: &mut Findings) {
    let hashed = key::hashed(hotkey);
    let children = relations(store, Item::ChildKeys, &hashed, netuid);
    let parents = relations(store, Item::ParentKeys, &hashed, netuid);
    let answered = |item: Item, proportion: u64, other: &AccountId| {
        let back = relations(store, item, &key::hashed(other), netuid);
        back.iter().filter(|relation| **relation == (proportion, *hotkey)).count() == 1
    };
    let lost_children =
        children.iter().filter(|(part, child)| !answered(Item::ParentKeys, *part, child)).count();
    let lost_parents =
        parents.iter().filter(|(part, parent)| !answered(Item::ChildKeys, *part, parent)).count();
    let own = children.iter().filter(|(_, child)| child == hotkey).count();
    let twice = children.len() - children.iter().map(|(_, child)| child).collect::<BTreeSet<_>>().len();
    let many = children.len().saturating_sub(MOST_CHILDREN);
    let given: u128 = children.iter().map(|(part, _)| u128::from(*part)).sum();
    let wrong = lost_children + lost_parents + own + twice + many + usize::from(given > u128::from(u64::MAX));
    findings.off_by(&FAMILIES, Subject::account(*hotkey).on(netuid), wrong as u128, || {
        format!(
            "it has {} children and {} parents; {lost_children} and {lost_parents} of them do not say so too; it gives \
             away {given} parts of 2^64 - 1",
            children.len(),
            parents.len()
        )
    });
}

fn relations(store: &Store, item: Item, hotkey: &Hashed, netuid: u16) -> Relations {
    store.raw(item, &key::join(&[hotkey, &netuid.to_le_bytes()])).and_then(decode).unwrap_or_default()
}
