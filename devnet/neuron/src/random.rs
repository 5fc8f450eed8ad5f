//! Choices that look like chance and follow from a seed.

use codec::Encode;
use polkadot_sdk::sp_core::{Blake2Hasher, H256, Hasher};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A generator of its own for each seed and each `purpose`.
pub fn generator(seed: u64, purpose: impl Encode) -> ChaCha20Rng {
    ChaCha20Rng::from_seed(("assay/random/1", seed, purpose).using_encoded(Blake2Hasher::hash).0)
}

/// A number below `bound`; zero if that is zero.
pub fn below(generator: &mut ChaCha20Rng, bound: usize) -> usize {
    // The high half of a product: for bounds far below 2^32 the numbers are as good as equally likely.
    let product = u128::from(generator.next_u64()) * bound as u128;
    usize::try_from(product >> 64).unwrap_or_default()
}

/// Whether something that happens in `share` of 65,535 cases happens in the case of this name.
pub fn happens(seed: u64, purpose: impl Encode, share: u16) -> bool {
    let drawn = generator(seed, purpose).next_u32() % u32::from(u16::MAX);
    drawn < u32::from(share)
}

/// A name that nobody can guess without the seed.
pub fn name(seed: u64, purpose: impl Encode) -> H256 {
    let mut bytes = [0; 32];
    generator(seed, purpose).fill_bytes(&mut bytes);
    H256(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_kept() {
        let count = |share| (0..2_000_u32).filter(|case| happens(7, case, share)).count();
        assert_eq!((count(0), count(u16::MAX)), (0, 2_000));
        let half = count(32_768);
        assert!((900..1_100).contains(&half), "{half}");
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_it() {
        let mut generator = generator(1, "test");
        let drawn: std::collections::BTreeSet<_> = (0..500).map(|_| below(&mut generator, 7)).collect();
        assert_eq!(drawn, (0..7).collect());
        assert_eq!(below(&mut generator, 0), 0);
    }
}
