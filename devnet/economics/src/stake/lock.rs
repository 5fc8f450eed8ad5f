//! The state of a lock and how it changes with time (section 05, 8.1 to 8.3).

use crate::number::{I64F64, U64F64, int, safe_div, safe_div_or};
use crate::transcendental::exp;

/// Below this many rao of mass, and the same of conviction, a lock counts as nothing (section 05, 8).
const DUST: u64 = 100;
/// The exponential is never asked for anything below e^-40.
const LOWEST_EXPONENT: I64F64 = I64F64::const_from_int(-40);

/// Stake a coldkey promised to keep on one subnet, or the sum of such promises to one hotkey (section 05, 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LockState {
    /// Rao of alpha that cannot be taken out.
    pub locked_mass: u64,
    /// Weight of the promise in the choice of the subnet's owner, in rao of alpha.
    pub conviction: U64F64,
    /// Block of the last roll.
    pub last_update: u64,
}

/// How fast locks open and convictions ripen, in blocks (section 05, 8; both 934,866 by default).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockRates {
    /// `UnlockRate`: a decaying mass falls by a factor e in this time.
    pub unlock: u64,
    /// `MaturityRate`: a conviction comes within 1/e of its mass in this time.
    pub maturity: u64,
}

/// The flags of a lock (section 05, 8.3): which aggregate it counts in, and how it rolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockFlags {
    /// Its hotkey is the subnet owner's hotkey: conviction is the mass at once.
    pub owner: bool,
    /// It does not decay: the mass stays.
    pub perpetual: bool,
}

/// What a roll took away, each part clamped at zero (section 05, 8.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LockDelta {
    /// Rao of mass.
    pub locked_mass: u64,
    /// Conviction.
    pub conviction: U64F64,
}

impl LockState {
    /// A lock without conviction yet; with a mass of zero, what a missing lock or aggregate reads as (section
    /// 05, 8.3).
    pub fn fresh(locked_mass: u64, now: u64) -> Self {
        Self { locked_mass, conviction: U64F64::ZERO, last_update: now }
    }

    /// Whether an individual lock counts as nothing and is deleted: both parts below 100 (section 05, 8).
    pub fn is_zero(self) -> bool {
        self.locked_mass < DUST && self.conviction < DUST
    }

    /// Whether an aggregate is deleted: both parts exactly zero (section 05, 8.3).
    pub fn is_empty(self) -> bool {
        self.locked_mass == 0 && self.conviction == U64F64::ZERO
    }

    /// Two locks as one: sums that saturate, and the later update (section 05, 8.3).
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            locked_mass: self.locked_mass.saturating_add(other.locked_mass),
            conviction: self.conviction.saturating_add(other.conviction),
            last_update: self.last_update.max(other.last_update),
        }
    }

    /// Less `delta`, each part clamped at zero (section 05, 8.3).
    #[must_use]
    pub fn reduce(self, delta: LockDelta) -> Self {
        Self {
            locked_mass: self.locked_mass.saturating_sub(delta.locked_mass),
            conviction: self.conviction.saturating_sub(delta.conviction),
            ..self
        }
    }

    /// What `later` has less than this (section 05, 8.2).
    pub fn delta_to(self, later: Self) -> LockDelta {
        LockDelta {
            locked_mass: self.locked_mass.saturating_sub(later.locked_mass),
            conviction: self.conviction.saturating_sub(later.conviction),
        }
    }
}

/// e^(-blocks / rate), between 0 and 1 (section 05, 8.1): 1 for no blocks, 0 for a rate of zero.
pub fn decay(blocks: u64, rate: u64) -> U64F64 {
    if blocks == 0 {
        return U64F64::from_num(1);
    }
    if rate == 0 {
        return U64F64::ZERO;
    }
    let elapsed = I64F64::saturating_from_num(-i128::from(blocks));
    let exponent = safe_div_or(elapsed, I64F64::saturating_from_num(rate), LOWEST_EXPONENT);
    let factor = exp(exponent.max(LOWEST_EXPONENT)).unwrap_or(I64F64::ZERO);
    U64F64::saturating_from_num(factor)
}

