//! Batches of calls (section 10, 5).

use polkadot_sdk::frame_support::dispatch::{DispatchClass, DispatchInfo, GetDispatchInfo, Pays};
use polkadot_sdk::pallet_utility;

use crate::{Runtime, RuntimeCall};

type UtilityCall = pallet_utility::Call<Runtime>;

/// The items of a batch; none for any other call.
pub fn items(call: &RuntimeCall) -> Option<&[RuntimeCall]> {
    match call {
        RuntimeCall::Utility(
            UtilityCall::batch { calls }
            | UtilityCall::batch_all { calls }
            | UtilityCall::force_batch { calls },
        ) => Some(calls),
        _ => None,
    }
}

/// What a batch costs, other than the SDK's: it is always an ordinary transaction, and free if all its items are.
pub fn dispatch_info(items: &[RuntimeCall], declared: DispatchInfo) -> DispatchInfo {
    let is_free = items.iter().all(|item| item.get_dispatch_info().pays_fee == Pays::No);
    let pays_fee = if is_free { Pays::No } else { Pays::Yes };
    DispatchInfo { class: DispatchClass::Normal, pays_fee, ..declared }
}
