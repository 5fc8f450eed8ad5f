//! Initialisation of a pool with a price (section 04, 10).

use super::{Reserves, SwapError, Weights};
use crate::number::{U64F64, int};
use crate::ratio::perquintill_from_rational;

/// The weights at which a pool with `reserves` has `price` (TAO per alpha), rounded down (section 04, 10). The
/// caller leaves a pool alone that is initialised already; otherwise it stores the weights and sets
/// `PalSwapInitialized`.
///
/// # Errors
/// [`SwapError::ReservesOutOfBalance`] if a weight would leave 0.01..0.99, as it does when a reserve is zero.
pub fn weights_for_price(reserves: Reserves, price: U64F64) -> Result<Weights, SwapError> {
    let whole = u128::from(int(price)).saturating_mul(reserves.alpha.into());
    let fraction = int(U64F64::from_num(reserves.alpha).saturating_mul(price.frac()));
    let alpha_value = whole.saturating_add(fraction.into());
    let tao = u128::from(reserves.tao);
    let total = alpha_value.saturating_add(tao);
    if total == 0 {
        return Err(SwapError::ReservesOutOfBalance);
    }
    Weights::new(perquintill_from_rational(tao, total)).ok_or(SwapError::ReservesOutOfBalance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::price;

    #[test]
    fn the_weights_give_the_price() {
        let reserves = Reserves { tao: 3_000_000, alpha: 1_000_000 };
        let weights = weights_for_price(reserves, U64F64::ONE);
        assert_eq!(weights, Ok(Weights { quote: 750_000_000_000_000_000 }));
        // A third times three, each rounded down.
        assert_eq!(weights.map(|weights| price(reserves, weights).to_bits()), Ok(u128::from(u64::MAX)));
    }

    #[test]
    fn unreachable_prices_are_refused() {
        let refused = Err(SwapError::ReservesOutOfBalance);
        assert_eq!(weights_for_price(Reserves { tao: 0, alpha: 9 }, U64F64::ONE), refused);
        assert_eq!(weights_for_price(Reserves { tao: 9, alpha: 0 }, U64F64::ONE), refused);
        assert_eq!(weights_for_price(Reserves { tao: 0, alpha: 0 }, U64F64::ONE), refused);
        assert_eq!(weights_for_price(Reserves { tao: 1, alpha: 1 }, U64F64::MAX), refused);
    }
}
