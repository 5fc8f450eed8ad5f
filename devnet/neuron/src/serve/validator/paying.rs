//! Customers' vouchers: taken with each request where the gateway has a price, and redeemed on the chain in batches.

use super::{Folder, Service};
use crate::chain::{ChainError, View};
use crate::gateway::{Account, Standing, Till, Unpaid};
use crate::key::{Key, Public, ss58};
use crate::protocol::{Payee, Voucher, text};
use crate::serve::ServeError;
use crate::serve::problem::Problem;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use utoipa::ToSchema;

/// The file of what customers promised and used.
const VOUCHERS: &str = "vouchers.json";

/// Blocks from one redemption to the next.
const EVERY: u32 = 10;

/// Vouchers that the chain spends in one call (pallet Credits, `MAX_VOUCHERS`).
const BATCH: usize = 64;

/// The till of a gateway that has a price.
pub struct Counter {
    till: Mutex<Till>,
    folder: Arc<Folder>,
    /// The owner of the hotkey, who redeems and pays the fees of that.
    coldkey: Key,
}

/// How a customer stands with a gateway, and what it has to know to sign a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Credits {
    /// Credits that a request costs.
    pub price: u64,
    /// Credits of requests so far: sign a voucher over this and the prices of the requests to come.
    pub used: u64,
    /// The highest voucher that the gateway has of the customer.
    pub promised: u64,
    /// Credits that the gateway has spent on the chain.
    pub spent: u64,
    /// Credits that the customer has left on the chain.
    pub balance: u64,
    /// Hash of the chain's first block: vouchers are for one chain.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub genesis: assay_inference::H256,
    /// The subnet.
    pub netuid: u16,
    /// The block in which the subnet was registered.
    pub since: u64,
    /// Public key of the gateway's hotkey, which vouchers name.
    #[serde(with = "text")]
    #[schema(value_type = String)]
    pub gateway: Public,
}

impl Credits {
    /// Whom a customer's vouchers are for.
    pub fn payee(&self) -> Payee {
        Payee { genesis: self.genesis, netuid: self.netuid, since: self.since, gateway: self.gateway }
    }
}

impl Counter {
    /// A till with what an earlier run kept.
    ///
    /// # Errors
    /// What was kept cannot be read, or there is no coldkey to redeem.
    pub fn open(
        payee: Payee,
        price: u64,
        folder: Arc<Folder>,
        coldkey: Option<&Key>,
    ) -> Result<Self, ServeError> {
        let coldkey = coldkey.ok_or(ServeError::NobodyRedeems)?.clone();
        let accounts: Vec<Account> = folder.read(VOUCHERS)?;
        Ok(Self { till: Mutex::new(Till::new(payee, price, accounts)), folder, coldkey })
    }

    fn till(&self) -> MutexGuard<'_, Till> {
        self.till.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the price of a request.
    ///
    /// # Errors
    /// 402 without a voucher that pays, 401 with one that somebody else signed, 503 while nothing can be looked up.
    pub async fn charge(&self, service: &Service, voucher: Option<&Voucher>) -> Result<(), Problem> {
        let (payee, price) = {
            let till = self.till();
            (*till.payee(), till.price())
        };
        let voucher = voucher.ok_or_else(|| refused(&Unpaid::Missing { price }))?;
        if !voucher.is_signed(&payee) {
            return Err(refused(&Unpaid::Signature));
        }
        let view = service.view.borrow().clone();
        let believed = self.till().believed(&voucher.customer, voucher.total, view.head.number);
        let standing = match believed {
            Some(standing) => standing,
            None => look(&view, &payee, &voucher.customer).await?,
        };
        let charged = self.till().charge(voucher, standing, view.head.number);
        charged.map_err(|unpaid| refused(&unpaid))?;
        service.metrics.credits("earned", price);
        Ok(())
    }

    /// Gives back the price of a request that nobody answered.
    pub fn refund(&self, service: &Service, customer: &Public) {
        self.till().refund(customer);
        service.metrics.credits("refunded", self.till().price());
    }

