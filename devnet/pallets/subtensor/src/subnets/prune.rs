//! The subnet that makes way for a new one (section 02, 4).

use alloc::vec::Vec;

use assay_economics::registration::subnet::{SubnetStanding, prune_candidate};
use assay_primitives::{NetUid, ROOT};

use crate::{Config, NetworkImmunityPeriod, NetworkRegisteredAt, Pallet};

impl<T: Config> Pallet<T> {
    /// The cheapest subnet that is not immune (section 02, 4).
    pub fn subnet_to_prune() -> Option<NetUid> {
        let standings: Vec<SubnetStanding> = Self::subnets()
            .map(|netuid| SubnetStanding {
                netuid,
                moving_price: Self::moving_price(netuid),
                registered_at: NetworkRegisteredAt::<T>::get(netuid),
            })
            .collect();
        prune_candidate(&standings, Self::now(), NetworkImmunityPeriod::<T>::get())
    }

    /// All networks but root, in the order that the protocol goes by (section 01, 8).
    pub(super) fn subnets() -> impl Iterator<Item = NetUid> {
        Self::networks().into_iter().filter(|netuid| *netuid != ROOT)
    }
}
