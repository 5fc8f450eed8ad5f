//! The stake of one hotkey on one subnet, divided among its coldkeys by shares (section 05, 1).
//!
//! A caller reads three stored values (the pool's two and one coldkey's share), calls, and writes three back;
//! a zero is stored as "entry removed". A hotkey's dividends change the pool's value and no share, so they
//! reach every coldkey in one write.
//!
//! Shares are decimal numbers of 21 digits that are cut, so a pool that shrinks a great deal in shares and
//! then grows a great deal in value may owe its coldkeys slightly more than it holds. The chain's behaviour
//! is kept as it is.

use super::safe_float::SafeFloat;

/// The stake of one hotkey on one subnet (section 05, 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SharePool {
    /// All stake of the hotkey on the subnet, in rao of alpha (`TotalHotkeyAlpha`).
    pub value: u64,
    /// All shares of the pool (`TotalHotkeySharesV2`).
    pub denominator: SafeFloat,
}

impl SharePool {
    /// What `share` is worth, in rao: value * share / denominator, rounded down (section 05, 1). Zero without
    /// shares.
    pub fn value_of(self, share: SafeFloat) -> u64 {
        let value = SafeFloat::from_integer(self.value.into());
        value.multiply_divide(share, self.denominator).map_or(0, SafeFloat::to_u64)
    }

    /// Adds `delta` rao to all coldkeys in proportion to their shares, clamped at 0 and [`u64::MAX`] (section
    /// 05, 1).
    #[must_use]
    pub fn update_all(self, delta: i64) -> Self {
        Self { value: self.value.saturating_add_signed(delta), ..self }
    }

    /// Adds `delta` rao to the coldkey that holds `share`; gives the pool and the share after it (section 05,
    /// 1).
    ///
    /// The first stake of a pool without shares gets one share a rao. A pool that has shares but no value
    /// left gives no share for new stake: its value grows for the shares that exist.
    /// [`would_accept`](Self::would_accept) warns of it.
    #[must_use]
    pub fn update_one(self, share: SafeFloat, delta: i64) -> (Self, SafeFloat) {
        let pool = self.update_all(delta);
        let amount = magnitude(delta);
        if self.denominator.is_zero() {
            return (Self { denominator: amount, ..pool }, amount);
        }
        let moved = self.shares_for(amount);
        if delta > 0 {
            return (Self { denominator: self.denominator.plus(moved), ..pool }, share.plus(moved));
        }
        let denominator = self.denominator.minus(moved).unwrap_or(self.denominator);
        (Self { denominator, ..pool }, share.minus(moved).unwrap_or(share))
    }

    /// Whether a stake of `amount` rao would get any share ("sim update", section 05, 1).
    pub fn would_accept(self, amount: u64) -> bool {
        self.denominator.is_zero() || !self.shares_for(magnitude(amount.cast_signed())).is_zero()
    }

    /// Stakes `amount` rao for the coldkey that holds `share` (section 05, 1, "increase").
    ///
    /// The amount is reinterpreted as signed, so one of 2^63 or more takes stake away; no subnet can issue
    /// that much.
    #[must_use]
    pub fn increase(self, share: SafeFloat, amount: u64) -> (Self, SafeFloat) {
        self.update_one(share, amount.cast_signed())
    }

    /// Unstakes `amount` rao of the coldkey that holds `share` (section 05, 1, "decrease"); without a share,
    /// or when it is worth less than `amount`, nothing happens.
    #[must_use]
    pub fn decrease(self, share: SafeFloat, amount: u64) -> (Self, SafeFloat) {
        if share.is_zero() || self.value_of(share) < amount {
            return (self, share);
        }
        self.update_one(share, amount.cast_signed().wrapping_neg())
    }

    /// The shares that `amount` is worth at the pool's present value, cut; zero in a pool without value.
    fn shares_for(self, amount: SafeFloat) -> SafeFloat {
        let value = SafeFloat::from_integer(self.value.into());
        amount.multiply_divide(self.denominator, value).unwrap_or(SafeFloat::ZERO)
    }
}

