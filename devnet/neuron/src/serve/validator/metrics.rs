//! What a validator tells of itself: `/health`, `/v1/miners` and `/metrics`.

use super::{Judged, Service};
use crate::key::{Key, ss58};
use crate::metagraph::Metagraph;
use crate::validator::Config;
use prometheus::{
    Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};
use utoipa::ToSchema;

/// How a validator is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok`; `alone` while the chain is away, and customers are still served.
    pub status: String,
    /// Its hotkey, ss58.
    pub hotkey: String,
    /// Its subnet.
    pub netuid: u16,
    /// Its slot; none if it has none any more.
    pub uid: Option<u16>,
    /// The head of the chain, or the last one known.
    pub block: u32,
    /// How it behaves.
    pub profile: String,
    /// Rounds so far.
    pub rounds: u64,
    /// The block of the last one.
    pub round: u32,
    /// Where answers are computed again.
    pub device: String,
    /// Customers' requests answered.
    pub requests: u64,
    /// Customers' requests that nobody answered.
    pub refused: u64,
    /// Milliseconds that an answer took on average.
    pub latency_ms: u64,
    /// Weights set, revealed, or sealed for the chain to open.
    pub weights_set: u64,
    /// Offences reported.
    pub reports: u64,
    /// Credits of customers' requests that were answered.
    pub credits_earned: u64,
    /// Credits redeemed on the chain.
    pub credits_redeemed: u64,
}

/// What a validator thinks of a miner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinerRecord {
    /// Its slot.
    pub uid: u16,
    /// Its hotkey, ss58.
    pub hotkey: String,
    /// Quality of its answers, 0 to 65,535.
    pub quality: u32,
    /// Milliseconds that its answers take.
    pub latency_ms: u32,
    /// Answers that it failed to give.
    pub failures: u32,
    /// Whether an offence was proved.
    pub caught: bool,
    /// The weight that it gets, the largest being 65,535.
    pub weight: u16,
}

/// Counters of a validator.
pub struct Metrics {
    registry: Registry,
    rounds: IntCounter,
    questions: IntCounterVec,
    weights: IntCounterVec,
    reports: IntCounterVec,
    customers: IntCounterVec,
    credits: IntCounterVec,
    fallbacks: IntCounter,
    latency: Histogram,
    block: IntGauge,
    miners: IntGaugeVec,
    took: AtomicU64,
}

impl Metrics {
    /// Counters that stand at zero.
    ///
    /// # Errors
    /// Two of one name.
    pub fn new(config: &Config, hotkey: &Key) -> Result<Self, prometheus::Error> {
        let registry = Registry::new_custom(Some("assay_validator".to_owned()), None)?;
        let counters =
            |name: &str, help: &str, label: &str| IntCounterVec::new(Opts::new(name, help), &[label]);
        let metrics = Self {
            rounds: IntCounter::new("rounds_total", "Rounds of questions")?,
            questions: counters("questions_total", "Questions by what came of them", "outcome")?,
            weights: counters("weights_total", "Weights by what was done with them", "outcome")?,
            reports: counters("reports_total", "Offences reported to the chain", "offence")?,
            customers: counters(
                "requests_total",
                "Customers' requests by the status of their answer",
                "status",
            )?,
            credits: counters("credits_total", "Customers' credits by what was done with them", "what")?,
            fallbacks: IntCounter::new("fallbacks_total", "Miners that failed a customer")?,
            latency: Histogram::with_opts(
                HistogramOpts::new("latency_milliseconds", "What customers waited").buckets(vec![
                    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0,
                ]),
            )?,
            block: IntGauge::new("block", "The head of the chain")?,
            miners: IntGaugeVec::new(
                Opts::new("miner", "What is thought of a miner: quality, latency_ms, failures, weight"),
                &["uid", "what"],
            )?,
            took: AtomicU64::new(0),
            registry,
        };
        let about =
            IntGaugeVec::new(Opts::new("info", "Always 1: who this is"), &["hotkey", "netuid", "profile"])?;
        let labels = [hotkey.ss58(), config.netuid.to_string(), config.profile.to_string()];
        about.with_label_values(&labels.each_ref().map(String::as_str)).set(1);
        let registry = &metrics.registry;
        registry.register(Box::new(metrics.rounds.clone()))?;
        registry.register(Box::new(metrics.questions.clone()))?;
        registry.register(Box::new(metrics.weights.clone()))?;
        registry.register(Box::new(metrics.reports.clone()))?;
        registry.register(Box::new(metrics.customers.clone()))?;
        registry.register(Box::new(metrics.credits.clone()))?;
        registry.register(Box::new(metrics.fallbacks.clone()))?;
        registry.register(Box::new(metrics.latency.clone()))?;
        registry.register(Box::new(metrics.block.clone()))?;
        registry.register(Box::new(metrics.miners.clone()))?;
        registry.register(Box::new(about))?;
        Ok(metrics)
    }

