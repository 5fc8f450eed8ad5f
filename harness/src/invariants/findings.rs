//! What a check of a block found.

use super::Invariant;
use super::key::AccountId;
use polkadot_sdk::sp_runtime::AccountId32;
use std::collections::BTreeMap;
use std::fmt;

/// Of what an invariant does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The subnet, if it is about one.
    pub subnet: Option<u16>,
    /// The account, if it is about one.
    pub account: Option<AccountId>,
    /// Which part of it, where the two do not say enough: a uid, a mechanism.
    pub part: u32,
}

impl Subject {
    /// The whole chain.
    pub const CHAIN: Self = Self { subnet: None, account: None, part: 0 };

    /// A subnet.
    pub fn subnet(netuid: u16) -> Self {
        Self { subnet: Some(netuid), ..Self::CHAIN }
    }

    /// An account.
    pub fn account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::CHAIN }
    }

    /// A part of it.
    #[must_use]
    pub fn part(self, part: impl Into<u32>) -> Self {
        Self { part: part.into(), ..self }
    }

    /// On a subnet.
    #[must_use]
    pub fn on(self, netuid: u16) -> Self {
        Self { subnet: Some(netuid), ..self }
    }
}

/// An invariant that does not hold after a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's name.
    pub invariant: &'static str,
    /// The block after which it does not hold.
    pub block: u32,
    /// What is wrong, with the numbers.
    pub problem: String,
    /// The subnet, if it is about one.
    pub subnet: Option<u16>,
    /// The account, if it is about one.
    pub account: Option<AccountId>,
}

impl Violation {
    /// In words, without the block: the invariant, of what, and what is wrong. `name` names accounts.
    pub fn told(&self, name: impl FnOnce(AccountId32) -> String) -> String {
        let account = self.account.map(|account| format!("account {}", name(AccountId32::new(account))));
        let subnet = self.subnet.map(|netuid| format!("subnet {netuid}"));
        let subject: Vec<String> = subnet.into_iter().chain(account).collect();
        let subject = if subject.is_empty() { String::new() } else { format!(" of {}", subject.join(", ")) };
        format!("the invariant {}{subject} does not hold: {}", self.invariant, self.problem)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "after block {}: {}", self.block, self.told(|account| account.to_string()))
    }
}

/// How far an invariant was from holding when the chain began, and still may be.
pub type Inherited = BTreeMap<(&'static str, Subject), u128>;

/// The findings of one block.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The block.
    block: u32,
    /// Whether the state is taken as it is.
    accept: bool,
    inherited: &'a mut Inherited,
    violations: Vec<Violation>,
}

impl<'a> Findings<'a> {
    /// Nothing found yet. With `accept`, whatever does not hold is noted as inherited.
    pub fn of(block: u32, accept: bool, inherited: &'a mut Inherited) -> Self {
        Self { block, accept, inherited, violations: Vec::new() }
    }

    /// The violations found.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Says by how much the state is off. It must be off by nothing, or by no more than it was when the chain began:
    /// what a chain inherits may shrink and never grow again.
    pub fn off_by(
        &mut self,
        invariant: &Invariant,
        subject: Subject,
        excess: u128,
        problem: impl FnOnce() -> String,
    ) {
        if excess == 0 && self.inherited.is_empty() {
            return;
        }
        let allowed = self.inherited.get(&(invariant.name, subject)).copied().unwrap_or_default();
        if self.accept || excess <= allowed {
            self.begin_anew(invariant, subject, excess);
        } else {
            self.report(invariant, subject, problem());
        }
    }

    /// Takes by how much the state is off as inherited.
    pub fn begin_anew(&mut self, invariant: &Invariant, subject: Subject, excess: u128) {
        if excess == 0 {
            self.inherited.remove(&(invariant.name, subject));
        } else {
            self.inherited.insert((invariant.name, subject), excess);
        }
    }

    /// Says whether the block's step from the state before was right. A state that is taken as it is makes no step.
    pub fn step(
        &mut self,
        invariant: &Invariant,
        subject: Subject,
        right: bool,
        problem: impl FnOnce() -> String,
    ) {
        if !right && !self.accept {
            self.report(invariant, subject, problem());
        }
    }

    fn report(&mut self, invariant: &Invariant, subject: Subject, problem: String) {
        self.violations.push(Violation {
            invariant: invariant.name,
            block: self.block,
            problem,
            subnet: subject.subnet,
            account: subject.account,
        });
    }
}
