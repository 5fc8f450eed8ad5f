//! `assay validator`: a validator that asks in rounds, sets weights, reports offences, and is a gateway for customers.

mod folder;
mod gateway;
mod metrics;
mod paying;
mod reports;
mod rounds;
mod routes;
mod setting;

pub use metrics::{Health, MinerRecord};
pub use paying::Credits;
pub use routes::Ask;

use super::asking::Asker;
use super::ending::asked_to_end;
use super::listening::listen;
use super::{Listening, Member, ServeError, http};
use crate::chain::View;
use crate::gateway::Routing;
use crate::key::{Key, Public};
use crate::model::HeldOut;
use crate::protocol::Payee;
use crate::record::Record;
use crate::validator::{Config, Judge, Way};
use assay_inference::{H256, Model};
use folder::Folder;
use metrics::Metrics;
use paying::Counter;
use setting::Setter;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

/// What a validator is told.
pub struct Options {
    /// Who it is, and where.
    pub member: Member,
    /// How it judges; the chain's genesis and subnet are filled in from the chain.
    pub config: Config,
    /// Where its questions come from.
    pub seed: u64,
    /// How it commits weights where the subnet asks for that.
    pub commit: Way,
    /// The folder of the folders in which validators keep what must outlive them.
    pub state: PathBuf,
    /// The inputs that it asks about.
    pub held_out: HeldOut,
    /// Models whose answers it can compute again.
    pub models: Vec<Arc<Model>>,
    /// Blocks from one round to the next.
    pub round: u32,
    /// Where it listens for customers; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Customers that are served at the same time.
    pub customers: usize,
    /// Credits that a request of a customer costs; 0 asks for nothing.
    pub price: u64,
    /// Told when the program that started this one has gone.
    pub parent_gone: Option<oneshot::Receiver<()>>,
}

/// A validator at work: what its rounds and its routes share.
struct Service {
    config: Config,
    hotkey: Key,
    seed: u64,
    view: watch::Receiver<View>,
    routing: Mutex<Routing>,
    /// What the last round ended in.
    judged: Mutex<Judged>,
    asker: Asker,
    metrics: Metrics,
    customers: Semaphore,
    /// Where customers pay, if they do.
    counter: Option<Counter>,
    /// Calls of the coldkey go one after another.
    coldkey_turn: tokio::sync::Mutex<()>,
    /// Requests of customers so far: each has a job of its own.
    served: AtomicU64,
    /// When it was started: jobs of another run are other jobs.
    started: u64,
}

/// What a round ended in.
#[derive(Clone, Debug, Default)]
struct Judged {
    /// The block of the round.
    block: u32,
    records: BTreeMap<Public, Record>,
    weights: Vec<(u16, u16)>,
}

impl Service {
    fn routing(&self) -> MutexGuard<'_, Routing> {
        self.routing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn judged(&self) -> MutexGuard<'_, Judged> {
        self.judged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn genesis(&self) -> H256 {
        self.config.genesis
    }
}

/// Serves until it is asked to end. Customers that came before are answered.
///
/// # Errors
/// It cannot start.
pub async fn serve(options: Options) -> Result<(), ServeError> {
    let (listener, bound) = listen(options.listen).await?;
    let copies = options.config.profile == crate::validator::Profile::WeightCopier;
    let (chain, following, identity) = options.member.join(copies).await?;
    let config = Config { netuid: options.member.netuid, genesis: chain.genesis(), ..options.config };
    let hotkey = options.member.hotkey.clone();
    let folder = Folder::open(&options.state, config.genesis, config.netuid, &hotkey.public())?;
    let folder = Arc::new(folder);
    let setter = Setter::new(options.commit, folder.clone())?;
    let counter = if options.price > 0 {
        let (genesis, netuid, gateway) = (config.genesis, config.netuid, hotkey.public());
        let since = chain.registered_at(chain.head().await?, netuid).await?;
        let payee = Payee { genesis, netuid, since, gateway };
        Some(Counter::open(payee, options.price, folder, options.member.coldkey.as_ref())?)
    } else {
        None
    };
    let judge = Judge::new(config.clone(), hotkey.clone(), options.seed, options.held_out, options.models);
    let service = Arc::new(Service {
        metrics: Metrics::new(&config, &hotkey)?,
        routing: Mutex::new(Routing::new(*judge.scale())),
        judged: Mutex::default(),
        config,
        hotkey,
        seed: options.seed,
        view: following.view.clone(),
        asker: Asker::default(),
        customers: Semaphore::new(options.customers.max(1)),
        counter,
        coldkey_turn: tokio::sync::Mutex::new(()),
        served: AtomicU64::new(0),
        started: super::now(),
    });
    let (proved, offences) = mpsc::unbounded_channel();
    let reporting = tokio::spawn(reports::run(service.clone(), options.member.coldkey.clone(), offences));
    let paying = tokio::spawn(paying::run(service.clone()));
    let rounds = tokio::spawn(rounds::run(service.clone(), judge, setter, options.round.max(1), proved));

    Listening {
        pid: std::process::id(),
        role: "validator".to_owned(),
        http: format!("http://{bound}"),
        hotkey: options.member.hotkey.ss58(),
        netuid: options.member.netuid,
        uid: identity.uid,
        device: "cpu".to_owned(),
    }
    .print();
    tracing::info!(address = %bound, uid = identity.uid, profile = %service.config.profile, "serving");
    let parent_gone = options.parent_gone;
    let ending = async {
        match asked_to_end(parent_gone).await {
            Ok(why) => tracing::info!(why, "ending: customers who came before are still answered"),
            Err(error) => tracing::error!(%error, "signals cannot be listened to: ending"),
        }
    };
    http::serve(listener, routes::router(service.clone()), ending).await;
    rounds.abort();
    reporting.abort();
    paying.abort();
    if let Some(counter) = &service.counter {
        counter.keep();
    }
    Ok(())
}
