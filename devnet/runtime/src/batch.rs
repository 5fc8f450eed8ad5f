//! Batches of calls (section 10, 5).

use polkadot_sdk::frame_support::dispatch::{DispatchClass, DispatchInfo, GetDispatchInfo, Pays};
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::pallet_utility::{self, WeightInfo};

use crate::{Runtime, RuntimeCall};

type UtilityCall = pallet_utility::Call<Runtime>;
type Weights = <Runtime as pallet_utility::Config>::WeightInfo;

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

/// What a batch costs; none for any other call. Its weight is the SDK's; other than there it is always an ordinary
/// transaction, and free if all its items are.
///
/// Each item is asked once: batches stand in batches, and with two questions to each the innermost of a hundred would
/// be asked for longer than anybody waits.
pub fn dispatch_info(call: &RuntimeCall) -> Option<DispatchInfo> {
    let items = items(call)?;
    let own: fn(u32) -> Weight = match call {
        RuntimeCall::Utility(UtilityCall::batch_all { .. }) => Weights::batch_all,
        RuntimeCall::Utility(UtilityCall::force_batch { .. }) => Weights::force_batch,
        _ => Weights::batch,
    };
    let mut call_weight = own(u32::try_from(items.len()).unwrap_or(u32::MAX));
    let mut pays_fee = Pays::No;
    for item in items {
        let info = item.get_dispatch_info();
        call_weight = call_weight.saturating_add(info.call_weight);
        if info.pays_fee == Pays::Yes {
            pays_fee = Pays::Yes;
        }
    }
    Some(DispatchInfo {
        call_weight,
        extension_weight: Weight::zero(),
        class: DispatchClass::Normal,
        pays_fee,
    })
}
