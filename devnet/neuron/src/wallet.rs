//! Wallets on disk, in the layout of the field's own wallet, so that `btcli` and the Bittensor SDK open what is written
//! here, and the other way round.
//!
//! `PATH/NAME/coldkey` and `PATH/NAME/hotkeys/HOTKEY` hold secrets, `PATH/NAME/coldkeypub.txt` and
//! `PATH/NAME/hotkeys/HOTKEYpub.txt` what may be known. All of them are JSON; encrypted ones are not read here.

use crate::key::{Key, Public, Secret, account, ss58};
use crate::protocol::text;
use serde::{Deserialize, Serialize};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What the field's wallet calls sr25519.
const SR25519: u8 = 1;

/// A wallet: one coldkey and its hotkeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    folder: PathBuf,
}

/// A key's file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyFile {
    account_id: String,
    public_key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_phrase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_seed: Option<String>,
    ss58_address: String,
    #[serde(default)]
    crypto_type: Option<u8>,
}

/// Why a wallet cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// There is no such file, or it cannot be read.
    #[error("{}: cannot be read: {error}; `assay wallet new` makes wallets", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// It cannot be written.
    #[error("{}: cannot be written: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// There is a key already.
    #[error("{}: there is a key already, and it is not overwritten", .0.display())]
    Exists(PathBuf),
    /// The key is encrypted.
    #[error("{}: the key is encrypted, and only plain ones are read here: give the key as --coldkey-uri or --hotkey-uri", .0.display())]
    Encrypted(PathBuf),
    /// It is not the JSON of a key.
    #[error("{}: {error}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        error: serde_json::Error,
    },
    /// The secret is missing, of another kind, or another key's.
    #[error("{}: {problem}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: &'static str,
    },
    /// The name of a wallet or a hotkey is no name of a file.
    #[error("`{0}` is no name for a wallet or a hotkey: it is the name of a file")]
    Name(String),
}

impl Wallet {
    /// The wallet of a name in a folder of wallets.
    ///
    /// # Errors
    /// The name is no name of a file.
    pub fn at(path: &Path, name: &str) -> Result<Self, WalletError> {
        Ok(Self { folder: path.join(checked(name)?) })
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The coldkey, which pays.
    ///
    /// # Errors
    /// It is not there, encrypted, or no key.
    pub fn coldkey(&self) -> Result<Key, WalletError> {
        read_secret(&self.folder.join("coldkey"))
    }

    /// The coldkey's account, which is there even if the coldkey itself is not.
    ///
    /// # Errors
    /// It is not there, or no key.
    pub fn coldkey_account(&self) -> Result<Public, WalletError> {
        read_public(&self.folder.join("coldkeypub.txt"))
    }

    /// A hotkey, which serves and signs.
    ///
    /// # Errors
    /// It is not there, encrypted, or no key.
    pub fn hotkey(&self, name: &str) -> Result<Key, WalletError> {
        read_secret(&self.hotkeys().join(checked(name)?))
    }

    /// The names of the hotkeys, in order; none if there are none.
    pub fn hotkey_names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.hotkeys()).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<_> = names.filter(|name| !name.ends_with("pub.txt")).collect();
        names.sort();
        names
    }

    /// Writes the coldkey.
    ///
    /// # Errors
    /// There is one already, or it cannot be written.
    pub fn write_coldkey(&self, secret: &Secret) -> Result<(), WalletError> {
        write(&self.folder.join("coldkey"), &KeyFile::secret(secret))?;
        write(&self.folder.join("coldkeypub.txt"), &KeyFile::public(&secret.key.public()))
    }

    /// Writes a hotkey.
    ///
    /// # Errors
    /// There is one of this name already, or it cannot be written.
    pub fn write_hotkey(&self, name: &str, secret: &Secret) -> Result<(), WalletError> {
        let name = checked(name)?;
        write(&self.hotkeys().join(name), &KeyFile::secret(secret))?;
        write(&self.hotkeys().join(format!("{name}pub.txt")), &KeyFile::public(&secret.key.public()))
    }

    fn hotkeys(&self) -> PathBuf {
        self.folder.join("hotkeys")
    }
}

impl KeyFile {
    fn public(public: &Public) -> Self {
        Self {
            account_id: text::shown(public),
            public_key: text::shown(public),
            private_key: None,
            secret_phrase: None,
            secret_seed: None,
            ss58_address: ss58(public),
            crypto_type: Some(SR25519),
        }
    }

    fn secret(secret: &Secret) -> Self {
        Self {
            private_key: Some(text::shown(secret.key.secret())),
            secret_phrase: secret.phrase.clone(),
            secret_seed: secret.seed.map(text::shown),
            ..Self::public(&secret.key.public())
        }
    }
}

/// The name of a wallet or a hotkey, if it stays within its folder.
fn checked(name: &str) -> Result<&str, WalletError> {
    let is_file = Path::new(name).file_name().is_some_and(|file| file == name);
    if is_file { Ok(name) } else { Err(WalletError::Name(name.to_owned())) }
}

fn read(path: &Path) -> Result<KeyFile, WalletError> {
    let bytes = std::fs::read(path).map_err(|error| WalletError::Read { path: path.to_owned(), error })?;
    // Encrypted files begin with the name of the cipher.
    if bytes.starts_with(b"$") || bytes.starts_with(b"gAAAA") {
        return Err(WalletError::Encrypted(path.to_owned()));
    }
    serde_json::from_slice(&bytes).map_err(|error| WalletError::Json { path: path.to_owned(), error })
}

