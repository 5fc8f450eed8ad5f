//! Miners and validators as programs on a real node: weights arrive and pay, offences are reported, customers are served
//! whoever fails, and the chain may go away and come back.

mod commits;
mod credits;
mod profiles;
#[path = "../running/mod.rs"]
mod running;

use assay::chain::attached::AttachedChain;
use assay::chain::client::{Call, Client};
use assay::chain::keys::Account;
use assay_inference::{H256, Model};
use assay_neuron::key::Key;
use assay_neuron::model::{HeldOut, Trained};
use assay_neuron::protocol::{Answer, Request};
use assay_neuron::workload::Workload;
use codec::Encode;
use running::{Running, wait_within};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant, SystemTime};
use subxt::ext::scale_value::Value as ScaleValue;
use tempfile::TempDir;

/// How long anything may take here, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(180);

/// The subnet of these tests.
const NETUID: u16 = 2;

fn wait_for<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    wait_within(PATIENCE, what, look)
}

/// `assay` as a node, a miner or a validator.
struct Program {
    running: Running,
    /// What is to outlive it, where nobody wants to see that.
    _state: Option<TempDir>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, None)
    }

    /// A program that has a folder as long as it runs.
    fn start_with(arguments: &[&str], state: Option<TempDir>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.args(arguments).arg("--die-with-parent").env("RUST_LOG", "warn");
        Self { running: Running::launch(command), _state: state }
    }

    fn node(arguments: &[&str]) -> Self {
        let common = [
            "node",
            "--dev",
            "--rpc-port",
            "0",
            "--no-mdns",
            "--listen-addr",
            "/ip4/127.0.0.1/tcp/0",
            "-lerror",
        ];
        Self::start(&[&common[..], arguments].concat())
    }

    fn miner(chain: &str, key: &str, profile: &str, more: &[&str]) -> Self {
        let common = [
            "miner",
            "--chain",
            chain,
            "--netuid",
            "2",
            "--workload",
            "vision",
            "--device",
            "cpu",
            "--models",
            MODELS,
            "--hotkey-uri",
            key,
            "--coldkey-uri",
            "//Bob",
            "--register",
            "--profile",
            profile,
            "--listen",
            "127.0.0.2:0",
        ];
        Self::start(&[&common[..], more].concat())
    }

    fn validator(chain: &str, more: &[&str]) -> Self {
        let state = tempfile::tempdir().unwrap();
        let arguments = validator(state.path(), chain);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        Self::start_with(&arguments, Some(state))
    }

    /// A validator that keeps what is to outlive it in a folder.
    fn validator_in(state: &Path, chain: &str, more: &[&str]) -> Self {
        let arguments = validator(state, chain);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        Self::start(&arguments)
    }

    fn text(&self, key: &str) -> &str {
        self.running.text(key)
    }

    /// Status and JSON of what it answers.
    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let (status, text) = self.ask_text(method, path, body);
        (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}")))
    }

    fn ask_text(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        ask(self.text("http").strip_prefix("http://").unwrap(), method, path, body)
    }

    fn health(&self) -> Value {
        self.ask("GET", "/health", "").1
    }

    fn kill(&mut self) {
        self.running.kill();
    }

    /// Asks it to end, and waits until it has: its exit code.
    fn end(self) -> Option<i32> {
        self.running.end()
    }
}

/// The command line of a validator that keeps what is to outlive it in a folder.
fn validator(state: &Path, chain: &str) -> Vec<String> {
    let line = [
        "validator",
        "--state",
        state.to_str().unwrap(),
        "--chain",
        chain,
        "--netuid",
        "2",
        "--workload",
        "vision",
        "--models",
        MODELS,
        "--hotkey-uri",
        "//validator",
        "--coldkey-uri",
        "//Alice",
        "--listen",
        "127.0.0.1:0",
        "--seed",
        "7",
    ];
    line.map(str::to_owned).to_vec()
}

