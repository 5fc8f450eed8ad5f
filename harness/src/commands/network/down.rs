//! `assay down`: ends a network.

use crate::network::folder::{self, Seen};
use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// How long a network may take to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// End a network and remove what it wrote.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay down             the only network that runs
  assay down four-2
  assay down --all       every network, and what is left of those that ended")]
pub struct Down {
    /// Its name, as `assay ps` says it
    #[arg(value_name = "NAME", conflicts_with = "all")]
    name: Option<String>,
    /// Every network
    #[arg(long)]
    all: bool,
}

impl Down {
    /// Ends what is named.
    ///
    /// # Errors
    /// If there is no such network, or it does not end.
    pub fn run(&self) -> anyhow::Result<String> {
        let all = folder::all(&folder::root())?;
        let chosen: Vec<Seen> = match &self.name {
            _ if self.all => all,
            Some(name) if all.iter().any(|seen| seen.name == *name && !seen.runs) => {
                all.into_iter().filter(|seen| seen.name == *name).collect()
            }
            name => vec![super::running(name.as_deref())?],
        };
        if chosen.is_empty() {
            return Ok("no network runs".into());
        }
        let ended: Vec<String> = chosen.iter().map(end).collect::<Result<_, _>>()?;
        Ok(ended.join("\n"))
    }
}

fn end(seen: &Seen) -> anyhow::Result<String> {
    if seen.runs {
        ask(seen)?;
    }
    // The network removes its folder, unless it was told to keep it or was killed.
    if seen.path.exists() {
        std::fs::remove_dir_all(&seen.path).with_context(|| seen.path.display().to_string())?;
    }
    Ok(format!(
        "{} {}",
        seen.name,
        if seen.runs { "has ended" } else { "had ended; what was left is removed" }
    ))
}

fn ask(seen: &Seen) -> anyhow::Result<()> {
    // Whoever holds the folder wrote the state, so the number in it is that of a process that lives.
    let pid = seen.state.as_ref().map(|state| state.pid);
    let pid = pid.with_context(|| format!("{} is just being started; try again in a moment", seen.name))?;
    let process = i32::try_from(pid).ok().and_then(Pid::from_raw).context("not the number of a process")?;
    kill_process(process, Signal::TERM).with_context(|| format!("process {pid} of {}", seen.name))?;
    let deadline = Instant::now() + PATIENCE;
    while Seen::look(&seen.path)?.runs {
        ensure!(Instant::now() < deadline, "{} (process {pid}) has not ended within {PATIENCE:?}", seen.name);
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
