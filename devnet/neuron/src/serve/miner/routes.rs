//! The HTTP of a miner.

use super::super::milliseconds;
use super::super::problem::{self, Problem, ProblemText};
use super::super::routing::{completed, counters};
use super::{Health, Service};
use crate::metagraph::Neuron;
use crate::miner::{Profile, Refusal};
use crate::protocol::{Answer, Request};
use axum::extract::{Request as Body, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use std::sync::Arc;
use std::time::{Duration, Instant};
use utoipa::OpenApi;

/// How long a copycat waits for whom it copies from.
const COPYING: Duration = Duration::from_secs(3);

/// The whole API.
#[derive(OpenApi)]
#[openapi(
    info(title = "assay miner", description = "Answers signed requests with signed receipts."),
    paths(infer, health, metrics),
    components(schemas(Request, Answer, Health, ProblemText))
)]
struct Api;

/// The routes of a miner.
pub fn router(service: Arc<Service>) -> Router {
    let routes = Router::new()
        .route("/v1/infer", post(infer))
        .route("/health", get(health))
        .route("/metrics", get(metrics));
    completed(routes, Api::openapi(), service)
}

/// Answers a request.
#[utoipa::path(
    post,
    path = "/v1/infer",
    request_body = Request,
    responses(
        (status = 200, description = "The answer with its signed receipt", body = Answer),
        (status = 400, description = "Not a request, or not one for this miner and its model", body = ProblemText),
        (status = 401, description = "Not signed by the asker, or too long ago", body = ProblemText),
        (status = 403, description = "The asker has no validator permit, and this miner asks for one", body = ProblemText),
        (status = 408, description = "The request did not come whole in time", body = ProblemText),
        (status = 409, description = "The job was asked before", body = ProblemText),
        (status = 413, description = "Larger than any request", body = ProblemText),
        (status = 429, description = "More requests than can wait", body = ProblemText),
        (status = 503, description = "No answer now", body = ProblemText),
    )
)]
async fn infer(State(service): State<Arc<Service>>, body: Body) -> Result<Json<Answer>, Problem> {
    let begun = Instant::now();
    let outcome = answer(&service, body).await;
    let status = outcome.as_ref().err().map_or(StatusCode::OK, |problem| problem.status);
    service.metrics.answered(status.as_u16(), milliseconds(begun.elapsed()));
    if let Err(problem) = &outcome {
        tracing::debug!(status = status.as_u16(), why = problem.error, "refused");
    }
    outcome.map(Json)
}

async fn answer(service: &Service, body: Body) -> Result<Answer, Problem> {
    let request: Request = problem::read(body).await?;
    check_permit(service, &request)?;
    let behaviour = service.miner.behaviour();
    if behaviour.drops(request.job) {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no answer"));
    }
    tokio::time::sleep(Duration::from_millis(behaviour.delay_ms)).await;
    match service.miner.setup().profile {
        Profile::Copycat => copy(service, &request).await,
        _ => service.queue.answer(request, service.now()).await,
    }
}

/// Who may ask, where the miner asks for a permit. The signature is looked at later.
fn check_permit(service: &Service, request: &Request) -> Result<(), Problem> {
    if !service.permit_only || service.allow.contains(&request.asker) {
        return Ok(());
    }
    let may = service.view.borrow().metagraph.is_permitted(&request.asker);
    let problem = || {
        Problem::new(
            StatusCode::FORBIDDEN,
            "the asker has no validator permit on this subnet, and this miner asks for one",
        )
    };
    if may { Ok(()) } else { Err(problem()) }
}

/// Asks another miner, and signs its answer.
async fn copy(service: &Service, request: &Request) -> Result<Answer, Problem> {
    let now = service.now();
    service.miner.admit(request, now)?;
    let victim = victim(service).ok_or(Refusal::NothingToCopy)?;
    let at = victim.axon.ok_or(Refusal::NothingToCopy)?;
    let forwarded = service.miner.forwarded(request, victim.hotkey, now);
    let answer = service.asker.ask(at, &forwarded, COPYING).await.map_err(|_| Refusal::NothingToCopy)?;
    Ok(service.miner.passed_off(request, answer, now.block))
}

fn victim(service: &Service) -> Option<Neuron> {
    let (own, metagraph) = (service.miner.hotkey(), service.view.borrow().metagraph.clone());
    match &service.copy_from {
        Some(hotkey) => metagraph.of(hotkey).cloned(),
        None => metagraph.serving(&own).next().cloned(),
    }
}

/// How the miner is.
#[utoipa::path(get, path = "/health", responses((status = 200, body = Health)))]
async fn health(State(service): State<Arc<Service>>) -> Json<Health> {
    Json(Health::of(&service))
}

/// Counters in the text form of Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String)))]
async fn metrics(State(service): State<Arc<Service>>) -> Result<String, Problem> {
    counters(service.metrics.text(&service))
}
