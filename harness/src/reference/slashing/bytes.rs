//! What is signed, and what an offence is called.

use crate::reference::case::{self, CaseError};
use crate::reference::replay::accounts::hex;
use crate::world::notation::hex_bytes;
use assay_inference::{H256, Receipt};
use codec::Encode;
use pallet_slashing::types::{Offence, offence_message};
use polkadot_sdk::sp_io::hashing::blake2_256;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

pub(super) fn receipt(input: &Fields) -> Result<Fields, CaseError> {
    let hash = |name: &str| word(input, name).map(H256);
    let receipt = Receipt {
        genesis: hash("genesis")?,
        netuid: case::integer(input, "netuid")?,
        hotkey: word(input, "hotkey")?,
        job: hash("job")?,
        model: hash("model")?,
        request: hash("request")?,
        response: hash("response")?,
        block: case::integer(input, "block")?,
    };
    let message = receipt.message();
    Ok(Map::from_iter([
        ("blake2_256".into(), hex(&blake2_256(&message)).into()),
        ("message".into(), hex(&message).into()),
    ]))
}

pub(super) fn report_id(input: &Fields) -> Result<Fields, CaseError> {
    let job = H256(word(input, "job")?);
    id(input, case::integer(input, "netuid")?, job)
}

pub(super) fn double_vote_id(input: &Fields) -> Result<Fields, CaseError> {
    let round: (u64, u64) = (case::integer(input, "set_id")?, case::integer(input, "round")?);
    let job = H256(blake2_256(&round.encode()));
    let mut found = id(input, 0, job)?;
    found.insert("job".into(), hex(&job.0).into());
    Ok(found)
}

fn id(input: &Fields, netuid: u16, job: H256) -> Result<Fields, CaseError> {
    let offence = match case::text(input, "offence")? {
        "Contradiction" => Offence::Contradiction,
        "WrongResult" => Offence::WrongResult,
        "DoubleVote" => Offence::DoubleVote,
        other => return Err(CaseError::new("in.offence", format!("`{other}` is no offence"))),
    };
    let message = offence_message(offence, netuid, word(input, "hotkey")?, job);
    Ok(Map::from_iter([
        ("id".into(), hex(&blake2_256(&message)).into()),
        ("message".into(), hex(&message).into()),
    ]))
}

/// 32 bytes.
fn word(input: &Fields, name: &str) -> Result<[u8; 32], CaseError> {
    let bytes = hex_bytes(case::text(input, name)?).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| CaseError::new(name, "is not 32 bytes in hex"))
}
