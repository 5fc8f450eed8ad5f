//! What lies in storage, and what evidence looks like (document SLASHING).

use alloc::vec::Vec;

use assay_economics::slashing::bond::Bond;
use assay_inference::Receipt;
use assay_primitives::{AlphaBalance, NetUid};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::{ConstU32, H256, sr25519};
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::TypeInfo;

/// Number of a block.
pub type Block = u32;

/// Amounts that one bond can have on their way out at a time.
pub const MAX_UNBONDING: u32 = 32;

/// The longest window and the longest ban, blocks: a year.
pub const MAX_BLOCKS: Block = 2_628_000;

/// The terms of a subnet (document SLASHING, "Terms, per subnet"). Fractions are parts of 65,535.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Terms {
    /// Whether anything here is in force.
    pub enabled: bool,
    /// Blocks for which evidence counts, what is unbonded stays at risk, and new terms wait.
    pub window: Block,
    /// What a contradiction costs.
    pub contradiction: u16,
    /// What a wrong result costs.
    pub wrong_result: u16,
    /// What the reporter gets of a slash.
    pub reporter_share: u16,
    /// Strikes at which the neuron is deregistered.
    pub max_strikes: u8,
    /// Blocks for which it cannot register again.
    pub ban: Block,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            enabled: false,
            window: 360,
            contradiction: 6_554,
            wrong_result: 13_107,
            reporter_share: 6_554,
            max_strikes: 3,
            ban: 7_200,
        }
    }
}

impl Terms {
    /// Whether a subnet may have these terms: a window of at least a block, at least one strike, and neither window nor
    /// ban longer than [`MAX_BLOCKS`]. Every fraction is possible.
    pub fn in_range(&self) -> bool {
        (1..=MAX_BLOCKS).contains(&self.window) && self.max_strikes > 0 && self.ban <= MAX_BLOCKS
    }
}

/// Terms that take effect later.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct NextTerms {
    /// The terms.
    pub terms: Terms,
    /// The first block in which they are in force.
    pub from: Block,
}

/// The terms of a subnet over time.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Schedule {
    /// Those in force before the next ones.
    pub now: Terms,
    /// The next ones, if a change was asked for.
    pub next: Option<NextTerms>,
}

impl Schedule {
    /// The terms in force at a block.
    pub fn at(&self, block: Block) -> Terms {
        self.next.filter(|next| next.from <= block).map_or(self.now, |next| next.terms)
    }

    /// With terms that take effect after one window. A change that still waits is replaced.
    #[must_use]
    pub fn changed(&self, terms: Terms, block: Block) -> Self {
        let now = self.at(block);
        Self { now, next: Some(NextTerms { terms, from: block.saturating_add(now.window) }) }
    }
}

/// An amount that is on its way out of a bond.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Unbonding {
    /// Rao.
    pub amount: AlphaBalance,
    /// The last block in which it is locked.
    pub until: Block,
}

/// A coldkey's bond on one hotkey of one subnet.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct StoredBond {
    /// Bonded until its coldkey says otherwise, rao.
    pub bonded: AlphaBalance,
    /// On its way out, earlier amounts first.
    pub unbonding: BoundedVec<Unbonding, ConstU32<MAX_UNBONDING>>,
}

impl From<StoredBond> for Bond {
    fn from(stored: StoredBond) -> Self {
        let leaving = stored.unbonding.into_iter().map(|part| (part.amount, part.until));
        Self { bonded: stored.bonded, unbonding: leaving.collect() }
    }
}

impl TryFrom<Bond> for StoredBond {
    /// More amounts on their way out than a bond can have.
    type Error = ();

    fn try_from(bond: Bond) -> Result<Self, ()> {
        let leaving = bond.unbonding.into_iter().map(|(amount, until)| Unbonding { amount, until });
        let unbonding = leaving.collect::<Vec<_>>().try_into().map_err(drop)?;
        Ok(Self { bonded: bond.bonded, unbonding })
    }
}

/// Blocks in which a hotkey had a slot that it has no more, both included.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PastSlot {
    /// The block of its registration.
    pub from: u64,
    /// The block in which it lost the slot.
    pub until: u64,
}

/// What can be proved against a hotkey (document SLASHING, "Offences").
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Offence {
    /// Two answers to one request.
    #[codec(index = 0)]
    Contradiction,
    /// An answer that its model does not give.
    #[codec(index = 1)]
    WrongResult,
    /// Two votes in one round of finality.
    #[codec(index = 2)]
    DoubleVote,
}

/// The bytes whose BLAKE2b-256 is the name of an offence: the SCALE encoding of `(offence, netuid, hotkey, job)`. Nobody is
/// punished twice for one name.
pub fn offence_message(offence: Offence, netuid: NetUid, hotkey: [u8; 32], job: H256) -> Vec<u8> {
    (offence, netuid, hotkey, job).encode()
}

/// A receipt with the signature of its hotkey.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct SignedReceipt {
    /// What was signed.
    pub receipt: Receipt,
    /// Over [`Receipt::message`].
    pub signature: sr25519::Signature,
}

/// The bytes that both keys sign to link an authority to a hotkey: the SCALE encoding of
/// `("assay/link/1", genesis hash, authority, hotkey)`.
pub fn link_message(genesis: H256, authority: [u8; 32], hotkey: [u8; 32]) -> Vec<u8> {
    ("assay/link/1", genesis, authority, hotkey).encode()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(window: Block) -> Terms {
        Terms { window, ..Terms::default() }
    }

    #[test]
    fn terms_change_after_the_window_in_force() {
        let schedule = Schedule::default().changed(terms(10), 1_000);
        assert_eq!((schedule.at(1_359).window, schedule.at(1_360).window), (360, 10));
        // A change that waits is replaced and the wait begins anew.
        let schedule = schedule.changed(terms(20), 1_359);
        assert_eq!((schedule.at(1_718).window, schedule.at(1_719).window), (360, 20));
        // One that took effect decides how long the next waits.
        let schedule = schedule.changed(terms(30), 1_719);
        assert_eq!((schedule.at(1_738).window, schedule.at(1_739).window), (20, 30));
    }

    #[test]
    fn terms_have_bounds() {
        let default = Terms::default();
        assert!(default.in_range() && !default.enabled);
        let wrong = [
            Terms { window: 0, ..default },
            Terms { window: MAX_BLOCKS + 1, ..default },
            Terms { max_strikes: 0, ..default },
            Terms { ban: MAX_BLOCKS + 1, ..default },
        ];
        assert!(wrong.iter().all(|terms| !terms.in_range()));
        let edge = Terms {
            window: 1,
            contradiction: 0,
            wrong_result: 65_535,
            reporter_share: 65_535,
            max_strikes: 1,
            ban: 0,
            ..default
        };
        assert!(edge.in_range());
    }
}
