//! Requests that come at the same time share one launch of the device.

use super::super::problem::Problem;
use super::metrics::Metrics;
use crate::metagraph::Moment;
use crate::miner::{Miner, Refusal, Seen};
use crate::protocol::{Answer, Request};
use rayon::prelude::*;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// A request on its way.
struct Waiting {
    request: Request,
    now: Moment,
    reply: oneshot::Sender<Result<Answer, Refusal>>,
}

/// Requests that wait for the device.
#[derive(Clone)]
pub struct Queue(mpsc::Sender<Waiting>);

impl Queue {
    /// A queue of `capacity` requests, of which a launch takes `batch` at most.
    pub fn start(miner: Arc<Miner>, capacity: usize, batch: usize, metrics: Metrics) -> Self {
        let (sender, receiver) = mpsc::channel(capacity.max(1));
        tokio::spawn(work(receiver, miner, batch.max(1), metrics));
        Self(sender)
    }

    /// Waits for the answer to a request.
    ///
    /// # Errors
    /// The queue is full, or why the miner does not answer.
    pub async fn answer(&self, request: Request, now: Moment) -> Result<Answer, Problem> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Waiting { request, now, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Problem::over_queue(),
            mpsc::error::TrySendError::Closed(_) => Problem::ending(),
        })?;
        Ok(answer.await.map_err(|_| Problem::ending())??)
    }
}

/// Takes what waits, all of it at once, as long as there is somebody to wait.
async fn work(mut receiver: mpsc::Receiver<Waiting>, miner: Arc<Miner>, batch: usize, metrics: Metrics) {
    loop {
        let mut waiting = Vec::new();
        if receiver.recv_many(&mut waiting, batch).await == 0 {
            return;
        }
        metrics.launched(waiting.len());
        let miner = miner.clone();
        let launched = tokio::task::spawn_blocking(move || answer_all(&miner, waiting)).await;
        if launched.is_err() {
            tracing::error!("a launch broke; those who waited are told");
        }
    }
}

/// The three steps of a miner, for many requests.
fn answer_all(miner: &Miner, waiting: Vec<Waiting>) {
    let looked: Vec<_> = waiting
        .into_par_iter()
        .map(|waiting| {
            let seen = miner.admit(&waiting.request, waiting.now);
            (waiting, seen)
        })
        .collect();
    let mut admitted: Vec<(Waiting, Seen)> = Vec::with_capacity(looked.len());
    for (waiting, seen) in looked {
        match seen {
            Ok(seen) => admitted.push((waiting, seen)),
            // Who has gone is not told.
            Err(refusal) => drop(waiting.reply.send(Err(refusal))),
        }
    }
    let inputs: Vec<_> = admitted.iter().map(|(waiting, _)| waiting.request.input.clone()).collect();
    match miner.run(&inputs) {
        Ok(traces) => admitted.into_par_iter().zip(traces).for_each(|((waiting, seen), trace)| {
            let answer = miner.sign(&waiting.request, seen, trace, waiting.now.block);
            drop(waiting.reply.send(Ok(answer)));
        }),
        Err(refusal) => {
            tracing::error!(error = %refusal, "the device fails");
            for (waiting, _) in admitted {
                drop(waiting.reply.send(Err(Refusal::Failed(refusal.to_string()))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Cpu;
    use crate::key::Key;
    use crate::miner::{Profile, Setup};
    use crate::model::{HeldOut, Trained};
    use crate::workload::Workload;
    use assay_inference::H256;
    use axum::http::StatusCode;
    use std::path::Path;

    #[tokio::test]
    async fn what_is_over_the_queue_is_refused_and_what_is_in_it_answered() {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/models");
        let hotkey = Key::from_uri("//miner").unwrap();
        let setup = Setup {
            profile: Profile::Honest,
            workload: Workload::Vision,
            model: Trained::named(&models, "vision").unwrap().network,
            hotkey: hotkey.clone(),
            netuid: 2,
            genesis: H256::zero(),
        };
        let miner = Arc::new(Miner::new(setup, &Cpu).unwrap());
        let metrics = Metrics::new(&miner, "cpu").unwrap();
        let queue = Queue::start(miner, 2, 1, metrics);
        let input = HeldOut::of(&models, Workload::Vision).unwrap().inputs[0].clone();
        let ask = |job: u8| {
            let job = H256::repeat_byte(job);
            let request = Request::new(&hotkey, H256::zero(), 2, hotkey.public(), job, input.clone(), 1_000);
            queue.answer(request, Moment { block: 1, time: 1_000 })
        };
        // All three are offered before the worker, on the same thread, takes the first.
        let (first, second, third) = tokio::join!(ask(1), ask(2), ask(3));
        assert!(first.is_ok() && second.is_ok());
        let problem = third.unwrap_err();
        assert_eq!(problem.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(problem.error.contains("ask again"), "{}", problem.error);
        assert!(ask(4).await.is_ok());
    }
}
