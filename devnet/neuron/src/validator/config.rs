//! What a validator is told.

use super::Profile;
use crate::key::Public;
use assay_inference::H256;

/// What a validator is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// How it behaves.
    pub profile: Profile,
    /// Its subnet.
    pub netuid: u16,
    /// Hash of the chain's first block.
    pub genesis: H256,
    /// Questions to each miner in a round; all miners get the same inputs.
    pub questions: u16,
    /// Parts of 65,535 of all answers that are computed again, if their model is known.
    pub recompute: u16,
    /// Parts of 65,535 of all questions that are asked a second time, to see who contradicts itself.
    pub repeat: u16,
    /// Milliseconds after which an answer is no answer.
    pub timeout_ms: u32,
    /// Milliseconds of latency that halve a miner's merit.
    pub half_ms: u32,
    /// Answers after which the moving averages fade.
    pub memory: u32,
    /// Blocks that a receipt's block may be from the head.
    pub lag: u32,
    /// Hotkeys of a cabal's own miners.
    pub friends: Vec<Public>,
}

impl Config {
    /// What an honest validator of a subnet is told where nobody says otherwise.
    pub fn new(netuid: u16, genesis: H256) -> Self {
        Self {
            profile: Profile::Honest,
            netuid,
            genesis,
            questions: 4,
            recompute: 16_384,
            repeat: 8_192,
            timeout_ms: 4_000,
            half_ms: 1_000,
            memory: 64,
            lag: 50,
            friends: Vec::new(),
        }
    }
}
