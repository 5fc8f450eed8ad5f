//! Hotkey swaps: who may swap, and the swap on one subnet or on all (section 09, 5).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use assay_primitives::{NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::{DispatchResult, DispatchResultWithPostInfo};
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};

use super::push_once;
use crate::children::take::is_too_early;
use crate::{
    ChildKeys, Config, Delegates, Error, Event, IsNetworkMember, LastHotkeySwapOnNetuid,
    LastRateLimitedBlock, OwnedHotkeys, Owner, Pallet, RateLimitKey, RootClaimable, RootClaimed,
    StakingHotkeys, TotalHotkeyAlpha, TxRateLimit,
};

impl<T: Config> Pallet<T> {
    /// Swaps a hotkey with its stake, on one subnet or on all (section 09, 5).
    ///
    /// # Errors
    /// Those of [`Pallet::do_swap_hotkey_v2`].
    pub fn do_swap_hotkey(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        new_hotkey: T::AccountId,
        netuid: Option<NetUid>,
    ) -> DispatchResultWithPostInfo {
        Self::do_swap_hotkey_v2(origin, hotkey, new_hotkey, netuid, false)
    }

    /// Swaps a hotkey and may keep the stake where it is (section 09, 5).
    ///
    /// # Errors
    /// Those of the checks of section 09, 5, in their order.
    pub fn do_swap_hotkey_v2(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        new_hotkey: T::AccountId,
        netuid: Option<NetUid>,
        keep_stake: bool,
    ) -> DispatchResultWithPostInfo {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_hotkey_swap(&coldkey, &hotkey, &new_hotkey, netuid)?;
        copy_rate_limits::<T>(&hotkey, &new_hotkey);
        match netuid {
            Some(netuid) => {
                Self::swap_hotkey_on_subnet(&coldkey, &hotkey, &new_hotkey, netuid, keep_stake)?;
            }
            None => Self::swap_hotkey_everywhere(&coldkey, &hotkey, &new_hotkey, keep_stake)?,
        }
        Ok(().into())
    }

    /// Removes old records of hotkey swaps (section 01, 7 step a).
    pub fn clean_up_hotkey_swaps(now: u64) {
        let interval = Self::hotkey_swap_on_subnet_interval();
        let is_due = |netuid: &NetUid| u64::from(*netuid).checked_rem(interval) == now.checked_rem(interval);
        for netuid in Self::networks().into_iter().filter(is_due) {
            let old: Vec<T::AccountId> = LastHotkeySwapOnNetuid::<T>::iter_prefix(netuid)
                .filter_map(|(coldkey, last)| (last.saturating_add(interval) < now).then_some(coldkey))
                .collect();
            for coldkey in old {
                LastHotkeySwapOnNetuid::<T>::remove(netuid, coldkey);
            }
        }
    }

