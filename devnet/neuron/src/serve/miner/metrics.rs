//! What a miner tells of itself: `/health` and `/metrics`.

use super::Service;
use crate::device::{Report, report};
use crate::miner::Miner;
use prometheus::{
    Histogram, HistogramOpts, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use utoipa::ToSchema;

/// How a miner is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok`; `alone` while the chain is away, and requests are still answered.
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
    /// What it answers.
    pub workload: String,
    /// The model's root.
    pub model: String,
    /// Where the model runs.
    pub device: String,
    /// Requests answered.
    pub requests: u64,
    /// Requests refused.
    pub refused: u64,
    /// Milliseconds that an answer took on average.
    pub latency_ms: u64,
}

/// Counters of a miner.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    latency: Histogram,
    batches: Histogram,
    block: IntGauge,
    card: IntGaugeVec,
    answered: Arc<AtomicU64>,
    refused: Arc<AtomicU64>,
    took: Arc<AtomicU64>,
}

impl Metrics {
    /// Counters that stand at zero.
    ///
    /// # Errors
    /// Two of one name.
    pub fn new(miner: &Miner, device: &str) -> Result<Self, prometheus::Error> {
        let registry = Registry::new_custom(Some("assay_miner".to_owned()), None)?;
        let metrics = Self {
            requests: IntCounterVec::new(
                Opts::new("requests_total", "Requests by the status of their answer"),
                &["status"],
            )?,
            latency: Histogram::with_opts(
                HistogramOpts::new("latency_milliseconds", "What answers took").buckets(vec![
                    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0,
                ]),
            )?,
            batches: Histogram::with_opts(
                HistogramOpts::new("batch_requests", "Requests that shared a launch of the device")
                    .buckets(vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]),
            )?,
            block: IntGauge::new("block", "The head of the chain")?,
            card: IntGaugeVec::new(
                Opts::new(
                    "card",
                    "The graphics card: bytes of memory used, degrees, milliwatts, percent busy",
                ),
                &["name", "what"],
            )?,
            answered: Arc::default(),
            refused: Arc::default(),
            took: Arc::default(),
            registry,
        };
        let about = IntGaugeVec::new(
            Opts::new("info", "Always 1: who this is"),
            &["hotkey", "netuid", "profile", "workload", "device"],
        )?;
        let setup = miner.setup();
        about
            .with_label_values(&[
                setup.hotkey.ss58().as_str(),
                &setup.netuid.to_string(),
                setup.profile.name(),
                setup.workload.name(),
                device,
            ])
            .set(1);
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.latency.clone()))?;
        metrics.registry.register(Box::new(metrics.batches.clone()))?;
        metrics.registry.register(Box::new(metrics.block.clone()))?;
        metrics.registry.register(Box::new(metrics.card.clone()))?;
        metrics.registry.register(Box::new(about))?;
        Ok(metrics)
    }

    /// A launch of the device.
    pub fn launched(&self, requests: usize) {
        self.batches.observe(f64::from(u32::try_from(requests).unwrap_or(u32::MAX)));
    }

    /// A request was answered with a status.
    pub fn answered(&self, status: u16, milliseconds: u32) {
        self.requests.with_label_values(&[status.to_string().as_str()]).inc();
        if status == 200 {
            self.latency.observe(f64::from(milliseconds));
            self.answered.fetch_add(1, Ordering::Relaxed);
            self.took.fetch_add(milliseconds.into(), Ordering::Relaxed);
        } else {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// All of it, in the text form of Prometheus.
    ///
    /// # Errors
    /// It cannot be written as text.
    pub fn text(&self, service: &Service) -> Result<String, prometheus::Error> {
        self.block.set(service.view.borrow().head.number.into());
        if service.device.starts_with("cuda") {
            self.look_at_cards();
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    fn look_at_cards(&self) {
        let Report::Found { cards, .. } = report() else { return };
        for card in cards {
            let figures = [
                ("memory_used", card.memory_used),
                ("temperature", card.temperature.map(u64::from)),
                ("power", card.power.map(u64::from)),
                ("utilisation", card.utilisation.map(u64::from)),
            ];
            for (what, figure) in figures {
                let Some(figure) = figure.and_then(|figure| i64::try_from(figure).ok()) else { continue };
                self.card.with_label_values(&[card.name.as_str(), what]).set(figure);
            }
        }
    }
}

impl Health {
    /// How a miner is now.
    pub(super) fn of(service: &Service) -> Self {
        let view = service.view.borrow();
        let setup = service.miner.setup();
        let requests = service.metrics.answered.load(Ordering::Relaxed);
        Self {
            status: if view.chain.is_some() { "ok" } else { "alone" }.to_owned(),
            hotkey: setup.hotkey.ss58(),
            netuid: setup.netuid,
            uid: view.metagraph.of(&service.miner.hotkey()).map(|neuron| neuron.uid),
            block: view.head.number,
            profile: setup.profile.to_string(),
            workload: setup.workload.to_string(),
            model: format!("{:#x}", service.miner.model().root()),
            device: service.device.clone(),
            requests,
            refused: service.metrics.refused.load(Ordering::Relaxed),
            latency_ms: service.metrics.took.load(Ordering::Relaxed) / requests.max(1),
        }
    }
}
