//! Taking stake from all holders of a hotkey, for pallet Slashing (document SLASHING, "The slash").
//!
//! Nothing here happens on a chain with slashing off. Where the document does not say what becomes of something that
//! hangs on the stake, the protocol's own rule for stake that leaves is used: pending root claims as after an unstake
//! of what was lost (section 06, 9), and locks cut down to the stake that is left, as when a small nomination is
//! cleared (section 05, 2).

use alloc::vec::Vec;

use assay_primitives::interface::{Reward, SlashableStake};
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::traits::fungible::{Balanced, Inspect};
use polkadot_sdk::frame_support::traits::tokens::{Fortitude, Precision, Preservation};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{
    BlockAtRegistration, Config, Error, Pallet, SubnetAlphaOut, SubnetOwner, SubnetTAO, TotalHotkeyAlpha,
    TotalIssuance, TotalStake, Uids,
};

impl<T: Config> SlashableStake<T::AccountId> for Pallet<T> {
    fn subnet_exists(netuid: NetUid) -> bool {
        Self::subnet_exists(netuid)
    }

    fn owns_subnet(netuid: NetUid, who: &T::AccountId) -> bool {
        Self::subnet_exists(netuid) && SubnetOwner::<T>::get(netuid) == *who
    }

    fn owns_hotkey(coldkey: &T::AccountId, hotkey: &T::AccountId) -> bool {
        Self::owns(coldkey, hotkey)
    }

    fn registered_at(netuid: NetUid, hotkey: &T::AccountId) -> Option<u64> {
        Uids::<T>::get(netuid, hotkey).map(|uid| BlockAtRegistration::<T>::get(netuid, uid))
    }

    fn stake(netuid: NetUid, hotkey: &T::AccountId, coldkey: &T::AccountId) -> AlphaBalance {
        Self::stake_of(hotkey, coldkey, netuid)
    }

    fn whole_stake(netuid: NetUid, hotkey: &T::AccountId) -> AlphaBalance {
        TotalHotkeyAlpha::<T>::get(hotkey, netuid)
    }

    fn takes_stake(netuid: NetUid, hotkey: &T::AccountId, amount: AlphaBalance) -> bool {
        Self::hotkey_exists(hotkey) && Self::shares_can_grow(hotkey, netuid, amount)
    }

    fn slash(
        netuid: NetUid,
        hotkey: &T::AccountId,
        slashed: AlphaBalance,
        reward: Option<Reward<'_, T::AccountId>>,
    ) -> Result<u32, DispatchError> {
        let holders = Self::stakes_on(hotkey, netuid);
        let count = u32::try_from(holders.len()).unwrap_or(u32::MAX);
        Self::decrease_all_stakes(hotkey, netuid, slashed);
        if TotalHotkeyAlpha::<T>::get(hotkey, netuid) == 0 {
            // Shares of nothing would take part in what is staked later, and count as alpha in a dissolution.
            Self::forget_shares(hotkey, netuid);
        }
        for (coldkey, before) in holders {
            let lost = before.saturating_sub(Self::stake_of(hotkey, &coldkey, netuid));
            Self::after_loss(hotkey, &coldkey, netuid, lost);
        }
        let rewarded = reward.as_ref().map_or(0, |reward| reward.amount);
        let burned = slashed.saturating_sub(rewarded);
        if netuid == ROOT {
            Self::burn_root_stake(burned)?;
        } else {
            Self::recycle_alpha_of(netuid, burned);
        }
        if let Some(Reward { coldkey, hotkey, amount }) = reward.filter(|reward| reward.amount > 0) {
            Self::increase_stake(hotkey, coldkey, netuid, amount);
            if netuid == ROOT {
                Self::root_claim_after_add(hotkey, coldkey, amount);
                Self::add_root_staker(coldkey);
            }
        }
        Ok(count)
    }

    fn deregister(netuid: NetUid, hotkey: &T::AccountId) {
        Self::deregister_neuron(netuid, hotkey);
    }
}

impl<T: Config> Pallet<T> {
    /// Everybody who has shares of a hotkey's stake on a subnet, with what they are worth in rao.
    fn stakes_on(hotkey: &T::AccountId, netuid: NetUid) -> Vec<(T::AccountId, AlphaBalance)> {
        let here = Self::shareholders_of(hotkey).into_iter().filter(|(_, on)| *on == netuid);
        here.map(|(coldkey, _)| {
            let stake = Self::stake_of(hotkey, &coldkey, netuid);
            (coldkey, stake)
        })
        .collect()
    }

    fn after_loss(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid, lost: AlphaBalance) {
        if netuid == ROOT {
            Self::root_claim_after_remove(hotkey, coldkey, lost);
            if Self::stake_on(coldkey, ROOT) == 0 {
                Self::remove_root_staker(coldkey);
            }
        }
        let uncovered = Self::locked_of(coldkey, netuid).saturating_sub(Self::stake_on(coldkey, netuid));
        if uncovered > 0 {
            Self::force_reduce_lock(coldkey, netuid, uncovered);
        }
    }

    /// Takes TAO that was staked on root out of the issuance, and out of the books of root.
    fn burn_root_stake(tao: TaoBalance) -> DispatchResult {
        if tao == 0 {
            return Ok(());
        }
        let account = Self::subnet_account(ROOT).ok_or(Error::<T>::RootNetworkDoesNotExist)?;
        let before = T::Currency::total_issuance();
        // The account need not live on: a slash may take all the stake there is on root.
        let withdrawn = T::Currency::withdraw(
            &account,
            tao,
            Precision::Exact,
            Preservation::Expendable,
            Fortitude::Polite,
        )?;
        drop(withdrawn);
        let gone = before.saturating_sub(T::Currency::total_issuance());
        TotalIssuance::<T>::mutate(|issuance| *issuance = issuance.saturating_sub(gone));
        SubnetTAO::<T>::mutate(ROOT, |reserve| *reserve = reserve.saturating_sub(tao));
        SubnetAlphaOut::<T>::mutate(ROOT, |alpha| *alpha = alpha.saturating_sub(tao));
        TotalStake::<T>::mutate(|total| *total = total.saturating_sub(tao));
        Ok(())
    }
}
