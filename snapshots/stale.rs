//! Every snapshot belongs to a scenario.

use assay::verify::Suite;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

#[test]
fn no_snapshot_outlives_its_scenario() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let snapshots = root.join("snapshots");
    let suite = Suite::read(&root.join("features")).expect("the features can be read");
    let wanted: BTreeSet<PathBuf> =
        suite.scenarios.iter().map(|scenario| scenario.snapshot(&snapshots)).collect();
    let files =
        walkdir::WalkDir::new(&snapshots).into_iter().map(|entry| entry.expect("can be read").into_path());
    let stale: Vec<PathBuf> =
        files.filter(|path| path.extension() == Some(OsStr::new("snap")) && !wanted.contains(path)).collect();
    assert!(stale.is_empty(), "no scenario ends in {stale:#?}");
}
