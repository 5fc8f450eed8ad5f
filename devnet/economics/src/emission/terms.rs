//! What a subnet's emission buys and injects (section 06, 3.3).

use crate::number::{U64F64, U96F32, int};

/// What one block does with one subnet, in rao with fractions (section 06, 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// TAO for the pool.
    pub tao_in: U96F32,
    /// New alpha for the pool.
    pub alpha_in: U96F32,
    /// New alpha for the participants.
    pub alpha_out: U96F32,
    /// TAO that buys alpha from the pool instead of being injected.
    pub excess_tao: U96F32,
}

/// The whole rao of [`Terms`], each floored on its own (section 06, 3.4 and 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeTerms {
    /// TAO for the pool, before the pool's own limits.
    pub tao_in: u64,
    /// New alpha for the pool, before the pool's own limits.
    pub alpha_in: u64,
    /// New alpha for the participants.
    pub alpha_out: u64,
    /// TAO that buys alpha from the pool.
    pub excess_tao: u64,
}

impl Terms {
    /// The terms of a subnet that receives `emission` rao of TAO (section 06, 3.3).
    ///
    /// `alpha_emission` is the curve at the subnet's alpha issuance (zero where the curve has no answer), `price` its
    /// current price in TAO per alpha, `root_proportion` the one before this block's injection. Injection is limited to
    /// the root's part of the alpha emission; TAO beyond that goes to the chain's buy.
    pub fn new(emission: U96F32, alpha_emission: u64, price: U64F64, root_proportion: U96F32) -> Self {
        let price = U96F32::from_num(price);
        let alpha_out = U96F32::from_num(alpha_emission);
        let cap = root_proportion.saturating_mul(alpha_out);
        let wanted = emission.checked_div(price).unwrap_or(U96F32::ZERO);
        let (alpha_in, tao_in) =
            if wanted > cap { (cap, cap.saturating_mul(price)) } else { (wanted, emission) };
        Self { tao_in, alpha_in, alpha_out, excess_tao: emission.saturating_sub(tao_in) }
    }

    /// The whole rao of the terms.
    pub fn whole(self) -> WholeTerms {
        WholeTerms {
            tao_in: int(self.tao_in),
            alpha_in: int(self.alpha_in),
            alpha_out: int(self.alpha_out),
            excess_tao: int(self.excess_tao),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tao(value: f64) -> U96F32 {
        U96F32::from_num(value)
    }

    #[test]
    fn a_small_emission_is_injected_whole() {
        let terms = Terms::new(tao(100.0), 1000, U64F64::from_num(0.5), tao(0.25));
        assert_eq!(
            terms,
            Terms { tao_in: tao(100.0), alpha_in: tao(200.0), alpha_out: tao(1000.0), excess_tao: tao(0.0) }
        );
    }

    #[test]
    fn what_exceeds_the_roots_part_buys_alpha() {
        let terms = Terms::new(tao(100.5), 1000, U64F64::from_num(0.5), tao(0.125));
        assert_eq!(
            terms,
            Terms { tao_in: tao(62.5), alpha_in: tao(125.0), alpha_out: tao(1000.0), excess_tao: tao(38.0) }
        );
        assert_eq!(terms.whole(), WholeTerms { tao_in: 62, alpha_in: 125, alpha_out: 1000, excess_tao: 38 });
    }

    #[test]
    fn a_subnet_without_a_price_keeps_its_tao_as_liquidity() {
        let terms = Terms::new(tao(100.0), 1000, U64F64::ZERO, tao(0.5));
        assert_eq!((terms.tao_in, terms.alpha_in, terms.excess_tao), (tao(100.0), tao(0.0), tao(0.0)));
    }

    #[test]
    fn without_root_stake_everything_buys() {
        let terms = Terms::new(tao(100.0), 1000, U64F64::from_num(0.5), U96F32::ZERO);
        assert_eq!((terms.tao_in, terms.alpha_in, terms.excess_tao), (tao(0.0), tao(0.0), tao(100.0)));
    }

    proptest! {
        #[test]
        fn injected_and_spent_tao_are_the_emission(
            emission in 0..=1_000_000_000_u128 << 32,
            alpha_emission in 0..=1_000_000_000_u64,
            price in any::<u128>(),
            root_proportion in 0..=1_u128 << 32,
        ) {
            let (emission, root_proportion) = (U96F32::from_bits(emission), U96F32::from_bits(root_proportion));
            let terms = Terms::new(emission, alpha_emission, U64F64::from_bits(price), root_proportion);
            prop_assert_eq!(terms.tao_in + terms.excess_tao, emission);
            prop_assert!(terms.alpha_in <= terms.alpha_out);
            let whole = terms.whole();
            prop_assert!(whole.tao_in + whole.excess_tao <= int(emission));
        }
    }
}
