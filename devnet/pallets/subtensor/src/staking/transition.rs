//! Moving, transferring and swapping stake (section 05, 3.8).

use assay_economics::stake::minimum::MIN_STAKE;
use assay_economics::stake::value::tao_value;
use assay_primitives::interface::{Order, SwapEngine};
use assay_primitives::{AlphaBalance, NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::{AccountId32, DispatchError};

use crate::{Config, Error, Event, LastColdkeyHotkeyStakeBlock, Pallet, SubtokenEnabled, TransferToggle};

/// Stake of a coldkey on a hotkey on a subnet.
#[derive(Clone, Copy)]
struct Place<'a> {
    coldkey: &'a AccountId32,
    hotkey: &'a AccountId32,
    netuid: NetUid,
}

/// Alpha that leaves one place for another.
#[derive(Clone, Copy)]
struct Transition<'a> {
    origin: Place<'a>,
    destination: Place<'a>,
    alpha: AlphaBalance,
}

/// What the ratio of the prices allows.
#[derive(Clone, Copy)]
struct Limit {
    /// Price of the origin in alpha of the destination, in units of 10^-9.
    price: u64,
    allow_partial: bool,
}

impl<T: Config> Pallet<T> {
    /// Moves stake to another hotkey (section 05, 3.8).
    ///
    /// # Errors
    /// Those of the table there, in its order.
    pub fn do_move_stake(
        origin: OriginFor<T>,
        origin_hotkey: T::AccountId,
        destination_hotkey: T::AccountId,
        origin_netuid: NetUid,
        destination_netuid: NetUid,
        alpha_amount: AlphaBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let from = Place { coldkey: &coldkey, hotkey: &origin_hotkey, netuid: origin_netuid };
        let to = Place { coldkey: &coldkey, hotkey: &destination_hotkey, netuid: destination_netuid };
        let tao = Self::transition(from, to, alpha_amount, None, false)?;
        Self::deposit_event(Event::StakeMoved(
            coldkey,
            origin_hotkey,
            origin_netuid,
            destination_hotkey,
            destination_netuid,
            tao,
        ));
        Ok(())
    }

    /// Transfers stake to another coldkey (section 05, 3.8).
    ///
    /// # Errors
    /// Those of the table there, in its order.
    pub fn do_transfer_stake(
        origin: OriginFor<T>,
        destination_coldkey: T::AccountId,
        hotkey: T::AccountId,
        origin_netuid: NetUid,
        destination_netuid: NetUid,
        alpha_amount: AlphaBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let from = Place { coldkey: &coldkey, hotkey: &hotkey, netuid: origin_netuid };
        let to = Place { coldkey: &destination_coldkey, hotkey: &hotkey, netuid: destination_netuid };
        let tao = Self::transition(from, to, alpha_amount, None, true)?;
        Self::deposit_event(Event::StakeTransferred(
            coldkey,
            destination_coldkey,
            hotkey,
            origin_netuid,
            destination_netuid,
            tao,
        ));
        Ok(())
    }

    /// Swaps stake to another subnet (section 05, 3.8).
    ///
    /// # Errors
    /// Those of the table there, in its order.
    pub fn do_swap_stake(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        origin_netuid: NetUid,
        destination_netuid: NetUid,
        alpha_amount: AlphaBalance,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::swap_to_subnet(coldkey, hotkey, origin_netuid, destination_netuid, alpha_amount, None)
    }

    /// Swaps stake to another subnet up to a price (section 05, 3.8).
    ///
    /// # Errors
    /// Those of the pools, and of the table there, in its order.
    pub fn do_swap_stake_limit(
        origin: OriginFor<T>,
        hotkey: T::AccountId,
        origin_netuid: NetUid,
        destination_netuid: NetUid,
        alpha_amount: AlphaBalance,
        limit_price: TaoBalance,
        allow_partial: bool,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let limit = Limit { price: limit_price, allow_partial };
        Self::swap_to_subnet(coldkey, hotkey, origin_netuid, destination_netuid, alpha_amount, Some(limit))
    }

    fn swap_to_subnet(
        coldkey: T::AccountId,
        hotkey: T::AccountId,
        origin_netuid: NetUid,
        destination_netuid: NetUid,
        alpha: AlphaBalance,
        limit: Option<Limit>,
    ) -> DispatchResult {
        let from = Place { coldkey: &coldkey, hotkey: &hotkey, netuid: origin_netuid };
        let to = Place { netuid: destination_netuid, ..from };
        let tao = Self::transition(from, to, alpha, limit, false)?;
        Self::deposit_event(Event::StakeSwapped(coldkey, hotkey, origin_netuid, destination_netuid, tao));
        Ok(())
    }

    /// Moves up to `alpha` from one place to another and gives what it was worth, rao of TAO (section 05, 3.8).
    fn transition(
        origin: Place<'_>,
        destination: Place<'_>,
        alpha: AlphaBalance,
        limit: Option<Limit>,
        is_transfer: bool,
    ) -> Result<TaoBalance, DispatchError> {
        let alpha = alpha.min(Self::stake_of(origin.hotkey, origin.coldkey, origin.netuid));
        let moving = Transition { origin, destination, alpha };
        let max = match limit {
            Some(limit) if origin.netuid != destination.netuid => {
                T::Swap::max_move(origin.netuid, destination.netuid, limit.price)?
            }
            _ => alpha,
        };
        let fits = alpha <= max || limit.is_some_and(|limit| limit.allow_partial);
        Self::validate_transition(moving, fits, is_transfer)?;
        let moving = Transition { alpha: alpha.min(max), ..moving };
        if origin.netuid == destination.netuid {
            Self::move_within_subnet(moving)
        } else {
            Self::move_between_subnets(moving)
        }
    }

