//! A place on a subnet: what miners and validators have in common.

use super::ServeError;
use crate::chain::{Chain, Following, Identity, Subject, follow};
use crate::key::Key;
use std::time::Duration;

/// How long the chain may take to be there at the start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who takes part, and where.
#[derive(Clone, Debug)]
pub struct Member {
    /// WebSocket of a node of the chain.
    pub chain: String,
    /// The subnet.
    pub netuid: u16,
    /// The key that serves and signs.
    pub hotkey: Key,
    /// The key that pays, if it is at hand.
    pub coldkey: Option<Key>,
    /// Whether to register the hotkey where it is not.
    pub register: bool,
}

impl Member {
    /// Connects to the chain, registers the hotkey if that is needed and wanted, and follows the subnet from there.
    ///
    /// # Errors
    /// The chain is not there, or the hotkey is not registered and is not to be or cannot be.
    pub async fn join(&self, with_weights: bool) -> Result<(Chain, Following, Identity), ServeError> {
        let chain = Chain::connect_within(&self.chain, PATIENCE).await?;
        let hotkey = self.hotkey.public();
        let metagraph = chain.metagraph(chain.head().await?, self.netuid, false).await?;
        if metagraph.of(&hotkey).is_none() && self.register {
            let coldkey = self.coldkey.as_ref().ok_or(ServeError::NoColdkey)?;
            chain.register(coldkey, self.netuid, &hotkey).await?;
            tracing::info!(netuid = self.netuid, hotkey = self.hotkey.ss58(), "registered");
        }
        let subject = Subject { url: self.chain.clone(), netuid: self.netuid, with_weights };
        let following = follow(chain.clone(), subject).await?;
        let identity = following.view.borrow().metagraph.identity(self.netuid, &hotkey);
        Ok((chain, following, identity?))
    }
}
