//! A customer's request: to the miner with the best record, and to the next one if that fails.

use super::Service;
use crate::gateway::{Fallback, Served};
use crate::metagraph::Neuron;
use crate::protocol::{Answer, Request};
use crate::random;
use crate::serve::{milliseconds, now};
use assay_inference::Vector;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often all miners are tried before a customer is told that nobody answers.
const PASSES: usize = 2;

/// Has a customer's input answered.
///
/// # Errors
/// Nobody answers: who was asked, and what was wrong.
pub async fn serve(service: &Service, input: Vector) -> Result<Served, Vec<Fallback>> {
    let begun = Instant::now();
    let (metagraph, own) = (service.view.borrow().metagraph.clone(), service.hotkey.public());
    let order = service.routing().order(&metagraph, &own);
    let mut fallbacks = Vec::new();
    for neuron in std::iter::repeat_n(order, PASSES).flatten().filter_map(|uid| metagraph.at(uid)) {
        let asked = Instant::now();
        match ask(service, neuron, input.clone()).await {
            Ok(answer) => {
                service.routing().answered(neuron.hotkey, milliseconds(asked.elapsed()));
                return Ok(Served::new(neuron.uid, answer, milliseconds(begun.elapsed()), fallbacks));
            }
            Err(problem) => {
                tracing::debug!(uid = neuron.uid, problem, "a miner fails a customer");
                service.routing().failed(neuron.hotkey);
                service.metrics.fallback();
                fallbacks.push(Fallback { uid: neuron.uid, problem });
            }
        }
    }
    Err(fallbacks)
}

/// Asks one miner, and takes only an answer that holds.
async fn ask(service: &Service, neuron: &Neuron, input: Vector) -> Result<Answer, String> {
    let at = neuron.axon.ok_or("it announced no address")?;
    let number = service.served.fetch_add(1, Ordering::Relaxed);
    let job = random::name(service.seed, ("customer", service.started, number));
    let (genesis, netuid) = (service.genesis(), service.config.netuid);
    let request = Request::new(&service.hotkey, genesis, netuid, neuron.hotkey, job, input, now());
    let timeout = Duration::from_millis(service.config.timeout_ms.into());
    let answer = service.asker.ask(at, &request, timeout).await?;
    let head = service.view.borrow().head.number;
    answer.check(&request, genesis, head, service.config.lag).map_err(|error| error.to_string())?;
    Ok(answer)
}
