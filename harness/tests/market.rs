//! Networks with miners and validators: the chain is prepared for them, somebody else's programs are told where everything
//! is, and nothing of them stays.

use assay::chain::attached::AttachedChain;
use assay::chain::client::Client;
use assay::chain::keys::Account;
use assay::network::{Network, Options, PATIENCE, Topology};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use subxt::ext::scale_value::Value;

/// A subnet whose programs write what they are told into their log and stay.
const OWN: &str = r#"
description: programs of somebody else
nodes: [{ name: One }]
pace: { interval: 250ms }
subnets:
  - name: own
    workload: custom
    owner: Charlie
    hyperparameters: { tempo: 30, commit-reveal: false, weights-rate-limit: 7, max-validators: 3 }
    slashing: true
    credits: true
miners:
  - { name: theirs, subnet: own, stake: 20 TAO, command: [sh, -c, "env | grep ^BT_ | sort; exec sleep 600"] }
validators:
  - { name: judge, subnet: own, wallet: Eve, stake: 50 TAO, command: [sh, -c, "exec sleep 600"] }
"#;

fn options(root: &Path) -> Options {
    let binary = env!("CARGO_BIN_EXE_assay").into();
    Options { name: None, root: root.to_owned(), binary, rpc_port: None, seed: 1, keep: false }
}

/// Whether a process is there and not only waiting to be waited for.
fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "waited {PATIENCE:?} for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn programs_of_somebody_else_find_everything_prepared() {
    let root = tempfile::tempdir().unwrap();
    let topology = Topology::parse(OWN, Path::new("own.yaml")).unwrap();
    let network = Network::start(topology, options(root.path())).await.unwrap();

    // What the topology says is on the chain.
    let chain = AttachedChain::attach_to_moving(&network.neurons_endpoint()).await.unwrap();
    let client = Client::new(Box::new(chain));
    let read = async |pallet, item, keys: &[Value]| client.read(pallet, item, keys).await.unwrap();
    let netuid = Value::u128(2);
    let id = |name: &str| {
        let account = Account::from_uri(&format!("//{name}")).unwrap();
        Value::from_bytes(<[u8; 32]>::from(account.id()))
    };
    for (item, expected) in [("Tempo", 30), ("WeightsSetRateLimit", 7), ("MaxAllowedValidators", 3)] {
        let found = read("SubtensorModule", item, std::slice::from_ref(&netuid)).await;
        assert_eq!(found.and_then(|value| value.as_u128()), Some(expected), "{item}");
    }
    for name in ["theirs", "judge"] {
        let uid = read("SubtensorModule", "Uids", &[netuid.clone(), id(name)]).await;
        assert!(uid.is_some(), "{name} has no slot");
        let stake = read("SubtensorModule", "TotalHotkeyAlpha", &[id(name), netuid.clone()]).await;
        assert!(stake.and_then(|stake| stake.as_u128()) > Some(0), "{name} has no stake");
    }
    for (pallet, item) in [("Slashing", "TermsOf"), ("Credits", "TermsOf")] {
        let terms = read(pallet, item, std::slice::from_ref(&netuid)).await.unwrap();
        assert!(format!("{terms}").contains("enabled: true"), "{pallet}: {terms}");
    }

    // The programs run, and were told where the chain and their keys are.
    let state = network.state();
    let pids: Vec<u32> = state.neurons.iter().filter_map(|neuron| neuron.pid).collect();
    assert_eq!(pids.len(), 2);
    let log = || std::fs::read_to_string(&state.neurons[0].log).unwrap_or_default();
    until("what the miner was told", || log().lines().count() == 5).await;
    let told: Vec<String> = log().lines().map(str::to_owned).collect();
    let wallets = network.wallets();
    let expected = [
        "BT_NETUID=2".into(),
        format!("BT_SUBTENSOR_CHAIN_ENDPOINT={}", network.neurons_endpoint()),
        "BT_WALLET_HOTKEY=theirs".into(),
        "BT_WALLET_NAME=Bob".into(),
        format!("BT_WALLET_PATH={}", wallets.display()),
    ];
    assert_eq!(told, expected);
    for file in ["Bob/coldkey", "Bob/coldkeypub.txt", "Bob/hotkeys/theirs", "Eve/hotkeys/judge"] {
        assert!(wallets.join(file).is_file(), "there is no {file}");
    }

    // One that ends by itself is started again; at the end nothing stays.
    network.kill_neuron("judge").unwrap();
    assert!(network.kill_neuron("judge").is_err() && network.kill_neuron("nobody").is_err());
    network.start_neuron("judge").await.unwrap();
    assert_eq!(network.revive_neurons().await.unwrap(), []);
    let pids: Vec<u32> = network.state().neurons.iter().filter_map(|neuron| neuron.pid).collect();
    assert_eq!(pids.len(), 2);
    drop(client);
    network.close().await;
    until("the programs to be gone", || pids.iter().all(|pid| !lives(*pid))).await;
}

