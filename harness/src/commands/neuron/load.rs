//! `assay load`: many customers of a gateway at the same time.

use super::{known, run};
use crate::commands::Failure;
use assay_neuron::key::Key;
use assay_neuron::serve::load::{self, Options, Report};
use assay_neuron::workload::Workload;
use clap::Args;
use comfy_table::{Table, presets};
use std::path::PathBuf;
use std::time::Duration;

/// Let many customers ask a gateway at the same time, and look at every answer.
///
/// Each customer has one request on its way and sends the next when it is answered. It checks the receipt's signature, that
/// it is for its input, and that the answer is what the model in the receipt gives.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct Load {
    /// The gateway
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8092")]
    gateway: String,
    /// Customers at the same time
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    customers: u32,
    /// How long they ask
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    seconds: u64,
    /// What they ask: vision, series or text
    #[arg(long, value_name = "WORKLOAD", default_value = "vision")]
    workload: Workload,
    /// The folder with the models and the held-out inputs
    #[arg(long, value_name = "DIR", default_value = "fixtures/models")]
    models: PathBuf,
    /// Pay with the credits of this account, where the gateway has a price: a derivation such as //Charlie, a phrase, or a
    /// seed; credits are bought with Credits.buy
    #[arg(long, value_name = "URI")]
    pay_uri: Option<String>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Examples:
  assay load --customers 1000 --seconds 60
  assay load --gateway http://127.0.0.1:8092 --workload text --json
  assay load --customers 10 --pay-uri //Charlie

Exit codes: 0 every request was answered, and no answer was wrong, 1 not so, 2 it could not run.";

impl Load {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if a request was lost or an answer wrong, [`Failure::CouldNotRun`] if a file cannot be used.
    pub fn run(&self) -> Result<(), Failure> {
        let (held_out, models) = known(&self.models, self.workload)?;
        let options = Options {
            gateway: self.gateway.clone(),
            customers: usize::try_from(self.customers)?,
            time: Duration::from_secs(self.seconds),
            held_out,
            models,
            payer: self.pay_uri.as_deref().map(Key::from_uri).transpose()?,
        };
        let report = run(async { Ok(load::run(options).await?) })?;
        let text = if self.json { serde_json::to_string_pretty(&report)? } else { table(&report) };
        anstream::println!("{text}");
        if report.is_well() { Ok(()) } else { Err(Failure::Differs) }
    }
}

fn table(report: &Report) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    let milliseconds =
        |microseconds: u64| format!("{}.{} ms", microseconds / 1_000, microseconds % 1_000 / 100);
    let figures = [
        ("requests", report.requests.to_string()),
        ("right", report.right.to_string()),
        ("wrong", report.wrong.to_string()),
        ("lost", report.lost.to_string()),
        ("of a model not known here", report.unknown.to_string()),
        ("after a fallback", report.after_fallback.to_string()),
        ("credits paid", report.paid.to_string()),
        ("answers a second", report.per_second.to_string()),
        ("median", milliseconds(report.median_us)),
        ("90 of 100 within", milliseconds(report.p90_us)),
        ("99 of 100 within", milliseconds(report.p99_us)),
        ("slowest", milliseconds(report.slowest_us)),
    ];
    for (what, figure) in figures {
        table.add_row([what.to_owned(), figure]);
    }
    for (uid, answers) in &report.by_uid {
        table.add_row([format!("answered by uid {uid}"), answers.to_string()]);
    }
    for (problem, times) in &report.problems {
        table.add_row([problem.clone(), times.to_string()]);
    }
    table.trim_fmt()
}
