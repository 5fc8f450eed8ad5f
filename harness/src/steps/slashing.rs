//! Stake at risk: bonds, receipts, offences.
//!
//! Receipts, proofs and votes are real: signed by the keys of the scenario's accounts, made by the code that miners use.

use super::calls::act;
use super::storage::store;
use super::subnets::make;
use super::{Definition, Kind, Phrase};
use crate::chain::client::Call;
use crate::world::actions::Origin;
use crate::world::{StepError, World};
use assay_inference::{H256, Layer, Model, Receipt, Row, StepProof, request_root, response_root};
use codec::Encode;
use polkadot_sdk::sp_consensus_grandpa::localized_payload;
use polkadot_sdk::sp_core::crypto::Pair as _;
use polkadot_sdk::sp_core::ed25519;
use polkadot_sdk::sp_io::hashing::blake2_256;

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "slashing is enabled on subnet {number}",
        meaning: "Writes the terms of the subnet, as if they had been changed a window ago: the defaults with `enabled`, \
                  or what the table says instead. Subnet 0 is root, for double votes.",
        example: "Given slashing is enabled on subnet 2\n  | window | 100 |",
        run: |world, phrase| Box::pin(enable(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} bonds {amount} on {account} in subnet {number}",
        meaning: "Slashing.bond: the coldkey puts stake at risk, and it cannot leave.",
        example: "When Bob bonds 100 alpha on miner1 in subnet 2",
        run: |world, phrase| Box::pin(bond(world, phrase, "Slashing.bond")),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} unbonds {amount} on {account} in subnet {number}",
        meaning: "Slashing.unbond: the stake is at risk for one window more, and free then.",
        example: "When Bob unbonds 100 alpha on miner1 in subnet 2",
        run: |world, phrase| Box::pin(bond(world, phrase, "Slashing.unbond")),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} registers the example network on subnet {number}",
        meaning: "Slashing.register_model of a small network that these steps know.",
        example: "When Alice registers the example network on subnet 2",
        run: |world, phrase| Box::pin(register_network(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} reports a contradiction of {account} on subnet {number} for {account}",
        meaning: "Slashing.report_contradiction with two receipts of the hotkey; the reward is for the last hotkey. \
                  Everything can be said otherwise in the table, for both receipts or for the `second`: the texts \
                  `job`, `model`, `request` and `response` (`one` in the first and `another` in the second), the \
                  receipt's `block` or its `age` in blocks when it is reported (1), its `netuid` and `hotkey`, the \
                  `signer`, and the text of another `genesis`.",
        example: "When Dave reports a contradiction of miner1 on subnet 2 for dave_hot\n  | job        | 7   |\n  | second age | 360 |",
        run: |world, phrase| Box::pin(contradiction(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} reports a wrong result of {account} on subnet {number} for {account}",
        meaning: "Slashing.report_wrong_result: an answer of the example network in which one value is wrong, and the \
                  proof of it. The table takes what a receipt takes, and `layer` and `element` of the value (0, 0); \
                  `claimed` is `wrong`, or `right` for an honest answer; `proof` is `whole`, or what is wrong with it: \
                  `branch`, `row`, `input`, `layer`, `element`, or `response`, a proof against another answer than the \
                  one signed.",
        example: "When Dave reports a wrong result of miner1 on subnet 2 for dave_hot\n  | layer   | 3 |\n  | element | 1 |",
        run: |world, phrase| Box::pin(wrong_result(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} links authority {account} to {account}",
        meaning: "Slashing.link_authority, signed by the finality key of the authority and by the hotkey; the table may \
                  say by whom instead: `authority signer`, `hotkey signer`.",
        example: "When Bob links authority One to validator1",
        run: |world, phrase| Box::pin(link(world, phrase)),
    },
    Definition {
        kind: Kind::Action,
        pattern: "{account} reports a double vote of authority {account} for {account}",
        meaning: "Slashing.report_double_vote with two votes of the authority in one round. The table may say the \
                  `round` (1), the `set` (0), the `stage` (`prevote` or `precommit`), the texts of the blocks voted for \
                  (`first` and `second`), and the `signer` of the second vote.",
        example: "When Dave reports a double vote of authority One for dave_hot\n  | round | 9 |",
        run: |world, phrase| Box::pin(double_vote(world, phrase)),
    },
];

async fn enable(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = Rows::of(&phrase)?;
    let defaults = [
        ("enabled", "true"),
        ("window", "360"),
        ("contradiction", "6554"),
        ("wrong_result", "13107"),
        ("reporter_share", "6554"),
        ("max_strikes", "3"),
        ("ban", "7200"),
    ];
    rows.ensure_known(&defaults.map(|(name, _)| name))?;
    let terms = defaults.map(|(name, default)| format!("{name}: {}", rows.text(name).unwrap_or(default)));
    let schedule = format!("{{now: {{{}}}, next: none}}", terms.join(", "));
    store(world, &[(&format!("Slashing.TermsOf({})", phrase.text(0)), &schedule)]).await
}

async fn bond(world: &mut World, phrase: Phrase<'_>, call: &str) -> Result<(), StepError> {
    let arguments = [("netuid", phrase.text(3)), ("hotkey", phrase.text(2)), ("amount", phrase.text(1))];
    make(world, &phrase, call, &arguments).await
}

async fn register_network(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let netuid: u16 = phrase.number(1)?;
    let model = example_network()?.commitment().encode();
    let call = encoded(world, "register_model", vec![("netuid", netuid.encode()), ("model", model)])?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn contradiction(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = Rows::of(&phrase)?;
    let names = RECEIPT.map(|name| format!("second {name}"));
    rows.ensure_known(&RECEIPT.into_iter().chain(names.iter().map(String::as_str)).collect::<Vec<_>>())?;
    let next = world.client()?.head().await?.number + 1;
    let subject = Subject { hotkey: phrase.text(1), netuid: phrase.number(2)?, next };
    let text = |second: bool, name: &str, default: &str| {
        let own = rows.text(&format!("second {name}")).filter(|_| second);
        own.or_else(|| rows.text(name)).unwrap_or(default).to_owned()
    };
    let mut signed = Vec::new();
    for (second, response) in [(false, "one"), (true, "another")] {
        let roots = Roots {
            model: named(&text(second, "model", "a model")),
            request: named(&text(second, "request", "a request")),
            response: named(&text(second, "response", response)),
        };
        signed.push(receipt(world, &subject, &roots, |name| {
            let text = text(second, name, "");
            (!text.is_empty()).then_some(text)
        })?);
    }
    let reward = world.names().id(phrase.text(3))?.encode();
    let second = signed.pop().unwrap_or_default();
    let first = signed.pop().unwrap_or_default();
    let arguments = vec![("first", first), ("second", second), ("reward_hotkey", reward)];
    let call = encoded(world, "report_contradiction", arguments)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn wrong_result(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = Rows::of(&phrase)?;
    let more = ["layer", "element", "claimed", "proof"];
    rows.ensure_known(&RECEIPT.into_iter().chain(more).collect::<Vec<_>>())?;
    let next = world.client()?.head().await?.number + 1;
    let subject = Subject { hotkey: phrase.text(1), netuid: phrase.number(2)?, next };
    let (layer, element) = (rows.number("layer")?.unwrap_or(0), rows.number("element")?.unwrap_or(0));
    let network = example_network()?;
    let question = [3, -1, 4, 1];
    let unfit = |what: &str| StepError::Unfit(format!("the example network has no such {what}"));
    let honest = network.evaluate(&question).map_err(|error| StepError::Unfit(error.to_string()))?;
    let mut altered = honest.clone();
    let value = altered.0.get_mut(layer).and_then(|values| values.get_mut(element));
    *value.ok_or_else(|| unfit("layer or element"))? += 1;
    let right = rows.text("claimed") == Some("right");
    let claimed = if right { &honest } else { &altered };
    let proof = StepProof::open(&network, &question, claimed, layer, element).ok_or_else(|| unfit("step"))?;
    let fault = rows.text("proof").unwrap_or("whole");
    let proof = spoiled(proof, fault)?;
    let signed = if fault == "response" { &honest } else { claimed };
    let roots = Roots {
        model: rows.text("model").map_or_else(|| network.root(), named),
        request: rows.text("request").map_or_else(|| request_root(&question), named),
        response: rows.text("response").map_or_else(|| response_root(signed), named),
    };
    let receipt = receipt(world, &subject, &roots, |name| rows.text(name).map(str::to_owned))?;
    let reward = world.names().id(phrase.text(3))?.encode();
    let arguments = vec![("receipt", receipt), ("proof", proof.encode()), ("reward_hotkey", reward)];
    let call = encoded(world, "report_wrong_result", arguments)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn link(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = Rows::of(&phrase)?;
    rows.ensure_known(&["authority signer", "hotkey signer"])?;
    let (authority, hotkey) = (voter(phrase.text(1))?, world.names().id(phrase.text(2))?);
    let genesis = world.client()?.chain().genesis_hash();
    let message = ("assay/link/1", genesis, authority.public().0, &hotkey).encode();
    let voter_key = voter(rows.text("authority signer").unwrap_or(phrase.text(1)))?;
    let hotkey_key = world.account(rows.text("hotkey signer").unwrap_or(phrase.text(2)))?;
    let arguments = vec![
        ("authority", authority.public().0.encode()),
        ("hotkey", hotkey.encode()),
        ("authority_signature", voter_key.sign(&message).0.encode()),
        ("hotkey_signature", hotkey_key.sign(&message).encode()),
    ];
    let call = encoded(world, "link_authority", arguments)?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

async fn double_vote(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    let rows = Rows::of(&phrase)?;
    rows.ensure_known(&["round", "set", "stage", "first", "second", "signer"])?;
    let round: u64 = rows.number("round")?.unwrap_or(1);
    let set: u64 = rows.number("set")?.unwrap_or(0);
    let stage: u8 = match rows.text("stage") {
        None | Some("prevote") => 0,
        Some("precommit") => 1,
        Some(other) => return Err(StepError::Unfit(format!("`{other}` is no stage of a round"))),
    };
    let authority = voter(phrase.text(1))?;
    let vote = |block: &str, signer: &ed25519::Pair| {
        let target = (named(block), 1_u32);
        let signature = signer.sign(&localized_payload(round, set, &(stage, target)));
        (target, signature.0)
    };
    let first = vote(rows.text("first").unwrap_or("a block"), &authority);
    let signer = rows.text("signer").map_or_else(|| Ok(authority), voter)?;
    let second = vote(rows.text("second").unwrap_or("another block"), &signer);
    let proof = (set, stage, round, authority.public().0, first, second).encode();
    let reward = world.names().id(phrase.text(2))?.encode();
    let call = encoded(world, "report_double_vote", vec![("proof", proof), ("reward_hotkey", reward)])?;
    act(world, &phrase, Origin::Signed(phrase.text(0).to_owned()), call).await
}

/// What a table may say of a receipt.
const RECEIPT: [&str; 10] =
    ["job", "model", "request", "response", "age", "block", "netuid", "hotkey", "signer", "genesis"];

/// Whose receipt it is, and the block in which it will be reported.
struct Subject<'a> {
    hotkey: &'a str,
    netuid: u16,
    next: u32,
}

/// What it is about.
struct Roots {
    model: H256,
    request: H256,
    response: H256,
}

/// A receipt with its signature, encoded. `said` is what the table says.
fn receipt(
    world: &World,
    subject: &Subject<'_>,
    roots: &Roots,
    said: impl Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, StepError> {
    let number = |name: &str| said(name).map(|text| parsed(name, &text)).transpose();
    let hotkey = said("hotkey").unwrap_or_else(|| subject.hotkey.to_owned());
    let chain = world.client()?.chain();
    let block = match number("block")? {
        Some(block) => block,
        None => subject.next.saturating_sub(number("age")?.unwrap_or(1)),
    };
    let netuid = number("netuid")?.map_or(Ok(subject.netuid), |netuid| {
        u16::try_from(netuid).map_err(|_| StepError::Unfit(format!("{netuid} is no subnet")))
    })?;
    let receipt = Receipt {
        genesis: said("genesis").map_or_else(|| chain.genesis_hash(), |text| named(&text)),
        netuid,
        hotkey: world.names().id(&hotkey)?.into(),
        job: named(&said("job").unwrap_or_else(|| "a job".into())),
        model: roots.model,
        request: roots.request,
        response: roots.response,
        block,
    };
    let signer = world.account(&said("signer").unwrap_or(hotkey))?;
    Ok((receipt, signer.sign(&receipt.message())).encode())
}

/// A network of four layers: 4 values in, 2 out.
fn example_network() -> Result<Model, StepError> {
    let layers = vec![
        Layer::Dense { inputs: 4, outputs: 3 },
        Layer::Shift { size: 3, bits: 2 },
        Layer::Clamp { size: 3, low: -8, high: 7 },
        Layer::Dense { inputs: 3, outputs: 2 },
    ];
    let weights: [(&[i8], i32); 5] =
        [(&[1, 2, 3, 4], 5), (&[-4, 3, -2, 1], 0), (&[9, 9, 9, 9], -7), (&[1, -1, 2], 3), (&[5, 0, -5], 0)];
    let row = |(weights, bias): (&[i8], i32)| {
        let weights =
            weights.to_vec().try_into().map_err(|_| StepError::Unfit("a row is too long".into()))?;
        Ok(Row { weights, bias })
    };
    let rows = weights.into_iter().map(row).collect::<Result<Vec<_>, StepError>>()?;
    Model::new(layers, rows).map_err(|error| StepError::Unfit(error.to_string()))
}

/// A proof with a fault.
fn spoiled(mut proof: StepProof, fault: &str) -> Result<StepProof, StepError> {
    match fault {
        "whole" | "response" => {}
        "branch" => {
            if let Some(hash) = proof.output.branch.iter_mut().next() {
                hash.0[0] ^= 1;
            }
        }
        "row" => {
            let weight = proof.row.as_mut().and_then(|opened| opened.row.weights.iter_mut().next());
            if let Some(weight) = weight {
                *weight = weight.wrapping_add(1);
            }
        }
        "input" => {
            if let Some(value) = proof.input.values.iter_mut().next() {
                *value += 1;
            }
        }
        "layer" => proof.layer += 1,
        "element" => proof.element = u16::MAX,
        other => return Err(StepError::Unfit(format!("a proof has no `{other}` to be spoiled"))),
    }
    Ok(proof)
}

/// The finality key of an authority, derived from its name as genesis files do.
fn voter(name: &str) -> Result<ed25519::Pair, StepError> {
    ed25519::Pair::from_string(&format!("//{name}"), None)
        .map_err(|_| StepError::Unfit(format!("`{name}` is no authority")))
}

/// Something that only has a name, as a hash.
fn named(text: &str) -> H256 {
    H256(blake2_256(text.as_bytes()))
}

/// A call of Slashing whose arguments are given encoded.
fn encoded(world: &World, name: &str, arguments: Vec<(&str, Vec<u8>)>) -> Result<Call, StepError> {
    Ok(world.client()?.encoded_call("Slashing", name, arguments)?)
}

/// The rows below a sentence, by name.
struct Rows<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Rows<'a> {
    fn of(phrase: &Phrase<'a>) -> Result<Self, StepError> {
        phrase.pairs().map(Self)
    }

    fn ensure_known(&self, names: &[&str]) -> Result<(), StepError> {
        match self.0.iter().find(|(name, _)| !names.contains(name)) {
            Some((name, _)) => Err(StepError::Unfit(format!(
                "the table cannot say `{name}`; it can say {}",
                names.join(", ")
            ))),
            None => Ok(()),
        }
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(row, _)| *row == name).map(|(_, text)| *text)
    }

    fn number<N: TryFrom<u32>>(&self, name: &str) -> Result<Option<N>, StepError> {
        let number = self.text(name).map(|text| parsed(name, text)).transpose()?;
        number
            .map(|number| N::try_from(number).map_err(|_| StepError::Unfit(format!("{number} is too large"))))
            .transpose()
    }
}

fn parsed(name: &str, text: &str) -> Result<u32, StepError> {
    let digits = text.replace(',', "");
    digits
        .parse()
        .map_err(|_| StepError::Unfit(format!("`{name}` is `{text}`, which is no number of a block")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_inference::{Trace, Verdict};

    #[test]
    fn every_step_of_the_example_network_can_be_proved() {
        let network = example_network().unwrap();
        let question = [3, -1, 4, 1];
        let honest = network.evaluate(&question).unwrap();
        let request = request_root(&question);
        for (layer, values) in honest.0.iter().enumerate() {
            for element in 0..values.len() {
                let check = |trace: &Trace| {
                    let proof = StepProof::open(&network, &question, trace, layer, element).unwrap();
                    proof.check(network.commitment(), request, response_root(trace))
                };
                let mut wrong = honest.clone();
                wrong.0[layer][element] += 1;
                assert_eq!(check(&honest), Ok(Verdict::Honest));
                assert!(matches!(check(&wrong), Ok(Verdict::Wrong { .. })), "{layer} {element}");
            }
        }
    }
}
