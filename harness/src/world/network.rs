//! The world of a scenario about a network of nodes.

use super::start::Target;
use super::{StepError, World};
use crate::network::neurons::customers::Tally;
use crate::network::wallet::Wallet;
use crate::network::witness::Witness;
use crate::network::{Fault, Inflicted, Network, Topology};

/// A network, the faults in it, and what is known of it.
#[derive(Debug)]
pub struct Networked {
    /// The faults that have not been repaired.
    pub faults: Vec<Inflicted>,
    /// The network.
    pub network: Network,
    /// Looks at whether the nodes agree.
    pub witness: Witness,
    /// Sends transactions.
    pub wallet: Wallet,
    /// What came of the last requests of customers.
    pub tally: Tally,
}

impl Networked {
    /// Looks at all nodes.
    ///
    /// # Errors
    /// If they contradict each other.
    pub async fn look(&mut self) -> Result<(), StepError> {
        Ok(self.witness.look(&self.network).await?)
    }

    /// Makes something bad happen, until the next repair.
    ///
    /// # Errors
    /// If it cannot happen.
    pub async fn inflict(&mut self, fault: Fault) -> Result<(), StepError> {
        self.faults.push(self.network.inflict(fault).await?);
        Ok(())
    }
}

impl World {
    /// Begins with a network.
    ///
    /// # Errors
    /// If there is one already, or it cannot be had.
    pub async fn begin_network(&mut self, topology: Topology) -> Result<(), StepError> {
        if self.target != Target::Devnet {
            return Err(StepError::Unfit("a scenario about a network must have the tag @only-devnet".into()));
        }
        if self.network.is_some() {
            return Err(StepError::Unfit("the scenario has a network already".into()));
        }
        let options = super::start::passing()?;
        let network = Network::start(topology, options).await?;
        let witness = Witness::of(&network).await?;
        let wallet = Wallet::of(&network)?;
        self.network = Some(Box::new(Networked {
            faults: Vec::new(),
            network,
            witness,
            wallet,
            tally: Tally::default(),
        }));
        Ok(())
    }

    /// The network.
    ///
    /// # Errors
    /// [`StepError::NoNetwork`]
    pub fn network(&mut self) -> Result<&mut Networked, StepError> {
        self.network.as_deref_mut().ok_or(StepError::NoNetwork)
    }

    /// Ends the network, if there is one, after a last look at it.
    pub async fn end_network(&mut self) -> Option<Result<(), StepError>> {
        let mut networked = self.network.take()?;
        let looked = networked.look().await;
        let Networked { network, faults, .. } = *networked;
        drop(faults);
        network.close().await;
        Some(looked)
    }
}
