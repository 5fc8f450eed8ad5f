//! All sentences, by area.

use super::{
    Definition, accounts, beacon, blocks, calls, chains, credits, customers, events, inference, network,
    slashing, staking, storage, subnets, swap, weights,
};

/// Sentences of one area.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// What they are about.
    pub title: &'static str,
    /// The sentences.
    pub steps: &'static [Definition],
}

/// Every sentence there is.
pub const SECTIONS: &[Section] = &[
    Section { title: "The chain", steps: chains::STEPS },
    Section { title: "Calls of any kind", steps: calls::STEPS },
    Section { title: "Any value of the chain", steps: storage::STEPS },
    Section { title: "Blocks and epochs", steps: blocks::STEPS },
    Section { title: "Events", steps: events::STEPS },
    Section { title: "Accounts and balances", steps: accounts::STEPS },
    Section { title: "Subnets and registration", steps: subnets::STEPS },
    Section { title: "Staking", steps: staking::STEPS },
    Section { title: "Pools and prices", steps: swap::STEPS },
    Section { title: "Weights", steps: weights::STEPS },
    Section { title: "The beacon, and what is sealed until a round", steps: beacon::STEPS },
    Section { title: "Stake at risk", steps: slashing::STEPS },
    Section { title: "Miners and validators at work", steps: inference::STEPS },
    Section { title: "Credits for inference", steps: credits::STEPS },
    Section { title: "Networks of nodes", steps: network::STEPS },
    Section { title: "Customers of a network's market", steps: customers::STEPS },
];
