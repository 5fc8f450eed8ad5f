//! What a transaction pays for its place in a block (section 10, 3).

use crate::number::{U64F64, int, safe_div};
use crate::ratio::perbill_of;

/// Rao per picosecond of execution time, in billionths.
const FEE_PER_REF_TIME: u32 = 500_000;
/// Rao per byte of an encoded extrinsic.
const FEE_PER_BYTE: u64 = 1;
/// Execution time of an empty extrinsic of class Normal, in picoseconds.
pub const BASE_EXTRINSIC_REF_TIME: u64 = 108_157_000;

/// Fee of `ref_time` picoseconds of execution, in rao (section 10, 3): a two-thousandth, to the nearest, ties
/// down. The proof size costs nothing.
pub fn weight_to_fee(ref_time: u64) -> u64 {
    perbill_of(FEE_PER_REF_TIME, ref_time)
}

/// Fee of an encoded extrinsic of `length` bytes, in rao (section 10, 3).
pub fn length_to_fee(length: u32) -> u64 {
    u64::from(length).saturating_mul(FEE_PER_BYTE)
}

/// Fee of an extrinsic, tip included, in rao (section 10, 3): base, length and weight, each rounded for
/// itself. `ref_time` is that of the call and its extensions, at most `max_ref_time` of which is charged.
pub fn inclusion_fee(base_ref_time: u64, length: u32, ref_time: u64, max_ref_time: u64, tip: u64) -> u64 {
    weight_to_fee(base_ref_time)
        .saturating_add(length_to_fee(length))
        .saturating_add(weight_to_fee(ref_time.min(max_ref_time)))
        .saturating_add(tip)
}

/// Rao of alpha that a fee of `fee` rao of TAO is worth at `price` TAO per alpha, rounded down (section 10,
/// 3.1): the stake a payer without TAO must have. Root has a price of one; at a price of zero this is zero.
pub fn alpha_fee(fee: u64, price: U64F64) -> u64 {
    int(safe_div(U64F64::from_num(fee), price))
}

/// Rao of alpha taken from a payer's `stake` for a fee of [`alpha_fee`] (section 10, 3.1): never more than
/// the stake, and all of it when the fee's worth cannot be told.
pub fn alpha_charge(alpha_fee: u64, stake: u64) -> u64 {
    if alpha_fee == 0 { stake } else { alpha_fee.min(stake) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weight_costs_a_two_thousandth_with_ties_down() {
        assert_eq!(weight_to_fee(BASE_EXTRINSIC_REF_TIME), 54_078);
        assert_eq!(weight_to_fee(1_000), 0);
        assert_eq!(weight_to_fee(1_001), 1);
        assert_eq!(weight_to_fee(1_999), 1);
        assert_eq!(weight_to_fee(1_877_707_421_185), 938_853_711);
    }

    #[test]
    fn the_parts_of_a_fee_are_rounded_for_themselves() {
        assert_eq!(inclusion_fee(1_001, 98, 1_001, u64::MAX, 7), 1 + 98 + 1 + 7);
        assert_eq!(inclusion_fee(1_001, 98, 90_000, 4_000, 0), 1 + 98 + 2);
    }

    #[test]
    fn fees_in_alpha_follow_the_price_and_take_all_when_they_cannot() {
        assert_eq!(alpha_fee(1_000, U64F64::from_num(1)), 1_000);
        assert_eq!(alpha_fee(1_000, U64F64::from_num(3)), 333);
        assert_eq!(alpha_fee(1_000, U64F64::ZERO), 0);
        assert_eq!(alpha_charge(0, 50), 50);
        assert_eq!(alpha_charge(60, 50), 50);
        assert_eq!(alpha_charge(40, 50), 40);
    }

    proptest! {
        #[test]
        fn no_fee_overflows(base: u64, length: u32, ref_time: u64, max: u64, tip: u64) {
            prop_assert!(inclusion_fee(base, length, ref_time, max, tip) >= tip);
        }
    }
}
