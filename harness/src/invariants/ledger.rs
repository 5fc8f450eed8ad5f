//! The ledger: a chain's amounts and relations, kept up to date by what blocks change.

use super::credits::Credits;
use super::delegation::Delegation;
use super::findings::{Findings, Inherited, Subject, Violation};
use super::issuance::Issuance;
use super::items::Item;
use super::locks::Locks;
use super::neurons::Neurons;
use super::pools::Pools;
use super::root::Root;
use super::shares::Shares;
use super::slashing::Slashing;
use super::store::{Change, Store};
use super::subnets::Subnets;
use super::weights::Weights;
use super::{Moment, READABLE};
use crate::chain::Block;

/// Follows a chain block by block and checks every invariant after each.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    block: u32,
    store: Store,
    inherited: Inherited,
    issuance: Issuance,
    pools: Pools,
    shares: Shares,
    neurons: Neurons,
    weights: Weights,
    locks: Locks,
    root: Root,
    delegation: Delegation,
    subnets: Subnets,
    slashing: Slashing,
    credits: Credits,
}

/// What a block did to one key: its new value, or none where it is removed.
pub type RawChange<'a> = (&'a [u8], Option<&'a [u8]>);

impl Ledger {
    /// A ledger of a chain that stands at the end of block `number` with this state, taken as it is.
    pub fn begin<'a>(number: u32, state: impl IntoIterator<Item = (&'a [u8], &'a [u8])>) -> Self {
        let mut ledger = Self { block: number, ..Self::default() };
        ledger.follow(number, true, state.into_iter().map(|(key, value)| (key, Some(value))));
        ledger
    }

    /// Takes in the next block.
    ///
    /// # Errors
    /// The invariants that do not hold after it.
    pub fn apply(&mut self, block: &Block) -> Result<(), Vec<Violation>> {
        self.take_in(block.head.number, changes(block))
    }

    /// Takes in a block in which somebody wrote the state by hand: whatever does not hold after it is inherited.
    pub fn accept(&mut self, block: &Block) {
        self.follow(block.head.number, true, changes(block));
    }

    /// Takes in what changed up to some point of block `number`.
    ///
    /// # Errors
    /// The invariants that do not hold then.
    pub fn take_in<'a>(
        &mut self,
        number: u32,
        changes: impl IntoIterator<Item = RawChange<'a>>,
    ) -> Result<(), Vec<Violation>> {
        let violations = self.follow(number, false, changes);
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }

    /// What did not hold when the ledger began, and has not been mended since: invariant, of what, and by how much.
    pub fn inherited(&self) -> impl Iterator<Item = (&'static str, Subject, u128)> {
        self.inherited.iter().map(|((name, subject), excess)| (*name, *subject, *excess))
    }

    fn follow<'a>(
        &mut self,
        number: u32,
        accept: bool,
        changes: impl IntoIterator<Item = RawChange<'a>>,
    ) -> Vec<Violation> {
        let moment = Moment { block: number, blocks: number.saturating_sub(self.block) };
        self.block = number;
        let changes: Vec<Change> = changes
            .into_iter()
            .filter_map(|(key, value)| {
                let (item, key) = Item::of(key)?;
                self.store.set(item, key, value)
            })
            .collect();
        let unreadable = changes.iter().filter(|change| self.note(change).is_none()).count();

        let store = &self.store;
        let mut findings = Findings::of(number, accept, &mut self.inherited);
        findings.step(&READABLE, Subject::CHAIN, unreadable == 0, || {
            format!("{unreadable} entries cannot be read")
        });
        self.issuance.check(store, moment, &mut findings);
        self.root.check(store, &mut findings);
        self.pools.check(store, moment, &self.root, &mut findings);
        self.root.end_block();
        self.shares.check(store, &mut findings);
        self.neurons.check(store, &mut findings);
        self.weights.check(store, &mut findings);
        self.locks.check(store, &mut findings);
        self.delegation.check(store, &mut findings);
        self.subnets.check(store, moment, &mut findings);
        self.slashing.check(store, moment, &mut findings);
        self.credits.check(store, &mut findings);
        findings.into_violations()
    }

    /// None if the change cannot be read.
    fn note(&mut self, change: &Change) -> Option<()> {
        self.issuance.note(change)?;
        self.pools.note(change)?;
        self.root.note(change)?;
        self.shares.note(change)?;
        self.neurons.note(change)?;
        self.weights.note(change)?;
        self.locks.note(change)?;
        self.delegation.note(change)?;
        self.subnets.note(change)?;
        self.slashing.note(change)?;
        self.credits.note(change)
    }
}

fn changes(block: &Block) -> impl Iterator<Item = RawChange<'_>> {
    block.changes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()))
}
