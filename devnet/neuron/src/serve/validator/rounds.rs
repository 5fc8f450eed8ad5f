//! Rounds: a round happens on a block.

use super::setting::Setter;
use super::{Judged, Service};
use crate::chain::View;
use crate::metagraph::Moment;
use crate::serve::milliseconds;
use crate::validator::{Heard, Judge, Offence, Outcome, Question};
use futures::StreamExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Questions on their way at the same time.
const ABREAST: usize = 64;

/// Runs a round on each `every`-th block, as long as there is a chain. What is proved is handed to `reports`.
pub async fn run(
    service: Arc<Service>,
    mut judge: Judge,
    mut setter: Setter,
    every: u32,
    reports: mpsc::UnboundedSender<Offence>,
) {
    let mut view = service.view.clone();
    let mut last = None;
    loop {
        let now = view.borrow_and_update().clone();
        // A chain that was restarted may stand lower than before.
        let due = last.is_none_or(|last| now.head.number < last || now.head.number >= last + every);
        if now.chain.is_some() && due {
            last = Some(now.head.number);
            round(&service, &mut judge, &now).await;
            for offence in judge.offences() {
                // Without anybody to report it, it was at least seen.
                let _ = reports.send(offence);
            }
            let weights = service.judged().weights.clone();
            let now = service.view.borrow().clone();
            setter.step(&service, &now, &weights).await;
        }
        if view.changed().await.is_err() {
            return;
        }
    }
}

/// One round: ask, hear, and let the gateway know.
async fn round(service: &Service, judge: &mut Judge, view: &View) {
    let moment = Moment { block: view.head.number, time: crate::serve::now() };
    let questions = judge.questions(moment, &view.metagraph);
    let asked = questions.len();
    let (again, first): (Vec<_>, Vec<_>) = questions.into_iter().partition(|question| question.again);
    for questions in [first, again] {
        let mut outcomes = futures::stream::iter(questions)
            .map(|question| async { (ask(service, view, &question).await, question) })
            .buffer_unordered(ABREAST);
        while let Some((outcome, question)) = outcomes.next().await {
            let head = service.view.borrow().head.number;
            let heard = judge.hear(&question, outcome, head);
            tell(service, view, &question, &heard);
        }
    }
    let judged = Judged {
        block: view.head.number,
        records: judge.records().clone(),
        weights: judge.weights(&view.metagraph),
    };
    tracing::info!(block = judged.block, asked, weighed = judged.weights.len(), "round");
    service.routing().learn(&judged.records);
    service.metrics.round(&judged, &view.metagraph);
    *service.judged() = judged;
}

async fn ask(service: &Service, view: &View, question: &Question) -> Outcome {
    let Some(at) = view.metagraph.at(question.uid).and_then(|neuron| neuron.axon) else {
        return Outcome::Failed("it announced no address".to_owned());
    };
    let begun = Instant::now();
    let timeout = Duration::from_millis(service.config.timeout_ms.into());
    match service.asker.ask(at, &question.request, timeout).await {
        Ok(answer) => Outcome::Answered(Box::new(answer), milliseconds(begun.elapsed())),
        Err(problem) => Outcome::Failed(problem),
    }
}

fn tell(service: &Service, view: &View, question: &Question, heard: &Heard) {
    let miner = view.metagraph.name(&question.request.miner);
    let outcome = match heard {
        Heard::Quality(_) => "quality",
        Heard::Consistent => "consistent",
        Heard::Failed(why) => {
            tracing::debug!(miner, why, "no answer");
            "failed"
        }
        Heard::Faulty(error) => {
            tracing::warn!(miner, %error, "an answer that does not hold");
            "faulty"
        }
        Heard::Caught => {
            tracing::warn!(miner, "an offence is proved");
            "caught"
        }
    };
    service.metrics.heard(outcome);
}
