//! The index of root stakers (section 05, 6).

use alloc::vec::Vec;

use assay_primitives::{NetUid, ROOT};
use polkadot_sdk::frame_support::storage::KeyPrefixIterator;

use crate::{
    Alpha, AlphaMapLastKey, AlphaV2, AlphaV2MapLastKey, Config, NumStakingColdkeys, Pallet, StakingColdkeys,
    StakingColdkeysByIndex,
};

/// Entries of a map of shares that one block indexes (section 05, 6).
const BATCH: usize = 30;

/// Hotkey, coldkey and subnet of a share.
type ShareKey<T> = (
    <T as polkadot_sdk::frame_system::Config>::AccountId,
    <T as polkadot_sdk::frame_system::Config>::AccountId,
    NetUid,
);

impl<T: Config> Pallet<T> {
    /// Adds a coldkey that is not in the index (section 05, 6).
    pub fn add_root_staker(coldkey: &T::AccountId) {
        if StakingColdkeys::<T>::contains_key(coldkey) {
            return;
        }
        let index = NumStakingColdkeys::<T>::get();
        StakingColdkeys::<T>::insert(coldkey, index);
        StakingColdkeysByIndex::<T>::insert(index, coldkey);
        NumStakingColdkeys::<T>::put(index.saturating_add(1));
    }

    /// Removes a coldkey; the last one takes its place (section 05, 6).
    pub fn remove_root_staker(coldkey: &T::AccountId) {
        let Some(index) = StakingColdkeys::<T>::take(coldkey) else {
            return;
        };
        let last = NumStakingColdkeys::<T>::get().saturating_sub(1);
        if let Some(mover) = StakingColdkeysByIndex::<T>::take(last)
            && index != last
        {
            StakingColdkeys::<T>::insert(&mover, index);
            StakingColdkeysByIndex::<T>::insert(index, mover);
        }
        NumStakingColdkeys::<T>::put(last);
    }

    /// Indexes the next 30 entries of each map of shares (section 05, 6).
    pub fn scan_root_stakers() {
        let cursor = AlphaMapLastKey::<T>::get();
        let keys = cursor.clone().map_or_else(Alpha::<T>::iter_keys, Alpha::<T>::iter_keys_from);
        Self::index_root_stakers(cursor.as_ref(), keys, AlphaMapLastKey::<T>::put);
        let cursor = AlphaV2MapLastKey::<T>::get();
        let keys = cursor.clone().map_or_else(AlphaV2::<T>::iter_keys, AlphaV2::<T>::iter_keys_from);
        Self::index_root_stakers(cursor.as_ref(), keys, AlphaV2MapLastKey::<T>::put);
    }

    /// Indexes the next of these keys and stores the cursor, nothing at all for an empty map; a full batch leaves a
    /// cursor, so that a map of 30 entries takes a second, empty batch (section 05, 6).
    fn index_root_stakers(
        cursor: Option<&Vec<u8>>,
        mut keys: KeyPrefixIterator<ShareKey<T>>,
        store: impl FnOnce(Option<Vec<u8>>),
    ) {
        let batch: Vec<_> = keys.by_ref().take(BATCH).collect();
        if batch.is_empty() && cursor.is_none() {
            return;
        }
        for (_, coldkey, netuid) in &batch {
            if *netuid == ROOT {
                Self::add_root_staker(coldkey);
            }
        }
        store((batch.len() == BATCH).then(|| keys.last_raw_key().to_vec()));
    }
}
