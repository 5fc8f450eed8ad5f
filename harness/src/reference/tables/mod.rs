//! Tables of the reference: files that hold no list of cases. Every entry of a table is a case of its own.

mod constants;
mod described;
mod fresh_chain;
mod homes;
mod metadata;

use super::case::{self, CaseError};
use super::compare::compare;
use super::replay::accounts::{Accounts, hex};
use super::{Difference, Family};
use crate::metadata::difference::differences;
use crate::metadata::{Excuses, Source, source};
use described::Described;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One entry of a table, compared.
#[derive(Debug)]
pub struct Entry {
    /// The part of the table.
    pub kind: String,
    /// Its name inside the table.
    pub id: String,
    /// Every field that differs.
    pub differences: Vec<Difference>,
    /// Why it is meant to differ, if it is.
    pub meant: Option<String>,
}

impl Family {
    /// The family that a file without cases belongs to, told from what it holds.
    pub(super) fn of_table(file: &Map<String, Value>) -> Option<Self> {
        let has = |name: &str| file.contains_key(name);
        match file {
            _ if has("genesis_state") => Some(Self::FreshChain),
            _ if has("storage_defaults") || has("pallet_constants") => Some(Self::Constants),
            _ if has("pallets") && has("runtime_apis") => Some(Self::Metadata),
            _ => None,
        }
    }
}

/// Compares every entry of a table.
///
/// # Errors
/// A table that is not of the family's form.
pub fn check(family: Family, file: &Map<String, Value>) -> Result<Vec<Entry>, CaseError> {
    match family {
        Family::FreshChain => fresh_chain::check(file),
        Family::Constants => constants::check(file),
        _ => metadata::check(file),
    }
}

/// Entries of a table beside what the runtime of this build shows.
struct Comparison {
    ours: Described,
    meant: BTreeMap<String, String>,
    seen: BTreeSet<String>,
    entries: Vec<Entry>,
}

impl Comparison {
    fn new(accounts: &Accounts) -> Result<Self, CaseError> {
        Ok(Self {
            ours: described::described(accounts)?,
            meant: meant()?,
            seen: BTreeSet::new(),
            entries: Vec::new(),
        })
    }

    /// Compares a recorded item with the one of ours at the same path.
    fn item(&mut self, kind: &str, path: String, recorded: &Value) {
        let id = path.trim_start_matches("pallets/").replace('/', ".");
        let mut differences = Vec::new();
        compare(&id, Some(recorded), self.ours.get(&path), &mut differences);
        let meant = if differences.is_empty() { None } else { self.why(&path) };
        self.entries.push(Entry { kind: kind.to_owned(), id, differences, meant });
        self.seen.insert(path);
    }

    /// Items of ours in a part of the pallets that the table does not have.
    fn nothing_else(&mut self, kind: &str, is_of_part: impl Fn(&str) -> bool) {
        let extra: Vec<String> =
            self.ours.keys().filter(|path| is_of_part(path) && !self.seen.contains(*path)).cloned().collect();
        for path in extra {
            let ours = self.ours.get(&path).cloned();
            let id = path.trim_start_matches("pallets/").replace('/', ".");
            let mut differences = Vec::new();
            compare(&id, None, ours.as_ref(), &mut differences);
            let meant = self.why(&path);
            self.entries.push(Entry { kind: kind.to_owned(), id, differences, meant });
        }
    }

    /// Compares a value that is no item of a pallet.
    fn value(&mut self, kind: &str, id: &str, recorded: &Value, found: Option<&Value>) {
        self.entries.push(entry(kind, id, recorded, found));
    }

    /// The reason of a difference that is meant: at this path, above it or below it.
    fn why(&self, path: &str) -> Option<String> {
        let covers = |known: &str| {
            known == path
                || path.strip_prefix(known).is_some_and(|rest| rest.starts_with('/'))
                || known.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
        };
        self.meant.iter().find(|(known, _)| covers(known)).map(|(_, reason)| reason.clone())
    }
}

/// A recorded value beside ours.
fn entry(kind: &str, id: &str, recorded: &Value, found: Option<&Value>) -> Entry {
    let mut differences = Vec::new();
    compare(id, Some(recorded), found, &mut differences);
    Entry { kind: kind.to_owned(), id: id.to_owned(), differences, meant: None }
}

/// What the committed list of differences in the metadata excuses today, by path. Documentation is left out: it says
/// nothing of names, types and values.
fn meant() -> Result<BTreeMap<String, String>, CaseError> {
    let failed = |problem: String| CaseError::new("(metadata)", problem);
    let known = Excuses::read(&Excuses::default_file()).map_err(|error| failed(error.to_string()))?;
    let waiter = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let waiter = waiter.map_err(|error| failed(error.to_string()))?;
    let surfaces = waiter.block_on(async {
        Ok::<_, source::SourceError>((
            source::reference(&source::default_reference()).await?,
            Source::Memory.surfaces().await?,
        ))
    });
    let (reference, ours) = surfaces.map_err(|error| failed(error.to_string()))?;
    let excused = known.judge(differences(&reference, &ours)).excused.into_iter();
    let excused = excused.filter(|(_, difference)| !difference.path.ends_with("/docs"));
    Ok(excused.map(|(reason, difference)| (difference.path, reason)).collect())
}

/// The names of accounts: those of the file, which tables write as lists, and the account of zeros.
fn accounts(file: &Map<String, Value>) -> Result<Accounts, CaseError> {
    let mut table = Map::new();
    for list in ["accounts", "special_accounts"] {
        if file.contains_key(list) {
            table.extend(described::by_name(case::list(file, list)?, list)?);
        }
    }
    table.insert("zero".to_owned(), json!({ "id": hex(&[0; 32]) }));
    Accounts::read(&table)
}
