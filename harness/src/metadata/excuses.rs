//! The committed list of differences that are meant, each with its reason.
//!
//! A difference that is not on the list fails, and so does a line of the list that excuses nothing any more.

use super::difference::{Difference, Kind};
use regex::Regex;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A list that cannot be used.
#[derive(Debug, Error)]
pub enum ExcusesError {
    /// The file cannot be read.
    #[error("cannot read the list of known differences {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not such a list.
    #[error("{path} is not a list of known differences: {source}")]
    Yaml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_yaml::Error,
    },
    /// A path cannot be a pattern.
    #[error("the path `{0}` of the list of known differences is not a pattern")]
    Pattern(String),
}

/// One reason with the differences that it explains.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    reason: String,
    /// Only differences of this kind; any if absent.
    #[serde(default)]
    only: Option<Kind>,
    /// Paths; `*` stands for any part of a name, `**` for any names.
    paths: Vec<String>,
}

#[derive(Clone, Debug)]
struct Excuse {
    reason: String,
    only: Option<Kind>,
    paths: Vec<(String, Regex)>,
}

/// All of the list.
#[derive(Clone, Debug, Default)]
pub struct Excuses(Vec<Excuse>);

/// Differences, sorted by whether the list has them.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Those that nobody meant.
    pub unexcused: Vec<Difference>,
    /// Those on the list, each with its reason.
    pub excused: Vec<(String, Difference)>,
    /// Paths of the list that excuse nothing, each with its reason.
    pub stale: Vec<(String, String)>,
}

impl Excuses {
    /// Reads a list.
    ///
    /// # Errors
    /// A file that cannot be read or is not such a list.
    pub fn read(path: &Path) -> Result<Self, ExcusesError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ExcusesError::Unreadable { path: path.to_owned(), source })?;
        let written: Vec<Written> = serde_yaml::from_str(&text)
            .map_err(|source| ExcusesError::Yaml { path: path.to_owned(), source })?;
        written.into_iter().map(compile).collect::<Result<_, _>>().map(Self)
    }

    /// The list of this repository.
    pub fn default_file() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/metadata-differences.yaml")
    }

    /// The reason for a difference of this kind at this path, if it is meant.
    pub fn reason(&self, path: &str, kind: Kind) -> Option<&str> {
        self.0.iter().find(|excuse| excuse.covers(path, kind)).map(|excuse| excuse.reason.as_str())
    }

    /// Sorts differences by whether they are meant.
    pub fn judge(&self, differences: Vec<Difference>) -> Verdict {
        let mut verdict = Verdict::default();
        for excuse in &self.0 {
            for (path, pattern) in &excuse.paths {
                let used = |difference: &Difference| {
                    excuse.is_of(difference.kind()) && pattern.is_match(&difference.path)
                };
                if !differences.iter().any(used) {
                    verdict.stale.push((path.clone(), excuse.reason.clone()));
                }
            }
        }
        for difference in differences {
            match self.reason(&difference.path, difference.kind()) {
                Some(reason) => verdict.excused.push((reason.to_owned(), difference)),
                None => verdict.unexcused.push(difference),
            }
        }
        verdict
    }
}

impl Excuse {
    fn is_of(&self, kind: Kind) -> bool {
        self.only.is_none_or(|only| only == kind)
    }

    fn covers(&self, path: &str, kind: Kind) -> bool {
        self.is_of(kind) && self.paths.iter().any(|(_, pattern)| pattern.is_match(path))
    }
}

fn compile(written: Written) -> Result<Excuse, ExcusesError> {
    let paths = written.paths.into_iter().map(|path| {
        let pattern = regex::escape(&path).replace(r"\*\*", ".*").replace(r"\*", "[^/]*");
        match Regex::new(&format!("^{pattern}$")) {
            Ok(pattern) => Ok((path, pattern)),
            Err(_) => Err(ExcusesError::Pattern(path)),
        }
    });
    Ok(Excuse { reason: written.reason, only: written.only, paths: paths.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    fn excuses(text: &str) -> Excuses {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.yaml");
        std::fs::write(&file, text).unwrap();
        Excuses::read(&file).unwrap()
    }

    fn missing(path: &str) -> Difference {
        Difference {
            path: path.into(),
            reference: Some(json!("1")),
            ours: None,
            versions: BTreeSet::from([14]),
        }
    }

    #[test]
    fn a_star_stays_inside_a_name_and_two_do_not() {
        let list = excuses("- {reason: r, paths: [pallets/*/index, apis/**]}");
        assert!(list.reason("pallets/EVM/index", Kind::Missing).is_some());
        assert!(list.reason("pallets/EVM/calls/index", Kind::Missing).is_none());
        assert!(list.reason("apis/Core/methods/version", Kind::Changed).is_some());
        assert!(list.reason("pallets/EVM/indexes", Kind::Missing).is_none());
    }

    #[test]
    fn what_excuses_nothing_is_stale() {
        let list = excuses(
            "- {reason: gone, only: missing, paths: [a, b]}\n- {reason: new, only: extra, paths: [a]}",
        );
        let verdict = list.judge(vec![missing("a"), missing("c")]);
        assert_eq!(verdict.excused, [("gone".to_owned(), missing("a"))]);
        assert_eq!(verdict.unexcused, [missing("c")]);
        assert_eq!(verdict.stale, [("b".into(), "gone".into()), ("a".into(), "new".into())]);
    }
}
