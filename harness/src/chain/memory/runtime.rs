//! Running the chain's runtime in this process.

use super::state::{Base, STATE_VERSION, State, StateHasher};
use crate::sabotage::Planting;
use crate::sabotage::externalities::Faulty;
use crate::sabotage::planting::Interference;
use codec::{Decode, Encode};
use polkadot_sdk::sp_externalities::{Extensions, set_and_run_with_externalities};
use polkadot_sdk::sp_state_machine::{Ext, OverlayedChanges, StorageChanges, StorageCollection};
use std::panic::{AssertUnwindSafe, catch_unwind};
use thiserror::Error;

/// A call into the runtime that did not come back with an answer.
#[derive(Debug, Error)]
pub enum RuntimeError {
    /// The runtime has no such method.
    #[error("the runtime has no method `{0}`")]
    NoMethod(String),
    /// The runtime panicked.
    #[error("the runtime panicked in `{method}`: {message}")]
    Panicked {
        /// The method called.
        method: String,
        /// What the panic said.
        message: String,
    },
    /// The answer does not decode as the type asked for.
    #[error("the answer of `{method}` does not decode: {source}")]
    Answer {
        /// The method called.
        method: String,
        /// Where decoding stopped.
        source: codec::Error,
    },
}

/// What a block changed: keys with their new values, or none where one was removed.
pub(super) type Changes = StorageCollection;

/// A block in the making: a state and the changes on top of it.
pub(super) struct Session {
    base: Base,
    overlay: OverlayedChanges<StateHasher>,
    /// What a planted fault does.
    interference: Option<Interference>,
}

impl Session {
    /// A session on top of `state`.
    pub fn new(state: &State) -> Self {
        Self { base: Base::new(state.clone()), overlay: OverlayedChanges::default(), interference: None }
    }

    /// A session on top of `state`, in which a fault does what it does in block `number`.
    pub fn with(state: &State, fault: Option<&Planting>, number: u32) -> Self {
        Self { interference: fault.map(|fault| fault.begin(number)), ..Self::new(state) }
    }

    /// Calls a method of the runtime and keeps what it changes.
    pub fn call<T: Decode>(&mut self, method: &str, arguments: &impl Encode) -> Result<T, RuntimeError> {
        let answer = self.call_raw(method, &arguments.encode())?;
        T::decode(&mut answer.as_slice())
            .map_err(|source| RuntimeError::Answer { method: method.to_owned(), source })
    }

    /// Calls a method of the runtime with encoded arguments, keeps what it changes and returns the encoded answer.
    pub fn call_raw(&mut self, method: &str, arguments: &[u8]) -> Result<Vec<u8>, RuntimeError> {
        let mut extensions = Extensions::new();
        let mut externalities = Ext::new(&mut self.overlay, &self.base, Some(&mut extensions));
        let before = |key: &[u8]| self.base.state().get(key).cloned();
        let dispatch = || assay_runtime::api::dispatch(method, arguments);
        let run = AssertUnwindSafe(|| match &mut self.interference {
            None => set_and_run_with_externalities(&mut externalities, dispatch),
            Some(interference) => {
                interference.enter(method, arguments);
                let mut faulty = Faulty::new(&mut externalities, interference, &before);
                set_and_run_with_externalities(&mut faulty, dispatch)
            }
        });
        match catch_unwind(run) {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(RuntimeError::NoMethod(method.to_owned())),
            Err(panic) => Err(RuntimeError::Panicked {
                method: method.to_owned(),
                message: panic_message(panic.as_ref()).to_owned(),
            }),
        }
    }

    /// Starts a layer of changes that [`Self::commit_layer`] keeps or [`Self::drop_layer`] forgets.
    pub fn start_layer(&mut self) {
        self.overlay.start_transaction();
    }

    /// Keeps the changes of the last layer.
    pub fn commit_layer(&mut self) {
        // Every layer is closed by the function that opened it, so there is one.
        let _ = self.overlay.commit_transaction();
    }

    /// Forgets the changes of the last layer.
    pub fn drop_layer(&mut self) {
        let _ = self.overlay.rollback_transaction();
    }

    /// All that the session changed, and the state that it comes to.
    pub fn finish(mut self) -> Result<(Changes, State), String> {
        let drained: StorageChanges<StateHasher> =
            self.overlay.drain_storage_changes(&self.base, STATE_VERSION)?;
        Ok((drained.main_storage_changes, self.base.into_next()))
    }
}

/// What a panic said.
pub fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}
