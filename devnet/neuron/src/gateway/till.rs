//! What customers owe a gateway, and who has paid for a request.
//!
//! A request costs a price. It is paid by vouchers: the highest one of a customer counts, and holds as many requests as it
//! holds prices beyond what was used before. So a customer may sign one voucher for many requests or one for each, and
//! requests that overtake each other do no harm. A voucher is good only as far as its customer has credits on the chain.

use crate::key::Public;
use crate::protocol::{Payee, Voucher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Blocks for which is believed what the chain said of a customer.
const BELIEVED: u32 = 10;

/// What the chain knows of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Credits that nobody has spent yet.
    pub balance: u64,
    /// Credits that this gateway has spent of the customer in all.
    pub spent: u64,
}

/// Why a request is not paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpaid {
    /// There is no voucher.
    #[error(
        "a request costs {price} credits: send a signed voucher; GET /v1/credits/CUSTOMER says over how much"
    )]
    Missing {
        /// What a request costs.
        price: u64,
    },
    /// Somebody else signed.
    #[error(
        "the signature is not the customer's: sign the message of this voucher for this gateway, chain and subnet"
    )]
    Signature,
    /// What the voucher holds was used by earlier requests.
    #[error("the voucher is used up: {used} credits were used, so sign one over {needed} in all")]
    Used {
        /// Credits of requests before.
        used: u64,
        /// The least total that pays for another.
        needed: u64,
    },
    /// The customer has fewer credits than it promises.
    #[error(
        "the customer has {balance} credits on the chain, and the voucher promises {promised} that are not spent yet: buy \
         more with Credits.buy"
    )]
    Credits {
        /// Credits on the chain.
        balance: u64,
        /// Credits promised and not spent.
        promised: u64,
    },
}

/// What a gateway knows of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Credits of requests that were answered or are being answered.
    pub used: u64,
    /// The highest voucher.
    pub voucher: Voucher,
    /// What the chain said, and at which block.
    #[serde(skip)]
    seen: Option<(Standing, u32)>,
}

/// A gateway's till.
#[derive(Clone, Debug)]
pub struct Till {
    payee: Payee,
    price: u64,
    accounts: BTreeMap<Public, Account>,
}

impl Till {
    /// A till with what an earlier one knew ([`Till::accounts`]).
    pub fn new(payee: Payee, price: u64, accounts: Vec<Account>) -> Self {
        let ours = accounts.into_iter().filter(|account| account.voucher.is_signed(&payee));
        Self { payee, price, accounts: ours.map(|account| (account.voucher.customer, account)).collect() }
    }

    /// Who is paid.
    pub fn payee(&self) -> &Payee {
        &self.payee
    }

    /// Credits that a request costs.
    pub fn price(&self) -> u64 {
        self.price
    }

    /// What is known of all customers who have paid.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// What is known of a customer.
    pub fn account(&self, customer: &Public) -> Option<&Account> {
        self.accounts.get(customer)
    }

    /// What the chain said of a customer, if that is lately and is enough for a voucher over so much; else it is to be asked
    /// again.
    pub fn believed(&self, customer: &Public, total: u64, block: u32) -> Option<Standing> {
        let account = self.accounts.get(customer)?;
        let (standing, at) = account.seen?;
        let promised = total.max(account.voucher.total).saturating_sub(standing.spent);
        (block.abs_diff(at) < BELIEVED && promised <= standing.balance).then_some(standing)
    }

    /// Takes the price of a request out of a voucher. The signature was looked at before ([`Voucher::is_signed`]); `standing`
    /// is what the chain said at `block`.
    ///
    /// # Errors
    /// [`Unpaid::Used`], [`Unpaid::Credits`]; nothing is taken then.
    pub fn charge(&mut self, voucher: &Voucher, standing: Standing, block: u32) -> Result<(), Unpaid> {
        let known = self.accounts.get(&voucher.customer);
        // Of a customer who was forgotten, everything that the chain knows to be spent counts as used.
        let used = known.map_or(standing.spent, |account| account.used);
        let highest = known.map(|account| &account.voucher).filter(|known| known.total > voucher.total);
        let highest = highest.unwrap_or(voucher).clone();
        let needed = used.saturating_add(self.price);
        if highest.total < needed {
            return Err(Unpaid::Used { used, needed });
        }
        let promised = highest.total.saturating_sub(standing.spent);
        if promised > standing.balance {
            return Err(Unpaid::Credits { balance: standing.balance, promised });
        }
        let account = Account { used: needed, voucher: highest, seen: Some((standing, block)) };
        self.accounts.insert(voucher.customer, account);
        Ok(())
    }

    /// Gives back the price of a request that nobody answered.
    pub fn refund(&mut self, customer: &Public) {
        if let Some(account) = self.accounts.get_mut(customer) {
            account.used = account.used.saturating_sub(self.price);
        }
    }

    /// The vouchers of customers of whom the chain may not have spent everything yet.
    pub fn open(&self) -> Vec<Voucher> {
        let spent = |account: &Account| account.seen.map_or(0, |(standing, _)| standing.spent);
        let open = self.accounts.values().filter(|account| account.voucher.total > spent(account));
        open.map(|account| account.voucher.clone()).collect()
    }

