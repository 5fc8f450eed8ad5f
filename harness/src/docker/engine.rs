//! The Docker engine, spoken to by its own command.
//!
//! What is asked of it are eight commands that every engine has had for years; a client library for its socket would
//! bring a gRPC stack into the build of everything else.

use super::DockerError;
use std::process::{Output, Stdio};
use tokio::process::Command;

/// Asks the engine something and returns what it prints.
///
/// # Errors
/// [`DockerError::Refused`] with what the engine says, [`DockerError::NoEngine`] if there is no command to ask it by.
pub async fn ask(words: &[&str]) -> Result<String, DockerError> {
    let asked = Command::new("docker").args(words).stdin(Stdio::null()).kill_on_drop(true).output().await;
    answer(words, &asked.map_err(|error| DockerError::NoEngine(format!("`docker` cannot be run: {error}")))?)
}

/// Asks the engine something without waiting in a runtime: for the time when there may be none.
///
/// # Errors
/// As [`ask`].
pub fn ask_blocking(words: &[&str]) -> Result<String, DockerError> {
    let asked = std::process::Command::new("docker").args(words).stdin(Stdio::null()).output();
    answer(words, &asked.map_err(|error| DockerError::NoEngine(format!("`docker` cannot be run: {error}")))?)
}

fn answer(words: &[&str], output: &Output) -> Result<String, DockerError> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(DockerError::Refused { what: words.first().copied().unwrap_or_default().to_owned(), said })
}

/// Whether an engine answers.
///
/// # Errors
/// [`DockerError::NoEngine`] if none does.
pub async fn answers() -> Result<(), DockerError> {
    match ask(&["version", "--format", "{{.Server.Version}}"]).await {
        Ok(_) => Ok(()),
        Err(DockerError::Refused { said, .. }) => Err(DockerError::NoEngine(said)),
        Err(error) => Err(error),
    }
}
