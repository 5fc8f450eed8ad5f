//! From merit to the numbers that the chain takes.

use crate::key::Public;
use crate::metagraph::Metagraph;
use std::collections::BTreeMap;

/// Merits as weights: in proportion, rounded down, the largest being 65,535. Whoever has none is left out.
pub fn upscaled(merits: impl IntoIterator<Item = (u16, u64)>) -> Vec<(u16, u16)> {
    let merits: Vec<_> = merits.into_iter().collect();
    let most = merits.iter().map(|(_, merit)| u128::from(*merit)).max().unwrap_or_default().max(1);
    let weight = |merit| u16::try_from(u128::from(merit) * u128::from(u16::MAX) / most).unwrap_or(u16::MAX);
    let weights = merits.into_iter().map(|(uid, merit)| (uid, weight(merit)));
    weights.filter(|(_, weight)| *weight > 0).collect()
}

/// The weights that a copier sets: the sum of what others have set, each in proportion to their stake.
///
/// A row of weights counts by its parts of 65,535 of its own sum, so that no validator counts more for setting larger
/// numbers.
pub fn copied(metagraph: &Metagraph, own: &Public) -> Vec<(u16, u16)> {
    let mut sums = BTreeMap::<u16, u128>::new();
    for (setter, row) in &metagraph.weights {
        let Some(neuron) = metagraph.at(*setter).filter(|neuron| neuron.hotkey != *own) else { continue };
        let total = row.iter().map(|(_, weight)| u128::from(*weight)).sum::<u128>().max(1);
        for (uid, weight) in row {
            let part = u128::from(*weight) * u128::from(u16::MAX) / total;
            *sums.entry(*uid).or_default() += part * u128::from(neuron.stake);
        }
    }
    // Down to 64 bits, so that the proportions stay.
    let shift = sums.values().max().map_or(0, |most| 128 - most.leading_zeros()).saturating_sub(64);
    upscaled(sums.into_iter().map(|(uid, sum)| (uid, u64::try_from(sum >> shift).unwrap_or(u64::MAX))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metagraph::Neuron;

    #[test]
    fn the_largest_merit_has_the_largest_weight_and_none_has_none() {
        assert_eq!(upscaled([(3, 10), (5, 40), (7, 0)]), [(3, 16_383), (5, 65_535)]);
        assert_eq!(upscaled([(1, 0)]), []);
        assert_eq!(upscaled([(1, u64::MAX)]), [(1, 65_535)]);
    }

    #[test]
    fn a_copier_weighs_others_by_their_stake_and_not_itself() {
        let neuron = |uid: u16, stake| Neuron {
            uid,
            hotkey: [u8::try_from(uid).unwrap(); 32],
            stake,
            validator_permit: true,
            axon: None,
        };
        let metagraph = Metagraph {
            neurons: vec![neuron(0, 3_000_000_000), neuron(1, 1_000_000_000), neuron(2, u64::MAX)],
            weights: vec![(0, vec![(5, 10)]), (1, vec![(6, 65_535)]), (2, vec![(7, 65_535)])],
        };
        // Three parts to one, whatever the numbers that they set.
        assert_eq!(copied(&metagraph, &[2; 32]), [(5, 65_535), (6, 21_845)]);
        assert_eq!(copied(&Metagraph::default(), &[2; 32]), []);
    }
}
