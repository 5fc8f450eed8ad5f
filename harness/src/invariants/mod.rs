//! Invariants: what must hold after every block, whatever happens on a chain.
//!
//! A [`Ledger`] follows a chain through the storage that its blocks change, and after each block says which invariants
//! do not hold. [`INVARIANTS`] lists them all with their exact meaning.
//!
//! Every one of them was first proved on the recorded states of the real chain ([`recorded`]): where the real chain
//! does not satisfy the simple statement, the statement here says what it satisfies instead, and why. Two rules are
//! common to all:
//!
//! * what is off when the ledger begins (the pool of genesis subnet 1 has no TAO behind it) is *inherited*: it may
//!   shrink, and never grow again;
//! * a state that somebody has written by hand is taken as it is ([`Ledger::accept`]), as at the beginning.

pub mod credits;
pub mod delegation;
pub mod findings;
pub mod issuance;
pub mod items;
pub mod key;
pub mod ledger;
pub mod locks;
pub mod neurons;
pub mod pools;
pub mod recorded;
pub mod root;
pub mod shares;
pub mod slashing;
pub mod store;
pub mod subnets;
pub mod weights;

pub use findings::{Subject, Violation};
pub use ledger::Ledger;

/// Something that must hold after every block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invariant {
    /// Its name.
    pub name: &'static str,
    /// What exactly must hold.
    pub meaning: &'static str,
    /// Where the specification says so: file, sections.
    pub section: &'static str,
}

/// Every entry is of the form that the specification says.
pub const READABLE: Invariant = Invariant {
    name: "entries-are-readable",
    meaning: "Every entry that an invariant looks at has a key and a value of the form in the specification's tables.",
    section: "12, 1",
};

/// All invariants.
pub const INVARIANTS: &[Invariant] = &[
    issuance::ACCOUNTS_ADD_UP,
    issuance::COUNTERS_AGREE,
    issuance::MINTS_THE_CURVE,
    issuance::SUPPLY_CAP,
    issuance::NO_DUST,
    pools::TAO_BACKED,
    pools::STAKE_BACKED,
    pools::ROOT_BACKED,
    pools::RESERVES,
    pools::WEIGHTS,
    pools::NO_WRAP,
    pools::ALPHA_CURVE,
    pools::SHARES_OF_EMISSION,
    shares::ADD_UP,
    shares::LISTED,
    neurons::UIDS,
    neurons::OWNED,
    neurons::LIMIT,
    neurons::VECTORS,
    neurons::PERMITS,
    weights::ROWS,
    weights::COMMITS,
    locks::INDEX,
    locks::SUMS,
    locks::COVERED,
    root::RATES,
    root::STAKER_INDEX,
    delegation::OWNERS,
    delegation::FAMILIES,
    subnets::COUNTED,
    subnets::NO_GHOSTS,
    subnets::ON_TIME,
    subnets::CLOCK,
    subnets::PAST,
    subnets::COUNTERS,
    subnets::BURN,
    slashing::BONDS,
    slashing::STRIKES,
    credits::SOLD,
    credits::SPENT,
    READABLE,
];

/// Where a chain stands when its state is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The block.
    pub block: u32,
    /// Blocks since the last look.
    pub blocks: u32,
}

impl Moment {
    /// What so much a block makes since the last look.
    pub fn passed(self, a_block: u64) -> u128 {
        u128::from(a_block) * u128::from(self.blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_speak() {
        let names: BTreeSet<&str> = INVARIANTS.iter().map(|invariant| invariant.name).collect();
        assert_eq!(names.len(), INVARIANTS.len());
        let plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(names.iter().all(plain), "{names:?}");
        assert!(INVARIANTS.iter().all(|invariant| invariant.meaning.ends_with('.')));
    }
}
