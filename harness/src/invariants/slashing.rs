//! Stake at risk (document SLASHING): bonds, strikes, bans. On a chain with slashing off there is nothing to look at.

use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, ACCOUNT, Hashed};
use super::root::{pool, safe_float};
use super::store::{Change, Store, decode};
use super::{Invariant, Moment};
use std::collections::BTreeSet;

pub(super) const BONDS: Invariant = Invariant {
    name: "bonds-are-covered",
    meaning: "What a coldkey has bonded on a hotkey, with what is on its way out and still locked, is no more than its \
              stake there, but for a rao of rounding.",
    section: "SLASHING, Bonding",
};

pub(super) const STRIKES: Invariant = Invariant {
    name: "strikes-only-grow",
    meaning: "A hotkey's strikes on a subnet never become fewer while the subnet lives, and whoever is banned has some.",
    section: "SLASHING, The slash",
};

/// A hotkey on a subnet.
type Place = (u16, Hashed);

/// Bonds and strikes as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Slashing {
    /// Where bonds or the stake under them changed.
    touched: BTreeSet<Place>,
    /// Strikes that became fewer: before, after.
    fewer: Vec<(Place, u32, u32)>,
    banned: BTreeSet<Place>,
}

impl Slashing {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        let key = &change.key;
        match change.item {
            Item::SlashingBonds => {
                self.touched.insert(place(key)?);
            }
            Item::TotalHotkeyAlpha | Item::TotalHotkeyShares => {
                self.touched.insert((key::number(key, ACCOUNT)?, key::hashed_at(key, 0)?));
            }
            Item::Alpha => {
                self.touched.insert((key::number(key, 2 * ACCOUNT)?, key::hashed_at(key, 0)?));
            }
            Item::SlashingStrikes => {
                let before: u32 = change.read_before()?.unwrap_or_default();
                // Strikes that are gone went with their subnet.
                let after: u32 = change.read_after()?.unwrap_or(before);
                if after < before {
                    self.fewer.push((place(key)?, before, after));
                }
            }
            Item::SlashingBans if change.after.is_some() => {
                self.banned.insert(place(key)?);
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, moment: Moment, findings: &mut Findings) {
        for (netuid, hotkey) in std::mem::take(&mut self.touched) {
            check_bonds(store, moment, netuid, &hotkey, findings);
        }
        for ((netuid, hotkey), before, after) in std::mem::take(&mut self.fewer) {
            findings.step(&STRIKES, Subject::account(key::plain(&hotkey)).on(netuid), false, || {
                format!("its strikes went from {before} to {after}")
            });
        }
        for (netuid, hotkey) in std::mem::take(&mut self.banned) {
            let strikes: u32 = store.get(Item::SlashingStrikes, &joined(netuid, &hotkey)).unwrap_or_default();
            findings.step(&STRIKES, Subject::account(key::plain(&hotkey)).on(netuid), strikes > 0, || {
                "it is banned and has no strikes".into()
            });
        }
    }
}

fn check_bonds(store: &Store, moment: Moment, netuid: u16, hotkey: &Hashed, findings: &mut Findings) {
    let prefix = joined(netuid, hotkey);
    let bonds: Vec<(Hashed, u128)> = store
        .under(Item::SlashingBonds, &prefix)
        .filter_map(|(key, bond)| Some((key::hashed_at(key, 2 + ACCOUNT)?, locked(bond, moment.block)?)))
        .collect();
    for (coldkey, locked) in bonds {
        let share = store.raw(Item::Alpha, &key::join(&[hotkey, &coldkey, &netuid.to_le_bytes()]));
        let stake = pool(store, hotkey, netuid).value_of(share.and_then(safe_float).unwrap_or_default());
        let over = locked.saturating_sub(u128::from(stake) + 1);
        findings.off_by(&BONDS, Subject::account(key::plain(&coldkey)).on(netuid), over, || {
            format!("{locked} rao are bonded on a hotkey, and it has {stake} there")
        });
    }
}

/// What a bond locks at a block: what is bonded, and what leaves later.
fn locked(bond: &[u8], block: u32) -> Option<u128> {
    let (bonded, leaving): (u64, Vec<(u64, u32)>) = decode(bond)?;
    let leaving = leaving.iter().filter(|(_, until)| block <= *until);
    Some(u128::from(bonded) + leaving.map(|(amount, _)| u128::from(*amount)).sum::<u128>())
}

fn place(key: &[u8]) -> Option<Place> {
    Some((key::number(key, 0)?, key::hashed_at(key, 2)?))
}

fn joined(netuid: u16, hotkey: &Hashed) -> Vec<u8> {
    key::join(&[&netuid.to_le_bytes(), hotkey])
}
