//! Miners of every profile and a validator, without a chain: who is worth what, and who is caught.

use assay_inference::{H256, Verdict};
use assay_neuron::device::Cpu;
use assay_neuron::in_process::ask;
use assay_neuron::key::Key;
use assay_neuron::metagraph::{Metagraph, Moment, Neuron};
use assay_neuron::miner::{Miner, Profile, Refusal, Setup};
use assay_neuron::model::{HeldOut, Trained};
use assay_neuron::validator::{self, Config, Heard, Judge, Offence, Outcome};
use assay_neuron::workload::Workload;
use proptest::prelude::*;
use std::path::PathBuf;

const NETUID: u16 = 2;
const GENESIS: H256 = H256::repeat_byte(7);

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/models"))
}

fn miner(profile: Profile, workload: Workload) -> Miner {
    let model = Trained::named(&fixtures(), &profile.model(workload)).unwrap().network;
    let hotkey = Key::from_uri(&format!("//{profile}")).unwrap();
    Miner::new(Setup { profile, workload, model, hotkey, netuid: NETUID, genesis: GENESIS }, &Cpu).unwrap()
}

/// A subnet with one miner of each profile, in the order of their uids, and a validator.
struct Market {
    miners: Vec<Miner>,
    judge: Judge,
    metagraph: Metagraph,
    block: u32,
    offences: Vec<Offence>,
}

impl Market {
    fn new(workload: Workload, profiles: &[Profile], seed: u64) -> Self {
        let miners: Vec<_> = profiles.iter().map(|profile| miner(*profile, workload)).collect();
        let neuron = |(uid, miner): (u16, &Miner)| Neuron {
            uid,
            hotkey: miner.hotkey(),
            stake: 0,
            validator_permit: false,
            axon: Some("127.0.0.2:9000".parse().unwrap()),
        };
        let metagraph = Metagraph { neurons: (0..).zip(&miners).map(neuron).collect(), weights: Vec::new() };
        let config = Config::new(NETUID, GENESIS);
        let registered = Trained::named(&fixtures(), workload.name()).unwrap().network;
        let held_out = HeldOut::of(&fixtures(), workload).unwrap();
        let judge = Judge::new(config, Key::from_uri("//judge").unwrap(), seed, held_out, [registered]);
        Self { miners, judge, metagraph, block: 0, offences: Vec::new() }
    }

    fn round(&mut self) -> Vec<Heard> {
        self.block += 1;
        let now = Moment { block: self.block, time: u64::from(self.block) * 12_000 };
        let mut heard = Vec::new();
        for question in self.judge.questions(now, &self.metagraph) {
            let miner = &self.miners[usize::from(question.uid)];
            let outcome = ask(miner, &question.request, now, self.miners.first());
            heard.push(self.judge.hear(&question, outcome, now.block));
        }
        self.offences.extend(self.judge.offences());
        heard
    }

    fn weight(&self, profile: Profile) -> u16 {
        let uid = self.miners.iter().position(|miner| miner.setup().profile == profile).unwrap();
        let weights = self.judge.weights(&self.metagraph);
        weights.iter().find(|(at, _)| usize::from(*at) == uid).map_or(0, |(_, weight)| *weight)
    }
}

#[test]
fn better_answers_earn_clearly_more_on_every_workload() {
    for workload in Workload::ALL {
        let mut market = Market::new(workload, &Profile::ALL, 1);
        for _ in 0..40 {
            market.round();
        }
        let weights = Profile::ALL.map(|profile| market.weight(profile));
        println!("{workload}: blind {}, {weights:?}", market.judge.scale().blind);
        let [honest, undertrained, lazy, slow, flaky, copycat, contradictory, wrong] = weights;
        // Copying is not found out by quality: the answers are as good.
        assert_eq!((honest, copycat), (u16::MAX, u16::MAX), "{workload}");
        assert!(undertrained < honest / 2, "{workload}: {undertrained}");
        assert!(lazy < 100, "{workload}: {lazy}");
        // 2,000 ms where 1,000 halve: a third, rounded down on the way.
        assert!(matches!(slow, 21_844 | 21_845), "{workload}: {slow}");
        assert!(flaky < honest / 2, "{workload}: {flaky}");
        assert_eq!((contradictory, wrong), (0, 0), "{workload}");
        let caught = |profile| {
            let hotkey = Key::from_uri(&format!("//{profile}")).unwrap().public();
            market.offences.iter().filter(|offence| offence.hotkey() == hotkey).count()
        };
        for profile in Profile::ALL {
            let guilty = matches!(profile, Profile::Contradictory | Profile::Wrong);
            assert_eq!(caught(profile) > 0, guilty, "{workload}, {profile}");
        }
    }
}

