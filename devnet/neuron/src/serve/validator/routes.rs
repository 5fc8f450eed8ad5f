//! The HTTP of a validator.

use super::metrics::records;
use super::{Credits, Health, MinerRecord, Service, gateway};
use crate::gateway::{Fallback, Served};
use crate::key::account;
use crate::protocol::{MAX_INPUT, ReceiptText, Voucher};
use crate::serve::milliseconds;
use crate::serve::problem::{self, Problem, ProblemText};
use crate::serve::routing::{completed, counters};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
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
    /// What pays for it, where the gateway has a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Voucher>,
}

/// The whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "assay validator",
        description = "A gateway to the miners of a subnet, and what their validator thinks of them."
    ),
    paths(infer, credits, miners, health, metrics),
    components(schemas(
        Ask,
        Voucher,
        Credits,
        Served,
        Fallback,
        ReceiptText,
        MinerRecord,
        Health,
        ProblemText
    ))
)]
struct Api;

/// The routes of a validator.
pub fn router(service: Arc<Service>) -> Router {
    let routes = Router::new()
        .route("/v1/infer", post(infer))
        .route("/v1/credits/{customer}", get(credits))
        .route("/v1/miners", get(miners))
        .route("/health", get(health))
        .route("/metrics", get(metrics));
    completed(routes, Api::openapi(), service)
}

/// Has a customer's input answered by the miner with the best record.
#[utoipa::path(
    post,
    path = "/v1/infer",
    request_body = Ask,
    responses(
        (status = 200, description = "The answer, who gave it, and the miner's signed receipt", body = Served),
        (status = 400, description = "Not a request", body = ProblemText),
        (status = 401, description = "The voucher is not signed by its customer for this gateway", body = ProblemText),
        (status = 402, description = "No voucher, one that is used up, or one of a customer without credits", body = ProblemText),
        (status = 408, description = "The request did not come whole in time", body = ProblemText),
        (status = 413, description = "Larger than any request", body = ProblemText),
        (status = 429, description = "More customers than can be served at a time", body = ProblemText),
        (status = 502, description = "No miner answers; nothing is paid", body = ProblemText),
        (status = 503, description = "Vouchers cannot be looked at now", body = ProblemText),
    )
)]
async fn infer(State(service): State<Arc<Service>>, request: Request) -> Result<Json<Served>, Problem> {
    let begun = Instant::now();
    let outcome = answer(&service, request).await;
    let status = outcome.as_ref().err().map_or(StatusCode::OK, |problem| problem.status);
    service.metrics.served(status.as_u16(), milliseconds(begun.elapsed()));
    outcome.map(Json)
}

async fn answer(service: &Service, request: Request) -> Result<Served, Problem> {
    let Ask { input, voucher } = problem::read(request).await?;
    if input.len() > MAX_INPUT {
        let error = format!("the input has {} values, and no model takes more than {MAX_INPUT}", input.len());
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, error));
    }
    let _place = service.customers.try_acquire().map_err(|_| Problem::over_queue())?;
    if let Some(counter) = &service.counter {
        counter.charge(service, voucher.as_ref()).await?;
    }
    gateway::serve(service, input).await.map_err(|fallbacks| {
        if let (Some(counter), Some(voucher)) = (&service.counter, &voucher) {
            counter.refund(service, &voucher.customer);
        }
        let problems: Vec<_> =
            fallbacks.iter().map(|fallback| format!("uid {}: {}", fallback.uid, fallback.problem)).collect();
        let why = if problems.is_empty() { "none is serving".to_owned() } else { problems.join("; ") };
        Problem::new(StatusCode::BAD_GATEWAY, format!("no miner answers: {why}"))
    })
}

/// How a customer stands with the gateway, and what it has to know to sign a voucher.
#[utoipa::path(
    get,
    path = "/v1/credits/{customer}",
    params(("customer" = String, Path, description = "The customer: ss58, or 0x and 64 hexadecimal digits")),
    responses(
        (status = 200, body = Credits),
        (status = 400, description = "Not a customer", body = ProblemText),
        (status = 404, description = "This gateway answers for nothing", body = ProblemText),
        (status = 503, description = "Credits cannot be looked up now", body = ProblemText),
    )
)]
async fn credits(
    State(service): State<Arc<Service>>,
    customer: Result<Path<String>, PathRejection>,
) -> Result<Json<Credits>, Problem> {
    let Path(customer) = customer.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error))?;
    let customer = account(&customer).map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error))?;
    let free =
        || Problem::new(StatusCode::NOT_FOUND, "this gateway has no price: send requests without a voucher");
    let counter = service.counter.as_ref().ok_or_else(free)?;
    Ok(Json(counter.credits(&service, &customer).await?))
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
    counters(service.metrics.text(&service))
}