    /// The checks before both kinds of swap (section 09, 5).
    fn ensure_hotkey_swap(
        coldkey: &T::AccountId,
        old: &T::AccountId,
        new: &T::AccountId,
        netuid: Option<NetUid>,
    ) -> DispatchResult {
        ensure!(Self::owns(coldkey, old), Error::<T>::NonAssociatedColdKey);
        ensure!(!Self::hotkey_exists(new) || Self::owns(coldkey, new), Error::<T>::NonAssociatedColdKey);
        ensure!(old != new, Error::<T>::NewHotKeyIsSameWithOld);
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::LastTxBlock(coldkey.clone()));
        ensure!(
            !is_too_early(last, TxRateLimit::<T>::get(), Self::now()),
            Error::<T>::HotKeySetTxRateLimitExceeded
        );
        let registered = match netuid {
            Some(netuid) => IsNetworkMember::<T>::get(new, netuid),
            None => IsNetworkMember::<T>::iter_prefix_values(new).any(|member| member),
        };
        ensure!(!registered, Error::<T>::HotKeyAlreadyRegisteredInSubNet);
        ensure!(
            netuid.unwrap_or(ROOT) != ROOT || is_clean_on_root::<T>(new),
            Error::<T>::NewHotKeyNotCleanForRootSwap
        );
        Ok(())
    }

    /// Swaps a hotkey on one subnet; it keeps its owner and its other subnets (section 09, 5 "One subnet").
    fn swap_hotkey_on_subnet(
        coldkey: &T::AccountId,
        old: &T::AccountId,
        new: &T::AccountId,
        netuid: NetUid,
        keep_stake: bool,
    ) -> DispatchResult {
        let next = LastHotkeySwapOnNetuid::<T>::get(netuid, coldkey)
            .saturating_add(Self::hotkey_swap_on_subnet_interval());
        ensure!(next < Self::now(), Error::<T>::HotKeySwapOnSubnetIntervalNotPassed);
        ensure!(!Self::is_subnet_account(new), Error::<T>::CannotUseSystemAccount);
        Self::pay_hotkey_swap(coldkey, Self::key_swap_on_subnet_cost())?;

        Owner::<T>::insert(new, coldkey);
        OwnedHotkeys::<T>::mutate(coldkey, |hotkeys| push_once(hotkeys, new));
        Self::swap_hotkey_locks(old, new, netuid);
        Self::move_hotkey_on_subnet(old, new, netuid, keep_stake)?;

        Self::record_hotkey_swap(coldkey, &[netuid]);
        Self::deposit_event(Event::HotkeySwappedOnSubnet {
            coldkey: coldkey.clone(),
            old_hotkey: old.clone(),
            new_hotkey: new.clone(),
            netuid,
        });
        Ok(())
    }

    /// Swaps a hotkey on all subnets (section 09, 5 "All subnets").
    fn swap_hotkey_everywhere(
        coldkey: &T::AccountId,
        old: &T::AccountId,
        new: &T::AccountId,
        keep_stake: bool,
    ) -> DispatchResult {
        let netuids = Self::networks();
        let affected: Vec<NetUid> = netuids
            .iter()
            .copied()
            .filter(|netuid| {
                IsNetworkMember::<T>::get(old, netuid) || ChildKeys::<T>::contains_key(old, netuid)
            })
            .collect();
        let interval = Self::hotkey_swap_on_subnet_interval();
        for netuid in &affected {
            let last = LastHotkeySwapOnNetuid::<T>::get(netuid, coldkey);
            ensure!(
                last == 0 || last.saturating_add(interval) < Self::now(),
                Error::<T>::HotKeySwapOnSubnetIntervalNotPassed
            );
        }
        Self::pay_hotkey_swap(coldkey, Self::key_swap_cost())?;

        for netuid in &netuids {
            Self::swap_hotkey_locks(old, new, *netuid);
        }
        Owner::<T>::remove(old);
        ensure!(!Self::is_subnet_account(new), Error::<T>::CannotUseSystemAccount);
        Owner::<T>::insert(new, coldkey);
        OwnedHotkeys::<T>::mutate(coldkey, |hotkeys| {
            push_once(hotkeys, new);
            hotkeys.retain(|hotkey| hotkey != old);
        });

        let stakers: BTreeSet<T::AccountId> =
            Self::shareholders_of(old).into_iter().map(|(coldkey, _)| coldkey).collect();
        for netuid in netuids {
            Self::move_hotkey_on_subnet(old, new, netuid, keep_stake)?;
        }
        remove_rate_limits::<T>(old);
        if let Ok(take) = Delegates::<T>::try_get(old) {
            Delegates::<T>::remove(old);
            Delegates::<T>::insert(new, take);
        }
        if !keep_stake {
            for staker in stakers {
                replace_staking_hotkey::<T>(&staker, old, new);
            }
        }

        Self::record_hotkey_swap(coldkey, &affected);
        Self::deposit_event(Event::HotkeySwapped {
            coldkey: coldkey.clone(),
            old_hotkey: old.clone(),
            new_hotkey: new.clone(),
        });
        Ok(())
    }

    fn pay_hotkey_swap(coldkey: &T::AccountId, cost: TaoBalance) -> DispatchResult {
        ensure!(Self::balance(coldkey) >= cost, Error::<T>::NotEnoughBalanceToPaySwapHotKey);
        Self::recycle_tao(coldkey, cost)
    }

    fn record_hotkey_swap(coldkey: &T::AccountId, netuids: &[NetUid]) {
        let now = Self::now();
        for netuid in netuids {
            LastHotkeySwapOnNetuid::<T>::insert(netuid, coldkey, now);
        }
        LastRateLimitedBlock::<T>::insert(RateLimitKey::LastTxBlock(coldkey.clone()), now);
    }
}

/// Whether a hotkey has nothing to do with root stake, so that claims cannot mix (section 09, 5 check 6).
fn is_clean_on_root<T: Config>(hotkey: &T::AccountId) -> bool {
    RootClaimable::<T>::get(hotkey).is_empty()
        && TotalHotkeyAlpha::<T>::get(hotkey, ROOT) == 0
        && RootClaimed::<T>::iter_key_prefix((ROOT, hotkey)).next().is_none()
}

fn rate_limits<T: Config>(hotkey: &T::AccountId) -> [RateLimitKey<T::AccountId>; 3] {
    [
        RateLimitKey::LastTxBlock(hotkey.clone()),
        RateLimitKey::LastTxBlockDelegateTake(hotkey.clone()),
        RateLimitKey::LastTxBlockChildKeyTake(hotkey.clone()),
    ]
}

fn copy_rate_limits<T: Config>(old: &T::AccountId, new: &T::AccountId) {
    for (from, to) in rate_limits::<T>(old).into_iter().zip(rate_limits::<T>(new)) {
        let last = LastRateLimitedBlock::<T>::get(from);
        LastRateLimitedBlock::<T>::insert(to, last);
    }
}

fn remove_rate_limits<T: Config>(hotkey: &T::AccountId) {
    for key in rate_limits::<T>(hotkey) {
        LastRateLimitedBlock::<T>::remove(key);
    }
}

fn replace_staking_hotkey<T: Config>(staker: &T::AccountId, old: &T::AccountId, new: &T::AccountId) {
    let mut hotkeys = StakingHotkeys::<T>::get(staker);
    if hotkeys.contains(old) {
        hotkeys.retain(|hotkey| hotkey != old && hotkey != new);
        hotkeys.push(new.clone());
        StakingHotkeys::<T>::insert(staker, hotkeys);
    }
}
