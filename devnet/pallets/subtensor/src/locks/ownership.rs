//! Ownership by conviction (section 05, 8.7).

use alloc::vec::Vec;

use assay_economics::number::U64F64;
use assay_economics::stake::conviction::{AccountBytes, give_back, king, may_change_hands, take_over};
use assay_economics::stake::lock::LockFlags;
use assay_primitives::NetUid;
use assay_primitives::interface::NeuronWatch;

use super::roll::LockState;
use crate::{
    Config, DecayingHotkeyLock, DecayingOwnerLock, Event, HotkeyLock, NetworkRegisteredAt, Owner, OwnerLock,
    Pallet, SubnetAlphaOut, SubnetOwner, SubnetOwnerHotkey,
};

/// Issuance below which any conviction at all decides.
const ANY_ALPHA: u64 = 0;

impl<T: Config> Pallet<T> {
    /// Makes the most convicted hotkey's coldkey the owner if the time has come (section 05, 8.7).
    pub fn change_owner_if_needed(netuid: NetUid) {
        let alpha_out = SubnetAlphaOut::<T>::get(netuid);
        if !may_change_hands(alpha_out, NetworkRegisteredAt::<T>::get(netuid), Self::now()) {
            return;
        }
        let Some(king) = king(&Self::convictions(netuid), alpha_out).map(T::AccountId::from) else {
            return;
        };
        let old_coldkey = SubnetOwner::<T>::get(netuid);
        let Some(new_coldkey) = Self::contender(&king, &old_coldkey) else {
            return;
        };
        if !Self::seat(netuid, &king) {
            return;
        }
        Self::dethrone(netuid, &SubnetOwnerHotkey::<T>::get(netuid));
        Self::crown(netuid, &king);
        SubnetOwner::<T>::insert(netuid, &new_coldkey);
        SubnetOwnerHotkey::<T>::insert(netuid, king);
        Self::deposit_event(Event::SubnetOwnerChanged { netuid, old_coldkey, new_coldkey });
    }

    /// Conviction behind a hotkey, the owner's included (section 11, 4).
    pub fn conviction_of(hotkey: &T::AccountId, netuid: NetUid) -> U64F64 {
        let account: AccountBytes = hotkey.clone().into();
        let convictions = Self::convictions(netuid).into_iter();
        let own = convictions.filter_map(|(backed, conviction)| (backed == account).then_some(conviction));
        own.fold(U64F64::ZERO, U64F64::saturating_add)
    }

    /// The most convicted hotkey of a subnet (section 11, 4).
    pub fn most_convicted(netuid: NetUid) -> Option<T::AccountId> {
        king(&Self::convictions(netuid), ANY_ALPHA).map(T::AccountId::from)
    }

    /// The convictions of all aggregates now, the owner's two under the owner's hotkey (section 05, 8.7 step 2).
    fn convictions(netuid: NetUid) -> Vec<(AccountBytes, U64F64)> {
        let conviction = |lock: LockState, owner, perpetual| {
            Self::roll_now(lock.into(), LockFlags { owner, perpetual }).conviction
        };
        let perpetual = HotkeyLock::<T>::iter_prefix(netuid)
            .map(|(hotkey, lock)| (hotkey.into(), conviction(lock, false, true)));
        let decaying = DecayingHotkeyLock::<T>::iter_prefix(netuid)
            .map(|(hotkey, lock)| (hotkey.into(), conviction(lock, false, false)));
        let owner: AccountBytes = SubnetOwnerHotkey::<T>::get(netuid).into();
        let owners = [(OwnerLock::<T>::get(netuid), true), (DecayingOwnerLock::<T>::get(netuid), false)];
        let owned = owners
            .into_iter()
            .filter_map(|(lock, perpetual)| lock.map(|lock| (owner, conviction(lock, true, perpetual))));
        perpetual.chain(decaying).chain(owned).collect()
    }

    /// The coldkey of the king, if it is somebody else than the owner (section 05, 8.7 step 4).
    fn contender(king: &T::AccountId, owner: &T::AccountId) -> Option<T::AccountId> {
        let nobody = T::AccountId::new([0; 32]);
        Owner::<T>::try_get(king).ok().filter(|coldkey| *coldkey != nobody && coldkey != owner)
    }

    /// Whether the king has a uid, or has got one without a payment or an event (section 05, 8.7 step 5).
    fn seat(netuid: NetUid, king: &T::AccountId) -> bool {
        let welcome = || T::NeuronWatch::ensure_welcome(netuid, king).is_ok();
        Self::is_registered(netuid, king) || (welcome() && Self::assign_uid(netuid, king).is_some())
    }

    /// The old owner's aggregates become those of any hotkey (section 05, 8.7 step 6).
    fn dethrone(netuid: NetUid, hotkey: &T::AccountId) {
        for (owned, general) in both_kinds() {
            if let Some(lock) = Self::aggregate(netuid, hotkey, owned) {
                let other = Self::aggregate_or_fresh(netuid, hotkey, general);
                let sum = give_back(lock, other, Self::now(), Self::lock_rates(), owned.perpetual);
                Self::remove_aggregate(netuid, hotkey, owned);
                Self::save_aggregate(netuid, hotkey, general, sum);
            }
        }
    }

    /// The king's aggregates become the owner's (section 05, 8.7 step 7).
    fn crown(netuid: NetUid, king: &T::AccountId) {
        for (owned, general) in both_kinds() {
            if let Some(lock) = Self::aggregate(netuid, king, general) {
                let other = Self::aggregate_or_fresh(netuid, king, owned);
                let sum = take_over(lock, other, Self::now(), Self::lock_rates(), owned.perpetual);
                Self::remove_aggregate(netuid, king, general);
                Self::save_aggregate(netuid, king, owned, sum);
            }
        }
    }
}

/// The owner's flags and those of any other hotkey, for perpetual and for decaying locks.
fn both_kinds() -> [(LockFlags, LockFlags); 2] {
    [true, false]
        .map(|perpetual| (LockFlags { owner: true, perpetual }, LockFlags { owner: false, perpetual }))
}
