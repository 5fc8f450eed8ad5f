//! Staking TAO (section 05, 3.1 to 3.3).

use assay_economics::stake::minimum::MIN_STAKE;
use assay_primitives::interface::{BlockAuthor, Order, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::pool::DYNAMIC;
use crate::{
    Config, Delegates, Error, Event, LastColdkeyHotkeyStakeBlock, Pallet, SubnetMechanism, SubnetTAO,
    SubnetTaoFlow, SubtokenEnabled,
};

/// The most that may be staked or unstaked, as a multiple of the reserve it goes into (section 05, 3.1).
pub const MOST_TIMES_RESERVE: u64 = 1_000;

impl<T: Config> Pallet<T> {
    /// Stakes TAO of the signing coldkey (section 05, 3.1).
    ///
    /// # Errors
    /// Those of [`Pallet::stake_at_any_price`].
    pub fn do_add_stake(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount_staked: TaoBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::stake_at_any_price(&coldkey, &hotkey, netuid, amount_staked).map(drop)
    }

    /// Stakes TAO up to a price (section 05, 3.2).
    ///
    /// # Errors
    /// Those of [`Pallet::stake_up_to_price`].
    pub fn do_add_stake_limit(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        netuid: NetUid,
        amount_staked: TaoBalance,
        limit_price: TaoBalance,
        allow_partial: bool,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::stake_up_to_price(&coldkey, &hotkey, netuid, amount_staked, limit_price, allow_partial)
            .map(drop)
    }

    /// Checks and makes a stake of `amount` rao, and gives the alpha obtained (section 05, 3.1).
    ///
    /// # Errors
    /// `InsufficientLiquidity`, and those of [`Pallet::validate_add`] and [`Pallet::stake_into_subnet`].
    pub fn stake_at_any_price(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        amount: TaoBalance,
    ) -> Result<AlphaBalance, DispatchError> {
        Self::ensure_pool_can_take_tao(netuid, amount)?;
        Self::validate_add(coldkey, hotkey, netuid, amount, amount, false)?;
        Self::stake_into_subnet(coldkey, hotkey, netuid, amount, T::Swap::max_price(), false)
    }

    /// Checks and makes a stake of at most `amount` rao up to a price, and gives the alpha obtained; a hotkey of
    /// somebody else becomes a delegate (section 05, 3.2).
    ///
    /// # Errors
    /// `InsufficientLiquidity`, and those of the pools, [`Pallet::validate_add`] and [`Pallet::stake_into_subnet`].
    pub fn stake_up_to_price(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        amount: TaoBalance,
        limit_price: u64,
        allow_partial: bool,
    ) -> Result<AlphaBalance, DispatchError> {
        Self::ensure_pool_can_take_tao(netuid, amount)?;
        let max = T::Swap::max_add(netuid, limit_price)?;
        Self::validate_add(coldkey, hotkey, netuid, amount, max, allow_partial)?;
        Self::make_delegate(coldkey, hotkey);
        Self::stake_into_subnet(coldkey, hotkey, netuid, amount.min(max), limit_price, false)
    }

    /// Checks a stake of `amount` rao before it is made; `max` is what the limit allows (section 05, 3.1).
    ///
    /// # Errors
    /// Those of the table there, in its order.
    pub fn validate_add(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        amount: TaoBalance,
        max: TaoBalance,
        allow_partial: bool,
    ) -> DispatchResult {
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        ensure!(SubtokenEnabled::<T>::get(netuid), Error::<T>::SubtokenDisabled);
        ensure!(amount >= Self::least_stake_with_fee(netuid), Error::<T>::AmountTooLow);
        ensure!(allow_partial || amount <= max, Error::<T>::SlippageTooHigh);
        let amount = amount.min(max);
        ensure!(amount <= Self::balance(coldkey), Error::<T>::NotEnoughBalanceToStake);
        ensure!(Self::hotkey_exists(hotkey), Error::<T>::HotKeyAccountNotExists);
        let bought =
            T::Swap::simulate(netuid, Order::Buy, amount).map_err(|_| Error::<T>::InsufficientLiquidity)?;
        ensure!(bought.paid_in >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(bought.paid_out != 0, Error::<T>::InsufficientLiquidity);
        ensure!(Self::shares_can_grow(hotkey, netuid, bought.paid_out), Error::<T>::InsufficientLiquidity);
        Ok(())
    }

    /// Stakes `tao` rao of the coldkey and gives the alpha obtained; TAO that the limit leaves stays with the subnet
    /// (section 05, 3.3).
    ///
    /// # Errors
    /// `AmountTooLow`, `InsufficientLiquidity`, and those of the transfers and of the pools.
    pub fn stake_into_subnet(
        coldkey: &T::AccountId,
        hotkey: &T::AccountId,
        netuid: NetUid,
        tao: TaoBalance,
        price_limit: u64,
        drop_fees: bool,
    ) -> Result<AlphaBalance, DispatchError> {
        let tao = Self::transfer_to_subnet(netuid, coldkey, tao)?;
        let bought = Self::buy(netuid, tao, price_limit, drop_fees)?;
        let alpha = bought.paid_out;
        ensure!(alpha != 0, Error::<T>::AmountTooLow);
        ensure!(Self::shares_can_grow(hotkey, netuid, alpha), Error::<T>::InsufficientLiquidity);
        Self::increase_stake(hotkey, coldkey, netuid, alpha);
        Self::pay_author_in_tao(netuid, bought.fee_to_block_author)?;
        SubnetTaoFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_add_unsigned(bought.paid_in));
        Self::clean_up_lock(coldkey, netuid);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::now());
        if netuid == ROOT {
            Self::root_claim_after_add(hotkey, coldkey, alpha);
            Self::add_root_staker(coldkey);
        }
        Self::deposit_event(Event::StakeAdded(
            coldkey.clone(),
            hotkey.clone(),
            tao,
            alpha,
            netuid,
            bought.fee_paid,
        ));
        Ok(alpha)
    }

    /// Makes somebody else's hotkey a delegate at its take, if it is none yet (section 05, 3.2 and 3.8).
    pub fn make_delegate(coldkey: &T::AccountId, hotkey: &T::AccountId) {
        if !Self::owns(coldkey, hotkey) && !Delegates::<T>::contains_key(hotkey) {
            Delegates::<T>::insert(hotkey, Self::delegate_take(hotkey));
        }
    }

    /// The smallest stake with the fee for it, rao (section 05, 3.1 check 3).
    pub(super) fn least_stake_with_fee(netuid: NetUid) -> TaoBalance {
        let fee = T::Swap::simulate(netuid, Order::Buy, MIN_STAKE)
            .map_or_else(|_| T::Swap::fee(netuid, MIN_STAKE), |bought| bought.fee_paid);
        MIN_STAKE.saturating_add(fee)
    }

    /// Refuses TAO that is out of all proportion to the pool (section 05, 3.1 step 2).
    pub(super) fn ensure_pool_can_take_tao(netuid: NetUid, amount: TaoBalance) -> DispatchResult {
        let most = SubnetTAO::<T>::get(netuid).saturating_mul(MOST_TIMES_RESERVE);
        ensure!(!has_pool::<T>(netuid) || amount <= most, Error::<T>::InsufficientLiquidity);
        Ok(())
    }

    /// Pays a fee from the subnet's account, even one of 0; it is burned where nobody made the block (section 05,
    /// 3.3 step 6).
    pub(super) fn pay_author_in_tao(netuid: NetUid, fee: TaoBalance) -> DispatchResult {
        let author = T::BlockAuthor::author().unwrap_or_else(Self::burn_account);
        Self::transfer_from_subnet(netuid, &author, fee)
    }
}

/// Whether amounts on the subnet are held against its pool (section 05, 3.1 step 2).
pub fn has_pool<T: Config>(netuid: NetUid) -> bool {
    netuid != ROOT && SubnetMechanism::<T>::get(netuid) == DYNAMIC
}
