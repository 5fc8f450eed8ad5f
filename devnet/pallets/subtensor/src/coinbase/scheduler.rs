//! When epochs run (section 06, 3.6).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use assay_economics::emission::payout::Pending;
use assay_economics::emission::scheduler::{self, Schedule, Slot};
use assay_primitives::{NetUid, ROOT};

use crate::{
    BlocksSinceLastStep, Config, Event, Keys, LastEpochBlock, MaxEpochsPerBlock, Pallet, PendingEpochAt,
    PendingOwnerCut, PendingRootAlphaDivs, PendingServerEmission, PendingValidatorEmission, SubnetEpochIndex,
    Tempo,
};

impl<T: Config> Pallet<T> {
    /// Whether an epoch is due in this block (section 06, 3.6).
    pub fn epoch_is_due(netuid: NetUid, now: u64) -> bool {
        scheduler::is_due(Self::schedule(netuid, BlocksSinceLastStep::<T>::get(netuid)), now)
    }

    /// Block of the next epoch (section 06, 3.6).
    pub fn next_epoch_start_block(netuid: NetUid) -> Option<u64> {
        scheduler::next_epoch_start(Self::schedule(netuid, BlocksSinceLastStep::<T>::get(netuid)))
    }

    /// All subnets but root and those whose epoch the coinbase of this block will put off: what [`Self::drain_pending`]
    /// will decide, before it counts the block (sections 06, 3.6 and 08, 8).
    pub(crate) fn subnets_not_deferred(now: u64) -> Vec<NetUid> {
        let max_epochs = MaxEpochsPerBlock::<T>::get();
        let mut epochs = 0_u32;
        let mut takes_part = |netuid: NetUid| {
            let schedule = Self::schedule(netuid, BlocksSinceLastStep::<T>::get(netuid));
            let slot = Self::slot(netuid, schedule, now, epochs, max_epochs);
            epochs = epochs.saturating_add(u32::from(slot == Slot::Runs));
            slot != Slot::Deferred
        };
        Self::networks().into_iter().filter(|netuid| *netuid != ROOT && takes_part(*netuid)).collect()
    }

    /// Gives every subnet among `networks` its turn and takes the alpha of those whose epoch runs in this block
    /// (section 06, 3.6).
    pub(super) fn drain_pending(networks: &[NetUid], now: u64) -> BTreeMap<NetUid, Pending> {
        let max_epochs = MaxEpochsPerBlock::<T>::get();
        let mut drained = BTreeMap::new();
        for netuid in networks.iter().copied().filter(|netuid| *netuid != ROOT) {
            let blocks = BlocksSinceLastStep::<T>::get(netuid).saturating_add(1);
            BlocksSinceLastStep::<T>::insert(netuid, blocks);
            let epochs = u32::try_from(drained.len()).unwrap_or(u32::MAX);
            let slot = Self::slot(netuid, Self::schedule(netuid, blocks), now, epochs, max_epochs);
            match slot {
                Slot::NotDue => {}
                Slot::Deferred => {
                    let to_block = now.saturating_add(1);
                    PendingEpochAt::<T>::insert(netuid, to_block);
                    Self::deposit_event(Event::EpochDeferred { netuid, from_block: now, to_block });
                }
                Slot::Skipped => Self::deposit_event(Event::EpochSkipped { netuid, block: now }),
                Slot::Runs => {
                    BlocksSinceLastStep::<T>::insert(netuid, 0);
                    drained.insert(netuid, Self::take_pending(netuid));
                    Self::change_owner_if_needed(netuid);
                }
            }
            if slot.is_consumed() {
                LastEpochBlock::<T>::insert(netuid, now);
                PendingEpochAt::<T>::insert(netuid, 0);
                SubnetEpochIndex::<T>::mutate(netuid, |index| *index = index.saturating_add(1));
            }
        }
        drained
    }

    fn schedule(netuid: NetUid, blocks_since_last_step: u64) -> Schedule {
        Schedule {
            tempo: Tempo::<T>::get(netuid),
            last_epoch_block: LastEpochBlock::<T>::get(netuid),
            blocks_since_last_step,
            pending_epoch_at: PendingEpochAt::<T>::get(netuid),
        }
    }

    /// The hotkeys are looked at only when the epoch would run: that is once per tempo.
    fn slot(netuid: NetUid, schedule: Schedule, now: u64, epochs: u32, max_epochs: u8) -> Slot {
        match scheduler::slot(schedule, true, now, epochs, max_epochs) {
            Slot::Runs if !Self::hotkeys_are_unique(netuid) => Slot::Skipped,
            slot => slot,
        }
    }

    /// Whether no hotkey has two uids (section 06, 3.6 step 5).
    fn hotkeys_are_unique(netuid: NetUid) -> bool {
        let mut seen = BTreeSet::new();
        Keys::<T>::iter_prefix_values(netuid).all(|hotkey| seen.insert(hotkey))
    }

    fn take_pending(netuid: NetUid) -> Pending {
        let pending = Pending {
            server: PendingServerEmission::<T>::get(netuid),
            validator: PendingValidatorEmission::<T>::get(netuid),
            root: PendingRootAlphaDivs::<T>::get(netuid),
            owner_cut: PendingOwnerCut::<T>::get(netuid),
        };
        // Stored as zeros rather than removed (section 06, 7.1).
        PendingServerEmission::<T>::insert(netuid, 0);
        PendingValidatorEmission::<T>::insert(netuid, 0);
        PendingRootAlphaDivs::<T>::insert(netuid, 0);
        PendingOwnerCut::<T>::insert(netuid, 0);
        pending
    }
}
