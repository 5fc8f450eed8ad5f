//! Claims of root dividends (section 06, 8).

use alloc::collections::BTreeSet;

use assay_economics::emission::root_claim::{auto_claim_indices, claim_amount, owed};
use assay_economics::number::I96F32;
use assay_primitives::interface::SwapEngine;
use assay_primitives::{AlphaBalance, NetUid, ROOT, stored};
use polkadot_sdk::frame_support::dispatch::{DispatchResult, DispatchResultWithPostInfo};
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_support::storage::with_storage_layer;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root, ensure_signed};

use crate::types::RootClaimTypeEnum;
use crate::{
    Config, Error, Event, NumRootClaim, NumStakingColdkeys, Pallet, RootClaimType, RootClaimable,
    RootClaimableThreshold, RootClaimed, StakingColdkeysByIndex, StakingHotkeys, SubnetAlphaOut,
    SubnetProtocolFlow, SubnetRootSellTao, SubnetTAO, TotalStake,
};

/// Subnets that one call can claim on (section 06, 8.2).
const MAX_SUBNETS_PER_CLAIM: usize = 5;
/// Coldkeys that a block can claim for (section 06, 8.2).
const MAX_CLAIMS_PER_BLOCK: u64 = 50;
/// The highest threshold of a subnet, rao of alpha (section 06, 8.2).
const MAX_THRESHOLD: u64 = 10_000_000;

impl<T: Config> Pallet<T> {
    /// Claims root dividends on some subnets (section 06, 8.2).
    ///
    /// # Errors
    /// `InvalidSubnetNumber`, and those of a sale.
    pub fn do_claim_root(origin: OriginFor<T>, subnets: BTreeSet<NetUid>) -> DispatchResultWithPostInfo {
        let coldkey = ensure_signed(origin)?;
        ensure!((1..=MAX_SUBNETS_PER_CLAIM).contains(&subnets.len()), Error::<T>::InvalidSubnetNumber);
        Self::add_root_staker(&coldkey);
        Self::claim_root_of(&coldkey, move |netuid| subnets.contains(&netuid))?;
        Ok(().into())
    }

    /// Sets what happens to root dividends (section 06, 8.2).
    ///
    /// # Errors
    /// `InvalidSubnetNumber` if no subnet is to be kept.
    pub fn do_set_root_claim_type(
        origin: OriginFor<T>,
        root_claim_type: RootClaimTypeEnum,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        if let RootClaimTypeEnum::KeepSubnets { subnets } = &root_claim_type {
            ensure!(!subnets.is_empty(), Error::<T>::InvalidSubnetNumber);
        }
        Self::add_root_staker(&coldkey);
        RootClaimType::<T>::insert(&coldkey, root_claim_type.clone());
        Self::deposit_event(Event::RootClaimTypeSet { coldkey, root_claim_type });
        Ok(())
    }

    /// Sets the number of automatic claims per block; root only (section 06, 8.2).
    ///
    /// # Errors
    /// `BadOrigin`, `InvalidNumRootClaim`.
    pub fn do_sudo_set_num_root_claims(origin: OriginFor<T>, new_value: u64) -> DispatchResult {
        ensure_root(origin)?;
        ensure!(new_value <= MAX_CLAIMS_PER_BLOCK, Error::<T>::InvalidNumRootClaim);
        NumRootClaim::<T>::put(new_value);
        Ok(())
    }

    /// Sets the smallest claim of a subnet, rao of alpha (section 06, 8.2).
    ///
    /// # Errors
    /// `BadOrigin`, `SubnetNotExists`, `InvalidRootClaimThreshold`.
    pub fn do_sudo_set_root_claim_threshold(
        origin: OriginFor<T>,
        netuid: NetUid,
        new_value: u64,
    ) -> DispatchResult {
        Self::ensure_owner_or_root(origin, netuid)?;
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(new_value <= MAX_THRESHOLD, Error::<T>::InvalidRootClaimThreshold);
        RootClaimableThreshold::<T>::insert(netuid, stored::I96F32::from(I96F32::from(new_value)));
        Ok(())
    }

