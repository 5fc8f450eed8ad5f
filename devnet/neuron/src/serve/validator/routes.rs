//! The HTTP of a validator.

use super::metrics::records;
use super::{Health, MinerRecord, Service, gateway};
use crate::gateway::{Fallback, Served};
use crate::protocol::{MAX_INPUT, ReceiptText};
use crate::serve::milliseconds;
use crate::serve::problem::{self, MAX_BODY, Problem, ProblemText};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Instant;
use utoipa::{OpenApi, ToSchema};

/// What a customer asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What the model is given.
    pub input: Vec<i32>,
}

/// The whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "assay validator",
        description = "A gateway to the miners of a subnet, and what their validator thinks of them."
    ),
    paths(infer, miners, health, metrics),
    components(schemas(Ask, Served, Fallback, ReceiptText, MinerRecord, Health, ProblemText))
)]
struct Api;

/// The routes of a validator.
pub fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/v1/infer", post(infer))
        .route("/v1/miners", get(miners))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(|| async { Json(Api::openapi()) }))
        .fallback(problem::no_such_path)
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(service)
}

/// Has a customer's input answered by the miner with the best record.
#[utoipa::path(
    post,
    path = "/v1/infer",
    request_body = Ask,
    responses(
        (status = 200, description = "The answer, who gave it, and the miner's signed receipt", body = Served),
        (status = 400, description = "Not a request", body = ProblemText),
        (status = 413, description = "Larger than any request", body = ProblemText),
        (status = 429, description = "More customers than can be served at a time", body = ProblemText),
        (status = 502, description = "No miner answers", body = ProblemText),
    )
)]
async fn infer(
    State(service): State<Arc<Service>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Served>, Problem> {
    let begun = Instant::now();
    let outcome = answer(&service, body).await;
    let status = outcome.as_ref().err().map_or(StatusCode::OK, |problem| problem.status);
    service.metrics.served(status.as_u16(), milliseconds(begun.elapsed()));
    outcome.map(Json)
}

async fn answer(service: &Service, body: Result<Bytes, BytesRejection>) -> Result<Served, Problem> {
    let Ask { input } = problem::read(body)?;
    if input.len() > MAX_INPUT {
        let error = format!("the input has {} values, and no model takes more than {MAX_INPUT}", input.len());
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, error));
    }
    let _place = service.customers.try_acquire().map_err(|_| Problem::over_queue())?;
    gateway::serve(service, input).await.map_err(|fallbacks| {
        let problems: Vec<_> =
            fallbacks.iter().map(|fallback| format!("uid {}: {}", fallback.uid, fallback.problem)).collect();
        let why = if problems.is_empty() { "none is serving".to_owned() } else { problems.join("; ") };
        Problem::new(StatusCode::BAD_GATEWAY, format!("no miner answers: {why}"))
    })
}

/// What the validator thinks of each miner.
#[utoipa::path(get, path = "/v1/miners", responses((status = 200, body = Vec<MinerRecord>)))]
async fn miners(State(service): State<Arc<Service>>) -> Json<Vec<MinerRecord>> {
    let metagraph = service.view.borrow().metagraph.clone();
    Json(records(&service.judged(), &metagraph))
}

/// How the validator is.
#[utoipa::path(get, path = "/health", responses((status = 200, body = Health)))]
async fn health(State(service): State<Arc<Service>>) -> Json<Health> {
    Json(Health::of(&service))
}

/// Counters in the text form of Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String)))]
async fn metrics(State(service): State<Arc<Service>>) -> Result<String, Problem> {
    let text = service.metrics.text(&service);
    text.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error))
}
