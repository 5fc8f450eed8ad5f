//! Who is active, and with how much stake (section 07, 2.1 and 2.3).

use super::matrix::normalized;
use super::permits;
use crate::number::{I32F32, I64F64, int, safe_div};
use alloc::vec::Vec;

/// Blocks without an update after which a neuron is inactive (section 07, 2.1): thousandths of a tempo, rounded
/// down, and at least one.
pub fn activity_cutoff(factor_milli: u32, tempo: u16) -> u64 {
    (u64::from(factor_milli) * u64::from(tempo) / 1000).max(1)
}

/// Whether a neuron that last set weights at block `last_update` is active at `block` (section 07, 2.1).
pub fn is_active(last_update: u64, cutoff: u64, block: u64) -> bool {
    last_update.saturating_add(cutoff) >= block
}

/// Share of each uid in the subnet's stake weight (section 07, 2.1). Stake weights below `threshold` (rao, whole
/// part) count as zero, except the owner's.
pub(super) fn stake_shares(
    stake_weights: &[I64F64],
    n: usize,
    threshold: u64,
    owner: Option<usize>,
) -> Vec<I32F32> {
    let counted: Vec<I64F64> = (0..n)
        .map(|uid| {
            let stake = stake_weights.get(uid).copied().unwrap_or(I64F64::ZERO);
            if owner != Some(uid) && int(stake) < threshold { I64F64::ZERO } else { stake }
        })
        .collect();
    let total = counted.iter().copied().fold(I64F64::ZERO, I64F64::saturating_add);
    let share = |stake| {
        if total == I64F64::ZERO { stake } else { safe_div(stake, total) }
    };
    counted.into_iter().map(|stake| I32F32::saturating_from_num(share(stake))).collect()
}

/// Stake shares of the active neurons with a permit, normalised among themselves (section 07, 2.3). A uid without an
/// entry in `active` or `permits` is left out, but an empty list leaves out nobody.
pub(super) fn active_stake(
    stake: &[I32F32],
    active: &[bool],
    permits: &[bool],
    owner: Option<usize>,
) -> Vec<I32F32> {
    let takes_part = |uid| {
        (active.is_empty() || active.get(uid).copied().unwrap_or(false))
            && (permits.is_empty() || permits::is_permitted(permits, uid, owner))
    };
    let stake = stake.iter().enumerate();
    normalized(stake.map(|(uid, &stake)| if takes_part(uid) { stake } else { I32F32::ZERO }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_cutoff_is_5000_blocks() {
        assert_eq!(activity_cutoff(13_889, 360), 5000);
        assert_eq!(activity_cutoff(1000, 0), 1);
        assert_eq!(activity_cutoff(u32::MAX, u16::MAX), 281_470_681_677);
    }

    #[test]
    fn a_neuron_is_active_up_to_the_cutoff() {
        assert!(is_active(100, 50, 150));
        assert!(!is_active(100, 50, 151));
        assert!(is_active(u64::MAX, 50, u64::MAX));
    }

    #[test]
    fn stake_below_the_threshold_counts_only_for_the_owner() {
        let stake = [10, 30, 10].map(I64F64::from_num);
        let half = I32F32::from_num(0.5);
        assert_eq!(stake_shares(&stake, 3, 11, None), [I32F32::ZERO, I32F32::ONE, I32F32::ZERO]);
        assert_eq!(stake_shares(&stake, 3, 31, Some(2))[2], I32F32::ONE);
        assert_eq!(stake_shares(&stake[..1], 2, 0, None), [I32F32::ONE, I32F32::ZERO]);
        assert_eq!(stake_shares(&[stake[0], stake[2]], 2, 10, None), [half; 2]);
    }

    #[test]
    fn a_share_below_the_resolution_of_i32f32_is_zero() {
        let stake = [I64F64::from_num(1_u64 << 40), I64F64::from_num(1)];
        assert_eq!(stake_shares(&stake, 2, 0, None)[1], I32F32::ZERO);
    }

    #[test]
    fn an_empty_list_masks_nobody_and_a_short_one_masks_the_rest() {
        let stake = [I32F32::from_num(0.5); 2];
        let (first, nobody) = ([I32F32::ONE, I32F32::ZERO], [I32F32::ZERO; 2]);
        assert_eq!(active_stake(&stake, &[], &[], None), stake);
        assert_eq!(active_stake(&stake, &[true], &[], None), first);
        assert_eq!(active_stake(&stake, &[], &[true], Some(1)), first);
        assert_eq!(active_stake(&stake, &[], &[true, false], Some(1)), stake);
        assert_eq!(active_stake(&stake, &[false, false], &[], None), nobody);
    }
}
