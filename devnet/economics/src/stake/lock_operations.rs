//! What the calls do to locks and their aggregates (section 05, 8.3, 8.5 and 8.6).
//!
//! An aggregate is the sum of the locks on one hotkey with the same flags. The caller picks it by the flags
//! of the lock, reads a missing one as [`LockState::fresh`] of zero, and deletes what [`LockState::is_zero`]
//! (locks) or [`LockState::is_empty`] (aggregates) names.

use super::lock::{LockDelta, LockFlags, LockRates, LockState, roll, roll_pair};
use crate::number::{U64F64, safe_div};
use thiserror::Error;

/// Why stake cannot be locked (section 05, 8.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LockError {
    /// An amount of zero.
    #[error("the amount to lock is zero")]
    AmountTooLow,
    /// The lock would exceed the coldkey's stake on the subnet.
    #[error("the lock would exceed the stake of the coldkey on the subnet")]
    InsufficientStakeForLock,
}

/// `agg_reduce` (section 05, 8.3): the aggregate at `now`, less `delta`.
pub fn reduce_aggregate(
    aggregate: LockState,
    delta: LockDelta,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> LockState {
    roll(aggregate, now, rates, flags).reduce(delta)
}

/// `agg_add` (section 05, 8.3): the aggregate at `now` with `lock` merged, rolled again so that an owner's
/// aggregate has its mass as conviction.
pub fn add_to_aggregate(
    aggregate: LockState,
    lock: LockState,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> LockState {
    roll(roll(aggregate, now, rates, flags).merge(lock), now, rates, flags)
}

/// `lock_stake` (section 05, 8.5): the lock and its aggregate with `amount` rao more, at block `now`. `total`
/// is all stake of the coldkey on the subnet, in rao. Neither is to be saved on an error.
///
/// # Errors
/// An amount of zero, or a lock above `total`. That an existing lock names the same hotkey is the caller's to
/// check.
pub fn extend_lock(
    lock: LockState,
    aggregate: LockState,
    amount: u64,
    total: u64,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> Result<(LockState, LockState), LockError> {
    if amount == 0 {
        return Err(LockError::AmountTooLow);
    }
    let (rolled, aggregate) = roll_pair(lock, aggregate, now, rates, flags);
    let extended = if rolled.is_empty() {
        LockState::fresh(amount, now)
    } else {
        LockState { locked_mass: rolled.locked_mass.saturating_add(amount), ..rolled }
    };
    if extended.locked_mass > total {
        return Err(LockError::InsufficientStakeForLock);
    }
    let aggregate = add_to_aggregate(aggregate, LockState::fresh(amount, now), now, rates, flags);
    Ok((roll(extended, now, rates, flags), aggregate))
}

/// `move_lock` (section 05, 8.5): the lock, rolled where it was, as it is stored under its new hotkey.
/// Conviction is lost when the two hotkeys have different owners. `flags` are those under the new hotkey.
pub fn move_lock(
    rolled: LockState,
    same_owner: bool,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> LockState {
    let conviction = if same_owner { rolled.conviction } else { U64F64::ZERO };
    roll(LockState { conviction, ..rolled }, now, rates, flags)
}

/// Rao of a transfer of `amount` that must come out of the lock, because the unlocked part of `total` does
/// not cover it (section 05, 8.6, step 2: r). `total` is all stake of the origin on the subnet, before the
/// transfer.
pub fn locked_part_of_transfer(amount: u64, total: u64, locked_mass: u64) -> u64 {
    amount.saturating_sub(total.saturating_sub(locked_mass))
}

/// The two locks of a transfer after step 2 of section 05, 8.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferredLock {
    /// The sender's lock.
    pub origin: LockState,
    /// The receiver's lock.
    pub destination: LockState,
    /// What went from one to the other; with a mass of zero the receiver need not accept locked stake.
    pub moved: LockDelta,
}

/// Moves `required` rao of a transfer ([`locked_part_of_transfer`]) from one rolled lock to another, at most
/// the whole mass, and the same share of conviction, cut (section 05, 8.6, step 2).
pub fn transfer_lock(origin: LockState, destination: LockState, required: u64) -> TransferredLock {
    let mass = required.min(origin.locked_mass);
    let share = safe_div(U64F64::from_num(mass), U64F64::from_num(origin.locked_mass));
    let moved = LockDelta { locked_mass: mass, conviction: origin.conviction.saturating_mul(share) };
    let destination = LockState {
        locked_mass: destination.locked_mass.saturating_add(moved.locked_mass),
        conviction: destination.conviction.saturating_add(moved.conviction),
        ..destination
    };
    TransferredLock { origin: origin.reduce(moved), destination, moved }
}

/// `force-reduce` (section 05, 8.6): the lock and its aggregate with `amount` rao less, after stake left
/// without asking. A lock left without mass loses all its conviction, others the share of mass they lost,
/// cut.
pub fn force_reduce(
    lock: LockState,
    aggregate: LockState,
    amount: u64,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> (LockState, LockState) {
    let (rolled, aggregate) = roll_pair(lock, aggregate, now, rates, flags);
    let aggregate = roll(aggregate, now, rates, flags);
    let left = rolled.locked_mass.saturating_sub(amount);
    let reduced = if left == 0 {
        LockState::fresh(0, now)
    } else {
        let lost = safe_div(U64F64::from_num(amount), U64F64::from_num(rolled.locked_mass));
        let kept = U64F64::from_num(1).saturating_sub(lost);
        LockState { locked_mass: left, conviction: rolled.conviction.saturating_mul(kept), ..rolled }
    };
    (reduced, aggregate.reduce(rolled.delta_to(reduced)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATES: LockRates = LockRates { unlock: 934_866, maturity: 934_866 };
    const DECAYING: LockFlags = LockFlags { owner: false, perpetual: false };
    const OWNER: LockFlags = LockFlags { owner: true, perpetual: false };
    const NOW: u64 = 1_000;

    fn lock(locked_mass: u64, conviction: u64) -> LockState {
        LockState { locked_mass, conviction: U64F64::from_num(conviction), last_update: NOW }
    }

    const NONE: LockState = LockState { locked_mass: 0, conviction: U64F64::ZERO, last_update: NOW };

    #[test]
    fn locking_adds_to_the_lock_and_its_aggregate() {
        let first = extend_lock(NONE, NONE, 500, 900, NOW, RATES, DECAYING);
        assert_eq!(first, Ok((lock(500, 0), lock(500, 0))));
        let more = extend_lock(lock(500, 10), lock(800, 20), 400, 900, NOW, RATES, DECAYING);
        assert_eq!(more, Ok((lock(900, 10), lock(1_200, 20))));
        let owner = extend_lock(lock(500, 500), lock(800, 800), 400, 900, NOW, RATES, OWNER);
        assert_eq!(owner, Ok((lock(900, 900), lock(1_200, 1_200))));
    }

    #[test]
    fn an_aggregate_loses_each_part_down_to_zero() {
        let delta = LockDelta { locked_mass: 200, conviction: U64F64::from_num(400) };
        assert_eq!(reduce_aggregate(lock(500, 300), delta, NOW, RATES, DECAYING), lock(300, 0));
    }

    #[test]
    fn locking_nothing_or_more_than_the_stake_is_refused() {
        assert_eq!(extend_lock(NONE, NONE, 0, 900, NOW, RATES, DECAYING), Err(LockError::AmountTooLow));
        let too_much = Err(LockError::InsufficientStakeForLock);
        assert_eq!(extend_lock(lock(500, 0), lock(500, 0), 401, 900, NOW, RATES, DECAYING), too_much);
        assert_eq!(extend_lock(lock(500, 0), lock(500, 0), u64::MAX, 900, NOW, RATES, DECAYING), too_much);
    }

    #[test]
    fn a_lock_moved_to_another_owners_hotkey_starts_its_conviction_anew() {
        assert_eq!(move_lock(lock(500, 300), true, NOW, RATES, DECAYING), lock(500, 300));
        assert_eq!(move_lock(lock(500, 300), false, NOW, RATES, DECAYING), lock(500, 0));
        assert_eq!(move_lock(lock(500, 300), false, NOW, RATES, OWNER), lock(500, 500));
    }

    #[test]
    fn transfers_take_unlocked_stake_first() {
        assert_eq!(locked_part_of_transfer(600, 1_000, 400), 0);
        assert_eq!(locked_part_of_transfer(700, 1_000, 400), 100);
        assert_eq!(locked_part_of_transfer(700, 300, 400), 700);
        let halves = transfer_lock(lock(400, 200), lock(1_000, 7), 200);
        assert_eq!((halves.origin, halves.destination), (lock(200, 100), lock(1_200, 107)));
        assert_eq!(transfer_lock(NONE, lock(1_000, 7), 200).destination, lock(1_000, 7));
    }

    #[test]
    fn forced_reductions_take_conviction_with_mass() {
        let (own, sum) = force_reduce(lock(400, 200), lock(1_000, 500), 100, NOW, RATES, DECAYING);
        assert_eq!((own, sum), (lock(300, 150), lock(900, 450)));
        let (own, sum) = force_reduce(lock(400, 200), lock(1_000, 500), 400, NOW, RATES, DECAYING);
        assert_eq!((own, sum), (NONE, lock(600, 300)));
    }

    fn any_lock() -> impl Strategy<Value = LockState> {
        (any::<u64>(), any::<u128>(), any::<u64>()).prop_map(|(locked_mass, conviction, last_update)| {
            LockState { locked_mass, conviction: U64F64::from_bits(conviction), last_update }
        })
    }

    proptest! {
        #[test]
        fn a_transfer_neither_makes_nor_loses_mass(
            mass in 0..u64::MAX / 2, other in 0..u64::MAX / 2, required: u64,
        ) {
            let after = transfer_lock(lock(mass, mass), lock(other, other), required);
            prop_assert_eq!(after.origin.locked_mass + after.destination.locked_mass, mass + other);
            let conviction = after.origin.conviction + after.destination.conviction;
            prop_assert_eq!(conviction, U64F64::from_num(mass + other));
            prop_assert!(after.moved.locked_mass <= required);
        }

        #[test]
        fn no_lock_grows_when_it_is_reduced(
            own in any_lock(), sum in any_lock(), amount: u64, now: u64,
            unlock: u64, maturity: u64, perpetual: bool,
        ) {
            let rates = LockRates { unlock, maturity };
            let flags = LockFlags { owner: false, perpetual };
            let (reduced, aggregate) = force_reduce(own, sum, amount, now, rates, flags);
            prop_assert!(reduced.locked_mass <= own.locked_mass.saturating_sub(amount));
            prop_assert!(aggregate.locked_mass <= sum.locked_mass);
        }
    }
}
