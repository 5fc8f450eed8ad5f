//! Reports of offences: calls of the coldkey, one after another, beside the rounds.

use super::Service;
use crate::chain::{ChainError, View};
use crate::key::{Key, Public};
use crate::validator::Offence;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Reports what comes, to a chain that may be away for a while.
pub async fn run(
    service: Arc<Service>,
    coldkey: Option<Key>,
    mut offences: mpsc::UnboundedReceiver<Offence>,
) {
    let mut refused = BTreeSet::new();
    while let Some(first) = offences.recv().await {
        let mut proved = vec![first];
        while let Ok(another) = offences.try_recv() {
            proved.push(another);
        }
        let Some(coldkey) = &coldkey else {
            tell_that_nobody_signs(&service, &proved, &mut refused);
            continue;
        };
        for offence in one_of_each(proved) {
            report(&service, coldkey, &offence, &mut refused).await;
        }
    }
}

/// One offence of each kind and each offender: what waits for the same one is of the same moment, and a strike for each
/// answer would end it within a round.
fn one_of_each(proved: Vec<Offence>) -> Vec<Offence> {
    let mut known = BTreeSet::new();
    proved.into_iter().filter(|offence| known.insert((offence.hotkey(), offence.call()))).collect()
}

/// Reports an offence, as often as the connection breaks under it.
async fn report(
    service: &Service,
    coldkey: &Key,
    offence: &Offence,
    refused: &mut BTreeSet<(Public, String)>,
) {
    let mut view = service.view.clone();
    loop {
        let now = view.borrow_and_update().clone();
        let offender = now.metagraph.name(&offence.hotkey());
        match try_report(service, coldkey, offence, &now).await {
            Ok(()) => {
                tracing::info!(offender, report = offence.call(), "reported");
                service.metrics.reported(offence.call());
                return;
            }
            Err(error) if error.is_lost() => {
                if view.changed().await.is_err() {
                    return;
                }
            }
            Err(error) => {
                // The same refusal of the same offender is said once.
                if refused.insert((offence.hotkey(), error.to_string())) {
                    tracing::warn!(offender, %error, "the chain does not take a report");
                }
                return;
            }
        }
    }
}

async fn try_report(
    service: &Service,
    coldkey: &Key,
    offence: &Offence,
    view: &View,
) -> Result<(), ChainError> {
    let chain = view.chain.as_ref().ok_or_else(|| ChainError::Lost("the chain is away".to_owned()))?;
    let _turn = service.coldkey_turn.lock().await;
    chain.report(coldkey, offence, &service.hotkey.public()).await
}

fn tell_that_nobody_signs(service: &Service, proved: &[Offence], refused: &mut BTreeSet<(Public, String)>) {
    let metagraph = service.view.borrow().metagraph.clone();
    for offence in proved {
        if refused.insert((offence.hotkey(), String::new())) {
            let offender = metagraph.name(&offence.hotkey());
            tracing::warn!(
                offender,
                "an offence is not reported: reports are signed by a coldkey, and none is at hand"
            );
        }
    }
}
