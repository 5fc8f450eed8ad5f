//! What the HTTP of miners and validators has in common.

use super::problem::{self, MAX_BODY, Problem};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// Routes with what belongs to every API of ours: its description, an answer to whatever is not in it, and a limit of what
/// a request may bring.
pub fn completed<S: Send + Sync + 'static>(routes: Router<Arc<S>>, api: OpenApi, service: Arc<S>) -> Router {
    routes
        .route("/openapi.json", get(|| async { Json(api) }))
        .fallback(problem::no_such_path)
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(service)
}

/// Counters in the text form of Prometheus, or why there are none.
pub fn counters(text: Result<String, prometheus::Error>) -> Result<String, Problem> {
    text.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error))
}
