//! `assay sabotage` as a user meets it: exit codes, the table, the list.

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FEATURE: &str = "\
Feature: Waiting
  Scenario: A hundred blocks mint a hundred TAO
    Given a dev chain
    When 3 blocks pass
    Then SubtensorModule.LastEpochBlock(1) is 0
";

const FAULTS: &str = "\
faults:
  - name: frozen-counter
    wrong: The issuance stands still.
    section: 01, 4
    where: [waiting]
    rules:
      - {write: SubtensorModule.TotalIssuance, during: [start], when: rises, does: ignore}

  - name: never
    wrong: Nothing.
    section: 01, 4
    where: [waiting]
    rules:
      - {write: SubtensorModule.TotalIssuance, during: [end], does: ignore}

  - name: unseen
    wrong: The subnet is said to have registered nobody.
    section: 03, 2.1
    where: [waiting]
    rules:
      - {write: SubtensorModule.RegistrationsThisBlock, during: [start], does: add 1}
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("features")).unwrap();
    fs::write(folder.path().join("features/waiting.feature"), FEATURE).unwrap();
    fs::write(folder.path().join("faults.yaml"), FAULTS).unwrap();
    folder
}

fn sabotage(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    command.current_dir(folder).args(["sabotage", "--faults", "faults.yaml"]).args(arguments);
    command
}

#[test]
fn the_exit_code_tells_whether_everything_was_caught() {
    let folder = folder();
    let run = |arguments: &[&str]| sabotage(folder.path(), arguments).assert();
    run(&["--fault", "frozen-counter"]).code(0).stdout(
        contains("| frozen-counter | invariant issuance-counters-agree")
            .and(contains("control without a fault: 1 of 1 scenarios passed"))
            .and(contains("1 faults: 1 caught (1 by invariants, 0 by steps, 0 by snapshots) in ")),
    );
    run(&["--fault", "unseen"]).code(1).stdout(
        contains("nothing noticed, although it acted in 1 of 1 scenarios").and(contains("1 NOT caught")),
    );
    run(&["--fault", "never"])
        .code(1)
        .stdout(contains("its rules never apply").and(contains("1 never acted")));
    run(&[]).code(1).stdout(contains("3 faults: 1 caught"));
    run(&["--fault", "frozen-count"]).code(2).stderr(contains("did you mean `frozen-counter`?"));
    run(&["--features", "nowhere"]).code(2);
}

#[test]
fn a_scenario_that_fails_without_a_fault_fails_the_control() {
    let folder = folder();
    let wrong = FEATURE.replace("is 0", "is 7");
    fs::write(folder.path().join("features/waiting.feature"), wrong).unwrap();
    sabotage(folder.path(), &[])
        .assert()
        .code(1)
        .stdout(contains("FAILED without a fault").and(contains("0 of 1 scenarios passed")));
}

#[test]
fn the_list_is_shown_and_the_report_is_json() {
    let folder = folder();
    sabotage(folder.path(), &["--list"]).assert().code(0).stdout(
        contains("frozen-counter  (specification 01, 4)\n    The issuance stands still.")
            .and(contains("3 faults")),
    );
    let json = sabotage(folder.path(), &["--format", "json"]).assert().code(1);
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!((&json["caught"], &json["uncaught"], &json["idle"]), (&1.into(), &1.into(), &1.into()));
    let first = &json["verdicts"][0]["caught"];
    assert_eq!(first["by"]["invariants"][0], "issuance-counters-agree");
    assert_eq!(first["blocks_later"], 0);
}

#[test]
fn the_project_plants_what_it_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let list = assay::sabotage::list::read(&root.join("fixtures/sabotage.yaml")).unwrap();
    assert!(list.len() >= 50, "{} faults", list.len());
    // Where a fault should be noticed must be somewhere.
    let suite = assay::verify::Suite::read(&root.join("features")).unwrap();
    for fault in &list {
        for folder in &fault.folders {
            let is_there = suite.scenarios.iter().any(|scenario| scenario.id().starts_with(folder.as_str()));
            assert!(is_there, "{}: no scenario begins with {folder}", fault.name);
        }
    }
}
