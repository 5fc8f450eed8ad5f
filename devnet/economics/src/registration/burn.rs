//! The price of registering a neuron (section 03, 2.1).

use crate::number::U64F64;

/// Fraction bits of the decay factor.
const FRACTION_BITS: u32 = 32;
/// One, as a decay factor.
const ONE: u64 = 1 << FRACTION_BITS;

/// The bounds of the price on one subnet, in rao (`MinBurn`, `MaxBurn`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurnBounds {
    /// Least price.
    pub min: u64,
    /// Highest price; it wins where it is below the least one.
    pub max: u64,
}

impl BurnBounds {
    /// First raised to the minimum, then cut to the maximum (section 03, 2.1).
    pub fn clamp(self, price: u64) -> u64 {
        price.max(self.min).min(self.max)
    }
}

/// Price after a registration at `price` rao (section 03, 2.1): times `multiplier`, at least once, rounded
/// down.
pub fn bump(price: u64, multiplier: U64F64, bounds: BurnBounds) -> u64 {
    let raised = U64F64::from_num(price).saturating_mul(multiplier.max(U64F64::from_num(1)));
    bounds.clamp(raised.to_num())
}

/// Price after the decay of block `now` (section 03, 2.1), rounded down: half every `half_life` blocks. A
/// half-life of zero stops the decay, and blocks 0 and 1 have none; the bounds hold in any case.
pub fn decay(price: u64, half_life: u16, now: u64, bounds: BurnBounds) -> u64 {
    if half_life == 0 || now <= 1 {
        return bounds.clamp(price);
    }
    bounds.clamp(times(price, decay_factor(half_life)))
}

/// What a price keeps in one block, in parts of 2^32, so that `half_life` blocks halve it (section 03, 2.1):
/// the largest factor whose power is at most one half.
pub fn decay_factor(half_life: u16) -> u64 {
    if half_life == 0 {
        return ONE;
    }
    let (mut low, mut high) = (0, ONE);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if power(middle, half_life) > ONE / 2 {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}

/// `base^exponent` in parts of 2^32, each product cut, squaring from the lowest bit of the exponent on.
fn power(base: u64, mut exponent: u16) -> u64 {
    let (mut result, mut factor) = (ONE, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, factor);
        }
        exponent >>= 1;
        if exponent > 0 {
            factor = times(factor, factor);
        }
    }
    result
}

fn times(value: u64, factor: u64) -> u64 {
    u64::try_from((u128::from(value) * u128::from(factor)) >> FRACTION_BITS).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DEFAULT: BurnBounds = BurnBounds { min: 500_000, max: 100_000_000_000 };

    #[test]
    fn decay_factors_have_the_published_values() {
        let published = [
            (0, 4_294_967_296),
            (1, 2_147_483_648),
            (2, 3_037_000_500),
            (10, 4_007_346_185),
            (360, 4_286_705_684),
            (36_100, 4_294_884_830),
        ];
        for (half_life, factor) in published {
            assert_eq!(decay_factor(half_life), factor, "half-life {half_life}");
        }
    }

    #[test]
    fn a_registration_raises_the_price_by_the_multiplier() {
        let default = U64F64::from_bits(23_242_897_532_874_035_200);
        assert_eq!(bump(2_026_662_077, default, DEFAULT), 2_553_594_217);
        assert_eq!(bump(1_000_000, U64F64::from_num(0.5), DEFAULT), 1_000_000);
        assert_eq!(bump(90_000_000_000, U64F64::from_num(2), DEFAULT), DEFAULT.max);
        assert_eq!(bump(u64::MAX, U64F64::MAX, BurnBounds { min: 0, max: u64::MAX }), u64::MAX);
    }

    #[test]
    fn the_first_two_blocks_do_not_decay_but_are_bounded() {
        assert_eq!(decay(2_090_068_182, 360, 1, DEFAULT), 2_090_068_182);
        assert_eq!(decay(2_090_068_182, 360, 2, DEFAULT), 2_086_047_817);
        assert_eq!(decay(1, 360, 1, DEFAULT), DEFAULT.min);
        assert_eq!(decay(2_090_068_182, 0, 2, DEFAULT), 2_090_068_182);
    }

    #[test]
    fn the_maximum_wins_over_the_minimum() {
        assert_eq!(BurnBounds { min: 7, max: 5 }.clamp(6), 5);
    }

    proptest! {
        #[test]
        fn prices_stay_within_their_bounds(
            price: u64, multiplier: u128, half_life: u16, now: u64, min: u64, above: u64,
        ) {
            let bounds = BurnBounds { min, max: min.saturating_add(above) };
            let bumped = bump(price, U64F64::from_bits(multiplier), bounds);
            let decayed = decay(price, half_life, now, bounds);
            prop_assert!((bounds.min..=bounds.max).contains(&bumped));
            prop_assert!((bounds.min..=bounds.max).contains(&decayed));
            prop_assert!(decayed <= price.max(bounds.min));
            prop_assert!(bumped >= price.min(bounds.max));
        }
    }
}
