//! Locks as they change with time (section 05, 8.1 to 8.4).
//!
//! A lock is read with its [`LockFlags`], because they decide both how it rolls and in which aggregate it counts. The
//! arithmetic is in `assay_economics::stake`.

use assay_economics::stake::lock::{
    LockDelta, LockFlags, LockRates, LockState as Rolling, available, roll, roll_pair,
};
use assay_economics::stake::lock_operations::{add_to_aggregate, force_reduce, reduce_aggregate};
use assay_primitives::interface::HeldStake;
use assay_primitives::stored::U64F64;
use assay_primitives::{AlphaBalance, NetUid};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{
    Config, DecayingHotkeyLock, DecayingLock, DecayingOwnerLock, HotkeyLock, Lock, LockingColdkeys,
    MaturityRate, OwnerLock, Pallet, StakingHotkeys, SubnetOwnerHotkey, UnlockRate,
};

/// A coldkey's lock on a subnet, or the sum of many (section 05, 8).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(replace_segment("locks", "staking"), replace_segment("roll", "lock"))]
pub struct LockState {
    /// Locked alpha, rao.
    pub locked_mass: AlphaBalance,
    /// Conviction, in rao of alpha.
    pub conviction: U64F64,
    /// Block of the last roll.
    pub last_update: u64,
}

impl From<LockState> for Rolling {
    fn from(stored: LockState) -> Self {
        Self {
            locked_mass: stored.locked_mass,
            conviction: stored.conviction.into(),
            last_update: stored.last_update,
        }
    }
}

impl From<Rolling> for LockState {
    fn from(lock: Rolling) -> Self {
        Self {
            locked_mass: lock.locked_mass,
            conviction: lock.conviction.into(),
            last_update: lock.last_update,
        }
    }
}

/// A coldkey's lock as it lies in storage, not rolled, with its hotkey and its flags.
pub struct OwnLock<AccountId> {
    /// The hotkey it backs.
    pub hotkey: AccountId,
    /// How it rolls, and where it counts.
    pub flags: LockFlags,
    /// The lock.
    pub state: Rolling,
}

impl<T: Config> Pallet<T> {
    /// Alpha of a coldkey on a subnet that is locked now, rao (section 05, 8.4).
    pub fn locked_of(coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        Self::lock_of(coldkey, netuid).map_or(0, |lock| Self::roll_now(lock.state, lock.flags).locked_mass)
    }

    /// Alpha of a coldkey on a subnet that may leave, rao (section 05, 8.4). What is held back on a hotkey may be the
    /// same alpha that is locked.
    pub fn available_of(coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        let total = Self::stake_on(coldkey, netuid);
        let unlocked = available(total, Self::locked_of(coldkey, netuid));
        unlocked.min(total.saturating_sub(Self::held_of(coldkey, netuid)))
    }

    /// Whether `alpha` of a coldkey's stake on a hotkey may leave the subnet (section 05, 8.4).
    pub fn may_leave_subnet(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) -> bool {
        alpha <= Self::available_of(coldkey, netuid) && Self::may_leave_hotkey(hotkey, coldkey, netuid, alpha)
    }

    /// Whether `alpha` of a coldkey's stake may leave the hotkey, if only for another one of the subnet.
    pub fn may_leave_hotkey(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) -> bool {
        let held = T::HeldStake::locked(netuid, hotkey, coldkey);
        held == 0 || alpha <= Self::stake_of(hotkey, coldkey, netuid).saturating_sub(held)
    }

    /// All alpha of a coldkey on a subnet, over its hotkeys, rao (section 05, 8.4 "total").
    pub fn stake_on(coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        StakingHotkeys::<T>::get(coldkey).iter().fold(0, |total: AlphaBalance, hotkey| {
            total.saturating_add(Self::stake_of(hotkey, coldkey, netuid))
        })
    }

    /// Rolls a coldkey's lock with its aggregate and saves both (section 05, 8.3 "cleanup").
    pub fn clean_up_lock(coldkey: &T::AccountId, netuid: NetUid) {
        let Some(lock) = Self::lock_of(coldkey, netuid) else {
            return;
        };
        let aggregate = Self::aggregate_or_fresh(netuid, &lock.hotkey, lock.flags);
        let (own, aggregate) = roll_pair(lock.state, aggregate, Self::now(), Self::lock_rates(), lock.flags);
        Self::save_lock(coldkey, netuid, &lock.hotkey, own);
        Self::save_aggregate(netuid, &lock.hotkey, lock.flags, aggregate);
    }

    /// Reduces a coldkey's lock whether it likes it or not (section 05, 8.6 "force-reduce").
    pub fn force_reduce_lock(coldkey: &T::AccountId, netuid: NetUid, alpha: AlphaBalance) {
        let Some(lock) = Self::lock_of(coldkey, netuid) else {
            return;
        };
        let aggregate = Self::aggregate_or_fresh(netuid, &lock.hotkey, lock.flags);
        let (own, aggregate) =
            force_reduce(lock.state, aggregate, alpha, Self::now(), Self::lock_rates(), lock.flags);
        Self::save_lock(coldkey, netuid, &lock.hotkey, own);
        Self::save_aggregate(netuid, &lock.hotkey, lock.flags, aggregate);
    }

    /// The lock of a coldkey on a subnet (section 05, 8).
    pub fn lock_of(coldkey: &T::AccountId, netuid: NetUid) -> Option<OwnLock<T::AccountId>> {
        let (hotkey, stored) = Lock::<T>::iter_prefix((coldkey, netuid)).next()?;
        Some(OwnLock { flags: Self::lock_flags(coldkey, netuid, &hotkey), hotkey, state: stored.into() })
    }

