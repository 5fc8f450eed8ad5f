//! For people.

use super::{Totals, failure_text};
use crate::verify::scenario::{Outcome, Report, Settings};
use anstyle::{AnsiColor, Style};

const PASS: Style = AnsiColor::Green.on_default();
const FAIL: Style = AnsiColor::Red.on_default().bold();
const SKIP: Style = AnsiColor::Yellow.on_default();

/// The lines of one scenario: one if it passed, and on failure also the step, the difference and the replay.
pub fn line(report: &Report, settings: &Settings) -> String {
    let id = report.scenario.id();
    match &report.outcome {
        Outcome::Passed => {
            let (milliseconds, blocks) = (report.time.as_millis(), report.blocks);
            format!("{PASS}passed{PASS:#}  {id} ({milliseconds} ms, {blocks} blocks)")
        }
        Outcome::Skipped { reason } => format!("{SKIP}skipped{SKIP:#} {id}: {reason}"),
        Outcome::Failed { .. } => {
            let text = failure_text(report).unwrap_or_default().replace('\n', "\n    ");
            let replay = settings.replay(&report.scenario);
            format!("{FAIL}FAILED{FAIL:#}  {id}\n    {text}\n    run it again: {replay}")
        }
    }
}

/// The last line: `12 passed, 1 failed, 0 skipped in 3.4 s, 5,678 blocks`.
pub fn closing(totals: &Totals) -> String {
    let style = if totals.failed > 0 { FAIL } else { PASS };
    let blocks = crate::amount::format_decimal(totals.blocks.into(), 0);
    let tenths = totals.time.as_millis() / 100;
    format!(
        "{style}{} passed, {} failed, {} skipped{style:#} in {}.{} s, {blocks} blocks",
        totals.passed,
        totals.failed,
        totals.skipped,
        tenths / 10,
        tenths % 10
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::examples::reports;
    use std::time::Duration;

    #[test]
    fn the_closing_line_counts() {
        let totals = Totals::of(&reports(), Duration::from_millis(3_456));
        let plain = anstream::adapter::strip_str(&closing(&totals)).to_string();
        assert_eq!(plain, "1 passed, 1 failed, 1 skipped in 3.4 s, 9 blocks");
    }
}
