//! Validator permits (section 07, 2.2).

use crate::number::I32F32;
use alloc::vec::Vec;

/// Whether `uid` may validate now: it holds a stored permit, or is the owner. A uid beyond the end of the stored list
/// may not, the owner neither.
pub(super) fn is_permitted(stored: &[bool], uid: usize, owner: Option<usize>) -> bool {
    stored.get(uid).is_some_and(|permit| *permit || owner == Some(uid))
}

/// The permits to store: the `seats` largest stake shares above zero, the higher uid before the lower one for equal
/// stake, and always the owner.
pub(super) fn new_permits(stake: &[I32F32], seats: u16, owner: Option<usize>) -> Vec<bool> {
    let mut permits: Vec<bool> = stake.iter().map(|stake| *stake != I32F32::ZERO).collect();
    let mut by_stake: Vec<(usize, I32F32)> = stake.iter().copied().enumerate().collect();
    by_stake.sort_by_key(|(_, stake)| *stake);
    let without_seat = stake.len().saturating_sub(usize::from(seats));
    for (uid, _) in by_stake.into_iter().take(without_seat) {
        set(&mut permits, uid, false);
    }
    if let Some(owner) = owner {
        set(&mut permits, owner, true);
    }
    permits
}

fn set(permits: &mut [bool], uid: usize, value: bool) {
    if let Some(permit) = permits.get_mut(uid) {
        *permit = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(stake: &[u8], seats: u16, owner: Option<usize>) -> Vec<bool> {
        let stake: Vec<I32F32> = stake.iter().map(|stake| I32F32::from_num(*stake) / 100).collect();
        new_permits(&stake, seats, owner)
    }

    #[test]
    fn the_higher_uid_survives_among_equals() {
        assert_eq!(permits(&[30, 30, 30, 10], 2, None), [false, true, true, false]);
    }

    #[test]
    fn no_stake_no_permit_except_the_owner() {
        assert_eq!(permits(&[0, 50, 50], 64, None), [false, true, true]);
        assert_eq!(permits(&[0, 50, 50], 0, Some(0)), [true, false, false]);
    }

    #[test]
    fn a_stored_permit_or_ownership_permits_but_not_beyond_the_list() {
        assert!(is_permitted(&[false, true], 1, None));
        assert!(is_permitted(&[false, true], 0, Some(0)));
        assert!(!is_permitted(&[false, true], 2, Some(2)));
    }
}
