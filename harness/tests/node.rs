//! The node: it makes blocks in every way it can, the same blocks as the memory target, and dies with its parent.

mod running;

use assay::chain::Chain;
use assay::chain::client::{Call, Client};
use assay::chain::genesis::Genesis;
use assay::chain::keys::Account;
use assay::chain::memory::MemoryChain;
use running::{PATIENCE, Running, signal, wait_for};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use subxt::ext::scale_value::Value as ScaleValue;

/// A node of these tests.
struct Node {
    running: Running,
}

impl Node {
    /// Starts a node that keeps nothing, with more arguments.
    fn start(arguments: &[&str]) -> Self {
        Self { running: Running::node(arguments) }
    }

    fn launch(mut command: Command) -> Self {
        command.stderr(Stdio::null());
        Self { running: Running::launch(command) }
    }

    /// Asks it to end, and waits until it has: what it knows is on its disk then.
    fn end(self) {
        self.running.end();
    }

    fn text(&self, key: &str) -> &str {
        self.running.text(key)
    }

    /// Calls a method; the answer is its result.
    #[expect(clippy::needless_pass_by_value, reason = "a list of parameters is written where it is used")]
    fn call(&self, method: &str, params: Value) -> Value {
        let mut answer = self.ask(method, &params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Calls a method; the answer is the whole response.
    fn ask(&self, method: &str, params: &Value) -> Value {
        self.post(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }))
    }

    fn post(&self, request: &Value) -> Value {
        let address = self.text("rpc").strip_prefix("ws://").unwrap();
        let body = request.to_string();
        let length = body.len();
        let head = format!("POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {length}");
        serde_json::from_str(&http(address, &head, &body)).unwrap()
    }

    fn number(&self) -> u64 {
        number_of(&self.call("chain_getHeader", json!([])))
    }

    fn finalised(&self) -> u64 {
        let head = self.call("chain_getFinalizedHead", json!([]));
        number_of(&self.call("chain_getHeader", json!([head])))
    }

    fn hash(&self, number: u64) -> Option<String> {
        self.call("chain_getBlockHash", json!([number])).as_str().map(str::to_owned)
    }
}

fn number_of(header: &Value) -> u64 {
    let number = header["number"].as_str().unwrap();
    u64::from_str_radix(number.trim_start_matches("0x"), 16).unwrap()
}

/// The body of the answer to one request.
fn http(address: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    body.to_owned()
}

fn memory() -> MemoryChain {
    MemoryChain::new(Genesis::load("dev").unwrap().build("dev").unwrap()).unwrap()
}

