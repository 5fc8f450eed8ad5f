//! Unstaking alpha (section 05, 3.4 to 3.7).

use alloc::vec::Vec;

use assay_economics::stake::minimum::MIN_STAKE;
use assay_primitives::interface::{BlockAuthor, Order, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use super::add::{MOST_TIMES_RESERVE, has_pool};
use crate::{
    Config, Error, Event, LastColdkeyHotkeyStakeBlock, Pallet, PendingChildKeys, StakeThreshold,
    SubnetAlphaIn, SubnetTaoFlow, SubtokenEnabled,
};

impl<T: Config> Pallet<T> {
    /// Unstakes alpha of the signing coldkey, all of it if it is less (section 05, 3.4).
    ///
    /// # Errors
    /// `SubtokenDisabled`, `InsufficientLiquidity`, and those of [`Pallet::validate_remove`] and
    /// [`Pallet::unstake_from_subnet`].
    pub fn do_remove_stake(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount_unstaked: AlphaBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(SubtokenEnabled::<T>::get(netuid), Error::<T>::SubtokenDisabled);
        let alpha = amount_unstaked.min(Self::stake_of(&hotkey, &coldkey, netuid));
        Self::ensure_pool_can_take_alpha(netuid, alpha)?;
        Self::validate_remove(&coldkey, &hotkey, netuid, alpha, alpha, false)?;
        Self::unstake_for_self(&hotkey, &coldkey, netuid, alpha, T::Swap::min_price())?;
        Self::clear_small_nomination(&hotkey, &coldkey, netuid);
        Self::forget_pending_children(&hotkey);
        Ok(())
    }

    /// Unstakes everything of a hotkey, as far as it can be unstaked (section 05, 3.7).
    ///
    /// # Errors
    /// `HotKeyAccountNotExists`, and those of [`Pallet::unstake_from_subnet`].
    pub fn do_unstake_all(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::unstake_from_all(&coldkey, &hotkey, Self::networks()).map(drop)
    }

    /// Unstakes all alpha of a hotkey, as far as it can be unstaked, and stakes the TAO on root (section 05, 3.7).
    ///
    /// # Errors
    /// `HotKeyAccountNotExists`, and those of [`Pallet::unstake_from_subnet`] and [`Pallet::stake_into_subnet`];
    /// `AmountTooLow` is among the last where nothing was unstaked.
    pub fn do_unstake_all_alpha(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let subnets = Self::networks().into_iter().filter(|netuid| *netuid != ROOT).collect();
        let tao = Self::unstake_from_all(&coldkey, &hotkey, subnets)?;
        Self::stake_into_subnet(&coldkey, &hotkey, ROOT, tao, T::Swap::max_price(), false).map(drop)
    }

    /// Unstakes alpha down to a price (section 05, 3.5). Unlike without a limit, it is not capped to what is owned.
    ///
    /// # Errors
    /// `InsufficientLiquidity`, and those of the pools, [`Pallet::validate_remove`] and
    /// [`Pallet::unstake_from_subnet`].
    pub fn do_remove_stake_limit(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount_unstaked: AlphaBalance,
        limit_price: TaoBalance,
        allow_partial: bool,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_pool_can_take_alpha(netuid, amount_unstaked)?;
        let max = T::Swap::max_remove(netuid, limit_price)?;
        Self::validate_remove(&coldkey, &hotkey, netuid, amount_unstaked, max, allow_partial)?;
        Self::unstake_for_self(&hotkey, &coldkey, netuid, amount_unstaked.min(max), limit_price)?;
        Self::clear_small_nomination(&hotkey, &coldkey, netuid);
        Self::forget_pending_children(&hotkey);
        Ok(())
    }

    /// Unstakes all alpha of a hotkey on a subnet, down to a price if there is one (section 05, 3.5).
    ///
    /// # Errors
    /// Those of [`Pallet::do_remove_stake`] or [`Pallet::do_remove_stake_limit`].
    pub fn do_remove_stake_full_limit(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        limit_price: Option<TaoBalance>,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin.clone())?;
        let alpha = Self::stake_of(&hotkey, &coldkey, netuid);
        match limit_price {
            Some(limit) => Self::do_remove_stake_limit(origin, hotkey, netuid, alpha, limit, false),
            None => Self::do_remove_stake(origin, hotkey, netuid, alpha),
        }
    }

    /// Checks that `amount` of alpha can be unstaked; `max` is what the limit allows (section 05, 3.4).
    ///
    /// # Errors
    /// Those listed there, in their order.
    pub fn validate_remove(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        amount: AlphaBalance,
        max: AlphaBalance,
        allow_partial: bool,
    ) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(amount != 0, Error::<T>::AmountTooLow);
        let owned = Self::stake_of(hotkey, coldkey, netuid);
        ensure!(amount <= owned, Error::<T>::NotEnoughStakeToWithdraw);
        let sold =
            T::Swap::simulate(netuid, Order::Sell, amount).map_err(|_| Error::<T>::InsufficientLiquidity)?;
        ensure!(amount == owned || sold.paid_out >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(allow_partial || amount <= max, Error::<T>::SlippageTooHigh);
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        ensure!(Self::may_leave_subnet(hotkey, coldkey, netuid, amount), Error::<T>::StakeUnavailable);
        Ok(())
    }

    /// Unstakes `alpha` of the coldkey for the beneficiary and gives the TAO obtained, rao; alpha that the limit
    /// leaves stays staked (section 05, 3.6).
    ///
    /// # Errors
    /// Those of the transfers and of the pools.
    pub fn unstake_from_subnet(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        beneficiary: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
        price_limit: u64,
        drop_fees: bool,
    ) -> Result<TaoBalance, DispatchError> {
        Self::decrease_stake(hotkey, coldkey, netuid, alpha);
        let sold = Self::sell(netuid, alpha, price_limit, drop_fees)?;
        let refund = alpha.saturating_sub(sold.paid_in.saturating_add(sold.fee_paid));
        if refund > 0 {
            Self::increase_stake(hotkey, coldkey, netuid, refund);
        }
        Self::transfer_from_subnet(netuid, beneficiary, sold.paid_out)?;
        let fee = Self::pay_author_in_alpha(netuid, sold.fee_to_block_author)?;
        if netuid == ROOT {
            Self::root_claim_after_remove(hotkey, coldkey, alpha);
            if Self::stake_on(coldkey, ROOT) == 0 {
                Self::remove_root_staker(coldkey);
            }
        }
        let outflow = sold.paid_out.saturating_add(fee);
        SubnetTaoFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_sub_unsigned(outflow));
        Self::clean_up_lock(coldkey, netuid);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::now());
        Self::deposit_event(Event::StakeRemoved(
            coldkey.clone(),
            hotkey.clone(),
            sold.paid_out,
            sold.paid_in,
            netuid,
            sold.fee_paid,
        ));
        Ok(sold.paid_out)
    }

    /// Unstakes alpha of the coldkey with fees; the TAO becomes its own.
    pub(super) fn unstake_for_self(
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        netuid: NetUid,
        alpha: AlphaBalance,
        price_limit: u64,
    ) -> Result<TaoBalance, DispatchError> {
        Self::unstake_from_subnet(hotkey, coldkey, coldkey, netuid, alpha, price_limit, false)
    }

    /// Unstakes what can be unstaked from these subnets and gives the TAO obtained, rao (section 05, 3.7).
    fn unstake_from_all(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        subnets: Vec<NetUid>,
    ) -> Result<TaoBalance, DispatchError> {
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        let mut total: TaoBalance = 0;
        for netuid in subnets {
            let alpha = Self::stake_of(hotkey, coldkey, netuid);
            let unstakable = SubtokenEnabled::<T>::get(netuid)
                && Self::validate_remove(coldkey, hotkey, netuid, alpha, alpha, false).is_ok();
            if unstakable {
                let tao = Self::unstake_for_self(hotkey, coldkey, netuid, alpha, T::Swap::min_price())?;
                total = total.saturating_add(tao);
                Self::clear_small_nomination(hotkey, coldkey, netuid);
            }
        }
        Ok(total)
    }

    /// Refuses alpha that is out of all proportion to the pool (section 05, 3.4 step 3).
    fn ensure_pool_can_take_alpha(netuid: NetUid, amount: AlphaBalance) -> DispatchResult {
        let most = SubnetAlphaIn::<T>::get(netuid).saturating_mul(MOST_TIMES_RESERVE);
        ensure!(!has_pool::<T>(netuid) || amount <= most, Error::<T>::InsufficientLiquidity);
        Ok(())
    }

    /// Sells a fee for the author and gives the TAO obtained, rao; the fee is burned where nobody made the block
    /// (section 05, 3.6 step 5).
    fn pay_author_in_alpha(netuid: NetUid, fee: AlphaBalance) -> Result<TaoBalance, DispatchError> {
        let Some(author) = T::BlockAuthor::author() else {
            Self::burn_alpha_of(netuid, fee);
            return Ok(0);
        };
        let tao = Self::sell(netuid, fee, T::Swap::min_price(), true)?.paid_out;
        Self::transfer_from_subnet(netuid, &author, tao)?;
        Ok(tao)
    }

    /// Drops the children to come of a hotkey whose stake fell below the threshold (section 05, 3.4 step 7).
    fn forget_pending_children(hotkey: &T::AccountId) {
        if Self::hotkey_value(hotkey) < StakeThreshold::<T>::get() {
            for netuid in Self::networks() {
                PendingChildKeys::<T>::remove(netuid, hotkey);
            }
        }
    }
}
