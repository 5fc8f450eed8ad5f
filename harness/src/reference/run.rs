//! Running the cases of vector files, on all cores.

use super::files::{FileError, VectorFile, read_file};
use super::replay::Replays;
use super::{Difference, Family, Report, tables};
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Which cases to run, and how far.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Kinds of cases; all if empty.
    pub kinds: Vec<String>,
    /// Ids of cases; all if empty.
    pub cases: Vec<String>,
    /// In a replay, go on after a step that differs, from the state that the reference recorded.
    pub keep_going: bool,
    /// In a replay, leave the weights of calls out of the comparison.
    pub without_weights: bool,
}

impl Selection {
    fn includes(&self, case: &Map<String, Value>) -> bool {
        let text = |field: &str| case.get(field).and_then(Value::as_str);
        self.chooses(text("kind"), text("id"))
    }

    fn chooses(&self, kind: Option<&str>, id: Option<&str>) -> bool {
        let listed = |list: &[String], value: Option<&str>| {
            list.is_empty() || list.iter().any(|wanted| Some(wanted.as_str()) == value)
        };
        listed(&self.kinds, kind) && listed(&self.cases, id)
    }
}

/// How far a run is in one file.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The file.
    pub file: &'a Path,
    /// Cases that are done.
    pub done: usize,
    /// Cases selected.
    pub total: usize,
}

/// Replays run deep inside the runtime's generated code, unoptimised: more than a thread's default stack.
const STACK: usize = 64 << 20;

/// Runs every case of the given files. `progress` is called with each file once it is read.
///
/// # Errors
/// A file that cannot be read or is not a vector file; see [`FileError`].
pub fn check(files: &[PathBuf], mut progress: impl FnMut(&Path)) -> Result<Report, FileError> {
    check_selected(files, &Selection::default(), |now| {
        if now.done == 0 {
            progress(now.file);
        }
    })
}

/// Runs the selected cases of the given files. `progress` is called with each file once it is read, and after every
/// case.
///
/// # Errors
/// A file that cannot be read or is not a vector file; see [`FileError`].
pub fn check_selected(
    files: &[PathBuf],
    selection: &Selection,
    mut progress: impl FnMut(Progress),
) -> Result<Report, FileError> {
    let mut report = Report::default();
    for path in files {
        let VectorFile { mut cases, shared, is_table } = read_file(path)?;
        if is_table {
            check_table(path, &shared, selection, &mut report, &mut progress)?;
            continue;
        }
        cases.retain(|case| selection.includes(case));
        progress(Progress { file: path, done: 0, total: cases.len() });
        let replayed = |case| Family::of(case).is_some_and(Family::is_replayed);
        let replays = cases.iter().any(replayed).then(|| Replays::of_file(&shared, selection));
        let outcomes = run_all(
            &cases,
            |case| outcome(case, &shared, replays.as_ref()),
            |done| {
                progress(Progress { file: path, done, total: cases.len() });
            },
        );
        for (case, differences) in cases.iter().zip(outcomes) {
            let field = |name| case.get(name).and_then(Value::as_str);
            match Family::of(case) {
                Some(family) => report.record(family, path, field("id").unwrap_or("(no id)"), differences),
                None => report.skip(path, field("kind").unwrap_or("(no kind)")),
            }
        }
    }
    Ok(report)
}

/// Compares every entry of a table that the selection has.
fn check_table(
    path: &Path,
    table: &Map<String, Value>,
    selection: &Selection,
    report: &mut Report,
    progress: &mut impl FnMut(Progress),
) -> Result<(), FileError> {
    let problem = "it has no list `cases`, and is no table of constants, of a fresh chain or of metadata";
    let family = Family::of_table(table).ok_or(FileError::NotVectors { path: path.to_owned(), problem })?;
    let entries =
        tables::check(family, table).map_err(|source| FileError::Table { path: path.to_owned(), source })?;
    let chosen: Vec<_> =
        entries.into_iter().filter(|entry| selection.chooses(Some(&entry.kind), Some(&entry.id))).collect();
    progress(Progress { file: path, done: 0, total: chosen.len() });
    progress(Progress { file: path, done: chosen.len(), total: chosen.len() });
    for entry in chosen {
        match entry.meant {
            Some(reason) if !entry.differences.is_empty() => report.meant(family, reason),
            _ => report.record(family, path, &entry.id, entry.differences),
        }
    }
    Ok(())
}

/// The differences of every case, in the order of the cases.
fn run_all(
    cases: &[Map<String, Value>],
    run: impl Fn(&Map<String, Value>) -> Vec<Difference> + Sync,
    mut done: impl FnMut(usize),
) -> Vec<Vec<Difference>> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(cases.len());
    let next = AtomicUsize::new(0);
    // What no thread got to has not passed.
    let mut outcomes = vec![vec![Difference::not_run()]; cases.len()];
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (sender, next, run) = (sender.clone(), &next, &run);
            let worker = move || {
                while let Some((index, case)) = take(next, cases) {
                    // The receiver lives until every worker is done.
                    let _ = sender.send((index, run(case)));
                }
            };
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        drop(sender);
        for (count, (index, differences)) in receiver.iter().enumerate() {
            outcomes[index] = differences;
            done(count + 1);
        }
    });
    outcomes
}

fn take<'a>(next: &AtomicUsize, cases: &'a [Map<String, Value>]) -> Option<(usize, &'a Map<String, Value>)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    cases.get(index).map(|case| (index, case))
}

fn outcome(
    case: &Map<String, Value>,
    file: &Map<String, Value>,
    replays: Option<&Result<Replays, super::case::CaseError>>,
) -> Vec<Difference> {
    let Some(family) = Family::of(case) else { return Vec::new() };
    let replays = match replays {
        Some(Err(error)) if family.is_replayed() => return vec![Difference::unreadable(error)],
        other => other.and_then(|replays| replays.as_ref().ok()),
    };
    // A vector is outside input: a panic in the arithmetic is one failed case, not the end of the run.
    match catch_unwind(AssertUnwindSafe(|| family.differences(case, file, replays))) {
        Ok(Ok(differences)) => differences,
        Ok(Err(error)) => vec![Difference::unreadable(&error)],
        Err(panic) => vec![Difference::panicked(panic.as_ref())],
    }
}
