//! What lies in storage, and what a customer signs.

use alloc::vec::Vec;

use assay_primitives::{AlphaBalance, NetUid};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::{ConstU32, H256, sr25519};
use polkadot_sdk::sp_runtime::BoundedVec;
use scale_info::TypeInfo;

/// Rao of alpha in one alpha: the unit of [`Terms::rate`].
pub const ALPHA: u64 = 1_000_000_000;

/// Vouchers that one call can spend.
pub const MAX_VOUCHERS: u32 = 64;

/// The terms on which a subnet sells credits.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Terms {
    /// Whether credits can be bought and spent.
    pub enabled: bool,
    /// Credits for one alpha that is burned.
    pub rate: u64,
}

impl Default for Terms {
    /// Off, and a credit for each rao of alpha.
    fn default() -> Self {
        Self { enabled: false, rate: ALPHA }
    }
}

impl Terms {
    /// Credits for so much alpha in rao, rounded down; none if they are too many to count.
    pub fn credits_for(&self, alpha: AlphaBalance) -> Option<u64> {
        let credits = u128::from(alpha) * u128::from(self.rate) / u128::from(ALPHA);
        u64::try_from(credits).ok()
    }
}

/// What a subnet has sold since it was registered.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Sales {
    /// Alpha bought and burned, rao.
    pub burned: AlphaBalance,
    /// Credits given for it.
    pub credits: u64,
}

/// What a customer owes a gateway in all, as it signs it.
///
/// The total only ever grows: of two vouchers the higher one counts and holds everything the lower one does, so that one
/// signature pays for many requests, and handing in a voucher twice takes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Voucher<AccountId> {
    /// Hash of the chain's first block.
    pub genesis: H256,
    /// The subnet.
    pub netuid: NetUid,
    /// The block in which the subnet was registered: the next subnet of the number is another one.
    pub since: u64,
    /// Who pays.
    pub customer: AccountId,
    /// The hotkey that is paid.
    pub gateway: AccountId,
    /// Credits in all since the subnet was registered.
    pub total: u64,
}

impl<AccountId: Encode> Voucher<AccountId> {
    /// The bytes that are signed: the SCALE encoding of `"assay/voucher/1"` and the fields in order.
    pub fn message(&self) -> Vec<u8> {
        ("assay/voucher/1", self).encode()
    }
}

/// A voucher with the signature of its customer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct SignedVoucher<AccountId> {
    /// What was signed.
    pub voucher: Voucher<AccountId>,
    /// Over [`Voucher::message`], sr25519.
    pub signature: sr25519::Signature,
}

/// Vouchers that are spent together.
pub type Vouchers<AccountId> = BoundedVec<SignedVoucher<AccountId>, ConstU32<MAX_VOUCHERS>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_rounded_down_and_never_wrap() {
        let terms = |rate| Terms { enabled: true, rate };
        assert_eq!(terms(ALPHA).credits_for(7), Some(7));
        assert_eq!(terms(250_000_000).credits_for(7), Some(1));
        assert_eq!(terms(1).credits_for(999_999_999), Some(0));
        assert_eq!(terms(ALPHA).credits_for(u64::MAX), Some(u64::MAX));
        assert_eq!(terms(ALPHA + 1).credits_for(u64::MAX), None);
        assert!(!Terms::default().enabled);
    }

    #[test]
    fn the_message_is_the_documented_tuple() {
        let genesis = H256::repeat_byte(1);
        let voucher =
            Voucher { genesis, netuid: 2, since: 30, customer: [4_u8; 32], gateway: [5_u8; 32], total: 6 };
        let tuple = ("assay/voucher/1", genesis, 2_u16, 30_u64, [4_u8; 32], [5_u8; 32], 6_u64);
        assert_eq!(voucher.message(), tuple.encode());
    }
}
