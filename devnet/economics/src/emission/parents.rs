//! The split of a child hotkey's dividend between itself and its parents (section 06, 4.1).

use crate::number::{U96F32, int, proportion_u64, safe_div};
use alloc::vec::Vec;

/// The hotkey that earned the dividend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child<'a> {
    /// `TotalHotkeyAlpha` on the subnet, in rao.
    pub alpha: u64,
    /// `TotalHotkeyAlpha` on root, in rao.
    pub root: u64,
    /// Proportions it gives to its own children, parts of 2^64 - 1, in stored order.
    pub given: &'a [u64],
    /// Its childkey take, parts of 65,535 as [`crate::number::proportion_u16`] reads them.
    pub childkey_take: U96F32,
}

/// One hotkey that lent it stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Proportion of its stake, parts of 2^64 - 1.
    pub proportion: u64,
    /// `TotalHotkeyAlpha` on the subnet, in rao.
    pub alpha: u64,
    /// `TotalHotkeyAlpha` on root, in rao.
    pub root: u64,
    /// Whether parent and child have the same coldkey; then nothing is burned or taken. The owner of an unknown hotkey
    /// reads as the zero account.
    pub same_owner: bool,
}

/// Where a dividend went, in whole units of the dividend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What each parent gets, in the order given.
    pub parents: Vec<u64>,
    /// What stays with the child, its take included.
    pub own: u64,
    /// Alpha to recycle on the subnet, in rao: the childkey burn, floored for each parent.
    pub recycled: u64,
}

/// The childkey burn (section 06, 2), truncated; `stored` is `CKBurn` in parts of 2^64 - 1.
pub fn childkey_burn(stored: u64) -> U96F32 {
    proportion_u64(stored)
}

/// Splits `dividend` between `child` and its `parents` (in stored order) by the stake each brought (section 06, 4.1).
///
/// Burn and take both come off a parent's full part. Everything floors, so the parts sum to the dividend at most.
pub fn split(dividend: u64, child: Child, parents: &[Parent], tao_weight: U96F32, burn: U96F32) -> Split {
    let lent: Vec<_> = parents.iter().map(|parent| lent_stake(parent, tao_weight)).collect();
    let own = U96F32::from_num(own_stake(&child, tao_weight));
    let total = lent.iter().fold(own, |sum, &stake| sum.saturating_add(stake));

    let dividend = U96F32::from_num(dividend);
    let mut rest = dividend;
    let mut taken = U96F32::ZERO;
    let mut recycled = 0_u64;
    let mut paid = Vec::with_capacity(parents.len());
    for (parent, stake) in parents.iter().zip(lent) {
        let mut part = dividend.saturating_mul(safe_div(stake, total));
        rest = rest.saturating_sub(part);
        if !parent.same_owner {
            let burned = burn.saturating_mul(part);
            let take = child.childkey_take.saturating_mul(part);
            part = part.saturating_sub(burned).saturating_sub(take);
            taken = taken.saturating_add(take);
            recycled = recycled.saturating_add(int(burned));
        }
        paid.push(int(part));
    }
    Split { parents: paid, own: int(rest.saturating_add(taken)), recycled }
}

/// Stake the child works with for itself, in whole rao.
fn own_stake(child: &Child, tao_weight: U96F32) -> u64 {
    let one = U96F32::from_num(1);
    let kept = child.given.iter().fold(one, |rest, &parts| rest.saturating_sub(proportion_u64(parts)));
    int(weighted_part(child.alpha, child.root, kept, tao_weight))
}

fn lent_stake(parent: &Parent, tao_weight: U96F32) -> U96F32 {
    weighted_part(parent.alpha, parent.root, proportion_u64(parent.proportion), tao_weight)
}

fn weighted_part(alpha: u64, root: u64, part: U96F32, tao_weight: U96F32) -> U96F32 {
    let alpha = U96F32::from_num(alpha).saturating_mul(part);
    let root = U96F32::from_num(root).saturating_mul(part);
    alpha.saturating_add(root.saturating_mul(tao_weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    /// The largest proportion that reads as one half or less.
    const HALF: u64 = u64::MAX / 2 + 1;

    fn number(value: f64) -> U96F32 {
        U96F32::from_num(value)
    }

    fn child(alpha: u64, root: u64, take: f64) -> Child<'static> {
        Child { alpha, root, given: &[], childkey_take: number(take) }
    }

    #[test]
    fn the_burn_is_a_part_of_the_largest_number() {
        assert_eq!([0, HALF, u64::MAX].map(childkey_burn), [0.0, 0.5, 1.0].map(number));
    }

    #[test]
    fn without_parents_the_dividend_stays() {
        let split = split(1000, child(0, 0, 0.5), &[], number(0.5), number(0.5));
        assert_eq!(split, Split { parents: vec![], own: 1000, recycled: 0 });
    }

    #[test]
    fn a_parent_of_another_coldkey_pays_burn_and_take_of_its_whole_part() {
        // Stake: child 100 + 0.5 * 200 = 200; parent half of (100 + 0.5 * 600) = 200. So half of 1000 each; of the
        // parent's 500 one eighth (62.5) is burned and one quarter (125) taken.
        let parent = Parent { proportion: HALF, alpha: 100, root: 600, same_owner: false };
        let split = split(1000, child(100, 200, 0.25), &[parent], number(0.5), number(0.125));
        assert_eq!(split, Split { parents: vec![312], own: 625, recycled: 62 });
    }

    #[test]
    fn a_parent_of_the_same_coldkey_pays_neither() {
        let parent = Parent { proportion: HALF, alpha: 100, root: 600, same_owner: true };
        let split = split(1000, child(100, 200, 0.25), &[parent], number(0.5), number(0.125));
        assert_eq!(split, Split { parents: vec![500], own: 500, recycled: 0 });
    }

    #[test]
    fn stake_given_to_children_does_not_count() {
        let child = Child { given: &[HALF], ..child(400, 0, 0.0) };
        let parent = Parent { proportion: u64::MAX, alpha: 600, root: 0, same_owner: true };
        assert_eq!(split(800, child, &[parent], number(0.5), number(0.0)).parents, [600]);
        let everything_given = Child { given: &[u64::MAX, HALF], ..child };
        assert_eq!(split(800, everything_given, &[parent], number(0.5), number(0.0)).own, 0);
    }

    #[test]
    fn without_any_stake_the_child_keeps_the_dividend() {
        let parent = Parent { proportion: u64::MAX, alpha: 0, root: 0, same_owner: false };
        assert_eq!(split(7, child(0, 0, 0.0), &[parent], number(0.5), number(0.5)).own, 7);
    }

    proptest! {
        #[test]
        fn parts_never_exceed_the_dividend(
            dividend in any::<u64>(),
            (alpha, root) in any::<(u64, u64)>(),
            take in 0..=1_u128 << 31,
            burn in 0..=1_u128 << 31,
            parents in prop::collection::vec((any::<u64>(), any::<u64>(), any::<u64>(), any::<bool>()), 0..6),
        ) {
            let parents: Vec<_> = parents
                .into_iter()
                .map(|(proportion, alpha, root, same_owner)| Parent { proportion, alpha, root, same_owner })
                .collect();
            let child = Child { alpha, root, given: &[], childkey_take: U96F32::from_bits(take) };
            let split = split(dividend, child, &parents, number(0.18), U96F32::from_bits(burn));
            let parents: u128 = split.parents.iter().map(|&part| u128::from(part)).sum();
            prop_assert!(parents + u128::from(split.own) + u128::from(split.recycled) <= u128::from(dividend));
        }
    }
}
