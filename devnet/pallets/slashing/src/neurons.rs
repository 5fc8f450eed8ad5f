//! Who may be a neuron, and who was one (document SLASHING, "The slash" step 5 and "Refusals").

use assay_primitives::NetUid;
use assay_primitives::interface::{NeuronWatch, SlashableStake};
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;

use crate::types::{Block, PastSlot};
use crate::{Bans, Bonds, Config, Error, Models, Pallet, PastSlots, Reported, Strikes, TermsOf};

impl<T: Config> Pallet<T> {
    /// Whether a hotkey had a slot on the subnet at a block.
    pub(crate) fn was_registered(netuid: NetUid, hotkey: &T::AccountId, block: Block) -> bool {
        let block = u64::from(block);
        let since = T::Stakes::registered_at(netuid, hotkey);
        since.is_some_and(|since| since <= block)
            || PastSlots::<T>::get(netuid, hotkey)
                .is_some_and(|slot| (slot.from..=slot.until).contains(&block))
    }
}

impl<T: Config> NeuronWatch<T::AccountId> for Pallet<T> {
    fn ensure_welcome(netuid: NetUid, hotkey: &T::AccountId) -> DispatchResult {
        let banned = Bans::<T>::get(netuid, hotkey).is_some_and(|until| Self::now() < until);
        ensure!(!banned, Error::<T>::Banned);
        Ok(())
    }

    fn neuron_left(netuid: NetUid, hotkey: &T::AccountId, registered_at: u64) {
        if TermsOf::<T>::contains_key(netuid) {
            let slot = PastSlot { from: registered_at, until: Self::now().into() };
            PastSlots::<T>::insert(netuid, hotkey, slot);
        }
    }

    /// The stake was paid out, so there is nothing left to be at risk, and the next subnet of the number begins anew.
    fn subnet_dissolved(netuid: NetUid) {
        TermsOf::<T>::remove(netuid);
        let _ = Bonds::<T>::clear_prefix((netuid,), u32::MAX, None);
        let _ = Models::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Reported::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Strikes::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = Bans::<T>::clear_prefix(netuid, u32::MAX, None);
        let _ = PastSlots::<T>::clear_prefix(netuid, u32::MAX, None);
    }
}
