//! Alpha that is bought to be burned, for pallet Credits.
//!
//! Nothing here happens on a chain without credits. What is bought counts as stake that is bought does (section 05, 3.3),
//! and what is burned as `add_stake_burn` burns it (section 05, 3.9); only the stake in between is left out, so that a
//! customer needs no hotkey.

use assay_economics::stake::minimum::MIN_STAKE;
use assay_primitives::interface::{AlphaSale, Order, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{Config, Error, NetworkRegisteredAt, Pallet, SubnetTaoFlow, SubtokenEnabled};

impl<T: Config> AlphaSale<T::AccountId> for Pallet<T> {
    fn registered_at(netuid: NetUid) -> Option<u64> {
        Self::subnet_exists(netuid).then(|| NetworkRegisteredAt::<T>::get(netuid))
    }

    fn has_slot(netuid: NetUid, hotkey: &T::AccountId) -> bool {
        Self::is_registered(netuid, hotkey)
    }

    fn owns_hotkey(coldkey: &T::AccountId, hotkey: &T::AccountId) -> bool {
        Self::owns(coldkey, hotkey)
    }

    fn buy_and_burn(
        netuid: NetUid,
        payer: &T::AccountId,
        tao: TaoBalance,
    ) -> Result<AlphaBalance, DispatchError> {
        Self::validate_purchase(netuid, payer, tao)?;
        let tao = Self::transfer_to_subnet(netuid, payer, tao)?;
        let bought = Self::buy(netuid, tao, T::Swap::max_price(), false)?;
        Self::pay_author_in_tao(netuid, bought.fee_to_block_author)?;
        SubnetTaoFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_add_unsigned(bought.paid_in));
        Self::burn_alpha_of(netuid, bought.paid_out);
        Ok(bought.paid_out)
    }
}

impl<T: Config> Pallet<T> {
    /// What a stake of the amount would be refused for (section 05, 3.1), and whatever would leave a part of it behind.
    fn validate_purchase(netuid: NetUid, payer: &T::AccountId, tao: TaoBalance) -> DispatchResult {
        Self::ensure_pool_can_take_tao(netuid, tao)?;
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(SubtokenEnabled::<T>::get(netuid), Error::<T>::SubtokenDisabled);
        ensure!(tao >= Self::least_stake_with_fee(netuid), Error::<T>::AmountTooLow);
        ensure!(tao <= Self::keepalive_balance(payer), Error::<T>::NotEnoughBalanceToStake);
        let bought =
            T::Swap::simulate(netuid, Order::Buy, tao).map_err(|_| Error::<T>::InsufficientLiquidity)?;
        ensure!(bought.paid_in >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(bought.paid_out != 0, Error::<T>::InsufficientLiquidity);
        Ok(())
    }
}
