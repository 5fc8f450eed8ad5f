//! Dissolution of subnets (section 02, 5).

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use assay_economics::registration::dissolution::{divide_pot, legacy_owner_refund, protocol_alpha};
use assay_economics::stake::safe_float::SafeFloat;
use assay_primitives::interface::{NeuronWatch, SubnetCommitments, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_root};

use crate::{
    Alpha, AlphaV2, Config, Error, Event, NetworkRegisteredAt, NetworkRegistrationStartBlock, Pallet,
    SubnetAlphaIn, SubnetAlphaOut, SubnetLocked, SubnetOwner, SubnetOwnerCut, SubnetProtocolAlpha, SubnetTAO,
    TaoInRefundDeploymentBlock, TotalHotkeyAlpha, TotalStake,
};

/// What a coldkey has on one hotkey: coldkey, alpha in rao.
type Staker<T> = (<T as polkadot_sdk::frame_system::Config>::AccountId, AlphaBalance);

impl<T: Config> Pallet<T> {
    /// Dissolves a subnet; root only, the coldkey does not matter (section 02, 5).
    ///
    /// # Errors
    /// `BadOrigin`, then those of [`Pallet::dissolve`].
    pub fn do_dissolve_network(
        origin: OriginFor<T>,
        _coldkey: T::AccountId,
        netuid: NetUid,
    ) -> DispatchResult {
        Self::do_root_dissolve_network(origin, netuid)
    }

    /// Dissolves a subnet; root only (section 02, 5).
    ///
    /// # Errors
    /// `BadOrigin`, then those of [`Pallet::dissolve`].
    pub fn do_root_dissolve_network(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        ensure_root(origin)?;
        Self::dissolve(netuid)
    }

    /// Pays everybody out and forgets the subnet (section 02, 5).
    ///
    /// # Errors
    /// `SubnetNotExists`, also for root.
    pub fn dissolve(netuid: NetUid) -> DispatchResult {
        let exists = netuid != ROOT && Self::subnet_exists(netuid);
        ensure!(exists, Error::<T>::SubnetNotExists);
        Self::clear_root_claims(netuid);
        Self::pay_out(netuid)?;
        T::Swap::clear(netuid);
        T::Commitments::purge(netuid);
        T::NeuronWatch::subnet_dissolved(netuid);
        Self::forget_network(netuid);
        Self::deposit_event(Event::NetworkRemoved(netuid));
        Ok(())
    }

    /// Divides the pool's TAO among the holders of alpha and recycles what is left (step 2 of section 02, 5).
    fn pay_out(netuid: NetUid) -> DispatchResult {
        let owner_refund = Self::owner_refund(netuid);
        let stakers = Self::holders(netuid);
        let values: Vec<AlphaBalance> = stakers.iter().map(|(_, alpha)| *alpha).collect();
        let pot = Self::take_pot(netuid);
        let portions = divide_pot(pot, &values, Self::protocol_alpha(netuid));
        for (place, portion) in portions.stakers.into_iter().filter(|(_, portion)| *portion > 0) {
            if let Some((coldkey, _)) = stakers.get(place) {
                // A payment that cannot be made stays in the account and is recycled.
                let _ = Self::transfer_from_subnet(netuid, coldkey, portion);
            }
        }
        Self::forget_stakes(netuid);

        let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
        let refund = owner_refund.min(Self::balance(&account).saturating_sub(portions.protocol));
        if refund > 0 {
            let _ = Self::transfer_tao(&account, &SubnetOwner::<T>::get(netuid), refund);
        }
        // Done for nothing, too: the events tell.
        Self::recycle_tao(&account, Self::keepalive_balance(&account))?;
        Self::clear_locks(netuid);
        Ok(())
    }

    /// The pool's TAO, which leaves the books, rao.
    fn take_pot(netuid: NetUid) -> TaoBalance {
        let pot = SubnetTAO::<T>::take(netuid);
        if pot > 0 {
            TotalStake::<T>::mutate(|total| *total = total.saturating_sub(pot));
        }
        pot
    }

    /// Alpha that counts for nobody's account, rao.
    fn protocol_alpha(netuid: NetUid) -> AlphaBalance {
        protocol_alpha(
            SubnetProtocolAlpha::<T>::get(netuid),
            SubnetAlphaIn::<T>::get(netuid),
            NetworkRegisteredAt::<T>::get(netuid),
            TaoInRefundDeploymentBlock::<T>::get(),
        )
    }

    /// What the owner of a subnet from before the present rules gets of its lock, rao.
    fn owner_refund(netuid: NetUid) -> TaoBalance {
        if NetworkRegisteredAt::<T>::get(netuid) >= NetworkRegistrationStartBlock::<T>::get() {
            return 0;
        }
        let alpha = SubnetAlphaIn::<T>::get(netuid).saturating_add(SubnetAlphaOut::<T>::get(netuid));
        legacy_owner_refund(
            SubnetLocked::<T>::get(netuid),
            alpha,
            SubnetOwnerCut::<T>::get(),
            Self::price(netuid),
        )
    }

    /// Everybody who has alpha, by hotkey in the order of storage and by coldkey in that of accounts.
    fn holders(netuid: NetUid) -> Vec<Staker<T>> {
        let hotkeys = TotalHotkeyAlpha::<T>::iter_keys().filter(|(_, subnet)| *subnet == netuid);
        hotkeys.flat_map(|(hotkey, _)| Self::holders_of(&hotkey, netuid)).collect()
    }

    fn holders_of(hotkey: &T::AccountId, netuid: NetUid) -> Vec<Staker<T>> {
        let values = Self::raw_shares(hotkey, netuid).into_iter().map(|(coldkey, share)| {
            let value = Self::stake_of(hotkey, &coldkey, netuid);
            // Shares of a pool that is worth nothing count as alpha.
            let value = if value == 0 { share.to_u64() } else { value };
            (coldkey, value)
        });
        values.filter(|(_, value)| *value > 0).collect()
    }

    /// Shares of the pool of a hotkey; a legacy one counts before the other (section 05, 1).
    fn raw_shares(hotkey: &T::AccountId, netuid: NetUid) -> BTreeMap<T::AccountId, SafeFloat> {
        let here = |(coldkey, subnet, share)| (subnet == netuid).then_some((coldkey, share));
        let shares = AlphaV2::<T>::iter_prefix((hotkey,))
            .map(|((coldkey, subnet), share)| {
                let share = SafeFloat { mantissa: share.mantissa, exponent: share.exponent };
                (coldkey, subnet, share)
            })
            .filter_map(here);
        let legacy = Alpha::<T>::iter_prefix((hotkey,))
            .map(|((coldkey, subnet), share)| (coldkey, subnet, SafeFloat::from_legacy_share(share.into())))
            .filter_map(here);
        shares.chain(legacy).collect()
    }
}
