//! `assay_createBlock`: a block of exactly these extrinsics.

use crate::sealing::paced::{Made, Request, Wanted};
use futures::SinkExt;
use futures::channel::{mpsc, oneshot};
use jsonrpsee::core::{RpcResult, async_trait};
use jsonrpsee::proc_macros::rpc;
use jsonrpsee::types::ErrorObjectOwned;

/// Code of the error that says a block was not made.
const NOT_MADE: i32 = 1;

/// Making blocks, in paced nodes.
#[rpc(server, namespace = "assay")]
pub trait CreateBlock {
    /// Makes a block on `parent` (the best block if none) of exactly the given extrinsics in their order (what is ready
    /// in the pool if none), in the slot of its number, and announces it.
    #[method(name = "createBlock")]
    async fn create_block(&self, params: Wanted) -> RpcResult<Made>;
}

/// Hands wishes to the task that makes blocks.
pub struct Paced {
    requests: mpsc::Sender<Request>,
}

impl Paced {
    /// Hands them to `requests`.
    pub fn new(requests: mpsc::Sender<Request>) -> Self {
        Self { requests }
    }
}

#[async_trait]
impl CreateBlockServer for Paced {
    async fn create_block(&self, params: Wanted) -> RpcResult<Made> {
        let (answer, made) = oneshot::channel();
        let not_made = |problem: String| ErrorObjectOwned::owned(NOT_MADE, problem, None::<()>);
        let ended = || not_made("the node is ending".into());
        self.requests.clone().send((params, answer)).await.map_err(|_| ended())?;
        made.await.map_err(|_| ended())?.map_err(not_made)
    }
}
