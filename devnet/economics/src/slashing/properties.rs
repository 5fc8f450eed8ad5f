//! Properties of the amounts, over all stakes that can be.

use super::amounts::{divide, double_vote, escalated, part};
use super::bond::Bond;
use crate::stake::safe_float::SafeFloat;
use crate::stake::share_pool::SharePool;
use proptest::prelude::*;

/// All alpha a subnet can issue.
const SUPPLY: u64 = 21_000_000_000_000_000;

/// A pool in which the coldkeys have staked these amounts.
fn staked(amounts: &[u64]) -> (SharePool, Vec<SafeFloat>) {
    let mut pool = SharePool { value: 0, denominator: SafeFloat::ZERO };
    let shares = amounts.iter().map(|amount| {
        let (after, share) = pool.increase(SafeFloat::ZERO, *amount);
        pool = after;
        share
    });
    let shares = shares.collect();
    (pool, shares)
}

fn operations() -> impl Strategy<Value = Vec<(u8, u64, u32)>> {
    proptest::collection::vec((0..4_u8, 0..1_000_u64, 0..500_u32), 1..40)
}

proptest! {
    #[test]
    fn nothing_is_made_or_lost(value: u64, fraction: u16, share: u16, earns: bool) {
        let division = divide(value, fraction, share, earns);
        prop_assert!(division.slashed <= value);
        prop_assert_eq!(division.rewarded + division.burned, division.slashed);
    }

    #[test]
    fn every_holder_loses_in_proportion(
        amounts in proptest::collection::vec(1..SUPPLY / 8, 1..8), dividends in 0..SUPPLY / 8, fraction: u16,
    ) {
        let (pool, shares) = staked(&amounts);
        let pool = pool.update_all(dividends.cast_signed());
        let after = pool.update_all(-part(pool.value, fraction).cast_signed());
        for share in shares {
            let (before, left) = (pool.value_of(share), after.value_of(share));
            prop_assert!(before - left <= part(before, fraction) + 1, "{before} to {left}");
            prop_assert!(left <= before);
        }
    }

    #[test]
    fn strikes_never_make_it_cheaper(base: u16, strikes in 0..40_u32, voters: u32) {
        prop_assert!(escalated(base, strikes) >= base);
        prop_assert!(escalated(base, strikes + 1) >= escalated(base, strikes));
        prop_assert!(double_vote(voters) >= double_vote(voters.saturating_add(1)));
    }

    /// Whatever is done to a bond, it is never above the stake, and what leaves is locked for its window.
    #[test]
    fn a_bond_never_exceeds_the_stake(operations in operations()) {
        let (mut bond, mut value, mut now) = (Bond::default(), 1_000_u64, 1_u32);
        for (kind, amount, number) in operations {
            let before = bond.clone();
            match kind {
                0 => bond = bond.clone().increased(amount, value, now).unwrap_or(bond),
                1 => {
                    bond = bond.clone().decreased(amount, number, now).unwrap_or(bond);
                    prop_assert_eq!(bond.locked(now), before.locked(now));
                }
                2 => {
                    value -= part(value, u16::try_from(amount * 60).unwrap());
                    bond = bond.cut(value, now);
                    prop_assert_eq!(bond.locked(now), before.locked(now).min(value));
                }
                _ => now += number,
            }
            prop_assert!(bond.locked(now) <= value, "{bond:?} of {value}");
        }
    }
}
