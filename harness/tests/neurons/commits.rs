//! Weights on subnets that have them committed first: sealed until a round of the beacon, or behind a hash.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Has the weights of the subnet committed first.
async fn commit_first(chain: &str) {
    let arguments = [("netuid", number(NETUID.into())), ("enabled", ScaleValue::bool(true))];
    make(chain, &[sudo(Call::new("AdminUtils", "sudo_set_commit_reveal_weights_enabled", arguments))]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_beacon_weights_are_committed_behind_a_hash_and_revealed() {
    let node = Program::node(&["--in-memory", "--sealing", "200"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    commit_first(&chain).await;
    tokio::task::spawn_blocking(move || {
        let honest = Program::miner(&chain, "//honest", "honest", &[]);
        let validator = Program::validator(&chain, &["--round", "2"]);
        wait_for("the revealed weights to pay", || {
            let incentive = numbers(&chain, "Incentive");
            incentive.get(uid(&honest)).copied().filter(|incentive| *incentive == 65_535)
        });
        let (_, metrics) = validator.ask_text("GET", "/metrics", "");
        assert!(metrics.contains("assay_validator_weights_total{outcome=\"revealed\"}"), "{metrics}");
        assert!(!metrics.contains("outcome=\"set\""), "{metrics}");
    })
    .await
    .unwrap();
}

/// Brings pulses to a chain, until it goes out of scope.
struct Bringer(Child);

impl Bringer {
    fn start(chain: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        Self(command.args(["beacon", "--bring", chain]).stdin(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Bringer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_beacon_weights_are_timelocked_and_the_chain_opens_them() {
    let node = Program::node(&["--chain", "beacon", "--in-memory", "--sealing", "200"]);
    let chain = node.text("rpc").to_owned();
    let _bringer = Bringer::start(&chain);
    prepare(&chain).await;
    commit_first(&chain).await;
    tokio::task::spawn_blocking(move || {
        let honest = Program::miner(&chain, "//honest", "honest", &[]);
        // The beacon's pace is measured over ten blocks.
        let round = || read(&chain, "Drand", "LastStoredRound", &[]).as_u128().unwrap();
        let first = wait_for("the first pulse", || Some(round()).filter(|round| *round > 0));
        wait_for("the pulses of twelve blocks", || (round() >= first + 48).then_some(()));
        let validator = Program::validator(&chain, &["--round", "2"]);
        wait_for("the weights that the chain opens to pay", || {
            let incentive = numbers(&chain, "Incentive");
            incentive.get(uid(&honest)).copied().filter(|incentive| *incentive == 65_535)
        });
        assert!(validator.health()["weights_set"].as_u64().unwrap() > 0);
        let (_, metrics) = validator.ask_text("GET", "/metrics", "");
        let done = metrics.lines().filter(|line| line.contains("weights_total{") && !line.ends_with(" 0"));
        let done: Vec<&str> = done.collect();
        assert!(done.len() == 1 && done[0].contains("\"timelocked\""), "{metrics}");
    })
    .await
    .unwrap();
}

#[test]
fn pulses_are_brought_only_to_a_chain_that_believes_them() {
    let node = Program::node(&["--in-memory", "--sealing", "manual"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    let output = command.args(["beacon", "--bring", node.text("rpc")]).output().unwrap();
    let problem = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{problem}");
    assert!(problem.contains("--chain beacon"), "{problem}");
}

/// Makes the blocks of a chain that makes none by itself, while it is not stopped.
#[derive(Clone)]
struct Clock {
    address: String,
    runs: Arc<AtomicBool>,
}

impl Clock {
    fn of(node: &Program) -> Self {
        let address = node.text("rpc").strip_prefix("ws://").unwrap().to_owned();
        let clock = Self { address, runs: Arc::new(AtomicBool::new(true)) };
        let (ticking, alive) = (clock.clone(), Arc::downgrade(&clock.runs));
        spawn(move || {
            // Ends with the test: nobody else is left who could stop it.
            while alive.strong_count() > 1 {
                if ticking.runs.load(Ordering::SeqCst) {
                    ticking.tick();
                }
                sleep(Duration::from_millis(50));
            }
        });
        clock
    }

    /// Makes a block of what waits.
    fn tick(&self) {
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "engine_createBlock", "params": [true, true, null] });
        let (status, answer) = ask(&self.address, "POST", "/", &call.to_string());
        assert_eq!(status, 200, "{answer}");
    }

    fn run(&self, runs: bool) {
        self.runs.store(runs, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_that_waits_for_its_reveal_outlives_its_validator() {
    let node = Program::node(&["--in-memory", "--sealing", "manual"]);
    let (chain, clock) = (node.text("rpc").to_owned(), Clock::of(&node));
    let state = tempfile::tempdir().unwrap();
    prepare(&chain).await;
    commit_first(&chain).await;
    // Epochs so long that the next one is not over before the second validator is there.
    let tempo = [("netuid", number(NETUID.into())), ("tempo", number(100))];
    make(&chain, &[sudo(Call::new("AdminUtils", "sudo_set_tempo", tempo))]).await;
    let (state, place) = (state.path().to_owned(), state);
    let validate = {
        let chain = chain.clone();
        move || Program::validator_in(&state, &chain, &["--round", "2", "--commit", "hash"])
    };
    let hash = {
        let (chain, clock, validate) = (chain.clone(), clock.clone(), validate.clone());
        tokio::task::spawn_blocking(move || {
            let _miner = Program::miner(&chain, "//honest", "honest", &[]);
            let validator = validate();
            let committed = || {
                let (_, metrics) = validator.ask_text("GET", "/metrics", "");
                metrics.contains("outcome=\"committed\"").then_some(())
            };
            wait_for("the commit", committed);
            clock.run(false);
            commits(&chain)
        })
        .await
        .unwrap()
    };
    // From here on no new weights are taken, so that whatever is revealed was committed before.
    let limit = [("netuid", number(NETUID.into())), ("weights_set_rate_limit", number(100_000))];
    let limited = sudo(Call::new("AdminUtils", "sudo_set_weights_set_rate_limit", limit));
    connect(&chain).await.submit(&Account::from_uri("//Alice").unwrap(), &limited).await.unwrap();
    tokio::task::spawn_blocking(move || {
        clock.tick();
        let validator = validate();
        assert_eq!(commits(&chain), hash);
        clock.run(true);
        wait_for("the reveal", || (validator.health()["weights_set"] == 1).then_some(()));
        let (_, metrics) = validator.ask_text("GET", "/metrics", "");
        assert!(metrics.contains("weights_total{outcome=\"revealed\"} 1"), "{metrics}");
        let weights = read(&chain, "SubtensorModule", "Weights", &[number(NETUID.into()), number(0)]);
        assert!(weights.to_string().contains("65535"), "{weights}");
    })
    .await
    .unwrap();
    drop(place);
}

/// The hashes that the chain has of the validator.
fn commits(chain: &str) -> String {
    let hotkey = ScaleValue::from_bytes(Key::from_uri("//validator").unwrap().public());
    read(chain, "SubtensorModule", "WeightCommits", &[number(NETUID.into()), hotkey]).to_string()
}
