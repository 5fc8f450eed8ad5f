//! Setting weights: in the open, or committed first and revealed later, as the subnet says.
//!
//! Timelocked weights are opened by the chain itself. Those behind a hash are revealed from here, and kept in a file until
//! then: who starts again an epoch later still has them.

use super::{Folder, Service};
use crate::chain::{Chain, ChainError, Head, View, WeightTerms};
use crate::serve::ServeError;
use crate::validator::{Beacon, Commit, Way};
use std::sync::Arc;

/// The file of what was committed and not revealed.
const COMMITS: &str = "commits.json";

/// What a validator remembers of the weights that it set.
pub struct Setter {
    way: Way,
    folder: Arc<Folder>,
    /// The epoch in which weights were last set or committed.
    epoch: Option<u64>,
    /// What was committed and not revealed, oldest first.
    commits: Vec<Commit>,
    /// Whether it has to be seen which of the commits the chain has: they are of an earlier run, or something went wrong.
    doubtful: bool,
}

impl Setter {
    /// One that knows what an earlier run committed.
    ///
    /// # Errors
    /// What was kept cannot be read.
    pub fn new(way: Way, folder: Arc<Folder>) -> Result<Self, ServeError> {
        let commits: Vec<Commit> = folder.read(COMMITS)?;
        Ok(Self { way, folder, epoch: None, doubtful: !commits.is_empty(), commits })
    }

    /// Reveals what is to be revealed now, and sets weights if none were set in this epoch.
    pub async fn step(&mut self, service: &Service, view: &View, weights: &[(u16, u16)]) {
        let Some(chain) = &view.chain else { return };
        if let Err(error) = self.try_step(service, chain, view, weights).await {
            service.metrics.weights("failed");
            tracing::warn!(%error, "weights are not set: trying again in the next round");
        }
    }

    async fn try_step(
        &mut self,
        service: &Service,
        chain: &Chain,
        view: &View,
        weights: &[(u16, u16)],
    ) -> Result<(), ChainError> {
        let netuid = service.config.netuid;
        let identity = view.metagraph.identity(netuid, &service.hotkey.public())?;
        let terms = chain.weight_terms(view.head, netuid, identity.uid).await?;
        if self.doubtful {
            self.recall(service, chain, view.head).await?;
        }
        // A chain that was started anew counts its epochs anew.
        if self.epoch.is_some_and(|epoch| epoch > terms.epoch) {
            self.epoch = None;
            self.commits.clear();
        }
        self.reveal(service, chain, &terms).await?;
        let waited = u64::from(view.head.number).saturating_sub(terms.last_update);
        if weights.is_empty() || self.epoch == Some(terms.epoch) || waited < terms.rate_limit {
            return Ok(());
        }
        if !terms.commit_reveal {
            chain.set_weights(&service.hotkey, netuid, weights, terms.version_key).await?;
            service.metrics.weights("set");
            tracing::info!(epoch = terms.epoch, ?weights, "weights are set");
        } else if let Some(beacon) = self.beacon(chain, view.head).await? {
            seal(service, chain, view.head, &terms, &beacon, weights).await?;
        } else {
            self.commit(service, chain, &terms, weights).await?;
        }
        self.epoch = Some(terms.epoch);
        Ok(())
    }

    /// The beacon that weights are to be sealed for; none where they are to be hashed.
    async fn beacon(&self, chain: &Chain, head: Head) -> Result<Option<Beacon>, ChainError> {
        if self.way == Way::Hash {
            return Ok(None);
        }
        let beacon = chain.beacon(head).await?;
        match self.way {
            _ if beacon.speaks() => Ok(Some(beacon)),
            Way::Timelocked => Err(ChainError::SilentBeacon),
            _ => Ok(None),
        }
    }

