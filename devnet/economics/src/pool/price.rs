//! The price of alpha (section 04, 1 and 4).

use super::{Reserves, Weights};
use crate::number::{U64F64, int, safe_div};

/// Rao in one TAO, and the unit of a price limit.
const RAO: u64 = 1_000_000_000;

/// Price of alpha in a dynamic subnet, in TAO per alpha (section 04, 1): zero for a pool without alpha, otherwise
/// `(w1 / w2) * (y / x)` with each step rounded down, the divisions first.
pub fn price(reserves: Reserves, weights: Weights) -> U64F64 {
    let ratio = |dividend: u64, divisor: u64| safe_div(U64F64::from_num(dividend), U64F64::from_num(divisor));
    ratio(weights.base(), weights.quote).saturating_mul(ratio(reserves.tao, reserves.alpha))
}

/// A price limit of a call (10^-9 TAO per alpha) as a price in TAO per alpha, rounded down (section 04, 4).
pub fn limit_as_price(price_limit: u64) -> U64F64 {
    safe_div(U64F64::from_num(price_limit), U64F64::from_num(RAO))
}

/// A price as the runtime API `current_alpha_price` gives it, in rao of TAO per alpha, rounded down
/// (section 04, 1).
pub fn price_in_rao(price: U64F64) -> u64 {
    int(price.saturating_mul(U64F64::from_num(RAO)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_give_the_ratio_of_the_reserves() {
        let reserves = Reserves { tao: 1_000, alpha: 4_000 };
        assert_eq!(price(reserves, Weights::EQUAL).to_bits(), 1 << 62);
        assert_eq!(price_in_rao(price(reserves, Weights::EQUAL)), 250_000_000);
    }

    #[test]
    fn a_heavier_quote_lowers_the_price() {
        let reserves = Reserves { tao: 1_000, alpha: 1_000 };
        let weights = Weights { quote: 750_000_000_000_000_000 };
        // One third, rounded down to 64 fraction bits.
        assert_eq!(price(reserves, weights).to_bits(), u128::from(u64::MAX) / 3);
    }

    #[test]
    fn an_empty_side_has_price_zero() {
        assert_eq!(price(Reserves { tao: 5, alpha: 0 }, Weights::EQUAL), U64F64::ZERO);
        assert_eq!(price(Reserves { tao: 0, alpha: 5 }, Weights::EQUAL), U64F64::ZERO);
    }

    #[test]
    fn a_limit_of_zero_stays_zero() {
        assert_eq!(limit_as_price(0), U64F64::ZERO);
        assert_eq!(limit_as_price(RAO / 2).to_bits(), 1 << 63);
    }
}
