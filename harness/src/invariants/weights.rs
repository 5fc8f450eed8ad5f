//! Weights, bonds and commits (sections 07 and 08).

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, TWOX};
use super::neurons::{INDICES, length, mechanisms};
use super::store::{Change, Store, decode};
use std::collections::BTreeSet;

pub(super) const ROWS: Invariant = Invariant {
    name: "weights-name-neurons",
    meaning: "A row of Weights or Bonds belongs to a uid of a living subnet and one of its mechanisms, and names uids \
              of that subnet, none of them twice. The order of a row is free.",
    section: "08, 4; 07, 2",
};

pub(super) const COMMITS: Invariant = Invariant {
    name: "commits-within-limit",
    meaning: "An entry of WeightCommits holds 1 to 10 commits.",
    section: "08, 6 and 7",
};

const MOST_COMMITS: u32 = 10;

/// Rows as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    rows: BTreeSet<(Item, Vec<u8>)>,
    /// Subnets that lost uids or mechanisms, or ended.
    shrunk: BTreeSet<u16>,
    commits: BTreeSet<Vec<u8>>,
}

impl Weights {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::Weights | Item::Bonds => {
                self.rows.insert((change.item, key.clone()));
            }
            Item::SubnetworkN if change.read_after::<u16>()? < change.read_before::<u16>()? => {
                self.shrunk.insert(key::number(key, 0)?);
            }
            Item::MechanismCount => {
                self.shrunk.insert(key::number(key, TWOX)?);
            }
            Item::NetworksAdded => {
                self.shrunk.insert(key::number(key, 0)?);
            }
            Item::WeightCommits => {
                self.commits.insert(key.clone());
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        let mut rows = std::mem::take(&mut self.rows);
        for netuid in std::mem::take(&mut self.shrunk) {
            // Rows of mechanisms that are gone too.
            for mechanism in 0..16 {
                let index = (mechanism * INDICES).wrapping_add(netuid).to_le_bytes();
                for item in [Item::Weights, Item::Bonds] {
                    rows.extend(store.under(item, &index).map(|(key, _)| (item, key.to_vec())));
                }
            }
        }
        for (item, key) in rows {
            check_row(store, item, &key, findings);
        }
        for key in std::mem::take(&mut self.commits) {
            check_commits(store, &key, findings);
        }
    }
}

fn check_row(store: &Store, item: Item, key: &[u8], findings: &mut Findings) {
    let (Some(index), Some(uid)) = (key::number(key, 0), key::number(key, 2)) else { return };
    let (netuid, mechanism) = (index % INDICES, index / INDICES);
    let row: Vec<(u16, u16)> = store.raw(item, key).and_then(decode).unwrap_or_default();
    let stored = store.raw(item, key).is_some();
    let count: u16 = store.get(Item::SubnetworkN, &netuid.to_le_bytes()).unwrap_or_default();
    let homeless = stored
        && (uid >= count
            || mechanism >= u16::from(mechanisms(store, netuid))
            || !store.network_exists(netuid));
    let strangers = row.iter().filter(|(target, _)| *target >= count).count();
    let mut targets: Vec<u16> = row.iter().map(|(target, _)| *target).collect();
    targets.sort_unstable();
    targets.dedup();
    let twice = row.len() - targets.len();
    let wrong = u128::from(homeless) + (strangers + twice) as u128;
    let part = ((u32::from(index) << 16) | u32::from(uid)) ^ if item == Item::Bonds { 1 << 31 } else { 0 };
    findings.off_by(&ROWS, Subject::subnet(netuid).part(part), wrong, || {
        format!(
            "{}({index}, {uid}) names {strangers} uids that are none and {twice} twice; mechanism {mechanism} has \
             {count} neurons",
            item.name()
        )
    });
}

fn check_commits(store: &Store, key: &[u8], findings: &mut Findings) {
    let Some(index) = key::number(key, TWOX) else { return };
    let account = key.get(2 * TWOX + 2..).and_then(|rest| rest.first_chunk().copied()).unwrap_or_default();
    let count = store.raw(Item::WeightCommits, key).and_then(length);
    let wrong = count.map_or(0, |count| count.saturating_sub(MOST_COMMITS) + u32::from(count == 0));
    let subject = Subject::account(account).on(index % INDICES).part(index / INDICES);
    findings
        .off_by(&COMMITS, subject, wrong.into(), || format!("it has {} commits", count.unwrap_or_default()));
}
