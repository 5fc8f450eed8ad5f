//! The number of an account's transaction (section 10, 1.1 #6).

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::dispatch::Pays;
use polkadot_sdk::frame_support::pallet_prelude::TransactionSource;
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_runtime::traits::{
    AsSystemOriginSigner, DispatchInfoOf, Implication, TransactionExtension, ValidateResult,
};
use polkadot_sdk::sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionValidityError, ValidTransaction,
};
use scale_info::TypeInfo;

use crate::{AccountId, Nonce, Runtime, RuntimeCall, RuntimeOrigin};

/// Checks and counts the nonce. Other than the SDK's own extension it asks for an existing account only where the
/// call pays: a hotkey without TAO can send calls that cost nothing, and its nonce is kept all the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CheckNonce(#[codec(compact)] pub Nonce);

impl TransactionExtension<RuntimeCall> for CheckNonce {
    const IDENTIFIER: &'static str = "CheckNonce";
    type Implicit = ();
    /// The signer, if there is one.
    type Val = Option<AccountId>;
    type Pre = ();

    fn weight(&self, _call: &RuntimeCall) -> Weight {
        <<Runtime as frame_system::Config>::ExtensionsWeightInfo as frame_system::ExtensionsWeightInfo>::check_nonce()
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        _call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        _length: usize,
        (): Self::Implicit,
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCall> {
        let Some(signer) = origin.as_system_origin_signer().cloned() else {
            return Ok((ValidTransaction::default(), None, origin));
        };
        let account = frame_system::Account::<Runtime>::get(&signer);
        let exists = account.providers > 0 || account.sufficients > 0;
        if info.pays_fee == Pays::Yes && !exists {
            return Err(InvalidTransaction::Payment.into());
        }
        if self.0 < account.nonce {
            return Err(InvalidTransaction::Stale.into());
        }
        // A transaction with a later number waits for the one before it.
        let tag = |nonce: Nonce| (&signer, nonce).encode();
        let requires = if self.0 > account.nonce { Vec::from([tag(self.0 - 1)]) } else { Vec::new() };
        let validity =
            ValidTransaction { requires, provides: Vec::from([tag(self.0)]), ..ValidTransaction::default() };
        Ok((validity, Some(signer), origin))
    }

    fn prepare(
        self,
        signer: Self::Val,
        _origin: &RuntimeOrigin,
        _call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _length: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let Some(signer) = signer else { return Ok(()) };
        frame_system::Account::<Runtime>::mutate(signer, |account| {
            if self.0 > account.nonce {
                return Err(InvalidTransaction::Future.into());
            }
            account.nonce = self.0.wrapping_add(1);
            Ok(())
        })
    }
}
