//! How a validator's weights get onto the chain: in the open, or committed first, and opened an epoch later by a pulse of the
//! beacon or by the validator itself.

use super::reading::Calendar;
use super::{StepError, unfit};
use crate::chain::client::Call;
use assay_neuron::key::{Key, Public};
use assay_neuron::validator::{Beacon, Commit};
use std::collections::VecDeque;
use subxt::ext::scale_value::Value;

/// Weights, uid and value.
pub(super) type Weights = Vec<(u16, u16)>;

/// What a validator has committed and not revealed.
#[derive(Default)]
pub(super) struct Commits(VecDeque<Commit>);

/// The call that sets weights in the open.
pub(super) fn set(netuid: u16, weights: &[(u16, u16)], version_key: u64) -> Call {
    let (dests, values) = columns(weights);
    Call::new(
        "SubtensorModule",
        "set_weights",
        [
            ("netuid", Value::u128(netuid.into())),
            ("dests", dests),
            ("weights", values),
            ("version_key", Value::u128(version_key.into())),
        ],
    )
}

/// The call that commits weights sealed for the beacon, as they are committed after block `head`.
pub(super) fn seal(
    netuid: u16,
    hotkey: &Key,
    weights: &[(u16, u16)],
    calendar: &Calendar,
    beacon: &Beacon,
    head: u32,
) -> Result<Call, StepError> {
    let round = beacon.round_in(calendar.reveal_block().saturating_sub(u64::from(head) + 1));
    let sealed = beacon.seal(hotkey, netuid, weights, calendar.version_key, round).map_err(unfit)?;
    Ok(Call::new(
        "SubtensorModule",
        "commit_timelocked_weights",
        [
            ("netuid", Value::u128(netuid.into())),
            ("commit", Value::from_bytes(sealed)),
            ("reveal_round", Value::u128(round.into())),
            ("commit_reveal_version", Value::u128(calendar.commit_version.into())),
        ],
    ))
}

impl Commits {
    /// The call that commits weights, which are kept until they are revealed.
    pub fn commit(&mut self, netuid: u16, hotkey: Public, weights: Weights, calendar: &Calendar) -> Call {
        // Nobody here guesses: the salt only has to be another one each time.
        let salt = vec![netuid, u16::try_from(calendar.epoch % 65_536).unwrap_or_default()];
        let commit = Commit { epoch: calendar.epoch, weights, salt, version_key: calendar.version_key };
        let hash = Value::from_bytes(commit.hash(&hotkey, netuid).0);
        self.0.push_back(commit);
        Call::new(
            "SubtensorModule",
            "commit_weights",
            [("netuid", Value::u128(netuid.into())), ("commit_hash", hash)],
        )
    }

    /// The call that reveals what can be revealed in the running epoch, if there is something; what is too old is
    /// forgotten.
    pub fn reveal(&mut self, netuid: u16, calendar: &Calendar) -> Option<Call> {
        let due = |commit: &Commit| commit.epoch + calendar.reveal_period;
        while self.0.front().is_some_and(|commit| due(commit) < calendar.epoch) {
            self.0.pop_front();
        }
        if due(self.0.front()?) != calendar.epoch {
            return None;
        }
        let commit = self.0.pop_front()?;
        let (uids, values) = columns(&commit.weights);
        let salt = Value::unnamed_composite(commit.salt.iter().map(|part| Value::u128((*part).into())));
        Some(Call::new(
            "SubtensorModule",
            "reveal_weights",
            [
                ("netuid", Value::u128(netuid.into())),
                ("uids", uids),
                ("values", values),
                ("salt", salt),
                ("version_key", Value::u128(commit.version_key.into())),
            ],
        ))
    }
}

fn columns(weights: &[(u16, u16)]) -> (Value, Value) {
    let list = |numbers: Vec<u16>| {
        Value::unnamed_composite(numbers.into_iter().map(|number| Value::u128(number.into())))
    };
    let (uids, values) = weights.iter().copied().unzip();
    (list(uids), list(values))
}
