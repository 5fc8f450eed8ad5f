//! `assay verify` and `assay steps` as a user meets them: exit codes, formats, and what is written where.

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FEATURE: &str = "\
Feature: Sending
  Background:
    Given a dev chain

  @good
  Scenario: It arrives
    When Alice transfers 3 TAO to Bob
    Then Bob has 1,000,003 TAO

  @bad
  Scenario: It does not
    When Alice transfers 3 TAO to Bob
    Then Bob has 3 TAO
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("features/area")).unwrap();
    fs::write(folder.path().join("features/area/sending.feature"), FEATURE).unwrap();
    folder
}

fn verify(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("assay").unwrap();
    command.env_remove("CI").env_remove("INSTA_UPDATE").current_dir(folder).arg("verify").args(arguments);
    command
}

#[test]
fn the_exit_code_tells_how_it_went() {
    let folder = folder();
    let good = ["--tags", "@good"];
    verify(folder.path(), &good).assert().code(0).stdout(contains("1 passed, 0 failed, 0 skipped in "));
    verify(folder.path(), &[]).assert().code(1).stdout(
        contains("features/area/sending.feature:13: Then Bob has 3 TAO")
            .and(contains("the balance of Bob is 1,000,003 TAO, not 3 TAO"))
            .and(contains("assay verify --features features --name '^area/sending::It does not$'"))
            .and(contains("1 passed, 1 failed, 0 skipped in ")),
    );
    verify(folder.path(), &["--tags", "@ugly"]).assert().code(2).stderr(contains("no scenario"));
    verify(folder.path(), &["--features", "nowhere"]).assert().code(2);
    verify(folder.path(), &["--target", "moon"]).assert().code(2);
    fs::write(folder.path().join("features/broken.feature"), "Feature\n").unwrap();
    verify(folder.path(), &good).assert().code(2).stderr(contains("broken.feature"));
}

#[test]
fn snapshots_are_written_only_where_asked() {
    let folder = folder();
    let snapshot = folder.path().join("snapshots/area/sending/it-arrives.snap");
    fs::create_dir(folder.path().join("snapshots")).unwrap();
    let good = ["--tags", "@good"];
    verify(folder.path(), &good).assert().code(1).stdout(contains("there is no snapshot"));
    verify(folder.path(), &good).env("INSTA_UPDATE", "always").env("CI", "true").assert().code(1);
    assert!(!snapshot.exists());
    verify(folder.path(), &good).env("INSTA_UPDATE", "always").assert().code(0);
    assert!(fs::read_to_string(&snapshot).unwrap().contains("System.Account(Bob): 1,000,003 TAO"));
    verify(folder.path(), &good).assert().code(0);
}

#[test]
fn reports_are_written_in_their_formats() {
    let folder = folder();
    let json = verify(folder.path(), &["--format", "json", "--out", "reports"]).assert().code(1);
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["failed"], 1);
    let written = fs::read_to_string(folder.path().join("reports/report.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), json);
    assert!(fs::read_to_string(folder.path().join("reports/junit.xml")).unwrap().contains("It does not"));

    verify(folder.path(), &["--format", "junit"]).assert().code(1).stdout(contains("<testsuites"));
    let lines = verify(folder.path(), &["--format", "libtest"]).assert().code(1);
    let lines = String::from_utf8(lines.get_output().stdout.clone()).unwrap();
    let events: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.first().unwrap()["test_count"], 2);
    assert_eq!(events.last().unwrap()["event"], "failed");
}

#[test]
fn the_catalogue_is_printed() {
    let mut command = Command::cargo_bin("assay").unwrap();
    command
        .args(["steps", "transfers"])
        .assert()
        .code(0)
        .stdout(contains("When Alice transfers 3 TAO to Bob"));
    let mut command = Command::cargo_bin("assay").unwrap();
    command.args(["steps", "xyzzy"]).assert().code(2);
}
