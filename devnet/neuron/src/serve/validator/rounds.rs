//! Rounds: a round happens on a block.

use super::setting::Setter;
use super::{Judged, Service};
use crate::chain::View;
use crate::key::Key;
use crate::metagraph::Moment;
use crate::serve::milliseconds;
use crate::validator::{Heard, Judge, Offence, Outcome, Question};
use futures::StreamExt;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Questions on their way at the same time.
const ABREAST: usize = 64;

/// The most offences that wait to be reported; the oldest are the next to be too old for the chain.
const WAITING: usize = 256;

/// How often a report is tried again that the chain does not take.
const TRIES: u8 = 3;

/// Runs a round on each `every`-th block, as long as there is a chain.
pub async fn run(service: Arc<Service>, mut judge: Judge, every: u32, coldkey: Option<Key>) {
    let mut view = service.view.clone();
    let mut last = None;
    let mut setter = Setter::default();
    let mut reports = Reports { coldkey, waiting: VecDeque::new() };
    loop {
        let now = view.borrow_and_update().clone();
        // A chain that was restarted may stand lower than before.
        let due = last.is_none_or(|last| now.head.number < last || now.head.number >= last + every);
        if now.chain.is_some() && due {
            last = Some(now.head.number);
            round(&service, &mut judge, &now).await;
            reports.add(judge.offences());
            let weights = service.judged().weights.clone();
            let now = service.view.borrow().clone();
            setter.step(&service, &now, &weights).await;
            reports.send(&service, &now).await;
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

/// Offences on their way to the chain.
struct Reports {
    coldkey: Option<Key>,
    waiting: VecDeque<(Offence, u8)>,
}

impl Reports {
    fn add(&mut self, offences: Vec<Offence>) {
        self.waiting.extend(offences.into_iter().map(|offence| (offence, 0)));
        let over = self.waiting.len().saturating_sub(WAITING);
        self.waiting.drain(..over);
    }

    /// Reports what waits, one after another: each is a call of the same coldkey.
    async fn send(&mut self, service: &Service, view: &View) {
        let Some(chain) = &view.chain else { return };
        let Some(coldkey) = &self.coldkey else {
            if !self.waiting.is_empty() {
                tracing::warn!(
                    "offences are proved and not reported: reports are signed by a coldkey, and none is at hand"
                );
                self.waiting.clear();
            }
            return;
        };
        for _ in 0..self.waiting.len() {
            let Some((offence, tries)) = self.waiting.pop_front() else { return };
            let offender = view.metagraph.name(&offence.hotkey());
            match chain.report(coldkey, &offence, &service.hotkey.public()).await {
                Ok(()) => {
                    tracing::info!(offender, report = offence.call(), "reported");
                    service.metrics.reported(offence.call());
                }
                Err(error) if error.is_lost() => {
                    self.waiting.push_front((offence, tries));
                    return;
                }
                Err(error) => {
                    tracing::warn!(offender, %error, "the chain does not take a report");
                    if tries + 1 < TRIES {
                        self.waiting.push_back((offence, tries + 1));
                    }
                }
            }
        }
    }
}
