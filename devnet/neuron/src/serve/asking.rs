//! Asking a miner over HTTP.

use super::http::IDLE;
use super::problem::ProblemText;
use crate::protocol::{Answer, Request};
use std::net::SocketAddr;
use std::time::Duration;

/// The most bytes of an answer: a trace of the largest model in JSON.
const MAX_ANSWER: usize = 1024 * 1024;

/// Asks miners.
#[derive(Clone, Debug)]
pub struct Asker {
    http: reqwest::Client,
}

impl Default for Asker {
    fn default() -> Self {
        Self { http: reqwest::Client::builder().pool_idle_timeout(IDLE).build().unwrap_or_default() }
    }
}

impl Asker {
    /// Sends a request to where a miner announced that it serves.
    ///
    /// # Errors
    /// Why there is no answer, in words.
    pub async fn ask(&self, at: SocketAddr, request: &Request, timeout: Duration) -> Result<Answer, String> {
        let work = async {
            let sent = self.http.post(format!("http://{at}/v1/infer")).json(request).send().await;
            let mut response = sent.map_err(|error| unreached(at, &error))?;
            let status = response.status();
            let mut body = Vec::new();
            // What a hostile miner sends without end is not waited for.
            while let Some(chunk) = response.chunk().await.map_err(|error| unreached(at, &error))? {
                body.extend_from_slice(&chunk);
                if body.len() > MAX_ANSWER {
                    return Err(format!("the answer is larger than {MAX_ANSWER} bytes"));
                }
            }
            if status.is_success() {
                return serde_json::from_slice(&body)
                    .map_err(|error| format!("the answer is not JSON: {error}"));
            }
            let why = serde_json::from_slice::<ProblemText>(&body)
                .map_or_else(|_| String::new(), |problem| problem.error);
            Err(format!("{status}: {why}"))
        };
        tokio::time::timeout(timeout, work)
            .await
            .map_err(|_| format!("no answer within {} ms", timeout.as_millis()))?
    }
}

fn unreached(at: SocketAddr, error: &reqwest::Error) -> String {
    // The error's own text says no more than that sending failed; its source says why.
    let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    format!("{at} does not answer{source}")
}
