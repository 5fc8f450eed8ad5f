//! `assay reference`: compares our arithmetic with vectors of the real chain.

use super::Failure;
use crate::reference::{self, CaseFailure, Progress, Report, Selection};
use anstyle::{AnsiColor, Style};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Compare with vectors of the real chain, bit for bit.
///
/// Takes any files or folders of vectors (`*.json`, `*.json.zst`); the format is explained in
/// fixtures/reference/README.md. Prints a line for each family of cases, then each failed case with the field that
/// differs, what the real chain gave and what was found here, and closes with `N passed, N failed`.
///
/// Cases of the families `coinbase` and `traces` are replayed on the runtime of this build, step by step: results,
/// all events, every storage entry, derived values and the weight of calls. A replay ends at the first step that
/// differs, unless `--keep-going` is given.
///
/// Tables (`constants`, `fresh_chain`, `metadata`) are compared entry by entry. Entries that are meant to differ are
/// counted apart, with the reasons of fixtures/reference/metadata-differences.yaml.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Reference {
    /// Files or folders of vectors
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Show at most this many failed cases
    #[arg(long, value_name = "N", default_value_t = 20)]
    failures: usize,
    /// Run only cases of this kind (the field `kind` of a case); may be given more than once
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Run only the case with this id; may be given more than once
    #[arg(long = "case", value_name = "ID")]
    cases: Vec<String>,
    /// After a step of a replay that differs, take over the recorded state and go on, to see every step that differs
    #[arg(long)]
    keep_going: bool,
    /// In replays, leave the declared weights of calls out of the comparison
    #[arg(long)]
    without_weights: bool,
    /// Show every field that differs of a failed case, not only the first ones
    #[arg(long)]
    all_fields: bool,
}

const AFTER_HELP: &str = "\
Examples:
  assay reference fixtures/reference
  assay reference traces.json.zst --kind stake --kind locks
  assay reference traces.json.zst --case trace-38-lock-stake --keep-going --all-fields

Exit codes: 0 every case agrees, 1 a case differs or is of no kind known here, 2 a file cannot be read.";

/// Differing fields shown for one failed case.
const FIELDS_SHOWN: usize = 8;

const PASS: Style = AnsiColor::Green.on_default();
const FAIL: Style = AnsiColor::Red.on_default().bold();
const SKIP: Style = AnsiColor::Yellow.on_default();

impl Reference {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if a case differs, [`Failure::CouldNotRun`] if a path cannot be read.
    pub fn run(&self) -> Result<(), Failure> {
        let files = reference::find(&self.paths)?;
        let follows_along = std::io::stderr().is_terminal();
        let selection = Selection {
            kinds: self.kinds.clone(),
            cases: self.cases.clone(),
            keep_going: self.keep_going,
            without_weights: self.without_weights,
        };
        let report = reference::check_selected(&files, &selection, |now| {
            if follows_along {
                show_progress(now);
            }
        })?;
        let selects = !(self.kinds.is_empty() && self.cases.is_empty());
        if selects
            && report.passed() + report.failed() + report.skipped_cases() + report.meant_to_differ() == 0
        {
            return Err(anyhow::anyhow!("no case has this kind and this id").into());
        }
        let fields = if self.all_fields { usize::MAX } else { FIELDS_SHOWN };
        print(&report, self.failures, fields);
        if report.failed() + report.skipped_cases() > 0 { Err(Failure::Differs) } else { Ok(()) }
    }
}

/// One line that counts up, for as long as a file takes.
fn show_progress(now: Progress) {
    let end = if now.done == now.total { "\n" } else { "" };
    anstream::eprint!("\r{}: {} of {} cases{end}", now.file.display(), now.done, now.total);
}

fn print(report: &Report, failures_shown: usize, fields_shown: usize) {
    for (family, summary) in &report.families {
        let style = if summary.failed == 0 { PASS } else { FAIL };
        anstream::println!(
            "{style}{:<16}{style:#}{:>6} passed {:>6} failed",
            family.name(),
            summary.passed,
            summary.failed
        );
    }
    for ((family, reason), count) in &report.meant {
        anstream::println!("{SKIP}meant{SKIP:#}   {count} entries of {} differ: {reason}", family.name());
    }
    for ((path, kind), count) in &report.skipped {
        anstream::println!(
            "{FAIL}UNKNOWN{FAIL:#} {count} cases of kind `{kind}` in {}: of no family known here",
            path.display()
        );
    }
    for failure in report.failures.iter().take(failures_shown) {
        print_failure(failure, fields_shown);
    }
    let hidden = report.failures.len().saturating_sub(failures_shown);
    if hidden > 0 {
        anstream::println!("... and {hidden} more failed cases (--failures N shows more)");
    }
    let beside =
        |count: usize, what: &str| if count == 0 { String::new() } else { format!(", {count} {what}") };
    let unknown = beside(report.skipped_cases(), "of unknown kinds");
    anstream::println!("{} passed, {} failed{unknown}", report.passed(), report.failed());
}

fn print_failure(failure: &CaseFailure, fields_shown: usize) {
    anstream::println!(
        "{FAIL}FAILED{FAIL:#} {} {} ({})",
        failure.family.name(),
        failure.id,
        failure.file.display()
    );
    for difference in failure.differences.iter().take(fields_shown) {
        anstream::println!("    {}", difference.field);
        anstream::println!("        expected {}", difference.expected);
        anstream::println!("        got      {}", difference.got);
    }
    let hidden = failure.differences.len().saturating_sub(fields_shown);
    if hidden > 0 {
        anstream::println!("    ... and {hidden} more fields (--all-fields shows them)");
    }
}
