//! `assay metadata-diff`: what clients see of a chain, compared with the reference chain.

use super::Failure;
use crate::metadata::difference::differences;
use crate::metadata::{Difference, Excuses, Source, Verdict, source};
use anstyle::{AnsiColor, Style};
use anyhow::Context;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Compare what a chain shows to wallets and SDKs with the reference chain.
///
/// Compared is everything in the metadata of versions 14, 15 and 16: numbers of pallets, calls, events and errors, names
/// and types of arguments, hashers, types and defaults of storage, constants with their values, runtime APIs, view
/// functions, transaction extensions and the format of extrinsics, and what is documented.
///
/// Differences that are meant stand on a committed list, each with its reason; `--all` shows those, too. A line of that
/// list that excuses nothing any more is a difference itself, as far as the runtime of this build is compared.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct MetadataDiff {
    /// memory (the runtime of this build), the ws:// address of a running chain, or a file of SCALE-encoded metadata
    #[arg(value_name = "TARGET", default_value = "memory")]
    target: Source,
    /// The reference: a folder with metadata-v14.scale, metadata-v15.scale and metadata-v16.scale
    #[arg(long, value_name = "DIR")]
    reference: Option<PathBuf>,
    /// The list of the differences that are meant
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Show the differences that are meant, too
    #[arg(long)]
    all: bool,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Examples:
  assay metadata-diff                              the runtime of this build
  assay metadata-diff ws://127.0.0.1:9944          a running chain
  assay metadata-diff metadata.scale --all         a file, with the differences that are meant
  assay metadata-diff --json | jq '.differences'

Exit codes: 0 no difference but those that are meant, 1 there is another one, 2 it could not run.";

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const MEANT: Style = AnsiColor::Yellow.on_default();

/// Characters shown of a text that is long, and of what stands before the place where two go apart.
const SHOWN: usize = 160;
const BEFORE: usize = 40;

impl MetadataDiff {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if there is a difference that is not on the list, [`Failure::CouldNotRun`] if a metadata or
    /// the list cannot be read.
    pub fn run(&self) -> Result<(), Failure> {
        let reference = self.reference.clone().unwrap_or_else(source::default_reference);
        let known = self.known.clone().unwrap_or_else(Excuses::default_file);
        let known = Excuses::read(&known)?;
        let waiter = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot wait for the target")?;
        let (reference, ours) = waiter.block_on(async {
            Ok::<_, source::SourceError>((
                source::reference(&reference).await?,
                self.target.surfaces().await?,
            ))
        })?;
        let versions: Vec<u32> = ours.iter().map(|surface| surface.version).collect();
        let mut verdict = known.judge(differences(&reference, &ours));
        // The list is kept for the runtime of this build; another chain may well have fewer differences.
        if self.target != Source::Memory {
            verdict.stale.clear();
        }
        if self.json {
            anstream::println!("{:#}", as_json(&self.target, &versions, &verdict));
        } else {
            print(&self.target, &versions, &verdict, self.all);
        }
        if verdict.unexcused.is_empty() && verdict.stale.is_empty() { Ok(()) } else { Err(Failure::Differs) }
    }
}

fn as_json(target: &Source, versions: &[u32], verdict: &Verdict) -> Value {
    let with_reason = |difference: &Difference, reason: Option<&str>| {
        json!({
            "path": difference.path,
            "kind": difference.kind(),
            "reference": difference.reference,
            "ours": difference.ours,
            "versions": difference.versions,
            "reason": reason,
        })
    };
    let unexcused = verdict.unexcused.iter().map(|difference| with_reason(difference, None));
    let excused = verdict.excused.iter().map(|(reason, difference)| with_reason(difference, Some(reason)));
    let stale = verdict.stale.iter().map(|(path, reason)| json!({ "path": path, "reason": reason }));
    json!({
        "target": target.to_string(),
        "versions": versions,
        "differences": unexcused.collect::<Vec<_>>(),
        "meant": excused.collect::<Vec<_>>(),
        "stale": stale.collect::<Vec<_>>(),
    })
}

