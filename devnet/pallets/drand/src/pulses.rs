//! Storing pulses and forgetting old ones.
//!
//! The specification leaves the beacon aside but for its storage (section 10, 7). What is done here and not there: a
//! pulse is stored only if the beacon signed its round, which is what makes it one.

use alloc::vec::Vec;

use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system;

use crate::types::{Pulse, RoundNumber};
use crate::{
    BeaconConfig, Config, Error, Event, LastStoredRound, NextUnsignedAt, OldestStoredRound, Pallet, Pulses,
};

/// Rounds that are kept: seven and a half days of quicknet.
const KEPT_ROUNDS: u64 = 216_000;

/// Old rounds that one call forgets at most, so that no call does much more than its weight says.
const FORGOTTEN_AT_ONCE: u64 = 100;

impl<T: Config> Pallet<T> {
    /// Stores pulses in their order; rounds may be missing in between.
    ///
    /// # Errors
    /// For the first pulse that is not as it should be, in this order: `PulseVerificationError` (its signature or the
    /// beacon's key cannot be read), `UnverifiedPulse` (the beacon did not sign the round), `InvalidRoundNumber` (it is
    /// not newer than the last one).
    pub(crate) fn store_pulses(pulses: Vec<Pulse>) -> DispatchResult {
        let key = BeaconConfig::<T>::get().public_key;
        let mut last = LastStoredRound::<T>::get();
        let mut rounds = Vec::new();
        for pulse in pulses {
            let signed = assay_beacon::verify(&key, pulse.round, &pulse.signature)
                .map_err(|_| Error::<T>::PulseVerificationError)?;
            ensure!(signed, Error::<T>::UnverifiedPulse);
            ensure!(pulse.round > last, Error::<T>::InvalidRoundNumber);
            last = pulse.round;
            rounds.push(pulse.round);
            Pulses::<T>::insert(pulse.round, pulse);
        }
        NextUnsignedAt::<T>::put(frame_system::Pallet::<T>::block_number());
        if let Some(first) = rounds.first() {
            if OldestStoredRound::<T>::get() == 0 {
                OldestStoredRound::<T>::put(first);
            }
            LastStoredRound::<T>::put(last);
            Self::forget_pulses(last);
            Self::tell(Event::NewPulse { rounds });
        }
        Ok(())
    }

    /// Forgets rounds beyond [`KEPT_ROUNDS`], the oldest first.
    fn forget_pulses(last: RoundNumber) {
        let oldest = OldestStoredRound::<T>::get();
        let too_many = last.saturating_sub(oldest).saturating_add(1).saturating_sub(KEPT_ROUNDS);
        let kept_from = oldest.saturating_add(too_many.min(FORGOTTEN_AT_ONCE));
        if kept_from > oldest {
            (oldest..kept_from).for_each(Pulses::<T>::remove);
            OldestStoredRound::<T>::put(kept_from);
        }
    }
}
