//! The two weights of a pool (section 04, first paragraphs).

use crate::ratio::PERQUINTILL;

/// The weights of a pool, in parts of 10^18. They add up to one, so only the quote's is kept, as on the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Weight of TAO (w2), `SwapBalancer.quote`.
    pub quote: u64,
}

impl Weights {
    /// Both weights one half: the default, and what the first swap sets.
    pub const EQUAL: Self = Self { quote: PERQUINTILL / 2 };

    /// The least either weight may be, 0.01 (section 04).
    pub const MINIMUM: u64 = PERQUINTILL / 100;

    /// Weights with `quote` parts of 10^18 for TAO; `None` unless both weights are at least [`Weights::MINIMUM`].
    pub fn new(quote: u64) -> Option<Self> {
        let weights = Self { quote };
        let within = quote >= Self::MINIMUM && weights.base() >= Self::MINIMUM;
        within.then_some(weights)
    }

    /// Weight of alpha (w1), in parts of 10^18.
    pub fn base(self) -> u64 {
        PERQUINTILL.saturating_sub(self.quote)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_stay_within_one_hundredth_and_ninety_nine() {
        let hundredth = Weights::MINIMUM;
        assert_eq!(Weights::new(hundredth).map(Weights::base), Some(PERQUINTILL - hundredth));
        assert_eq!(Weights::new(PERQUINTILL - hundredth).map(Weights::base), Some(hundredth));
        assert_eq!(Weights::new(hundredth - 1), None);
        assert_eq!(Weights::new(PERQUINTILL - hundredth + 1), None);
        assert_eq!(Weights::new(u64::MAX), None);
        assert_eq!(Weights::EQUAL.base(), Weights::EQUAL.quote);
    }
}
