//! Revealing timelocked fields when their pulse is there (section 10, 6).

use alloc::vec::Vec;

use assay_primitives::NetUid;
use assay_primitives::interface::Beacon;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_runtime::SaturatedConversion;

use crate::data::Data;
use crate::{CommitmentOf, Config, Event, Pallet, RevealedCommitments, TimelockedIndex};

/// Revealed fields of an account that are kept, the latest ones.
const KEPT_REVEALS: usize = 10;

/// What becomes of a field at the beginning of a block.
enum Fate {
    /// It is not timelocked, or its pulse is missing.
    Stays,
    /// The pulse opened it.
    Opened(Vec<u8>),
    /// The pulse is there and does not open it, or there is nothing inside.
    Dropped,
}

impl<T: Config> Pallet<T> {
    /// Reveals what has matured and forgets accounts that have nothing timelocked any more (section 10, 6).
    ///
    /// The specification says no more than that. A field that its pulse does not open is dropped, as weights are (section
    /// 08, 8); a commitment is gone when its last field is; and of what was revealed the ten latest fields are kept, as
    /// the clients of the real chain expect it.
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
        if commitment.info.fields.is_empty() {
            CommitmentOf::<T>::remove(netuid, who);
        } else if commitment.info.fields.len() < before {
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
            Some(signature) => Self::open(encrypted, &signature),
        }
    }

    fn open(encrypted: &[u8], signature: &[u8]) -> Fate {
        let opened = assay_beacon::open(encrypted, signature).filter(|bytes| !bytes.is_empty());
        opened.map_or(Fate::Dropped, Fate::Opened)
    }

    /// Adds opened fields to those revealed before, each with an event of its own.
    fn publish(netuid: NetUid, who: &T::AccountId, opened: Vec<Vec<u8>>) {
        let block: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
        let mut revealed = RevealedCommitments::<T>::get(netuid, who).unwrap_or_default();
        for bytes in opened {
            revealed.push((bytes, block));
            Self::tell(Event::CommitmentRevealed { netuid, who: who.clone() });
        }
        revealed.drain(..revealed.len().saturating_sub(KEPT_REVEALS));
        RevealedCommitments::<T>::insert(netuid, who, revealed);
    }
}