    /// Claims for pseudo-random coldkeys, each for itself: one that fails leaves no trace (section 06, 8.3).
    pub(super) fn auto_claim_root(parent_hash: T::Hash) {
        let indices =
            auto_claim_indices(&parent_hash.0, NumStakingColdkeys::<T>::get(), NumRootClaim::<T>::get());
        for coldkey in indices.into_iter().filter_map(StakingColdkeysByIndex::<T>::get) {
            let _ = with_storage_layer(|| Self::claim_root_of(&coldkey, |_| true));
        }
    }

    /// Claims over all hotkeys of a coldkey on the subnets that are `wanted` (section 06, 8.2 and 8.3).
    fn claim_root_of(coldkey: &T::AccountId, wanted: impl Fn(NetUid) -> bool) -> DispatchResult {
        let claim_type = RootClaimType::<T>::get(coldkey);
        for hotkey in StakingHotkeys::<T>::get(coldkey) {
            Self::claim_of_hotkey(&hotkey, coldkey, &wanted, &claim_type)?;
        }
        Self::deposit_event(Event::RootClaimed { coldkey: coldkey.clone() });
        Ok(())
    }

    /// Claims what one hotkey owes a coldkey, subnet by subnet (section 06, 8.1). Without root stake that is nothing.
    fn claim_of_hotkey(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        wanted: &impl Fn(NetUid) -> bool,
        claim_type: &RootClaimTypeEnum,
    ) -> DispatchResult {
        let mut root_stake = Self::stake_of(hotkey, coldkey, ROOT);
        if root_stake == 0 {
            return Ok(());
        }
        for (netuid, rate) in
            RootClaimable::<T>::get(hotkey).into_iter().filter(|(netuid, _)| wanted(*netuid))
        {
            let claimed = RootClaimed::<T>::get((netuid, hotkey, coldkey));
            let threshold = RootClaimableThreshold::<T>::get(netuid).into();
            if let Some(alpha) = claim_amount(owed(rate.into(), root_stake, claimed), threshold) {
                Self::claim(hotkey, coldkey, netuid, alpha, claim_type)?;
                // A claim that is sold is staked on root.
                root_stake = Self::stake_of(hotkey, coldkey, ROOT);
            }
        }
        Ok(())
    }

    fn claim(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
        claim_type: &RootClaimTypeEnum,
    ) -> DispatchResult {
        if keeps(claim_type, netuid) {
            Self::increase_stake(hotkey, coldkey, netuid, alpha);
        } else {
            Self::swap_claim(hotkey, coldkey, netuid, alpha)?;
        }
        RootClaimed::<T>::mutate((netuid, hotkey, coldkey), |claimed| {
            *claimed = claimed.saturating_add(alpha.into());
        });
        Ok(())
    }

    /// Sells a claim and stakes the TAO on root (section 06, 8.1 "swap").
    fn swap_claim(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
    ) -> DispatchResult {
        let tao = Self::sell(netuid, alpha, T::Swap::min_price(), true)?.paid_out;
        let root = Self::subnet_account(ROOT).ok_or(Error::<T>::RootNetworkDoesNotExist)?;
        Self::transfer_from_subnet(netuid, &root, tao)?;
        SubnetRootSellTao::<T>::mutate(netuid, |sold| *sold = sold.saturating_add(tao));
        SubnetProtocolFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_sub_unsigned(tao));

        Self::increase_stake(hotkey, coldkey, ROOT, tao);
        SubnetTAO::<T>::mutate(ROOT, |reserve| *reserve = reserve.saturating_add(tao));
        SubnetAlphaOut::<T>::mutate(ROOT, |alpha| *alpha = alpha.saturating_add(tao));
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(tao));
        Self::root_claim_after_add(hotkey, coldkey, tao);
        Ok(())
    }
}

/// Whether a claim on the subnet becomes stake there (section 06, 8.1).
fn keeps(claim_type: &RootClaimTypeEnum, netuid: NetUid) -> bool {
    match claim_type {
        RootClaimTypeEnum::Swap => false,
        RootClaimTypeEnum::Keep => true,
        RootClaimTypeEnum::KeepSubnets { subnets } => subnets.contains(&netuid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_subnets_are_kept() {
        let some = RootClaimTypeEnum::KeepSubnets { subnets: BTreeSet::from([2, 5]) };
        assert!(keeps(&some, 5) && !keeps(&some, 3));
        assert!(keeps(&RootClaimTypeEnum::Keep, 3));
        assert!(!keeps(&RootClaimTypeEnum::Swap, 3));
    }
}
