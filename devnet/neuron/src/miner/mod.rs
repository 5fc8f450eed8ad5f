//! A miner without transport, clock and chain: requests in, signed answers out.
//!
//! [`Miner::answer`] does the whole work of one request. A server that gathers requests into one launch of its device
//! takes the three steps alone: [`Miner::admit`], [`Miner::run`] and [`Miner::sign`].

mod profile;
mod replay;

pub use profile::{Behaviour, Profile, UnknownProfile};
pub use replay::{JOBS, Seen};

use crate::device::{Device, DeviceError, Loaded};
use crate::key::{Key, Public};
use crate::metagraph::Moment;
use crate::model::constant;
use crate::protocol::{Answer, MAX_INPUT, Request, RequestError};
use crate::random;
use crate::workload::Workload;
use assay_inference::{H256, InputError, Model, ModelError, Trace, Vector};
use replay::Replay;
use std::sync::Arc;

/// How far a request's time may be from the miner's, milliseconds; as long as this a job is remembered.
pub const ALLOWED: u64 = 60_000;

/// What a miner is made of.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How it behaves.
    pub profile: Profile,
    /// What its subnet asks for.
    pub workload: Workload,
    /// The model it serves; [`Profile::model`] says which one a profile has.
    pub model: Arc<Model>,
    /// Its hotkey.
    pub hotkey: Key,
    /// Its subnet.
    pub netuid: u16,
    /// Hash of the chain's first block.
    pub genesis: H256,
}

/// A miner.
pub struct Miner {
    setup: Setup,
    /// What it runs; a lazy miner's model is not the one of the setup.
    model: Arc<Model>,
    loaded: Box<dyn Loaded>,
    replay: Replay,
}

/// The miner whose answers a copycat passes off as its own.
pub struct Victim<'a> {
    /// Its hotkey.
    pub hotkey: Public,
    /// Asks it.
    pub ask: &'a dyn Fn(&Request) -> Option<Answer>,
}

/// Why a miner does not answer.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The request is not one for this miner, or not signed.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The input is larger than any model's.
    #[error("the input has {0} values, and no model takes more than 1,024")]
    TooLarge(usize),
    /// The model does not take the input.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The job was seen before.
    #[error("the job was asked before: choose a new one for each request")]
    Replayed,
    /// More jobs are remembered than there is room for.
    #[error("too many requests within a minute")]
    Busy,
    /// The device failed.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The launch that the request was part of failed.
    #[error("the device failed: {0}")]
    Failed(String),
    /// A copycat got no answer to copy.
    #[error("no answer to be had")]
    NothingToCopy,
}

