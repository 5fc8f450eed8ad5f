//! TAO: the accounts that hold it and the ways it moves (section 01, 3 and 4).

use assay_primitives::{NetUid, ROOT, TaoBalance};
use codec::Encode;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_support::traits::Imbalance;
use polkadot_sdk::frame_support::traits::fungible::{Balanced, Credit, Inspect, Mutate};
use polkadot_sdk::frame_support::traits::tokens::{Fortitude, Precision, Preservation};
use polkadot_sdk::sp_runtime::{AccountId32, DispatchError};

use crate::{Config, Error, NetworksAdded, Pallet, TotalIssuance};

/// Freshly minted TAO that has no owner yet.
pub type TaoCredit<T> = Credit<<T as polkadot_sdk::frame_system::Config>::AccountId, <T as Config>::Currency>;

/// All the TAO that can ever be, rao (section 06, 1).
pub const MAX_ISSUANCE: TaoBalance = 21_000_000_000_000_000;

/// Length of `modl` and the name of the pallet, before the netuid of a subnet account.
const PREFIX: usize = 12;

impl<T: Config> Pallet<T> {
    /// The account of a subnet; none if the subnet does not exist, root aside (section 01, 3).
    pub fn subnet_account(netuid: NetUid) -> Option<T::AccountId> {
        (netuid == ROOT || NetworksAdded::<T>::contains_key(netuid)).then(|| account_of_subnet(netuid))
    }

    /// Whether the account is that of some subnet, existing or not (section 01, 3).
    pub fn is_subnet_account(account: &T::AccountId) -> bool {
        let bytes: &[u8; 32] = account.as_ref();
        let [.., low, high] = bytes.first_chunk::<{ PREFIX + 2 }>().copied().unwrap_or_default();
        *account == account_of_subnet(NetUid::from_le_bytes([low, high]))
    }

    /// The account whose TAO nobody can reach (section 01, 3).
    pub fn burn_account() -> T::AccountId {
        protocol_account(Self::burn_account_id().0, &[])
    }

    /// TAO that an account can spend if it need not live on, rao (section 01, 4).
    pub fn balance(account: &T::AccountId) -> TaoBalance {
        T::Currency::reducible_balance(account, Preservation::Expendable, Fortitude::Polite)
    }

    /// TAO that an account can spend and live on, rao (section 01, 4).
    pub fn keepalive_balance(account: &T::AccountId) -> TaoBalance {
        T::Currency::reducible_balance(account, Preservation::Preserve, Fortitude::Polite)
    }

    /// Moves TAO; the sender may cease to be (section 01, 4).
    ///
    /// # Errors
    /// `InsufficientBalance`, and those of the balances pallet.
    pub fn transfer_tao(from: &T::AccountId, to: &T::AccountId, amount: TaoBalance) -> DispatchResult {
        ensure!(amount <= Self::balance(from), Error::<T>::InsufficientBalance);
        let before = T::Currency::total_issuance();
        T::Currency::transfer(from, to, amount, Preservation::Expendable)?;
        let dust = before.saturating_sub(T::Currency::total_issuance());
        TotalIssuance::<T>::mutate(|issuance| *issuance = issuance.saturating_sub(dust));
        Ok(())
    }

    /// Moves TAO to a subnet's account and keeps the sender alive; gives what was moved, which can be less than
    /// asked for (section 01, 4).
    ///
    /// # Errors
    /// `InsufficientBalance` if nothing can be moved, `SubnetNotExists`, and those of the balances pallet.
    pub fn transfer_to_subnet(
        netuid: NetUid,
        from: &T::AccountId,
        amount: TaoBalance,
    ) -> Result<TaoBalance, DispatchError> {
        if amount == 0 {
            return Ok(0);
        }
        let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
        let moved = amount.min(Self::keepalive_balance(from));
        ensure!(moved > 0, Error::<T>::InsufficientBalance);
        T::Currency::transfer(from, &account, moved, Preservation::Preserve)
    }

    /// Moves TAO from a subnet's account (section 01, 4).
    ///
    /// # Errors
    /// `SubnetNotExists`, and those of [`Pallet::transfer_tao`].
    pub fn transfer_from_subnet(netuid: NetUid, to: &T::AccountId, amount: TaoBalance) -> DispatchResult {
        let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
        Self::transfer_tao(&account, to, amount)
    }

    /// Moves TAO out of everybody's reach; the issuance stays (section 01, 4).
    ///
    /// # Errors
    /// Those of [`Pallet::transfer_tao`].
    pub fn burn_tao(from: &T::AccountId, amount: TaoBalance) -> DispatchResult {
        Self::transfer_tao(from, &Self::burn_account(), amount)
    }

    /// Takes TAO out of the issuance; the account lives on (section 01, 4).
    ///
    /// # Errors
    /// `InsufficientBalance`, and those of the balances pallet.
    pub fn recycle_tao(from: &T::AccountId, amount: TaoBalance) -> DispatchResult {
        ensure!(amount <= Self::keepalive_balance(from), Error::<T>::InsufficientBalance);
        TotalIssuance::<T>::mutate(|issuance| *issuance = issuance.saturating_sub(amount));
        let withdrawn =
            T::Currency::withdraw(from, amount, Precision::Exact, Preservation::Preserve, Fortitude::Polite)?;
        // The issuance falls when the credit goes.
        drop(withdrawn);
        Ok(())
    }

    /// Mints TAO, as far as the supply allows (section 01, 4).
    pub fn mint(amount: TaoBalance) -> TaoCredit<T> {
        let amount = amount.min(MAX_ISSUANCE.saturating_sub(T::Currency::total_issuance()));
        TotalIssuance::<T>::mutate(|issuance| *issuance = issuance.saturating_add(amount));
        T::Currency::issue(amount)
    }

    /// Gives `amount` of the credit to an account; the credit is whole again if that fails (section 01, 4).
    pub fn spend(account: &T::AccountId, credit: &mut TaoCredit<T>, amount: TaoBalance) -> bool {
        if credit.peek() < amount {
            return false;
        }
        match T::Currency::resolve(account, credit.extract(amount)) {
            Ok(()) => true,
            Err(refused) => {
                credit.subsume(refused);
                false
            }
        }
    }

    /// Takes what is left of a credit out of the issuance (section 01, 4).
    pub fn recycle_credit(credit: TaoCredit<T>) {
        TotalIssuance::<T>::mutate(|issuance| *issuance = issuance.saturating_sub(credit.peek()));
        drop(credit);
    }
}

fn account_of_subnet(netuid: NetUid) -> AccountId32 {
    protocol_account(*b"subtensr", &netuid.encode())
}

/// `modl`, the name, `more` and zero bytes.
fn protocol_account(name: [u8; 8], more: &[u8]) -> AccountId32 {
    let mut bytes = [0; 32];
    let meaning = b"modl".iter().chain(&name).chain(more);
    for (byte, value) in bytes.iter_mut().zip(meaning) {
        *byte = *value;
    }
    AccountId32::new(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subnet_accounts_are_the_published_ones() {
        let expected = hex("6d6f646c73756274656e73720300000000000000000000000000000000000000");
        assert_eq!(account_of_subnet(3), AccountId32::new(expected));
        let expected = hex("6d6f646c6275726e746e73720000000000000000000000000000000000000000");
        assert_eq!(protocol_account(*b"burntnsr", &[]), AccountId32::new(expected));
    }

    fn hex(digits: &str) -> [u8; 32] {
        core::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("two hex digits"))
    }
}
