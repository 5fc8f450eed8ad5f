//! Running the runtime: natively where the chain's code is the marker [`NATIVE_CODE`], as WASM otherwise.
//!
//! The default build has no WASM runtime. A chain whose `:code` is the marker is executed by the runtime compiled into
//! this program; once a `set_code` has put a real blob there, the SDK's own executor runs that, so an upgrade is real.

use crate::spec::NATIVE_CODE;
use assay_runtime::VERSION;
use codec::Encode;
use polkadot_sdk::sc_executor::error::Error;
use polkadot_sdk::sc_executor::{RuntimeVersionOf, WasmExecutor};
use polkadot_sdk::sp_core::traits::{CallContext, CodeExecutor, ReadRuntimeVersion, RuntimeCode};
use polkadot_sdk::sp_externalities::{Externalities, set_and_run_with_externalities};
use polkadot_sdk::sp_io::SubstrateHostFunctions;
use polkadot_sdk::sp_runtime::traits::{BlakeTwo256, Hash};
use polkadot_sdk::sp_version::RuntimeVersion;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What calls a method of the native runtime, on a storage and with encoded arguments; nothing comes back where there is
/// no such method.
pub type Dispatch = dyn Fn(&mut dyn Externalities, &str, &[u8]) -> Option<Vec<u8>> + Send + Sync;

/// The native runtime: that of this program, unless who runs the node wants another one, as tests do to see a network
/// in which one node computes wrongly.
#[derive(Clone)]
pub struct Native(Arc<Dispatch>);

impl Native {
    /// A runtime that is called like this. What panics in it is an error of the call.
    pub fn new(dispatch: Arc<Dispatch>) -> Self {
        Self(dispatch)
    }
}

impl Default for Native {
    /// The runtime of this program.
    fn default() -> Self {
        Self(Arc::new(dispatch))
    }
}

impl fmt::Debug for Native {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Native")
    }
}

/// Calls a method of the runtime of this program.
pub fn dispatch(externalities: &mut dyn Externalities, method: &str, data: &[u8]) -> Option<Vec<u8>> {
    set_and_run_with_externalities(externalities, || assay_runtime::api::dispatch(method, data))
}

/// The executor of the node.
#[derive(Clone)]
pub struct Executor {
    wasm: WasmExecutor<SubstrateHostFunctions>,
    native: Native,
    native_hash: Vec<u8>,
}

impl Executor {
    /// An executor that runs `native` where the code is the marker, and hands other code to `wasm`.
    pub fn new(wasm: WasmExecutor<SubstrateHostFunctions>, native: Native) -> Self {
        Self { wasm, native, native_hash: BlakeTwo256::hash(NATIVE_CODE).encode() }
    }

    fn is_native(&self, code: &RuntimeCode) -> bool {
        code.hash == self.native_hash
    }
}

impl CodeExecutor for Executor {
    type Error = Error;

    fn call(
        &self,
        externalities: &mut dyn Externalities,
        code: &RuntimeCode,
        method: &str,
        data: &[u8],
        context: CallContext,
    ) -> (Result<Vec<u8>, Error>, bool) {
        if self.is_native(code) {
            (call_native(&self.native, externalities, method, data), true)
        } else {
            self.wasm.call(externalities, code, method, data, context)
        }
    }
}

/// Calls a native runtime; a panic of it is an error, as a trap of a WASM runtime is.
fn call_native(
    native: &Native,
    externalities: &mut dyn Externalities,
    method: &str,
    data: &[u8],
) -> Result<Vec<u8>, Error> {
    // The node ends on a panic anywhere else.
    let _unwind = sp_panic_handler::AbortGuard::force_unwind();
    match catch_unwind(AssertUnwindSafe(|| (native.0)(externalities, method, data))) {
        Ok(Some(answer)) => Ok(answer),
        Ok(None) => Err(Error::MethodNotFound(method.to_owned())),
        Err(panic) => Err(Error::RuntimePanicked(format!("{method}: {}", panic_message(panic.as_ref())))),
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

impl RuntimeVersionOf for Executor {
    fn runtime_version(
        &self,
        externalities: &mut dyn Externalities,
        code: &RuntimeCode,
    ) -> Result<RuntimeVersion, Error> {
        if self.is_native(code) {
            Ok(VERSION)
        } else {
            RuntimeVersionOf::runtime_version(&self.wasm, externalities, code)
        }
    }
}

impl ReadRuntimeVersion for Executor {
    fn read_runtime_version(
        &self,
        code: &[u8],
        externalities: &mut dyn Externalities,
    ) -> Result<Vec<u8>, String> {
        if code == NATIVE_CODE {
            Ok(VERSION.encode())
        } else {
            self.wasm.read_runtime_version(code, externalities)
        }
    }
}
