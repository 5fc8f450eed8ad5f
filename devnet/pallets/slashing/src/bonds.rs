//! Bonds (document SLASHING, "Bonding").

use alloc::vec::Vec;

use assay_economics::slashing::bond::{Bond, BondError};
use assay_primitives::interface::{HeldStake, SlashableStake};
use assay_primitives::{AlphaBalance, NetUid};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use crate::types::StoredBond;
use crate::{Bonds, Config, Error, Event, Pallet};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_bond(
        coldkey: T::AccountId,
        netuid: NetUid,
        hotkey: T::AccountId,
        amount: AlphaBalance,
    ) -> DispatchResult {
        ensure!(Self::terms(netuid).enabled, Error::<T>::NotEnabled);
        ensure!(amount > 0, Error::<T>::ZeroAmount);
        let stake = T::Stakes::stake(netuid, &hotkey, &coldkey);
        let bond = Self::bond_of(netuid, &hotkey, &coldkey)
            .increased(amount, stake, Self::now())
            .map_err(Error::<T>::from)?;
        Self::store_bond(netuid, &hotkey, &coldkey, bond)?;
        Self::tell(Event::Bonded { netuid, hotkey, coldkey, amount });
        Ok(())
    }

    /// Terms need not be enabled any more: what was bonded can always leave.
    pub(crate) fn do_unbond(
        coldkey: T::AccountId,
        netuid: NetUid,
        hotkey: T::AccountId,
        amount: AlphaBalance,
    ) -> DispatchResult {
        ensure!(amount > 0, Error::<T>::ZeroAmount);
        let (now, window) = (Self::now(), Self::terms(netuid).window);
        let bond = Self::bond_of(netuid, &hotkey, &coldkey)
            .decreased(amount, window, now)
            .map_err(Error::<T>::from)?;
        Self::store_bond(netuid, &hotkey, &coldkey, bond)?;
        let until = now.saturating_add(window);
        Self::tell(Event::Unbonding { netuid, hotkey, coldkey, amount, until });
        Ok(())
    }

    /// Cuts the bonds on a hotkey to the stake that a slash left.
    pub(crate) fn cut_bonds(netuid: NetUid, hotkey: &T::AccountId) -> DispatchResult {
        let bonds: Vec<(T::AccountId, StoredBond)> = Bonds::<T>::iter_prefix((netuid, hotkey)).collect();
        for (coldkey, bond) in bonds {
            let stake = T::Stakes::stake(netuid, hotkey, &coldkey);
            let bond = Bond::from(bond).cut(stake, Self::now());
            Self::store_bond(netuid, hotkey, &coldkey, bond)?;
        }
        Ok(())
    }

    fn bond_of(netuid: NetUid, hotkey: &T::AccountId, coldkey: &T::AccountId) -> Bond {
        Bonds::<T>::get((netuid, hotkey, coldkey)).map(Bond::from).unwrap_or_default()
    }

    fn store_bond(
        netuid: NetUid,
        hotkey: &T::AccountId,
        coldkey: &T::AccountId,
        bond: Bond,
    ) -> DispatchResult {
        if bond.is_free(Self::now()) {
            Bonds::<T>::remove((netuid, hotkey, coldkey));
            return Ok(());
        }
        let stored = StoredBond::try_from(bond).map_err(|()| Error::<T>::TooManyUnbondings)?;
        Bonds::<T>::insert((netuid, hotkey, coldkey), stored);
        Ok(())
    }
}

impl<T: Config> From<BondError> for Error<T> {
    fn from(error: BondError) -> Self {
        match error {
            BondError::AboveFreeStake => Self::BondAboveFreeStake,
            BondError::AboveBond => Self::UnbondAboveBond,
        }
    }
}

impl<T: Config> HeldStake<T::AccountId> for Pallet<T> {
    fn locked(netuid: NetUid, hotkey: &T::AccountId, coldkey: &T::AccountId) -> AlphaBalance {
        Self::bond_of(netuid, hotkey, coldkey).locked(Self::now())
    }

    fn any_locked(netuid: NetUid, hotkey: &T::AccountId) -> bool {
        let now = Self::now();
        Bonds::<T>::iter_prefix_values((netuid, hotkey)).any(|bond| !Bond::from(bond).is_free(now))
    }

    fn coldkey_swapped(netuid: NetUid, hotkey: &T::AccountId, old: &T::AccountId, new: &T::AccountId) {
        // The new coldkey never had stake (section 09, 4 step 1), so it has no bond.
        if let Some(bond) = Bonds::<T>::take((netuid, hotkey, old)) {
            Bonds::<T>::insert((netuid, hotkey, new), bond);
        }
    }
}
