//! Revealing timelocked fields when their pulse is there (section 10, 6).

use alloc::vec::Vec;

use assay_primitives::NetUid;
use assay_primitives::interface::Beacon;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_runtime::SaturatedConversion;

use crate::data::Data;
use crate::{CommitmentOf, Config, Event, Pallet, RevealedCommitments, TimelockedIndex};

/// What becomes of a field at the beginning of a block.
enum Fate {
    /// It is not timelocked, or its pulse is missing.
    Stays,
    /// The pulse opened it.
    Opened(Vec<u8>),
    /// The pulse is there and does not open it.
    Dropped,
}

impl<T: Config> Pallet<T> {
    /// Reveals what has matured and forgets accounts that have nothing timelocked any more (section 10, 6).
    ///
    /// The specification does not say what becomes of a field that its pulse does not open; as with weights (section
    /// 08, 8) it is dropped.
    pub(crate) fn reveal_matured() {
        let index = TimelockedIndex::<T>::get();
        let waiting = index.iter().filter(|(netuid, who)| Self::reveal_of(*netuid, who)).cloned().collect();
        if index != waiting {
            TimelockedIndex::<T>::put(waiting);
        }
    }

    /// Whether something of the account is still timelocked.
    fn reveal_of(netuid: NetUid, who: &T::AccountId) -> bool {
        let Some(mut commitment) = CommitmentOf::<T>::get(netuid, who) else { return false };
        let before = commitment.info.fields.len();
        let mut opened = Vec::new();
        commitment.info.fields.retain(|field| match Self::fate_of(field) {
            Fate::Stays => true,
            Fate::Opened(bytes) => {
                opened.push(bytes);
                false
            }
            Fate::Dropped => false,
        });
        let is_waiting = commitment.info.fields.iter().any(Data::is_timelocked);
        if commitment.info.fields.len() < before {
            CommitmentOf::<T>::insert(netuid, who, commitment);
        }
        if !opened.is_empty() {
            Self::publish(netuid, who, opened);
        }
        is_waiting
    }

    fn fate_of(field: &Data) -> Fate {
        let Data::TimelockEncrypted { encrypted, reveal_round } = field else { return Fate::Stays };
        match T::Beacon::signature(*reveal_round) {
            None => Fate::Stays,
            Some(signature) => open(encrypted, &signature).map_or(Fate::Dropped, Fate::Opened),
        }
    }

    fn publish(netuid: NetUid, who: &T::AccountId, opened: Vec<Vec<u8>>) {
        let block: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
        let mut revealed = RevealedCommitments::<T>::get(netuid, who).unwrap_or_default();
        revealed.extend(opened.into_iter().map(|bytes| (bytes, block)));
        RevealedCommitments::<T>::insert(netuid, who, revealed);
        Self::tell(Event::CommitmentRevealed { netuid, who: who.clone() });
    }
}

/// The bytes under the lock, or none if the pulse does not open them.
///
/// The chain does not know the beacon's cryptography yet: nothing opens.
fn open(_ciphertext: &[u8], _signature: &[u8]) -> Option<Vec<u8>> {
    None
}
