//! `assay verify`: runs the scenarios of a folder.

use super::Failure;
use crate::snapshot::file::Update;
use crate::verify::report::{Libtest, Totals, closing, json, junit, libtest, line};
use crate::verify::{Filter, Outcome, Report, Scenario, Settings, Suite, jobs};
use crate::world::start::Target;
use anyhow::Context;
use gherkin::tagexpr::TagOperation;
use regex::Regex;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Run the scenarios of a folder of feature files.
///
/// Each scenario has a chain of its own. It passes if every step holds and the state it ends in is that of its
/// snapshot, in the folder `snapshots` beside the features (without such a folder, ends are not compared). Snapshots
/// are written only if `INSTA_UPDATE` is `always` or `new`, and never in CI.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay verify
  assay verify --tags '@staking and not @slow' --fail-fast
  assay verify --features ../my-features --format junit --out reports
  assay verify --target devnet --tags @staking
  INSTA_UPDATE=always assay verify --name '^swap/'

Exit codes: 0 every scenario passed, 1 one failed, 2 it could not run.")]
pub struct Verify {
    /// The folder of feature files
    #[arg(long, value_name = "DIR", default_value = "features")]
    features: PathBuf,
    /// What stands behind the chains: memory, devnet, docker, or ws://HOST:PORT of a running chain
    #[arg(long, value_name = "TARGET", default_value = "memory")]
    target: Target,
    /// Only scenarios with these tags, such as '@staking and not @slow'
    #[arg(long, value_name = "EXPR", value_parser = parse_tags)]
    tags: Option<TagOperation>,
    /// Only scenarios whose name, as it is printed, matches this regular expression
    #[arg(long, value_name = "RE")]
    name: Option<Regex>,
    /// Scenarios at a time; by default as many as there are processors, and always one on a chain that all share
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// What is written to standard output
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,
    /// Also write report.json, junit.xml and the end of each failed scenario to this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Draw the order in which scenarios are started
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Start nothing new after a failure
    #[arg(long)]
    fail_fast: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// XML for continuous integration, as junit.xml
    Junit,
    /// One JSON object
    Json,
    /// Lines of JSON as Rust's test harness writes them
    Libtest,
}

fn parse_tags(text: &str) -> Result<TagOperation, String> {
    text.parse().map_err(|_| "write tags joined by and, or, not, such as '@staking and not @slow'".to_owned())
}

impl Verify {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if a scenario fails, [`Failure::CouldNotRun`] if there is none or a file is not Gherkin.
    pub fn run(self) -> Result<(), Failure> {
        let started = Instant::now();
        let suite = Suite::read(&self.features)?;
        let settings = Settings {
            features: suite.features,
            snapshots: suite.snapshots,
            target: self.target,
            update: Update::from_environment(Update::No),
            filter: Filter { tags: self.tags, name: self.name },
        };
        let chosen: Vec<Scenario> =
            suite.scenarios.into_iter().filter(|scenario| settings.filter.chooses(scenario)).collect();
        if chosen.is_empty() {
            let folder = settings.features.display();
            return Err(
                anyhow::anyhow!("no scenario in {folder} is chosen by these tags and this name").into()
            );
        }
        let plan = jobs::Plan {
            jobs: if settings.target.is_shared() { 1 } else { self.jobs.unwrap_or_else(processors) },
            seed: self.seed,
            fail_fast: self.fail_fast,
        };
        let mut progress = Progress { settings: &settings, format: self.format, done: 0, all: chosen.len() };
        progress.start();
        let reports = jobs::run(&chosen, &settings, plan, |report| progress.follow(report));
        let totals = Totals::of(&reports, started.elapsed());
        conclude(self.format, &reports, &totals, &settings, self.seed)?;
        if let Some(folder) = &self.out {
            write_out(folder, &reports, &totals, &settings)?;
        }
        if totals.failed > 0 { Err(Failure::Differs) } else { Ok(()) }
    }
}

/// Processors of this machine.
pub(super) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What is said while scenarios run.
struct Progress<'a> {
    settings: &'a Settings,
    format: Format,
    done: usize,
    all: usize,
}

impl Progress<'_> {
    fn start(&self) {
        if self.format == Format::Libtest {
            print_lines(&libtest(Libtest::Started(self.all), self.settings));
        }
    }

    fn follow(&mut self, report: &Report) {
        self.done += 1;
        match self.format {
            Format::Pretty => anstream::println!("{}", line(report, self.settings)),
            Format::Libtest => print_lines(&libtest(Libtest::Done(report), self.settings)),
            // Standard output belongs to the document at the end; who watches sees a count instead.
            Format::Junit | Format::Json if std::io::stderr().is_terminal() => {
                anstream::eprint!("\r{} of {}", self.done, self.all);
                if self.done == self.all {
                    anstream::eprintln!();
                }
                // A count that is late is no failure.
                let _ = std::io::stderr().flush();
            }
            Format::Junit | Format::Json => {}
        }
    }
}

fn print_lines(lines: &[serde_json::Value]) {
    for line in lines {
        anstream::println!("{line}");
    }
}

fn conclude(
    format: Format,
    reports: &[Report],
    totals: &Totals,
    settings: &Settings,
    seed: Option<u64>,
) -> anyhow::Result<()> {
    match format {
        Format::Pretty => {
            if settings.snapshots.is_none() {
                anstream::println!("no folder `snapshots` beside the features: ends were not compared");
            }
            let order = seed.map_or(String::new(), |seed| format!(", order drawn with --seed {seed}"));
            anstream::println!("{}{order}", closing(totals));
        }
        Format::Junit => anstream::println!("{}", junit(reports, settings)?),
        Format::Json => anstream::println!("{:#}", json(reports, totals, settings)),
        Format::Libtest => {
            let event = if totals.failed == 0 { "ok" } else { "failed" };
            anstream::println!(
                "{}",
                serde_json::json!({
                    "type": "suite",
                    "event": event,
                    "passed": totals.passed,
                    "failed": totals.failed,
                    "ignored": totals.skipped,
                    "measured": 0,
                    "filtered_out": 0,
                    "exec_time": totals.time.as_secs_f64(),
                })
            );
        }
    }
    Ok(())
}

fn write_out(folder: &Path, reports: &[Report], totals: &Totals, settings: &Settings) -> anyhow::Result<()> {
    let write = |path: PathBuf, text: String| -> anyhow::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(folder))
            .and_then(|()| fs::write(&path, text))
            .with_context(|| path.display().to_string())
    };
    write(folder.join("report.json"), format!("{:#}\n", json(reports, totals, settings)))?;
    write(folder.join("junit.xml"), junit(reports, settings)?)?;
    let failed = reports.iter().filter(|report| matches!(report.outcome, Outcome::Failed { .. }));
    for report in failed {
        if let Some(document) = &report.document {
            let place = report.scenario.snapshot(folder).with_extension("yaml");
            write(place, document.clone())?;
        }
    }
    Ok(())
}
