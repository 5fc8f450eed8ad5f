//! Credits for inference (pallet Credits). On a chain where none are sold there is nothing to look at.

use super::Invariant;
use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, TWOX};
use super::store::{Change, Store, decode};
use std::collections::BTreeSet;

pub(super) const SOLD: Invariant = Invariant {
    name: "credits-were-sold",
    meaning: "What customers of a subnet have left and what gateways have spent is together what the subnet has sold, and \
              all alpha that was paid for it is counted as burned.",
    section: "NEURONS, Customers",
};

pub(super) const SPENT: Invariant = Invariant {
    name: "credits-are-spent-once",
    meaning: "What a gateway has spent of a customer never becomes less while the subnet lives.",
    section: "NEURONS, Customers",
};

/// Credits as the ledger keeps them.
#[derive(Clone, Debug, Default)]
pub struct Credits {
    /// Subnets whose credits changed.
    touched: BTreeSet<u16>,
    /// Totals that became less: subnet, before, after.
    less: Vec<(u16, u64, u64)>,
}

impl Credits {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        match change.item {
            Item::CreditsBalances | Item::CreditsSold => {
                self.touched.insert(key::number(&change.key, 0)?);
            }
            Item::CreditsSpent => {
                let netuid = key::number(&change.key, 0)?;
                self.touched.insert(netuid);
                let before: u64 = change.read_before()?.unwrap_or_default();
                // A total that is gone went with its subnet.
                let after: u64 = change.read_after()?.unwrap_or(before);
                if after < before {
                    self.less.push((netuid, before, after));
                }
            }
            _ => {}
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, findings: &mut Findings) {
        for netuid in std::mem::take(&mut self.touched) {
            let place = netuid.to_le_bytes();
            let sum = |item| -> u128 {
                store.under(item, &place).filter_map(|(_, value)| decode::<u64>(value)).map(u128::from).sum()
            };
            let (left, spent) = (sum(Item::CreditsBalances), sum(Item::CreditsSpent));
            let (burned, sold): (u64, u64) = store.get(Item::CreditsSold, &place).unwrap_or_default();
            findings.off_by(&SOLD, Subject::subnet(netuid), (left + spent).abs_diff(sold.into()), || {
                format!("{left} credits are left and {spent} spent, and {sold} were sold")
            });
            let counted =
                store.under(Item::AlphaBurned, &[]).find(|(key, _)| key.get(TWOX..) == Some(&place[..]));
            let counted: u64 = counted.and_then(|(_, value)| decode(value)).unwrap_or_default();
            let over = burned.saturating_sub(counted);
            findings.off_by(&SOLD, Subject::subnet(netuid).part(1_u32), over.into(), || {
                format!("{burned} rao of alpha were paid for credits, and {counted} are counted as burned")
            });
        }
        for (netuid, before, after) in std::mem::take(&mut self.less) {
            findings.step(&SPENT, Subject::subnet(netuid), false, || {
                format!("what a gateway has spent went from {before} to {after}")
            });
        }
    }
}
