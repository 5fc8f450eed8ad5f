//! The folder of a run: everything that a network writes is in it.
//!
//! It is `networks/NAME` below `$XDG_STATE_HOME/assay` (`~/.local/state/assay` where that is not set). Whoever runs the
//! network holds a lock in it, which the system lets go when that process ends, whatever way it ends; so a folder
//! without a holder is what is left of a run, and nothing else has to be asked.

use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// A folder that cannot be had or read.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    System {
        /// What was being written or read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is a network of that name.
    #[error("a network called `{0}` runs already; `assay ps` lists what runs")]
    Taken(String),
    /// The state is not one of this version.
    #[error("{} is not the state of a network: {source}", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

fn system(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    |source| FolderError::System { path, source }
}

/// What is known of a network from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Its name.
    pub name: String,
    /// What it is, in a line.
    pub description: String,
    /// The process that runs it.
    pub pid: u32,
    /// When it was started, milliseconds since 1970.
    pub started: u64,
    /// Hash of block 0.
    pub genesis: String,
    /// Its nodes.
    pub nodes: Vec<NodeState>,
    /// Its miners and validators.
    #[serde(default)]
    pub neurons: Vec<NeuronState>,
}

impl State {
    /// The names of all programs and their logs, nodes first.
    pub fn logs(&self) -> impl Iterator<Item = (&str, &Path)> {
        let nodes = self.nodes.iter().map(|node| (node.name.as_str(), node.log.as_path()));
        nodes.chain(self.neurons.iter().map(|neuron| (neuron.name.as_str(), neuron.log.as_path())))
    }
}

/// What is known of a miner or a validator from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeuronState {
    /// Its name, which is that of its hotkey.
    pub name: String,
    /// `miner` or `validator`.
    pub role: String,
    /// The name of its subnet.
    pub subnet: String,
    /// Its subnet's number.
    pub netuid: u16,
    /// How it behaves, or the program that somebody else wrote.
    pub program: String,
    /// Its process, while it runs.
    pub pid: Option<u32>,
    /// Where it answers, if it says so.
    pub http: Option<String>,
    /// Its log.
    pub log: PathBuf,
}

/// What is known of a node from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeState {
    /// Its name.
    pub name: String,
    /// `authority` or `full`.
    pub role: String,
    /// Its process, while it runs.
    pub pid: Option<u32>,
    /// Where its JSON-RPC is, the same as long as the network lives.
    pub rpc: String,
    /// Where its metrics are, while it runs.
    pub prometheus: Option<String>,
    /// Its log.
    pub log: PathBuf,
}

/// The folder of the networks that run under this user.
pub fn root() -> PathBuf {
    state_home().join("networks")
}

/// Where programs of this user keep what outlives them: `$XDG_STATE_HOME/assay`, or `~/.local/state/assay`.
pub fn state_home() -> PathBuf {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")));
    state.unwrap_or_else(std::env::temp_dir).join("assay")
}

/// The folder of a network that is held by this process.
#[derive(Debug)]
pub struct RunFolder {
    name: String,
    path: PathBuf,
    keep: AtomicBool,
    lock: File,
}

impl RunFolder {
    /// A folder for a network of this name, or of this name and the lowest free number.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn claim(root: &Path, name: &str) -> Result<Self, FolderError> {
        for number in 1_u32.. {
            let name = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
            match Self::create(root, &name) {
                Err(FolderError::Taken(_)) => {}
                other => return other,
            }
        }
        Err(FolderError::Taken(name.to_owned()))
    }

    /// The folder for a network of this name; what is left there of an earlier run is removed.
    ///
    /// # Errors
    /// [`FolderError::Taken`] if one runs.
    pub fn create(root: &Path, name: &str) -> Result<Self, FolderError> {
        let path = root.join(name);
        fs::create_dir_all(&path).map_err(system(&path))?;
        let lock = lock_file(&path)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::Taken(name.to_owned())),
            Err(TryLockError::Error(source)) => return Err(system(&path)(source)),
        }
        let folder = Self { name: name.to_owned(), path, keep: AtomicBool::new(false), lock };
        folder.clear()?;
        for inside in ["logs", "nodes"] {
            let path = folder.path.join(inside);
            fs::create_dir_all(&path).map_err(system(&path))?;
        }
        Ok(folder)
    }

    /// The network's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a node keeps what it needs.
    pub fn node(&self, name: &str) -> PathBuf {
        self.path.join("nodes").join(name)
    }

    /// The log of a node.
    pub fn log(&self, name: &str) -> PathBuf {
        self.path.join("logs").join(format!("{name}.log"))
    }

    /// Leaves the folder in its place at the end.
    pub fn keep(&self) {
        self.keep.store(true, Ordering::Relaxed);
    }

    /// Writes a file into it, whole or not at all.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf, FolderError> {
        let (path, new) = (self.path.join(name), self.path.join(format!("{name}.new")));
        let written = File::create(&new).and_then(|mut file| file.write_all(text.as_bytes()));
        written.and_then(|()| fs::rename(&new, &path)).map_err(system(&path))?;
        Ok(path)
    }

    /// Says how the network is, for those who look from outside.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn publish(&self, state: &State) -> Result<(), FolderError> {
        let text = serde_json::to_string_pretty(state)
            .map_err(|source| FolderError::State { path: self.path.clone(), source })?;
        self.write(STATE, &text).map(|_| ())
    }

    fn clear(&self) -> Result<(), FolderError> {
        for entry in fs::read_dir(&self.path).map_err(system(&self.path))?.flatten() {
            let path = entry.path();
            if entry.file_name() == LOCK {
                continue;
            }
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(system(&path))?;
        }
        Ok(())
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        if !self.keep.load(Ordering::Relaxed) {
            // Nobody is left to tell; what cannot be removed is removed by the next network of the name.
            let _ = fs::remove_dir_all(&self.path);
        }
        // A process that is being started has a copy of the file for a moment, which would hold the lock as well.
        let _ = self.lock.unlock();
    }
}

