//! Buying and spending, and what becomes of credits when their subnet goes.

use assay_primitives::interface::{AlphaSale, NeuronWatch};
use assay_primitives::{NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::sp_core::sr25519;
use polkadot_sdk::sp_runtime::traits::Zero;
use polkadot_sdk::{frame_system, sp_io};

use crate::types::{SignedVoucher, Terms};
use crate::{Balances, Config, Error, Event, Pallet, Sold, Spent, TermsOf};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_buy(
        customer: T::AccountId,
        netuid: NetUid,
        tao: TaoBalance,
        min_credits: u64,
    ) -> DispatchResult {
        let terms = TermsOf::<T>::get(netuid);
        ensure!(terms.enabled, Error::<T>::NotEnabled);
        let alpha = T::Pools::buy_and_burn(netuid, &customer, tao)?;
        let credits = terms.credits_for(alpha).ok_or(Error::<T>::TooManyCredits)?;
        ensure!(credits > 0 && credits >= min_credits, Error::<T>::TooFewCredits);
        let mut sales = Sold::<T>::get(netuid);
        sales.burned = sales.burned.saturating_add(alpha);
        // No balance and no total can be above what the subnet has sold, so this is the only sum that can be too large.
        sales.credits = sales.credits.checked_add(credits).ok_or(Error::<T>::TooManyCredits)?;
        Sold::<T>::insert(netuid, sales);
        Balances::<T>::mutate(netuid, &customer, |balance| *balance = balance.saturating_add(credits));
        Self::tell(Event::CreditsBought { netuid, customer, tao, alpha, credits });
        Ok(())
    }

    pub(crate) fn do_spend(signer: &T::AccountId, signed: &SignedVoucher<T::AccountId>) -> DispatchResult {
        let voucher = &signed.voucher;
        let (netuid, customer, gateway) = (voucher.netuid, &voucher.customer, &voucher.gateway);
        ensure!(TermsOf::<T>::get(netuid).enabled, Error::<T>::NotEnabled);
        let genesis =
            frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero());
        ensure!(voucher.genesis == genesis, Error::<T>::VoucherOfOtherChain);
        let since = T::Pools::registered_at(netuid);
        ensure!(since == Some(voucher.since), Error::<T>::VoucherOfOtherSubnet);
        ensure!(signer == gateway || T::Pools::owns_hotkey(signer, gateway), Error::<T>::NotTheGateway);
        ensure!(T::Pools::has_slot(netuid, gateway), Error::<T>::GatewayNotRegistered);
        let key = sr25519::Public::from_raw(customer.clone().into());
        let valid = sp_io::crypto::sr25519_verify(&signed.signature, &voucher.message(), &key);
        ensure!(valid, Error::<T>::BadSignature);

        let place = (netuid, customer, gateway);
        let new = voucher.total.checked_sub(Spent::<T>::get(place)).filter(|new| *new > 0);
        let credits = new.ok_or(Error::<T>::AlreadySpent)?;
        let left = Balances::<T>::get(netuid, customer).checked_sub(credits);
        let left = left.ok_or(Error::<T>::NotEnoughCredits)?;
        if left == 0 {
            Balances::<T>::remove(netuid, customer);
        } else {
            Balances::<T>::insert(netuid, customer, left);
        }
        Spent::<T>::insert(place, voucher.total);
        Self::tell(Event::CreditsSpent {
            netuid,
            customer: customer.clone(),
            gateway: gateway.clone(),
            credits,
            total: voucher.total,
        });
        Ok(())
    }

    pub(crate) fn change_terms(netuid: NetUid, change: impl FnOnce(&mut Terms)) -> DispatchResult {
        ensure!(netuid != ROOT, Error::<T>::RootHasNoCredits);
        ensure!(T::Pools::registered_at(netuid).is_some(), Error::<T>::SubnetNotExists);
        let mut terms = TermsOf::<T>::get(netuid);
        change(&mut terms);
        TermsOf::<T>::insert(netuid, terms);
        Self::tell(Event::TermsChanged { netuid, terms });
        Ok(())
    }

    fn tell(event: Event<T>) {
        frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(event));
    }
}

impl<T: Config> NeuronWatch<T::AccountId> for Pallet<T> {
    fn ensure_welcome(_netuid: NetUid, _hotkey: &T::AccountId) -> DispatchResult {
        Ok(())
    }

    fn neuron_left(_netuid: NetUid, _hotkey: &T::AccountId, _registered_at: u64) {}

    /// The alpha that was burned is worth nothing now, and the next subnet of the number sells its own credits.
    fn subnet_dissolved(netuid: NetUid) {
        TermsOf::<T>::remove(netuid);
        Sold::<T>::remove(netuid);
        let _ = Balances::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Spent::<T>::clear_prefix((netuid,), u32::MAX, None);
    }
}
