//! What a delegate earns, as wallets show it (section 11, 1). Alpha of all subnets is added up as if it were TAO.

use crate::number::{U64F64, int, proportion_u16, safe_div};

/// Blocks of a day.
const BLOCKS_PER_DAY: u64 = 7_200;
/// 1,000 TAO in rao.
const THOUSAND_TAO: u64 = 1_000_000_000_000;

/// What a delegate earns in a day, in rao, from its emission at the last epoch of each subnet (rao) and the subnet's
/// tempo (section 11, 1). Epochs per day are cut to 64 fraction bits; a tempo of 0 counts as none.
pub fn daily_return(emissions: impl Iterator<Item = (u64, u16)>) -> U64F64 {
    let of_subnet = |(emission, tempo): (u64, u16)| {
        let epochs = safe_div(U64F64::from_num(BLOCKS_PER_DAY), U64F64::from_num(tempo));
        U64F64::from_num(emission).saturating_mul(epochs)
    };
    emissions.map(of_subnet).fold(U64F64::ZERO, U64F64::saturating_add)
}

/// What of a day's return is left for each 1,000 TAO on root after the take (parts of 65,535), in rao, rounded down;
/// 0 without root stake (section 11, 1).
pub fn return_per_1000(daily: U64F64, take: u16, root_stake: u64) -> u64 {
    let kept = U64F64::ONE.saturating_sub(proportion_u16(take));
    let thousands = safe_div(U64F64::from_num(root_stake), U64F64::from_num(THOUSAND_TAO));
    int(safe_div(daily.saturating_mul(kept), thousands))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_as_many_epochs_as_fit() {
        let daily = daily_return([(1_000, 360), (5, 7_200), (9, 0)].into_iter());
        assert_eq!(daily, U64F64::from_num(20_005));
        assert_eq!(int(daily_return([(u64::MAX, 1)].into_iter())), u64::MAX);
    }

    #[test]
    fn the_delegate_keeps_its_take() {
        let daily = U64F64::from_num(3_000_000_000_u64);
        assert_eq!(return_per_1000(daily, 0, 3 * THOUSAND_TAO), 1_000_000_000);
        assert_eq!(return_per_1000(daily, u16::MAX, 3 * THOUSAND_TAO), 0);
        assert_eq!(return_per_1000(daily, 0, 0), 0);
    }
}
