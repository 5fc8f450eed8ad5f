//! A validator without transport, clock and chain: what to ask, what to think of the answers, which weights to set and
//! which offences to report.

mod commit;
mod config;
mod offence;
mod profile;
mod weights;

pub use commit::{Beacon, Commit, Way};
pub use config::Config;
pub use offence::Offence;
pub use profile::Profile;
pub use weights::{copied, upscaled};

use crate::key::{Key, Public};
use crate::metagraph::{Metagraph, Moment, Neuron};
use crate::model::HeldOut;
use crate::protocol::{Answer, AnswerError, Request, Signed};
use crate::random;
use crate::record::{Record, Scale};
use assay_inference::{H256, Layer, Model, Trace, prove_wrong};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A question to a miner whose answer the validator can measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The miner's slot.
    pub uid: u16,
    /// What to send. Its hotkey is [`Request::miner`].
    pub request: Request,
    /// What came true.
    pub label: i32,
    /// Whether the same request was asked earlier in the round: an honest miner refuses it.
    pub again: bool,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer, and the milliseconds that it took.
    Answered(Box<Answer>, u32),
    /// None: why, in words.
    Failed(String),
}

/// What an answer was worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was measured: 0 to 65,535.
    Quality(u16),
    /// A request asked again was refused, or answered the same.
    Consistent,
    /// There was no answer: why.
    Failed(String),
    /// It does not hold.
    Faulty(AnswerError),
    /// An offence was proved.
    Caught,
}

/// A validator's judgement.
pub struct Judge {
    config: Config,
    hotkey: Key,
    seed: u64,
    held_out: HeldOut,
    /// Models whose answers can be computed again, by their roots.
    models: BTreeMap<H256, Arc<Model>>,
    scale: Scale,
    records: BTreeMap<Public, Record>,
    /// Receipts of questions that are asked again in this round, by their jobs.
    first_receipts: BTreeMap<H256, Signed>,
    offences: Vec<Offence>,
}

impl Judge {
    /// A validator that draws its questions from held-out inputs by a seed, and computes answers of `models` again.
    pub fn new(
        config: Config,
        hotkey: Key,
        seed: u64,
        held_out: HeldOut,
        models: impl IntoIterator<Item = Arc<Model>>,
    ) -> Self {
        let models: BTreeMap<_, _> = models.into_iter().map(|model| (model.root(), model)).collect();
        let outputs = models.values().map(|model| model.outputs()).max().unwrap_or(1);
        let scale =
            Scale { blind: blind(&held_out, outputs), half_ms: config.half_ms, memory: config.memory };
        Self {
            config,
            hotkey,
            seed,
            held_out,
            models,
            scale,
            records: BTreeMap::new(),
            first_receipts: BTreeMap::new(),
            offences: Vec::new(),
        }
    }

    /// What it was told.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its hotkey.
    pub fn hotkey(&self) -> &Key {
        &self.hotkey
    }

    /// How it weighs records.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// What it remembers, by hotkey.
    pub fn records(&self) -> &BTreeMap<Public, Record> {
        &self.records
    }

    /// The questions of a round, in the order in which they are to be asked: those asked again come last, and are asked
    /// when the others were heard.
    pub fn questions(&mut self, now: Moment, metagraph: &Metagraph) -> Vec<Question> {
        self.first_receipts.clear();
        if self.config.profile != Profile::Honest {
            return Vec::new();
        }
        let own = self.hotkey.public();
        // Who left took its record along: the next one with its hotkey begins anew.
        self.records.retain(|hotkey, _| metagraph.of(hotkey).is_some());
        let mut generator = random::generator(self.seed, ("inputs", self.config.netuid, now.block));
        let mut questions = Vec::new();
        for number in 0..self.config.questions {
            let at = random::below(&mut generator, self.held_out.inputs.len());
            let asked = metagraph.serving(&own).filter_map(|neuron| self.question(neuron, number, at, now));
            questions.extend(asked);
        }
        let again: Vec<_> = questions
            .iter()
            .filter(|question| {
                random::happens(self.seed, ("again", question.request.job), self.config.repeat)
            })
            .map(|question| Question { again: true, ..question.clone() })
            .collect();
        questions.extend(again);
        questions
    }

    fn question(&self, neuron: &Neuron, number: u16, at: usize, now: Moment) -> Option<Question> {
        let Config { netuid, genesis, .. } = self.config;
        let purpose = ("job", genesis, netuid, self.hotkey.public(), neuron.hotkey, now.block, number);
        let job = random::name(self.seed, purpose);
        let input = self.held_out.inputs.get(at)?.clone();
        let request = Request::new(&self.hotkey, genesis, netuid, neuron.hotkey, job, input, now.time);
        Some(Question { uid: neuron.uid, request, label: *self.held_out.labels.get(at)?, again: false })
    }