/// Status and body of what answers a request.
fn ask(address: &str, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();

    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    // What is larger than it takes is refused before it is read to its end.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/models");

fn model() -> Arc<Model> {
    Trained::named(Path::new(MODELS), "vision").unwrap().network
}

fn number(value: u64) -> ScaleValue {
    ScaleValue::u128(value.into())
}

fn sudo(call: Call) -> Call {
    Call::new("Sudo", "sudo", [("call", call.into_value())])
}

/// A subnet of Alice's, whose validator has stake, with epochs of ten blocks and weights in the open.
async fn prepare(chain: &str) {
    let validator = Account::from_uri("//validator").unwrap();
    let hotkey = || ScaleValue::from_bytes(<[u8; 32]>::from(validator.id()));
    let of_subnet = |name: &str, argument, value| {
        sudo(Call::new("AdminUtils", name, [("netuid", number(NETUID.into())), (argument, value)]))
    };
    let register = Call::new("SubtensorModule", "register_network", [("hotkey", hotkey())]);
    let start = Call::new("SubtensorModule", "start_call", [("netuid", number(NETUID.into()))]);
    let stake =
        [("hotkey", hotkey()), ("netuid", number(NETUID.into())), ("amount_staked", number(100_000_000_000))];
    // What the pool of transactions looks at must be in a block before.
    make(chain, &[register]).await;
    let settings = [
        start,
        of_subnet("sudo_set_tempo", "tempo", number(10)),
        of_subnet("sudo_set_commit_reveal_weights_enabled", "enabled", ScaleValue::bool(false)),
        of_subnet("sudo_set_weights_set_rate_limit", "weights_set_rate_limit", number(0)),
        of_subnet("sudo_set_serving_rate_limit", "serving_rate_limit", number(0)),
    ];
    make(chain, &settings).await;
    make(chain, &[Call::new("SubtensorModule", "add_stake", stake)]).await;
}

/// Makes calls of Alice's, and waits until the chain has them all: it makes its blocks by itself.
async fn make(chain: &str, calls: &[Call]) {
    make_as("//Alice", chain, calls).await;
}

/// Makes calls of an account, and waits until the chain has them all.
async fn make_as(signer: &str, chain: &str, calls: &[Call]) {
    let signer = Account::from_uri(signer).unwrap();
    let mut client = connect(chain).await;
    let nonce = client.nonce(&signer.id()).await.unwrap() + u64::try_from(calls.len()).unwrap();
    for call in calls {
        client.submit(&signer, call).await.unwrap_or_else(|error| panic!("{}: {error}", call.name));
    }
    let deadline = Instant::now() + PATIENCE;
    while connect(chain).await.nonce(&signer.id()).await.unwrap() < nonce {
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} for {} calls", calls.len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The chain as it is now.
async fn connect(chain: &str) -> Client {
    Client::new(Box::new(AttachedChain::attach(chain).await.unwrap()))
}

/// What the chain has in a storage item of the subnet.
fn read(chain: &str, pallet: &str, item: &str, keys: &[ScaleValue]) -> ScaleValue {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { connect(chain).await.read(pallet, item, keys).await.unwrap().unwrap() })
}

/// A list of numbers of the subnet, such as the incentives by uid.
fn numbers(chain: &str, item: &str) -> Vec<u128> {
    let list = read(chain, "SubtensorModule", item, &[number(NETUID.into())]);
    let subxt::ext::scale_value::ValueDef::Composite(list) = list.value else { panic!("{item} is a list") };
    list.values().filter_map(ScaleValue::as_u128).collect()
}

fn uid(program: &Program) -> usize {
    usize::try_from(program.running.listening["uid"].as_u64().unwrap()).unwrap()
}

fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis().try_into().unwrap()
}

