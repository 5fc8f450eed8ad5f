//! What a transaction costs and who gets it (section 10, 3).

use assay_primitives::interface::BlockAuthor;
use pallet_subtensor::alpha_fee::AlphaFee;
use polkadot_sdk::frame_support::dispatch::{DispatchInfo, PostDispatchInfo};
use polkadot_sdk::frame_support::traits::Imbalance;
use polkadot_sdk::frame_support::traits::IsSubType;
use polkadot_sdk::frame_support::traits::fungible::{Balanced, Credit, Inspect};
use polkadot_sdk::frame_support::traits::tokens::{Fortitude, Precision, Preservation, WithdrawConsequence};
use polkadot_sdk::frame_support::weights::{Weight, WeightToFee};
use polkadot_sdk::pallet_transaction_payment::{OnChargeTransaction, TxCreditHold};
use polkadot_sdk::sp_runtime::Perbill;
use polkadot_sdk::sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

use crate::author::AuraAuthor;
use crate::{AccountId, Balance, Balances, Runtime, RuntimeCall, SubtensorModule};

/// One rao for 2,000 picoseconds, to the nearest rao, ties down; the size of the proof is free.
pub struct LinearWeightToFee;

impl WeightToFee for LinearWeightToFee {
    type Balance = Balance;

    fn weight_to_fee(weight: &Weight) -> Balance {
        Perbill::from_parts(500_000) * weight.ref_time()
    }
}

/// Takes fees in TAO, or in alpha where the payer has no TAO and the call moves alpha out of one stake, and gives them
/// to the block author (section 10, 3.1).
pub struct ChargeFee;

/// A fee that was taken before the dispatch.
pub enum Taken {
    /// TAO with the tip, of which some may go back.
    Tao(Credit<AccountId, Balances>),
    /// Alpha, which the author has already got as TAO.
    Alpha(AlphaFee),
}

impl TxCreditHold<Runtime> for ChargeFee {
    type Credit = ();
}

impl OnChargeTransaction<Runtime> for ChargeFee {
    type Balance = Balance;
    type LiquidityInfo = Option<Taken>;

    fn can_withdraw_fee(
        who: &AccountId,
        call: &RuntimeCall,
        _info: &DispatchInfo,
        fee_with_tip: Balance,
        _tip: Balance,
    ) -> Result<(), TransactionValidityError> {
        let has_tao = Balances::can_withdraw(who, fee_with_tip) == WithdrawConsequence::Success;
        if fee_with_tip == 0 || has_tao || has_alpha(who, call, fee_with_tip) {
            Ok(())
        } else {
            Err(InvalidTransaction::Payment.into())
        }
    }

    fn withdraw_fee(
        who: &AccountId,
        call: &RuntimeCall,
        _info: &DispatchInfo,
        fee_with_tip: Balance,
        _tip: Balance,
    ) -> Result<Self::LiquidityInfo, TransactionValidityError> {
        if fee_with_tip == 0 {
            return Ok(None);
        }
        let (exact, keep, polite) = (Precision::Exact, Preservation::Preserve, Fortitude::Polite);
        if let Ok(credit) = Balances::withdraw(who, fee_with_tip, exact, keep, polite) {
            return Ok(Some(Taken::Tao(credit)));
        }
        let call = call.is_sub_type().ok_or(InvalidTransaction::Payment)?;
        let paid = SubtensorModule::charge_alpha_fee(who, call, fee_with_tip)
            .map_err(|_| InvalidTransaction::Payment)?;
        Ok(paid.map(Taken::Alpha))
    }

    fn correct_and_deposit_fee(
        who: &AccountId,
        _info: &DispatchInfo,
        _post_info: &PostDispatchInfo,
        corrected_fee_with_tip: Balance,
        _tip: Balance,
        taken: Self::LiquidityInfo,
    ) -> Result<(), TransactionValidityError> {
        match taken {
            None => {}
            Some(Taken::Tao(credit)) => pay_author(refund(who, credit, corrected_fee_with_tip)),
            Some(Taken::Alpha(paid)) => SubtensorModule::tell_alpha_fee(who, paid),
        }
        Ok(())
    }
}

fn has_alpha(who: &AccountId, call: &RuntimeCall, fee: Balance) -> bool {
    call.is_sub_type().is_some_and(|call| SubtensorModule::can_pay_alpha_fee(who, call, fee))
}

/// Gives back what was taken beyond `due` and leaves the rest; an account that is gone gets nothing back.
fn refund(who: &AccountId, taken: Credit<AccountId, Balances>, due: Balance) -> Credit<AccountId, Balances> {
    if taken.peek() <= due || Balances::total_balance(who) == 0 {
        return taken;
    }
    let (mut fee, back) = taken.split(due);
    if let Err(unpaid) = Balances::resolve(who, back) {
        fee.subsume(unpaid);
    }
    fee
}

/// Gives a fee with its tip to the block author; without one it leaves the issuance.
fn pay_author(fee: Credit<AccountId, Balances>) {
    if fee.peek() == 0 {
        return;
    }
    if let Some(author) = AuraAuthor::author() {
        // An account that cannot exist with so little does not get it, and the fee is lost.
        drop(Balances::resolve(&author, fee));
    }
}
