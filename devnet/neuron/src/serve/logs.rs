//! Logs on standard error, for people or as lines of JSON.

use tracing_subscriber::EnvFilter;

/// Starts logging. `RUST_LOG` says what, where it is set.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start within a process changes nothing.
    let _ = if json { logs.json().try_init() } else { logs.try_init() };
}
