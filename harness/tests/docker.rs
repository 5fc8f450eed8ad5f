//! Nodes as containers, and what the engine can do to them. `cargo test` needs no Docker, so this is done only where
//! `ASSAY_TEST_DOCKER` is set and an engine answers; else the test says that it is skipped.

use assay::chain::genesis::Genesis;
use assay::docker::{Containers, engine};
use assay::network::Topology;
use assay::network::rpc::{Rpc, Standing};
use std::path::Path;
use std::time::Duration;
use testcontainers::bollard::query_parameters::{InspectNetworkOptions, ListContainersOptionsBuilder};
use tokio::time::{Instant, sleep};

/// Only a wait that would fail anyway lasts so long.
const PATIENCE: Duration = Duration::from_secs(120);

async fn until(rpc: &Rpc, what: &str, holds: impl Fn(&Standing) -> bool) -> Standing {
    let begun = Instant::now();
    loop {
        let standing = rpc.standing().await.unwrap();
        if holds(&standing) {
            return standing;
        }
        assert!(begun.elapsed() < PATIENCE, "{what}: {standing:?}");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn containers_finalise_and_outlive_what_happens_to_one() {
    if std::env::var_os("ASSAY_TEST_DOCKER").is_none() {
        println!("skipped: ASSAY_TEST_DOCKER is not set");
        return;
    }
    if let Err(error) = engine::client().await {
        println!("skipped: {error}");
        return;
    }
    let topology = Topology::of(4).unwrap();
    let mut genesis = Genesis::load("dev").unwrap();
    genesis.authorities = topology.nodes.iter().map(|node| node.name.clone()).collect();
    let storage = genesis.build("dev").unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_assay"));
    let containers = Containers::start(binary, &topology, &storage).await.unwrap();
    let one = containers.rpc("One").await.unwrap();
    let four = containers.rpc("Four").await.unwrap();

    let now = until(&one, "finality", |standing| standing.finalized.0 > 0).await;
    containers.pause("Four").await.unwrap();
    let now = until(&one, "finality without Four", |standing| standing.finalized.0 > now.best.0 + 2).await;
    containers.resume("Four").await.unwrap();
    let now = until(&four, "Four goes on", |standing| standing.finalized.0 >= now.finalized.0).await;

    containers.kill("Three").await.unwrap();
    let now = until(&one, "finality without Three", |standing| standing.finalized.0 > now.best.0 + 2).await;
    containers.start_again("Three").await.unwrap();
    let three = containers.rpc("Three").await.unwrap();
    let now = until(&three, "Three syncs again", |standing| standing.finalized.0 >= now.finalized.0).await;

    containers.cut("Two").await.unwrap();
    let now = until(&one, "finality without Two", |standing| standing.finalized.0 > now.best.0 + 2).await;
    containers.join("Two").await.unwrap();
    let two = containers.rpc("Two").await.unwrap();
    until(&two, "Two catches up", |standing| standing.finalized.0 >= now.finalized.0).await;

    let (name, client) = (containers.name().to_owned(), engine::client().await.unwrap());
    drop(containers);
    let everything = ListContainersOptionsBuilder::new().all(true).build();
    let left = client.list_containers(Some(everything)).await.unwrap();
    let names: Vec<String> = left.into_iter().filter_map(|container| container.names).flatten().collect();
    assert!(!names.iter().any(|container| container.contains(&name)), "{names:?}");
    assert!(client.inspect_network(&name, None::<InspectNetworkOptions>).await.is_err());
}
