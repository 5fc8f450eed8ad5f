//! `assay logs`: what nodes, miners and validators say.

use crate::nearest::suggestion;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

/// How often a log is looked at for more.
const LOOK: Duration = Duration::from_millis(100);

/// Print the logs of a network's nodes, miners and validators.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay logs One
  assay logs Two -f           and what it says from now on
  assay logs -n 5             the last five lines of each")]
pub struct Logs {
    /// The node, miner or validator; all of them, their names before the lines, if none is named
    #[arg(value_name = "NAME")]
    node: Option<String>,
    /// The network; needed where several run
    #[arg(long, value_name = "NAME")]
    network: Option<String>,
    /// Go on with what is said from now on
    #[arg(short, long)]
    follow: bool,
    /// Only so many lines at the end
    #[arg(short = 'n', long, value_name = "N")]
    lines: Option<usize>,
}

impl Logs {
    /// Prints.
    ///
    /// # Errors
    /// If there is no such node, or a log cannot be read.
    pub fn run(&self) -> anyhow::Result<()> {
        let seen = super::running(self.network.as_deref())?;
        let state = seen.state.context("the network is just being started; try again in a moment")?;
        let mut logs: Vec<(&str, &Path)> = state.logs().collect();
        if let Some(wanted) = &self.node {
            let names: Vec<&str> = logs.iter().map(|(name, _)| *name).collect();
            if !names.contains(&wanted.as_str()) {
                bail!("nothing here is called `{wanted}`{}", suggestion(wanted, &names));
            }
            logs.retain(|(name, _)| name == wanted);
        }
        let width = logs.iter().map(|(name, _)| name.len()).max().filter(|_| logs.len() > 1);
        let tails: Result<Vec<Tail>, _> =
            logs.iter().map(|(name, path)| Tail::new(name, path, width)).collect();
        let mut tails = tails?;
        for tail in &mut tails {
            let lines = tail.more()?;
            let skipped = self.lines.map_or(0, |count| lines.len().saturating_sub(count));
            print(lines.get(skipped..).unwrap_or_default());
        }
        while self.follow && crate::network::folder::Seen::look(&seen.path)?.runs {
            std::thread::sleep(LOOK);
            for tail in &mut tails {
                print(&tail.more()?);
            }
        }
        if self.follow {
            // What was said on the way down.
            for tail in &mut tails {
                print(&tail.more()?);
            }
        }
        Ok(())
    }
}

fn print(lines: &[String]) {
    for line in lines {
        anstream::println!("{line}");
    }
}

/// A log, and how far it has been read.
struct Tail<'a> {
    path: &'a Path,
    /// Held open: the file is gone when the network ends, and its last lines are not.
    file: File,
    prefix: String,
    read: u64,
}

impl<'a> Tail<'a> {
    /// With a width, the name padded to it stands before each line.
    fn new(name: &str, path: &'a Path, width: Option<usize>) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let prefix = width.map(|width| format!("{name:<width$} ")).unwrap_or_default();
        Ok(Self { path, file, prefix, read: 0 })
    }

    /// The whole lines that have not been read yet.
    fn more(&mut self) -> anyhow::Result<Vec<String>> {
        let context = || self.path.display().to_string();
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(self.read)).with_context(context)?;
        self.file.read_to_end(&mut bytes).with_context(context)?;
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        bytes.truncate(end);
        self.read += end as u64;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.lines().map(|line| format!("{}{line}", self.prefix)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn only_whole_lines_are_read_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("One.log");
        let mut file = File::create(&path).unwrap();
        let mut tail = Tail::new("One", &path, Some(3)).unwrap();
        write!(file, "first\nsec").unwrap();
        assert_eq!(tail.more().unwrap(), ["One first"]);
        writeln!(file, "ond").unwrap();
        assert_eq!(tail.more().unwrap(), ["One second"]);
        assert!(tail.more().unwrap().is_empty());
    }
}
