//! Who and what stands behind the names of a vector: keys, networks, receipts, proofs and votes.

use crate::chain::keys::Account;
use crate::reference::case::{self, CaseError};
use assay_inference::{H256, Layer, Model, Receipt, Row, StepProof, request_root, response_root};
use codec::{Decode, Encode};
use pallet_slashing::types::SignedReceipt;
use polkadot_sdk::sp_consensus_grandpa::{EquivocationProof, localized_payload};
use polkadot_sdk::sp_core::crypto::Pair as _;
use polkadot_sdk::sp_core::{ed25519, sr25519};
use polkadot_sdk::sp_io::hashing::blake2_256;
use polkadot_sdk::sp_runtime::AccountId32;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// The first block's hash in the states of these vectors.
pub(super) const GENESIS: H256 = H256::repeat_byte(7);

/// The account of a name.
pub(super) fn account(name: &str) -> Result<Account, CaseError> {
    Account::from_uri(&format!("//{name}"))
        .map_err(|_| CaseError::new(name, "is no name that an account can be derived from"))
}

/// The id of a name.
pub(super) fn id(name: &str) -> Result<AccountId32, CaseError> {
    account(name).map(|account| account.id())
}

/// The finality key of an authority.
pub(super) fn voter(name: &str) -> Result<ed25519::Pair, CaseError> {
    ed25519::Pair::from_string(&format!("//{name}"), None)
        .map_err(|_| CaseError::new(name, "is no name that a key can be derived from"))
}

/// Something that only has a name.
fn named(text: &str) -> H256 {
    H256(blake2_256(text.as_bytes()))
}

/// The network of a name: two layers, so that there are branches to go wrong, with weights from the name.
pub(super) fn network(name: &str) -> Result<Model, CaseError> {
    let weight = |at: usize| named(name).0.get(at).copied().unwrap_or_default().cast_signed();
    let layers = vec![Layer::Dense { inputs: 2, outputs: 2 }, Layer::Shift { size: 2, bits: 1 }];
    let rows = [(0, 1), (2, 3)].map(|(left, right)| {
        let weights = vec![weight(left), weight(right)].try_into().unwrap_or_default();
        Row { weights, bias: i32::from(weight(left + 4)) }
    });
    Model::new(layers, rows.into()).map_err(|error| CaseError::new(name, error.to_string()))
}

/// A receipt of the vectors, signed as they say.
pub(super) fn receipt(receipt: &Fields) -> Result<SignedReceipt, CaseError> {
    let hash = |name: &str| case::text(receipt, name).map(named);
    signed(receipt, hash("request")?, hash("response")?)
}

/// A receipt and a proof of one of its steps, with what the vectors say of the proof.
pub(super) fn wrong_result(step: &Fields) -> Result<(SignedReceipt, StepProof), CaseError> {
    let fields = case::object(step, "receipt")?;
    let network = network(case::text(fields, "model")?)?;
    let word = |name: &str| case::text(fields, name).map(|text| i32::from(named(text).0[0]));
    let question = [word("request")? % 100, 5];
    let mut claimed =
        network.evaluate(&question).map_err(|error| CaseError::new("receipt", error.to_string()))?;
    if !case::boolean(step, "recomputes_to_claim")?
        && let Some(value) = claimed.0.first_mut().and_then(|values| values.first_mut())
    {
        *value += 1 + word("response")?;
    }
    let proof = StepProof::open(&network, &question, &claimed, 0, 0);
    let mut proof = proof.ok_or_else(|| CaseError::new("receipt", "has no such step"))?;
    if !case::boolean(step, "branches_fit")?
        && let Some(hash) = proof.output.branch.iter_mut().next()
    {
        hash.0[0] ^= 1;
    }
    Ok((signed(fields, request_root(&question), response_root(&claimed))?, proof))
}

fn signed(fields: &Fields, request: H256, response: H256) -> Result<SignedReceipt, CaseError> {
    let receipt = Receipt {
        genesis: GENESIS,
        netuid: case::integer(fields, "netuid")?,
        hotkey: id(case::text(fields, "hotkey")?)?.into(),
        job: named(case::text(fields, "job")?),
        model: network(case::text(fields, "model")?)?.root(),
        request,
        response,
        block: case::integer(fields, "block")?,
    };
    let mut signature = account(case::text(fields, "signed_by")?)?.sign(&receipt.message());
    if !case::boolean(fields, "valid")? {
        signature[0] ^= 1;
    }
    Ok(SignedReceipt { receipt, signature: sr25519::Signature::from_raw(signature) })
}

/// Two votes of an authority in one round, or the same one twice where the vectors say that the proof is not valid.
pub(super) fn double_vote(step: &Fields) -> Result<EquivocationProof<H256, u32>, CaseError> {
    let voter = voter(case::text(step, "authority")?)?;
    let (set, round): (u64, u64) = (case::integer(step, "set_id")?, case::integer(step, "round_number")?);
    let vote = |block: &str| {
        let prevote = (0_u8, named(block), 1_u32);
        let signature = voter.sign(&localized_payload(round, set, &prevote));
        ((named(block), 1_u32), signature.0)
    };
    let second = if case::boolean(step, "proof_valid")? { "another block" } else { "a block" };
    let proof = (set, 0_u8, round, voter.public().0, vote("a block"), vote(second)).encode();
    EquivocationProof::decode(&mut proof.as_slice())
        .map_err(|error| CaseError::new("authority", error.to_string()))
}
