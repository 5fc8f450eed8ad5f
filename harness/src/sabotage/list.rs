//! The list of faults, read from YAML.

use super::items::NAMES;
use super::rule::{Nonsense, Rule, Text};
use crate::nearest::did_you_mean;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use thiserror::Error;

/// The list of this project.
pub const USUAL: &str = "fixtures/sabotage.yaml";

/// A list of faults that cannot be used.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("the list of faults {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not such a list.
    #[error("{}: {source}", path.display())]
    Yaml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_yaml::Error,
    },
    /// A fault makes no sense.
    #[error("{}:{line}: the fault {fault}: {problem}", path.display())]
    Fault {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// The fault's name.
        fault: String,
        /// What is wrong with it.
        problem: String,
    },
    /// There is no such fault.
    #[error("{} has no fault `{name}`{suggestion} (`assay sabotage --list` shows all)", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The name asked for.
        name: String,
        /// What may have been meant.
        suggestion: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    faults: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    wrong: String,
    section: String,
    r#where: Vec<String>,
    #[serde(default)]
    devnet: bool,
    rules: Vec<Text>,
}

/// A fault.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its name.
    pub name: String,
    /// What goes wrong, in the terms of the protocol.
    pub wrong: String,
    /// Where the specification says how it would be right.
    pub section: String,
    /// Beginnings of the names of the features that should notice, the likeliest first.
    pub folders: Vec<String>,
    /// Whether it is planted in a node of a network as well, if nobody says which faults are.
    pub devnet: bool,
    /// What makes it go wrong.
    pub rules: Arc<[Rule]>,
}

/// Reads a list of faults.
///
/// # Errors
/// A file that cannot be read, is no list, or has a fault that makes no sense.
pub fn read(path: &Path) -> Result<Vec<Fault>, ListError> {
    let text =
        fs::read_to_string(path).map_err(|source| ListError::Unreadable { path: path.to_owned(), source })?;
    parse(path, &text)
}

/// Reads a list of faults from the text of the file at `path`.
///
/// # Errors
/// A text that is no list, or has a fault that makes no sense.
pub fn parse(path: &Path, text: &str) -> Result<Vec<Fault>, ListError> {
    let file: File =
        serde_yaml::from_str(text).map_err(|source| ListError::Yaml { path: path.to_owned(), source })?;
    let mut names = BTreeSet::new();
    file.faults
        .into_iter()
        .map(|entry| {
            let name = entry.name.clone();
            let first = names.insert(name.clone());
            let fault = if first { of(entry) } else { Err(twice(&name)) };
            fault.map_err(|nonsense| ListError::Fault {
                path: path.to_owned(),
                line: line_of(text, &name, &nonsense.word),
                fault: name,
                problem: nonsense.problem,
            })
        })
        .collect()
}

/// The fault of a name in the list that the file at `path` has.
///
/// # Errors
/// [`ListError::Unknown`]
pub fn find<'a>(path: &Path, faults: &'a [Fault], name: &str) -> Result<&'a Fault, ListError> {
    faults.iter().find(|fault| fault.name == name).ok_or_else(|| {
        let suggestion = did_you_mean(name, faults.iter().map(|fault| &fault.name));
        ListError::Unknown { path: path.to_owned(), name: name.to_owned(), suggestion }
    })
}

fn of(entry: Entry) -> Result<Fault, Nonsense> {
    if NAMES.items.is_empty() {
        return Err(plain("the metadata of this build is not of version 14"));
    }
    if entry.rules.is_empty() {
        return Err(plain("it has no rule, so nothing would go wrong"));
    }
    if entry.r#where.is_empty() {
        return Err(plain("`where` names no feature that should notice"));
    }
    let rules: Vec<Rule> = entry.rules.iter().map(Rule::read).collect::<Result<_, _>>()?;
    Ok(Fault {
        name: entry.name,
        wrong: entry.wrong,
        section: entry.section,
        folders: entry.r#where,
        devnet: entry.devnet,
        rules: rules.into(),
    })
}

fn plain(problem: &str) -> Nonsense {
    Nonsense { word: String::new(), problem: problem.to_owned() }
}

fn twice(name: &str) -> Nonsense {
    Nonsense { word: String::new(), problem: format!("there are two faults `{name}`") }
}

/// The line of a word of a fault: the first with it from the fault's name on. A name that stands twice is looked for
/// where it stands last.
fn line_of(text: &str, fault: &str, word: &str) -> usize {
    let names = |line: &str| {
        let rest = line.trim_start().trim_start_matches("- ").strip_prefix("name:");
        rest.is_some_and(|rest| rest.trim().trim_matches(['"', '\'']) == fault)
    };
    let lines: Vec<&str> = text.lines().collect();
    let begin = lines.iter().rposition(|line| names(line)).unwrap_or_default();
    let rest = lines.iter().skip(begin);
    let below =
        rest.take_while(|line| !word.is_empty() && !line.is_empty()).position(|line| line.contains(word));
    begin + below.unwrap_or_default() + 1
}