    /// Checks a transition; `fits` says whether the limit allows it (section 05, 3.8 step 3).
    fn validate_transition(moving: Transition<'_>, fits: bool, is_transfer: bool) -> DispatchResult {
        let Transition { origin, destination, alpha } = moving;
        let same_subnet = origin.netuid == destination.netuid;
        let same_keys = origin.coldkey == destination.coldkey && origin.hotkey == destination.hotkey;
        ensure!(!(same_keys && same_subnet), Error::<T>::SameNetuid);
        for place in [origin, destination] {
            ensure!(Self::subnet_exists(place.netuid), Error::<T>::SubnetNotExists);
        }
        for place in [origin, destination] {
            ensure!(SubtokenEnabled::<T>::get(place.netuid), Error::<T>::SubtokenDisabled);
        }
        for place in [origin, destination] {
            ensure!(Self::hotkey_exists(place.hotkey), Error::<T>::HotKeyAccountNotExists);
        }
        let owned = Self::stake_of(origin.hotkey, origin.coldkey, origin.netuid);
        ensure!(alpha <= owned, Error::<T>::NotEnoughStakeToWithdraw);
        if !same_subnet {
            let sold = T::Swap::simulate(origin.netuid, Order::Sell, alpha)
                .map_err(|_| Error::<T>::InsufficientLiquidity)?;
            ensure!(sold.paid_out > MIN_STAKE, Error::<T>::AmountTooLow);
            ensure!(fits, Error::<T>::SlippageTooHigh);
        }
        if is_transfer {
            for place in [origin, destination] {
                ensure!(TransferToggle::<T>::get(place.netuid), Error::<T>::TransferDisallowed);
            }
        }
        // Locks are the coldkey's and follow it within a subnet; what is held back stays on its hotkey.
        let may_leave = if same_subnet { Self::may_leave_hotkey } else { Self::may_leave_subnet };
        ensure!(may_leave(origin.hotkey, origin.coldkey, origin.netuid, alpha), Error::<T>::StakeUnavailable);
        Ok(())
    }

    /// Unstakes and stakes at any price; too little TAO stays with the destination's coldkey (section 05, 3.8
    /// step 5).
    fn move_between_subnets(moving: Transition<'_>) -> Result<TaoBalance, DispatchError> {
        let Transition { origin, destination, alpha } = moving;
        // One of the two legs pays the fee: on the way out of root there is none to pay with before.
        let from_root = origin.netuid == ROOT;
        let tao = Self::unstake_from_subnet(
            origin.hotkey,
            origin.coldkey,
            origin.coldkey,
            origin.netuid,
            alpha,
            T::Swap::min_price(),
            from_root,
        )?;
        if origin.coldkey != destination.coldkey {
            Self::transfer_tao(origin.coldkey, destination.coldkey, tao)?;
        }
        if tao >= MIN_STAKE {
            Self::make_delegate(destination.coldkey, destination.hotkey);
            Self::stake_into_subnet(
                destination.coldkey,
                destination.hotkey,
                destination.netuid,
                tao,
                T::Swap::max_price(),
                !from_root,
            )?;
        }
        Ok(tao)
    }

    /// Moves shares from key to key, without fee (section 05, 3.8 step 6).
    fn move_within_subnet(moving: Transition<'_>) -> Result<TaoBalance, DispatchError> {
        let Transition { origin, destination, alpha } = moving;
        let netuid = origin.netuid;
        if origin.coldkey != destination.coldkey {
            Self::transfer_lock(origin.coldkey, destination.coldkey, netuid, alpha)?;
        }
        Self::decrease_stake(origin.hotkey, origin.coldkey, netuid, alpha);
        if netuid == ROOT {
            Self::root_claim_after_remove(origin.hotkey, origin.coldkey, alpha);
        }
        Self::increase_stake(destination.hotkey, destination.coldkey, netuid, alpha);
        if netuid == ROOT {
            Self::root_claim_after_add(destination.hotkey, destination.coldkey, alpha);
        }
        let tao = tao_value(alpha, Self::price(netuid));
        ensure!(tao >= MIN_STAKE, Error::<T>::AmountTooLow);
        LastColdkeyHotkeyStakeBlock::<T>::insert(destination.coldkey, destination.hotkey, Self::now());
        let (left, joined) = (origin, destination);
        Self::deposit_event(Event::StakeRemoved(
            left.coldkey.clone(),
            left.hotkey.clone(),
            tao,
            alpha,
            netuid,
            0,
        ));
        Self::deposit_event(Event::StakeAdded(
            joined.coldkey.clone(),
            joined.hotkey.clone(),
            tao,
            alpha,
            netuid,
            0,
        ));
        Ok(tao)
    }
}