/// Why there cannot be such a miner.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The device does not take the model.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// No constant model has the shape of the model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl Miner {
    /// A miner whose model runs on a device.
    ///
    /// # Errors
    /// The device does not take the model.
    pub fn new(setup: Setup, device: &dyn Device) -> Result<Self, SetupError> {
        let model = match setup.profile {
            Profile::Lazy => Arc::new(constant(&setup.model, &setup.workload.guess(setup.model.outputs()))?),
            _ => setup.model.clone(),
        };
        Ok(Self { loaded: device.load(&model)?, setup, model, replay: Replay::default() })
    }

    /// What it is made of.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Its hotkey.
    pub fn hotkey(&self) -> Public {
        self.setup.hotkey.public()
    }

    /// The model it runs and names in its receipts.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// What is on purpose about when it answers, for whoever stands between it and its askers.
    pub fn behaviour(&self) -> Behaviour {
        self.setup.profile.behaviour()
    }

    /// Answers a request. Nothing but the memory of jobs is changed.
    ///
    /// A copycat needs somebody to copy from: see [`Miner::copy`].
    ///
    /// # Errors
    /// Why it does not answer.
    pub fn answer(&self, request: &Request, now: Moment) -> Result<Answer, Refusal> {
        let seen = self.admit(request, now)?;
        if self.setup.profile == Profile::Copycat {
            return Err(Refusal::NothingToCopy);
        }
        let mut traces = self.run(std::slice::from_ref(&request.input))?;
        let trace = traces.pop().unwrap_or_default();
        Ok(self.sign(request, seen, trace, now.block))
    }

    /// Answers a request as a copycat: another miner is asked the same in its own name, and its answer signed again.
    ///
    /// # Errors
    /// Why it does not answer.
    pub fn copy(&self, request: &Request, now: Moment, victim: &Victim<'_>) -> Result<Answer, Refusal> {
        self.admit(request, now)?;
        let asked = self.forwarded(request, victim.hotkey, now);
        let answer = (victim.ask)(&asked).ok_or(Refusal::NothingToCopy)?;
        Ok(self.passed_off(request, answer, now.block))
    }

    /// The first step: whether the request is to be answered.
    ///
    /// # Errors
    /// Why not.
    pub fn admit(&self, request: &Request, now: Moment) -> Result<Seen, Refusal> {
        // What costs nothing to find comes before what costs something.
        if request.input.len() > MAX_INPUT {
            return Err(Refusal::TooLarge(request.input.len()));
        }
        request.check(self.setup.genesis, self.setup.netuid, &self.hotkey(), now, ALLOWED)?;
        self.setup.model.check_input(&request.input)?;
        let seen = self.replay.look(request, now).ok_or(Refusal::Busy)?;
        match seen {
            Seen::Again if self.setup.profile != Profile::Contradictory => Err(Refusal::Replayed),
            seen => Ok(seen),
        }
    }

    /// The second step, for a batch of inputs: one launch of the device.
    ///
    /// # Errors
    /// The device fails.
    pub fn run(&self, inputs: &[Vector]) -> Result<Vec<Trace>, Refusal> {
        Ok(self.loaded.run(inputs)?)
    }

    /// The third step: the answer, as the profile gives it.
    pub fn sign(&self, request: &Request, seen: Seen, mut trace: Trace, block: u32) -> Answer {
        match (self.setup.profile, seen) {
            (Profile::Wrong, _) => self.go_wrong(request, &mut trace, 0),
            (Profile::Contradictory, Seen::Again) => {
                self.go_wrong(request, &mut trace, self.model.layers().len().saturating_sub(1));
            }
            _ => {}
        }
        self.signed(request, self.model.root(), trace, block)
    }

    /// A copycat's request to the miner that it copies from.
    pub fn forwarded(&self, request: &Request, victim: Public, now: Moment) -> Request {
        let Setup { hotkey, netuid, genesis, .. } = &self.setup;
        Request::new(hotkey, *genesis, *netuid, victim, request.job, request.input.clone(), now.time)
    }

    /// Another miner's answer, signed as one's own.
    pub fn passed_off(&self, request: &Request, answer: Answer, block: u32) -> Answer {
        self.signed(request, answer.signed.receipt.model, Trace(answer.trace), block)
    }

    fn signed(&self, request: &Request, model: H256, trace: Trace, block: u32) -> Answer {
        Answer::new(request, &self.setup.hotkey, self.setup.genesis, model, trace, block)
    }

    /// Alters one value of what a layer gave, and goes on from there.
    fn go_wrong(&self, request: &Request, trace: &mut Trace, layer: usize) {
        let Some(output) = trace.0.get_mut(layer) else { return };
        let mut generator = random::generator(0, ("wrong", request.job));
        let at = random::below(&mut generator, output.len());
        if let Some(value) = output.get_mut(at) {
            *value = value.wrapping_add(1);
        }
        for next in layer + 1..trace.0.len() {
            let output = trace.0.get(next - 1).map(|input| self.model.layer_output(next, input));
            if let (Some(place), Some(output)) = (trace.0.get_mut(next), output) {
                *place = output;
            }
        }
    }
}
