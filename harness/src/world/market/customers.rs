//! Customers of a validator's gateway.

use super::{Market, StepError, World, key, models, unfit};
use assay_neuron::key::Public;
use assay_neuron::metagraph::{Metagraph, Moment};
use assay_neuron::model::HeldOut;
use assay_neuron::protocol::Request;
use assay_neuron::random;
use assay_neuron::validator::Outcome;

/// Requests of customers, and what came of them.
#[derive(Debug, Default)]
pub struct Customers {
    asked: u32,
    served: Vec<Served>,
}

/// What came of a customer's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The miner that answered; none if the request was lost.
    pub miner: Option<String>,
    /// Miners that were asked before it.
    pub fallbacks: usize,
}

impl World {
    /// Lets customers of a validator's gateway make so many requests, at the chain's head.
    ///
    /// # Errors
    /// If there is no such validator.
    pub async fn serve_customers(
        &mut self,
        netuid: u16,
        validator: &str,
        requests: u32,
    ) -> Result<(), StepError> {
        let block = self.client()?.head().await?.number;
        let now = Moment { block, time: u64::from(block) * 12_000 };
        let serving: Vec<Public> = self.market(netuid)?.miners.values().map(|worker| worker.hotkey).collect();
        let metagraph = self.metagraph(netuid, &serving).await?;
        let market = self.market(netuid)?;
        market.customers.served.clear();
        for _ in 0..requests {
            let served = market.serve(netuid, validator, &metagraph, now)?;
            market.customers.served.push(served);
        }
        Ok(())
    }
}

impl Market {
    /// What came of the last requests, in order.
    pub fn served(&self) -> &[Served] {
        &self.customers.served
    }

    /// Routes one request: the miner with the best record is asked first, and the next one if it fails.
    fn serve(
        &mut self,
        netuid: u16,
        name: &str,
        metagraph: &Metagraph,
        now: Moment,
    ) -> Result<Served, StepError> {
        let hotkey = key(name)?;
        let inputs = HeldOut::of(&models(), self.workload).map_err(unfit)?.inputs;
        let number = self.customers.asked;
        self.customers.asked += 1;
        let mut generator = random::generator(self.terms.seed, ("customer", netuid, number));
        let input = inputs.get(random::below(&mut generator, inputs.len())).cloned().unwrap_or_default();
        let missing = || StepError::Unfit(format!("no validator `{name}` works on subnet {netuid}"));
        let validator = self.validators.get(name).ok_or_else(missing)?;
        let order = validator.routing.order(metagraph, &hotkey.public());
        let asked = order.iter().filter_map(|uid| metagraph.at(*uid)).map(|neuron| neuron.hotkey);
        let mut fallbacks = 0;
        for miner in asked.collect::<Vec<_>>() {
            let job = random::name(self.terms.seed, ("customer", netuid, number, miner));
            let request = Request::new(&hotkey, self.genesis, netuid, miner, job, input.clone(), now.time);
            let outcome = self.outcome(&request, metagraph, now);
            let routing = &mut self.validators.get_mut(name).ok_or_else(missing)?.routing;
            match outcome {
                Outcome::Answered(answer, latency)
                    if answer.check(&request, self.genesis, now.block, 50).is_ok() =>
                {
                    routing.answered(miner, latency);
                    let found = self.miners.iter().find(|(_, worker)| worker.hotkey == miner);
                    return Ok(Served { miner: found.map(|(name, _)| name.clone()), fallbacks });
                }
                _ => routing.failed(miner),
            }
            fallbacks += 1;
        }
        Ok(Served { miner: None, fallbacks })
    }
}
