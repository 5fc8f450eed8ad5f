//! Miners that behave on purpose: what their profile says is what askers meet over HTTP.

use super::*;

/// Asks a miner for the answer to a held-out input, as a customer who is nobody on the subnet.
struct Asker {
    key: Key,
    genesis: H256,
    input: Vec<i32>,
    job: u64,
}

impl Asker {
    fn new(node: &Program) -> Self {
        let input = HeldOut::of(Path::new(MODELS), Workload::Vision).unwrap().inputs[0].clone();
        Self { key: Key::from_uri("//customer").unwrap(), genesis: genesis(node), input, job: 0 }
    }

    fn request(&mut self, to: &str) -> Request {
        self.job += 1;
        let (miner, job) = (Key::from_uri(to).unwrap().public(), H256::from_low_u64_be(self.job));
        Request::new(&self.key, self.genesis, NETUID, miner, job, self.input.clone(), now())
    }

    fn ask(&mut self, miner: &Program, to: &str) -> Result<Answer, (u16, String)> {
        let request = self.request(to);
        let (status, answer) = miner.ask("POST", "/v1/infer", &json!(request).to_string());
        if status != 200 {
            return Err((status, answer["error"].as_str().unwrap().to_owned()));
        }
        let answer: Answer = serde_json::from_value(answer).unwrap();
        let head = answer.signed.receipt.block;
        answer.check(&request, self.genesis, head, 0).unwrap();
        assert_eq!(answer.output(), model().evaluate(&self.input).unwrap().output());
        Ok(answer)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_flaky_and_copying_miners_do_what_their_names_say() {
    let node = Program::node(&["--in-memory", "--sealing", "100"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    tokio::task::spawn_blocking(move || {
        let mut asker = Asker::new(&node);

        // Two seconds late, and right.
        let slow = Program::miner(&chain, "//slow", "slow", &[]);
        let begun = Instant::now();
        asker.ask(&slow, "//slow").unwrap();
        assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
        assert!(slow.health()["latency_ms"].as_u64().unwrap() >= 2_000);

        // Which jobs are dropped follows from the jobs: of these, always the same.
        let flaky = Program::miner(&chain, "//flaky", "flaky", &[]);
        let mut dropped = Vec::new();
        for job in 101..=300 {
            asker.job = job - 1;
            match asker.ask(&flaky, "//flaky") {
                Ok(_) => {}
                Err(refusal) => {
                    assert_eq!(refusal, (503, "no answer".to_owned()));
                    dropped.push(job);
                }
            }
        }
        let behaviour = assay_neuron::miner::Profile::Flaky.behaviour();
        let expected: Vec<u64> =
            (101..=300).filter(|job| behaviour.drops(H256::from_low_u64_be(*job))).collect();
        assert_eq!(dropped, expected);
        assert!((40..=80).contains(&dropped.len()), "3 of 10 of 200: {dropped:?}");
        let job = dropped[0];
        asker.job = job - 1;
        assert_eq!(asker.ask(&flaky, "//flaky").unwrap_err().0, 503);

        // A copycat signs what somebody else answers.
        let victim = Program::miner(&chain, "//victim", "honest", &[]);
        let copy_from = ["--copy-from", victim.text("hotkey")];
        let copycat = Program::miner(&chain, "//copycat", "copycat", &copy_from);
        let address = Key::from_uri("//victim").unwrap().public();
        let answer = wait_for("the copycat to find its victim", || asker.ask(&copycat, "//copycat").ok());
        assert_eq!(answer.signed.receipt.hotkey, Key::from_uri("//copycat").unwrap().public());
        assert_ne!(answer.signed.receipt.hotkey, address);
        assert_eq!((&victim.health()["requests"], &copycat.health()["requests"]), (&json!(1), &json!(1)));

        // From a miner that answers validators alone there is nothing to copy.
        let strict = Program::miner(&chain, "//strict", "honest", &["--permit-only"]);
        let copy_from = ["--copy-from", strict.text("hotkey")];
        let hungry = Program::miner(&chain, "//hungry", "copycat", &copy_from);
        wait_for("the strict miner to be found and to refuse", || {
            let refusal = asker.ask(&hungry, "//hungry").unwrap_err();
            assert_eq!(refusal, (503, "no answer to be had".to_owned()));
            (strict.health()["refused"].as_u64().unwrap() > 0).then_some(())
        });
        assert_eq!(strict.health()["requests"], 0);
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_beyond_what_a_gateway_serves_are_told_to_come_again() {
    let node = Program::node(&["--in-memory", "--sealing", "100"]);
    let chain = node.text("rpc").to_owned();
    prepare(&chain).await;
    tokio::task::spawn_blocking(move || {
        let _slow = Program::miner(&chain, "//slow", "slow", &[]);
        // It asks nothing by itself and serves one customer at a time.
        let gateway = Program::validator(&chain, &["--profile", "absent", "--customers", "1"]);
        let input = &HeldOut::of(Path::new(MODELS), Workload::Vision).unwrap().inputs[0];
        let body = json!({ "input": input }).to_string();
        wait_for("the gateway to know the miner", || {
            (gateway.ask("POST", "/v1/infer", &body).0 == 200).then_some(())
        });
        // Two seconds long the first one has the only place; who comes meanwhile is told so at once.
        let address = gateway.text("http").trim_start_matches("http://");
        let refusal = wait_for("a customer to be refused", || {
            let asked = [(); 4].map(|()| {
                let (address, body) = (address.to_owned(), body.clone());
                spawn(move || ask(&address, "POST", "/v1/infer", &body))
            });
            let answers = asked.map(|asked| asked.join().unwrap());
            assert!(answers.iter().any(|(status, _)| *status == 200), "{answers:?}");
            answers.into_iter().find(|(status, _)| *status != 200)
        });
        assert_eq!(
            refusal,
            (429, json!({ "error": "the queue is full: ask again in a moment" }).to_string())
        );
        assert_eq!(gateway.ask("POST", "/v1/infer", &body).0, 200);
        let (_, metrics) = gateway.ask_text("GET", "/metrics", "");
        assert!(metrics.contains("requests_total{status=\"429\"}"), "{metrics}");
    })
    .await
    .unwrap();
}
