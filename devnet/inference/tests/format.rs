//! The worked example of `COMMITMENTS.md`: numbers from `tools/models/example.py`, which shares no line with this crate.

use assay_inference::{
    H256, Layer, Model, Row, StepProof, Verdict, prove_wrong, request_root, response_root,
};
use codec::{DecodeAll, Encode};

const MODEL: &str = "87621bd9600c9ef27291c80f6afe7eab31326719b92dfaaac616109fab94d4a1";
const REQUEST: &str = "276ce57f10c34cb8a7f8dcec630d92568b60bdabdccfe49d9d4452e7b802badd";
const RESPONSE: &str = "512f130fd61141c6814da4fdc51f3ebca6dd6809323feda4e3cae364d6281496";
const WRONG: &str = "0d7ede441ffc4e3a26cea38140d69ab24b787b64c4a5db43ccdbd0df3c48b7c1";
const PROOF: &str = concat!(
    "0100000010fbffffff7f00000001000000feffffff088228175d9e3e9453b01daca624c105515e8a3c60f443d12ed468",
    "ce15050e5645b96c48870fe7191402b638124bf1e1c9dcd459f53934885741881f77ec24f6a20cff0000007d0200005d",
    "02000008ffcde18ba572ed7f63106957563784d3dccfacd12ff63fd6c646b2f6199dd7eeb96c48870fe7191402b63812",
    "4bf1e1c9dcd459f53934885741881f77ec24f6a20110010203040a0000000c864c64c2cf3fed96ad5b7afea7efd5d431",
    "b82bc546cb1bbe716d2f005b681f8f9f1824836ad2131cc47b27b566e19297e8bd892ac734224301de2194db9a00d159",
    "6bd856195e3d396368548a9e877631092c1ddccb86204e93579a617b6e1110",
);

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn model() -> Model {
    let row = |weights: &[i8], bias| Row { weights: weights.to_vec().try_into().unwrap(), bias };
    let layers = vec![
        Layer::Embedding { tokens: 2, vocabulary: 3, width: 2 },
        Layer::Dense { inputs: 4, outputs: 3 },
        Layer::Shift { size: 3, bits: 2 },
        Layer::Clamp { size: 3, low: -128, high: 127 },
    ];
    let rows = vec![
        row(&[1, -2], 0),
        row(&[3, 4], 0),
        row(&[-5, 127], 0),
        row(&[1, 2, 3, 4], 10),
        row(&[-128, 0, 0, 1], -1),
        row(&[5, 5, 5, 5], 0),
    ];
    Model::new(layers, rows).unwrap()
}

#[test]
fn roots_are_those_of_the_example() {
    let model = model();
    assert_eq!(hex(model.root()), MODEL);
    let trace = model.evaluate(&[2, 0]).unwrap();
    let expected: [&[i32]; 4] = [&[-5, 127, 1, -2], &[254, 637, 605], &[64, 159, 151], &[64, 127, 127]];
    assert_eq!(trace.0, expected);
    assert_eq!(trace.output(), [64, 127, 127]);
    assert_eq!(hex(request_root(&[2, 0])), REQUEST);
    assert_eq!(hex(response_root(&trace)), RESPONSE);
}

#[test]
fn the_proof_is_that_of_the_example() {
    let model = model();
    let mut claimed = model.evaluate(&[2, 0]).unwrap();
    claimed.0[1][0] += 1;
    assert_eq!(hex(response_root(&claimed)), WRONG);
    assert_eq!(hex(prove_wrong(&model, &[2, 0], &claimed).unwrap().encode()), PROOF);
}

#[test]
fn the_examples_proof_convicts() {
    let proof = StepProof::decode_all(&mut bytes(PROOF).as_slice()).unwrap();
    let [request, response] = [REQUEST, WRONG].map(|root| H256::from_slice(&bytes(root)));
    let verdict = proof.check(model().commitment(), request, response);
    assert_eq!(verdict, Ok(Verdict::Wrong { claimed: 255, recomputed: 254 }));
}
