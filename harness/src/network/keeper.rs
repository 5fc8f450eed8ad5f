//! The thread that keeps a network: its links and its conversations go on while nobody waits for them.
//!
//! It also starts the nodes. The kernel ends a node when the thread that started it ends, so that thread must be one
//! that lives as long as the network.

use std::io;
use std::thread;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

/// A thread with a runtime. Both end, with all that was spawned there, when it is dropped.
#[derive(Debug)]
pub struct Keeper {
    runtime: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system has no thread or no event queue left.
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::Builder::new().name("network".into()).spawn(move || {
            // Both a word and a dropped sender mean the end.
            let _ = runtime.block_on(stopped);
        })?;
        Ok(Self { runtime: handle, stop: Some(stop), thread: Some(thread) })
    }

    /// Does something on the thread and waits for it, from whatever runtime one is in. Who stops waiting stops it.
    ///
    /// # Panics
    /// If what is done panics.
    pub async fn run<F>(&self, doing: F) -> F::Output
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let task = self.runtime.spawn(doing);
        let _stop = StopOnDrop(task.abort_handle());
        match task.await {
            Ok(output) => output,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(error) => panic!("the network was stopped while it was being used: {error}"),
            },
        }
    }

    /// Does something on the thread while others go on.
    pub fn spawn<F>(&self, doing: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.runtime.spawn(doing);
    }
}

struct StopOnDrop(AbortHandle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop.take();
        let Some(thread) = self.thread.take() else { return };
        // The thread cannot wait for itself: it ends when what runs on it now returns.
        if thread.thread().id() != thread::current().id() {
            // It holds no lock and returns nothing; if it panicked, that has been printed.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn what_is_spawned_ends_with_the_keeper() {
        let keeper = Keeper::start().unwrap();
        let shared = Arc::new(());
        let held = shared.clone();
        keeper.spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        let name = keeper.run(async { thread::current().name().map(str::to_owned) }).await;
        assert_eq!(name.as_deref(), Some("network"));
        assert_eq!(Arc::strong_count(&shared), 2);
        drop(keeper);
        assert_eq!(Arc::strong_count(&shared), 1);
    }
}
