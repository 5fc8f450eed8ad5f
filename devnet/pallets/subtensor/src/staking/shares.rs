//! The pool of shares of one hotkey on one subnet (section 05, 1).

use assay_economics::number::U64F64;
use assay_economics::stake::safe_float::SafeFloat;
use assay_economics::stake::share_pool::SharePool;
use assay_economics::stake::value::total_value;
use assay_primitives::{AlphaBalance, NetUid, SafeFloat as StoredFloat, TaoBalance};

use crate::{
    Alpha, AlphaV2, Config, Pallet, StakingHotkeys, TotalHotkeyAlpha, TotalHotkeyShares, TotalHotkeySharesV2,
};

impl<T: Config> Pallet<T> {
    /// Alpha of one coldkey on a hotkey, rao (section 05, 1).
    pub fn stake_of(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
        share_pool::<T>(hotkey, netuid).value_of(share::<T>(hotkey, coldkey, netuid))
    }

    /// What all stake of a hotkey is worth on all subnets, rao of TAO (section 05, 3.4 step 7).
    pub fn hotkey_value(hotkey: &T::AccountId) -> TaoBalance {
        let stakes = Self::networks()
            .into_iter()
            .map(|netuid| (TotalHotkeyAlpha::<T>::get(hotkey, netuid), Self::price(netuid)));
        total_value(stakes)
    }

    /// Whether shares for `alpha` would be worth anything (section 05, 1 "sim update").
    pub fn shares_can_grow(hotkey: &T::AccountId, netuid: NetUid, alpha: AlphaBalance) -> bool {
        share_pool::<T>(hotkey, netuid).would_accept(alpha)
    }

    /// Adds alpha to the stake of one coldkey (section 05, 1 "increase").
    pub fn increase_stake(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) {
        let mut hotkeys = StakingHotkeys::<T>::get(coldkey);
        if alpha > 0 && !hotkeys.contains(hotkey) {
            hotkeys.push(hotkey.clone());
            StakingHotkeys::<T>::insert(coldkey, hotkeys);
        }
        let pool = share_pool::<T>(hotkey, netuid);
        let (pool, share) = pool.increase(share::<T>(hotkey, coldkey, netuid), alpha);
        store_pool::<T>(hotkey, netuid, pool);
        store_share::<T>(hotkey, coldkey, netuid, share);
    }

    /// Takes alpha from the stake of one coldkey; nothing happens if it has less (section 05, 1 "decrease").
    pub fn decrease_stake(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) {
        let before = (share_pool::<T>(hotkey, netuid), share::<T>(hotkey, coldkey, netuid));
        let (pool, share) = before;
        let after = pool.decrease(share, alpha);
        if after == before {
            return;
        }
        let (pool, share) = after;
        store_pool::<T>(hotkey, netuid, pool);
        store_share::<T>(hotkey, coldkey, netuid, share);
    }

    /// Adds alpha to the stakes of all coldkeys of a hotkey (section 05, 1 "update all").
    pub fn increase_all_stakes(hotkey: &T::AccountId, netuid: NetUid, alpha: AlphaBalance) {
        let pool = share_pool::<T>(hotkey, netuid).update_all(alpha.cast_signed());
        store_value::<T>(hotkey, netuid, pool.value);
    }

    /// Takes alpha from the stakes of all coldkeys of a hotkey; shares do not change (section 05, 1 "update all").
    pub fn decrease_all_stakes(hotkey: &T::AccountId, netuid: NetUid, alpha: AlphaBalance) {
        let pool = share_pool::<T>(hotkey, netuid).update_all(alpha.cast_signed().wrapping_neg());
        store_value::<T>(hotkey, netuid, pool.value);
    }

    /// Removes all shares of a hotkey's stake on a subnet.
    pub fn forget_shares(hotkey: &T::AccountId, netuid: NetUid) {
        for (coldkey, on) in Self::shareholders_of(hotkey) {
            if on == netuid {
                store_share::<T>(hotkey, &coldkey, netuid, SafeFloat::ZERO);
            }
        }
        let empty =
            SharePool { value: TotalHotkeyAlpha::<T>::get(hotkey, netuid), denominator: SafeFloat::ZERO };
        store_pool::<T>(hotkey, netuid, empty);
    }
}

/// The pool of a hotkey on a subnet (section 05, 1).
pub(crate) fn share_pool<T: Config>(hotkey: &T::AccountId, netuid: NetUid) -> SharePool {
    let denominator = match TotalHotkeyShares::<T>::try_get(hotkey, netuid) {
        Ok(legacy) => SafeFloat::from_legacy_share(U64F64::from(legacy)),
        Err(()) => loaded(TotalHotkeySharesV2::<T>::get(hotkey, netuid)),
    };
    SharePool { value: TotalHotkeyAlpha::<T>::get(hotkey, netuid), denominator }
}

/// The share of a coldkey in the pool of a hotkey on a subnet (section 05, 1).
pub(crate) fn share<T: Config>(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid) -> SafeFloat {
    let key = (hotkey, coldkey, netuid);
    match Alpha::<T>::try_get(key) {
        Ok(legacy) => SafeFloat::from_legacy_share(U64F64::from(legacy)),
        Err(()) => loaded(AlphaV2::<T>::get(key)),
    }
}

fn store_pool<T: Config>(hotkey: &T::AccountId, netuid: NetUid, pool: SharePool) {
    store_value::<T>(hotkey, netuid, pool.value);
    TotalHotkeyShares::<T>::remove(hotkey, netuid);
    if pool.denominator.is_zero() {
        TotalHotkeySharesV2::<T>::remove(hotkey, netuid);
    } else {
        TotalHotkeySharesV2::<T>::insert(hotkey, netuid, stored(pool.denominator));
    }
}

fn store_value<T: Config>(hotkey: &T::AccountId, netuid: NetUid, value: AlphaBalance) {
    if value == 0 {
        TotalHotkeyAlpha::<T>::remove(hotkey, netuid);
    } else {
        TotalHotkeyAlpha::<T>::insert(hotkey, netuid, value);
    }
}

fn store_share<T: Config>(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid, share: SafeFloat) {
    let key = (hotkey, coldkey, netuid);
    Alpha::<T>::remove(key);
    if share.is_zero() {
        AlphaV2::<T>::remove(key);
    } else {
        AlphaV2::<T>::insert(key, stored(share));
    }
}

fn loaded(float: StoredFloat) -> SafeFloat {
    SafeFloat { mantissa: float.mantissa, exponent: float.exponent }
}

fn stored(float: SafeFloat) -> StoredFloat {
    StoredFloat { mantissa: float.mantissa, exponent: float.exponent }
}
