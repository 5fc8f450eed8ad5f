//! From incentives and dividends to amounts (section 07, 2.12).

use super::matrix::sum;
use crate::number::{I32F32, I96F32, int, safe_div};
use alloc::vec::Vec;

/// What one neuron gets of the epoch's emission, in rao.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    pub server: u64,
    pub validator: u64,
    pub combined: u64,
}

/// Splits `emission` (rao) by incentive and dividends; where nobody has either, by active stake, or by stake where
/// nobody is active. Every amount is rounded down.
pub(super) fn amounts(
    emission: u64,
    incentive: &[I32F32],
    dividends: &[I32F32],
    stake: &[I32F32],
    active_stake: &[I32F32],
) -> Vec<Amounts> {
    let emission = I96F32::saturating_from_num(emission);
    let amount = |share: I32F32| int(I96F32::saturating_from_num(share).saturating_mul(emission));
    let combined: Vec<I32F32> = incentive
        .iter()
        .zip(dividends)
        .map(|(incentive, dividend)| incentive.saturating_add(*dividend))
        .collect();
    let total = sum(combined.iter().copied());
    if total == I32F32::ZERO {
        let nobody_active = sum(active_stake.iter().copied()) == I32F32::ZERO;
        let shares = if nobody_active { stake } else { active_stake };
        return shares
            .iter()
            .map(|share| Amounts { server: 0, validator: amount(*share), combined: amount(*share) })
            .collect();
    }
    let of_total = |share| amount(safe_div(share, total));
    incentive
        .iter()
        .zip(dividends)
        .zip(combined)
        .map(|((incentive, dividend), combined)| Amounts {
            server: of_total(*incentive),
            validator: of_total(*dividend),
            combined: of_total(combined),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_incentives_the_stake_decides() {
        let [none, quarter, half] = [0.0, 0.25, 0.5].map(I32F32::from_num);
        let by_stake = amounts(100, &[none; 2], &[none; 2], &[quarter, half], &[none; 2]);
        assert_eq!(by_stake[1], Amounts { server: 0, validator: 50, combined: 50 });
        let by_active_stake = amounts(100, &[none; 2], &[none; 2], &[quarter, half], &[half, none]);
        assert_eq!(by_active_stake[0].validator, 50);
        assert_eq!(by_active_stake[1].validator, 0);
    }

    #[test]
    fn miners_and_validators_share_in_halves() {
        let [none, one] = [I32F32::ZERO, I32F32::ONE];
        let shared = amounts(101, &[one, none], &[none, one], &[none; 2], &[none; 2]);
        assert_eq!(shared[0], Amounts { server: 50, validator: 0, combined: 50 });
        assert_eq!(shared[1], Amounts { server: 0, validator: 50, combined: 50 });
    }
}
