//! Swaps of hotkeys and coldkeys (section 09, 4 and 5).

pub mod coldkey;
pub mod coldkey_swap;
pub mod hotkey;
pub mod hotkey_family;
pub mod hotkey_swap;

use alloc::vec::Vec;

/// Appends an account to a list that does not have it.
fn push_once<AccountId: Clone + PartialEq>(accounts: &mut Vec<AccountId>, account: &AccountId) {
    if !accounts.contains(account) {
        accounts.push(account.clone());
    }
}
