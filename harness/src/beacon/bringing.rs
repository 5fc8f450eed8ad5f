//! Bringing pulses to a chain that makes its blocks by itself.

use super::{Beacon, Schedule, write_pulses};
use crate::chain::keys::Account;
use crate::network::rpc::{Rpc, RpcError};
use assay_runtime::{Drand, Runtime};
use pallet_drand::types::BeaconConfiguration;
use pallet_drand::{BeaconConfig, LastStoredRound};
use polkadot_sdk::frame_support::traits::PalletInfoAccess;
use std::convert::Infallible;
use std::time::Duration;
use thiserror::Error;

/// How often the node is asked whether there is a new block.
const LOOK: Duration = Duration::from_millis(40);

/// The pause before another try where nobody answers.
const PAUSE: Duration = Duration::from_millis(500);

/// The first bytes of an extrinsic that nobody signs, and of the call in it.
const UNSIGNED: u8 = 4;
const WRITE_PULSE: u8 = 0;

/// Why pulses are not brought.
#[derive(Debug, Error)]
pub enum BringError {
    /// The node does not answer.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// The chain believes another beacon.
    #[error(
        "the chain does not believe the local beacon: begin it with the genesis `beacon` (`assay node --dev --chain beacon`)"
    )]
    OtherBeacon,
}

/// Whether the chain of a node believes the local beacon.
///
/// # Errors
/// [`BringError::Rpc`]
pub async fn believes(rpc: &Rpc) -> Result<bool, BringError> {
    let found: Option<BeaconConfiguration> = rpc.stored(&BeaconConfig::<Runtime>::hashed_key(), None).await?;
    Ok(found.unwrap_or_default() == Beacon::default().configuration())
}

/// Brings each block's pulses to the node at a URL, for as long as it is let; a node that goes away may come back.
///
/// # Errors
/// The chain believes another beacon, or nobody answers there at the beginning.
pub async fn bring(url: &str) -> Result<Infallible, BringError> {
    let rpc = Rpc::connect(url).await?;
    if !believes(&rpc).await? {
        return Err(BringError::OtherBeacon);
    }
    let bringer = bringer();
    let mut connected = Ok(rpc);
    loop {
        if let Ok(rpc) = connected {
            // Ends when the node has gone.
            let Err(_) = follow(&rpc, &bringer).await;
        }
        tokio::time::sleep(PAUSE).await;
        connected = Rpc::connect(url).await;
    }
}

/// Who brings them: it pays nothing and needs nothing.
fn bringer() -> Account {
    Account::from_uri("//beacon").expect("a derivation is a key")
}

/// Offers at each new head what the next block is to bring.
async fn follow(rpc: &Rpc, bringer: &Account) -> Result<Infallible, RpcError> {
    let mut seen = None;
    loop {
        let header = rpc.header(None).await?;
        if seen.replace(header.hash()) == Some(header.hash()) {
            tokio::time::sleep(LOOK).await;
            continue;
        }
        let last = rpc.stored(&LastStoredRound::<Runtime>::hashed_key(), Some(header.hash())).await?;
        let rounds = Schedule::default().due(header.number + 1, last.unwrap_or_default());
        if rounds.is_empty() {
            continue;
        }
        let pulses = rounds.into_iter().map(|round| Beacon::default().pulse(round)).collect();
        match rpc.submit(&extrinsic(bringer, header.number, pulses)).await {
            // Pulses that wait in the pool already, or came too late, are no harm: the next block brings what is missing.
            Ok(_) | Err(RpcError::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
    }
}

fn extrinsic(bringer: &Account, block: u32, pulses: Vec<pallet_drand::types::Pulse>) -> Vec<u8> {
    let pallet = u8::try_from(Drand::index()).expect("pallets have indices of one byte");
    let bytes = [&[UNSIGNED, pallet, WRITE_PULSE], write_pulses(bringer, block, pulses).as_slice()].concat();
    // As an extrinsic travels: its length before it.
    codec::Encode::encode(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_runtime::{RuntimeCall, UncheckedExtrinsic};
    use codec::Decode;

    #[test]
    fn the_extrinsic_is_the_runtimes() {
        let bytes = extrinsic(&bringer(), 12, vec![Beacon::default().pulse(49)]);
        let extrinsic = UncheckedExtrinsic::decode(&mut bytes.as_slice()).unwrap();
        let RuntimeCall::Drand(pallet_drand::Call::write_pulse { pulses_payload, .. }) = extrinsic.function
        else {
            panic!("another call")
        };
        assert_eq!((pulses_payload.block_number, pulses_payload.pulses[0].round), (12, 49));
    }
}
