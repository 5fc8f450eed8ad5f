//! `assay miner`: a miner that serves over HTTP and announces itself on the chain.

mod announce;
mod batch;
mod metrics;
mod routes;

pub use metrics::Health;

use super::ending::asked_to_end;
use super::listening::listen;
use super::{Listening, Member, ServeError, http};
use crate::chain::{ChainError, View};
use crate::device::Device;
use crate::key::Public;
use crate::metagraph::Moment;
use crate::miner::{Miner, Profile, Setup};
use crate::workload::Workload;
use assay_inference::Model;
use batch::Queue;
use metrics::Metrics;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::{oneshot, watch};

/// What a miner is told.
pub struct Options {
    /// Who it is, and where.
    pub member: Member,
    /// How it behaves.
    pub profile: Profile,
    /// What its subnet asks for.
    pub workload: Workload,
    /// The model it serves.
    pub model: Arc<Model>,
    /// Where the model runs.
    pub device: Box<dyn Device>,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What it tells the chain, if not where it listens.
    pub announce: Option<SocketAddr>,
    /// Whether to answer only neurons with a validator permit and those of `allow`.
    pub permit_only: bool,
    /// Hotkeys that are answered whatever the chain says of them.
    pub allow: Vec<Public>,
    /// Requests that may wait for the device.
    pub queue: usize,
    /// Requests that one launch of the device may have.
    pub batch: usize,
    /// The miner that a copycat copies from; otherwise whoever else serves in the lowest slot.
    pub copy_from: Option<Public>,
    /// Told when the program that started this one has gone.
    pub parent_gone: Option<oneshot::Receiver<()>>,
}

/// A miner at work: what its routes know.
struct Service {
    miner: Arc<Miner>,
    view: watch::Receiver<View>,
    queue: Queue,
    metrics: Metrics,
    asker: super::asking::Asker,
    device: String,
    permit_only: bool,
    allow: Vec<Public>,
    copy_from: Option<Public>,
}

impl Service {
    /// The chain's head, and the time by this machine's clock.
    fn now(&self) -> Moment {
        Moment { block: self.view.borrow().head.number, time: super::now() }
    }
}

/// Serves until it is asked to end. Requests that came before are answered.
///
/// # Errors
/// It cannot start.
pub async fn serve(options: Options) -> Result<(), ServeError> {
    let (listener, bound) = listen(options.listen).await?;
    let announced = options.announce.unwrap_or(bound);
    if announced.ip().is_unspecified() || announced.ip() == std::net::Ipv4Addr::LOCALHOST {
        return Err(ServeError::Unreachable(announced));
    }
    let (chain, following, identity) = options.member.join(false).await?;
    let setup = Setup {
        profile: options.profile,
        workload: options.workload,
        model: options.model,
        hotkey: options.member.hotkey.clone(),
        netuid: options.member.netuid,
        genesis: chain.genesis(),
    };
    let miner = Arc::new(Miner::new(setup, options.device.as_ref())?);
    let device = options.device.name();
    let metrics = Metrics::new(&miner, &device)?;
    let service = Arc::new(Service {
        queue: Queue::start(miner.clone(), options.queue, options.batch, metrics.clone()),
        miner,
        view: following.view.clone(),
        metrics,
        asker: super::asking::Asker::default(),
        device: device.clone(),
        permit_only: options.permit_only,
        allow: options.allow,
        copy_from: options.copy_from,
    });
    let announcing = tokio::spawn(announce::keep(options.member.clone(), following.view.clone(), announced));

    Listening {
        pid: std::process::id(),
        role: "miner".to_owned(),
        http: format!("http://{bound}"),
        hotkey: options.member.hotkey.ss58(),
        netuid: options.member.netuid,
        uid: identity.uid,
        device,
    }
    .print();
    tracing::info!(address = %bound, uid = identity.uid, profile = %options.profile, "serving");
    let parent_gone = options.parent_gone;
    let ending = async {
        match asked_to_end(parent_gone).await {
            Ok(why) => tracing::info!(why, "ending: what was asked before is still answered"),
            Err(error) => tracing::error!(%error, "signals cannot be listened to: ending"),
        }
    };
    http::serve(listener, routes::router(service), ending).await;
    announcing.abort();
    Ok(())
}

/// The slot of a hotkey as the chain has it now.
fn slot(view: &View, member: &Member) -> Result<u16, ChainError> {
    Ok(view.metagraph.identity(member.netuid, &member.hotkey.public())?.uid)
}