/// A subnet with programs of ours and of somebody else.
const MIXED: &str = r#"
description: programs that log
nodes: [{ name: One }]
pace: { interval: 250ms }
subnets:
  - name: digits
    workload: vision
    owner: Alice
    hyperparameters: { tempo: 20, commit-reveal: false, weights-rate-limit: 0, serving-rate-limit: 0 }
miners:
  - { name: good, subnet: digits, wallet: Bob }
  - { name: theirs, subnet: digits, wallet: Bob, command: [sh, -c, "echo hello; echo trouble >&2; exec sleep 600"] }
validators:
  - { name: judge, subnet: digits, wallet: Charlie, stake: 100 TAO }
"#;

/// A network that outlives the command that started it, until this goes out of scope.
struct Detached {
    state: tempfile::TempDir,
}

impl Detached {
    fn start(topology: &str) -> Self {
        let network = Self { state: tempfile::tempdir().unwrap() };
        let file = network.state.path().join("mixed.yaml");
        std::fs::write(&file, topology).unwrap();
        let (code, text) = network.assay(&["up", file.to_str().unwrap(), "--detach"]);
        assert_eq!(code, Some(0), "{text}");
        network
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.args(arguments).env("XDG_STATE_HOME", self.state.path()).stdin(Stdio::null());
        command
    }

    /// Exit code, and all that it says.
    fn assay(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.command(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }
}

impl Drop for Detached {
    fn drop(&mut self) {
        let _ = self.command(&["down", "--all"]).output();
    }
}

#[tokio::test]
async fn logs_are_those_of_miners_and_validators_too() {
    let network = Detached::start(MIXED);
    let log = |name: &str| {
        let (code, text) = network.assay(&["logs", name]);
        assert_eq!(code, Some(0), "{text}");
        text
    };
    until("the miner to be announced", || log("good").contains("announced")).await;
    until("a round of the validator", || log("judge").lines().any(|line| line.contains("round"))).await;
    until("what somebody else's program says", || log("theirs") == "hello\ntrouble\n").await;
    assert!(!log("good").contains('\u{1b}'), "colours are for terminals: {}", log("good"));

    let (_, text) = network.assay(&["logs", "judge", "-n", "1"]);
    assert_eq!(text.lines().count(), 1, "{text}");
    let (_, text) = network.assay(&["logs"]);
    for name in ["One", "good", "theirs", "judge"] {
        assert!(text.lines().any(|line| line.starts_with(&format!("{name:<6} "))), "{name}: {text}");
    }
    let (code, text) = network.assay(&["logs", "jugde"]);
    assert_eq!((code, text.contains("judge")), (Some(2), true), "{text}");

    // Who follows hears what is said later, and is done when the network is.
    let mut following =
        network.command(&["logs", "judge", "-f", "-n", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("round"));
    let (code, text) = network.assay(&["down"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(lines.all(|line| line.is_ok()));
    assert!(following.wait().unwrap().success());
}
