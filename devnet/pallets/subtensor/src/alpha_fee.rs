//! Transaction fees that are paid in alpha, where the payer has no TAO (section 10, 3.1).

use alloc::vec::Vec;

use assay_economics::fees::{alpha_charge, alpha_fee};
use assay_primitives::interface::{BlockAuthor, HeldStake};
use assay_primitives::{AlphaBalance, NetUid, TaoBalance};
use polkadot_sdk::frame_support::storage::with_storage_layer;
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{Call, Config, Error, Event, Pallet, SubtokenEnabled};

/// A fee that was paid in alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlphaFee {
    /// Subnet of the alpha.
    pub netuid: NetUid,
    /// Alpha taken, rao.
    pub alpha: AlphaBalance,
    /// TAO that the block author got for it, rao.
    pub tao: TaoBalance,
}

/// A stake of the payer's, by its hotkey and subnet.
type Stake<AccountId> = (AccountId, NetUid);

impl<T: Config> Pallet<T> {
    /// Whether the stake that a call is about is worth a fee, in rao of TAO, at the price without slippage.
    pub fn can_pay_alpha_fee(who: &T::AccountId, call: &Call<T>, fee: TaoBalance) -> bool {
        Self::fee_stake(who, call).is_ok_and(|(hotkey, netuid)| {
            free_stake::<T>(&hotkey, who, netuid) >= alpha_fee(fee, Self::price(netuid))
        })
    }

    /// Sells alpha of the stake that a call is about for the block author, worth a fee in rao of TAO; none if there is
    /// no author, and then nothing is taken.
    ///
    /// # Errors
    /// `NotEnoughStake` if the call is not about exactly one stake, those of the sale; nothing stays then.
    pub fn charge_alpha_fee(
        who: &T::AccountId,
        call: &Call<T>,
        fee: TaoBalance,
    ) -> Result<Option<AlphaFee>, DispatchError> {
        let (hotkey, netuid) = Self::fee_stake(who, call)?;
        let Some(author) = T::BlockAuthor::author() else { return Ok(None) };
        let stake = free_stake::<T>(&hotkey, who, netuid);
        let alpha = alpha_charge(alpha_fee(fee, Self::price(netuid)), stake);
        let sell = || Self::unstake_from_subnet(&hotkey, who, &author, netuid, alpha, 0, true);
        let tao = with_storage_layer(sell)?;
        Ok(Some(AlphaFee { netuid, alpha, tao }))
    }

    /// Tells after the dispatch that its fee was paid in alpha.
    pub fn tell_alpha_fee(who: &T::AccountId, paid: AlphaFee) {
        let AlphaFee { netuid, alpha: alpha_fee, tao: tao_amount } = paid;
        Self::deposit_event(Event::TransactionFeePaidWithAlpha {
            who: who.clone(),
            netuid,
            alpha_fee,
            tao_amount,
        });
    }

    /// The stake that can pay the fee of a call: the one that the call takes from.
    fn fee_stake(who: &T::AccountId, call: &Call<T>) -> Result<Stake<T::AccountId>, DispatchError> {
        match <[_; 1]>::try_from(Self::stakes_of_call(who, call)) {
            Ok([stake]) => Ok(stake),
            Err(_) => Err(Error::<T>::NotEnoughStake.into()),
        }
    }

    /// Stakes that a call takes from.
    fn stakes_of_call(who: &T::AccountId, call: &Call<T>) -> Vec<Stake<T::AccountId>> {
        match call {
            Call::remove_stake { hotkey, netuid, .. }
            | Call::remove_stake_limit { hotkey, netuid, .. }
            | Call::remove_stake_full_limit { hotkey, netuid, .. }
            | Call::recycle_alpha { hotkey, netuid, .. }
            | Call::burn_alpha { hotkey, netuid, .. }
            | Call::move_stake { origin_hotkey: hotkey, origin_netuid: netuid, .. }
            | Call::transfer_stake { hotkey, origin_netuid: netuid, .. }
            | Call::swap_stake { hotkey, origin_netuid: netuid, .. }
            | Call::swap_stake_limit { hotkey, origin_netuid: netuid, .. } => {
                Vec::from([(hotkey.clone(), *netuid)])
            }
            Call::unstake_all { hotkey } | Call::unstake_all_alpha { hotkey } => Self::networks()
                .into_iter()
                .filter(|netuid| SubtokenEnabled::<T>::get(netuid))
                .filter(|netuid| Self::stake_of(hotkey, who, *netuid) > 0)
                .map(|netuid| (hotkey.clone(), netuid))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// Stake that can pay a fee, rao: all but what is held back.
fn free_stake<T: Config>(hotkey: &T::AccountId, coldkey: &T::AccountId, netuid: NetUid) -> AlphaBalance {
    let held = T::HeldStake::locked(netuid, hotkey, coldkey);
    Pallet::<T>::stake_of(hotkey, coldkey, netuid).saturating_sub(held)
}
