//! What a transaction carries besides its call (section 10, 1.1).
//!
//! On the wire: era, compact nonce, compact tip, mode. Signed on top of that: versions, genesis hash, era hash and
//! the hash of the metadata. Extensions that carry nothing stand here for the sake of their identifiers.

mod check_nonce;
mod drand_priority;
mod payment;
mod placeholder;
mod sudo;

use pallet_subtensor::extension::SubtensorTransactionExtension;
use polkadot_sdk::{frame_metadata_hash_extension, frame_system};

use crate::Runtime;

pub use check_nonce::CheckNonce;
pub use drand_priority::DrandPriority;
pub use payment::ChargeTransactionPaymentWrapper;
pub use placeholder::CheckShieldedTxValidity;
pub use sudo::SudoTransactionExtension;

/// All extensions in their order, grouped as on the reference chain.
pub type TxExtension = (
    (
        frame_system::CheckNonZeroSender<Runtime>,
        frame_system::CheckSpecVersion<Runtime>,
        frame_system::CheckTxVersion<Runtime>,
        frame_system::CheckGenesis<Runtime>,
        frame_system::CheckMortality<Runtime>,
        CheckNonce,
        frame_system::CheckWeight<Runtime>,
    ),
    (
        ChargeTransactionPaymentWrapper,
        SudoTransactionExtension,
        CheckShieldedTxValidity,
        SubtensorTransactionExtension<Runtime>,
        DrandPriority,
    ),
    frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
);

/// The extensions of a transaction that is immortal unless `era` says otherwise, without the metadata hash.
pub fn extensions(
    era: polkadot_sdk::sp_runtime::generic::Era,
    nonce: crate::Nonce,
    tip: crate::Balance,
) -> TxExtension {
    (
        (
            frame_system::CheckNonZeroSender::new(),
            frame_system::CheckSpecVersion::new(),
            frame_system::CheckTxVersion::new(),
            frame_system::CheckGenesis::new(),
            frame_system::CheckMortality::from(era),
            CheckNonce(nonce),
            frame_system::CheckWeight::new(),
        ),
        (
            ChargeTransactionPaymentWrapper::from(tip),
            SudoTransactionExtension,
            CheckShieldedTxValidity,
            SubtensorTransactionExtension::new(),
            DrandPriority,
        ),
        frame_metadata_hash_extension::CheckMetadataHash::new(false),
    )
}