    /// The flags of a coldkey's lock on a hotkey, whether there is one or not (section 05, 8.3).
    pub fn lock_flags(coldkey: &T::AccountId, netuid: NetUid, hotkey: &T::AccountId) -> LockFlags {
        LockFlags {
            owner: SubnetOwnerHotkey::<T>::get(netuid) == *hotkey,
            perpetual: DecayingLock::<T>::get(coldkey, netuid) == Some(false),
        }
    }

    /// How fast locks open and convictions ripen (section 05, 8).
    pub fn lock_rates() -> LockRates {
        LockRates { unlock: UnlockRate::<T>::get(), maturity: MaturityRate::<T>::get() }
    }

    /// A lock or an aggregate at this block (section 05, 8.2).
    pub fn roll_now(lock: Rolling, flags: LockFlags) -> Rolling {
        roll(lock, Self::now(), Self::lock_rates(), flags)
    }

    /// Stores a coldkey's lock and its index entry, or removes both if the lock is zero (section 05, 8.3).
    pub fn save_lock(coldkey: &T::AccountId, netuid: NetUid, hotkey: &T::AccountId, lock: Rolling) {
        if lock.is_zero() {
            Self::remove_lock(coldkey, netuid, hotkey);
        } else {
            Lock::<T>::insert((coldkey, netuid, hotkey), LockState::from(lock));
            LockingColdkeys::<T>::insert((netuid, hotkey, coldkey), ());
        }
    }

    /// Removes a coldkey's lock and its index entry (section 05, 8.3).
    pub fn remove_lock(coldkey: &T::AccountId, netuid: NetUid, hotkey: &T::AccountId) {
        Lock::<T>::remove((coldkey, netuid, hotkey));
        LockingColdkeys::<T>::remove((netuid, hotkey, coldkey));
    }

    /// The aggregate in which locks on `hotkey` with these flags count; an owner's does not depend on the hotkey
    /// (section 05, 8.3).
    pub fn aggregate(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags) -> Option<Rolling> {
        match (flags.owner, flags.perpetual) {
            (true, true) => OwnerLock::<T>::get(netuid),
            (true, false) => DecayingOwnerLock::<T>::get(netuid),
            (false, true) => HotkeyLock::<T>::get(netuid, hotkey),
            (false, false) => DecayingHotkeyLock::<T>::get(netuid, hotkey),
        }
        .map(Rolling::from)
    }

    /// The aggregate as [`Pallet::aggregate`] finds it, a missing one as nothing since now (section 05, 8.3).
    pub fn aggregate_or_fresh(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags) -> Rolling {
        Self::aggregate(netuid, hotkey, flags).unwrap_or_else(|| Rolling::fresh(0, Self::now()))
    }

    /// Stores an aggregate, or removes it if both parts are exactly zero (section 05, 8.3).
    pub fn save_aggregate(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags, aggregate: Rolling) {
        if aggregate.is_empty() {
            Self::remove_aggregate(netuid, hotkey, flags);
            return;
        }
        let stored = LockState::from(aggregate);
        match (flags.owner, flags.perpetual) {
            (true, true) => OwnerLock::<T>::insert(netuid, stored),
            (true, false) => DecayingOwnerLock::<T>::insert(netuid, stored),
            (false, true) => HotkeyLock::<T>::insert(netuid, hotkey, stored),
            (false, false) => DecayingHotkeyLock::<T>::insert(netuid, hotkey, stored),
        }
    }

    /// Removes the aggregate that [`Pallet::aggregate`] finds (section 05, 8.3).
    pub fn remove_aggregate(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags) {
        match (flags.owner, flags.perpetual) {
            (true, true) => OwnerLock::<T>::remove(netuid),
            (true, false) => DecayingOwnerLock::<T>::remove(netuid),
            (false, true) => HotkeyLock::<T>::remove(netuid, hotkey),
            (false, false) => DecayingHotkeyLock::<T>::remove(netuid, hotkey),
        }
    }

    /// Takes a lock's part out of its aggregate (section 05, 8.3 `agg_reduce`).
    pub fn reduce_lock_aggregate(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags, delta: LockDelta) {
        let aggregate = Self::aggregate_or_fresh(netuid, hotkey, flags);
        let reduced = reduce_aggregate(aggregate, delta, Self::now(), Self::lock_rates(), flags);
        Self::save_aggregate(netuid, hotkey, flags, reduced);
    }

    /// Adds a lock to its aggregate (section 05, 8.3 `agg_add`).
    pub fn add_to_lock_aggregate(netuid: NetUid, hotkey: &T::AccountId, flags: LockFlags, lock: Rolling) {
        let aggregate = Self::aggregate_or_fresh(netuid, hotkey, flags);
        let sum = add_to_aggregate(aggregate, lock, Self::now(), Self::lock_rates(), flags);
        Self::save_aggregate(netuid, hotkey, flags, sum);
    }

    /// Alpha of a coldkey on a subnet that something outside of the protocol holds back, rao.
    fn held_of(coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        StakingHotkeys::<T>::get(coldkey).iter().fold(0, |held: AlphaBalance, hotkey| {
            held.saturating_add(T::HeldStake::locked(netuid, hotkey, coldkey))
        })
    }
}

/// The whole of a lock, as something that leaves an aggregate.
pub fn all_of(lock: Rolling) -> LockDelta {
    LockDelta { locked_mass: lock.locked_mass, conviction: lock.conviction }
}
