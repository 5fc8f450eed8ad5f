//! The market at work, block by block.

use super::super::actions::{Origin, Waiting};
use super::reading::Calendar;
use super::weights::{Weights, seal, set};
use super::{Market, StepError, Validator, World};
use crate::chain::client::Call;
use assay_neuron::in_process::ask;
use assay_neuron::key::Public;
use assay_neuron::metagraph::{Metagraph, Moment};
use assay_neuron::protocol::Request;
use assay_neuron::validator::{Beacon, Offence, Outcome, Profile};
use codec::Encode;

/// Milliseconds of the chain's time between two blocks.
const BLOCK: u64 = 12_000;

/// Blocks before an epoch in which validators set their weights; who copies does it a block later.
const BEFORE_EPOCH: u32 = 3;

/// A call that a market makes: who signs it, and what.
type Made = (String, Call);

impl World {
    /// Lets all markets work for so many blocks: miners answer, validators ask, report and set weights.
    ///
    /// # Errors
    /// If the chain fails, or refuses weights.
    pub async fn work(&mut self, blocks: u32) -> Result<(), StepError> {
        self.begin_action()?;
        let mut outcomes = Vec::new();
        for _ in 0..blocks {
            outcomes.extend(self.work_one_block().await?);
        }
        self.conclude(outcomes);
        self.examine();
        Ok(())
    }

    /// Lets all markets work until a subnet has had so many more epochs.
    ///
    /// # Errors
    /// See [`Self::work`].
    pub async fn work_for_epochs(&mut self, netuid: u16, epochs: u64) -> Result<(), StepError> {
        self.begin_action()?;
        let mut outcomes = Vec::new();
        let last = self.calendar(netuid).await?.epoch + epochs;
        while self.calendar(netuid).await?.epoch < last {
            outcomes.extend(self.work_one_block().await?);
        }
        self.conclude(outcomes);
        self.examine();
        Ok(())
    }

    async fn work_one_block(&mut self) -> Result<Vec<Waiting>, StepError> {
        let head = self.client()?.head().await?.number;
        let now = Moment { block: head, time: u64::from(head) * BLOCK };
        let mut markets = std::mem::take(&mut self.markets);
        let mut made = Vec::new();
        for (netuid, market) in &mut markets {
            made.extend(self.work_on(*netuid, market, now).await?);
        }
        self.markets = markets;
        let earlier = self.events.len();
        let mut waiting = Vec::new();
        for (signer, call) in made {
            waiting.push(self.submit(Origin::Signed(signer), call, head + 1).await?);
        }
        let block = self.advance().await?;
        self.judge(&mut waiting, &block, earlier)?;
        match waiting.iter().find_map(|call| call.refused("SubtensorModule")) {
            Some(problem) => Err(StepError::Unfit(problem)),
            None => Ok(waiting),
        }
    }

    /// A block's work on one subnet, and the calls that come of it.
    async fn work_on(&self, netuid: u16, market: &mut Market, now: Moment) -> Result<Vec<Made>, StepError> {
        let calendar = self.calendar(netuid).await?;
        let (asks, sets) =
            (now.block.is_multiple_of(market.terms.round), calendar.epoch_block.checked_sub(now.block + 1));
        if !asks && sets.is_none_or(|left| left > BEFORE_EPOCH) {
            return Ok(Vec::new());
        }
        let serving: Vec<Public> = market.miners.values().map(|worker| worker.hotkey).collect();
        let metagraph = self.metagraph(netuid, &serving).await?;
        let beacon = if calendar.commit_reveal { self.heard_beacon().await? } else { None };
        let mut made = Vec::new();
        if asks {
            for (name, offence) in market.round(&metagraph, now) {
                let coldkey = market.validators.get(&name).map(|validator| validator.coldkey.clone());
                made.push((coldkey.unwrap_or_default(), self.report(&name, &offence)?));
            }
        }
        for (name, validator) in &mut market.validators {
            let profile = validator.judge.config().profile;
            let turn = BEFORE_EPOCH - u32::from(profile == Profile::WeightCopier);
            if sets == Some(turn) {
                let calls = validator.weights(netuid, &metagraph, &calendar, beacon.as_ref(), now.block)?;
                made.extend(calls.into_iter().map(|call| (name.clone(), call)));
            }
        }
        Ok(made)
    }

    /// The call that reports an offence; the reward is staked to the validator's hotkey.
    fn report(&self, validator: &str, offence: &Offence) -> Result<Call, StepError> {
        let hotkey = self.names().id(validator)?.encode();
        let evidence = match offence {
            Offence::Contradiction { first, second } => {
                vec![("first", first.encode()), ("second", second.encode())]
            }
            Offence::WrongResult { receipt, proof } => {
                vec![("receipt", receipt.encode()), ("proof", proof.encode())]
            }
        };
        let arguments = evidence.into_iter().chain([("reward_hotkey", hotkey)]);
        Ok(self.client()?.encoded_call("Slashing", offence.call(), arguments)?)
    }
}

impl Market {
    /// Every validator asks every miner. Tells what each validator can prove.
    fn round(&mut self, metagraph: &Metagraph, now: Moment) -> Vec<(String, Offence)> {
        let mut found = Vec::new();
        let mut validators = std::mem::take(&mut self.validators);
        for (name, validator) in &mut validators {
            let judge = &mut validator.judge;
            for question in judge.questions(now, metagraph) {
                let outcome = self.outcome(&question.request, metagraph, now);
                judge.hear(&question, outcome, now.block);
            }
            found.extend(judge.offences().into_iter().map(|offence| (name.clone(), offence)));
            validator.routing.learn(judge.records());
        }
        self.validators = validators;
        found
    }

    /// What comes of a request.
    pub(super) fn outcome(&self, request: &Request, metagraph: &Metagraph, now: Moment) -> Outcome {
        let worker = self.worker(&request.miner);
        let Some((worker, miner)) = worker.and_then(|worker| Some((worker, worker.miner.as_ref()?))) else {
            return Outcome::Failed("nobody is there".into());
        };
        if !worker.answers(&request.asker, metagraph) {
            return Outcome::Failed("it asks for a validator permit".into());
        }
        ask(miner, request, now, self.victim(&worker.hotkey, metagraph))
    }
}

impl Validator {
    /// The calls that a validator makes once in an epoch: what it committed behind a hash is revealed, and new weights are set
    /// or committed, timelocked where there is a beacon. Without a permit nobody would look at them.
    fn weights(
        &mut self,
        netuid: u16,
        metagraph: &Metagraph,
        calendar: &Calendar,
        beacon: Option<&Beacon>,
        head: u32,
    ) -> Result<Vec<Call>, StepError> {
        let own = self.judge.hotkey().public();
        let mut calls: Vec<Call> = self.commits.reveal(netuid, calendar).into_iter().collect();
        let permitted = metagraph.of(&own).is_some_and(|neuron| neuron.validator_permit);
        let weights: Weights = if permitted { self.judge.weights(metagraph) } else { Weights::new() };
        if weights.is_empty() {
            return Ok(calls);
        }
        calls.push(match beacon {
            _ if !calendar.commit_reveal => set(netuid, &weights, calendar.version_key),
            Some(beacon) => seal(netuid, self.judge.hotkey(), &weights, calendar, beacon, head)?,
            None => self.commits.commit(netuid, own, weights, calendar),
        });
        Ok(calls)
    }
}
