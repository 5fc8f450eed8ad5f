//! Voting power: a moving average of stake for hotkeys with a permit (section 07, 6).

/// One, in the parts that `VotingPowerEmaAlpha` counts.
pub const ONE: u64 = 1_000_000_000_000_000_000;

/// What happens to a hotkey's stored voting power at the end of an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Store this value, in rao.
    Store(u64),
    /// Leave the entry, or its absence, as it is.
    Keep,
    /// Remove the entry.
    Remove,
}

/// The update of one hotkey of the epoch's output (section 07, 6). `stake` is its stake weight in rao, summed over
/// mechanisms, `previous` the stored power (0 if none), `alpha` the share of the new stake in parts of [`ONE`].
pub fn update(permit: bool, stake: u64, previous: u64, alpha: u64, stake_threshold: u64) -> Update {
    if !permit {
        return Update::Remove;
    }
    match moving_average(stake, previous, alpha) {
        power if power < stake_threshold && previous >= stake_threshold => Update::Remove,
        0 => Update::Keep,
        power => Update::Store(power),
    }
}

/// `alpha` of the stake and the rest of the previous power, in rao, rounded down.
fn moving_average(stake: u64, previous: u64, alpha: u64) -> u64 {
    let new = u128::from(alpha) * u128::from(stake);
    let old = u128::from(ONE.saturating_sub(alpha)) * u128::from(previous);
    u64::try_from(new.saturating_add(old) / u128::from(ONE)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHA: u64 = 3_570_000_000_000_000;

    #[test]
    fn power_follows_stake_slowly_and_is_rounded_down() {
        assert_eq!(update(true, 1_000_000, 0, ALPHA, 0), Update::Store(3_570));
        assert_eq!(update(true, 1_000_000, 3_570, ALPHA, 0), Update::Store(7_127));
        assert_eq!(update(true, u64::MAX, u64::MAX, ONE, 0), Update::Store(u64::MAX));
    }

    #[test]
    fn power_goes_with_the_permit_or_when_it_falls_below_the_threshold() {
        assert_eq!(update(false, 1_000_000, 500, ALPHA, 0), Update::Remove);
        assert_eq!(update(true, 0, 1_000, ALPHA, 1_000), Update::Remove);
        assert_eq!(update(true, 1_000, 0, ALPHA, 1_000), Update::Store(3));
        assert_eq!(update(true, 100, 0, ALPHA, 0), Update::Keep);
    }
}