fn read_public(path: &Path) -> Result<Public, WalletError> {
    let problem = "the address is none";
    account(&read(path)?.ss58_address).map_err(|_| WalletError::Key { path: path.to_owned(), problem })
}

fn read_secret(path: &Path) -> Result<Key, WalletError> {
    let wrong = |problem| WalletError::Key { path: path.to_owned(), problem };
    let file = read(path)?;
    if file.crypto_type.is_some_and(|kind| kind != SR25519) {
        return Err(wrong("only keys of the kind sr25519 are used here"));
    }
    let said = account(&file.ss58_address).map_err(|_| wrong("the address is none"))?;
    let key = match (file.secret_seed.or(file.secret_phrase), file.private_key) {
        (Some(from), _) => Key::from_uri(&from).map_err(|_| wrong("its seed or phrase is none"))?,
        (None, Some(bytes)) => from_private(&bytes).ok_or_else(|| wrong("its private key is none"))?,
        (None, None) => return Err(wrong("no seed, phrase or private key is in it")),
    };
    if key.public() != said {
        return Err(wrong("the secret is another account's than the address in it"));
    }
    Ok(key)
}

fn from_private(bytes: &str) -> Option<Key> {
    let bytes = hex::decode(bytes.strip_prefix("0x")?).ok()?;
    Key::from_secret(&bytes)
}

/// Writes a key for its owner's eyes; what is there stays.
fn write(path: &Path, file: &KeyFile) -> Result<(), WalletError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => WalletError::Exists(path.to_owned()),
        _ => WalletError::Write { path: path.to_owned(), error },
    };
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    let text = serde_json::to_vec(file).map_err(|error| failed(error.into()))?;
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    out.write_all(&text).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the package `bittensor-wallet` 4.1.1 wrote.
    const WRITTEN: &str = r#"{"privateKey":"0x7883f5864378bce2a683c95597b63843edb31650cd0282008b77b2f02e2ac30c9dc4a5563d03d10e65f678e32c23df1fc82b2865e385200902cc6e6d8193b1b8","publicKey":"0xe8c18a9dd6f68d8b0ed216c6352846c851019fc4c55d03467aa766e6a5327712","secretPhrase":"iron control kit miss snap junior clip economy slice actor tortoise weather","secretSeed":"0xff333241db6c8462a275f6703f230f3d17648a6cf4eced41b42b4ca65afc4d71","ss58Address":"5HKtTeVbNZji9xLim1E7LKc5RKvWJ2FZNVQpsgRoZT8yWimq","cryptoType":1,"accountId":"0xe8c18a9dd6f68d8b0ed216c6352846c851019fc4c55d03467aa766e6a5327712"}"#;

    #[test]
    fn what_is_written_is_read_back_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let wallet = Wallet::at(folder.path(), "miner").unwrap();
        let (cold, hot) = (Secret::generate(), Secret::from_uri("//Alice//miner").unwrap());
        wallet.write_coldkey(&cold).unwrap();
        wallet.write_hotkey("default", &hot).unwrap();
        assert_eq!(wallet.coldkey().unwrap().public(), cold.key.public());
        assert_eq!(wallet.coldkey_account().unwrap(), cold.key.public());
        assert_eq!(wallet.hotkey("default").unwrap().public(), hot.key.public());
        assert_eq!(wallet.hotkey_names(), ["default"]);
        assert!(matches!(wallet.write_coldkey(&hot), Err(WalletError::Exists(_))));
        assert_eq!(wallet.coldkey().unwrap().public(), cold.key.public());
        assert!(matches!(wallet.hotkey("other"), Err(WalletError::Read { .. })));
        for name in ["", "..", "a/b", "/etc"] {
            assert!(matches!(Wallet::at(folder.path(), name), Err(WalletError::Name(_))), "{name}");
        }
    }

    #[test]
    fn wallets_of_the_field_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coldkey");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read_secret(&path)
        };
        let key = read(WRITTEN).unwrap();
        assert_eq!(key.ss58(), "5HKtTeVbNZji9xLim1E7LKc5RKvWJ2FZNVQpsgRoZT8yWimq");
        // The words alone are enough, and both forms of the secret are those that are written here.
        let phrase = WRITTEN.replace("\"secretSeed\"", "\"unused\"");
        assert_eq!(read(&phrase).unwrap().public(), key.public());
        let said: KeyFile = serde_json::from_str(WRITTEN).unwrap();
        assert_eq!(said.private_key, Some(text::shown(key.secret())));
        let refusal = |text: &str| read(text).unwrap_err().to_string();
        assert!(refusal("$NACL1234").contains("encrypted"));
        assert!(refusal("{").contains("coldkey"));
        assert!(refusal(&WRITTEN.replace("5HKtTeV", "5HKtTeW")).contains("the address is none"));
        assert!(refusal(&WRITTEN.replace("0xff33", "0xff34")).contains("another account's"));
        assert!(refusal(&WRITTEN.replace("\"cryptoType\":1", "\"cryptoType\":0")).contains("sr25519"));
        // Keys of derivations have their private key alone there.
        let private = WRITTEN.replace("\"secretSeed\"", "\"a\"").replace("\"secretPhrase\"", "\"b\"");
        assert_eq!(read(&private).unwrap().public(), key.public());
        assert!(refusal(&private.replace("0x7883", "0x78")).contains("its private key is none"));
        assert!(
            refusal(&private.replace("\"privateKey\"", "\"c\"")).contains("no seed, phrase or private key")
        );
    }
}
