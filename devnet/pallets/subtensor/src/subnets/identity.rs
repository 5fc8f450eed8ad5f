//! Identities (section 02, 8).

use alloc::vec::Vec;

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};

use crate::types::{ChainIdentityV2, SubnetIdentityV3};
use crate::{
    Config, Error, Event, IdentitiesV2, IsNetworkMember, OwnedHotkeys, Pallet, SubnetIdentitiesV3,
    SubnetOwner,
};

/// Bytes of a name or of a contact on Discord at most (section 02, 8).
const SHORT: usize = 256;
/// Bytes of any other field at most (section 02, 8).
const LONG: usize = 1_024;

impl<T: Config> Pallet<T> {
    /// Sets the identity of the signing coldkey (section 02, 8).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `HotKeyNotRegisteredInNetwork`, `InvalidIdentity`.
    pub fn do_set_identity(origin: OriginFor<T>, identity: ChainIdentityV2) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        let mut hotkeys = OwnedHotkeys::<T>::get(&coldkey).into_iter();
        ensure!(
            hotkeys.any(|hotkey| Self::is_registered_anywhere(&hotkey)),
            Error::<T>::HotKeyNotRegisteredInNetwork
        );
        ensure!(is_valid_identity(&identity), Error::<T>::InvalidIdentity);
        IdentitiesV2::<T>::insert(&coldkey, identity);
        Self::deposit_event(Event::ChainIdentitySet(coldkey));
        Ok(())
    }

    /// Sets the identity of a subnet; owner only (section 02, 8).
    ///
    /// # Errors
    /// In this order: `BadOrigin`, `NotSubnetOwner`, `InvalidIdentity`.
    pub fn do_set_subnet_identity(
        origin: OriginFor<T>,
        netuid: NetUid,
        identity: SubnetIdentityV3,
    ) -> DispatchResult {
        let coldkey = ensure_signed(origin)?;
        ensure!(SubnetOwner::<T>::get(netuid) == coldkey, Error::<T>::NotSubnetOwner);
        Self::store_subnet_identity(netuid, identity)
    }

    /// Stores a subnet's identity (section 02, 2 row 19 and 8).
    ///
    /// # Errors
    /// `InvalidIdentity`.
    pub(super) fn store_subnet_identity(netuid: NetUid, identity: SubnetIdentityV3) -> DispatchResult {
        ensure!(Self::is_valid_subnet_identity(&identity), Error::<T>::InvalidIdentity);
        SubnetIdentitiesV3::<T>::insert(netuid, identity);
        Self::deposit_event(Event::SubnetIdentitySet(netuid));
        Ok(())
    }

    /// Whether an identity keeps to the limits (section 02, 8). The limit of some fields together follows from those
    /// of each.
    pub fn is_valid_subnet_identity(identity: &SubnetIdentityV3) -> bool {
        let short = [&identity.subnet_name, &identity.discord];
        let long = [
            &identity.github_repo,
            &identity.subnet_contact,
            &identity.subnet_url,
            &identity.description,
            &identity.logo_url,
            &identity.additional,
        ];
        all_within(&short, SHORT) && all_within(&long, LONG)
    }

    fn is_registered_anywhere(hotkey: &T::AccountId) -> bool {
        IsNetworkMember::<T>::iter_prefix_values(hotkey).any(|member| member)
    }
}

/// The limit of the fields together follows from those of each here, too.
fn is_valid_identity(identity: &ChainIdentityV2) -> bool {
    let short = [&identity.name, &identity.url, &identity.github_repo, &identity.discord];
    let long = [&identity.image, &identity.description, &identity.additional];
    all_within(&short, SHORT) && all_within(&long, LONG)
}

fn all_within(fields: &[&Vec<u8>], limit: usize) -> bool {
    fields.iter().all(|field| field.len() <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn each_field_of_a_coldkeys_identity_has_its_limit() {
        let longest = ChainIdentityV2 {
            name: vec![0; 256],
            url: vec![0; 256],
            github_repo: vec![0; 256],
            image: vec![0; 1_024],
            discord: vec![0; 256],
            description: vec![0; 1_024],
            additional: vec![0; 1_024],
        };
        assert!(is_valid_identity(&longest));
        assert!(!is_valid_identity(&ChainIdentityV2 { url: vec![0; 257], ..longest.clone() }));
        assert!(!is_valid_identity(&ChainIdentityV2 { image: vec![0; 1_025], ..longest }));
    }
}
