//! Registration of neurons for a price (section 03, 2).

use alloc::vec::Vec;

use assay_economics::registration::burn::{BurnBounds, bump, decay};
use assay_primitives::interface::{NeuronWatch, SwapEngine};
use assay_primitives::{NetUid, ROOT, TaoBalance};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_runtime::DispatchError;

use crate::{
    Burn, BurnHalfLife, BurnIncreaseMult, Config, Error, Event, MaxAllowedUids, MaxBurn, MinBurn,
    NetworkRegistrationAllowed, Pallet, RAORecycledForRegistration, RegistrationsThisBlock,
    RegistrationsThisInterval, SubnetAlphaOut, SubnetTaoFlow, SubnetworkN,
};

impl<T: Config> Pallet<T> {
    /// Registers a neuron as `burned_register` does; the work is ignored, and so is the coldkey that is named: the
    /// signer pays and owns (section 03, 2).
    ///
    /// # Errors
    /// Those of [`Pallet::do_burned_register`].
    pub fn do_register(
        origin: OriginFor<T>,
        netuid: NetUid,
        _block_number: u64,
        _nonce: u64,
        _work: Vec<u8>,
        hotkey: T::AccountId,
        _coldkey: T::AccountId,
    ) -> DispatchResult {
        Self::do_burned_register(origin, netuid, hotkey)
    }

    /// Registers a neuron for the price of a registration (section 03, 2).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `RegistrationNotPermittedOnRootSubnet`, `SubnetNotExists`,
    /// `SubNetRegistrationDisabled`, `HotKeyAlreadyRegisteredInSubNet`, why the hotkey is not welcome (never on a
    /// chain with nothing of ours switched on), `NotEnoughBalanceToStake`,
    /// `CannotUseSystemAccount`, `NonAssociatedColdKey`, `NoNeuronIdAvailable`, and those of the payment.
    pub fn do_burned_register(origin: OriginFor<T>, netuid: NetUid, hotkey: T::AccountId) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        Self::ensure_subnet_for_neurons(netuid)?;
        ensure!(NetworkRegistrationAllowed::<T>::get(netuid), Error::<T>::SubNetRegistrationDisabled);
        ensure!(!Self::is_registered(netuid, &hotkey), Error::<T>::HotKeyAlreadyRegisteredInSubNet);
        T::NeuronWatch::ensure_welcome(netuid, &hotkey)?;
        let cost = Burn::<T>::get(netuid);
        ensure!(Self::balance(&coldkey) >= cost, Error::<T>::NotEnoughBalanceToStake);
        Self::create_account_if_unknown(&coldkey, &hotkey)?;
        ensure!(Self::owns(&coldkey, &hotkey), Error::<T>::NonAssociatedColdKey);
        Self::ensure_slot(netuid)?;