fn magnitude(delta: i64) -> SafeFloat {
    SafeFloat::from_integer(delta.unsigned_abs().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EMPTY: SharePool = SharePool { value: 0, denominator: SafeFloat::ZERO };

    #[test]
    fn stake_gets_no_share_of_shares_without_value() {
        let pool = |value| SharePool { value, denominator: SafeFloat::from_integer(1_000) };
        assert!(EMPTY.would_accept(5) && pool(1_000).would_accept(5));
        assert!(!pool(0).would_accept(5));
    }

    #[test]
    fn the_first_stake_gets_one_share_a_rao() {
        let (pool, share) = EMPTY.increase(SafeFloat::ZERO, 1_000);
        assert_eq!(
            (pool.value, pool.denominator, share),
            (1_000, SafeFloat::from_integer(1_000), pool.denominator)
        );
        assert_eq!(pool.value_of(share), 1_000);
    }

    #[test]
    fn dividends_reach_every_coldkey_in_proportion() {
        let (pool, one) = EMPTY.increase(SafeFloat::ZERO, 1);
        let (pool, four) = pool.increase(SafeFloat::ZERO, 4);
        let pool = pool.update_all(95);
        assert_eq!((pool.value_of(one), pool.value_of(four)), (20, 80));
    }

    #[test]
    fn unstaking_everything_empties_the_pool() {
        let (pool, share) = EMPTY.increase(SafeFloat::ZERO, 7);
        assert_eq!(pool.decrease(share, 7), (EMPTY, SafeFloat::ZERO));
    }

    #[test]
    fn unstaking_too_much_or_without_a_share_does_nothing() {
        let (pool, share) = EMPTY.increase(SafeFloat::ZERO, 7);
        assert_eq!(pool.decrease(share, 8), (pool, share));
        assert_eq!(pool.decrease(SafeFloat::ZERO, 0), (pool, SafeFloat::ZERO));
    }

    #[test]
    fn a_pool_drained_of_value_gives_no_share_for_new_stake() {
        let (pool, share) = EMPTY.increase(SafeFloat::ZERO, 7);
        let drained = pool.update_all(-7);
        assert!(!drained.would_accept(1_000));
        let (after, newcomer) = drained.increase(SafeFloat::ZERO, 1_000);
        assert_eq!((after.value, newcomer), (1_000, SafeFloat::ZERO));
        assert_eq!(after.value_of(share), 1_000);
    }

    #[test]
    fn amounts_beyond_the_signed_range_change_sign() {
        let pool = SharePool { value: u64::MAX, denominator: SafeFloat::from_integer(u64::MAX.into()) };
        let (after, share) = pool.increase(SafeFloat::ZERO, u64::MAX);
        assert_eq!((after.value, share), (u64::MAX - 1, SafeFloat::ZERO));
    }

    /// The chain's own rounding: 12,877 of 12,878 shares leave, and the digits lost beside them weigh on what
    /// remains.
    #[test]
    fn a_pool_that_shrank_and_then_earned_owes_more_than_it_holds() {
        let pool = EMPTY.update_all(4_383_139_489_157);
        let (pool, first) = pool.increase(SafeFloat::ZERO, 12_877);
        let (pool, second) = pool.increase(SafeFloat::ZERO, 1);
        let (pool, first) = pool.decrease(first, pool.value_of(first));
        let (pool, third) = pool.increase(SafeFloat::ZERO, 1);
        let pool = pool.update_all(284_513_008);
        assert_eq!(pool.value, 284_513_010);
        assert_eq!(owed(pool, &[first, second, third]), 284_513_011);
    }

    const COLDKEYS: usize = 4;
    /// All alpha a subnet can issue.
    const SUPPLY: u64 = 21_000_000_000_000_000;

    #[derive(Clone, Debug)]
    enum Operation {
        Increase(usize, u64),
        /// Up to half of the coldkey's stake, in parts of 510.
        Decrease(usize, u8),
        Reward(u64),
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let amount = 1..50_000_000_000_u64;
        prop_oneof![
            (0..COLDKEYS, amount.clone()).prop_map(|(coldkey, amount)| Operation::Increase(coldkey, amount)),
            (0..COLDKEYS, any::<u8>()).prop_map(|(coldkey, part)| Operation::Decrease(coldkey, part)),
            amount.prop_map(Operation::Reward),
        ]
    }

    fn apply(pool: &mut SharePool, shares: &mut [SafeFloat; COLDKEYS], operation: &Operation) {
        let (coldkey, (after, share)) = match *operation {
            Operation::Increase(coldkey, amount) => (coldkey, pool.increase(shares[coldkey], amount)),
            Operation::Decrease(coldkey, part) => {
                let amount = pool.value_of(shares[coldkey]) / 510 * u64::from(part);
                (coldkey, pool.decrease(shares[coldkey], amount))
            }
            Operation::Reward(amount) => {
                *pool = pool.update_all(amount.cast_signed());
                return;
            }
        };
        *pool = after;
        shares[coldkey] = share;
    }

    fn owed(pool: SharePool, shares: &[SafeFloat]) -> u128 {
        shares.iter().map(|&share| u128::from(pool.value_of(share))).sum()
    }

    proptest! {
        /// Twenty halvings cost six of the 21 digits, and 10^12 rao need twelve more: no whole rao can be
        /// lost.
        #[test]
        fn never_owes_more_than_it_holds(operations in proptest::collection::vec(operation(), 1..20)) {
            let (mut pool, mut shares) = (EMPTY, [SafeFloat::ZERO; COLDKEYS]);
            for operation in &operations {
                apply(&mut pool, &mut shares, operation);
                prop_assert!(owed(pool, &shares) <= u128::from(pool.value), "{pool:?} {shares:?}");
            }
        }

        #[test]
        fn new_stake_is_worth_itself_less_one_rao(
            value in 1..SUPPLY, denominator in 1..SUPPLY, amount in 1..SUPPLY,
        ) {
            let pool = SharePool { value, denominator: SafeFloat::from_integer(denominator.into()) };
            let (after, share) = pool.increase(SafeFloat::ZERO, amount);
            prop_assert!(after.value_of(share) <= amount);
            prop_assert!(after.value_of(share) + 1 >= amount);
        }

        #[test]
        fn any_sequence_of_any_amounts_is_computed(
            value: u64, mantissa: u128, exponent: i64, share: u128, deltas: Vec<(bool, u64)>,
        ) {
            let mut pool = SharePool { value, denominator: SafeFloat { mantissa, exponent } };
            let mut share = SafeFloat { mantissa: share, exponent };
            for (one, delta) in deltas {
                let before = pool.value;
                if one {
                    (pool, share) = pool.update_one(share, delta.cast_signed());
                } else {
                    pool = pool.update_all(delta.cast_signed());
                }
                prop_assert_eq!(pool.value, before.saturating_add_signed(delta.cast_signed()));
                (pool, share) = pool.decrease(share, pool.value_of(share));
                let _accepted = pool.would_accept(delta);
            }
        }
    }
}