    /// Takes in what came of a question; `head` is the chain's when it came.
    pub fn hear(&mut self, question: &Question, outcome: Outcome, head: u32) -> Heard {
        let heard = match outcome {
            Outcome::Answered(_, latency) if latency > self.config.timeout_ms => {
                Heard::Failed(format!("the answer took {latency} ms"))
            }
            Outcome::Answered(answer, latency) => {
                match answer.check(&question.request, self.config.genesis, head, self.config.lag) {
                    Ok(()) if !self.fits(&answer) => Heard::Faulty(AnswerError::Shape),
                    Ok(()) if question.again => self.compare(question, &answer),
                    Ok(()) => self.measure(question, &answer, latency),
                    Err(error) => Heard::Faulty(error),
                }
            }
            Outcome::Failed(why) => Heard::Failed(why),
        };
        if question.again && matches!(heard, Heard::Failed(_)) {
            return Heard::Consistent;
        }
        let scale = self.scale;
        let record = self.records.entry(question.request.miner).or_default();
        match &heard {
            Heard::Failed(_) | Heard::Faulty(_) => record.failed(&scale),
            Heard::Caught => record.caught = true,
            Heard::Quality(_) | Heard::Consistent => {}
        }
        heard
    }

    fn measure(&mut self, question: &Question, answer: &Answer, latency: u32) -> Heard {
        let quality = self.held_out.workload.quality(answer.output(), question.label);
        let record = self.records.entry(question.request.miner).or_default();
        record.answered(quality, latency, &self.scale);
        self.first_receipts.insert(question.request.job, answer.signed.clone());
        if !random::happens(self.seed, ("recompute", question.request.job), self.config.recompute) {
            return Heard::Quality(quality);
        }
        match self.proof(&question.request, answer) {
            None => Heard::Quality(quality),
            Some(offence) => {
                self.offences.push(offence);
                Heard::Caught
            }
        }
    }

    /// Whether a trace has the lengths of the layers of its model, as far as the model is known.
    fn fits(&self, answer: &Answer) -> bool {
        self.models.get(&answer.signed.receipt.model).is_none_or(|model| {
            let lengths = model.layers().iter().map(Layer::outputs);
            lengths.eq(answer.trace.iter().map(Vec::len))
        })
    }

    /// Computes an answer again, if its model is known.
    fn proof(&self, request: &Request, answer: &Answer) -> Option<Offence> {
        let model = self.models.get(&answer.signed.receipt.model)?;
        let proof = prove_wrong(model, &request.input, &Trace(answer.trace.clone()))?;
        Some(Offence::WrongResult { receipt: answer.signed.clone(), proof: Box::new(proof) })
    }

    fn compare(&mut self, question: &Question, answer: &Answer) -> Heard {
        let first = self.first_receipts.get(&question.request.job);
        match first.and_then(|first| Offence::contradiction(first, &answer.signed)) {
            None => Heard::Consistent,
            Some(offence) => {
                self.offences.push(offence);
                Heard::Caught
            }
        }
    }

    /// The weights to set now, uid and weight, the largest being 65,535; none if there is nothing to say.
    ///
    /// An honest validator weighs each miner by [`Record::merit`].
    pub fn weights(&self, metagraph: &Metagraph) -> Vec<(u16, u16)> {
        match self.config.profile {
            Profile::Honest => {
                let merits = metagraph.neurons.iter().filter_map(|neuron| {
                    let record = self.records.get(&neuron.hotkey)?;
                    Some((neuron.uid, record.merit(&self.scale)))
                });
                upscaled(merits)
            }
            Profile::WeightCopier => copied(metagraph, &self.hotkey.public()),
            Profile::Cabal => {
                let friends = self.config.friends.iter().filter_map(|friend| metagraph.of(friend));
                upscaled(friends.map(|friend| (friend.uid, 1)))
            }
            Profile::Absent => Vec::new(),
        }
    }

    /// What is to be reported to the chain and was not told before.
    pub fn offences(&mut self) -> Vec<Offence> {
        std::mem::take(&mut self.offences)
    }
}

/// The mean quality of a blind guess on held-out inputs, rounded down.
fn blind(held_out: &HeldOut, outputs: usize) -> u16 {
    let guess = held_out.workload.guess(outputs);
    let qualities = held_out.labels.iter().map(|label| u64::from(held_out.workload.quality(&guess, *label)));
    let mean = qualities.sum::<u64>() / u64::try_from(held_out.labels.len()).unwrap_or(u64::MAX).max(1);
    u16::try_from(mean).unwrap_or(u16::MAX)
}