    /// Commits weights behind a hash.
    async fn commit(
        &mut self,
        service: &Service,
        chain: &Chain,
        terms: &WeightTerms,
        weights: &[(u16, u16)],
    ) -> Result<(), ChainError> {
        let (netuid, hotkey) = (service.config.netuid, service.hotkey.public());
        let (epoch, version) = (terms.epoch, terms.version_key);
        let commit = Commit::new(&service.hotkey, netuid, epoch, weights, version, service.started);
        let hash = commit.hash(&hotkey, netuid);
        // Kept before it is sent: a hash whose weights are lost is of no use to anybody.
        self.commits.push(commit);
        self.keep();
        if let Err(error) = chain.commit_weights(&service.hotkey, netuid, hash).await {
            // Lost on the way, it may yet be in a block; it is looked for before it is revealed.
            self.doubtful = true;
            return Err(error);
        }
        // The call may have come into the first block of the next epoch.
        let found = chain.epoch_of_commit(chain.head().await?, netuid, &hotkey, hash).await?;
        let epoch = found.unwrap_or(epoch);
        if let Some(commit) = self.commits.last_mut() {
            commit.epoch = epoch;
        }
        self.keep();
        tracing::info!(epoch, "weights are committed behind a hash");
        service.metrics.weights("committed");
        Ok(())
    }

    /// Asks the chain which of the commits it has, and since when.
    async fn recall(&mut self, service: &Service, chain: &Chain, head: Head) -> Result<(), ChainError> {
        let (netuid, hotkey) = (service.config.netuid, service.hotkey.public());
        let mut known = Vec::new();
        for commit in &self.commits {
            let hash = commit.hash(&hotkey, netuid);
            if let Some(epoch) = chain.epoch_of_commit(head, netuid, &hotkey, hash).await? {
                known.push(Commit { epoch, ..commit.clone() });
            }
        }
        tracing::info!(of = self.commits.len(), known = known.len(), "commits wait for their epoch");
        self.epoch = known.last().map(|commit| commit.epoch).max(self.epoch);
        self.commits = known;
        self.doubtful = false;
        self.keep();
        Ok(())
    }

    /// Reveals the commits whose time has come, and forgets those whose time is over.
    async fn reveal(
        &mut self,
        service: &Service,
        chain: &Chain,
        terms: &WeightTerms,
    ) -> Result<(), ChainError> {
        let netuid = service.config.netuid;
        let due = |commit: &Commit| commit.epoch + terms.reveal_period;
        self.commits.retain(|commit| due(commit) >= terms.epoch);
        while let Some(commit) = self.commits.first()
            && due(commit) == terms.epoch
        {
            let Commit { weights, salt, version_key, .. } = commit;
            let revealed = chain.reveal_weights(&service.hotkey, netuid, weights, salt, *version_key).await;
            // If it is a moment too early the next round tries again, or finds that the chain has it no more.
            self.doubtful = revealed.is_err();
            revealed?;
            self.commits.remove(0);
            self.keep();
            service.metrics.weights("revealed");
            tracing::info!(epoch = terms.epoch, "weights are revealed");
        }
        Ok(())
    }

    fn keep(&self) {
        if let Err(error) = self.folder.write(COMMITS, &self.commits) {
            tracing::warn!(%error, "commits cannot be kept: they are lost if this program ends before it reveals them");
        }
    }
}

/// Commits weights that the chain itself opens in the epoch in which they may be revealed.
///
/// They are sealed for the newest round of the block before it: opened later they would count an epoch later, and a round
/// earlier somebody could read and copy them in time.
async fn seal(
    service: &Service,
    chain: &Chain,
    head: Head,
    terms: &WeightTerms,
    beacon: &Beacon,
    weights: &[(u16, u16)],
) -> Result<(), ChainError> {
    let netuid = service.config.netuid;
    let opened = terms.reveal_block();
    let round = beacon.round_in(opened.saturating_sub(u64::from(head.number) + 1));
    let sealed = beacon.seal(&service.hotkey, netuid, weights, terms.version_key, round);
    let sealed = sealed.map_err(|error| ChainError::Answer(format!("the chain's beacon: {error}")))?;
    let version = chain.commit_version(head).await?;
    chain.commit_timelocked_weights(&service.hotkey, netuid, &sealed, round, version).await?;
    service.metrics.weights("timelocked");
    tracing::info!(
        epoch = terms.epoch,
        round,
        block = opened,
        "weights are sealed until a round of the beacon"
    );
    Ok(())
}
