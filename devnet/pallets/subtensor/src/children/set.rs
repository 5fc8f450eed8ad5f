//! Children of a hotkey (section 09, 3.2, 3.3 and 3.5).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use assay_primitives::{NetUid, ROOT};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root, ensure_signed};

use crate::subnets::rate_limits::Transaction;
use crate::{
    AutoParentDelegationEnabled, Config, Error, Event, Keys, Owner, Pallet, PendingChildKeyCooldown,
    PendingChildKeys, StakeThreshold, SubnetOwnerHotkey, SubtokenEnabled,
};

impl<T: Config> Pallet<T> {
    /// Sets the children of a hotkey (section 09, 3.2).
    ///
    /// # Errors
    /// Those of [`Pallet::schedule_children`].
    pub fn do_set_children(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        children: Vec<(u64, T::AccountId)>,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::schedule_children(&coldkey, hotkey, netuid, children)
    }

    /// Sets the cooldown of new children; root only (section 02, 9.2).
    ///
    /// # Errors
    /// Only a bad origin.
    pub fn do_set_pending_childkey_cooldown(origin: OriginFor<T>, cooldown: u64) -> DispatchResult {
        ensure_root(origin)?;
        PendingChildKeyCooldown::<T>::put(cooldown);
        Ok(())
    }

    /// Lets a root validator become a parent on new subnets, or not (section 09, 3.5).
    ///
    /// # Errors
    /// `NonAssociatedColdKey`, `HotKeyNotRegisteredInSubNet`.
    pub fn do_set_auto_parent_delegation_enabled(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        enabled: bool,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(Self::owns(&coldkey, &hotkey), Error::<T>::NonAssociatedColdKey);
        ensure!(Self::is_registered(ROOT, &hotkey), Error::<T>::HotKeyNotRegisteredInSubNet);
        AutoParentDelegationEnabled::<T>::insert(&hotkey, enabled);
        Self::deposit_event(Event::AutoParentDelegationEnabledSet { hotkey, enabled });
        Ok(())
    }

    /// Schedules children for a coldkey, or applies them where the subnet has not started (section 09, 3.2). An
    /// error leaves storage as it was.
    ///
    /// # Errors
    /// Those of the checks of section 09, 3.2, in their order.
    pub fn schedule_children(
        coldkey: &T::AccountId,
        hotkey: T::AccountId,
        netuid: NetUid,
        children: Vec<(u64, T::AccountId)>,
    ) -> DispatchResult {
        ensure!(
            Self::transaction_limit_passed(Transaction::SetChildren, &hotkey, netuid),
            Error::<T>::TxRateLimitExceeded
        );
        ensure!(netuid != ROOT, Error::<T>::RegistrationNotPermittedOnRootSubnet);
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(Self::owns(coldkey, &hotkey), Error::<T>::NonAssociatedColdKey);
        let distinct: BTreeSet<&T::AccountId> = children.iter().map(|(_, child)| child).collect();
        ensure!(distinct.len() == children.len(), Error::<T>::DuplicateChild);

        let parents = Self::parents_of(&hotkey, netuid);
        let before = Self::children_of(&hotkey, netuid);
        ensure!(!before.contains_key(&hotkey) && !parents.contains_key(&hotkey), Error::<T>::InvalidChild);
        Self::check_relations(before.iter().map(|(child, part)| (child, *part)), &parents)?;
        Self::check_children(&hotkey, &children, &parents)?;
        ensure!(
            children.is_empty() || Self::may_have_children(&hotkey, netuid),
            Error::<T>::NotEnoughStakeToSetChildkeys
        );

        Self::record_transaction(Transaction::SetChildren, &hotkey, netuid);
        if SubtokenEnabled::<T>::get(netuid) {
            let cooldown = Self::now().saturating_add(PendingChildKeyCooldown::<T>::get());
            PendingChildKeys::<T>::insert(netuid, &hotkey, (&children, cooldown));
            Self::deposit_event(Event::SetChildrenScheduled(hotkey, netuid, cooldown, children));
        } else {
            Self::apply_children(&hotkey, netuid, children);
        }
        Ok(())
    }

    /// Makes root validators parents of a new subnet's owner; whoever cannot be one is left out (section 09, 3.5).
    pub fn delegate_root_to_owner(netuid: NetUid, owner_hotkey: &T::AccountId) {
        let validators: Vec<T::AccountId> = Keys::<T>::iter_prefix_values(ROOT).collect();
        for validator in validators {
            if validator == *owner_hotkey || !AutoParentDelegationEnabled::<T>::get(&validator) {
                continue;
            }
            let coldkey = Owner::<T>::get(&validator);
            let all_to_owner = Vec::from([(u64::MAX, owner_hotkey.clone())]);
            let _ = Self::schedule_children(&coldkey, validator, netuid, all_to_owner);
        }
    }

    /// Whether a hotkey has the stake for children, which the owner's needs not (section 09, 3.2 check 12).
    fn may_have_children(hotkey: &T::AccountId, netuid: NetUid) -> bool {
        Self::hotkey_value(hotkey) >= StakeThreshold::<T>::get()
            || SubnetOwnerHotkey::<T>::try_get(netuid).as_ref() == Ok(hotkey)
    }
}
