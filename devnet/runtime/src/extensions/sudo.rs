//! Sudo calls come from the sudo key alone (section 10, 1.1 #9).

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::pallet_prelude::TransactionSource;
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::pallet_sudo;
use polkadot_sdk::sp_runtime::impl_tx_ext_default;
use polkadot_sdk::sp_runtime::traits::{
    AsSystemOriginSigner, DispatchInfoOf, Implication, TransactionExtension, ValidateResult,
};
use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, ValidTransaction};
use scale_info::TypeInfo;

use crate::{Runtime, RuntimeCall, RuntimeOrigin};

/// Refuses Sudo calls that are signed by another key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SudoTransactionExtension;

impl TransactionExtension<RuntimeCall> for SudoTransactionExtension {
    const IDENTIFIER: &'static str = "SudoTransactionExtension";
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
        (): Self::Implicit,
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCall> {
        if let (RuntimeCall::Sudo(_), Some(signer)) = (call, origin.as_system_origin_signer()) {
            let is_sudo = pallet_sudo::Key::<Runtime>::get().is_some_and(|key| key == *signer);
            if !is_sudo {
                return Err(InvalidTransaction::BadSigner.into());
            }
        }
        Ok((ValidTransaction::default(), (), origin))
    }

    impl_tx_ext_default!(RuntimeCall; prepare);
}
