//! How a block's TAO is divided between subnets (section 06, 3.1 and 3.2).
//!
//! "Moving" is the price of a subnet's alpha as [`super::moving_price::moving`] reads it. All lists are in the order of
//! the eligible subnets.

use crate::number::{U64F64, U96F32, safe_div};
use alloc::vec::Vec;

/// Which release's rule weighs the subnets. This is one of the two economic differences between 424 and 425.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShareRule {
    /// Price times the root proportion times what miners were not denied.
    V424,
    /// Price times what miners were not denied.
    #[default]
    V425,
}

/// What an eligible subnet's share depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Moving price, TAO per alpha.
    pub moving: U64F64,
    /// `MinerBurned`: part of the miners' emission that the last epoch withheld.
    pub miner_burned: U96F32,
    /// [`super::root_proportion::root_proportion`] before this block's injection; only the rule of 424 reads it.
    pub root_proportion: U96F32,
    /// `SubnetEmissionEnabled`.
    pub emission_enabled: bool,
}

/// Share of each subnet in the block's TAO (section 06, 3.1, steps 1 to 3). Quotients truncate and products floor, so
/// the shares sum to one at most.
pub fn shares(rule: ShareRule, candidates: &[Candidate]) -> Vec<U64F64> {
    let shares = weighted_shares(rule, candidates);
    if candidates.iter().all(|candidate| candidate.emission_enabled) {
        return shares;
    }
    let switched = |share: U64F64, candidate: &Candidate| {
        if candidate.emission_enabled { share } else { U64F64::ZERO }
    };
    let enabled: Vec<_> =
        shares.into_iter().zip(candidates).map(|(share, candidate)| switched(share, candidate)).collect();
    // With nothing enabled the total is zero and `safe_div` leaves every share at zero.
    divide_by_total(&enabled)
}

/// Rao each share is worth when the block minted `block_emission` rao (section 06, 3.1, step 4), floored twice: to 64
/// fraction bits, then to 32.
pub fn emissions(block_emission: u64, shares: &[U64F64]) -> Vec<U96F32> {
    let emission = U64F64::from_num(block_emission);
    shares.iter().map(|&share| U96F32::from_num(emission.saturating_mul(share))).collect()
}

/// Whether root dividends are paid rather than recycled: the moving prices of the eligible subnets sum to **more than**
/// one (section 06, 3.2).
pub fn root_sell_flag(moving: &[U64F64]) -> bool {
    total(moving) > U64F64::from_num(1)
}

fn weighted_shares(rule: ShareRule, candidates: &[Candidate]) -> Vec<U64F64> {
    let moving: Vec<_> = candidates.iter().map(|candidate| candidate.moving).collect();
    let by_price = divide_by_total(&moving);
    let weights: Vec<_> = by_price
        .iter()
        .zip(candidates)
        .map(|(&share, candidate)| share.saturating_mul(factor(rule, candidate)))
        .collect();
    if total(&weights) > U64F64::ZERO { divide_by_total(&weights) } else { by_price }
}

fn factor(rule: ShareRule, candidate: &Candidate) -> U64F64 {
    let one = U64F64::from_num(1);
    let kept = one - U64F64::saturating_from_num(candidate.miner_burned).min(one);
    match rule {
        ShareRule::V424 => U64F64::saturating_from_num(candidate.root_proportion).saturating_mul(kept),
        ShareRule::V425 => kept,
    }
}

fn divide_by_total(parts: &[U64F64]) -> Vec<U64F64> {
    let total = total(parts);
    parts.iter().map(|&part| safe_div(part, total)).collect()
}