        let paid = Self::pay_registration(netuid, &coldkey, cost)?;
        let uid = Self::assign_uid(netuid, &hotkey).ok_or(Error::<T>::NoNeuronIdAvailable)?;
        Self::bump_burn(netuid);
        Self::count_registration(netuid, cost, paid);
        Self::deposit_event(Event::NeuronRegistered(netuid, uid, hotkey));
        Ok(())
    }

    /// Registers a neuron up to a price, rao (section 03, 2).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `RegistrationNotPermittedOnRootSubnet`, `SubnetNotExists`,
    /// `RegistrationPriceLimitExceeded`, and those of [`Pallet::do_burned_register`].
    pub fn do_register_limit(
        origin: OriginFor<T>,
        netuid: NetUid,
        hotkey: T::AccountId,
        limit_price: u64,
    ) -> DispatchResult {
        ensure_signed(origin.clone())?;
        Self::ensure_subnet_for_neurons(netuid)?;
        ensure!(Burn::<T>::get(netuid) <= limit_price, Error::<T>::RegistrationPriceLimitExceeded);
        Self::do_burned_register(origin, netuid, hotkey)
    }

    /// Raises the price after a registration (section 03, 2.1).
    pub fn bump_burn(netuid: NetUid) {
        let multiplier = BurnIncreaseMult::<T>::get(netuid).into();
        let raised = bump(Burn::<T>::get(netuid), multiplier, Self::burn_bounds(netuid));
        Burn::<T>::insert(netuid, raised);
    }

    /// Lowers the prices of all networks and resets the counters of the block: step b1 (section 03, 2.1).
    pub fn decay_burns(now: u64) {
        for netuid in Self::networks() {
            let price = Burn::<T>::get(netuid);
            let lowered = decay(price, BurnHalfLife::<T>::get(netuid), now, Self::burn_bounds(netuid));
            if lowered != price {
                Burn::<T>::insert(netuid, lowered);
            }
            RegistrationsThisBlock::<T>::insert(netuid, 0);
            if netuid == ROOT && Self::epoch_is_due(netuid, now) {
                RegistrationsThisInterval::<T>::insert(netuid, 0);
            }
        }
    }

    fn ensure_subnet_for_neurons(netuid: NetUid) -> DispatchResult {
        ensure!(netuid != ROOT, Error::<T>::RegistrationNotPermittedOnRootSubnet);
        ensure!(Self::subnet_exists(netuid), Error::<T>::SubnetNotExists);
        Ok(())
    }

    fn ensure_slot(netuid: NetUid) -> DispatchResult {
        let slots = MaxAllowedUids::<T>::get(netuid);
        ensure!(slots != 0, Error::<T>::NoNeuronIdAvailable);
        let free = SubnetworkN::<T>::get(netuid) < slots;
        ensure!(free || Self::neuron_to_prune(netuid).is_some(), Error::<T>::NoNeuronIdAvailable);
        Ok(())
    }

    /// Buys alpha that nobody gets, and gives what was paid, rao. The swap's fee stays in the subnet's account.
    fn pay_registration(
        netuid: NetUid,
        coldkey: &T::AccountId,
        cost: TaoBalance,
    ) -> Result<TaoBalance, DispatchError> {
        let paid = Self::transfer_to_subnet(netuid, coldkey, cost)?;
        let bought = Self::buy(netuid, paid, T::Swap::max_price(), false)?.paid_out;
        SubnetAlphaOut::<T>::mutate(netuid, |out| *out = out.saturating_sub(bought));
        Ok(paid)
    }

    /// Gives the hotkey a free uid or that of the neuron to prune; none if every neuron stays (section 03, 3 and 4).
    pub(crate) fn assign_uid(netuid: NetUid, hotkey: &T::AccountId) -> Option<u16> {
        let now = Self::now();
        if SubnetworkN::<T>::get(netuid) < MaxAllowedUids::<T>::get(netuid) {
            return Some(Self::append_neuron(netuid, hotkey, now));
        }
        let uid = Self::neuron_to_prune(netuid)?;
        Self::replace_neuron(netuid, uid, hotkey, now);
        Some(uid)
    }

    /// The price asked for counts as recycled, the amount paid as flow.
    fn count_registration(netuid: NetUid, cost: TaoBalance, paid: TaoBalance) {
        RegistrationsThisBlock::<T>::mutate(netuid, |count| *count = count.saturating_add(1));
        let recycled = RAORecycledForRegistration::<T>::get(netuid).saturating_add(cost);
        RAORecycledForRegistration::<T>::insert(netuid, recycled);
        Self::deposit_event(Event::RAORecycledForRegistrationSet(netuid, recycled));
        let paid = i64::try_from(paid).unwrap_or(i64::MAX);
        SubnetTaoFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_add(paid));
    }

    fn burn_bounds(netuid: NetUid) -> BurnBounds {
        BurnBounds { min: MinBurn::<T>::get(netuid), max: MaxBurn::<T>::get(netuid) }
    }
}
