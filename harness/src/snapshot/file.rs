//! Snapshots on disk, in insta's file format: a header between lines of dashes, then the document.
//!
//! insta's own assertions want to stand in a test, know the source tree they were compiled in and report by panicking,
//! and `assay verify` is no test. So the comparison is here, for `cargo test` and `assay verify` alike, and only the
//! files and the environment variables are insta's: `NAME.snap` is what was accepted, `NAME.snap.new` what waits for
//! `cargo insta review`. In CI nothing is ever written.

use similar::{ChangeTag, TextDiff};
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use thiserror::Error;

/// What is done about a document that differs from its snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// It is reported.
    No,
    /// It is reported, and written beside the snapshot for review.
    New,
    /// It becomes the snapshot.
    Always,
}

impl Update {
    /// What the environment asks for; `unset` where it asks for nothing.
    ///
    /// `INSTA_UPDATE` is `no`, `new`, `always`, or as in insta `auto` (as if it were not set) and `unseen` (here as
    /// `new`). With `CI` set, it is always `no`.
    pub fn from_environment(unset: Self) -> Self {
        Self::from_settings(env::var("CI").ok().as_deref(), env::var("INSTA_UPDATE").ok().as_deref(), unset)
    }

    fn from_settings(ci: Option<&str>, update: Option<&str>, unset: Self) -> Self {
        match (ci, update) {
            (Some(ci), _) if !matches!(ci, "" | "0" | "false") => Self::No,
            (_, Some("always")) => Self::Always,
            (_, Some("new" | "unseen")) => Self::New,
            (_, Some("no")) => Self::No,
            _ => unset,
        }
    }
}

/// A document that is not as its snapshot.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// There is no snapshot.
    #[error("there is no snapshot {}; the run with INSTA_UPDATE=always writes it", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// They differ.
    #[error("the end differs from {} (-: the snapshot, +: this run)\n{difference}", path.display())]
    Differs {
        /// The snapshot.
        path: PathBuf,
        /// Lines that differ.
        difference: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Compares a document with the snapshot at `path`; `source` is the feature file, for the header.
///
/// # Errors
/// If they differ or there is no snapshot, unless it was written.
pub fn check(
    path: &Path,
    source: &str,
    scenario: &str,
    document: &str,
    update: Update,
) -> Result<(), SnapshotError> {
    let accepted = match fs::read_to_string(path) {
        Ok(text) => Some(content(&text).to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(SnapshotError::File { path: path.to_owned(), source }),
    };
    let pending = path.with_extension("snap.new");
    if accepted.as_deref().map(str::trim_end) == Some(document.trim_end()) {
        if update != Update::No && pending.exists() {
            fs::remove_file(&pending).map_err(|source| SnapshotError::File { path: pending, source })?;
        }
        return Ok(());
    }
    match update {
        Update::Always => return write(path, source, scenario, document),
        Update::New => write(&pending, source, scenario, document)?,
        Update::No => {}
    }
    Err(match accepted {
        None => SnapshotError::Missing { path: path.to_owned() },
        Some(accepted) => {
            SnapshotError::Differs { path: path.to_owned(), difference: difference(&accepted, document) }
        }
    })
}

/// The document without the header.
fn content(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    rest.split_once("\n---\n").map_or(text, |(_, content)| content)
}

fn write(path: &Path, source: &str, scenario: &str, document: &str) -> Result<(), SnapshotError> {
    let header = serde_json::json!(scenario);
    let text = format!("---\nsource: {source}\ndescription: {header}\n---\n{}\n", document.trim_end());
    let failed = |source| SnapshotError::File { path: path.to_owned(), source };
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
    fs::write(path, text).map_err(failed)
}

/// The lines that differ: each line of a document stands for itself.
fn difference(accepted: &str, document: &str) -> String {
    let (accepted, document) = (format!("{}\n", accepted.trim_end()), format!("{}\n", document.trim_end()));
    let diff = TextDiff::from_lines(&accepted, &document);
    let lines = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        tag => Some(format!("  {tag}{}", change.value().trim_end())),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_in_ci() {
        let always = Some("always");
        assert_eq!(Update::from_settings(Some("true"), always, Update::New), Update::No);
        assert_eq!(Update::from_settings(Some("1"), None, Update::New), Update::No);
        assert_eq!(Update::from_settings(None, always, Update::No), Update::Always);
        assert_eq!(Update::from_settings(Some("false"), Some("new"), Update::No), Update::New);
        assert_eq!(Update::from_settings(None, Some("auto"), Update::New), Update::New);
        assert_eq!(Update::from_settings(None, None, Update::No), Update::No);
    }

    #[test]
    fn a_difference_is_reported_and_written_only_where_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("area/scenario.snap");
        let run =
            |document: &str, update| check(&path, "features/area.feature", "a: \"b\"", document, update);

        assert!(matches!(run("one: 1\n", Update::No), Err(SnapshotError::Missing { .. })));
        assert!(!path.exists());
        run("one: 1\ntwo: 2\n", Update::Always).unwrap();
        run("one: 1\ntwo: 2\n", Update::No).unwrap();

        let error = run("one: 1\ntwo: 3\n", Update::No).unwrap_err().to_string();
        assert!(error.ends_with("  -two: 2\n  +two: 3"), "{error}");
        let pending = path.with_extension("snap.new");
        assert!(!pending.exists());
        assert!(run("one: 1\ntwo: 3\n", Update::New).is_err());
        assert!(pending.exists());
        run("one: 1\ntwo: 2\n", Update::New).unwrap();
        assert!(!pending.exists(), "what no longer differs needs no review");
    }

    #[test]
    fn insta_reads_what_is_written_here() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenario.snap");
        check(&path, "features/area.feature", "A name: with a colon", "one: 1\ntwo: 2\n", Update::Always)
            .unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder.path());
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("scenario", "one: 1\ntwo: 2\n"));
    }
}
