//! What is answered where something is wrong: a status, and a sentence that says why.

use crate::miner::Refusal;
use crate::protocol::RequestError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// The most bytes of a request.
pub const MAX_BODY: usize = 64 * 1024;

/// How long a request may take to come whole: who sends a byte now and then keeps a connection, and no more.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer that is none.
#[derive(Debug)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// What is wrong and what to do, in a sentence.
    pub error: String,
}

/// A [`Problem`] in JSON.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ProblemText {
    /// What is wrong and what to do, in a sentence.
    pub error: String,
}

impl Problem {
    /// A problem.
    #[expect(clippy::needless_pass_by_value, reason = "errors and texts are given where they are made")]
    pub fn new(status: StatusCode, error: impl ToString) -> Self {
        Self { status, error: error.to_string() }
    }

    /// Over what can be queued.
    pub fn over_queue() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "the queue is full: ask again in a moment")
    }

    /// About to end.
    pub fn ending() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "this program is about to end: ask another")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(ProblemText { error: self.error })).into_response()
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match &refusal {
            Refusal::Request(RequestError::Signature | RequestError::Time { .. }) => StatusCode::UNAUTHORIZED,
            Refusal::Request(_) | Refusal::Input(_) => StatusCode::BAD_REQUEST,
            Refusal::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Replayed => StatusCode::CONFLICT,
            Refusal::Busy => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Device(_) | Refusal::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::NothingToCopy => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self::new(status, refusal)
    }
}

/// Reads a request's body as JSON.
///
/// # Errors
/// It is too large, did not come whole or not in time, or is not the JSON that is wanted.
pub async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    let came = tokio::time::timeout(PATIENCE, Bytes::from_request(request, &())).await;
    let late = || {
        let error = format!("the request did not come whole within {} seconds", PATIENCE.as_secs());
        Problem::new(StatusCode::REQUEST_TIMEOUT, error)
    };
    let body = came.map_err(|_| late())?.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the request is larger than {MAX_BODY} bytes"),
        ),
        status => Problem::new(status, rejection),
    })?;
    serde_json::from_slice(&body)
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("not the JSON of a request: {error}")))
}

/// What is answered on a path that is not there.
pub async fn no_such_path() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is no such path: see /openapi.json")
}

/// What is answered to a method that a path does not take.
pub async fn no_such_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not take this method: see /openapi.json")
}
