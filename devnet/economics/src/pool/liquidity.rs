//! Protocol liquidity: both reserves grow and the weights move so that the price stays (section 04, 9).

use super::{Reserves, Weights};
use crate::ratio::{PERQUINTILL, perquintill_from_rational};
use primitive_types::U256;

/// What may be added to a pool, and its weights from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// TAO to add to the reserve, in rao.
    pub tao: u64,
    /// Alpha to add to the reserve, in rao.
    pub alpha: u64,
    /// `SwapBalancer` after the adjustment.
    pub weights: Weights,
}

/// Weights that keep the price when `tao` and `alpha` are added (section 04, 9). Both deltas are zero and the
/// weights unchanged if one weight would leave 0.01..0.99. The caller adds the deltas afterwards.
///
/// Not a no-op for zero deltas once the weights are unequal: rounding down may lower the quote weight by one part.
pub fn adjust_protocol_liquidity(reserves: Reserves, weights: Weights, tao: u64, alpha: u64) -> Adjustment {
    let [y, x] = [reserves.tao, reserves.alpha].map(u128::from);
    let base = weighted(weights.base(), y.saturating_mul(x.saturating_add(alpha.into())));
    let quote = weighted(weights.quote, x.saturating_mul(y.saturating_add(tao.into())));
    let whole = base.saturating_add(quote);
    let parts = if whole == 0 { Weights::EQUAL.quote } else { perquintill_from_rational(quote, whole) };
    match Weights::new(parts) {
        Some(weights) => Adjustment { tao, alpha, weights },
        None => Adjustment { tao: 0, alpha: 0, weights },
    }
}

/// `value * parts / 10^18`, rounded to nearest with halves up, at most `u128::MAX`.
fn weighted(parts: u64, value: u128) -> u128 {
    let one = U256::from(PERQUINTILL);
    let rounded = (U256::from(value) * U256::from(parts) + one / 2) / one;
    u128::try_from(rounded).unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote_after(alpha: u64, tao: u64, quote: u64, tao_delta: u64, alpha_delta: u64) -> u64 {
        let weights = Weights { quote };
        adjust_protocol_liquidity(Reserves { tao, alpha }, weights, tao_delta, alpha_delta).weights.quote
    }

    #[test]
    fn weights_have_the_published_values() {
        let half = Weights::EQUAL.quote;
        assert_eq!(
            quote_after(268_274_693_335_715, 33_258_000_000_000, half, 2_159_036, 17_415_804),
            499_999_999_999_997_516
        );
        assert_eq!(
            quote_after(
                79_877_791_343_204,
                84_009_799_911_656,
                277_008_750_575_220_686,
                500_000_000,
                1_000_000_000
            ),
            277_007_435_296_343_413
        );
        assert_eq!(quote_after(5_057_321_879_938_675, 1_736_902_457_951_468, half, 0, 0), half);
    }

    #[test]
    fn parts_of_a_value_round_to_nearest_with_halves_up() {
        let half = Weights::EQUAL.quote;
        assert_eq!([weighted(half - 1, 1), weighted(half, 1), weighted(half, 2)], [0, 1, 1]);
    }

    #[test]
    fn a_weight_out_of_bounds_refuses_both_deltas() {
        let reserves = Reserves { tao: 1_000_000, alpha: 1_000_000 };
        let refused = adjust_protocol_liquidity(reserves, Weights::EQUAL, 1_000_000_000, 5);
        assert_eq!(refused, Adjustment { tao: 0, alpha: 0, weights: Weights::EQUAL });
    }

    #[test]
    fn an_empty_pool_gets_equal_weights() {
        let weights = Weights { quote: 300_000_000_000_000_000 };
        let empty = Reserves { tao: 0, alpha: 0 };
        let adjusted = adjust_protocol_liquidity(empty, weights, 5, 7);
        assert_eq!(adjusted, Adjustment { tao: 5, alpha: 7, weights: Weights::EQUAL });
    }
}
