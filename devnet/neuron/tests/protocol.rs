//! What askers and miners say to each other, and what is refused.

use assay_inference::{H256, Trace};
use assay_neuron::key::Key;
use assay_neuron::metagraph::Moment;
use assay_neuron::protocol::{Answer, AnswerError, Request, RequestError};
use proptest::collection::vec;
use proptest::prelude::*;

const GENESIS: H256 = H256::repeat_byte(7);
const NOW: Moment = Moment { block: 10, time: 1_000_000 };

fn key(name: &str) -> Key {
    Key::from_uri(name).unwrap()
}

fn request() -> Request {
    let miner = key("//Alice//miner").public();
    Request::new(&key("//Bob"), GENESIS, 2, miner, H256::repeat_byte(3), vec![1, -2, 3], NOW.time)
}

fn answer(request: &Request) -> Answer {
    let trace = Trace(vec![vec![5, 6], vec![-7]]);
    Answer::new(request, &key("//Alice//miner"), GENESIS, H256::repeat_byte(9), trace, NOW.block)
}

#[test]
fn a_request_is_for_one_miner_of_one_subnet_of_one_chain_now() {
    let miner = key("//Alice//miner").public();
    let check = |request: &Request| request.check(GENESIS, 2, &miner, NOW, 1_000);
    let good = request();
    assert_eq!(check(&good), Ok(()));
    let changed = |change: &dyn Fn(&mut Request)| {
        let mut request = request();
        change(&mut request);
        check(&request)
    };
    assert_eq!(changed(&|request| request.netuid = 3), Err(RequestError::Subnet { asked: 3, here: 2 }));
    assert_eq!(
        changed(&|request| request.miner = [1; 32]),
        Err(RequestError::Miner { asked: [1; 32], here: miner })
    );
    assert_eq!(
        changed(&|request| request.time += 1_001),
        Err(RequestError::Time { off: 1_001, allowed: 1_000 })
    );
    let unsigned: [&dyn Fn(&mut Request); 5] = [
        &|request| request.time += 1,
        &|request| request.job = H256::zero(),
        &|request| request.input.push(0),
        &|request| request.asker = key("//Charlie").public(),
        &|request| request.signature[0] ^= 1,
    ];
    for change in unsigned {
        assert_eq!(changed(change), Err(RequestError::Signature));
    }
    assert_eq!(good.check(H256::zero(), 2, &miner, NOW, 1_000), Err(RequestError::Signature));
}

#[test]
fn an_answer_is_to_its_request() {
    let request = request();
    let check = |answer: &Answer| answer.check(&request, GENESIS, 12, 2);
    assert_eq!(check(&answer(&request)), Ok(()));
    let changed = |change: &dyn Fn(&mut Answer)| {
        let mut answer = answer(&request);
        change(&mut answer);
        check(&answer).unwrap_err()
    };
    assert_eq!(changed(&|answer| answer.trace.clear()), AnswerError::Size);
    assert_eq!(changed(&|answer| answer.trace[0] = vec![0; 40_000]), AnswerError::Size);
    assert_eq!(changed(&|answer| answer.trace = vec![vec![1]; 33]), AnswerError::Size);
    assert_eq!(changed(&|answer| answer.trace[1] = vec![8]), AnswerError::Trace);
    assert_eq!(changed(&|answer| answer.signed.receipt.genesis = H256::zero()), AnswerError::Chain);
    assert_eq!(changed(&|answer| answer.signed.receipt.netuid = 3), AnswerError::Miner);
    assert_eq!(changed(&|answer| answer.signed.receipt.hotkey = [0; 32]), AnswerError::Miner);
    assert_eq!(changed(&|answer| answer.signed.receipt.job = H256::zero()), AnswerError::Job);
    assert_eq!(changed(&|answer| answer.signed.receipt.request = H256::zero()), AnswerError::Input);
    assert_eq!(changed(&|answer| answer.signed.receipt.block = 9), AnswerError::Block { said: 9, head: 12 });
    assert_eq!(changed(&|answer| answer.signed.receipt.model = H256::zero()), AnswerError::Signature);
    assert_eq!(changed(&|answer| answer.signed.receipt.block = 11), AnswerError::Signature);
}

#[test]
fn json_is_as_documented() {
    let text = serde_json::to_value(request()).unwrap();
    assert_eq!(text["job"], format!("0x{}", "03".repeat(32)));
    assert_eq!(text["signature"].as_str().unwrap().len(), 2 + 128);
    assert_eq!(serde_json::from_value::<Request>(text.clone()).unwrap(), request());
    let refused = |field: &str, value: serde_json::Value| {
        let mut text = text.clone();
        text[field] = value;
        serde_json::from_str::<Request>(&text.to_string()).unwrap_err().to_string()
    };
    assert!(refused("job", "03".repeat(32).into()).contains("0x and 64 hexadecimal digits"));
    assert!(refused("miner", "0x12".into()).contains("0x and 64"));
    assert!(refused("signature", 5.into()).contains("invalid type"));
    assert!(refused("netuid", 65_536.into()).contains("u16"));
    assert!(refused("inputs", 1.into()).contains("unknown field `inputs`, expected one of"));
    let answer = answer(&request());
    let text = serde_json::to_value(&answer).unwrap();
    assert_eq!(text["receipt"]["block"], 10);
    assert_eq!(serde_json::from_value::<Answer>(text).unwrap(), answer);
}

/// Any JSON, of small size.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "(0x)?[0-9a-f]{0,70}".prop_map(Into::into),
        ".{0,8}".prop_map(Into::into),
    ];
    leaf.prop_recursive(2, 16, 4, |inner| vec(inner, 0..4).prop_map(Into::into))
}

proptest! {
    #[test]
    fn requests_and_answers_survive_json(
        job: [u8; 32], input in vec(any::<i32>(), 0..20), time: u64, trace in vec(vec(any::<i32>(), 0..5), 0..4), block: u32,
    ) {
        let asker = key("//Bob");
        let request = Request::new(&asker, GENESIS, 2, key("//Alice").public(), H256(job), input, time);
        let text = serde_json::to_string(&request).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Request>(&text).unwrap(), &request);
        let answer = Answer::new(&request, &key("//Alice"), GENESIS, H256::zero(), Trace(trace), block);
        let text = serde_json::to_string(&answer).unwrap();
        prop_assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer);
    }

    #[test]
    fn hostile_json_is_refused_and_never_panicked_at(field in 0..10_usize, within: bool, value in json()) {
        let fields = ["job", "netuid", "miner", "input", "asker", "time", "signature", "receipt", "trace", "other"];
        let mut asked = serde_json::to_value(request()).unwrap();
        asked[fields[field]] = value.clone();
        if let Ok(request) = serde_json::from_value::<Request>(asked) {
            let _ = request.check(GENESIS, 2, &request.miner, NOW, 1_000);
        }
        let mut answered = serde_json::to_value(answer(&request())).unwrap();
        if within {
            answered["receipt"][fields[field]] = value;
        } else {
            answered[fields[field]] = value;
        }
        if let Ok(answer) = serde_json::from_value::<Answer>(answered) {
            let _ = answer.check(&request(), GENESIS, 10, 2);
        }
    }
}
