//! What happens before the extrinsics of a block (section 01, 7).

use alloc::vec::Vec;

use assay_primitives::{NetUid, ROOT};

use crate::{
    Config, FirstEmissionBlockNumber, LastEpochBlock, NetworkRegistrationAllowed, NetworksAdded, Pallet,
    SubtokenEnabled,
};

impl<T: Config> Pallet<T> {
    /// Steps a to b9 of section 01, 7, outside of any transactional layer.
    pub fn block_step(now: u64) {
        Self::clean_up_hotkey_swaps(now);
        Self::decay_burns(now);
        let credit = Self::mint_block_emission();
        Self::reveal_timelocked(now);
        // No step changes which networks there are or which of them emit.
        let networks = Self::networks();
        let emitting: Vec<NetUid> = networks.iter().copied().filter(|netuid| Self::emits(*netuid)).collect();
        Self::run_coinbase(credit, &networks, &emitting, now);
        Self::update_moving_prices(&emitting, now);
        Self::update_root_proportions(&emitting);
        for netuid in networks {
            if LastEpochBlock::<T>::get(netuid) == now {
                Self::apply_pending_children(netuid, now);
            }
        }
        Self::auto_claim_root(polkadot_sdk::frame_system::Pallet::<T>::parent_hash());
        Self::scan_root_stakers();
    }

    /// All networks, root included, in the order that the protocol goes by (section 01, 8).
    pub fn networks() -> Vec<NetUid> {
        NetworksAdded::<T>::iter().filter_map(|(netuid, added)| added.then_some(netuid)).collect()
    }

    /// Whether a subnet takes part in the emission of the block (section 06, 3 step 2).
    fn emits(netuid: NetUid) -> bool {
        netuid != ROOT
            && FirstEmissionBlockNumber::<T>::contains_key(netuid)
            && SubtokenEnabled::<T>::get(netuid)
            && NetworkRegistrationAllowed::<T>::get(netuid)
    }
}