fn transfer(client: &Client, nonce: u64) -> Vec<u8> {
    let [alice, bob] = ["//Alice", "//Bob"].map(|uri| Account::from_uri(uri).unwrap());
    let to = ScaleValue::unnamed_variant("Id", [ScaleValue::from_bytes(<[u8; 32]>::from(bob.id()))]);
    let rao = ScaleValue::u128(7_000_000_000);
    let call = Call::new("Balances", "transfer_keep_alive", [("dest", to), ("value", rao)]);
    client.compose(&alice, &call, nonce).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("0x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[tokio::test]
async fn a_paced_node_makes_the_blocks_that_memory_makes() {
    let node = Node::start(&["--chain", "dev", "--sealing", "paced"]);
    let (mut memory, wallet) = (memory(), Client::new(Box::new(memory())));
    assert_eq!(node.text("genesis"), format!("{:?}", memory.genesis_hash()));

    let (first, second) = (transfer(&wallet, 0), transfer(&wallet, 1));
    // The second time, the nonce is stale: the block has the transfer once.
    let bodies = [vec![], vec![first.clone(), second.clone(), first.clone()], vec![]];
    for (body, number) in bodies.into_iter().zip(1_u64..) {
        for extrinsic in &body {
            memory.submit(extrinsic.clone()).await.unwrap();
        }
        let expected = memory.advance(1).await.unwrap().remove(0);
        let extrinsics: Vec<_> = body.iter().map(|extrinsic| hex(extrinsic)).collect();
        let made = node.call("assay_createBlock", json!([{ "extrinsics": extrinsics }]));
        assert_eq!(made["number"], number);
        assert_eq!(made["hash"], format!("{:?}", expected.head.hash));
        assert_eq!(made["stateRoot"], format!("{:?}", expected.head.state_root));
        let hashes: Vec<_> = expected.extrinsics.iter().map(|hash| format!("{hash:?}")).collect();
        assert_eq!(made["extrinsics"], json!(hashes));
        let dropped: Vec<_> = expected.dropped.iter().map(|(hash, _)| format!("{hash:?}")).collect();
        let refused: Vec<_> =
            made["dropped"].as_array().unwrap().iter().map(|entry| &entry["hash"]).collect();
        assert_eq!(json!(refused), json!(dropped));
        if number == 2 {
            // Invalid, and of its kinds the one for a nonce that was used.
            assert_eq!(made["dropped"][0]["error"], "0x0003");
        }
    }

    // What is in the pool is taken where the caller gives nothing, and has left it then.
    let third = hex(&transfer(&wallet, 2));
    let hash = node.call("author_submitExtrinsic", json!([third]));
    let made = node.call("assay_createBlock", json!([{ "finalize": true }]));
    assert_eq!(made["extrinsics"][1], hash);
    assert_eq!(node.finalised(), 4);
    wait_for("the pool to forget what is in a block", || {
        (node.call("author_pendingExtrinsics", json!([])) == json!([])).then_some(())
    });

    // A fork, from where the caller says.
    let fork = node.call("assay_createBlock", json!([{ "parent": made["hash"], "extrinsics": [] }]));
    assert_eq!(fork["number"], 5);
    let wrong = node.ask("assay_createBlock", &json!([{ "extrinsics": ["0x04"] }]));
    assert!(wrong["error"]["message"].as_str().unwrap().contains("is not an extrinsic"), "{wrong}");
}

#[test]
fn a_peer_that_comes_is_shown_every_open_fork() {
    let paced = ["--chain", "dev", "--sealing", "paced"];
    let one = Node::start(&paced);
    let genesis = one.text("genesis");
    let transfer = hex(&transfer(&Client::new(Box::new(memory())), 0));
    let [first, second] = [json!([]), json!([transfer])].map(|extrinsics| {
        one.call("assay_createBlock", json!([{ "parent": genesis, "extrinsics": extrinsics }]))["hash"].take()
    });
    assert_ne!(first, second);
    let two = Node::start(&[&paced[..], &["--reserved-nodes", one.text("p2p")]].concat());
    for block in [first, second] {
        wait_for("both blocks 1", || (!two.call("chain_getHeader", json!([block])).is_null()).then_some(()));
    }
}

#[test]
fn blocks_are_made_on_demand_at_once_and_by_the_millisecond() {
    let manual = Node::start(&["--dev", "--sealing", "manual"]);
    let instant = Node::start(&["--dev", "--sealing", "instant"]);
    let steady = Node::start(&["--dev", "--sealing", "50", "--prometheus-port", "0"]);

    assert_eq!(manual.number(), 0);
    let made = manual.call("engine_createBlock", json!([true, true, null]));
    assert_eq!(made["hash"].as_str(), manual.hash(1).as_deref());
    assert_eq!((manual.number(), manual.finalised()), (1, 1));

    assert_eq!(instant.number(), 0);
    // The chain of `--dev` has one authority and so another genesis; its hash is what a signature covers.
    let client = {
        let mut genesis = Genesis::load("dev").unwrap();
        genesis.authorities = vec!["One".into()];
        Client::new(Box::new(MemoryChain::new(genesis.build("dev").unwrap()).unwrap()))
    };
    assert_eq!(instant.text("genesis"), format!("{:?}", client.chain().genesis_hash()));
    instant.call("author_submitExtrinsic", json!([hex(&transfer(&client, 0))]));
    wait_for("a block of the transfer", || (instant.finalised() == 1).then_some(()));
    let block = instant.call("chain_getBlock", json!([]));
    assert_eq!(block["block"]["extrinsics"].as_array().unwrap().len(), 2);

    wait_for("five blocks", || (steady.finalised() >= 5).then_some(()));
    // Who makes blocks by the clock makes none besides.
    let refused = steady.ask("engine_createBlock", &json!([true, true, null]));
    assert_eq!(refused["error"]["code"], -32_601, "{refused}");
    let metrics = steady.text("prometheus").strip_prefix("http://").unwrap();
    let (address, path) = metrics.split_at(metrics.find('/').unwrap());
    let text = http(address, &format!("GET {path} HTTP/1.1"), "");
    assert!(text.contains("substrate_block_height{"), "{text}");
}

#[test]
fn authorities_on_a_fast_clock_finalise_the_same_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let chain = folder.path().join("two.yaml");
    std::fs::write(&chain, "description: two authorities\nbase: dev\nauthorities: [One, Two]\n").unwrap();
    let chain = chain.to_str().unwrap();
    let fast = ["--chain", chain, "--clock-rate", "24"];
    let one = Node::start(&[&fast[..], &["--one"]].concat());
    let two =
        Node::start(&[&fast[..], &["--authority", "Two", "--reserved-nodes", one.text("p2p")]].concat());
    assert_eq!(one.text("genesis"), two.text("genesis"));
    let number =
        wait_for("three final blocks", || Some(one.finalised().min(two.finalised())).filter(|n| *n >= 3));
    assert_eq!(one.hash(number).unwrap(), two.hash(number).unwrap());
    let header = one.call("chain_getHeader", json!([one.hash(number)]));
    assert_eq!(header["digest"]["logs"].as_array().unwrap().len(), 2, "the slot and the seal: {header}");
    assert_eq!(one.call("grandpa_roundState", json!([]))["setId"], 0);
}

#[test]
fn clients_find_the_methods_they_ask_for() {
    let node = Node::start(&["--dev", "--sealing", "manual"]);
    let methods = node.call("rpc_methods", json!([]));
    let methods: Vec<_> = methods["methods"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for method in [
        "account_nextIndex",
        "archive_v1_header",
        "author_submitAndWatchExtrinsic",
        "chainHead_v1_follow",
        "chainSpec_v1_chainName",
        "chain_subscribeFinalizedHeads",
        "engine_createBlock",
        "grandpa_roundState",
        "payment_queryInfo",
        "state_call",
        "state_getKeys",
        "state_getKeysPaged",
        "state_queryStorageAt",
        "system_accountNextIndex",
        "transactionWatch_v1_submitAndWatch",
    ] {
        assert!(methods.contains(&method), "{method} is not among {methods:?}");
    }
    assert_eq!(node.call("system_chain", json!([])), "Bittensor");
    assert_eq!(node.call("system_chainType", json!([])), "Local");
    assert_eq!(
        node.call("system_properties", json!([])),
        json!({ "ss58Format": 42, "tokenDecimals": 9, "tokenSymbol": "TAO" })
    );
    assert_eq!(node.call("state_getRuntimeVersion", json!([]))["specVersion"], 425);
    assert!(!node.call("state_getKeys", json!(["0x"])).as_array().unwrap().is_empty());

    let alice = Account::from_uri("//Alice").unwrap();
    let bytes = <[u8; 32]>::from(alice.id());
    let at = node.hash(0);
    let asked = [
        ("delegateInfo_getDelegates", json!([])),
        ("delegateInfo_getDelegate", json!([bytes])),
        ("delegateInfo_getDelegated", json!([bytes, at])),
        ("neuronInfo_getNeuronsLite", json!([1])),
        ("neuronInfo_getNeurons", json!([1, at])),
        ("neuronInfo_getNeuronLite", json!([1, 0])),
        ("neuronInfo_getNeuron", json!([1, 0])),
        ("subnetInfo_getSubnetInfo", json!([1])),
        ("subnetInfo_getSubnetInfo_v2", json!([1])),
        ("subnetInfo_getSubnetsInfo", json!([])),
        ("subnetInfo_getSubnetsInfo_v2", json!([at])),
        ("subnetInfo_getSubnetHyperparams", json!([1])),
        ("subnetInfo_getSubnetHyperparamsV2", json!([1])),
        ("subnetInfo_getAllDynamicInfo", json!([])),
        ("subnetInfo_getDynamicInfo", json!([1])),
        ("subnetInfo_getAllMetagraphs", json!([])),
        ("subnetInfo_getAllMechagraphs", json!([])),
        ("subnetInfo_getMetagraph", json!([1])),
        ("subnetInfo_getMechagraph", json!([1, 0])),
        ("subnetInfo_getSubnetState", json!([1])),
        ("subnetInfo_getSelectiveMetagraph", json!([1, [0, 1, 2]])),
        ("subnetInfo_getSelectiveMechagraph", json!([1, 0, [0, 52], at])),
        ("subnetInfo_getColdkeyAutoStakeHotkey", json!([alice.ss58(), 1])),
        ("subnetInfo_getSubnetAccountId", json!([1])),
        ("stakeInfo_getColdkeyLock", json!([alice.ss58(), 1])),
        ("swap_simSwapTaoForAlpha", json!([1, 1_000_000])),
        ("swap_simSwapAlphaForTao", json!([1, 1_000_000, at])),
    ];
    for (method, params) in asked {
        let answer = node.call(method, params);
        assert!(!answer.as_array().unwrap().is_empty(), "{method}: {answer}");
    }
    assert!(node.call("subnetInfo_getLockCost", json!([])).as_u64().unwrap() > 0);
    assert!(node.call("subnetInfo_getSubnetToPrune", json!([])).is_null());
    assert_eq!(node.call("swap_currentAlphaPrice", json!([0])), 1_000_000_000);
    assert_eq!(
        node.call("swap_currentAlphaPriceAll", json!([]))[0],
        json!({ "netuid": 0, "price": 1_000_000_000 })
    );
    // As raw state_call, the answer is the same bytes.
    let bytes = node.call("subnetInfo_getSubnetState", json!([1]));
    let bytes: Vec<u8> = serde_json::from_value(bytes).unwrap();
    let raw = node.call("state_call", json!(["SubnetInfoRuntimeApi_get_subnet_state", "0x0100"]));
    assert_eq!(raw, hex(&bytes));
    // Several questions at once.
    let question = |id| json!({ "jsonrpc": "2.0", "id": id, "method": "system_chain", "params": [] });
    let answers = node.post(&json!([question(1), question(2)]));
    assert_eq!(
        answers.as_array().unwrap().iter().filter(|answer| answer["result"] == "Bittensor").count(),
        2
    );
    let short = node.ask("delegateInfo_getDelegate", &json!([[1, 2, 3]]));
    assert!(short["error"]["message"].as_str().unwrap().contains("32 bytes, not 3"), "{short}");
}

/// Whether a process is there (one that has ended and was not waited for is not).
fn alive(pid: &Value) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    status.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

#[test]
#[cfg(target_os = "linux")]
fn a_node_dies_with_its_parent() {
    // Its standard input ends.
    let mut node = Node::start(&["--dev", "--sealing", "manual"]);
    drop(node.running.input.take());
    wait_for("the node to end after its input", || node.running.process.try_wait().unwrap());

    // Its parent is killed while the node is stopped and its input stays open.
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 3<&0; \"$0\" \"$@\" <&3 & wait", env!("CARGO_BIN_EXE_assay")]);
    shell.args(["node", "--dev", "--in-memory", "--sealing", "manual", "--rpc-port", "0", "--port", "0"]);
    shell.args(["--no-mdns", "--die-with-parent"]);
    let mut parent = Node::launch(shell);
    let pid = parent.running.listening["pid"].clone();
    assert_ne!(pid, parent.running.process.id());
    signal("STOP", &pid);
    parent.running.process.kill().unwrap();
    parent.running.process.wait().unwrap();
    wait_for("the node to end after its parent", || (!alive(&pid)).then_some(()));
}