const LOCK: &str = "lock";
const STATE: &str = "state.json";

fn lock_file(path: &Path) -> Result<File, FolderError> {
    let path = path.join(LOCK);
    OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(system(&path))
}

/// The folder of a network, as others see it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether a process runs the network.
    pub runs: bool,
    /// What the network said of itself last, if it came to that.
    pub state: Option<State>,
}

impl Seen {
    /// Looks at a folder again.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn look(path: &Path) -> Result<Self, FolderError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let runs = match OpenOptions::new().write(true).open(path.join(LOCK)) {
            Ok(lock) => {
                let held = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
                // Not left to the end of the file: see `RunFolder::drop`.
                let _ = lock.unlock();
                held
            }
            Err(_) => false,
        };
        let file = path.join(STATE);
        let state = match fs::read_to_string(&file) {
            Ok(text) => Some(
                serde_json::from_str(&text).map_err(|source| FolderError::State { path: file, source })?,
            ),
            Err(_) => None,
        };
        Ok(Self { name, path: path.to_owned(), runs, state })
    }
}

/// All folders of networks, by name.
///
/// # Errors
/// One that cannot be read.
pub fn all(root: &Path) -> Result<Vec<Seen>, FolderError> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(system(root)(source)),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter(|path| path.is_dir()).map(|path| Seen::look(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(name: &str) -> State {
        State {
            name: name.into(),
            description: "a test".into(),
            pid: 1,
            started: 2,
            genesis: "0x00".into(),
            nodes: Vec::new(),
            neurons: Vec::new(),
        }
    }

    #[test]
    fn a_name_is_taken_while_its_network_runs() {
        let root = tempfile::tempdir().unwrap();
        let first = RunFolder::claim(root.path(), "four").unwrap();
        let second = RunFolder::claim(root.path(), "four").unwrap();
        assert_eq!((first.name(), second.name()), ("four", "four-2"));
        assert!(matches!(RunFolder::create(root.path(), "four"), Err(FolderError::Taken(_))));
        drop(first);
        assert_eq!(RunFolder::claim(root.path(), "four").unwrap().name(), "four");
    }

    #[test]
    fn a_copy_of_the_lock_in_another_process_holds_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = RunFolder::claim(root.path(), "four").unwrap();
        folder.keep();
        let (path, copy) = (folder.path().to_owned(), folder.lock.try_clone().unwrap());
        drop(folder);
        assert!(!Seen::look(&path).unwrap().runs);
        drop(copy);
    }

    #[test]
    fn others_see_what_runs_and_what_is_left() {
        let root = tempfile::tempdir().unwrap();
        assert!(all(&root.path().join("nothing")).unwrap().is_empty());
        let folder = RunFolder::claim(root.path(), "four").unwrap();
        folder.publish(&state("four")).unwrap();
        let seen = all(root.path()).unwrap();
        assert_eq!((seen.len(), seen[0].runs, seen[0].state.as_ref()), (1, true, Some(&state("four"))));
        folder.keep();
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!Seen::look(&path).unwrap().runs);
        // The next of the name begins anew, and takes everything with it.
        let again = RunFolder::create(root.path(), "four").unwrap();
        assert_eq!(Seen::look(&path).unwrap().state, None);
        drop(again);
        assert!(all(root.path()).unwrap().is_empty());
    }
}
