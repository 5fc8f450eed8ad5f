//! Children and parents as they are stored, once on each side (section 09, 3.1 and 3.3).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use crate::{ChildKeys, Config, Error, Pallet, ParentKeys};

/// Relatives of a hotkey on a subnet with their proportions of 2^64 - 1, in the order of the accounts.
pub type Relatives<AccountId> = BTreeMap<AccountId, u64>;

/// Most children of a hotkey on a subnet (section 09, 3.2 check 9).
const MAX_CHILDREN: usize = 5;

impl<T: Config> Pallet<T> {
    /// Children of a hotkey on a subnet (section 09, 3.1).
    pub fn children_of(hotkey: &T::AccountId, netuid: NetUid) -> Relatives<T::AccountId> {
        by_account(ChildKeys::<T>::get(hotkey, netuid))
    }

    /// Parents of a hotkey on a subnet (section 09, 3.1).
    pub fn parents_of(hotkey: &T::AccountId, netuid: NetUid) -> Relatives<T::AccountId> {
        by_account(ParentKeys::<T>::get(hotkey, netuid))
    }

    /// Checks 8 to 11 of new children (section 09, 3.2).
    ///
    /// # Errors
    /// `InvalidChild`, `TooManyChildren`, `ProportionOverflow`, `ChildParentInconsistency`.
    pub fn check_children(
        hotkey: &T::AccountId,
        children: &[(u64, T::AccountId)],
        parents: &Relatives<T::AccountId>,
    ) -> DispatchResult {
        ensure!(children.iter().all(|(_, child)| child != hotkey), Error::<T>::InvalidChild);
        ensure!(children.len() <= MAX_CHILDREN, Error::<T>::TooManyChildren);
        Self::check_relations(children.iter().map(|(proportion, child)| (child, *proportion)), parents)
    }

    /// Whether the children's proportions add up and no child is a parent (section 09, 3.2 checks 10 and 11).
    ///
    /// # Errors
    /// `ProportionOverflow`, `ChildParentInconsistency`.
    pub fn check_relations<'a>(
        children: impl Iterator<Item = (&'a T::AccountId, u64)> + Clone,
        parents: &Relatives<T::AccountId>,
    ) -> DispatchResult {
        children
            .clone()
            .try_fold(0_u64, |sum, (_, proportion)| sum.checked_add(proportion))
            .ok_or(Error::<T>::ProportionOverflow)?;
        ensure!(
            children.map(|(child, _)| child).all(|child| !parents.contains_key(child)),
            Error::<T>::ChildParentInconsistency
        );
        Ok(())
    }

    /// Gives a hotkey these children instead of those it has, on both sides (section 09, 3.3).
    pub fn replace_children(hotkey: &T::AccountId, netuid: NetUid, children: &Relatives<T::AccountId>) {
        let before: BTreeSet<T::AccountId> = Self::children_of(hotkey, netuid).into_keys().collect();
        Self::set_children_of(hotkey, netuid, listed(children));
        for (child, proportion) in children {
            let mut parents = ParentKeys::<T>::get(child, netuid);
            update_or_append(&mut parents, *proportion, hotkey);
            Self::set_parents_of(child, netuid, parents);
        }
        for child in before.iter().filter(|child| !children.contains_key(*child)) {
            Self::remove_parent(child, netuid, hotkey);
        }
    }

    /// Gives a hotkey these parents instead of those it has, on both sides (section 09, 5).
    pub fn replace_parents(hotkey: &T::AccountId, netuid: NetUid, parents: &Relatives<T::AccountId>) {
        let before: BTreeSet<T::AccountId> = Self::parents_of(hotkey, netuid).into_keys().collect();
        Self::set_parents_of(hotkey, netuid, listed(parents));
        for (parent, proportion) in parents {
            let mut children = ChildKeys::<T>::get(parent, netuid);
            update_or_append(&mut children, *proportion, hotkey);
            Self::set_children_of(parent, netuid, children);
        }
        for parent in before.iter().filter(|parent| !parents.contains_key(*parent)) {
            let mut children = ChildKeys::<T>::get(parent, netuid);
            children.retain(|(_, child)| child != hotkey);
            Self::set_children_of(parent, netuid, children);
        }
    }

    /// Deletes a hotkey from the parents of a child (section 09, 3.3).
    pub fn remove_parent(child: &T::AccountId, netuid: NetUid, hotkey: &T::AccountId) {
        let mut parents = ParentKeys::<T>::get(child, netuid);
        parents.retain(|(_, parent)| parent != hotkey);
        Self::set_parents_of(child, netuid, parents);
    }

    /// Stores a list of children; an empty one removes the entry (section 09, 3.1).
    pub fn set_children_of(hotkey: &T::AccountId, netuid: NetUid, children: Vec<(u64, T::AccountId)>) {
        if children.is_empty() {
            ChildKeys::<T>::remove(hotkey, netuid);
        } else {
            ChildKeys::<T>::insert(hotkey, netuid, children);
        }
    }

    /// Stores a list of parents; an empty one removes the entry (section 09, 3.1).
    pub fn set_parents_of(hotkey: &T::AccountId, netuid: NetUid, parents: Vec<(u64, T::AccountId)>) {
        if parents.is_empty() {
            ParentKeys::<T>::remove(hotkey, netuid);
        } else {
            ParentKeys::<T>::insert(hotkey, netuid, parents);
        }
    }
}

/// A stored list in the order of the accounts (section 09, 3.3).
pub fn listed<AccountId: Clone>(relatives: &Relatives<AccountId>) -> Vec<(u64, AccountId)> {
    relatives.iter().map(|(account, proportion)| (*proportion, account.clone())).collect()
}

fn by_account<AccountId: Ord>(list: Vec<(u64, AccountId)>) -> Relatives<AccountId> {
    list.into_iter().map(|(proportion, account)| (account, proportion)).collect()
}

/// A relative keeps its place in the list, a new one goes to the end (section 09, 3.3).
fn update_or_append<AccountId: Clone + PartialEq>(
    list: &mut Vec<(u64, AccountId)>,
    proportion: u64,
    relative: &AccountId,
) {
    match list.iter_mut().find(|(_, account)| account == relative) {
        Some(entry) => entry.0 = proportion,
        None => list.push((proportion, relative.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_relative_keeps_its_place() {
        let mut list = [(1, 'a'), (2, 'b')].to_vec();
        update_or_append(&mut list, 5, &'a');
        update_or_append(&mut list, 7, &'c');
        assert_eq!(list, [(5, 'a'), (2, 'b'), (7, 'c')]);
    }

    #[test]
    fn lists_come_out_in_the_order_of_the_accounts() {
        assert_eq!(listed(&by_account([(1, 'z'), (2, 'b')].to_vec())), [(2, 'b'), (1, 'z')]);
    }
}
