//! Many customers of one gateway at the same time, who look at every answer.

use super::http::IDLE;
use super::validator::{Ask, Credits};
use crate::gateway::Served;
use crate::key::{Key, is_signed};
use crate::model::HeldOut;
use crate::protocol::{Payee, Voucher};
use assay_inference::{H256, InputError, Model, Vector, request_root};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What customers are to do.
pub struct Options {
    /// The gateway, such as `http://127.0.0.1:8092`.
    pub gateway: String,
    /// Customers at the same time, each with one request on its way.
    pub customers: usize,
    /// How long they ask.
    pub time: Duration,
    /// What they ask.
    pub held_out: HeldOut,
    /// Models whose answers they know.
    pub models: Vec<Arc<Model>>,
    /// Whose credits pay for all of them, if the gateway has a price.
    pub payer: Option<Key>,
}

/// Why customers cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The held-out inputs are not the models'.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The gateway does not say how the payer stands.
    #[error("the gateway does not say how many credits the payer has: {0}")]
    Credits(String),
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Requests sent.
    pub requests: u64,
    /// Right answers, with receipts that hold.
    pub right: u64,
    /// Answers that are not what the model gives, or whose receipt does not hold.
    pub wrong: u64,
    /// Requests without an answer.
    pub lost: u64,
    /// Answers of models that are not known here: the receipt was looked at, the answer could not be.
    pub unknown: u64,
    /// Answers that another miner gave than the one asked first.
    pub after_fallback: u64,
    /// Credits that the answers cost.
    pub paid: u64,
    /// Milliseconds from the first request to the last answer.
    pub took_ms: u64,
    /// Answers in a second, rounded down.
    pub per_second: u64,
    /// Microseconds that half of the answers took at most.
    pub median_us: u64,
    /// Microseconds that 90 of 100 answers took at most.
    pub p90_us: u64,
    /// Microseconds that 99 of 100 answers took at most.
    pub p99_us: u64,
    /// Microseconds of the slowest answer.
    pub slowest_us: u64,
    /// Answers by the slot of the miner.
    pub by_uid: BTreeMap<u16, u64>,
    /// What was said where there was no answer, and how often.
    pub problems: BTreeMap<String, u64>,
}

/// What one answer was.
enum Verdict {
    Right,
    Wrong(&'static str),
    Unknown,
}

/// What a customer knows beforehand: for each model and each input the right answer.
struct Known {
    inputs: Vec<Vector>,
    answers: BTreeMap<H256, Vec<Vector>>,
}

/// Lets customers ask until the time is over, and waits for the last answers.
///
/// # Errors
/// The held-out inputs are not the models', or the gateway does not say how the payer stands.
pub async fn run(options: Options) -> Result<Report, LoadError> {
    let known = Arc::new(Known::new(options.held_out, &options.models)?);
    let http = reqwest::Client::builder().pool_max_idle_per_host(options.customers).pool_idle_timeout(IDLE);
    let http = http.build().unwrap_or_default();
    let gateway = options.gateway.trim_end_matches('/');
    let purse = match options.payer {
        Some(payer) => Some(Arc::new(Purse::open(&http, gateway, payer).await?)),
        None => None,
    };
    let url = format!("{gateway}/v1/infer");
    let begun = Instant::now();
    let customers = (0..options.customers).map(|number| {
        let (known, http, purse) = (known.clone(), http.clone(), purse.clone());
        let customer = Customer { known, http, url: url.clone(), purse, number };
        tokio::spawn(customer.ask_until(begun + options.time))
    });
    let customers: Vec<_> = customers.collect();
    let (mut report, mut took) = (Report::default(), Vec::new());
    for customer in customers {
        let Ok((part, times)) = customer.await else { continue };
        report.add(part);
        took.extend(times);
    }
    report.time(begun.elapsed(), took);
    Ok(report)
}

/// What customers pay from, all of them together.
struct Purse {
    payer: Key,
    payee: Payee,
    price: u64,
    /// What the next voucher is to be over, before the price of its request.
    total: AtomicU64,
}

impl Purse {
    /// Asks a gateway what a request costs, and what was used of the payer's credits before.
    async fn open(http: &reqwest::Client, gateway: &str, payer: Key) -> Result<Self, LoadError> {
        let unsaid = |error: &dyn std::fmt::Display| LoadError::Credits(error.to_string());
        let asked = http.get(format!("{gateway}/v1/credits/{}", payer.ss58())).send().await;
        let response = asked.map_err(|error| unsaid(&error))?;
        let (status, body) = (response.status(), response.bytes().await.map_err(|error| unsaid(&error))?);
        if !status.is_success() {
            return Err(unsaid(&format!("{status}: {}", String::from_utf8_lossy(&body))));
        }
        let credits: Credits = serde_json::from_slice(&body).map_err(|error| unsaid(&error))?;
        let (payee, price) = (credits.payee(), credits.price);
        Ok(Self { payer, payee, price, total: AtomicU64::new(credits.used) })
    }

    /// A voucher that pays for one request more.
    fn pay(&self) -> Voucher {
        let before = self.total.fetch_add(self.price, Ordering::Relaxed);
        Voucher::new(&self.payer, &self.payee, before.saturating_add(self.price))
    }

