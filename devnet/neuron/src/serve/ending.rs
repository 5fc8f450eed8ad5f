//! When a program ends: asked to by a signal, or because its parent has gone.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Waits for SIGINT, SIGTERM or the end of the parent, and says which.
///
/// # Errors
/// Signals cannot be listened to.
pub async fn asked_to_end(parent_gone: Option<oneshot::Receiver<()>>) -> std::io::Result<&'static str> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let parent = async {
        match parent_gone {
            Some(gone) => drop(gone.await),
            None => std::future::pending().await,
        }
    };
    Ok(tokio::select! {
        _ = interrupt.recv() => "SIGINT",
        _ = terminate.recv() => "SIGTERM",
        () = parent => "the parent has gone",
    })
}
