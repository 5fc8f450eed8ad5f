//! What a report about a miner is made of: proofs of one step, commitments, receipts. The chain decodes and checks them.

use crate::corpus::hex;
use crate::hunt::{Said, hunt};
use assay_inference::{
    Commitment, H256, Layer, Model, Receipt, Row, StepProof, Verdict, request_root, response_root,
};
use codec::{Decode, Encode};

/// A commitment, a request, a response and a proof, one after another: whatever decodes is checked, and what is encoded
/// again is what was decoded.
fn check(mut bytes: &[u8]) -> Said {
    let Ok((model, request, response, proof)) = <(Commitment, H256, H256, StepProof)>::decode(&mut bytes)
    else {
        return Ok(());
    };
    // Anything but a panic is an answer.
    let _ = proof.check(&model, request, response);
    let _ = model.model();
    let again = StepProof::decode(&mut proof.encode().as_slice());
    if again.as_ref() == Ok(&proof) { Ok(()) } else { Err(format!("decoded again it is {again:?}")) }
}

/// A commitment and all the rest of it, for each value that a small network gives.
fn sound() -> Vec<Vec<u8>> {
    let layers = vec![Layer::Dense { inputs: 4, outputs: 3 }, Layer::Shift { size: 3, bits: 2 }];
    let rows = [[1, 2, 3, 4], [-4, 3, -2, 1], [9, 9, 9, 9]];
    let rows = rows.map(|weights| Row { weights: weights.to_vec().try_into().unwrap(), bias: 5 });
    let model = Model::new(layers, rows.to_vec()).unwrap();
    let question = [3, -1, 4, 1];
    let trace = model.evaluate(&question).unwrap();
    let steps = (0..2).flat_map(|layer| (0..3).map(move |element| (layer, element)));
    let proofs =
        steps.map(|(layer, element)| StepProof::open(&model, &question, &trace, layer, element).unwrap());
    let signed = (model.commitment(), request_root(&question), response_root(&trace));
    proofs.map(|proof| (signed.0, signed.1, signed.2, proof).encode()).collect()
}

#[test]
fn proofs() {
    let sound = sound();
    for bytes in &sound {
        let (model, request, response, proof) =
            <(Commitment, H256, H256, StepProof)>::decode(&mut bytes.as_slice()).unwrap();
        assert_eq!(proof.check(&model, request, response), Ok(Verdict::Honest));
    }
    hunt("proofs", &[sound, hex("proofs")].concat(), 20_000, || check);
}

#[test]
fn receipts() {
    hunt("receipts", &hex("receipts"), 20_000, || {
        |bytes: &[u8]| {
            let Ok((receipt, _signature)) = <(Receipt, [u8; 64])>::decode(&mut &*bytes) else {
                return Ok(());
            };
            let _ = receipt.message();
            Ok(())
        }
    });
}
