//! The commands about networks of nodes.

pub mod attend;
pub mod chaos;
pub mod down;
pub mod exec;
pub mod logs;
pub mod networks;
pub mod ps;
pub mod up;

use crate::nearest::suggestion;
use crate::network::folder::{self, Seen};
use anyhow::{Context, bail};
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a command waits in.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().context("the system has no event queue left")
}

/// The signals that ask a process to end.
struct Asked([Signal; 3]);

impl Asked {
    fn new() -> std::io::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let [interrupt, terminate, hangup] = kinds.map(signal);
        Ok(Self([interrupt?, terminate?, hangup?]))
    }

    /// Waits for one of them.
    async fn ending(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

/// The network of a name among those that run, or the only one.
fn running(name: Option<&str>) -> anyhow::Result<Seen> {
    let all: Vec<Seen> = folder::all(&folder::root())?.into_iter().filter(|seen| seen.runs).collect();
    let names: Vec<String> = all.iter().map(|seen| seen.name.clone()).collect();
    match (name, names.as_slice()) {
        (_, []) => bail!("no network runs; `assay up` starts one"),
        (None, [_, _, ..]) => bail!("several networks run ({}); name one with --network", names.join(", ")),
        (None, _) => all.into_iter().next().context("no network runs"),
        (Some(name), names) => {
            let found = all.into_iter().find(|seen| seen.name == name);
            found.with_context(|| format!("no network called `{name}` runs{}", suggestion(name, names)))
        }
    }
}
