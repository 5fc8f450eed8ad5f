//! What root stakers may claim, and how it changes with their stake (section 06, 4.3 and 9).

use assay_economics::emission::root_claim::{
    RootDividend, claimed_after_add, claimed_after_remove, root_dividend,
};
use assay_economics::number::I96F32;
use assay_primitives::{AlphaBalance, NetUid, ROOT};

use crate::{Config, Owner, Pallet, RootClaimable, RootClaimed, TotalHotkeyAlpha};

impl<T: Config> Pallet<T> {
    /// Adds dividends to what root stakers of a hotkey can claim. More than the whole root stake would not fit the
    /// rate; it becomes stake of the hotkey's owner (section 06, 4.3).
    pub fn increase_root_claimable(hotkey: &T::AccountId, netuid: NetUid, alpha: AlphaBalance) {
        match root_dividend(alpha, TotalHotkeyAlpha::<T>::get(hotkey, ROOT)) {
            RootDividend::Staked => {
                Self::increase_stake(hotkey, &Owner::<T>::get(hotkey), netuid, alpha);
            }
            RootDividend::Claimable(increment) => RootClaimable::<T>::mutate(hotkey, |rates| {
                let rate = rates.entry(netuid).or_default();
                *rate = I96F32::from(*rate).saturating_add(increment).into();
            }),
        }
    }

    /// Keeps new root stake from earning past dividends (section 06, 9).
    pub fn root_claim_after_add(hotkey: &T::AccountId, coldkey: &T::AccountId, alpha: AlphaBalance) {
        for (netuid, rate) in RootClaimable::<T>::get(hotkey) {
            RootClaimed::<T>::mutate((netuid, hotkey, coldkey), |claimed| {
                *claimed = claimed_after_add(*claimed, rate.into(), alpha);
            });
        }
    }

    /// Lowers the watermark when root stake leaves (section 06, 9).
    pub fn root_claim_after_remove(hotkey: &T::AccountId, coldkey: &T::AccountId, alpha: AlphaBalance) {
        for (netuid, rate) in RootClaimable::<T>::get(hotkey) {
            if netuid != ROOT {
                RootClaimed::<T>::mutate((netuid, hotkey, coldkey), |claimed| {
                    *claimed = claimed_after_remove(*claimed, rate.into(), alpha);
                });
            }
        }
    }

    /// Forgets the claims on a dissolved subnet; hotkeys keep a map, be it empty (section 02, 5 step 1).
    pub fn clear_root_claims(netuid: NetUid) {
        RootClaimable::<T>::translate_values(|mut rates: alloc::collections::BTreeMap<_, _>| {
            rates.remove(&netuid);
            Some(rates)
        });
        let _ = RootClaimed::<T>::clear_prefix((netuid,), u32::MAX, None);
    }
}