/// The lock at block `now` (section 05, 8.2). Products are cut; a block before the last update changes no
/// amount.
pub fn roll(lock: LockState, now: u64, rates: LockRates, flags: LockFlags) -> LockState {
    let mut rolled = if now > lock.last_update { age(lock, now, rates, flags.perpetual) } else { lock };
    if flags.owner {
        rolled.conviction = U64F64::from_num(rolled.locked_mass);
    }
    if rolled.is_zero() {
        rolled.locked_mass = 0;
        rolled.conviction = U64F64::ZERO;
    }
    rolled
}

/// A coldkey's lock and the aggregate it counts in, both at block `now` (section 05, 8.3).
///
/// What the lock lost is taken from the aggregate, which then is not decayed itself; only when the lock lost
/// nothing does the aggregate roll.
pub fn roll_pair(
    lock: LockState,
    aggregate: LockState,
    now: u64,
    rates: LockRates,
    flags: LockFlags,
) -> (LockState, LockState) {
    let rolled = roll(lock, now, rates, flags);
    let lost = lock.delta_to(rolled);
    if lost == LockDelta::default() {
        return (rolled, roll(aggregate, now, rates, flags));
    }
    (rolled, LockState { last_update: now, ..aggregate.reduce(lost) })
}

/// Stake of a coldkey that is not locked, in rao, from all its stake on the subnet and the rolled mass
/// (section 05, 8.4).
pub fn available(total: u64, locked_mass: u64) -> u64 {
    total.saturating_sub(locked_mass)
}

fn age(lock: LockState, now: u64, rates: LockRates, perpetual: bool) -> LockState {
    let blocks = now.saturating_sub(lock.last_update);
    let mass = U64F64::from_num(lock.locked_mass);
    let unlocked = decay(blocks, rates.unlock);
    let matured = decay(blocks, rates.maturity);
    let gained = if perpetual {
        mass.saturating_mul(U64F64::from_num(1).saturating_sub(matured))
    } else {
        mass.saturating_mul(ripening(blocks, rates, unlocked, matured))
    };
    LockState {
        locked_mass: if perpetual { lock.locked_mass } else { int(unlocked.saturating_mul(mass)) },
        conviction: matured.saturating_mul(lock.conviction).saturating_add(gained),
        last_update: now,
    }
}

