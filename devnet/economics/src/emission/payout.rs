//! What validators earn of a subnet's pending alpha (section 06, 4). Amounts are in rao of alpha.

use crate::number::{U96F32, safe_div};
use alloc::vec::Vec;

/// What a subnet has accumulated since its last epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// `PendingServerEmission`.
    pub server: u64,
    /// `PendingValidatorEmission`.
    pub validator: u64,
    /// `PendingRootAlphaDivs`.
    pub root: u64,
    /// `PendingOwnerCut`.
    pub owner_cut: u64,
}

impl Pending {
    /// Emission the epoch is run with: all but the owner's cut (section 06, 4, step 1).
    pub fn epoch_emission(self) -> u64 {
        self.server.saturating_add(self.validator).saturating_add(self.root)
    }

    /// What validators and their stakers share, `V` (section 06, 4, step 2): where no miner earned anything, the
    /// miners' part too. `incentives` is the sum of the epoch's incentive amounts.
    pub fn validator_pot(self, incentives: u64) -> u64 {
        if incentives == 0 { self.validator.saturating_add(self.server) } else { self.validator }
    }
}

/// A hotkey with a dividend, after the split between parents and children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earner {
    /// Sum of what [`super::parents::split`] gave it.
    pub dividend: U96F32,
    /// `TotalHotkeyAlpha` on the subnet.
    pub alpha: u64,
    /// `TotalHotkeyAlpha` on root.
    pub root: u64,
}

/// What a hotkey and its stakers get, before the take, in rao with fractions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// From the validators' pot, for alpha stake.
    pub alpha: U96F32,
    /// From the root's pot, for root stake.
    pub root: U96F32,
}

/// Divides both pots over `earners`, which are in ascending account order (section 06, 4, steps 5 and 6).
///
/// Dividends count only as proportions. Each is first split by where the hotkey's stake lies, then every share is
/// truncated before it multiplies the pot, so the payouts of a pot sum to the pot at most; a pot without dividends is
/// paid to nobody.
pub fn payouts(earners: &[Earner], validator_pot: u64, root_pot: u64, tao_weight: U96F32) -> Vec<Payout> {
    let dividends: Vec<_> = earners.iter().map(|earner| by_stake(earner, tao_weight)).collect();
    let total = dividends.iter().fold(Payout::default(), |sum, dividend| Payout {
        alpha: sum.alpha.saturating_add(dividend.alpha),
        root: sum.root.saturating_add(dividend.root),
    });
    let part = |pot: u64, dividend, total| U96F32::from_num(pot).saturating_mul(safe_div(dividend, total));
    let pay = |dividend: &Payout| Payout {
        alpha: part(validator_pot, dividend.alpha, total.alpha),
        root: part(root_pot, dividend.root, total.root),
    };
    dividends.iter().map(pay).collect()
}

/// `MinerBurned`: the withheld part of the miners' emission, truncated; zero without emission (section 06, 4.2, 3).
pub fn miner_burned(withheld: u64, total: u64) -> U96F32 {
    safe_div(U96F32::from_num(withheld), U96F32::from_num(total))
}

/// A dividend split into what alpha and what root stake earned.
fn by_stake(earner: &Earner, tao_weight: U96F32) -> Payout {
    let weighted_root = U96F32::from_num(earner.root).saturating_mul(tao_weight);
    let stake = U96F32::from_num(earner.alpha).saturating_add(weighted_root);
    let root = earner.dividend.saturating_mul(safe_div(weighted_root, stake));
    Payout { alpha: earner.dividend.saturating_sub(root), root }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::int;
    use alloc::vec;
    use proptest::prelude::*;

    fn number(value: f64) -> U96F32 {
        U96F32::from_num(value)
    }

    fn earner(dividend: f64, alpha: u64, root: u64) -> Earner {
        Earner { dividend: number(dividend), alpha, root }
    }

    #[test]
    fn the_miners_part_goes_to_validators_only_where_no_miner_earned() {
        let pending = Pending { server: 10, validator: 7, root: 3, owner_cut: 5 };
        assert_eq!(pending.epoch_emission(), 20);
        assert_eq!(pending.validator_pot(1), 7);
        assert_eq!(pending.validator_pot(0), 17);
    }

    #[test]
    fn dividends_are_split_by_where_the_stake_lies() {
        // The first hotkey: 100 alpha and 200 root at weight one half, so half of its dividend is root's.
        let earners = [earner(8.0, 100, 200), earner(12.0, 50, 0)];
        let paid = payouts(&earners, 1600, 30, number(0.5));
        assert_eq!(paid[0], Payout { alpha: number(400.0), root: number(30.0) });
        assert_eq!(paid[1], Payout { alpha: number(1200.0), root: number(0.0) });
    }

    #[test]
    fn without_stake_a_dividend_counts_as_alpha() {
        let paid = payouts(&[earner(1.0, 0, 0)], 100, 50, number(0.5));
        assert_eq!(paid, vec![Payout { alpha: number(100.0), root: number(0.0) }]);
    }

    #[test]
    fn without_dividends_nothing_is_paid() {
        assert_eq!(payouts(&[earner(0.0, 5, 5)], 100, 50, number(0.5)), vec![Payout::default()]);
        assert_eq!(payouts(&[], 100, 50, number(0.5)), vec![]);
    }

    #[test]
    fn shares_are_cut_before_they_multiply() {
        let paid = payouts(&[earner(1.0, 1, 0), earner(2.0, 1, 0)], 3_000_000_000, 0, U96F32::ZERO);
        // 1431655765 / 2^32 is just below a third.
        assert_eq!(paid[0].alpha.to_bits(), 3_000_000_000 * 1_431_655_765);
    }

    #[test]
    fn withheld_part() {
        assert_eq!(miner_burned(1, 4), number(0.25));
        assert_eq!(miner_burned(0, 0), number(0.0));
    }

    proptest! {
        #[test]
        fn payouts_never_exceed_the_pots(
            earners in prop::collection::vec((0..=1_u128 << 80, any::<u64>(), any::<u64>()), 0..20),
            validator_pot in any::<u64>(),
            root_pot in any::<u64>(),
            weight in 0..=1_u128 << 32,
        ) {
            let earners: Vec<_> = earners
                .into_iter()
                .map(|(dividend, alpha, root)| Earner { dividend: U96F32::from_bits(dividend), alpha, root })
                .collect();
            let paid = payouts(&earners, validator_pot, root_pot, U96F32::from_bits(weight));
            let alpha: u128 = paid.iter().map(|payout| u128::from(int(payout.alpha))).sum();
            let root: u128 = paid.iter().map(|payout| u128::from(int(payout.root))).sum();
            prop_assert!(alpha <= u128::from(validator_pot));
            prop_assert!(root <= u128::from(root_pot));
        }
    }
}
