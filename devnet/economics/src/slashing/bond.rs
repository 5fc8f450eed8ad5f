//! Bonds: stake that its coldkey put at risk and cannot take away (document SLASHING, "Bonding").

use alloc::vec::Vec;
use thiserror::Error;

/// A coldkey's bond on one hotkey of one subnet; amounts in rao.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bond {
    /// Bonded until its coldkey says otherwise.
    pub bonded: u64,
    /// Amounts on their way out, each with the last block in which it is locked; earlier ones first.
    pub unbonding: Vec<(u64, u32)>,
}

/// Why a bond does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BondError {
    /// More than the stake that is not locked yet.
    #[error("the bond is above the free stake")]
    AboveFreeStake,
    /// More than is bonded.
    #[error("more is unbonded than is bonded")]
    AboveBond,
}

impl Bond {
    /// What is locked at block `now`, rao: bonded, or on its way out.
    pub fn locked(&self, now: u32) -> u64 {
        self.bonded.saturating_add(self.leaving(now))
    }

    /// What is on its way out and still locked at block `now`, rao.
    pub fn leaving(&self, now: u32) -> u64 {
        self.unbonding
            .iter()
            .filter(|(_, last)| now <= *last)
            .fold(0, |sum: u64, (amount, _)| sum.saturating_add(*amount))
    }

    /// Whether nothing is locked at block `now`.
    pub fn is_free(&self, now: u32) -> bool {
        self.locked(now) == 0
    }

    /// The bond with `amount` rao more, of a stake of `value` rao.
    ///
    /// # Errors
    /// [`BondError::AboveFreeStake`]
    pub fn increased(mut self, amount: u64, value: u64, now: u32) -> Result<Self, BondError> {
        if amount > value.saturating_sub(self.locked(now)) {
            return Err(BondError::AboveFreeStake);
        }
        self.bonded = self.bonded.saturating_add(amount);
        Ok(self.settled(now))
    }

    /// The bond with `amount` rao on their way out: locked for `window` more blocks, then free.
    ///
    /// # Errors
    /// [`BondError::AboveBond`]
    pub fn decreased(mut self, amount: u64, window: u32, now: u32) -> Result<Self, BondError> {
        self.bonded = self.bonded.checked_sub(amount).ok_or(BondError::AboveBond)?;
        let last = now.saturating_add(window);
        let mut bond = self.settled(now);
        if let Some((sum, _)) = bond.unbonding.iter_mut().find(|(_, other)| *other == last) {
            *sum = sum.saturating_add(amount);
        } else {
            let place = bond.unbonding.partition_point(|(_, other)| *other < last);
            bond.unbonding.insert(place, (amount, last));
        }
        Ok(bond)
    }

    /// The bond cut to a stake of `value` rao: what is bonded is kept first, then what is on its way out, the earliest
    /// first.
    #[must_use]
    pub fn cut(mut self, value: u64, now: u32) -> Self {
        self.bonded = self.bonded.min(value);
        let mut left = value.saturating_sub(self.bonded);
        let mut bond = self.settled(now);
        for (amount, _) in &mut bond.unbonding {
            *amount = left.min(*amount);
            left = left.saturating_sub(*amount);
        }
        bond.unbonding.retain(|(amount, _)| *amount > 0);
        bond
    }

    /// The bond without what is free by now.
    #[must_use]
    pub fn settled(mut self, now: u32) -> Self {
        self.unbonding.retain(|(_, last)| now <= *last);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    const NOW: u32 = 1_000;
    const WINDOW: u32 = 360;

    fn bond(bonded: u64, unbonding: &[(u64, u32)]) -> Bond {
        Bond { bonded, unbonding: unbonding.to_vec() }
    }

    #[test]
    fn a_bond_grows_up_to_the_stake() {
        let all = bond(60, &[]).increased(40, 100, NOW).unwrap();
        assert_eq!(all, bond(100, &[]));
        assert_eq!(all.increased(1, 100, NOW), Err(BondError::AboveFreeStake));
    }

    #[test]
    fn what_leaves_is_locked_for_the_window_and_not_longer() {
        let leaving = bond(100, &[]).decreased(30, WINDOW, NOW).unwrap();
        assert_eq!(leaving, bond(70, &[(30, NOW + WINDOW)]));
        assert_eq!((leaving.locked(NOW + WINDOW), leaving.locked(NOW + WINDOW + 1)), (100, 70));
        assert_eq!(leaving.clone().increased(1, 100, NOW + WINDOW), Err(BondError::AboveFreeStake));
        assert_eq!(leaving.increased(30, 100, NOW + WINDOW + 1), Ok(bond(100, &[])));
    }

    #[test]
    fn a_bond_is_free_once_nothing_of_it_is_locked() {
        assert!(!bond(1, &[]).is_free(NOW) && !bond(0, &[(1, NOW)]).is_free(NOW));
        assert!(bond(0, &[(1, NOW)]).is_free(NOW + 1) && bond(0, &[]).is_free(NOW));
    }

    #[test]
    fn no_more_leaves_than_is_bonded() {
        assert_eq!(bond(5, &[(9, NOW + 1)]).decreased(6, WINDOW, NOW), Err(BondError::AboveBond));
    }

    #[test]
    fn what_leaves_in_one_block_leaves_together_and_the_earlier_first() {
        let twice = bond(9, &[]).decreased(1, WINDOW, NOW).unwrap().decreased(2, WINDOW, NOW).unwrap();
        assert_eq!(twice, bond(6, &[(3, NOW + WINDOW)]));
        // The window has become shorter.
        let third = twice.decreased(4, 10, NOW + 1).unwrap();
        assert_eq!(third, bond(2, &[(4, NOW + 11), (3, NOW + WINDOW)]));
        let later = bond(5, &[(9, NOW + 1)]).decreased(2, WINDOW, NOW).unwrap();
        assert_eq!(later, bond(3, &[(9, NOW + 1), (2, NOW + WINDOW)]));
    }

    #[test]
    fn a_cut_takes_what_leaves_before_what_stays() {
        let whole = bond(60, &[(30, NOW), (10, NOW + 5)]);
        assert_eq!(whole.clone().cut(100, NOW), whole);
        assert_eq!(whole.clone().cut(92, NOW), bond(60, &[(30, NOW), (2, NOW + 5)]));
        assert_eq!(whole.clone().cut(70, NOW), bond(60, &[(10, NOW)]));
        assert_eq!(whole.clone().cut(50, NOW), bond(50, &[]));
        assert_eq!(whole.cut(0, NOW), Bond { bonded: 0, unbonding: vec![] });
    }
}
