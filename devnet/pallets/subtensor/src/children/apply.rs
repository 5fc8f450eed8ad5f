//! Children that come to count (section 09, 3.3).

use alloc::vec::Vec;

use assay_primitives::NetUid;

use super::relations::{Relatives, listed};
use crate::{Config, Event, Pallet, PendingChildKeys, SubtokenEnabled};

impl<T: Config> Pallet<T> {
    /// Applies the pending children of a subnet whose cooldown has passed (section 09, 3.3).
    pub fn apply_pending_children(netuid: NetUid, now: u64) {
        let started = SubtokenEnabled::<T>::get(netuid);
        let due: Vec<_> = PendingChildKeys::<T>::iter_prefix(netuid)
            .filter(|(_, (_, cooldown))| *cooldown < now || !started)
            .collect();
        for (hotkey, (children, _)) in due {
            PendingChildKeys::<T>::remove(netuid, &hotkey);
            Self::apply_children(&hotkey, netuid, children);
        }
    }

    /// Makes children count; nothing happens if they do not fit the relations of by now (section 09, 3.3).
    pub fn apply_children(hotkey: &T::AccountId, netuid: NetUid, children: Vec<(u64, T::AccountId)>) {
        let parents = Self::parents_of(hotkey, netuid);
        let others: Relatives<T::AccountId> = children
            .iter()
            .filter(|(_, child)| child != hotkey)
            .map(|(proportion, child)| (child.clone(), *proportion))
            .collect();
        let fits = Self::check_relations(others.iter().map(|(child, part)| (child, *part)), &parents);
        if fits.is_err() {
            return;
        }
        Self::replace_children(hotkey, netuid, &others);
        // Only the order of the parents changes, and with it the rounding of payouts (section 06, 4.1).
        Self::set_parents_of(hotkey, netuid, listed(&parents));
        Self::deposit_event(Event::SetChildren(hotkey.clone(), netuid, children));
    }
}
