//! The stake weight of a hotkey on a subnet (section 06, 6).

use crate::number::{I64F64, U96F32, int, proportion_u64};

/// A child or parent relation: the proportion (parts of 2^64 - 1) of the stake that is passed on.
pub type Proportion = u64;

/// Stake of a hotkey after what it passes to its children and with what its parents pass to it, in rao, rounded down
/// (section 06, 6). The same for alpha (stakes on the subnet) and for TAO (stakes on the root network); relations are
/// those of the subnet. `parents` gives each parent's own stake.
pub fn inherited_stake(own: u64, children: &[Proportion], parents: &[(Proportion, u64)]) -> u64 {
    let own = U96F32::from(own);
    let add = |total: U96F32, part: U96F32| total.saturating_add(part);
    let to_children = children.iter().map(|proportion| own.saturating_mul(proportion_u64(*proportion)));
    let from_parents = parents
        .iter()
        .map(|(proportion, stake)| U96F32::from(*stake).saturating_mul(proportion_u64(*proportion)));
    let kept = own.saturating_sub(to_children.fold(U96F32::ZERO, add));
    int(kept.saturating_add(from_parents.fold(U96F32::ZERO, add)))
}

/// Stake weight in rao: inherited alpha, and inherited TAO times the chain's `TaoWeight` (parts of 2^64 - 1)
/// (section 06, 6). The product is rounded down.
pub fn stake_weight(alpha_inherited: u64, tao_inherited: u64, tao_weight: u64) -> I64F64 {
    let tao_weight = I64F64::saturating_from_num(proportion_u64(tao_weight));
    let tao = I64F64::saturating_from_num(tao_inherited).saturating_mul(tao_weight);
    I64F64::saturating_from_num(alpha_inherited).saturating_add(tao)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_stake_can_be_passed_on() {
        assert_eq!(inherited_stake(1_000, &[u64::MAX], &[]), 0);
        assert_eq!(inherited_stake(1_000, &[u64::MAX, 1 << 63], &[]), 0);
        assert_eq!(inherited_stake(5, &[], &[(u64::MAX, 1_000)]), 1_005);
        assert_eq!(inherited_stake(u64::MAX, &[], &[(u64::MAX, u64::MAX)]), u64::MAX);
    }

    #[test]
    fn a_proportion_is_cut_to_32_bits_first() {
        // One third of 2^64 - 1 is 0x55555555 / 2^32, just below one third.
        assert_eq!(inherited_stake(0, &[], &[(u64::MAX / 3, 3_000_000_000_000)]), 999_999_999_767);
    }

    #[test]
    fn the_default_tao_weight_has_32_fraction_bits() {
        let weight = stake_weight(7, 1 << 32, 971_718_665_099_567_868);
        assert_eq!(weight, I64F64::from_num(226_245_882 + 7));
    }

    #[test]
    fn amounts_beyond_the_format_are_clamped() {
        assert_eq!(stake_weight(u64::MAX, u64::MAX, u64::MAX), I64F64::MAX);
    }
}
