//! Small nominations (section 05, 2).

use alloc::collections::BTreeSet;

use assay_economics::stake::minimum::{is_small_nomination, nominator_minimum};
use assay_primitives::interface::{HeldStake, SwapEngine};
use assay_primitives::{NetUid, TaoBalance};

use crate::{Alpha, AlphaV2, Config, NominatorMinRequiredStake, Pallet};

impl<T: Config> Pallet<T> {
    /// Smallest nomination, rao (section 05, 2).
    pub fn minimum_nomination() -> TaoBalance {
        nominator_minimum(NominatorMinRequiredStake::<T>::get())
    }

    /// Unstakes a nomination below the minimum (section 05, 2).
    pub fn clear_small_nomination(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid) {
        if Self::owns(coldkey, hotkey) || T::HeldStake::locked(netuid, hotkey, coldkey) > 0 {
            return;
        }
        let alpha = Self::stake_of(hotkey, coldkey, netuid);
        if !is_small_nomination(alpha, Self::minimum_nomination(), Self::price(netuid)) {
            return;
        }
        let price_limit = T::Swap::min_price();
        if Self::unstake_for_self(hotkey, coldkey, netuid, alpha, price_limit).is_err() {
            // What the failed attempt wrote stays, so this can be nothing.
            let left = Self::stake_of(hotkey, coldkey, netuid);
            Self::decrease_stake(hotkey, coldkey, netuid, left);
        }
        Self::force_reduce_lock(coldkey, netuid, alpha);
    }

    /// The same for all nominations on the chain, by ascending hotkey, coldkey and netuid (section 02, 9.2, call 43).
    pub fn clear_small_nominations() {
        let nominations: BTreeSet<_> = Alpha::<T>::iter_keys().chain(AlphaV2::<T>::iter_keys()).collect();
        for (hotkey, coldkey, netuid) in nominations {
            Self::clear_small_nomination(&hotkey, &coldkey, netuid);
        }
    }
}
