//! Bookkeeping of a subnet's reserves and totals after a trade (section 04, 7).

use super::swap::SwapResult;

/// The most a single trade moves a reserve by, in rao: a signed 64-bit amount on the chain. Only absurd supplies
/// meet it.
const MOST_MOVED: u64 = u64::MAX >> 1;

/// The amounts a trade changes, in rao.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubnetTotals {
    /// `SubnetTAO`.
    pub tao: u64,
    /// `SubnetAlphaIn`.
    pub alpha_in: u64,
    /// `SubnetAlphaOut`.
    pub alpha_out: u64,
    /// `TotalStake`, over all subnets. It grows by gross TAO and falls by net TAO, so it drifts.
    pub total_stake: u64,
    /// `SubnetVolume`, in TAO.
    pub volume: u128,
}

impl SubnetTotals {
    /// After a buy with `tao` offered, fee and unswapped part included; all sums saturate (section 04, 7).
    #[must_use]
    pub fn after_buy(self, tao: u64, bought: &SwapResult) -> Self {
        Self {
            tao: self.tao.saturating_add(bought.paid_in.min(MOST_MOVED)),
            alpha_in: self.alpha_in.saturating_sub(bought.paid_out.min(MOST_MOVED)),
            alpha_out: self.alpha_out.saturating_add(bought.paid_out),
            total_stake: self.total_stake.saturating_add(tao),
            volume: self.volume.saturating_add(tao.into()),
        }
    }

    /// After a sell; all sums saturate (section 04, 7).
    #[must_use]
    pub fn after_sell(self, sold: &SwapResult) -> Self {
        let paid_in = sold.paid_in.min(MOST_MOVED);
        Self {
            tao: self.tao.saturating_sub(sold.paid_out.min(MOST_MOVED)),
            alpha_in: self.alpha_in.saturating_add(paid_in),
            alpha_out: self.alpha_out.saturating_sub(paid_in),
            total_stake: self.total_stake.saturating_sub(sold.paid_out),
            volume: self.volume.saturating_add(sold.paid_out.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: SubnetTotals =
        SubnetTotals { tao: 100, alpha_in: 200, alpha_out: 300, total_stake: 400, volume: 500 };

    fn swapped(paid_in: u64, paid_out: u64) -> SwapResult {
        SwapResult { paid_in, paid_out, fee_paid: 1, fee_to_block_author: 1 }
    }

    #[test]
    fn a_buy_counts_the_gross_amount_as_stake() {
        let after = BEFORE.after_buy(11, &swapped(10, 20));
        assert_eq!(
            after,
            SubnetTotals { tao: 110, alpha_in: 180, alpha_out: 320, total_stake: 411, volume: 511 }
        );
    }

    #[test]
    fn a_sell_counts_the_net_amount() {
        let after = BEFORE.after_sell(&swapped(10, 20));
        assert_eq!(
            after,
            SubnetTotals { tao: 80, alpha_in: 210, alpha_out: 290, total_stake: 380, volume: 520 }
        );
    }

    #[test]
    fn reserves_move_by_a_signed_amount_and_totals_by_the_full_one() {
        let bought = BEFORE.after_buy(u64::MAX, &swapped(u64::MAX, u64::MAX));
        assert_eq!((bought.tao, bought.alpha_in), (100 + MOST_MOVED, 0));
        assert_eq!((bought.alpha_out, bought.total_stake), (u64::MAX, u64::MAX));
        assert_eq!(bought.volume, 500 + u128::from(u64::MAX));
        let full = SubnetTotals { tao: u64::MAX, alpha_out: u64::MAX, ..BEFORE };
        let sold = full.after_sell(&swapped(u64::MAX, u64::MAX));
        assert_eq!((sold.tao, sold.alpha_out), (u64::MAX - MOST_MOVED, u64::MAX - MOST_MOVED));
        assert_eq!((sold.alpha_in, sold.total_stake), (200 + MOST_MOVED, 0));
    }
}
