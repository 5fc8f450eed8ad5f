//! Networks of real nodes: they come up, recover, and leave nothing behind, whatever way they end.

use assay::network::folder;
use assay::network::witness::Witness;
use assay::network::{Fault, Network, Options, PATIENCE, RECOVERY, Topology};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ASSAY: &str = env!("CARGO_BIN_EXE_assay");

fn options(root: &Path) -> Options {
    Options { name: None, root: root.to_owned(), binary: ASSAY.into(), rpc_port: None, seed: 1, keep: false }
}

/// The processes of a network's nodes, and the ports that the harness listens on for it.
fn belongings(network: &Network) -> (Vec<u32>, Vec<String>) {
    let state = network.state();
    let pids = state.nodes.iter().filter_map(|node| node.pid).collect();
    (pids, state.nodes.into_iter().map(|node| node.rpc.replace("ws://", "")).collect())
}

/// Whether a process is there and not only waiting to be waited for.
fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

fn wait_for(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "waited {PATIENCE:?} for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn assert_gone((pids, ports): &(Vec<u32>, Vec<String>)) {
    assert!(!pids.is_empty() && !ports.is_empty());
    wait_for("the nodes to be gone", || pids.iter().all(|pid| !lives(*pid)));
    for port in ports {
        assert!(std::net::TcpStream::connect(port).is_err(), "{port} still answers");
    }
}

/// Four nodes: they finalise, only through their links; one that fails is made good; nothing stays.
#[tokio::test]
async fn four_nodes_finalise_fail_and_recover() {
    let root = tempfile::tempdir().unwrap();
    let network = Network::start(Topology::of(4).unwrap(), options(root.path())).await.unwrap();
    let mut witness = Witness::of(&network).await.unwrap();
    network.finality_moves(2, RECOVERY).await.unwrap();

    // Everybody alone: had the nodes any way around the links, they would take it.
    let alone = network.names().into_iter().map(|name| vec![name]).collect();
    let apart = network.inflict(Fault::Partition(alone)).await.unwrap();
    let rpc = network.node("One").unwrap().rpc().unwrap();
    let end = Instant::now() + PATIENCE;
    while rpc.peers().await.unwrap() > 0 {
        assert!(Instant::now() < end, "One still has peers");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    apart.repair().await.unwrap();
    network.finality_moves(2, RECOVERY).await.unwrap();

    // Killed by hand, a node is started again where it was.
    let endpoint = network.endpoint("Two");
    let before = network.node("Two").unwrap().listening().unwrap().pid;
    Command::new("kill").args(["-9", &before.to_string()]).status().unwrap();
    // Not by what /proc shows: the first thread of a killed process is a zombie before the process has ended.
    wait_for("Two to end", || network.awake().len() == 3);
    let revived = network.revive().await.unwrap();
    assert_eq!(revived.len(), 1);
    assert_eq!(network.endpoint("Two"), endpoint);
    assert_ne!(network.node("Two").unwrap().listening().unwrap().pid, before);
    network.finality_moves(2, RECOVERY).await.unwrap();

    // A guard that is dropped undoes its fault.
    drop(network.inflict(Fault::Pause("Three".into())).await.unwrap());
    assert_eq!(network.awake().len(), 4);
    let error = network.inflict(Fault::Crash("Tree".into())).await.unwrap_err().to_string();
    assert!(error.contains("did you mean `Three`?"), "{error}");

    network.finality_moves(1, RECOVERY).await.unwrap();
    witness.look(&network).await.unwrap();
    assert!(witness.height() >= 5);
    let mine = belongings(&network);
    network.close().await;
    assert_gone(&mine);
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0, "the folder of the run is removed");
}

/// A paced network makes the blocks that it is asked for, and a panic leaves nothing of it.
#[tokio::test]
async fn a_paced_network_makes_blocks_in_turn_and_a_panic_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let topology = Topology::load("paced").unwrap();
    let network = Network::start(topology, options(root.path())).await.unwrap();
    let mut parent = network.standing("One").await.unwrap().best.1;
    for number in 1..=3 {
        let made = network.make_block(parent, Some(&[])).await.unwrap();
        assert_eq!(made.number, number);
        parent = made.hash;
    }
    network.until("Two", "finality of block 3", PATIENCE, |two| two.finalized.0 == 3).await.unwrap();
    assert_eq!(network.standing("Three").await.unwrap().best.1, parent);

    let mine = belongings(&network);
    let panicking = tokio::spawn(async move {
        let _held = network;
        panic!("planted");
    });
    assert!(panicking.await.unwrap_err().is_panic());
    assert_gone(&mine);
}

