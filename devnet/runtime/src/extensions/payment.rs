//! Fees, and the order of transactions, which fees do not decide (section 10, 1.1 #8).

use alloc::vec::Vec;

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::dispatch::{DispatchClass, DispatchInfo, PostDispatchInfo};
use polkadot_sdk::frame_support::pallet_prelude::TransactionSource;
use polkadot_sdk::frame_support::weights::Weight;
use polkadot_sdk::pallet_transaction_payment::ChargeTransactionPayment;
use polkadot_sdk::sp_runtime::DispatchResult;
use polkadot_sdk::sp_runtime::traits::{
    DispatchInfoOf, Implication, TransactionExtension, TransactionExtensionMetadata, ValidateResult,
};
use polkadot_sdk::sp_runtime::transaction_validity::TransactionValidityError;
use scale_info::TypeInfo;

use crate::{Balance, Runtime, RuntimeCall, RuntimeOrigin};

type Inner = ChargeTransactionPayment<Runtime>;

/// Priority of ordinary transactions.
const NORMAL: u64 = 1;
/// Priority of operational ones.
const OPERATIONAL: u64 = 10_000_000_000;

/// The SDK's extension with priorities that do not depend on the tip. The metadata names the inner one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ChargeTransactionPaymentWrapper {
    inner: Inner,
}

impl ChargeTransactionPaymentWrapper {
    /// With a tip in rao.
    pub fn from(tip: Balance) -> Self {
        Self { inner: Inner::from(tip) }
    }
}

impl TransactionExtension<RuntimeCall> for ChargeTransactionPaymentWrapper {
    const IDENTIFIER: &'static str = "ChargeTransactionPayment";
    type Implicit = ();
    type Val = <Inner as TransactionExtension<RuntimeCall>>::Val;
    type Pre = <Inner as TransactionExtension<RuntimeCall>>::Pre;

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        <Inner as TransactionExtension<RuntimeCall>>::metadata()
    }

    fn weight(&self, call: &RuntimeCall) -> Weight {
        // The reference chain looks for the payer behind a proxy, which costs three reads (section 10, 3).
        self.inner.weight(call).saturating_add(pallet_subtensor::defaults::declared::<Runtime>(0, 3, 0, 0))
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        length: usize,
        (): Self::Implicit,
        inherited_implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCall> {
        let (mut validity, value, origin) =
            self.inner.validate(origin, call, info, length, (), inherited_implication, source)?;
        validity.priority = match info.class {
            DispatchClass::Normal | DispatchClass::Mandatory => NORMAL,
            DispatchClass::Operational => OPERATIONAL,
        };
        Ok((validity, value, origin))
    }

    fn prepare(
        self,
        value: Self::Val,
        origin: &RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        length: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        self.inner.prepare(value, origin, call, info, length)
    }

    fn post_dispatch_details(
        pre: Self::Pre,
        info: &DispatchInfo,
        post_info: &PostDispatchInfo,
        length: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        Inner::post_dispatch_details(pre, info, post_info, length, result)
    }
}
