//! Customers of a validator's gateway.

use super::super::topology::Program;
use super::super::{Network, NetworkError};
use super::standing;
use crate::chain::keys::Account;
use assay_neuron::model::HeldOut;
use assay_neuron::workload::Workload;
use futures::stream::{self, StreamExt};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Requests under way at a time.
const AT_ONCE: usize = 8;

/// How long a request may take; the gateway's own time for a miner that does not answer fits into it.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a gateway that cannot serve yet is asked again.
const LOOK: Duration = Duration::from_millis(100);

/// What came of the requests of customers, in the order in which they ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The miners that answered.
    pub answered: Vec<String>,
    /// Why a request was lost.
    pub lost: Vec<String>,
}

/// The part of a gateway's answer that is looked at.
#[derive(Deserialize)]
struct Served {
    hotkey: String,
}

impl Network {
    /// Lets customers make so many requests to a validator's gateway, eight at a time, from when it knows all miners and
    /// prefers one, and kills that when a quarter of them is answered.
    ///
    /// # Errors
    /// If there is no such validator or miner, or the gateway never prefers the miner.
    pub async fn serve_customers(
        &self,
        validator: &str,
        requests: usize,
        dies: &str,
    ) -> Result<Tally, NetworkError> {
        let (gateway, workload) = self.gateway(validator)?;
        let impossible = |error: &dyn std::fmt::Display| NetworkError::Impossible(error.to_string());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/models");
        let inputs = HeldOut::of(&folder, workload).map_err(|error| impossible(&error))?.inputs;
        let client =
            reqwest::Client::builder().timeout(PATIENCE).build().map_err(|error| impossible(&error))?;
        self.until_all_asked(&self.neuron(validator)?.spec().subnet).await?;
        self.until_preferred(dies, &client, &gateway, &inputs[0]).await?;
        let asked = (0..requests).map(|number| ask(&client, &gateway, &inputs[number % inputs.len()]));
        let mut ended = stream::iter(asked).buffer_unordered(AT_ONCE);
        let mut tally = Tally::default();
        let mut killed = false;
        while let Some(outcome) = ended.next().await {
            match outcome {
                Ok(hotkey) => tally.answered.push(self.name_of(&hotkey)),
                Err(problem) => tally.lost.push(problem),
            }
            if !killed && tally.answered.len() * 4 >= requests {
                self.kill_neuron(dies)?;
                killed = true;
            }
        }
        Ok(tally)
    }

    /// Where a validator serves, and what.
    fn gateway(&self, validator: &str) -> Result<(String, Workload), NetworkError> {
        let neuron = self.neuron(validator)?;
        let http = neuron.http().ok_or_else(|| NetworkError::Down(validator.to_owned()))?;
        match &neuron.spec().program {
            Program::Ours { workload, .. } => {
                let workload = workload.parse().map_err(NetworkError::Impossible)?;
                Ok((http, workload))
            }
            Program::Theirs(_) => {
                Err(NetworkError::Impossible(format!("{validator} is a program of somebody else")))
            }
        }
    }

    /// Waits until validators have asked all miners of ours on a subnet: who comes late is known late.
    async fn until_all_asked(&self, subnet: &str) -> Result<(), NetworkError> {
        let waiting = async {
            loop {
                let rows = standing::look(self).await;
                let mut miners =
                    rows.iter().filter(|row| row.role == "miner" && row.subnet == subnet && row.answers);
                if miners.all(|miner| miner.health.as_ref().is_some_and(|health| health.requests > 0)) {
                    return;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        let patience = super::super::PATIENCE;
        tokio::time::timeout(patience, waiting).await.map_err(|_| NetworkError::Late {
            what: format!("requests to all miners of {subnet}"),
            patience,
            seen: "some were not asked, or do not answer".into(),
        })
    }

    /// Waits until the gateway lets a miner answer: it does not know at once who is better.
    async fn until_preferred(
        &self,
        miner: &str,
        client: &reqwest::Client,
        gateway: &str,
        input: &[i32],
    ) -> Result<(), NetworkError> {
        let waiting = async {
            loop {
                match ask(client, gateway, input).await {
                    Ok(hotkey) if self.name_of(&hotkey) == miner => return,
                    _ => tokio::time::sleep(LOOK).await,
                }
            }
        };
        let patience = super::super::PATIENCE;
        tokio::time::timeout(patience, waiting).await.map_err(|_| NetworkError::Late {
            what: format!("an answer of {miner} to a customer"),
            patience,
            seen: format!("the gateway at {gateway} prefers others, or answers nobody"),
        })
    }

    /// The name of a miner, by its hotkey's address.
    fn name_of(&self, hotkey: &str) -> String {
        let names = self.neurons().into_iter().map(|neuron| neuron.spec().name.clone());
        let is =
            |name: &String| Account::from_uri(&format!("//{name}")).is_ok_and(|key| key.ss58() == hotkey);
        names.into_iter().find(is).unwrap_or_else(|| hotkey.to_owned())
    }
}

/// Asks a gateway; tells the hotkey of the miner that answered.
async fn ask(client: &reqwest::Client, gateway: &str, input: &[i32]) -> Result<String, String> {
    let sent = client.post(format!("{gateway}/v1/infer")).json(&json!({ "input": input })).send().await;
    let response = sent.map_err(|error| error.to_string())?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("{status}: {}", response.text().await.unwrap_or_default()));
    }
    response.json::<Served>().await.map(|served| served.hotkey).map_err(|error| error.to_string())
}
