//! Which pulses get into a block: whoever brings them pays nothing, so one transaction a block is enough.

use codec::Encode;
use polkadot_sdk::frame_system;
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::traits::{IdentifyAccount, Verify};
use polkadot_sdk::sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionValidity, ValidTransaction,
};

use crate::{Call, Config, NextUnsignedAt, Pallet};

/// Blocks that a pulse may wait in a pool.
const LONGEVITY: u64 = 5;

/// Whether an unsigned call may be in the next block: pulses alone, signed by the key they name, with the number of a
/// block that is neither older than the last pulses nor yet to come.
pub(crate) fn validate<T: Config>(call: &Call<T>) -> TransactionValidity {
    let Call::write_pulse { pulses_payload: payload, signature } = call else {
        return InvalidTransaction::Call.into();
    };
    let signature = signature.as_ref().ok_or(InvalidTransaction::BadProof)?;
    let sender = payload.public.clone().into_account();
    if !signature.verify(payload.encode().as_slice(), &sender) {
        return InvalidTransaction::BadProof.into();
    }
    let from = NextUnsignedAt::<T>::get();
    if payload.block_number < from {
        return InvalidTransaction::Stale.into();
    }
    if payload.block_number > frame_system::Pallet::<T>::block_number() {
        return InvalidTransaction::Future.into();
    }
    ValidTransaction::with_tag_prefix("DrandOffchainWorker")
        .priority(Pallet::<T>::unsigned_priority())
        .and_provides((from, &payload.public).using_encoded(blake2_256))
        .longevity(LONGEVITY)
        .propagate(true)
        .build()
}
