//! A voucher, as a customer signs it for a gateway (pallet Credits; document NEURONS, "Customers").

use super::text;
use crate::key::{Key, Public, Signature, is_signed};
use assay_inference::H256;
use codec::Encode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is paid, and where: what all vouchers for a gateway have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payee {
    /// Hash of the chain's first block.
    pub genesis: H256,
    /// The subnet.
    pub netuid: u16,
    /// The block in which the subnet was registered: the next subnet of the number is another one.
    pub since: u64,
    /// The gateway's hotkey.
    pub gateway: Public,
}

/// What a customer owes a gateway in all, as it comes with a request. The higher voucher holds the lower one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Voucher {
    /// Public key of the customer, who has the credits.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub customer: Public,
    /// Credits in all, those that were spent included.
    pub total: u64,
    /// The customer's, over [`Voucher::message`].
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub signature: Signature,
}

impl Voucher {
    /// A voucher of a customer.
    pub fn new(customer: &Key, payee: &Payee, total: u64) -> Self {
        let mut voucher = Self { customer: customer.public(), total, signature: [0; 64] };
        voucher.signature = customer.sign(&voucher.message(payee));
        voucher
    }

    /// The bytes that are signed: the SCALE encoding of `"assay/voucher/1"`, the chain's genesis hash, the subnet, the block
    /// of its registration, the customer, the gateway and the total.
    pub fn message(&self, payee: &Payee) -> Vec<u8> {
        ("assay/voucher/1", self.fields(payee)).encode()
    }

    /// Whether the customer signed it for this gateway.
    pub fn is_signed(&self, payee: &Payee) -> bool {
        is_signed(&self.message(payee), &self.signature, &self.customer)
    }

    /// The SCALE encoding of the voucher and its signature, as `Credits.spend` takes them.
    pub fn for_chain(&self, payee: &Payee) -> Vec<u8> {
        (self.fields(payee), self.signature).encode()
    }

    fn fields(&self, payee: &Payee) -> (H256, u16, u64, Public, Public, u64) {
        (payee.genesis, payee.netuid, payee.since, self.customer, payee.gateway, self.total)
    }
}
