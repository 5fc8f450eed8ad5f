//! One test per scenario, by its name: `cargo test -- staking`, `--list`, `--exact` and nextest work as with any test.

use assay::snapshot::file::Update;
use assay::verify::report::failure_text;
use assay::verify::{Filter, Outcome, Scenario, Settings, Suite, scenario};
use assay::world::start::Target;
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let suite = match Suite::read(&root.join("features")) {
        Ok(suite) => suite,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let settings = Arc::new(Settings {
        features: suite.features,
        snapshots: Some(root.join("snapshots")),
        target: Target::Memory,
        // As with insta: a difference is written beside the snapshot for `cargo insta review`, but not in CI.
        update: Update::from_environment(Update::New),
        filter: Filter::default(),
    });
    let trials = suite.scenarios.into_iter().map(|scenario| trial(scenario, settings.clone())).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(scenario: Scenario, settings: Arc<Settings>) -> Trial {
    let name = scenario.id();
    let skipped = scenario.skipped_on(&settings.target).is_some();
    let run = move || {
        let report = scenario::run(&scenario, &settings);
        match report.outcome {
            Outcome::Passed | Outcome::Skipped { .. } => Ok(()),
            Outcome::Failed { .. } => {
                let text = failure_text(&report).unwrap_or_default();
                Err(Failed::from(format!("{text}\nrun it again: {}", settings.replay(&report.scenario))))
            }
        }
    };
    Trial::test(name, run).with_ignored_flag(skipped)
}
