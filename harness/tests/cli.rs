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
fn what_no_family_knows_is_a_failure_and_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let check = |text: &str| {
        fs::write(&file, text).unwrap();
        assay().arg("reference").arg(&file).assert()
    };
    check(r#"{"cases": [{"id": "a", "kind": "weather", "sunny": true}]}"#).code(1).stdout(
        contains("1 cases of kind `weather`").and(contains("0 passed, 0 failed, 1 of unknown kinds")),
    );
    check(r#"{"cases": [{"id": "a", "kind": "x", "issuance": "0", "out": {"block_emission": "1000000000"}, "tax": "1"}]}"#)
        .code(1)
        .stdout(contains("tax").and(contains("no field that is known here")));
    check(r#"{"cases": []}"#).code(2).stderr(contains("its list `cases` is empty"));
    check(r#"{"weather": []}"#).code(2).stderr(contains("no table of constants"));
    check(r#"{"storage_defaults": {}, "accounts": [], "weather": []}"#).code(2).stderr(contains("weather"));
    check(r#"{"genesis_state": {}}"#).code(2).stderr(contains("diff_of_on_runtime_upgrade"));
}

#[test]
fn entries_of_tables_are_cases() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(fixture("reference/subtensor-425/fresh_chain.json")).unwrap();
    let mut table: serde_json::Value = serde_json::from_str(&text).unwrap();
    table["genesis_state"]["SubtensorModule.Tempo(1)"] = "99".into();
    let file = folder.path().join("fresh.json");
    fs::write(&file, table.to_string()).unwrap();
    assay()
        .arg("reference")
        .arg(&file)
        .assert()
        .code(1)
        .stdout(contains("FAILED fresh_chain SubtensorModule.Tempo(1)").and(contains("expected 99")))
        .stdout(contains("147 passed, 1 failed"));
    let one = ["--case", "SubtensorModule.Tempo(0)"];
    assay().arg("reference").arg(&file).args(one).assert().code(0).stdout(contains("1 passed, 0 failed"));
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
