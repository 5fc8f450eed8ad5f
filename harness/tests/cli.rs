//! The command line as a user meets it: output, errors, exit codes.

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt, predicate};
use predicates::str::contains;
use std::fs;
use std::path::PathBuf;

fn assay() -> Command {
    Command::new(env!("CARGO_BIN_EXE_assay"))
}

fn fixture(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
}

#[test]
fn without_arguments_it_teaches_and_fails() {
    assay().assert().code(2).stderr(contains("Usage: assay").and(contains("assay quote")));
}

#[test]
fn the_version_names_the_commit() {
    assay()
        .arg("--version")
        .assert()
        .success()
        .stdout(predicate::str::is_match(r"^assay \d+\.\d+\.\d+ \(commit [^)]+\)\n$").unwrap());
}

#[test]
fn reference_prints_a_line_for_each_family_and_a_closing_line() {
    let assert =
        assay().arg("reference").arg(fixture("reference/subtensor-425/costs.json.zst")).assert().success();
    let output = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(output, "costs              200 passed      0 failed\n200 passed, 0 failed\n");
}

#[test]
fn a_vector_that_differs_is_named_with_field_and_both_values() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("anything.json");
    fs::write(
        &file,
        r#"{"cases": [
            {"id": "good", "kind": "point", "issuance": "0", "out": {"block_emission": "1000000000"}},
            {"id": "bad", "kind": "point", "issuance": "0", "out": {"block_emission": "7"}}
        ]}"#,
    )
    .unwrap();
    assay()
        .arg("reference")
        .arg(folder.path())
        .assert()
        .code(1)
        .stdout(contains("bad").and(contains("out.block_emission")))
        .stdout(contains("expected 7").and(contains("got      1000000000")))
        .stdout(predicate::str::ends_with("1 passed, 1 failed\n"));
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{\"cases\": [").unwrap();
    assay().args(["reference", "no/such/path"]).assert().code(2).stderr(contains("no/such/path"));
    assay().arg("reference").arg(&broken).assert().code(2).stderr(contains("broken.json is not JSON"));
    fs::remove_file(&broken).unwrap();
    assay().arg("reference").arg(folder.path()).assert().code(2).stderr(contains("no vector files"));
}

#[test]
fn features_that_are_not_there_are_an_error_of_their_own() {
    let missing = "cannot read the features in no/such/folder: No such file or directory";
    assay().args(["verify", "--features", "no/such/folder"]).assert().code(2).stderr(contains(missing));
}

#[test]
fn output_that_is_not_a_terminal_has_no_colours() {
    let assert =
        assay().arg("reference").arg(fixture("reference/subtensor-425/costs.json.zst")).assert().success();
    assert!(!assert.get_output().stdout.contains(&0x1b));
}
