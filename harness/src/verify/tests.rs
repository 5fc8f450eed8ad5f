//! The harness can fail: each of these scenarios must, and say why.

use super::report::{Libtest, Totals, failure_text, json, junit, libtest};
use super::{Filter, Outcome, Report, Scenario, Settings, Suite, jobs, scenario};
use crate::snapshot::file::Update;
use crate::world::start::Target;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Scenarios that must fail, each with a part of what must be said.
const FAILURES: &[(&str, &str)] = &[
    ("Then nothing changed\n", "not one"),
    ("When Alice transfers 3 TAO to Bob\nThen nothing changed", "System.Account(Bob): 1,000,003 TAO"),
    (
        "When Alice transfers 3 TAO to Bob\nThen Bob has 3 TAO",
        "the balance of Bob is 1,000,003 TAO, not 3 TAO",
    ),
    ("When Alice transfers 3 TAO to Bob\nThen Alice has 999,998 TAO less fees", "999,998 TAO less 0.000"),
    ("When Alice transfers 3 TAO to Bob\nThen the call is refused with AmountTooLow", "succeeded"),
    ("When Alice transfers 1 rao to nobody\nThen the call succeeds", "refused with Token.BelowMinimum"),
    (
        "When Alice transfers 1 rao to nobody\nThen the call is refused with AmountTooLow",
        "not with AmountTooLow",
    ),
    ("When Alice transfers 1 rao to nobody", "no step expects that"),
    ("When Alice transfers 1 rao to nobody\nAnd 1 block passes", "no step expects that"),
    ("Given Alice transfers 1 rao to nobody", "refused with Token.BelowMinimum"),
    ("When nobody transfers 1 TAO to Alice", "no step expects that"),
    ("When Alice transfer 3 TAO to Bob", "did you mean `When Alice transfers 3 TAO to Bob`?"),
    ("When 1 block passes\nThen the call succeeds", "made no call"),
    ("Then SubtensorModule.SubnetTao(1) is 1 TAO", "did you mean `SubtensorModule.SubnetTAO`?"),
    ("Then Subtensor.SubnetTAO(1) is 1 TAO", "did you mean `SubtensorModule`?"),
    ("Then SubtensorModule.SubnetTAO(1) is 2 TAO", "is 1 TAO, not 2 TAO"),
    ("Then SubtensorModule.SubnetTAO(1) exceeds 1 TAO", "is 1 TAO, not more than 1 TAO"),
    ("Then SubtensorModule.SubnetTAO(1) stays below 1 TAO", "is 1 TAO, not less than 1 TAO"),
    ("Then SubtensorModule.SubnetTAO(1) is 3.5", "not a whole number"),
    ("Then SubtensorModule.SubnetTAO(1) is none", "is 1,000,000,000, not none"),
    ("Then SubtensorModule.Uids(1) is 0", "takes 2 keys, and 1 are given"),
    ("When Alice calls SubtensorModule.addstake", "did you mean `SubtensorModule.add_stake`?"),
    (
        "When Alice calls SubtensorModule.add_stake\n  | hotkey | Bob |\n  | netuid | 2 |",
        "`amount_staked` is missing",
    ),
    ("When Alice calls SubtensorModule.start_call\n  | subnet | 2 |", "there is no argument `subnet`"),
    ("When Alice transfers 3 TAO to Bob\nThen event StakeAdded is emitted", "Balances.Transfer"),
    ("When Alice transfers 3 TAO to Bob\nThen event Balances.Transfer is not emitted", "was emitted 1 times"),
    ("When Alice transfers 3 TAO to Bob\nThen event Balances.Transfer is emitted 2 times", "1 times, not 2"),
    (
        "When Alice transfers 3 TAO to Bob\nThen event Transfer is emitted\n  | amount | 4 TAO |",
        "is 3 TAO, not 4 TAO",
    ),
    ("When 1 block passes\nThen event Foo is emitted", "no event `Foo`"),
    (
        "When Alice transfers 3 TAO to Bob\nThen System.Account(Bob).data.free has grown by 4 TAO",
        "has grown by",
    ),
    ("Then nothing is stored at SubtensorModule.SubnetTAO(1)", "is stored, not absent"),
    ("Then a value is stored at SubtensorModule.Delegates(miner1)", "is absent, not stored"),
    ("When 3 blocks pass\nThen block 2 is reached", "there is no step"),
    ("When 3 blocks pass\nAnd block 2 is reached", "block 3 is reached already"),
    ("Given a dev chain", "has a chain already"),
];

fn settings(folder: &Path, snapshots: bool, update: Update) -> Settings {
    Settings {
        features: folder.join("features"),
        snapshots: snapshots.then(|| folder.join("snapshots")),
        target: Target::Memory,
        update,
        filter: Filter::default(),
    }
}

