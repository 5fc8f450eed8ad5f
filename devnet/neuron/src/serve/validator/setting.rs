//! Setting weights: in the open, or committed first and revealed later, as the subnet says.

use super::Service;
use crate::chain::{Chain, ChainError, View, WeightTerms};
use crate::key::Public;
use crate::random;
use assay_inference::H256;
use codec::Encode;
use polkadot_sdk::sp_core::{Blake2Hasher, Hasher};
use rand_chacha::rand_core::RngCore;

/// Numbers of a salt, so that nobody guesses weights behind their hash.
const SALT: usize = 8;

/// What a validator remembers of the weights that it set.
#[derive(Default)]
pub struct Setter {
    /// The epoch in which weights were last set or committed.
    epoch: Option<u64>,
    /// What was committed and not revealed, oldest first.
    commits: Vec<Commit>,
}

/// Weights behind a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Commit {
    epoch: u64,
    weights: Vec<(u16, u16)>,
    salt: Vec<u16>,
    version_key: u64,
}

impl Setter {
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
        // A chain that was started anew counts its epochs anew.
        if self.epoch.is_some_and(|epoch| epoch > terms.epoch) {
            *self = Self::default();
        }
        self.reveal(service, chain, &terms).await?;
        let waited = u64::from(view.head.number).saturating_sub(terms.last_update);
        if weights.is_empty() || self.epoch == Some(terms.epoch) || waited < terms.rate_limit {
            return Ok(());
        }
        if terms.commit_reveal {
            self.commit(service, chain, &terms, weights).await?;
        } else {
            chain.set_weights(&service.hotkey, netuid, weights, terms.version_key).await?;
            service.metrics.weights("set");
            tracing::info!(epoch = terms.epoch, ?weights, "weights are set");
        }
        self.epoch = Some(terms.epoch);
        Ok(())
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
        let mut generator = random::generator(service.seed, ("salt", netuid, service.started, terms.epoch));
        let salt = (0..SALT).map(|_| u16::try_from(generator.next_u32() >> 16).unwrap_or_default());
        let mut commit = Commit {
            epoch: terms.epoch,
            weights: weights.to_vec(),
            salt: salt.collect(),
            version_key: terms.version_key,
        };
        let hash = commit.hash(&hotkey, netuid);
        chain.commit_weights(&service.hotkey, netuid, hash).await?;
        // The call may have come into the first block of the next epoch.
        let epoch = chain.epoch_of_commit(chain.head().await?, netuid, &hotkey, hash).await?;
        commit.epoch = epoch.unwrap_or(commit.epoch);
        tracing::info!(epoch = commit.epoch, "weights are committed");
        service.metrics.weights("committed");
        self.commits.push(commit);
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
            let commit = self.commits.remove(0);
            let Commit { weights, salt, version_key, .. } = &commit;
            let revealed = chain.reveal_weights(&service.hotkey, netuid, weights, salt, *version_key).await;
            if let Err(error) = revealed {
                // It may be a moment too early; the next round tries again, or finds it too late.
                self.commits.insert(0, commit);
                return Err(error);
            }
            service.metrics.weights("revealed");
            tracing::info!(epoch = terms.epoch, "weights are revealed");
        }
        Ok(())
    }
}

impl Commit {
    /// The hash that the chain makes of weights when they are revealed: BLAKE2b-256 of the SCALE encoding of hotkey, subnet,
    /// uids, values, salt and version.
    fn hash(&self, hotkey: &Public, netuid: u16) -> H256 {
        let (uids, values): (Vec<u16>, Vec<u16>) = self.weights.iter().copied().unzip();
        let message = (hotkey, netuid, uids, values, &self.salt, self.version_key);
        message.using_encoded(Blake2Hasher::hash)
    }
}
