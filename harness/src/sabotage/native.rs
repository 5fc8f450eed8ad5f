//! The runtime of a node, with a fault planted in it.
//!
//! The node computes wrongly in everything it does: in the blocks that it makes, and in those of others that it executes
//! to see whether their headers say the truth.

use super::externalities::Faulty;
use super::planting::Planting;
use super::rule::{Deed, Rule};
use crate::chain::memory::OpaqueBlock;
use assay_node::Native;
use assay_node::executor::dispatch;
use codec::{Decode, Encode};
use polkadot_sdk::sp_externalities::Externalities;
use polkadot_sdk::sp_runtime::ApplyExtrinsicResult;
use polkadot_sdk::sp_runtime::traits::Header as _;
use std::sync::Arc;

/// Whether a node can have a fault of these rules. A rule that reads what was before the block can be planted in memory
/// alone: a node shows its runtime nothing but the state of now.
pub fn is_possible(rules: &[Rule]) -> bool {
    rules.iter().all(|rule| rule.deed != Deed::Stale)
}

/// The runtime of this program with a fault in it.
pub fn sabotaged(fault: Planting) -> Native {
    Native::new(Arc::new(move |externalities, method, data| match method {
        "Core_execute_block" => {
            execute(&fault, externalities, data);
            Some(().encode())
        }
        method => call(&fault, externalities, method, data),
    }))
}

fn call(
    fault: &Planting,
    externalities: &mut dyn Externalities,
    method: &str,
    data: &[u8],
) -> Option<Vec<u8>> {
    // The number is for the record of what a fault did, and nobody reads that of a node.
    let mut interference = fault.begin(0);
    interference.enter(method, data);
    dispatch(&mut Faulty::new(externalities, &mut interference, &|_| None), method, data)
}

/// Executes a block of somebody else part by part, because rules say in which part of a block they act.
///
/// It panics where the block is not what its header says, as the runtime's own method does.
fn execute(fault: &Planting, externalities: &mut dyn Externalities, block: &[u8]) {
    let OpaqueBlock { header, extrinsics } = decoded(block);
    let mut part = |method, data: Vec<u8>| call(fault, externalities, method, &data).unwrap_or_default();
    part("Core_initialize_block", header.encode());
    for extrinsic in extrinsics {
        let applied: ApplyExtrinsicResult =
            decoded(&part("BlockBuilder_apply_extrinsic", extrinsic.encode()));
        assert!(applied.is_ok(), "an extrinsic of block {} is not valid: {applied:?}", header.number());
    }
    let made = decoded(&part("BlockBuilder_finalize_block", Vec::new()));
    assert!(header == made, "block {} does not come to what its header says", header.number());
}

fn decoded<T: Decode>(bytes: &[u8]) -> T {
    match T::decode(&mut &*bytes) {
        Ok(value) => value,
        Err(error) => panic!("the runtime's own interface is another: {error}"),
    }
}