fn genesis(node: &Program) -> H256 {
    node.text("genesis").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_arrive_and_pay_and_who_answers_wrongly_is_slashed() {
    let node = Program::node(&["--in-memory", "--sealing", "50"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    // Slashing on, with the model that the subnet is about: in force after a window of 360 blocks.
    let client = connect(&chain).await;
    let terms = (NETUID, true, (360_u32, 6_554_u16, 13_107_u16, 6_554_u16, 3_u8, 7_200_u32)).encode();
    let registered = (NETUID, model().commitment()).encode();
    let calls = [("set_terms", terms), ("register_model", registered)]
        .map(|(name, arguments)| slashing(&client, name, &arguments));
    make(&chain, &calls).await;

    tokio::task::spawn_blocking(move || {
        let honest = Program::miner(&chain, "//honest", "honest", &[]);
        let lazy = Program::miner(&chain, "//lazy", "lazy", &[]);
        let wrong = Program::miner(&chain, "//wrong", "wrong", &[]);
        let validator = Program::validator(&chain, &["--round", "4", "--recompute", "100"]);

        wait_for("the honest miner to earn and the others not", || {
            let incentive = numbers(&chain, "Incentive");
            let of = |program| incentive.get(uid(program)).copied().unwrap_or_default();
            (of(&honest) > 60_000 && of(&lazy) == 0 && of(&wrong) == 0).then_some(())
        });
        let strikes = wait_for("the wrong miner to be slashed", || {
            let hotkey = ScaleValue::from_bytes(Key::from_uri("//wrong").unwrap().public());
            read(&chain, "Slashing", "Strikes", &[number(NETUID.into()), hotkey])
                .as_u128()
                .filter(|found| *found > 0)
        });
        assert!(strikes <= 3, "{strikes}");
        // It counts a report when the chain has told it, which is a moment after the strike.
        wait_for("the validator to count its report", || {
            (validator.health()["reports"].as_u64().unwrap() > 0).then_some(())
        });
        let (_, miners) = validator.ask("GET", "/v1/miners", "");
        let record = |of: &Program| {
            let found = miners.as_array().unwrap().iter().find(|miner| miner["hotkey"] == of.text("hotkey"));
            found.unwrap_or_else(|| panic!("{miners}")).clone()
        };
        // Who always says the same may have been right once more than a guess would be, and that is worth little.
        assert!(record(&lazy)["weight"].as_u64().unwrap() < 1_000, "{miners}");
        assert_eq!(record(&lazy)["caught"], false);
        assert_eq!(record(&honest)["weight"], 65_535);
        let (_, metrics) = validator.ask_text("GET", "/metrics", "");
        assert!(metrics.contains("assay_validator_weights_total{outcome=\"set\"}"), "{metrics}");
        let (_, metrics) = honest.ask_text("GET", "/metrics", "");
        assert!(metrics.contains("assay_miner_requests_total{status=\"200\"}"), "{metrics}");
        let (_, api) = validator.ask("GET", "/openapi.json", "");
        assert!(api["paths"]["/v1/infer"]["post"].is_object(), "{api}");
        for program in [validator, honest] {
            assert_eq!(program.end(), Some(0));
        }
    })
    .await
    .unwrap();
}

/// A call of the slashing pallet from encoded arguments.
fn slashing(client: &Client, name: &str, arguments: &[u8]) -> Call {
    let pallet = client.metadata().pallet_by_name("Slashing").unwrap();
    let variant = pallet.call_variant_by_name(name).unwrap();
    let mut bytes = arguments;
    let arguments = variant.fields.iter().map(|field| {
        let value = subxt::ext::scale_value::scale::decode_as_type(
            &mut bytes,
            field.ty.id,
            client.metadata().types(),
        );
        (field.name.clone().unwrap(), value.unwrap().remove_context())
    });
    Call { pallet: "Slashing".into(), name: name.into(), arguments: arguments.collect() }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_refused_with_the_reason() {
    let node = Program::node(&["--in-memory", "--sealing", "100"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    tokio::task::spawn_blocking(move || {
        let miner = Program::miner(&chain, "//honest", "honest", &[]);
        let strict = Program::miner(&chain, "//strict", "honest", &["--permit-only"]);
        let held_out = HeldOut::of(Path::new(MODELS), Workload::Vision).unwrap();
        let asker = Key::from_uri("//customer").unwrap();
        let request = |to: &str, job: u8| {
            let miner = Key::from_uri(to).unwrap().public();
            let input = held_out.inputs[0].clone();
            Request::new(&asker, genesis(&node), NETUID, miner, H256::repeat_byte(job), input, now())
        };
        let send = |to: &Program, request: &Request| to.ask("POST", "/v1/infer", &json!(request).to_string());
        let why = |(status, body): (u16, Value)| (status, body["error"].as_str().unwrap().to_owned());

        let asked = request("//honest", 1);
        let (status, answer) = send(&miner, &asked);
        assert_eq!(status, 200, "{answer}");
        let answer: Answer = serde_json::from_value(answer).unwrap();
        assert_eq!(answer.output(), model().evaluate(&held_out.inputs[0]).unwrap().output());
        let head = answer.signed.receipt.block;
        answer.check(&asked, genesis(&node), head, 0).unwrap();

        let (status, error) = why(send(&miner, &asked));
        assert_eq!(status, 409, "{error}");
        let mut unsigned = json!(request("//honest", 2));
        unsigned.as_object_mut().unwrap().remove("signature");
        let (status, error) = why(miner.ask("POST", "/v1/infer", &unsigned.to_string()));
        assert_eq!((status, error.contains("not the asker's")), (401, true), "{error}");
        let changed = Request { input: held_out.inputs[1].clone(), ..request("//honest", 3) };
        assert_eq!(why(send(&miner, &changed)).0, 401);
        let (status, error) = why(send(&miner, &request("//strict", 4)));
        assert_eq!((status, error.contains("is for the miner")), (400, true), "{error}");
        let short = Request { input: vec![1, 2], ..request("//honest", 5) };
        let short = Request::new(&asker, genesis(&node), NETUID, short.miner, short.job, vec![1, 2], now());
        let (status, error) = why(send(&miner, &short));
        assert_eq!((status, error.contains("takes 64 values, 2 are given")), (400, true), "{error}");
        let (status, error) = why(miner.ask("POST", "/v1/infer", "{\"job\": 1"));
        assert_eq!((status, error.contains("not the JSON of a request")), (400, true), "{error}");
        assert_eq!(why(miner.ask("POST", "/v1/infer", &" ".repeat(70_000))).0, 413);
        assert_eq!(why(miner.ask("GET", "/v2", "")).0, 404);
        assert_eq!(why(miner.ask("DELETE", "/health", "")).0, 405);
        let (status, error) = why(send(&strict, &request("//strict", 6)));
        assert_eq!((status, error.contains("no validator permit")), (403, true), "{error}");
        let health = miner.health();
        assert_eq!((&health["requests"], &health["refused"]), (&json!(1), &json!(7)), "{health}");

        // Who never ends its request is not waited for.
        let mut stream = TcpStream::connect(miner.text("http").trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
            .write_all(b"POST /v1/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"job\":")
            .unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 408"), "{line}");
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_miner_dies_under_load_and_no_customer_is_lost() {
    let node = Program::node(&["--in-memory", "--sealing", "200"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    tokio::task::spawn_blocking(move || {
        let mut miners = ["//first", "//second"].map(|key| Program::miner(&chain, key, "honest", &[]));
        let validator = Program::validator(&chain, &["--round", "2"]);
        wait_for("the validator to know both miners", || {
            (validator.ask("GET", "/v1/miners", "").1.as_array().unwrap().len() == 2).then_some(())
        });
        let load = Command::new(env!("CARGO_BIN_EXE_assay"))
            .args(["load", "--customers", "20", "--seconds", "8", "--json", "--models", MODELS])
            .args(["--gateway", validator.text("http")])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever is asked now is the one to go.
        let busy = wait_for("customers to be served", || {
            let requests = |miner: &Program| miner.health()["requests"].as_u64().unwrap();
            let (place, most) =
                miners.iter().map(requests).enumerate().max_by_key(|(_, count)| *count).unwrap();
            (most > 50).then_some(place)
        });
        miners[busy].kill();
        let output = load.wait_with_output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(output.status.success(), "{report}");
        assert_eq!((&report["lost"], &report["wrong"]), (&json!(0), &json!(0)), "{report}");
        let by_uid = report["by_uid"].as_object().unwrap();
        let survivor = &miners[1 - busy];
        assert!(by_uid[&uid(survivor).to_string()].as_u64().unwrap() > 0, "{report}");
    })
    .await
    .unwrap();
}

/// Leads to a node, wherever that is now.
struct Door {
    address: SocketAddr,
    leads_to: Arc<Mutex<String>>,
}

impl Door {
    fn to(node: &Program) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let leads_to = Arc::new(Mutex::new(Self::of(node)));
        let behind = leads_to.clone();
        spawn(move || {
            for outside in listener.incoming().map_while(Result::ok) {
                let Ok(inside) = TcpStream::connect(&*behind.lock().unwrap()) else { continue };
                for (mut from, mut to) in
                    [(outside.try_clone().unwrap(), inside.try_clone().unwrap()), (inside, outside)]
                {
                    spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(std::net::Shutdown::Both);
                    });
                }
            }
        });
        Self { address, leads_to }
    }

    fn of(node: &Program) -> String {
        node.text("rpc").strip_prefix("ws://").unwrap().to_owned()
    }

    fn lead_to(&self, node: &Program) {
        *self.leads_to.lock().unwrap() = Self::of(node);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_goes_away_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().to_str().unwrap().to_owned();
    let start = move || Program::node(&["--base-path", &database, "--sealing", "200"]);
    let node = start();
    prepare(node.text("rpc")).await;
    tokio::task::spawn_blocking(move || {
        let door = Door::to(&node);
        let chain = format!("ws://{}", door.address);
        let miner = Program::miner(&chain, "//honest", "honest", &[]);
        let validator = Program::validator(&chain, &["--round", "2"]);
        wait_for("the validator to know the miner", || {
            (validator.ask("GET", "/v1/miners", "").1.as_array().unwrap().len() == 1).then_some(())
        });
        assert_eq!(node.end(), Some(0));
        wait_for("both to find out", || {
            [&miner, &validator].iter().all(|program| program.health()["status"] == "alone").then_some(())
        });
        // Customers are served without a chain.
        let input = &HeldOut::of(Path::new(MODELS), Workload::Vision).unwrap().inputs[0];
        let body = json!({ "input": input }).to_string();
        let (status, served) = validator.ask("POST", "/v1/infer", &body);
        assert_eq!((status, &served["hotkey"]), (200, &json!(miner.text("hotkey"))), "{served}");
        let before = validator.health()["rounds"].as_u64().unwrap();

        let node = start();
        door.lead_to(&node);
        wait_for("both to come back and rounds to go on", || {
            let back = [&miner, &validator].iter().all(|program| program.health()["status"] == "ok");
            (back && validator.health()["rounds"].as_u64().unwrap() > before + 1).then_some(())
        });
        assert_eq!(validator.ask("POST", "/v1/infer", &body).0, 200);
    })
    .await
    .unwrap();
}

#[test]
fn what_cannot_be_run_is_explained() {
    let refusal = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_assay")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let miner = ["miner", "--netuid", "2", "--workload", "vision", "--models", MODELS, "--hotkey-uri", "//A"];
    let with = |more: &[&str]| refusal(&[&miner[..], more].concat());
    let near = with(&["--profile", "honnest"]);
    assert!(near.contains("honest") && near.contains("similar"), "{near}");
    let local = with(&["--listen", "127.0.0.1:0"]);
    assert!(local.contains("127.0.0.2"), "{local}");
    let device = with(&["--device", "abacus"]);
    assert!(device.contains("`abacus` is no device"), "{device}");
    let nobody = refusal(&[
        "miner",
        "--netuid",
        "2",
        "--workload",
        "vision",
        "--models",
        MODELS,
        "--wallet-path",
        "/nowhere",
    ]);
    assert!(
        nobody.contains("/nowhere/default/hotkeys/default") && nobody.contains("assay wallet new"),
        "{nobody}"
    );
    let wallet = refusal(&["wallet", "show", "--wallet-path", "/nowhere"]);
    assert!(wallet.contains("assay wallet new"), "{wallet}");
}
