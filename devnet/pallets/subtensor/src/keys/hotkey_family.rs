//! Children and parents of a hotkey that is swapped (section 09, 5 "Relations").

use alloc::vec::Vec;

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use crate::children::relations::Relatives;
use crate::{ChildKeys, Config, Error, Pallet, ParentKeys, PendingChildKeys};

impl<T: Config> Pallet<T> {
    /// Gives a new hotkey the children and parents of an old one, instead of its own (section 09, 5 "Relations").
    ///
    /// # Errors
    /// `InvalidChild`, and those of [`Pallet::check_children`] for the pending children.
    pub fn move_family(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) -> DispatchResult {
        let children = Self::children_of(old, netuid);
        let parents = Self::parents_of(old, netuid);
        leave_family::<T>(old, netuid, &children, &parents);
        ensure!(!children.contains_key(new) && !parents.contains_key(new), Error::<T>::InvalidChild);
        if let Ok(pending) = PendingChildKeys::<T>::try_get(netuid, old) {
            PendingChildKeys::<T>::remove(netuid, old);
            Self::check_children(new, &pending.0, &parents)?;
            PendingChildKeys::<T>::insert(netuid, new, pending);
        }
        Self::replace_children(new, netuid, &children);
        Self::replace_parents(new, netuid, &parents);
        rename_pending_child::<T>(old, new, netuid);
        Ok(())
    }
}

/// Takes a hotkey out of the lists of its relatives. On this way lists of children stay stored when they become
/// empty, the hotkey's own even where it never had children.
fn leave_family<T: Config>(
    hotkey: &T::AccountId,
    netuid: NetUid,
    children: &Relatives<T::AccountId>,
    parents: &Relatives<T::AccountId>,
) {
    for child in children.keys() {
        Pallet::<T>::remove_parent(child, netuid, hotkey);
    }
    for parent in parents.keys() {
        let mut list = ChildKeys::<T>::get(parent, netuid);
        list.retain(|(_, child)| child != hotkey);
        ChildKeys::<T>::insert(parent, netuid, list);
    }
    ChildKeys::<T>::insert(hotkey, netuid, Vec::<(u64, T::AccountId)>::new());
    ParentKeys::<T>::remove(hotkey, netuid);
}

fn rename_pending_child<T: Config>(old: &T::AccountId, new: &T::AccountId, netuid: NetUid) {
    let naming: Vec<_> = PendingChildKeys::<T>::iter_prefix(netuid)
        .filter(|(_, (children, _))| children.iter().any(|(_, child)| child == old))
        .collect();
    for (parent, (mut children, cooldown)) in naming {
        let Some(place) = children.iter().position(|(_, child)| child == old) else {
            continue;
        };
        let (proportion, _) = children.remove(place);
        children.push((proportion, new.clone()));
        PendingChildKeys::<T>::insert(netuid, parent, (children, cooldown));
    }
}
