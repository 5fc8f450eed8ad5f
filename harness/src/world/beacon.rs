//! The beacon beside a scenario's chain.

use super::values::inner_number;
use super::{StepError, World};
use crate::beacon::{Beacon, Schedule, write_pulses};
use pallet_drand::types::Pulse;
use polkadot_sdk::sp_core::H256;

/// The call that brings pulses.
pub(super) const WRITE_PULSE: &str = "write_pulse";

/// Who brings them: it pays nothing and needs nothing.
const BRINGER: &str = "beacon";

impl World {
    /// What the local beacon does in the blocks to come; none if it does not run.
    pub fn beacon(&mut self) -> &mut Option<Schedule> {
        &mut self.beacon
    }

    /// The public key of the beacon that the chain knows.
    ///
    /// # Errors
    /// If the chain has none.
    pub async fn beacon_key(&self) -> Result<Vec<u8>, StepError> {
        let found = self.value_at("Drand.BeaconConfig.public_key").await?.value;
        let key = found.map(|key| super::notation::bytes_of(&key));
        key.ok_or_else(|| StepError::Unfit("the chain knows no beacon".into()))
    }

    /// Offers the pulses that the next block is to bring, if there are any.
    pub(super) async fn offer_due_pulses(&mut self) -> Result<Option<H256>, StepError> {
        let Some(schedule) = &self.beacon else { return Ok(None) };
        let last = self.value_at("Drand.LastStoredRound").await?.value;
        let last = last.as_ref().and_then(inner_number).and_then(|last| u64::try_from(last).ok());
        let rounds = schedule.due(self.client()?.head().await?.number + 1, last.unwrap_or_default());
        if rounds.is_empty() {
            return Ok(None);
        }
        let beacon = Beacon::default();
        self.offer_pulses(rounds.into_iter().map(|round| beacon.pulse(round)).collect()).await.map(Some)
    }

    /// Offers pulses for the next block.
    pub(super) async fn offer_pulses(&mut self, pulses: Vec<Pulse>) -> Result<H256, StepError> {
        let bringer = self.names.account(BRINGER)?;
        let arguments = write_pulses(&bringer, self.client()?.head().await?.number, pulses);
        Ok(self.running()?.client.submit_unsigned("Drand", WRITE_PULSE, &arguments).await?)
    }
}