fn print(target: &Source, versions: &[u32], verdict: &Verdict, all: bool) {
    let mut shown: Vec<(&Difference, Option<&str>)> =
        verdict.unexcused.iter().map(|difference| (difference, None)).collect();
    if all {
        shown.extend(verdict.excused.iter().map(|(reason, difference)| (difference, Some(reason.as_str()))));
        shown.sort_by(|left, right| left.0.path.cmp(&right.0.path));
    }
    let mut section = "";
    for (difference, reason) in shown {
        let (here, rest) = split(&difference.path);
        if here != section {
            anstream::println!("{TITLE}{here}{TITLE:#}");
            section = here;
        }
        print_difference(difference, rest, versions, reason);
    }
    for (path, reason) in &verdict.stale {
        anstream::println!(
            "{BAD}stale{BAD:#} `{path}` is on the list of what is meant, but nothing differs there"
        );
        anstream::println!("        {reason}");
    }
    let stale = match verdict.stale.len() {
        0 => String::new(),
        count => format!(", {count} stale"),
    };
    let (differ, meant) = (verdict.unexcused.len(), verdict.excused.len());
    anstream::println!(
        "{target}, versions {}: {differ} differences, {meant} that are meant{stale}",
        list(versions)
    );
}

fn print_difference(difference: &Difference, rest: &str, versions: &[u32], reason: Option<&str>) {
    let style = if reason.is_some() { MEANT } else { BAD };
    let only: Vec<u32> = difference.versions.iter().copied().collect();
    let only = if only == versions { String::new() } else { format!(" (only in version {})", list(&only)) };
    anstream::println!("    {style}{}{style:#}{only}", if rest.is_empty() { "(all of it)" } else { rest });
    let (reference, ours) = excerpts(&side(difference.reference.as_ref()), &side(difference.ours.as_ref()));
    anstream::println!("        reference  {reference}");
    anstream::println!("        here       {ours}");
    if let Some(reason) = reason {
        anstream::println!("        because    {reason}");
    }
}

/// A path's first two names, which are the section, and the rest.
fn split(path: &str) -> (&str, &str) {
    let mut slashes = path.match_indices('/').map(|(place, _)| place);
    match slashes.nth(1) {
        Some(place) => (&path[..place], &path[place + 1..]),
        None => (path, ""),
    }
}

fn list(versions: &[u32]) -> String {
    versions.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn side(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::String(text)) => text.replace('\n', " "),
        Some(Value::Object(branch)) => {
            let names: Vec<&str> = branch.keys().map(String::as_str).collect();
            format!("there, with {}", names.join(", "))
        }
        Some(other) => other.to_string(),
    }
}

/// Two texts, and of long ones only the part where they go apart.
fn excerpts(left: &str, right: &str) -> (String, String) {
    let common = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
    let skipped = if left.chars().count().max(right.chars().count()) > SHOWN {
        common.saturating_sub(BEFORE)
    } else {
        0
    };
    let cut = |text: &str| {
        let mut rest = text.chars().skip(skipped);
        let shown: String = rest.by_ref().take(SHOWN).collect();
        let (head, tail) = (if skipped > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
        format!("{head}{shown}{tail}")
    };
    (cut(left), cut(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_the_part_that_differs_is_shown() {
        let same = "x".repeat(500);
        let (left, right) = excerpts(&format!("{same}1{same}"), &format!("{same}2{same}"));
        assert!(left.starts_with('…') && left.ends_with('…') && left.contains("x1x"), "{left}");
        assert!(right.contains("x2x"), "{right}");
        assert_eq!(excerpts("a", "b"), ("a".into(), "b".into()));
    }

    #[test]
    fn a_path_is_shown_under_its_pallet() {
        assert_eq!(split("pallets/Proxy/calls/proxy/index"), ("pallets/Proxy", "calls/proxy/index"));
        assert_eq!(split("pallets/Proxy"), ("pallets/Proxy", ""));
    }
}
