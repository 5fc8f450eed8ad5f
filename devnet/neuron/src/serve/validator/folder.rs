//! What a validator must not forget when it ends: files of JSON in a folder of its own.

use super::super::ServeError;
use crate::key::{Public, ss58};
use assay_inference::H256;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A validator's folder, which nobody else uses as long as this is there.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The system lets it go when the process ends, whatever way it ends.
    _lock: File,
}

impl Folder {
    /// The folder of a hotkey on a subnet of a chain, below `root`. Chains are told apart by the first half of their
    /// genesis hash.
    ///
    /// # Errors
    /// It cannot be made, or another validator of this hotkey has it.
    pub fn open(root: &Path, genesis: H256, netuid: u16, hotkey: &Public) -> Result<Self, ServeError> {
        let chain = hex::encode(genesis.as_bytes().split_at(16).0);
        let path = root.join(chain).join(format!("{netuid}-{}", ss58(hotkey)));
        let locked = fs::create_dir_all(&path)
            .and_then(|()| File::options().create(true).truncate(false).write(true).open(path.join("lock")));
        let problem = match locked.map(|lock| (lock.try_lock(), lock)) {
            Ok((Ok(()), lock)) => return Ok(Self { path, _lock: lock }),
            Ok((Err(TryLockError::WouldBlock), _)) => {
                "another validator of this hotkey and subnet uses it: end that one, or give another --state"
                    .to_owned()
            }
            Ok((Err(TryLockError::Error(error)), _)) | Err(error) => error.to_string(),
        };
        Err(ServeError::Folder { path, problem })
    }

    /// What a file holds; the default where there is none.
    ///
    /// # Errors
    /// It cannot be read, or holds something else.
    pub fn read<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, ServeError> {
        let path = self.path.join(name);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
            Err(error) => return Err(ServeError::Folder { path, problem: error.to_string() }),
        };
        serde_json::from_slice(&text).map_err(|error| {
            let problem = format!("{error}; move the file away if what it remembers may be forgotten");
            ServeError::Folder { path, problem }
        })
    }

    /// Writes a file, whole or not at all, whatever happens meanwhile. Only this user may read it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn write(&self, name: &str, what: &impl Serialize) -> io::Result<()> {
        use std::os::unix::fs::OpenOptionsExt;
        let (path, new) = (self.path.join(name), self.path.join(format!("{name}.new")));
        let mut file = File::options().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
        file.write_all(&serde_json::to_vec(what)?)?;
        file.sync_all()?;
        fs::rename(new, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let open = |netuid| Folder::open(root.path(), H256::repeat_byte(1), netuid, &[2; 32]).unwrap();
        assert_eq!(open(2).read::<Vec<u16>>("numbers.json").unwrap(), Vec::<u16>::new());
        open(2).write("numbers.json", &[1, 2]).unwrap();
        open(2).write("numbers.json", &[3]).unwrap();
        assert_eq!(open(2).read::<Vec<u16>>("numbers.json").unwrap(), [3]);
        assert_eq!(open(3).read::<Vec<u16>>("numbers.json").unwrap(), Vec::<u16>::new());
        let other = Folder::open(root.path(), H256::repeat_byte(9), 2, &[2; 32]).unwrap();
        assert_eq!(other.read::<Vec<u16>>("numbers.json").unwrap(), Vec::<u16>::new());

        // A write that was cut off leaves what was there.
        let file = |name| root.path().join("01".repeat(16)).join(format!("2-{}", ss58(&[2; 32]))).join(name);
        fs::write(file("numbers.json.new"), "[4,").unwrap();
        assert_eq!(open(2).read::<Vec<u16>>("numbers.json").unwrap(), [3]);
        fs::write(file("numbers.json"), "[4,").unwrap();
        let problem = open(2).read::<Vec<u16>>("numbers.json").unwrap_err().to_string();
        assert!(problem.contains("numbers.json") && problem.contains("move the file away"), "{problem}");
        let held = open(2);
        let problem = Folder::open(root.path(), H256::repeat_byte(1), 2, &[2; 32]).unwrap_err().to_string();
        assert!(problem.contains("another validator of this hotkey"), "{problem}");
        drop(held);
        drop(open(2));
        assert!(Folder::open(Path::new("/dev/null"), H256::zero(), 2, &[2; 32]).is_err());
    }
}
