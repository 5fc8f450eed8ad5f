//! Takes as fractions (sections 06, 4.2 and 09, 3.4).

use assay_primitives::NetUid;

use crate::{ChildkeyTake, Config, Delegates, MinChildkeyTake, MinChildkeyTakePerSubnet, Pallet};

impl<T: Config> Pallet<T> {
    /// Take of a delegate, parts of 65,535 (section 06, 4.2).
    pub fn delegate_take(hotkey: &T::AccountId) -> u16 {
        Delegates::<T>::get(hotkey)
    }

    /// Take of a child key, never below the lowest one of the subnet, parts of 65,535 (section 09, 3.4).
    pub fn childkey_take(hotkey: &T::AccountId, netuid: NetUid) -> u16 {
        ChildkeyTake::<T>::get(hotkey, netuid).max(Self::min_childkey_take(netuid))
    }

    /// Lowest take of child keys of a subnet, parts of 65,535 (section 09, 3.4).
    pub fn min_childkey_take(netuid: NetUid) -> u16 {
        MinChildkeyTake::<T>::get().max(MinChildkeyTakePerSubnet::<T>::get(netuid))
    }
}