fn total(parts: &[U64F64]) -> U64F64 {
    parts.iter().fold(U64F64::ZERO, |sum, &part| sum.saturating_add(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn candidate(moving: f64) -> Candidate {
        Candidate {
            moving: U64F64::from_num(moving),
            miner_burned: U96F32::ZERO,
            root_proportion: U96F32::from_num(1),
            emission_enabled: true,
        }
    }

    fn numbers(values: &[f64]) -> Vec<U64F64> {
        values.iter().map(|&value| U64F64::from_num(value)).collect()
    }

    #[test]
    fn shares_follow_the_moving_prices() {
        assert_eq!(shares(ShareRule::V425, &[candidate(0.75), candidate(0.25)]), numbers(&[0.75, 0.25]));
        assert_eq!(shares(ShareRule::V425, &[candidate(0.0), candidate(0.0)]), numbers(&[0.0, 0.0]));
        assert_eq!(shares(ShareRule::V425, &[]), Vec::<U64F64>::new());
    }

    #[test]
    fn withheld_miner_emission_lowers_a_share() {
        let burned = Candidate { miner_burned: U96F32::from_num(0.5), ..candidate(0.5) };
        // 0.5 * 0.5 against 0.5: a third and two thirds, truncated.
        let third = U64F64::from_num(1) / U64F64::from_num(3);
        assert_eq!(shares(ShareRule::V425, &[burned, candidate(0.5)]), vec![third, third + third]);
    }

    #[test]
    fn shares_by_price_stay_where_every_miner_is_burned() {
        let burned = |moving| Candidate { miner_burned: U96F32::from_num(7), ..candidate(moving) };
        assert_eq!(shares(ShareRule::V425, &[burned(0.75), burned(0.25)]), numbers(&[0.75, 0.25]));
    }

    #[test]
    fn release_424_also_weighs_by_the_root_proportion() {
        let light = Candidate { root_proportion: U96F32::from_num(0.25), ..candidate(0.5) };
        let heavy = Candidate { root_proportion: U96F32::from_num(0.75), ..candidate(0.5) };
        assert_eq!(shares(ShareRule::V424, &[light, heavy]), numbers(&[0.25, 0.75]));
        assert_eq!(shares(ShareRule::V425, &[light, heavy]), numbers(&[0.5, 0.5]));
    }

    #[test]
    fn a_disabled_subnet_leaves_its_share_to_the_others() {
        let disabled = Candidate { emission_enabled: false, ..candidate(0.5) };
        assert_eq!(
            shares(ShareRule::V425, &[disabled, candidate(0.25), candidate(0.25)]),
            numbers(&[0.0, 0.5, 0.5])
        );
        assert_eq!(shares(ShareRule::V425, &[disabled, disabled]), numbers(&[0.0, 0.0]));
    }

    #[test]
    fn emissions_floor() {
        let third = U64F64::from_num(1) / U64F64::from_num(3);
        assert_eq!(emissions(1_000_000_000, &[third])[0].to_bits(), 1_000_000_000 * (1 << 32) / 3);
        assert_eq!(emissions(1, &[U64F64::DELTA])[0], U96F32::ZERO);
    }

    #[test]
    fn the_root_sells_only_above_one() {
        assert!(!root_sell_flag(&numbers(&[0.5, 0.5])));
        assert!(root_sell_flag(&[U64F64::from_num(1), U64F64::DELTA]));
        assert!(root_sell_flag(&[U64F64::MAX, U64F64::MAX]));
    }

    fn any_candidate() -> impl Strategy<Value = Candidate> {
        (0..=u128::MAX >> 32, 0..=2_u128 << 32, 0..=1_u128 << 32, any::<bool>()).prop_map(
            |(moving, burned, root, emission_enabled)| Candidate {
                moving: U64F64::from_bits(moving),
                miner_burned: U96F32::from_bits(burned),
                root_proportion: U96F32::from_bits(root),
                emission_enabled,
            },
        )
    }

    proptest! {
        #[test]
        fn shares_sum_to_one_at_most(
            candidates in prop::collection::vec(any_candidate(), 0..40),
            rule in prop::sample::select(vec![ShareRule::V424, ShareRule::V425]),
        ) {
            let shares = shares(rule, &candidates);
            prop_assert_eq!(shares.len(), candidates.len());
            prop_assert!(total(&shares) <= U64F64::from_num(1));
            for (share, candidate) in shares.iter().zip(&candidates) {
                prop_assert!(candidate.emission_enabled || *share == U64F64::ZERO);
            }
        }
    }
}
