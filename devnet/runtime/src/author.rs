//! Who makes the block (section 01, 5).

use assay_primitives::interface::BlockAuthor;
use polkadot_sdk::frame_support::traits::FindAuthor;
use polkadot_sdk::sp_core::crypto::ByteArray;
use polkadot_sdk::sp_runtime::DigestItem;
use polkadot_sdk::{frame_system, pallet_aura};

use crate::{AccountId, Runtime};

/// The account with the bytes of the Aura key whose slot it is.
pub struct AuraAuthor;

impl BlockAuthor<AccountId> for AuraAuthor {
    fn author() -> Option<AccountId> {
        let digest = frame_system::Pallet::<Runtime>::digest();
        let pre_runtime = digest.logs().iter().filter_map(DigestItem::as_pre_runtime);
        let index = pallet_aura::Pallet::<Runtime>::find_author(pre_runtime)?;
        let authorities = pallet_aura::Authorities::<Runtime>::get();
        let key = authorities.get(usize::try_from(index).ok()?)?;
        AccountId::try_from(key.as_slice()).ok()
    }
}