    /// A question came to this.
    pub fn heard(&self, outcome: &str) {
        self.questions.with_label_values(&[outcome]).inc();
    }

    /// Weights came to this: set, timelocked, committed, revealed or failed.
    pub fn weights(&self, outcome: &str) {
        self.weights.with_label_values(&[outcome]).inc();
    }

    /// The chain took a report.
    pub fn reported(&self, offence: &str) {
        self.reports.with_label_values(&[offence]).inc();
    }

    /// Credits were earned, refunded or redeemed.
    pub fn credits(&self, what: &str, credits: u64) {
        self.credits.with_label_values(&[what]).inc_by(credits);
    }

    /// A miner failed a customer.
    pub fn fallback(&self) {
        self.fallbacks.inc();
    }

    /// A customer was answered with a status.
    pub fn served(&self, status: u16, milliseconds: u32) {
        self.customers.with_label_values(&[status.to_string().as_str()]).inc();
        if status == 200 {
            self.latency.observe(f64::from(milliseconds));
            self.took.fetch_add(milliseconds.into(), Ordering::Relaxed);
        }
    }

    /// A round ended.
    pub(super) fn round(&self, judged: &Judged, metagraph: &Metagraph) {
        self.rounds.inc();
        self.miners.reset();
        for miner in records(judged, metagraph) {
            let uid = miner.uid.to_string();
            let figures = [
                ("quality", miner.quality),
                ("latency_ms", miner.latency_ms),
                ("failures", miner.failures),
                ("weight", miner.weight.into()),
            ];
            for (what, figure) in figures {
                self.miners.with_label_values(&[uid.as_str(), what]).set(figure.into());
            }
        }
    }

    /// All of it, in the text form of Prometheus.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub(super) fn text(&self, service: &Service) -> Result<String, prometheus::Error> {
        self.block.set(service.view.borrow().head.number.into());
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// What a round ended in, miner by miner in the order of their slots.
pub(super) fn records(judged: &Judged, metagraph: &Metagraph) -> Vec<MinerRecord> {
    let weight = |uid| judged.weights.iter().find(|(at, _)| *at == uid).map_or(0, |(_, weight)| *weight);
    let known = metagraph.neurons.iter().filter_map(|neuron| {
        let record = judged.records.get(&neuron.hotkey)?;
        Some(MinerRecord {
            uid: neuron.uid,
            hotkey: ss58(&neuron.hotkey),
            quality: record.quality.value(),
            latency_ms: record.latency.value(),
            failures: record.failures,
            caught: record.caught,
            weight: weight(neuron.uid),
        })
    });
    known.collect()
}

impl Health {
    /// How a validator is now.
    pub(super) fn of(service: &Service) -> Self {
        let view = service.view.borrow();
        let metrics = &service.metrics;
        let count = |counters: &IntCounterVec, label: &str| counters.with_label_values(&[label]).get();
        let requests = count(&metrics.customers, "200");
        Self {
            status: if view.chain.is_some() { "ok" } else { "alone" }.to_owned(),
            hotkey: service.hotkey.ss58(),
            netuid: service.config.netuid,
            uid: view.metagraph.of(&service.hotkey.public()).map(|neuron| neuron.uid),
            block: view.head.number,
            profile: service.config.profile.to_string(),
            rounds: metrics.rounds.get(),
            round: service.judged().block,
            device: "cpu".to_owned(),
            requests,
            refused: count(&metrics.customers, "502"),
            latency_ms: metrics.took.load(Ordering::Relaxed) / requests.max(1),
            weights_set: ["set", "revealed", "timelocked"]
                .map(|how| count(&metrics.weights, how))
                .iter()
                .sum(),
            reports: count(&metrics.reports, "report_contradiction")
                + count(&metrics.reports, "report_wrong_result"),
            credits_earned: count(&metrics.credits, "earned")
                .saturating_sub(count(&metrics.credits, "refunded")),
            credits_redeemed: count(&metrics.credits, "redeemed"),
        }
    }
}