/// The scenarios of a feature whose scenarios are these steps after `Given a dev chain`.
fn suite(folder: &Path, scenarios: &[&str]) -> Vec<Scenario> {
    let mut text = "Feature: Planted\n".to_owned();
    for (number, steps) in scenarios.iter().enumerate() {
        let steps = steps.replace('\n', "\n    ");
        writeln!(text, "  Scenario: number {number}\n    Given a dev chain\n    {steps}").unwrap();
    }
    fs::create_dir_all(folder.join("features")).unwrap();
    fs::write(folder.join("features/planted.feature"), text).unwrap();
    Suite::read(&folder.join("features")).unwrap().scenarios
}

fn run(folder: &Path, scenarios: &[&str]) -> Vec<Report> {
    let settings = settings(folder, false, Update::No);
    let plan = jobs::Plan { jobs: 2, seed: Some(1), fail_fast: false };
    jobs::run(&suite(folder, scenarios), &settings, plan, |_| {})
}

#[test]
fn what_does_not_hold_fails_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let steps: Vec<&str> = FAILURES.iter().map(|(steps, _)| *steps).collect();
    for (report, (steps, wanted)) in run(folder.path(), &steps).iter().zip(FAILURES) {
        let text = failure_text(report).unwrap_or_else(|| panic!("this passed:\n{steps}"));
        assert!(text.contains(wanted), "{text}\n\ndoes not say: {wanted}");
    }
}

#[test]
fn the_same_scenario_ends_in_the_same_document() {
    let folder = tempfile::tempdir().unwrap();
    let steps = "When Alice transfers 3 TAO to Bob\nAnd 20 blocks pass\nThen Bob has 1,000,003 TAO";
    let reports = run(folder.path(), &[steps, steps]);
    assert_eq!(reports[0].outcome, Outcome::Passed);
    assert_eq!(reports[0].blocks, 21);
    assert!(reports[0].document.as_ref().unwrap().contains("System.Account(Bob): 1,000,003 TAO"));
    assert_eq!(reports[0].document, reports[1].document);
}

#[test]
fn an_end_that_differs_fails_with_the_lines_that_differ() {
    let folder = tempfile::tempdir().unwrap();
    let first = suite(folder.path(), &["When Alice transfers 3 TAO to Bob"]);
    let with = |update| settings(folder.path(), true, update);
    let missing = scenario::run(&first[0], &with(Update::No));
    assert!(failure_text(&missing).unwrap().contains("there is no snapshot"));
    assert_eq!(scenario::run(&first[0], &with(Update::Always)).outcome, Outcome::Passed);
    assert_eq!(scenario::run(&first[0], &with(Update::No)).outcome, Outcome::Passed);

    let changed = suite(folder.path(), &["When Alice transfers 4 TAO to Bob"]);
    let text = failure_text(&scenario::run(&changed[0], &with(Update::No))).unwrap();
    assert!(text.contains("-  System.Account(Bob): 1,000,003 TAO"), "{text}");
    assert!(text.contains("+  System.Account(Bob): 1,000,004 TAO"), "{text}");
}

#[test]
fn nothing_new_is_started_after_a_failure_if_asked() {
    let folder = tempfile::tempdir().unwrap();
    let scenarios = suite(folder.path(), &["Then Bob has 1 TAO", "When 1 block passes"]);
    let plan = jobs::Plan { jobs: 1, seed: None, fail_fast: true };
    let reports = jobs::run(&scenarios, &settings(folder.path(), false, Update::No), plan, |_| {});
    assert!(matches!(reports[0].outcome, Outcome::Failed { .. }));
    assert!(matches!(reports[1].outcome, Outcome::Skipped { .. }));
}

#[test]
fn every_format_tells_the_same() {
    let reports = super::report::examples::reports();
    let settings = settings(Path::new("/"), false, Update::No);
    let totals = Totals::of(&reports, Duration::from_secs(2));

    let object = json(&reports, &totals, &settings);
    assert_eq!((&object["passed"], &object["failed"], &object["skipped"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(object["scenarios"][1]["name"], "staking/add::A bad one");
    assert!(
        object["scenarios"][1]["replay"].as_str().unwrap().ends_with("--name '^staking/add::A bad one$'")
    );

    let xml = junit(&reports, &settings).unwrap();
    assert!(xml.contains("tests=\"3\"") && xml.contains("failures=\"1\""), "{xml}");
    assert!(xml.contains("A &lt;good&gt; one"), "{xml}");

    let events: Vec<_> = reports
        .iter()
        .flat_map(|report| libtest(Libtest::Done(report), &settings))
        .map(|line| line["event"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(events, ["started", "ok", "started", "failed", "started", "ignored"]);
}