#[test]
fn evidence_is_what_the_chain_asks_for() {
    let mut market = Market::new(Workload::Vision, &[Profile::Wrong, Profile::Contradictory], 3);
    while market.offences.iter().filter(|offence| offence.call() == "report_contradiction").count() == 0
        || market.offences.iter().filter(|offence| offence.call() == "report_wrong_result").count() == 0
    {
        market.round();
        assert!(market.block < 50, "within 50 rounds");
    }
    let model = Trained::named(&fixtures(), "vision").unwrap().network;
    for offence in &market.offences {
        match offence {
            Offence::Contradiction { first, second } => {
                assert_eq!(first.receipt.job, second.receipt.job);
                assert_ne!(first.receipt.response, second.receipt.response);
            }
            Offence::WrongResult { receipt, proof } => {
                let receipt = receipt.receipt;
                let verdict = proof.check(model.commitment(), receipt.request, receipt.response);
                assert!(matches!(verdict, Ok(Verdict::Wrong { .. })), "{verdict:?}");
            }
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_round() {
    let run = |seed| {
        let mut market = Market::new(Workload::Series, &Profile::ALL, seed);
        (0..5).flat_map(|_| market.round()).collect::<Vec<_>>()
    };
    assert_eq!(run(4), run(4));
    assert_ne!(run(4), run(5));
}

#[test]
fn profiles_that_do_not_ask_set_what_they_are_made_for() {
    let weights = |profile, friends| {
        let market = Market::new(Workload::Series, &[Profile::Honest, Profile::Lazy], 1);
        let mut config = market.judge.config().clone();
        (config.profile, config.friends) = (profile, friends);
        let held_out = HeldOut::of(&fixtures(), Workload::Series).unwrap();
        let mut judge = Judge::new(config, Key::from_uri("//judge").unwrap(), 1, held_out, []);
        assert_eq!(judge.questions(Moment::default(), &market.metagraph), []);
        let metagraph = Metagraph { weights: vec![(0, vec![(1, 5)])], ..market.metagraph };
        let with_stake = Metagraph {
            neurons: metagraph.neurons.iter().map(|neuron| Neuron { stake: 1, ..neuron.clone() }).collect(),
            ..metagraph
        };
        judge.weights(&with_stake)
    };
    let lazy = Key::from_uri("//lazy").unwrap().public();
    assert_eq!(weights(validator::Profile::Cabal, vec![lazy, [1; 32]]), [(1, u16::MAX)]);
    assert_eq!(weights(validator::Profile::WeightCopier, vec![]), [(1, u16::MAX)]);
    assert_eq!(weights(validator::Profile::Absent, vec![lazy]), []);
}

#[test]
fn a_job_is_answered_once_and_only_in_time() {
    let mut market = Market::new(Workload::Vision, &[Profile::Honest], 1);
    let at = |time| Moment { block: 1, time };
    let question = market.judge.questions(at(100_000), &market.metagraph).remove(0);
    let miner = &market.miners[0];
    let refusal = |time| miner.answer(&question.request, at(time)).unwrap_err();
    assert!(refusal(160_001).to_string().contains("60001 ms from now"));
    miner.answer(&question.request, at(100_000)).unwrap();
    assert!(matches!(refusal(100_000), Refusal::Replayed));
    assert!(matches!(refusal(160_000), Refusal::Replayed));
    // Long after, what is refused for its age needs no memory.
    assert!(matches!(refusal(300_000), Refusal::Request(_)));
    // Latency is part of an outcome, and too much of it is a failure.
    let question = market.judge.questions(at(100_000), &market.metagraph).remove(1);
    let answer = miner.answer(&question.request, at(100_000)).unwrap();
    let late = Outcome::Answered(Box::new(answer), 4_001);
    assert_eq!(market.judge.hear(&question, late, 1), Heard::Failed("the answer took 4001 ms".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nobody_honest_is_ever_reported(seed: u64, workload in 0..3_usize) {
        let workload = Workload::ALL[workload];
        let innocent = [Profile::Honest, Profile::Undertrained, Profile::Lazy, Profile::Slow, Profile::Flaky, Profile::Copycat];
        let mut market = Market::new(workload, &innocent, seed);
        for _ in 0..4 {
            for heard in market.round() {
                prop_assert!(!matches!(heard, Heard::Caught | Heard::Faulty(_)), "{:?}", heard);
            }
        }
        prop_assert_eq!(market.offences, []);
    }
}
