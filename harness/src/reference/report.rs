//! What a run over vector files found.

use super::{Difference, Family};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A case that the real chain answers otherwise.
#[derive(Clone, Debug)]
pub struct CaseFailure {
    /// Its family.
    pub family: Family,
    /// The file it came from.
    pub file: PathBuf,
    /// Its id inside the family.
    pub id: String,
    /// Every field that differs.
    pub differences: Vec<Difference>,
}

/// Counts of one family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FamilySummary {
    /// Cases that agree in every bit.
    pub passed: usize,
    /// Cases that do not.
    pub failed: usize,
}

/// The outcome of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// Counts of every family met.
    pub families: BTreeMap<Family, FamilySummary>,
    /// Every failed case, in the order met.
    pub failures: Vec<CaseFailure>,
    /// Entries of tables that are meant to differ: how many, by family and reason.
    pub meant: BTreeMap<(Family, String), usize>,
    /// Cases of kinds that no family here knows: how many, by file and kind.
    pub skipped: BTreeMap<(PathBuf, String), usize>,
}

impl Report {
    pub(super) fn record(&mut self, family: Family, file: &Path, id: &str, differences: Vec<Difference>) {
        let summary = self.families.entry(family).or_default();
        if differences.is_empty() {
            summary.passed += 1;
        } else {
            summary.failed += 1;
            self.failures.push(CaseFailure { family, file: file.to_owned(), id: id.to_owned(), differences });
        }
    }

    pub(super) fn meant(&mut self, family: Family, reason: String) {
        *self.meant.entry((family, reason)).or_default() += 1;
    }

    pub(super) fn skip(&mut self, file: &Path, kind: &str) {
        *self.skipped.entry((file.to_owned(), kind.to_owned())).or_default() += 1;
    }

    /// Cases that agree, over all families.
    pub fn passed(&self) -> usize {
        self.families.values().map(|summary| summary.passed).sum()
    }

    /// Cases that do not, over all families.
    pub fn failed(&self) -> usize {
        self.families.values().map(|summary| summary.failed).sum()
    }

    /// Entries of tables that are meant to differ.
    pub fn meant_to_differ(&self) -> usize {
        self.meant.values().sum()
    }

    /// Cases of unknown kinds.
    pub fn skipped_cases(&self) -> usize {
        self.skipped.values().sum()
    }
}