/// Conviction that each rao of a decaying mass gains in `blocks`; `unlocked` and `matured` are the decays of
/// the two rates over them.
fn ripening(blocks: u64, rates: LockRates, unlocked: U64F64, matured: U64F64) -> U64F64 {
    if rates.unlock == rates.maturity {
        let lifetimes = safe_div(U64F64::from_num(blocks), U64F64::from_num(rates.maturity));
        return lifetimes.saturating_mul(matured);
    }
    if rates.unlock == 0 || rates.maturity == 0 {
        return U64F64::ZERO;
    }
    let unlock = I64F64::saturating_from_num(rates.unlock);
    let gap = I64F64::saturating_from_num(i128::from(rates.unlock) - i128::from(rates.maturity));
    let ahead = I64F64::saturating_from_num(unlocked).saturating_sub(I64F64::saturating_from_num(matured));
    U64F64::saturating_from_num(safe_div(unlock.saturating_mul(ahead), gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATES: LockRates = LockRates { unlock: 934_866, maturity: 934_866 };
    const DECAYING: LockFlags = LockFlags { owner: false, perpetual: false };
    const PERPETUAL: LockFlags = LockFlags { owner: false, perpetual: true };
    const OWNER: LockFlags = LockFlags { owner: true, perpetual: false };

    fn lock(locked_mass: u64, conviction: u64, last_update: u64) -> LockState {
        LockState { locked_mass, conviction: U64F64::from_num(conviction), last_update }
    }

    #[test]
    fn decay_starts_at_one_and_stops_at_the_lowest_exponent() {
        assert_eq!(decay(0, 0), U64F64::from_num(1));
        assert_eq!(decay(1, 0), U64F64::ZERO);
        assert_eq!(decay(7, 7).to_bits(), 6_786_177_901_268_885_275);
        assert_eq!(decay(40, 1).to_bits(), 78);
        assert_eq!(decay(u64::MAX, 1).to_bits(), 78);
    }

    #[test]
    fn a_decaying_lock_opens_and_a_perpetual_one_does_not() {
        let start = lock(1_000_000, 0, 0);
        let decaying = roll(start, 934_866, RATES, DECAYING);
        assert_eq!((decaying.locked_mass, int(decaying.conviction)), (367_879, 367_879));
        let perpetual = roll(start, 934_866, RATES, PERPETUAL);
        assert_eq!((perpetual.locked_mass, int(perpetual.conviction)), (1_000_000, 632_120));
    }

    #[test]
    fn an_owner_lock_has_its_mass_as_conviction_without_waiting() {
        assert_eq!(roll(lock(5_000, 0, 9), 9, RATES, OWNER), lock(5_000, 5_000, 9));
    }

    #[test]
    fn dust_is_nothing_once_both_parts_are_small() {
        assert_eq!(roll(lock(99, 99, 9), 9, RATES, DECAYING), lock(0, 0, 9));
        assert_eq!(roll(lock(99, 100, 9), 9, RATES, DECAYING), lock(99, 100, 9));
        assert_eq!(roll(lock(100, 99, 9), 9, RATES, DECAYING), lock(100, 99, 9));
    }

    #[test]
    fn an_aggregate_is_empty_only_without_both_parts() {
        assert!(lock(0, 0, 9).is_empty());
        assert!(!lock(1, 0, 9).is_empty() && !lock(0, 1, 9).is_empty());
    }

    #[test]
    fn without_one_of_two_rates_a_decaying_mass_gains_no_conviction() {
        let at_once = LockRates { maturity: 0, ..RATES };
        assert_eq!(roll(lock(1_000_000, 0, 0), 934_866, at_once, DECAYING), lock(367_879, 0, 934_866));
        let all_free = LockRates { unlock: 0, ..RATES };
        assert_eq!(roll(lock(1_000_000, 0, 0), 934_866, all_free, DECAYING), lock(0, 0, 934_866));
    }

    #[test]
    fn what_is_not_locked_is_available() {
        assert_eq!([available(1_000, 300), available(300, 1_000)], [700, 0]);
    }

    #[test]
    fn a_pair_loses_the_same_or_the_aggregate_ages_alone() {
        let (own, sum) = roll_pair(lock(1_000, 0, 0), lock(5_000, 0, 7), 934_866, RATES, DECAYING);
        assert_eq!((own.locked_mass, sum), (367, lock(5_000 - 633, 0, 934_866)));
        let (own, sum) = roll_pair(LockState::fresh(0, 9), lock(5_000, 0, 0), 9, RATES, PERPETUAL);
        assert_eq!((own, sum), (LockState::fresh(0, 9), roll(lock(5_000, 0, 0), 9, RATES, PERPETUAL)));
    }

    fn any_lock() -> impl Strategy<Value = LockState> {
        (any::<u64>(), any::<u128>(), any::<u64>()).prop_map(|(locked_mass, conviction, last_update)| {
            LockState { locked_mass, conviction: U64F64::from_bits(conviction), last_update }
        })
    }

    proptest! {
        #[test]
        fn rolling_never_adds_mass(
            lock in any_lock(), now: u64, unlock: u64, maturity: u64, owner: bool, perpetual: bool,
        ) {
            let rates = LockRates { unlock, maturity };
            let rolled = roll(lock, now, rates, LockFlags { owner, perpetual });
            prop_assert!(rolled.locked_mass <= lock.locked_mass);
            prop_assert!(rolled.last_update == now.max(lock.last_update));
            prop_assert!(!rolled.is_zero() || rolled.is_empty());
            prop_assert!(!owner || rolled.is_empty() || rolled.conviction == rolled.locked_mass);
        }

        #[test]
        fn convictions_stay_below_the_mass_they_come_from(
            mass in 100_u64.., blocks: u32, rate in 1_u64..10_000_000,
        ) {
            let rates = LockRates { unlock: rate, maturity: rate };
            let rolled = roll(LockState::fresh(mass, 0), blocks.into(), rates, PERPETUAL);
            prop_assert!(rolled.conviction <= mass);
        }
    }
}
