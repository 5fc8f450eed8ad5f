//! An upgrade without a fork: nodes run a runtime in WASM, root puts the next version into its place, and the chain goes on
//! with it.
//!
//! `cargo test` needs no compiler for WASM, so this is done only where `ASSAY_TEST_WASM` names the folder of the blobs that
//! `tools/wasm/build` makes; else the tests say that they are skipped.

mod running;

use assay::chain::client::{Call, Client};
use assay::chain::genesis::Genesis;
use assay::chain::keys::Account;
use assay::chain::memory::MemoryChain;
use assay::network::rpc::{Rpc, Standing};
use assay::network::{Network, Options, Pace, Topology};
use polkadot_sdk::sp_core::storage::well_known_keys;
use running::Running;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use subxt::ext::scale_value::Value as ScaleValue;
use tokio::time::{Instant, sleep};

/// Only a wait that would fail anyway lasts so long: a compiler for WASM that is itself not optimised needs its time.
const PATIENCE: Duration = Duration::from_secs(300);

/// The blobs, if they are to be tested.
fn blobs() -> Option<PathBuf> {
    let folder = std::env::var_os("ASSAY_TEST_WASM").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: ASSAY_TEST_WASM names no folder with blobs of tools/wasm/build");
    }
    folder
}

async fn until(rpc: &Rpc, what: &str, holds: impl Fn(&Standing) -> bool) -> Standing {
    let begun = Instant::now();
    loop {
        // A node that is busy compiling answers later.
        if let Ok(standing) = rpc.standing().await
            && holds(&standing)
        {
            return standing;
        }
        assert!(begun.elapsed() < PATIENCE, "waited {PATIENCE:?} for {what}");
        sleep(Duration::from_millis(200)).await;
    }
}

/// The version of the runtime at the best block; none while the node is busy compiling one.
async fn version(rpc: &Rpc) -> Option<u64> {
    let version: Value = rpc.ask("state_getRuntimeVersion", json!([])).await.ok()?;
    version["specVersion"].as_u64()
}

/// Alice, who has the sudo key, replaces the code.
async fn set_code(rpc: &Rpc, client: &Client, code: Vec<u8>) {
    let set = Call::new("System", "set_code", [("code", ScaleValue::from_bytes(code))]);
    let call = Call::new("Sudo", "sudo", [("call", set.into_value())]);
    let extrinsic = client.compose(&Account::from_uri("//Alice").unwrap(), &call, 0).unwrap();
    rpc.submit(&extrinsic).await.unwrap();
}

/// A node comes to run the next version, and finalises with it.
async fn goes_on(rpc: &Rpc, name: &str) {
    let begun = Instant::now();
    while version(rpc).await != Some(426) {
        assert!(begun.elapsed() < PATIENCE, "{name} still runs the old version");
        sleep(Duration::from_millis(200)).await;
    }
    let now = until(rpc, "an answer", |_| true).await;
    let what = format!("finality on {name} after the upgrade");
    until(rpc, &what, |standing| standing.finalized.0 > now.best.0 + 2).await;
}

#[tokio::test]
async fn four_nodes_go_from_the_native_runtime_to_one_in_wasm() {
    let Some(blobs) = blobs() else { return };
    let root = tempfile::tempdir().unwrap();
    let topology = Topology { pace: Pace::Live { rate: 12 }, ..Topology::of(4).unwrap() };
    let options = Options {
        root: root.path().to_owned(),
        binary: env!("CARGO_BIN_EXE_assay").into(),
        ..Options::passing().unwrap()
    };
    let network = Network::start(topology, options).await.unwrap();
    let client = Client::new(Box::new(network.memory_twin().unwrap()));
    let one = network.node("One").unwrap().rpc().unwrap();
    until(&one, "finality before the upgrade", |standing| standing.finalized.0 > 1).await;
    assert_eq!(version(&one).await, Some(425));
    set_code(&one, &client, read(&blobs, "runtime-next.wasm")).await;
    for name in network.names() {
        goes_on(&network.node(&name).unwrap().rpc().unwrap(), &name).await;
    }
    network.close().await;
}

#[tokio::test]
async fn a_node_goes_from_one_runtime_in_wasm_to_the_next() {
    let Some(blobs) = blobs() else { return };
    let mut genesis = Genesis::load("dev").unwrap();
    genesis.authorities = vec!["One".into()];
    let mut storage = genesis.build("dev").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("spec.json");
    std::fs::write(&spec, assay_node::spec::raw(&storage).to_string()).unwrap();
    let node = Running::node(&[
        "--chain",
        &spec.to_string_lossy(),
        "--wasm",
        &blobs.join("runtime.wasm").to_string_lossy(),
        "--one",
        "--force-authoring",
        "--clock-rate",
        "12",
    ]);
    storage.top.insert(well_known_keys::CODE.to_vec(), read(&blobs, "runtime.wasm"));
    let client = Client::new(Box::new(MemoryChain::new(storage).unwrap()));
    let rpc = Rpc::connect(node.text("rpc")).await.unwrap();
    until(&rpc, "finality before the upgrade", |standing| standing.finalized.0 > 1).await;
    assert_eq!(version(&rpc).await, Some(425));
    set_code(&rpc, &client, read(&blobs, "runtime-next.wasm")).await;
    goes_on(&rpc, "the node").await;
}

fn read(blobs: &Path, name: &str) -> Vec<u8> {
    let path = blobs.join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