    /// Takes note of what the chain says of a customer. Tells whether it would spend its voucher of this total now.
    pub fn learn(&mut self, customer: &Public, total: u64, standing: Standing, block: u32) -> bool {
        if let Some(account) = self.accounts.get_mut(customer) {
            account.seen = Some((standing, block));
        }
        let promised = total.saturating_sub(standing.spent);
        promised > 0 && promised <= standing.balance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Key;
    use assay_inference::H256;

    fn payee() -> Payee {
        Payee { genesis: H256::repeat_byte(1), netuid: 2, since: 30, gateway: [5; 32] }
    }

    fn customer() -> Key {
        Key::from_uri("//Charlie").unwrap()
    }

    fn voucher(total: u64) -> Voucher {
        Voucher::new(&customer(), &payee(), total)
    }

    fn till() -> Till {
        Till::new(payee(), 100, Vec::new())
    }

    const RICH: Standing = Standing { balance: 1_000, spent: 0 };

    #[test]
    fn a_voucher_pays_for_as_many_requests_as_it_holds() {
        let mut till = till();
        till.charge(&voucher(250), RICH, 7).unwrap();
        till.charge(&voucher(250), RICH, 7).unwrap();
        let used_up = Err(Unpaid::Used { used: 200, needed: 300 });
        assert_eq!(till.charge(&voucher(250), RICH, 7), used_up);
        assert_eq!(till.charge(&voucher(299), RICH, 7), used_up);
        till.charge(&voucher(300), RICH, 7).unwrap();
        assert_eq!(till.account(&customer().public()).map(|account| account.used), Some(300));
    }

    #[test]
    fn requests_that_overtake_each_other_are_paid() {
        let mut till = till();
        for total in [300, 100, 200] {
            till.charge(&voucher(total), RICH, 7).unwrap();
        }
        assert_eq!(till.open(), [voucher(300)]);
        assert!(till.charge(&voucher(300), RICH, 7).is_err());
    }

    #[test]
    fn nobody_promises_more_than_the_chain_has_of_it() {
        let mut till = till();
        let poor = Standing { balance: 150, spent: 1_000 };
        // Nothing is known of it here, so what is spent counts as used.
        assert_eq!(till.charge(&voucher(1_000), poor, 7), Err(Unpaid::Used { used: 1_000, needed: 1_100 }));
        let more = Err(Unpaid::Credits { balance: 150, promised: 200 });
        assert_eq!(till.charge(&voucher(1_200), poor, 7), more);
        assert!(till.account(&customer().public()).is_none());
        till.charge(&voucher(1_100), poor, 7).unwrap();
    }

    #[test]
    fn what_nobody_answered_is_given_back() {
        let mut till = till();
        till.charge(&voucher(100), RICH, 7).unwrap();
        till.refund(&customer().public());
        till.charge(&voucher(100), RICH, 7).unwrap();
        till.refund(&[0; 32]);
    }

    #[test]
    fn the_chain_is_asked_again_after_a_while_and_where_it_may_not_be_enough() {
        let (mut till, who) = (till(), customer().public());
        assert_eq!(till.believed(&who, 100, 7), None);
        till.charge(&voucher(100), RICH, 7).unwrap();
        assert_eq!(till.believed(&who, 1_000, 16), Some(RICH));
        assert_eq!(till.believed(&who, 1_000, 17), None);
        assert_eq!(till.believed(&who, 1_001, 7), None);
    }

    #[test]
    fn what_was_redeemed_is_not_redeemed_again_and_prepaid_requests_stay() {
        let (mut till, who) = (till(), customer().public());
        till.charge(&voucher(300), RICH, 7).unwrap();
        assert!(till.learn(&who, 300, RICH, 8));
        let spent = Standing { balance: 700, spent: 300 };
        assert!(!till.learn(&who, 300, spent, 9));
        assert_eq!(till.open(), []);
        // Another gateway was faster.
        assert!(!till.learn(&who, 1_200, spent, 9));

        // What was remembered and what was not signed for this gateway.
        let remembered: Vec<Account> = till.accounts().cloned().collect();
        let text = serde_json::to_string(&remembered).unwrap();
        let mut again = Till::new(payee(), 100, serde_json::from_str(&text).unwrap());
        again.charge(&voucher(300), spent, 9).unwrap();
        again.charge(&voucher(300), spent, 9).unwrap();
        assert!(again.charge(&voucher(300), spent, 9).is_err());
        assert_eq!(Till::new(Payee { since: 31, ..payee() }, 100, remembered).accounts().count(), 0);
    }

    #[test]
    fn a_voucher_is_for_one_gateway_subnet_and_chain() {
        let signed = voucher(100);
        assert!(signed.is_signed(&payee()));
        for other in [
            Payee { genesis: H256::zero(), ..payee() },
            Payee { netuid: 3, ..payee() },
            Payee { since: 31, ..payee() },
            Payee { gateway: [6; 32], ..payee() },
        ] {
            assert!(!signed.is_signed(&other), "{other:?}");
        }
        assert!(!Voucher { total: 101, ..signed.clone() }.is_signed(&payee()));
        assert!(!Voucher { customer: [4; 32], ..signed }.is_signed(&payee()));
    }
}
