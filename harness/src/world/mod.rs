//! The world of a scenario: one chain, named accounts, and what happened.

pub mod actions;
pub mod beacon;
pub mod market;
pub mod names;
pub mod network;
pub mod notation;
pub mod outcome;
pub mod start;
pub mod values;

use crate::beacon::Schedule;
use crate::chain::client::Client;
use crate::chain::events::{Event, field};
use crate::chain::genesis::GenesisError;
use crate::chain::{Block, ChainError};
use crate::docker::DockerError;
use crate::invariants::Ledger;
use crate::network::NetworkError;
use crate::snapshot::state::EconomicState;
use names::{Names, NoAccount};
use notation::{Notation, NotationError};
use outcome::Outcome;
use polkadot_sdk::sp_runtime::AccountId32;
use start::Target;
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a step does not hold or could not be done.
#[derive(Debug, Error)]
pub enum StepError {
    /// The chain could not do it.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A text is not what it should be.
    #[error(transparent)]
    Notation(#[from] NotationError),
    /// A name is none.
    #[error(transparent)]
    Account(#[from] NoAccount),
    /// There is no chain yet.
    #[error("the scenario has no chain yet; begin it with `Given a dev chain`")]
    NoChain,
    /// There is no network, or it does not do what it should.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The containers of a network do not do what they should.
    #[error(transparent)]
    Docker(#[from] DockerError),
    /// The genesis cannot be loaded.
    #[error(transparent)]
    Genesis(#[from] GenesisError),
    /// Something is not what the step says.
    #[error("{what} is {found}, not {expected}")]
    Differs {
        /// What was looked at.
        what: String,
        /// What it is.
        found: String,
        /// What the step says.
        expected: String,
    },
    /// Not the name of a value.
    #[error("`{0}` names no value; write Pallet.Item, Pallet.Item(key) or RuntimeApi.method(argument)")]
    Place(String),
    /// Not the number of keys that an item has.
    #[error("{place} takes {wanted} keys, and {given} are given; keys are parted by a comma and a space")]
    Keys {
        /// The item.
        place: String,
        /// Keys it has.
        wanted: usize,
        /// Keys given.
        given: usize,
    },
    /// A call was refused and no step said so.
    #[error("{signer}'s call {call} was refused with {error}, and no step expects that")]
    Refused {
        /// Who made it.
        signer: String,
        /// The call.
        call: String,
        /// The error by name.
        error: String,
    },
    /// An invariant does not hold.
    #[error("after block {block}: {problem}")]
    Invariant {
        /// The block.
        block: u32,
        /// What does not hold.
        problem: String,
        /// The names of the invariants.
        broken: Vec<&'static str>,
    },
    /// The target cannot do what the step needs.
    #[error("{0}")]
    Lacks(String),
    /// There is no network yet.
    #[error("the scenario has no network yet; begin it with `Given a network of 4 nodes`")]
    NoNetwork,
    /// Something else that the step needs is not there.
    #[error("{0}")]
    Unfit(String),
}

/// The world of a scenario.
#[derive(Debug)]
pub struct World {
    target: Target,
    chain: Option<Running>,
    /// The network of nodes, in scenarios about networks.
    network: Option<Box<network::Networked>>,
    names: Names,
    /// Calls of the last action, in order.
    last: Vec<Outcome>,
    /// Whether a step looked at how the calls of the last action ended.
    examined: bool,
    /// Calls of the scenario that were refused, in order.
    refused: Vec<Outcome>,
    /// Events of the blocks of the last action, in order.
    events: Vec<Event>,
    /// Fees in rao by who paid them, the whole scenario long.
    fees: BTreeMap<AccountId32, u64>,
    blocks: u64,
    /// Whether the block in the making has a call that writes the state by hand.
    written_by_hand: bool,
    /// The beacon beside the chain, if it runs.
    beacon: Option<Schedule>,
    /// Miners and validators that work in this process, by their subnets.
    markets: BTreeMap<u16, market::Market>,
}

/// A chain that runs.
#[derive(Debug)]
struct Running {
    client: Client,
    genesis: String,
    start: EconomicState,
    /// A branch from before the last action, where the target has branches.
    before: Option<Client>,
    /// Checks the invariants after every block.
    ledger: Ledger,
    /// Whether it ran before the scenario began.
    has_a_past: bool,
}

impl World {
    /// A world without a chain.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            chain: None,
            network: None,
            names: Names::default(),
            last: Vec::new(),
            examined: true,
            refused: Vec::new(),
            events: Vec::new(),
            fees: BTreeMap::new(),
            blocks: 0,
            written_by_hand: false,
            beacon: None,
            markets: BTreeMap::new(),
        }
    }

    /// Begins with a chain of the named genesis.
    ///
    /// # Errors
    /// If there is one already, or no such genesis.
    pub async fn begin(&mut self, genesis: &str) -> Result<(), StepError> {
        let client = self.target.start(genesis).await?;
        self.begin_on(client, genesis, false).await
    }

    /// Begins with the chain that the target is attached to, wherever it stands; on other targets with a `dev` chain.
    ///
    /// # Errors
    /// If there is one already, or nobody answers there.
    pub async fn begin_running(&mut self) -> Result<(), StepError> {
        let client = self.target.running().await?;
        self.begin_on(client, "dev", matches!(self.target, Target::Attached(_))).await
    }

    /// Whether the scenario ends in the same state wherever it runs: not on a chain with a past of its own.
    pub fn ends_alike(&self) -> bool {
        self.chain.as_ref().is_none_or(|running| !running.has_a_past)
    }

    async fn begin_on(&mut self, client: Client, genesis: &str, has_a_past: bool) -> Result<(), StepError> {
        if self.chain.is_some() {
            return Err(StepError::Unfit("the scenario has a chain already".into()));
        }
        let start = EconomicState::read(&client).await?;
        let state = client.chain().entries(&[]).await?;
        let state = state.iter().map(|(key, value)| (key.as_slice(), value.as_slice()));
        let ledger = Ledger::begin(client.head().await?.number, state);
        self.chain =
            Some(Running { client, genesis: genesis.to_owned(), start, before: None, ledger, has_a_past });
        Ok(())
    }

    /// The chain; in a scenario about a network, what its final blocks make of it.
    ///
    /// # Errors
    /// [`StepError::NoChain`]
    pub fn client(&self) -> Result<&Client, StepError> {
        match (&self.chain, &self.network) {
            (Some(running), _) => Ok(&running.client),
            (None, Some(networked)) => Ok(networked.witness.last()),
            (None, None) => Err(StepError::NoChain),
        }
    }

    fn running(&mut self) -> Result<&mut Running, StepError> {
        self.chain.as_mut().ok_or(StepError::NoChain)
    }

    /// The name of the genesis and the economic state the chain began with.
    ///
    /// # Errors
    /// [`StepError::NoChain`]
    pub fn start(&self) -> Result<(&str, &EconomicState), StepError> {
        let running = self.chain.as_ref().ok_or(StepError::NoChain)?;
        Ok((&running.genesis, &running.start))
    }

    /// The notation of values on this chain.
    ///
    /// # Errors
    /// [`StepError::NoChain`]
    pub fn notation(&self) -> Result<Notation<'_>, StepError> {
        Ok(Notation { metadata: self.client()?.metadata(), names: &self.names })
    }

    /// The names of accounts.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What became of the calls of the last action; asking is taken as looking at it.
    pub fn examine(&mut self) -> &[Outcome] {
        self.examined = true;
        &self.last
    }

    /// The calls of the last action.
    pub fn last_calls(&self) -> &[Outcome] {
        &self.last
    }

    /// All calls that were refused.
    pub fn refused(&self) -> &[Outcome] {
        &self.refused
    }

    /// The events of the blocks of the last action; in a scenario about a network, of all its final blocks.
    pub fn events(&self) -> &[Event] {
        self.network.as_ref().map_or(&self.events, |networked| networked.witness.events())
    }

    /// What an account paid in fees since the scenario began, in rao.
    pub fn fees_of(&self, account: &AccountId32) -> u64 {
        self.fees.get(account).copied().unwrap_or_default()
    }

    /// What every account paid in fees since the scenario began, in rao.
    pub fn fees(&self) -> &BTreeMap<AccountId32, u64> {
        &self.fees
    }

    /// Blocks made.
    pub fn blocks(&self) -> u64 {
        self.blocks
    }

    /// Ends the scenario.
    ///
    /// # Errors
    /// [`StepError::Refused`] if a call was refused and no step said so.
    pub fn finish(&self) -> Result<(), StepError> {
        let unexpected = self.last.iter().find_map(|outcome| Some((outcome, outcome.refusal.as_ref()?)));
        match unexpected {
            Some((outcome, refusal)) if !self.examined => Err(StepError::Refused {
                signer: outcome.signer.clone(),
                call: outcome.call.clone(),
                error: refusal.name().to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Takes note of a block that was made.
    async fn observe(&mut self, block: &Block) -> Result<(), StepError> {
        self.blocks += 1;
        let events = self.client()?.events().await?;
        for event in events.iter().filter(|event| event.is("TransactionPayment", "TransactionFeePaid")) {
            if let (Some(payer), Some(fee)) = (account_in(event, "who"), field(event, "actual_fee")) {
                let fee = fee.as_u128().and_then(|fee| u64::try_from(fee).ok()).unwrap_or_default();
                let paid = self.fees.entry(payer).or_default();
                *paid = paid.saturating_add(fee);
            }
        }
        self.events.extend(events);
        self.check_invariants(block)
    }

    /// Every invariant must hold after every block. Only a state that the scenario wrote by hand is taken as it is.
    fn check_invariants(&mut self, block: &Block) -> Result<(), StepError> {
        let written = self.written_by_hand;
        let ledger = &mut self.running()?.ledger;
        if written {
            ledger.accept(block);
            return Ok(());
        }
        let Err(violations) = ledger.apply(block) else { return Ok(()) };
        let told = violations.iter().map(|violation| violation.told(|account| self.names.name(&account)));
        Err(StepError::Invariant {
            block: block.head.number,
            problem: told.collect::<Vec<_>>().join("; "),
            broken: violations.iter().map(|violation| violation.invariant).collect(),
        })
    }
}

/// The account in a field of an event.
pub fn account_in(event: &Event, name: &str) -> Option<AccountId32> {
    let bytes = notation::bytes_of(field(event, name)?);
    <[u8; 32]>::try_from(bytes).ok().map(AccountId32::from)
}
