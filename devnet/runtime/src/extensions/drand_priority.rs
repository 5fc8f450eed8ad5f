//! Pulses of the beacon go first (section 10, 1.1 #12).

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::sp_runtime::impl_tx_ext_default;
use polkadot_sdk::sp_runtime::traits::{DispatchInfoOf, Implication, TransactionExtension, ValidateResult};
use polkadot_sdk::sp_runtime::transaction_validity::{
    TransactionPriority, TransactionSource, TransactionValidity, ValidTransaction,
};
use scale_info::TypeInfo;

use crate::{RuntimeCall, RuntimeOrigin};

/// What a pulse has ahead of everything of its class.
const PRIORITY: TransactionPriority = 10_000;

/// Gives pulses their priority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct DrandPriority;

fn validity(call: &RuntimeCall) -> ValidTransaction {
    let is_pulse = matches!(call, RuntimeCall::Drand(pallet_drand::Call::write_pulse { .. }));
    ValidTransaction { priority: if is_pulse { PRIORITY } else { 0 }, ..ValidTransaction::default() }
}

impl TransactionExtension<RuntimeCall> for DrandPriority {
    const IDENTIFIER: &'static str = "DrandPriority";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn weight(&self, _call: &RuntimeCall) -> Weight {
        Weight::zero()
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _length: usize,
        _self_implicit: (),
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<(), RuntimeCall> {
        Ok((validity(call), (), origin))
    }

    fn bare_validate(
        call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _length: usize,
    ) -> TransactionValidity {
        Ok(validity(call))
    }

    impl_tx_ext_default!(RuntimeCall; prepare);
}
