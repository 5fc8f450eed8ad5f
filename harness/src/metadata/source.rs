//! Where a metadata comes from: this build's runtime, a running chain, a file.

use super::Surface;
use crate::chain::genesis::{Genesis, GenesisError};
use crate::chain::memory::MemoryChain;
use crate::chain::{Chain, ChainError};
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use subxt::rpcs::RpcClient;
use subxt::rpcs::client::rpc_params;
use thiserror::Error;

/// The versions that clients read.
pub const VERSIONS: [u32; 3] = [14, 15, 16];

/// How long a running chain may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a metadata comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The runtime in this build.
    Memory,
    /// A running chain with a WebSocket.
    Chain(String),
    /// A file with one SCALE-encoded metadata.
    File(PathBuf),
}

/// A metadata that cannot be had.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The file cannot be read.
    #[error("cannot read the metadata {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bytes are no metadata.
    #[error("{from} is not SCALE-encoded metadata: {problem}")]
    NotMetadata {
        /// Where the bytes come from.
        from: String,
        /// What is wrong with them.
        problem: String,
    },
    /// The metadata is of a version that nobody reads any more, or not yet.
    #[error("{from} is metadata of version {version}; versions 14, 15 and 16 can be compared")]
    OtherVersion {
        /// Where it comes from.
        from: String,
        /// Its version.
        version: u32,
    },
    /// The chain does not answer.
    #[error("{url} does not answer: {problem}")]
    NoAnswer {
        /// The chain.
        url: String,
        /// Why not.
        problem: String,
    },
    /// The chain offers none of the versions.
    #[error("{0} offers none of the metadata versions 14, 15 and 16")]
    NoVersion(String),
    /// The chain in memory cannot be made.
    #[error(transparent)]
    Genesis(#[from] GenesisError),
    /// The chain in memory does not answer.
    #[error(transparent)]
    Memory(#[from] ChainError),
}

impl FromStr for Source {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "memory" => Self::Memory,
            url if url.starts_with("ws://") || url.starts_with("wss://") => Self::Chain(url.to_owned()),
            path => Self::File(path.into()),
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => formatter.write_str("memory"),
            Self::Chain(url) => formatter.write_str(url),
            Self::File(path) => write!(formatter, "{}", path.display()),
        }
    }
}

impl Source {
    /// What the source shows, in every version that it offers.
    ///
    /// # Errors
    /// A source that cannot be reached, or that holds something else.
    pub async fn surfaces(&self) -> Result<Vec<Surface>, SourceError> {
        let mut surfaces = Vec::new();
        for bytes in self.encoded().await? {
            surfaces.push(self.surface(&bytes)?);
        }
        Ok(surfaces)
    }

    /// The encoded metadata, in every version that the source offers.
    async fn encoded(&self) -> Result<Vec<Vec<u8>>, SourceError> {
        match self {
            Self::File(path) => Ok(vec![read(path)?]),
            Self::Memory => {
                let genesis = Genesis::load("fresh")?.build("fresh")?;
                let chain = MemoryChain::new(genesis)?;
                let mut all = Vec::new();
                for version in VERSIONS {
                    all.extend(self.answer(&chain.call(AT_VERSION, &version.encode()).await?)?);
                }
                self.at_least_one(all)
            }
            Self::Chain(url) => {
                let chain = within(url, RpcClient::from_insecure_url(url)).await?;
                let mut all = Vec::new();
                for version in VERSIONS {
                    let call =
                        rpc_params![AT_VERSION, crate::reference::replay::accounts::hex(&version.encode())];
                    let answer: String = within(url, chain.request("state_call", call)).await?;
                    let answer = crate::reference::replay::accounts::bytes(&answer);
                    let answer = answer.ok_or_else(|| self.not_metadata("the answer is not in hex"))?;
                    all.extend(self.answer(&answer)?);
                }
                self.at_least_one(all)
            }
        }
    }

    /// The metadata in the answer of a runtime: none if it does not offer the version.
    fn answer(&self, bytes: &[u8]) -> Result<Option<Vec<u8>>, SourceError> {
        Option::<Vec<u8>>::decode(&mut &*bytes).map_err(|error| self.not_metadata(error))
    }

    fn at_least_one(&self, all: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, SourceError> {
        if all.is_empty() { Err(SourceError::NoVersion(self.to_string())) } else { Ok(all) }
    }

    fn surface(&self, mut bytes: &[u8]) -> Result<Surface, SourceError> {
        let metadata =
            RuntimeMetadataPrefixed::decode(&mut bytes).map_err(|error| self.not_metadata(error))?;
        if !bytes.is_empty() {
            return Err(self.not_metadata(format!("{} bytes are left after it", bytes.len())));
        }
        if metadata.0 != frame_metadata::META_RESERVED {
            return Err(self.not_metadata("it does not begin with `meta`"));
        }
        let version = RuntimeMetadata::version(&metadata.1);
        let other = || SourceError::OtherVersion { from: self.to_string(), version };
        Surface::of(&metadata.1).ok_or_else(other)
    }

    #[allow(clippy::needless_pass_by_value, reason = "called with texts and errors")]
    fn not_metadata(&self, problem: impl ToString) -> SourceError {
        SourceError::NotMetadata { from: self.to_string(), problem: problem.to_string() }
    }
}

/// The runtime API that gives the metadata of a version.
const AT_VERSION: &str = "Metadata_metadata_at_version";

/// The folder of the reference chain in this repository.
pub fn default_reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425")
}

/// The surfaces of a reference chain: its folder has a file for each version.
///
/// # Errors
/// A file that is missing or no metadata.
pub async fn reference(folder: &Path) -> Result<Vec<Surface>, SourceError> {
    let mut surfaces = Vec::new();
    for version in VERSIONS {
        let file = Source::File(folder.join(format!("metadata-v{version}.scale")));
        surfaces.extend(file.surfaces().await?);
    }
    Ok(surfaces)
}

fn read(path: &Path) -> Result<Vec<u8>, SourceError> {
    std::fs::read(path).map_err(|source| SourceError::Unreadable { path: path.to_owned(), source })
}

/// The answer of a chain, or why there is none in time.
async fn within<T, E: ToString>(
    url: &str,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, SourceError> {
    let no_answer = |problem: String| SourceError::NoAnswer { url: url.to_owned(), problem };
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answer) => answer.map_err(|error| no_answer(error.to_string())),
        Err(_) => Err(no_answer(format!("nothing came in {} seconds", PATIENCE.as_secs()))),
    }
}
