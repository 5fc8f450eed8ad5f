//! A node, a miner or a validator as a child process.
//!
//! What is started here is ended here: dropping a process kills it and waits until it is gone, and the child itself
//! ends when its parent does (`--die-with-parent`, and standard input that the parent holds open). Only processes that
//! were started here are ever signalled, and only while they have not been waited for, so that no other process can
//! have got their number.

use rustix::process::{Pid, Signal, kill_process};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::ChildStdout;

/// Lines of a log that an error shows.
const LAST_LINES: usize = 12;

/// How often the end of a process is looked for.
const LOOK: Duration = Duration::from_millis(20);

/// A process that cannot be had.
#[derive(Debug, Error)]
pub enum ProcessError {
    /// It cannot be started.
    #[error("{name} cannot be started: {source}")]
    Start {
        /// The node.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// It ended before it was up.
    #[error("{name} ended before it was up ({status}); its log, {}, ends in\n{log}", path.display())]
    Ended {
        /// The node.
        name: String,
        /// How it ended.
        status: String,
        /// Its log.
        path: PathBuf,
        /// The last lines of it.
        log: String,
    },
    /// It does not say that it is up.
    #[error("{name} was not up within {} s; its log, {}, ends in\n{log}", patience.as_secs(), path.display())]
    Slow {
        /// The node.
        name: String,
        /// How long it had.
        patience: Duration,
        /// Its log.
        path: PathBuf,
        /// The last lines of it.
        log: String,
    },
    /// It cannot be signalled.
    #[error("{name} cannot be signalled: {source}")]
    Signal {
        /// The node.
        name: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Where a node listens, as it says itself when it is up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listening {
    /// The process.
    pub pid: u32,
    /// Where JSON-RPC answers.
    pub rpc: String,
    /// Where peers dial it, if nothing is in between.
    pub p2p: String,
    /// Where its metrics are.
    #[serde(default)]
    pub prometheus: Option<String>,
    /// Hash of its block 0.
    pub genesis: String,
}

/// What a process can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// To stand still.
    Pause,
    /// To go on.
    Resume,
}

/// A child process that runs, or has ended and not been asked about.
#[derive(Debug)]
pub struct Process {
    name: String,
    pid: u32,
    child: Mutex<Child>,
    /// Held open: its end tells the child that the parent is gone.
    lifeline: Option<ChildStdin>,
}

impl Process {
    /// Starts a node and waits until it says where it listens. What it logs is added to the file `log`.
    ///
    /// This must be called on a thread that outlives the process, in a runtime with a clock.
    ///
    /// # Errors
    /// See [`ProcessError`].
    pub async fn start<L: DeserializeOwned>(
        name: &str,
        mut command: Command,
        log: &Path,
        patience: Duration,
    ) -> Result<(Self, L), ProcessError> {
        let failed = |source| ProcessError::Start { name: name.to_owned(), source };
        command.stdout(Stdio::piped()).stderr(append(log).map_err(failed)?);
        let (process, output) = Self::spawn(name, command)?;
        let output = output.ok_or_else(|| failed(io::ErrorKind::BrokenPipe.into()))?;
        let mut lines = BufReader::new(ChildStdout::from_std(output).map_err(failed)?).lines();
        match tokio::time::timeout(patience, listening(&mut lines)).await {
            Ok(Some(listening)) => {
                tokio::spawn(drain(lines));
                Ok((process, listening))
            }
            Ok(None) => Err(ProcessError::Ended {
                name: name.to_owned(),
                status: process.end().map_or_else(|| "in an unknown way".into(), |status| status.to_string()),
                path: log.to_owned(),
                log: last_lines(log),
            }),
            Err(_) => {
                process.end();
                Err(ProcessError::Slow {
                    name: name.to_owned(),
                    patience,
                    path: log.to_owned(),
                    log: last_lines(log),
                })
            }
        }
    }

    /// Starts a program that says nothing to the harness: everything it writes is added to the file `log`.
    ///
    /// This must be called on a thread that outlives the process.
    ///
    /// # Errors
    /// [`ProcessError::Start`]
    pub fn start_silent(name: &str, mut command: Command, log: &Path) -> Result<Self, ProcessError> {
        let failed = |source| ProcessError::Start { name: name.to_owned(), source };
        let file = append(log).map_err(failed)?;
        command.stdout(file.try_clone().map_err(failed)?).stderr(file);
        Self::spawn(name, command).map(|(process, _)| process)
    }

    fn spawn(
        name: &str,
        mut command: Command,
    ) -> Result<(Self, Option<std::process::ChildStdout>), ProcessError> {
        // A group of its own: Ctrl-C at a terminal is for the harness, which then ends its nodes.
        let spawned = command.process_group(0).stdin(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|source| ProcessError::Start { name: name.to_owned(), source })?;
        let output = child.stdout.take();
        let (pid, lifeline) = (child.id(), child.stdin.take());
        Ok((Self { name: name.to_owned(), pid, lifeline, child: Mutex::new(child) }, output))
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// How it ended, if it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.child().try_wait().ok().flatten()
    }

    /// Waits until it has ended by itself.
    pub async fn wait(&self) -> ExitStatus {
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Makes it stand still or go on.
    ///
    /// # Errors
    /// [`ProcessError::Signal`], also if it has ended.
    pub fn tell(&self, what: Tell) -> Result<(), ProcessError> {
        let failed = |source| ProcessError::Signal { name: self.name.clone(), source };
        let mut child = self.child();
        if child.try_wait().map_err(failed)?.is_some() {
            return Err(failed(io::Error::other("it has ended")));
        }
        let signal = match what {
            Tell::Pause => Signal::STOP,
            Tell::Resume => Signal::CONT,
        };
        // The child has not been waited for, and cannot be while it is locked: the number is still its own.
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        kill_process(pid, signal).map_err(|error| failed(error.into()))
    }

    /// Kills it, as a crash does, and waits until it is gone. Tells how it ended.
    pub fn end(&self) -> Option<ExitStatus> {
        let mut child = self.child();
        // It may have ended already; then there is nothing to kill.
        let _ = child.kill();
        child.wait().ok()
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        self.end();
    }
}

fn append(log: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(log)
}

/// Reads until the line that says where the node listens; none if the output ends before it.
async fn listening<L: DeserializeOwned>(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<L> {
    while let Ok(Some(line)) = lines.next_line().await {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        let says = value.get("event").is_some_and(|event| event == "listening");
        if let Some(Ok(listening)) = says.then(|| serde_json::from_value(value)) {
            return Some(listening);
        }
    }
    None
}

/// A pipe that nobody reads would fill up and stop the node.
async fn drain(mut lines: Lines<BufReader<ChildStdout>>) {
    while let Ok(Some(_)) = lines.next_line().await {}
}

fn last_lines(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LAST_LINES);
    lines.iter().skip(from).map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);
    const UP: &str = r#"echo starting; echo '{"event":"listening","pid":1,"rpc":"ws://127.0.0.1:1","p2p":"/x","genesis":"0x"}';"#;

    /// A shell that stands in for a node.
    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    async fn start(script: &str, patience: Duration) -> Result<(Process, Listening), ProcessError> {
        let folder = tempfile::tempdir().unwrap();
        Process::start("One", shell(script), &folder.path().join("One.log"), patience).await
    }

    fn exists(pid: u32) -> bool {
        Path::new(&format!("/proc/{pid}")).exists()
    }

    /// The state letter of a process, after its name in parentheses.
    fn state(pid: u32) -> Option<char> {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        text.rsplit_once(") ")?.1.chars().next()
    }

    #[tokio::test]
    async fn a_node_says_where_it_listens_and_is_gone_when_dropped() {
        let (process, listening) = start(&format!("{UP} exec sleep 600"), PATIENCE).await.unwrap();
        assert_eq!(listening.rpc, "ws://127.0.0.1:1");
        let pid = process.pid();
        assert!(exists(pid) && process.ended().is_none());
        drop(process);
        assert!(!exists(pid));
    }

    #[tokio::test]
    async fn a_panic_leaves_no_process() {
        let (process, _) = start(&format!("{UP} exec sleep 600"), PATIENCE).await.unwrap();
        let pid = process.pid();
        let panicking = std::panic::AssertUnwindSafe(|| {
            let _held = process;
            panic!("planted");
        });
        assert!(std::panic::catch_unwind(panicking).is_err());
        assert!(!exists(pid));
    }

    #[tokio::test]
    async fn a_paused_process_stands_still_and_can_still_be_killed() {
        let (process, _) = start(&format!("{UP} exec sleep 600"), PATIENCE).await.unwrap();
        process.tell(Tell::Pause).unwrap();
        let stopped = async {
            while state(process.pid()) != Some('T') {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, stopped).await.expect("it stands still");
        process.tell(Tell::Resume).unwrap();
        process.tell(Tell::Pause).unwrap();
        let pid = process.pid();
        drop(process);
        assert!(!exists(pid));
    }

    #[tokio::test]
    async fn an_end_before_it_is_up_shows_the_log() {
        let error = start("echo 'Error: no such chain' >&2; exit 3", PATIENCE).await.unwrap_err().to_string();
        assert!(error.contains("exit status: 3") && error.contains("Error: no such chain"), "{error}");
        let error = start("echo waiting >&2; exec sleep 600", Duration::from_millis(100)).await.unwrap_err();
        assert!(matches!(error, ProcessError::Slow { .. }), "{error}");
    }

    #[tokio::test]
    async fn an_end_is_noticed_and_the_dead_are_not_signalled() {
        let (process, _) = start(&format!("{UP} read line"), PATIENCE).await.unwrap();
        drop(tokio::time::timeout(Duration::from_millis(1), process.wait()).await);
        process.end();
        assert!(process.ended().is_some());
        assert!(process.tell(Tell::Pause).unwrap_err().to_string().contains("it has ended"));
    }

    #[tokio::test]
    async fn a_node_that_watches_its_input_ends_with_its_parent() {
        let (mut process, _) = start(&format!("{UP} read line; exit 7"), PATIENCE).await.unwrap();
        process.lifeline.take();
        let status = tokio::time::timeout(PATIENCE, process.wait()).await.expect("it ends");
        assert_eq!(status.code(), Some(7));
    }
}
