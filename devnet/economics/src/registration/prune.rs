//! The neuron that makes room for a new one, and those that never do (section 03, 4).

use alloc::vec::Vec;

/// A neuron as pruning sees it (section 03, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeuronStanding {
    /// Its slot.
    pub uid: u16,
    /// Emission of its last epoch in rao of alpha, zero if missing.
    pub emission: u64,
    /// Block of its registration.
    pub registered_at: u64,
    /// On the owner-immune list ([`owner_immune`]).
    pub owner_immune: bool,
}

impl NeuronStanding {
    /// Whether it is too young to be replaced (section 03, 4).
    pub fn is_immune(self, now: u64, immunity_period: u16) -> bool {
        now.saturating_sub(self.registered_at) < u64::from(immunity_period)
    }

    fn rank(self) -> (u64, u64, u16) {
        (self.emission, self.registered_at, self.uid)
    }
}

/// The neuron to replace on a full subnet (section 03, 4): the lowest emission, then the oldest, then the
/// lowest uid.
///
/// Owner-immune neurons are never taken. Young ones are taken (and only they) unless more than
/// `min_non_immune` others exist.
pub fn prune_candidate(
    neurons: &[NeuronStanding],
    now: u64,
    immunity_period: u16,
    min_non_immune: u16,
) -> Option<u16> {
    let (immune, free): (Vec<NeuronStanding>, Vec<NeuronStanding>) = neurons
        .iter()
        .filter(|neuron| !neuron.owner_immune)
        .partition(|neuron| neuron.is_immune(now, immunity_period));
    let pool = if free.len() > usize::from(min_non_immune) { free } else { immune };
    pool.into_iter().min_by_key(|neuron| neuron.rank()).map(|neuron| neuron.uid)
}

/// The uids that no registration and no trimming takes (section 03, 4.1): at most `limit` of the neurons of
/// the owner's coldkey, given as (uid, block of registration), oldest first, then lowest uid. The neuron of
/// the subnet's owner hotkey, if it has one, is always among them, unless the limit is zero.
pub fn owner_immune(owned: &[(u16, u64)], owner_hotkey_uid: Option<u16>, limit: u16) -> Vec<u16> {
    let mut oldest_first: Vec<(u64, u16)> =
        owned.iter().map(|&(uid, registered_at)| (registered_at, uid)).collect();
    oldest_first.sort_unstable();
    let limit = usize::from(limit);
    let mut immune: Vec<u16> = oldest_first.into_iter().take(limit).map(|(_, uid)| uid).collect();
    if let Some(uid) = owner_hotkey_uid.filter(|uid| !immune.contains(uid)) {
        immune.insert(0, uid);
        immune.truncate(limit);
    }
    immune
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn neuron(uid: u16, emission: u64, registered_at: u64) -> NeuronStanding {
        NeuronStanding { uid, emission, registered_at, owner_immune: false }
    }

    #[test]
    fn the_poorest_oldest_lowest_neuron_goes() {
        let neurons = [neuron(0, 5, 1), neuron(1, 3, 4), neuron(2, 3, 2), neuron(3, 3, 2)];
        assert_eq!(prune_candidate(&neurons, 100, 50, 3), Some(2));
    }

    #[test]
    fn with_few_grown_neurons_a_young_one_goes() {
        let neurons = [neuron(0, 0, 1), neuron(1, 9, 80), neuron(2, 7, 90)];
        assert_eq!(prune_candidate(&neurons, 100, 50, 1), Some(2));
        assert_eq!(prune_candidate(&neurons, 100, 50, 0), Some(0));
        assert_eq!(prune_candidate(&neurons[..1], 100, 50, 1), None);
        assert_eq!(prune_candidate(&[], 100, 50, 0), None);
    }

    #[test]
    fn immunity_ends_with_its_last_block() {
        assert!(neuron(0, 0, 50).is_immune(99, 50));
        assert!(!neuron(0, 0, 50).is_immune(100, 50));
        assert!(!neuron(0, 0, 50).is_immune(40, 0));
    }

    #[test]
    fn the_owner_keeps_its_oldest_neurons_and_its_hotkey() {
        let owned = [(7, 30), (2, 20), (1, 20), (9, 10)];
        assert_eq!(owner_immune(&owned, None, 3), [9, 1, 2]);
        assert_eq!(owner_immune(&owned, Some(1), 3), [9, 1, 2]);
        assert_eq!(owner_immune(&owned, Some(7), 3), [7, 9, 1]);
        assert_eq!(owner_immune(&[], Some(4), 1), [4]);
        assert_eq!(owner_immune(&owned, Some(7), 0), Vec::<u16>::new());
    }

    proptest! {
        #[test]
        fn never_an_owner_and_never_the_better_of_two(
            standings in proptest::collection::vec((0..5_u64, 0..200_u64, any::<bool>()), 0..40),
            now in 0..200_u64, immunity_period in 0..100_u16, min_non_immune in 0..20_u16,
        ) {
            let neurons: Vec<NeuronStanding> = (0..)
                .zip(standings)
                .map(|(uid, (emission, registered_at, owner_immune))| NeuronStanding {
                    uid,
                    emission,
                    registered_at,
                    owner_immune,
                })
                .collect();
            let candidate = prune_candidate(&neurons, now, immunity_period, min_non_immune);
            if let Some(taken) = candidate.and_then(|uid| neurons.get(usize::from(uid))) {
                prop_assert!(!taken.owner_immune);
                let immune = taken.is_immune(now, immunity_period);
                for other in neurons.iter().filter(|other| !other.owner_immune) {
                    let rival = other.is_immune(now, immunity_period) == immune;
                    prop_assert!(!rival || other.rank() >= taken.rank());
                }
            }
        }

        #[test]
        fn the_owner_hotkey_is_on_a_list_of_any_length(
            owned in proptest::collection::vec((0..300_u16, 0..50_u64), 0..20),
            hotkey in 0..300_u16,
            limit in 1..11_u16,
        ) {
            let immune = owner_immune(&owned, Some(hotkey), limit);
            prop_assert!(immune.contains(&hotkey));
            prop_assert!(immune.len() <= usize::from(limit));
        }
    }
}
