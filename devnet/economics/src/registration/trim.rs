//! Making a subnet smaller at its owner's wish (section 03, 6).

use super::prune::NeuronStanding;
use crate::ratio::percent_from_rational;
use alloc::vec::Vec;
use thiserror::Error;

/// The protected share of the remaining slots, in percent, from which a subnet cannot be trimmed.
const MAX_PROTECTED_PERCENT: u64 = 80;

/// Why a subnet cannot be trimmed (section 03, 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TrimError {
    /// Too many of the remaining slots would belong to neurons that cannot be removed.
    #[error("immune neurons would hold {MAX_PROTECTED_PERCENT} % of the slots or more")]
    TrimmingWouldExceedMaxImmunePercentage,
}

/// The uids that stay when a subnet keeps `max_uids` slots, ascending; a neuron's new uid is its place in the
/// list (section 03, 6). `neurons` has all neurons by ascending uid.
///
/// The lowest emissions go first, of equal ones the highest uid; young and owner-immune neurons stay.
///
/// # Errors
/// When the neurons that must stay are 80 % of `max_uids` or more (rounded down to whole percents).
pub fn kept_uids(
    neurons: &[NeuronStanding],
    max_uids: u16,
    now: u64,
    immunity_period: u16,
) -> Result<Vec<u16>, TrimError> {
    let mut kept: Vec<u16> = neurons.iter().map(|neuron| neuron.uid).collect();
    let surplus = neurons.len().saturating_sub(usize::from(max_uids));
    if surplus == 0 {
        return Ok(kept);
    }
    let is_protected =
        |neuron: &NeuronStanding| neuron.owner_immune || neuron.is_immune(now, immunity_period);
    let protected = neurons.iter().filter(|neuron| is_protected(neuron)).count();
    if percent_from_rational(protected as u128, max_uids.into()) >= MAX_PROTECTED_PERCENT {
        return Err(TrimError::TrimmingWouldExceedMaxImmunePercentage);
    }
    let mut removable: Vec<&NeuronStanding> = neurons.iter().filter(|neuron| !is_protected(neuron)).collect();
    removable.sort_by_key(|neuron| core::cmp::Reverse(neuron.emission));
    let removed: Vec<u16> = removable.iter().rev().take(surplus).map(|neuron| neuron.uid).collect();
    kept.retain(|uid| !removed.contains(uid));
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn neuron(uid: u16, emission: u64, registered_at: u64, owner_immune: bool) -> NeuronStanding {
        NeuronStanding { uid, emission, registered_at, owner_immune }
    }

    #[test]
    fn the_poorest_go_and_of_equals_the_last() {
        let neurons = [
            neuron(0, 0, 0, true),
            neuron(1, 5, 0, false),
            neuron(2, 1, 0, false),
            neuron(3, 0, 99, false),
            neuron(4, 1, 0, false),
            neuron(5, 7, 0, false),
        ];
        assert_eq!(kept_uids(&neurons, 5, 100, 50), Ok(vec![0, 1, 2, 3, 5]));
        assert_eq!(kept_uids(&neurons, 4, 100, 50), Ok(vec![0, 1, 3, 5]));
        assert_eq!(kept_uids(&neurons, 3, 100, 50), Ok(vec![0, 3, 5]));
        let refused = Err(TrimError::TrimmingWouldExceedMaxImmunePercentage);
        assert_eq!(kept_uids(&neurons, 2, 100, 50), refused);
        assert_eq!(kept_uids(&neurons, 0, 100, 50), refused);
        assert_eq!(kept_uids(&neurons, 6, 100, 50), Ok(vec![0, 1, 2, 3, 4, 5]));
    }

    #[test]
    fn four_of_five_protected_slots_are_too_many() {
        let neurons: Vec<NeuronStanding> = (0..6).map(|uid| neuron(uid, 1, 0, uid < 4)).collect();
        assert_eq!(kept_uids(&neurons, 5, 100, 0), Err(TrimError::TrimmingWouldExceedMaxImmunePercentage));
        assert_eq!(kept_uids(&neurons[1..], 4, 100, 0), Ok(vec![1, 2, 3, 4]));
    }

    proptest! {
        #[test]
        fn exactly_the_wanted_number_stays_and_no_protected_neuron_goes(
            standings in proptest::collection::vec((0..5_u64, 0..200_u64, any::<bool>()), 0..60),
            max_uids in 0..60_u16,
        ) {
            let neurons: Vec<NeuronStanding> = (0..)
                .zip(standings)
                .map(|(uid, (emission, registered_at, owner))| neuron(uid, emission, registered_at, owner))
                .collect();
            if let Ok(kept) = kept_uids(&neurons, max_uids, 200, 40) {
                prop_assert_eq!(kept.len(), neurons.len().min(usize::from(max_uids)));
                prop_assert!(kept.is_sorted());
                for neuron in neurons {
                    let protected = neuron.owner_immune || neuron.is_immune(200, 40);
                    prop_assert!(!protected || kept.contains(&neuron.uid));
                }
            }
        }
    }
}
