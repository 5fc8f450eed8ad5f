//! Every vector of the reference passes bit for bit.

use assay::reference::{self, Family};
use std::path::{Path, PathBuf};

fn check(family: Family) {
    check_file(family.name());
}

fn check_file(name: &str) {
    check_files("subtensor-425", name);
}

fn check_files(folder: &str, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference").join(folder);
    let names: [PathBuf; 2] = ["json", "json.zst"].map(|end| folder.join(format!("{name}.{end}")));
    let files: Vec<_> = names.into_iter().filter(|path| path.exists()).collect();
    assert!(!files.is_empty(), "no vectors of {name} in {}", folder.display());
    let report = reference::check(&files, |_| ()).expect("the vectors can be read");
    let shown: Vec<String> = report.failures.iter().take(10).map(|failure| format!("{failure:#?}")).collect();
    assert!(report.failures.is_empty(), "{} failed\n{}", report.failed(), shown.join("\n"));
    assert!(report.passed() > 0, "a family without cases proves nothing");
    assert_eq!(report.skipped_cases(), 0, "kinds that nobody recomputes: {:?}", report.skipped);
}

#[test]
fn swap() {
    check(Family::Swap);
}

#[test]
fn block_emission() {
    check(Family::BlockEmission);
}

#[test]
fn epoch() {
    check(Family::Epoch);
}

#[test]
fn costs() {
    check(Family::Costs);
}

#[test]
fn formulas() {
    check(Family::Formulas);
}

#[test]
fn coinbase() {
    check(Family::Coinbase);
}

#[test]
fn traces() {
    check(Family::Traces);
}

#[test]
fn traces_fuzz() {
    check_file("traces-fuzz");
}

#[test]
fn traces_paths() {
    check_file("traces-paths");
}

#[test]
fn constants() {
    check(Family::Constants);
}

#[test]
fn fresh_chain() {
    check(Family::FreshChain);
}

#[test]
fn metadata() {
    check(Family::Metadata);
}

#[test]
fn slashing() {
    for name in ["amounts", "bonds", "receipt", "reports"] {
        check_files("slashing", name);
    }
}
