//! The Docker engine: testcontainers for what it does, and the client below it for what it does not (killing a
//! container, taking it off its network).

use super::DockerError;
use std::error::Error;
use testcontainers::bollard::Docker;
use testcontainers::core::client::docker_client_instance;

/// A client of the engine that `DOCKER_HOST` or the usual socket leads to.
///
/// # Errors
/// [`DockerError::NoEngine`] if none answers.
pub async fn client() -> Result<Docker, DockerError> {
    let none = |error: &dyn Error| DockerError::NoEngine(chain(error));
    let client = docker_client_instance().await.map_err(|error| none(&error))?;
    client.ping().await.map_err(|error| none(&error))?;
    Ok(client)
}

/// What the engine, or a library on the way to it, says against something.
pub(super) fn refused(what: &'static str) -> impl Fn(&dyn Error) -> DockerError {
    move |error| DockerError::Refused { what, said: chain(error) }
}

/// An error with those behind it, each said once.
fn chain(error: &dyn Error) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        if !told.iter().any(|earlier| earlier.contains(&text)) {
            told.push(text);
        }
        next = error.source();
    }
    told.join(": ")
}
