//! `assay reference`: compares our arithmetic with vectors of the real chain.

use super::Failure;
use crate::reference::{self, CaseFailure, Report};
use anstyle::{AnsiColor, Style};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Compare with vectors of the real chain, bit for bit.
///
/// Takes any files or folders of vectors (`*.json`, `*.json.zst`); the format is explained in
/// fixtures/reference/README.md. Prints a line for each family of cases, then each failed case with the field that
/// differs, what the real chain gave and what was found here, and closes with `N passed, N failed`.
#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 every case agrees, 1 a case differs, 2 a file cannot be read.")]
pub struct Reference {
    /// Files or folders of vectors
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Show at most this many failed cases
    #[arg(long, value_name = "N", default_value_t = 20)]
    failures: usize,
}

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
        let report = reference::check(&files, |path| {
            if follows_along {
                anstream::eprintln!("reading {}", path.display());
            }
        })?;
        print(&report, self.failures);
        if report.failed() > 0 { Err(Failure::Differs) } else { Ok(()) }
    }
}

fn print(report: &Report, failures_shown: usize) {
    for (family, summary) in &report.families {
        let style = if summary.failed == 0 { PASS } else { FAIL };
        anstream::println!(
            "{style}{:<16}{style:#}{:>6} passed {:>6} failed",
            family.name(),
            summary.passed,
            summary.failed
        );
    }
    for ((path, kind), count) in &report.skipped {
        anstream::println!(
            "{SKIP}skipped{SKIP:#} {count} cases of kind `{kind}` in {}: not a family known here",
            path.display()
        );
    }
    for failure in report.failures.iter().take(failures_shown) {
        print_failure(failure);
    }
    let hidden = report.failures.len().saturating_sub(failures_shown);
    if hidden > 0 {
        anstream::println!("... and {hidden} more failed cases (--failures N shows more)");
    }
    let skipped = match report.skipped_cases() {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    anstream::println!("{} passed, {} failed{skipped}", report.passed(), report.failed());
}

fn print_failure(failure: &CaseFailure) {
    anstream::println!(
        "{FAIL}FAILED{FAIL:#} {} {} ({})",
        failure.family.name(),
        failure.id,
        failure.file.display()
    );
    for difference in failure.differences.iter().take(FIELDS_SHOWN) {
        anstream::println!("    {}", difference.field);
        anstream::println!("        expected {}", difference.expected);
        anstream::println!("        got      {}", difference.got);
    }
    let hidden = failure.differences.len().saturating_sub(FIELDS_SHOWN);
    if hidden > 0 {
        anstream::println!("    ... and {hidden} more fields");
    }
}
