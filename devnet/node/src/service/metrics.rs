//! Metrics for Prometheus.
//!
//! The SDK's own endpoint does not say which port it got, so the node serves the same text itself.

use super::{Block, Client, Pool};
use crate::Error;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::Builder;
use polkadot_sdk::sc_network::config::Role;
use polkadot_sdk::sc_network::service::traits::NetworkService;
use polkadot_sdk::sc_network_sync::SyncingService;
use polkadot_sdk::sc_service::config::PrometheusConfig;
use polkadot_sdk::sc_service::{self, Configuration, MetricsService, TaskManager};
use polkadot_sdk::substrate_prometheus_endpoint::Registry;
use polkadot_sdk::substrate_prometheus_endpoint::prometheus::{Encoder, TextEncoder};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Whose metrics they are.
pub struct Subject {
    role: Role,
    name: String,
    version: String,
}

impl Subject {
    /// The node of a configuration.
    pub fn of(config: &Configuration) -> Self {
        Self {
            role: config.role,
            name: config.network.node_name.clone(),
            version: config.impl_version.clone(),
        }
    }
}

/// Starts to count and to serve; the address is the one really bound.
///
/// # Errors
/// [`Error::System`] if the port is taken, [`Error::Service`] if a metric of the name is there already.
pub fn start(
    config: PrometheusConfig,
    subject: Subject,
    tasks: &TaskManager,
    client: &Arc<Client>,
    pool: &Arc<Pool>,
    network: Arc<dyn NetworkService>,
    sync: Arc<SyncingService<Block>>,
) -> Result<SocketAddr, Error> {
    let PrometheusConfig { port, registry } = config;
    let Subject { role, name, version } = subject;
    let service = MetricsService::with_prometheus(None, &registry, role, &name, &version)
        .map_err(sc_service::Error::from)?;
    let counting = service.run(client.clone(), pool.clone(), network, sync);
    tasks.spawn_handle().spawn("metrics", None, counting);

    let cannot = |source| Error::System { what: format!("metrics cannot be served at {port}"), source };
    let listener = std::net::TcpListener::bind(port).map_err(cannot)?;
    listener.set_nonblocking(true).map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let listener = TcpListener::from_std(listener).map_err(cannot)?;
    tasks.spawn_handle().spawn("prometheus-endpoint", None, serve(listener, registry));
    Ok(address)
}

async fn serve(listener: TcpListener, registry: Registry) {
    let server = Builder::new(hyper_util::rt::TokioExecutor::new());
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                log::debug!(target: "prometheus", "A connection was not accepted: {error}");
                continue;
            }
        };
        let registry = registry.clone();
        let answer = service_fn(move |request| {
            let answer = answer(&request, &registry);
            async move { answer }
        });
        let connection = server.serve_connection(TokioIo::new(stream), answer).into_owned();
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                log::debug!(target: "prometheus", "A connection broke: {error}");
            }
        });
    }
}

fn answer(
    request: &Request<Incoming>,
    registry: &Registry,
) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
    if request.uri().path() != "/metrics" {
        let nothing = Full::from("There is only /metrics here.\n");
        return Response::builder().status(StatusCode::NOT_FOUND).body(nothing);
    }
    let encoder = TextEncoder::new();
    let mut text = Vec::new();
    let encoded = encoder.encode(&registry.gather(), &mut text);
    match encoded {
        Ok(()) => Response::builder().header("Content-Type", encoder.format_type()).body(Full::from(text)),
        Err(error) => {
            Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).body(Full::from(error.to_string()))
        }
    }
}
