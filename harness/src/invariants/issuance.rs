//! TAO: what exists, who holds it, and how fast it grows (sections 01, 4 and 06, 1).

use super::findings::{Findings, Subject};
use super::items::Item;
use super::key::{self, AccountId, Hashed};
use super::store::{Change, Store, decode};
use super::{Invariant, Moment};
use assay_economics::emission::curve::{TOTAL_SUPPLY, block_emission};
use std::collections::BTreeSet;

/// The existential deposit (section 01, 4).
pub const EXISTENTIAL_DEPOSIT: u64 = 500;

pub(super) const ACCOUNTS_ADD_UP: Invariant = Invariant {
    name: "accounts-add-up",
    meaning: "Balances.TotalIssuance is the sum of free and reserved TAO of all accounts.",
    section: "01, 4",
};

pub(super) const COUNTERS_AGREE: Invariant = Invariant {
    name: "issuance-counters-agree",
    meaning: "SubtensorModule.TotalIssuance less Balances.TotalIssuance never falls: both grow by what is minted and \
              fall by what is recycled. It grows where TAO disappears that only Balances counts: dust, \
              Balances.burn, a fee that nobody gets.",
    section: "01, 4",
};

pub(super) const MINTS_THE_CURVE: Invariant = Invariant {
    name: "mints-no-more-than-the-curve",
    meaning: "In one block neither counter of TAO grows by more than the emission curve gives for \
              SubtensorModule.TotalIssuance before it.",
    section: "06, 1",
};

pub(super) const SUPPLY_CAP: Invariant = Invariant {
    name: "supply-cap",
    meaning: "No more than 21 million TAO exist, and no account holds more: an amount that fell below zero would \
              show here.",
    section: "01, 4",
};

pub(super) const NO_DUST: Invariant = Invariant {
    name: "no-dust",
    meaning: "An account has no free TAO, or at least the existential deposit of 500 rao, or something reserved.",
    section: "01, 4",
};

/// TAO as the ledger keeps it.
#[derive(Clone, Debug, Default)]
pub struct Issuance {
    /// Sum of free and reserved TAO of all accounts.
    held: u128,
    changed: BTreeSet<AccountId>,
    /// The counters after the last block: that of Balances, and that of `SubtensorModule`.
    before: (u64, u64),
}

impl Issuance {
    /// Takes in a change.
    pub fn note(&mut self, change: &Change) -> Option<()> {
        if change.item == Item::Account {
            let total = |value: &Option<Vec<u8>>| value.as_deref().map_or(Some((0, 0)), balances);
            let (before, after) = (total(&change.before)?, total(&change.after)?);
            self.held += u128::from(after.0) + u128::from(after.1);
            self.held = self.held.saturating_sub(u128::from(before.0) + u128::from(before.1));
            self.changed.insert(key::account(&change.key, 0)?);
        }
        Some(())
    }

    /// Looks at the state after a block.
    pub fn check(&mut self, store: &Store, moment: Moment, findings: &mut Findings) {
        let balances: u64 = store.get(Item::BalancesIssuance, &[]).unwrap_or_default();
        let pallet: u64 = store.get(Item::TotalIssuance, &[]).unwrap_or_default();
        let held = self.held;
        findings.off_by(&ACCOUNTS_ADD_UP, Subject::CHAIN, held.abs_diff(balances.into()), || {
            format!("all accounts hold {held} rao, and Balances.TotalIssuance is {balances}")
        });
        let over = u128::from(balances.saturating_sub(TOTAL_SUPPLY));
        findings.off_by(&SUPPLY_CAP, Subject::CHAIN, over, || {
            format!("Balances.TotalIssuance is {balances} rao")
        });
        self.check_accounts(store, findings);
        check_growth((balances, pallet), self.before, moment, findings);
        self.before = (balances, pallet);
    }

    fn check_accounts(&mut self, store: &Store, findings: &mut Findings) {
        for account in std::mem::take(&mut self.changed) {
            let (free, reserved) = free_and_reserved(store, &key::hashed(&account));
            let over = u128::from(free.max(reserved).saturating_sub(TOTAL_SUPPLY));
            findings.off_by(&SUPPLY_CAP, Subject::account(account), over, || {
                format!("it has {free} rao free and {reserved} reserved")
            });
            let dust = if free < EXISTENTIAL_DEPOSIT && reserved == 0 { free } else { 0 };
            findings
                .off_by(&NO_DUST, Subject::account(account), dust.into(), || format!("it has {free} rao"));
        }
    }
}

fn check_growth(now: (u64, u64), before: (u64, u64), moment: Moment, findings: &mut Findings) {
    let apart = |(balances, pallet): (u64, u64)| i128::from(pallet) - i128::from(balances);
    findings.step(&COUNTERS_AGREE, Subject::CHAIN, apart(now) >= apart(before), || {
        format!(
            "SubtensorModule.TotalIssuance went from {} to {}, Balances.TotalIssuance from {} to {}",
            before.1, now.1, before.0, now.0
        )
    });
    let most = moment.passed(block_emission(before.1).unwrap_or_default());
    let growth = now.0.saturating_sub(before.0).max(now.1.saturating_sub(before.1));
    findings.step(&MINTS_THE_CURVE, Subject::CHAIN, u128::from(growth) <= most, || {
        format!("the issuance grew by {growth} rao, and at {} rao the curve gives {most}", before.1)
    });
}

/// TAO of an account: free, reserved.
pub fn free_and_reserved(store: &Store, account: &Hashed) -> (u64, u64) {
    store.raw(Item::Account, account).and_then(balances).unwrap_or_default()
}

/// Free and reserved TAO in the value of an account: they follow the nonce and three counts of references.
fn balances(value: &[u8]) -> Option<(u64, u64)> {
    let (_, free, reserved): ([u32; 4], u64, u64) = decode(value)?;
    Some((free, reserved))
}