    /// How a customer stands.
    ///
    /// # Errors
    /// 503 while nothing can be looked up.
    pub async fn credits(&self, service: &Service, customer: &Public) -> Result<Credits, Problem> {
        let payee = *self.till().payee();
        let view = service.view.borrow().clone();
        let Standing { balance, spent } = look(&view, &payee, customer).await?;
        let till = self.till();
        let account = till.account(customer);
        let Payee { genesis, netuid, since, gateway } = payee;
        Ok(Credits {
            price: till.price(),
            used: account.map_or(spent, |account| account.used),
            promised: account.map_or(spent, |account| account.voucher.total),
            spent,
            balance,
            genesis,
            netuid,
            since,
            gateway,
        })
    }

    fn accounts(&self) -> Vec<Account> {
        self.till().accounts().cloned().collect()
    }

    /// Keeps what is owed. What comes between two blocks may be lost if the program is killed.
    pub fn keep(&self) {
        if let Err(error) = self.folder.write(VOUCHERS, &self.accounts()) {
            tracing::warn!(%error, "vouchers cannot be kept: those that are not redeemed are lost with this program");
        }
    }

    /// Redeems all that the chain would spend now. What it would not waits until its customer has credits again.
    async fn redeem(&self, service: &Service, view: &View) -> Result<(), ChainError> {
        let Some(chain) = &view.chain else { return Ok(()) };
        let payee = *self.till().payee();
        let mut due = Vec::new();
        let open = self.till().open();
        for voucher in open {
            let Voucher { customer, total, .. } = voucher;
            let found = chain.credits(view.head, payee.netuid, &customer, &payee.gateway).await?;
            let Some(standing) = found else { return Ok(()) };
            if self.till().learn(&customer, total, standing, view.head.number) {
                due.push((total - standing.spent, voucher));
            } else if total > standing.spent {
                tracing::warn!(customer = ss58(&customer), total, ?standing, "a voucher is not covered now");
            }
        }
        for batch in due.chunks(BATCH) {
            let credits = batch.iter().map(|(credits, _)| credits).sum();
            let vouchers: Vec<Voucher> = batch.iter().map(|(_, voucher)| voucher.clone()).collect();
            let _turn = service.coldkey_turn.lock().await;
            chain.spend(&self.coldkey, &payee, &vouchers).await?;
            service.metrics.credits("redeemed", credits);
            tracing::info!(vouchers = vouchers.len(), credits, "redeemed");
        }
        Ok(())
    }
}

/// Keeps at every block what customers owe, and redeems it every few blocks.
pub async fn run(service: Arc<Service>) {
    let Some(counter) = &service.counter else { return };
    let mut view = service.view.clone();
    let mut last = view.borrow().head.number;
    let mut kept = counter.accounts();
    while view.changed().await.is_ok() {
        let now = view.borrow_and_update().clone();
        let accounts = counter.accounts();
        if accounts != kept {
            counter.keep();
            kept = accounts;
        }
        if now.head.number.abs_diff(last) >= EVERY {
            last = now.head.number;
            if let Err(error) = counter.redeem(&service, &now).await {
                tracing::warn!(%error, "vouchers are not redeemed: trying again in {EVERY} blocks");
            }
        }
    }
}

/// What the chain says of a customer.
async fn look(view: &View, payee: &Payee, customer: &Public) -> Result<Standing, Problem> {
    let unavailable = |why: &str| Problem::new(StatusCode::SERVICE_UNAVAILABLE, why);
    let away = || unavailable("the chain is away, and no voucher can be looked at: ask again in a moment");
    let chain = view.chain.as_ref().ok_or_else(away)?;
    let found = chain.credits(view.head, payee.netuid, customer, &payee.gateway).await;
    match found {
        Ok(Some(standing)) => Ok(standing),
        Ok(None) => Err(unavailable("the subnet sells no credits now, and this gateway takes nothing else")),
        Err(error) => {
            tracing::warn!(%error, "a customer's credits cannot be looked up");
            Err(away())
        }
    }
}

fn refused(unpaid: &Unpaid) -> Problem {
    let status = match unpaid {
        Unpaid::Signature => StatusCode::UNAUTHORIZED,
        Unpaid::Missing { .. } | Unpaid::Used { .. } | Unpaid::Credits { .. } => StatusCode::PAYMENT_REQUIRED,
    };
    Problem::new(status, unpaid)
}
