//! An extension of a pallet that this chain does not have; it lets everything pass (section 10, 1.1 #10).

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::sp_runtime::impl_tx_ext_default;
use polkadot_sdk::sp_runtime::traits::TransactionExtension;
use scale_info::TypeInfo;

use crate::RuntimeCall;

/// Checks encrypted transactions, of which there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CheckShieldedTxValidity;

impl TransactionExtension<RuntimeCall> for CheckShieldedTxValidity {
    const IDENTIFIER: &'static str = "CheckShieldedTxValidity";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn weight(&self, _call: &RuntimeCall) -> Weight {
        // It costs what it does on the reference chain (section 10, 3).
        pallet_subtensor::defaults::declared::<crate::Runtime>(1_000_000, 1, 0, 0)
    }

    impl_tx_ext_default!(RuntimeCall; validate prepare);
}
