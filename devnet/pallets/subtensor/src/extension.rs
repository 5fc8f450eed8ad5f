//! The transaction extension that keeps transactions which a guard would refuse out of blocks (section 10, 1.1 #11).

use core::marker::PhantomData;

use codec::{Decode, DecodeWithMemTracking, Encode};
use polkadot_sdk::frame_support::pallet_prelude::{TransactionSource, Weight};
use polkadot_sdk::frame_support::traits::IsSubType;
use polkadot_sdk::sp_runtime::traits::{
    AsSystemOriginSigner, DispatchInfoOf, Dispatchable, Implication, TransactionExtension, ValidateResult,
};
use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, ValidTransaction};
use polkadot_sdk::sp_runtime::{DispatchError, impl_tx_ext_default};
use scale_info::TypeInfo;

use crate::{Call, Config, Error, Pallet};

/// Runs the guards when a transaction is validated (section 10, 1.1 #11).
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, PartialEq, Eq, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct SubtensorTransactionExtension<T>(PhantomData<T>);

impl<T> SubtensorTransactionExtension<T> {
    /// The extension, which has no content.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for SubtensorTransactionExtension<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> core::fmt::Debug for SubtensorTransactionExtension<T> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("SubtensorTransactionExtension")
    }
}

impl<T: Config + Send + Sync + TypeInfo> TransactionExtension<T::RuntimeCall>
    for SubtensorTransactionExtension<T>
where
    T::RuntimeCall: Dispatchable + IsSubType<Call<T>>,
    <T::RuntimeCall as Dispatchable>::RuntimeOrigin: AsSystemOriginSigner<T::AccountId> + Clone,
{
    const IDENTIFIER: &'static str = "SubtensorTransactionExtension";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        Pallet::<T>::guard_weight(call.is_sub_type())
    }

    fn validate(
        &self,
        origin: <T::RuntimeCall as Dispatchable>::RuntimeOrigin,
        call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _length: usize,
        _self_implicit: Self::Implicit,
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, T::RuntimeCall> {
        if let Some(signer) = origin.as_system_origin_signer() {
            Pallet::<T>::check_guards(signer, call.is_sub_type())
                .map_err(|error| InvalidTransaction::Custom(custom_code::<T>(error)))?;
        }
        Ok((ValidTransaction::default(), (), origin))
    }

    impl_tx_ext_default!(T::RuntimeCall; prepare);
}

/// What a client is told when a guard refuses (section 10, 2.2).
fn custom_code<T: Config>(error: DispatchError) -> u8 {
    let is = |candidate: Error<T>| DispatchError::from(candidate) == error;
    let table = [
        (0, Error::ColdkeySwapAnnounced),
        (1, Error::AmountTooLow),
        (1, Error::NotEnoughStakeToSetWeights),
        (2, Error::NotEnoughBalanceToStake),
        (3, Error::SubnetNotExists),
        (4, Error::HotKeyAccountNotExists),
        (5, Error::NotEnoughStakeToWithdraw),
        (6, Error::CommittingWeightsTooFast),
        (6, Error::SettingWeightsTooFast),
        (6, Error::NetworkTxRateLimitExceeded),
        (7, Error::InsufficientLiquidity),
        (8, Error::SlippageTooHigh),
        (9, Error::TransferDisallowed),
        (10, Error::HotKeyNotRegisteredInNetwork),
        (11, Error::InvalidIpAddress),
        (12, Error::ServingRateLimitExceeded),
        (13, Error::InvalidPort),
        (15, Error::InvalidRevealRound),
        (16, Error::NoWeightsCommitFound),
        (17, Error::RevealTooEarly),
        (18, Error::InputLengthsUnequal),
        (19, Error::HotKeyNotRegisteredInSubNet),
        (20, Error::EvmKeyAssociateRateLimitExceeded),
        (21, Error::ColdkeySwapDisputed),
        (25, Error::NonAssociatedColdKey),
        (26, Error::DelegateTakeTooLow),
        (27, Error::DelegateTakeTooHigh),
    ];
    table.into_iter().find_map(|(code, candidate)| is(candidate).then_some(code)).unwrap_or(u8::MAX)
}