    /// A request was not answered, and so cost nothing.
    fn take_back(&self) {
        self.total.fetch_sub(self.price, Ordering::Relaxed);
    }
}

struct Customer {
    known: Arc<Known>,
    http: reqwest::Client,
    url: String,
    purse: Option<Arc<Purse>>,
    number: usize,
}

impl Customer {
    async fn ask_until(self, end: Instant) -> (Report, Vec<u64>) {
        let (mut report, mut took) = (Report::default(), Vec::new());
        // Customers begin at different places, so that they do not all ask the same.
        let mut at = self.number;
        while Instant::now() < end {
            at = (at + 1) % self.known.inputs.len().max(1);
            let Some(input) = self.known.inputs.get(at) else { break };
            report.requests += 1;
            let asked = Instant::now();
            match self.ask(input).await {
                Ok(served) => {
                    report.paid += self.purse.as_ref().map_or(0, |purse| purse.price);
                    took.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
                    *report.by_uid.entry(served.uid).or_default() += 1;
                    report.after_fallback += u64::from(!served.fallbacks.is_empty());
                    match self.known.verdict(at, &served) {
                        Verdict::Right => report.right += 1,
                        Verdict::Unknown => report.unknown += 1,
                        Verdict::Wrong(why) => {
                            report.wrong += 1;
                            *report.problems.entry(why.to_owned()).or_default() += 1;
                        }
                    }
                }
                Err(problem) => {
                    self.purse.iter().for_each(|purse| purse.take_back());
                    report.lost += 1;
                    *report.problems.entry(problem).or_default() += 1;
                }
            }
        }
        (report, took)
    }

    async fn ask(&self, input: &Vector) -> Result<Served, String> {
        let voucher = self.purse.as_ref().map(|purse| purse.pay());
        let sent = self.http.post(&self.url).json(&Ask { input: input.clone(), voucher }).send().await;
        let response = sent.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.bytes().await.map_err(|error| error.to_string())?;
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&body)));
        }
        serde_json::from_slice(&body).map_err(|error| format!("the answer is not JSON: {error}"))
    }
}

impl Known {
    fn new(held_out: HeldOut, models: &[Arc<Model>]) -> Result<Self, InputError> {
        let mut answers = BTreeMap::new();
        for model in models {
            let right = held_out.inputs.iter().map(|input| Ok(model.evaluate(input)?.output().to_vec()));
            answers.insert(model.root(), right.collect::<Result<_, InputError>>()?);
        }
        Ok(Self { inputs: held_out.inputs, answers })
    }

    /// Looks at the answer to the input in a place.
    fn verdict(&self, at: usize, served: &Served) -> Verdict {
        let receipt = &served.signed.receipt;
        if self.inputs.get(at).is_none_or(|input| receipt.request != request_root(input)) {
            return Verdict::Wrong("the receipt is for another input");
        }
        if !is_signed(&receipt.message(), &served.signed.signature, &receipt.hotkey) {
            return Verdict::Wrong("the receipt is not signed by its miner");
        }
        match self.answers.get(&receipt.model).and_then(|answers| answers.get(at)) {
            None => Verdict::Unknown,
            Some(right) if *right == served.answer => Verdict::Right,
            Some(_) => Verdict::Wrong("the answer is not what the model gives"),
        }
    }
}

impl Report {
    /// Whether every request was answered, and rightly as far as that is known.
    pub fn is_well(&self) -> bool {
        self.requests > 0 && self.lost == 0 && self.wrong == 0
    }

    fn add(&mut self, part: Self) {
        self.requests += part.requests;
        self.right += part.right;
        self.wrong += part.wrong;
        self.lost += part.lost;
        self.unknown += part.unknown;
        self.paid += part.paid;
        self.after_fallback += part.after_fallback;
        for (uid, count) in part.by_uid {
            *self.by_uid.entry(uid).or_default() += count;
        }
        for (problem, count) in part.problems {
            *self.problems.entry(problem).or_default() += count;
        }
    }

    fn time(&mut self, whole: Duration, mut took: Vec<u64>) {
        took.sort_unstable();
        let of = |hundredths: usize| {
            let place = (took.len() * hundredths).div_ceil(100).saturating_sub(1);
            took.get(place).copied().unwrap_or_default()
        };
        self.took_ms = u64::try_from(whole.as_millis()).unwrap_or(u64::MAX);
        let answers = u64::try_from(took.len()).unwrap_or(u64::MAX);
        self.per_second = answers.saturating_mul(1_000) / self.took_ms.max(1);
        (self.median_us, self.p90_us, self.p99_us, self.slowest_us) = (of(50), of(90), of(99), of(100));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_answers_there_are() {
        let mut report = Report::default();
        report.time(Duration::from_secs(2), (1..=200).rev().collect());
        assert_eq!((report.median_us, report.p90_us), (100, 180));
        assert_eq!((report.p99_us, report.slowest_us), (198, 200));
        assert_eq!(report.per_second, 100);
        report.time(Duration::ZERO, vec![]);
        assert_eq!((report.median_us, report.slowest_us, report.per_second), (0, 0, 0));
    }
}
