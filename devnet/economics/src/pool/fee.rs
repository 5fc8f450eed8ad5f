//! The swap fee (section 04, 4 and 8).

use crate::number::{U64F64, int, proportion_u16, safe_div};

/// Default of `FeeRate`, in parts of 65,535 (0.05 %).
pub const DEFAULT_FEE_RATE: u16 = 33;

/// The highest rate the call `set_fee_rate` accepts, in parts of 65,535.
pub const MAX_FEE_RATE: u16 = 10_000;

/// Fee contained in `amount` on a dynamic subnet, `amount * FeeRate / 65,535`, rounded down in the rate and in the
/// product (section 04, 4 step 1). Unit as `amount`; a stable subnet takes none.
pub fn swap_fee(amount: u64, fee_rate: u16) -> u64 {
    int(U64F64::from_num(amount).saturating_mul(proportion_u16(fee_rate)))
}

/// Fee to pay on top of `net` so that it is `FeeRate` of both together, `net * FeeRate / (65,535 - FeeRate)`,
/// rounded down in the rate and in the product (section 04, 4 step 7); zero for a rate of one.
pub fn fee_on_top(net: u64, fee_rate: u16) -> u64 {
    let rate = safe_div(U64F64::from_num(fee_rate), U64F64::from_num(u16::MAX - fee_rate));
    int(U64F64::from_num(net).saturating_mul(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_rounds_down() {
        assert_eq!(swap_fee(2_000_000, DEFAULT_FEE_RATE), 1_007);
        assert_eq!(swap_fee(1_985, DEFAULT_FEE_RATE), 0);
        assert_eq!(swap_fee(u64::MAX, DEFAULT_FEE_RATE), 9_288_815_967_535_136);
        assert_eq!(swap_fee(u64::MAX, u16::MAX), u64::MAX);
    }

    #[test]
    fn the_fee_on_top_is_the_rate_of_the_sum() {
        assert_eq!(fee_on_top(65_502, DEFAULT_FEE_RATE), 32);
        assert_eq!(fee_on_top(65_503, DEFAULT_FEE_RATE), 33);
        assert_eq!(fee_on_top(3, 32_768), 3);
        assert_eq!(fee_on_top(1_000_000, u16::MAX), 0);
        assert_eq!(fee_on_top(u64::MAX, 65_534), u64::MAX);
    }
}
