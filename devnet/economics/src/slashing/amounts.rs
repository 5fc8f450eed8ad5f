//! What an offence costs, and where it goes (document SLASHING, "The slash").

/// The whole of something, in the parts that fractions are given in.
pub const WHOLE: u16 = u16::MAX;

/// What becomes of a slashed stake, in rao. Nothing else is taken and nothing else is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Division {
    /// What the share pool loses: `rewarded + burned`.
    pub slashed: u64,
    /// What the reporter gets as stake.
    pub rewarded: u64,
    /// What leaves the issuance.
    pub burned: u64,
}

/// `fraction` of an amount in rao, rounded down; never more than the amount.
///
/// ```
/// use assay_economics::slashing::amounts::part;
/// assert_eq!(part(1_000_000_000_000, 6_554), 100_007_629_510);
/// ```
pub fn part(amount: u64, fraction: u16) -> u64 {
    let parts = u128::from(amount).saturating_mul(fraction.into());
    u64::try_from(parts / u128::from(WHOLE)).unwrap_or(amount)
}

/// The fraction for an offender with so many strikes: doubled for each, and never more than the whole (step 1).
pub fn escalated(base: u16, strikes: u32) -> u16 {
    let doubled = u64::from(base).checked_shl(strikes.min(u16::BITS)).unwrap_or(u64::MAX);
    u16::try_from(doubled).unwrap_or(WHOLE)
}

/// Divides what a stake of `value` rao loses (steps 2 to 4). Without a reporter who may earn, all of it is burned.
pub fn divide(value: u64, fraction: u16, reporter_share: u16, reporter_earns: bool) -> Division {
    let slashed = part(value, fraction);
    let rewarded = if reporter_earns { part(slashed, reporter_share) } else { 0 };
    Division { slashed, rewarded, burned: slashed.saturating_sub(rewarded) }
}

/// The fraction that a double vote costs where `voters` finalise: the whole with three or fewer, else `(3 / voters)^2`.
///
/// One voter among many does no harm alone; a third of them together can finalise two chains.
pub fn double_vote(voters: u32) -> u16 {
    let square = u64::from(voters).saturating_pow(2).max(9);
    u16::try_from(u64::from(WHOLE).saturating_mul(9) / square).unwrap_or(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strikes_double_the_fraction_up_to_the_whole() {
        let tenths: [u16; 6] =
            core::array::from_fn(|strikes| escalated(6_554, u32::try_from(strikes).unwrap()));
        assert_eq!(tenths, [6_554, 13_108, 26_216, 52_432, 65_535, 65_535]);
        assert_eq!((escalated(0, u32::MAX), escalated(1, u32::MAX)), (0, WHOLE));
        assert_eq!((escalated(1, 15), escalated(1, 16)), (32_768, WHOLE));
    }

    #[test]
    fn parts_are_rounded_down() {
        assert_eq!((part(9, 6_554), part(10, 6_554), part(65_535, 1)), (0, 1, 1));
        assert_eq!((part(u64::MAX, WHOLE), part(u64::MAX, 0)), (u64::MAX, 0));
    }

    #[test]
    fn a_slash_is_rewarded_and_burned_and_nothing_else() {
        let division = divide(1_000_000_000_000, 6_554, 6_554, true);
        assert_eq!(
            division,
            Division { slashed: 100_007_629_510, rewarded: 10_001_525_960, burned: 90_006_103_550 }
        );
        let alone = divide(1_000_000_000_000, 6_554, 6_554, false);
        assert_eq!((alone.rewarded, alone.burned), (0, 100_007_629_510));
    }

    #[test]
    fn double_votes_cost_less_among_many() {
        let fractions = [0, 1, 3, 4, 6, 30, 300, 100_000].map(double_vote);
        assert_eq!(fractions, [65_535, 65_535, 65_535, 36_863, 16_383, 655, 6, 0]);
    }
}
