//! Recycling and burning alpha (sections 01, 4 and 05, 3.9).

use assay_primitives::interface::AlphaAssets;
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::{ensure, storage::with_storage_layer};
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{Config, Error, Event, Pallet, SubnetAlphaOut, SubtokenEnabled};

impl<T: Config> Pallet<T> {
    /// Recycles alpha of the signing coldkey (section 05, 3.9).
    ///
    /// # Errors
    /// Those listed there, in their order.
    pub fn do_recycle_alpha(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        amount: AlphaBalance,
        netuid: NetUid,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let amount = Self::give_up_alpha(&coldkey, &hotkey, netuid, amount)?;
        Self::recycle_alpha_of(netuid, amount);
        Self::deposit_event(Event::AlphaRecycled(coldkey, hotkey, amount, netuid));
        Ok(())
    }

    /// Burns alpha of the signing coldkey (section 05, 3.9).
    ///
    /// # Errors
    /// Those listed there, in their order.
    pub fn do_burn_alpha(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        amount: AlphaBalance,
        netuid: NetUid,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::burn_alpha_of_coldkey(coldkey, hotkey, amount, netuid)
    }

    /// Stakes TAO and burns the alpha, or does nothing (section 05, 3.9).
    ///
    /// # Errors
    /// Those of staking and burning.
    pub fn do_add_stake_burn(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount: TaoBalance,
        limit: Option<TaoBalance>,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        with_storage_layer(|| {
            let alpha = match limit {
                Some(limit) => Self::stake_up_to_price(&coldkey, &hotkey, netuid, amount, limit, false)?,
                None => Self::stake_at_any_price(&coldkey, &hotkey, netuid, amount)?,
            };
            Self::burn_alpha_of_coldkey(coldkey, hotkey.clone(), alpha, netuid)?;
            Self::deposit_event(Event::AddStakeBurn { netuid, hotkey, amount, alpha });
            Ok(())
        })
    }

    /// Takes alpha out of the issuance; nothing happens for 0 (section 01, 4).
    pub fn recycle_alpha_of(netuid: NetUid, alpha: AlphaBalance) {
        if alpha == 0 {
            return;
        }
        SubnetAlphaOut::<T>::mutate(netuid, |out| *out = out.saturating_sub(alpha));
        T::AlphaAssets::recycle(netuid, alpha);
    }

    /// Leaves alpha outstanding without an owner (section 01, 4).
    pub fn burn_alpha_of(netuid: NetUid, alpha: AlphaBalance) {
        T::AlphaAssets::burn(netuid, alpha);
    }

    fn burn_alpha_of_coldkey(
        coldkey: T::AccountId,
        hotkey: T::AccountId,
        amount: AlphaBalance,
        netuid: NetUid,
    ) -> DispatchResult {
        let amount = Self::give_up_alpha(&coldkey, &hotkey, netuid, amount)?;
        Self::burn_alpha_of(netuid, amount);
        Self::deposit_event(Event::AlphaBurned(coldkey, hotkey, amount, netuid));
        Ok(())
    }

    /// Takes up to `amount` of alpha from a coldkey's stake and gives how much it was (section 05, 3.9).
    fn give_up_alpha(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        amount: AlphaBalance,
    ) -> Result<AlphaBalance, DispatchError> {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(netuid != ROOT, Error::<T>::CannotBurnOrRecycleOnRootSubnet);
        ensure!(SubtokenEnabled::<T>::get(netuid), Error::<T>::SubtokenDisabled);
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        let amount = amount.min(Self::stake_of(hotkey, coldkey, netuid));
        ensure!(SubnetAlphaOut::<T>::get(netuid) >= amount, Error::<T>::InsufficientLiquidity);
        ensure!(Self::may_leave_subnet(hotkey, coldkey, netuid, amount), Error::<T>::StakeUnavailable);
        Self::decrease_stake(hotkey, coldkey, netuid, amount);
        Ok(amount)
    }
}