/// What `assay` says of something it cannot do, on standard error.
fn refusal(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_assay")).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_cannot_be_run_is_explained() {
    let sealing = refusal(&["node", "--dev", "--sealing", "sometimes"]);
    assert!(sealing.contains("`manual`, `instant`, `paced`"), "{sealing}");
    let chain = refusal(&["node", "--chain", "nowhere", "--tmp"]);
    assert!(chain.contains("there is no genesis `nowhere`"), "{chain}");
    let missing = refusal(&["node", "--chain", "/nowhere/spec.json", "--tmp"]);
    assert!(missing.contains("/nowhere/spec.json cannot be read"), "{missing}");
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{").unwrap();
    let broken = refusal(&["node", "--tmp", "--chain", broken.to_str().unwrap()]);
    assert!(broken.contains("broken.json"), "{broken}");
}

#[test]
fn a_spec_starts_the_chain_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("dev.json");
    let made = Command::new(env!("CARGO_BIN_EXE_assay"))
        .args(["build-spec", "--chain", "dev", "--raw"])
        .output()
        .unwrap();
    assert!(made.status.success());
    std::fs::write(&spec, made.stdout).unwrap();
    let database = folder.path().join("database");
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.args([
            "node",
            "--rpc-port",
            "0",
            "--port",
            "0",
            "--no-mdns",
            "--die-with-parent",
            "--sealing",
            "manual",
        ]);
        command.args([Path::new("--chain"), &spec, Path::new("--base-path"), &database]);
        Node::launch(command)
    };
    let node = start();
    assert_eq!(node.text("genesis"), format!("{:?}", memory().genesis_hash()));
    node.call("engine_createBlock", json!([true, true, null]));
    let first = node.hash(1);
    node.end();
    // The same database, the next block.
    let node = start();
    assert_eq!(node.hash(1), first);
    node.call("engine_createBlock", json!([true, true, null]));
    assert_eq!(node.number(), 2);
}
