//! Calls that nobody may dispatch (section 01, 5).

use polkadot_sdk::frame_support::traits::Contains;

use crate::{RuntimeCall, batch};

/// Refuses batches that contain a batch.
pub struct NoNestedBatch;

impl Contains<RuntimeCall> for NoNestedBatch {
    fn contains(call: &RuntimeCall) -> bool {
        let items = batch::items(call).unwrap_or_default();
        !items.iter().any(|item| batch::items(item).is_some())
    }
}
