//! Keeps the chain knowing where a miner serves.

use super::super::Member;
use super::slot;
use crate::chain::View;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::watch;

/// The pause after an announcement, so that the chain has it before it is looked for.
const PAUSE: Duration = Duration::from_secs(2);

/// Announces an address whenever the chain has another one: at the start, and after the chain has forgotten it.
pub async fn keep(member: Member, mut view: watch::Receiver<View>, address: SocketAddr) {
    let mut was_registered = true;
    loop {
        let known = view.borrow_and_update().clone();
        let is_registered = slot(&known, &member).is_ok();
        if was_registered && !is_registered {
            tracing::warn!(netuid = member.netuid, "the hotkey has no slot any more: nobody will ask");
        }
        was_registered = is_registered;
        let said = known.metagraph.of(&member.hotkey.public()).and_then(|neuron| neuron.axon);
        if let Some(chain) = known.chain
            && is_registered
            && said != Some(address)
        {
            match chain.announce(&member.hotkey, member.netuid, address).await {
                Ok(()) => tracing::info!(%address, "announced"),
                Err(error) => tracing::warn!(%error, "the address is not announced: trying again"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        if view.changed().await.is_err() {
            return;
        }
    }
}
