//! Finding and reading vector files.

use super::case::CaseError;
use serde_json::{Map, Value};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use thiserror::Error;
use walkdir::WalkDir;

/// A path or file that cannot be used.
#[derive(Debug, Error)]
pub enum FileError {
    /// The path cannot be walked or opened.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The path given or found.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not JSON.
    #[error("{} is not JSON", path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The file is JSON but not a vector file.
    #[error("{} is not a vector file: {problem}", path.display())]
    NotVectors {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        problem: &'static str,
    },
    /// The file is a table with an entry that its family cannot read.
    #[error("{}: {source}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What cannot be read.
        source: CaseError,
    },
    /// No vector file was found.
    #[error("no vector files (*.json, *.json.zst) under {0}")]
    NothingFound(String),
}

/// All vector files among `paths`: files as given, folders searched for `*.json` and `*.json.zst`, in name order.
///
/// # Errors
/// A path that does not exist, a folder that cannot be read, or no vector file at all.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, FileError> {
    let mut files = Vec::new();
    for path in paths {
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| FileError::Unreadable {
                path: error.path().unwrap_or(path).to_owned(),
                source: error.into(),
            })?;
            let given_by_name = entry.depth() == 0;
            if entry.file_type().is_file() && (given_by_name || has_vector_name(entry.path())) {
                files.push(entry.into_path());
            }
        }
    }
    if files.is_empty() {
        let searched: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(FileError::NothingFound(searched.join(", ")));
    }
    Ok(files)
}

fn has_vector_name(path: &Path) -> bool {
    let is = |path: &Path, extension: &str| {
        path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
    };
    is(path, "json") || (is(path, "zst") && path.file_stem().is_some_and(|stem| is(Path::new(stem), "json")))
}

/// One vector file.
pub(super) struct VectorFile {
    /// Its cases.
    pub cases: Vec<Map<String, Value>>,
    /// What its cases share: tables of accounts, states to start from. All of the file, where it is a table.
    pub shared: Map<String, Value>,
    /// Whether it holds no list of cases but a table.
    pub is_table: bool,
}

/// Reads one file.
pub(super) fn read_file(path: &Path) -> Result<VectorFile, FileError> {
    let text = read(path).map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
    let file: Value = serde_json::from_slice(&text)
        .map_err(|source| FileError::NotJson { path: path.to_owned(), source })?;
    let not_vectors = |problem| FileError::NotVectors { path: path.to_owned(), problem };
    let Value::Object(mut shared) = file else { return Err(not_vectors("it is not one JSON object")) };
    let is_table = !shared.contains_key("cases");
    let cases = match shared.remove("cases") {
        None => Vec::new(),
        Some(Value::Array(cases)) if cases.is_empty() => {
            return Err(not_vectors("its list `cases` is empty"));
        }
        Some(Value::Array(cases)) => cases,
        Some(_) => return Err(not_vectors("`cases` is not a list")),
    };
    let cases: Result<_, FileError> = cases
        .into_iter()
        .map(|case| match case {
            Value::Object(case) => Ok(case),
            _ => Err(not_vectors("a case is not an object")),
        })
        .collect();
    Ok(VectorFile { cases: cases?, shared, is_table })
}

/// The most bytes that a compressed file may unfold into, a hundred times what any vector file has: a few kilobytes can
/// stand for terabytes.
const MOST: u64 = 1 << 30;

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if path.extension().is_some_and(|extension| extension == "zst") {
        return unfold(&bytes, MOST);
    }
    Ok(bytes)
}

/// The text of compressed bytes, if it is no longer than `most`.
fn unfold(bytes: &[u8], most: u64) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let read = zstd::Decoder::new(bytes)?.take(most).read_to_end(&mut text)?;
    if u64::try_from(read) == Ok(most) {
        return Err(std::io::Error::other(format!("it unfolds into {most} bytes or more")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unfolds_beyond_all_reason_is_refused() {
        let bytes = zstd::encode_all([0; 1_000].as_slice(), 3).unwrap();
        assert!(bytes.len() < 100);
        assert_eq!(unfold(&bytes, 1_001).unwrap(), [0; 1_000]);
        assert_eq!(unfold(&bytes, 1_000).unwrap_err().to_string(), "it unfolds into 1000 bytes or more");
    }
}
