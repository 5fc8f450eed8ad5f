//! A node that dies with its parent, whatever way the parent dies.
//!
//! Two means, because neither is enough alone. The kernel kills the node when the *thread* that started it ends, even
//! if the node is stopped at that moment (Linux only). And the end of standard input, which the parent holds open,
//! says the same everywhere, also if the parent was dead before the first means was in place.

use crate::Error;
use std::io::Read;
use std::time::Duration;
use tokio::sync::oneshot;

/// Asks the kernel to kill this process when the thread that started it ends.
///
/// # Errors
/// [`Error::System`] if the kernel refuses.
pub fn follow_parent() -> Result<(), Error> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL)).map_err(
        |error| Error::System {
            what: "dying with the parent cannot be arranged".into(),
            source: error.into(),
        },
    )?;
    Ok(())
}

/// How long a node may take to close its database after its parent has gone.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Watches standard input; its end is told to the receiver, and the process ends by force a little later.
///
/// # Errors
/// [`Error::System`] if the thread cannot be started.
pub fn watch_input() -> Result<oneshot::Receiver<()>, Error> {
    let (gone, parent_gone) = oneshot::channel();
    std::thread::Builder::new()
        .name("lifeline".into())
        .spawn(move || {
            let mut ignored = [0; 64];
            let mut input = std::io::stdin().lock();
            while !matches!(input.read(&mut ignored), Ok(0) | Err(_)) {}
            log::info!("Standard input has ended: the node ends with its parent");
            let _ = gone.send(());
            std::thread::sleep(LAST_WORDS);
            std::process::exit(0);
        })
        .map_err(|source| Error::System { what: "standard input cannot be watched".into(), source })?;
    Ok(parent_gone)
}