#[tokio::test]
async fn a_network_that_cannot_start_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let options = Options { binary: "false".into(), ..options(root.path()) };
    let error = Network::start(Topology::of(2).unwrap(), options).await.unwrap_err().to_string();
    assert!(error.contains("ended before it was up (exit status: 1)"), "{error}");
    wait_for("the folder to be removed", || std::fs::read_dir(root.path()).unwrap().count() == 0);
}

/// `assay up`, until it is up.
struct Up {
    child: Child,
    state: Value,
    root: tempfile::TempDir,
}

impl Up {
    fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut child = Command::new(ASSAY)
            .args(["up", "--nodes", "2", "--supervise"])
            .env("XDG_STATE_HOME", root.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let state = serde_json::from_str(&line).expect("a state in JSON when the network is up");
        Self { child, state, root }
    }

    fn belongings(&self) -> (Vec<u32>, Vec<String>) {
        let nodes = self.state["nodes"].as_array().unwrap();
        let pid = |node: &Value| u32::try_from(node["pid"].as_u64().unwrap()).unwrap();
        let port = |node: &Value| node["rpc"].as_str().unwrap().replace("ws://", "");
        (nodes.iter().map(pid).collect(), nodes.iter().map(port).collect())
    }

    fn assay(&self, arguments: &[&str]) -> (i32, String) {
        let output =
            Command::new(ASSAY).args(arguments).env("XDG_STATE_HOME", self.root.path()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8(text).unwrap())
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_network_is_seen_used_and_ended_from_outside() {
    let mut up = Up::start();
    let (code, text) = up.assay(&["ps", "--nodes"]);
    assert!(code == 0 && text.contains("One") && text.contains("ws://127.0.0.1:"), "{text}");
    let (code, text) = up.assay(&["exec", "Two", "--", "sh", "-c", "echo $ASSAY_NODE at $ASSAY_RPC; exit 7"]);
    let rpc = up.state["nodes"][1]["rpc"].as_str().unwrap();
    assert_eq!((code, text.trim()), (7, format!("Two at {rpc}").as_str()));
    let (code, text) = up.assay(&["logs", "One", "-n", "3"]);
    assert!(code == 0 && (1..=3).contains(&text.lines().count()), "{text}");
    let (code, text) = up.assay(&["logs", "Twoo"]);
    assert!(code == 2 && text.contains("did you mean `Two`?"), "{text}");
    let (code, text) = up.assay(&["down"]);
    assert!(code == 0 && text.contains("has ended"), "{text}");
    assert_eq!(up.child.wait().unwrap().code(), Some(0));
    assert_gone(&up.belongings());
    assert!(folder::all(&up.root.path().join("assay/networks")).unwrap().is_empty());
}

#[test]
fn ctrl_c_ends_everything_and_is_no_failure() {
    let mut up = Up::start();
    Command::new("kill").args(["-INT", &up.child.id().to_string()]).status().unwrap();
    assert_eq!(up.child.wait().unwrap().code(), Some(0));
    assert_gone(&up.belongings());
    assert!(folder::all(&up.root.path().join("assay/networks")).unwrap().is_empty());
}

#[test]
fn a_killed_harness_leaves_only_its_folder() {
    let mut up = Up::start();
    up.child.kill().unwrap();
    up.child.wait().unwrap();
    assert_gone(&up.belongings());
    let (_, text) = up.assay(&["ps"]);
    assert!(text.contains("ended"), "{text}");
    let (code, text) = up.assay(&["down", "--all"]);
    assert!(code == 0 && text.contains("what was left is removed"), "{text}");
    assert!(folder::all(&up.root.path().join("assay/networks")).unwrap().is_empty());
}

#[test]
fn what_cannot_be_started_is_explained() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("mine.yaml");
    std::fs::write(&file, "description: x\nnodes:\n  - { nam: One }\n").unwrap();
    let up = |arguments: &[&str]| {
        let mut command = Command::new(ASSAY);
        let output = command.arg("up").args(arguments).env("XDG_STATE_HOME", root.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = up(&[file.to_str().unwrap()]);
    assert!(
        code == Some(2) && text.contains("mine.yaml:3:") && text.contains("did you mean `name`?"),
        "{text}"
    );
    let (code, text) = up(&["foor"]);
    assert!(code == Some(2) && text.contains("did you mean `four`?"), "{text}");
    let (code, text) = up(&["--nodes", "99"]);
    assert!(code == Some(2) && text.contains("1 to 32"), "{text}");
    let (code, text) = up(&["foor", "--detach"]);
    assert!(code == Some(2) && text.contains("did you mean `four`?"), "{text}");
}
