//! What checking a proof of one step costs, for each kind of layer in its largest shape, beside hashing the same bytes;
//! and what its parts cost, from which pallet Slashing weighs its calls.
//!
//! `cargo bench --profile dev -p assay -p assay-inference --bench proofs` shares the build of `cargo test`.

use assay_inference::{
    Convolution, H256, Layer, MAX_LAYERS, MAX_WIDTH, Model, Row, StepProof, Trace, request_root,
    response_root,
};
use codec::{Decode, Encode};
use divan::Bencher;
use divan::counter::BytesCount;
use polkadot_sdk::sp_core::{Blake2Hasher, Hasher};
use std::sync::LazyLock;

/// A kind of layer with the number of the one that stands for it in [`largest`].
const KINDS: [(&str, usize); 7] = [
    ("table", 0),
    ("embedding, one token of a wide row", 2),
    ("embedding, 1,024 tokens of one value", 4),
    ("convolution", 5),
    ("dense", 6),
    ("shift", 7),
    ("clamp", 8),
];

const WIDE: u16 = 1_024;

fn main() {
    divan::main();
}

/// A network of as many layers, values and rows as there can be, so that branches are as long as they can be.
struct Largest {
    model: Model,
    request: Vec<i32>,
    claimed: Trace,
    response: H256,
}

static LARGEST: LazyLock<Largest> = LazyLock::new(largest);

fn largest() -> Largest {
    let wide = Layer::Dense { inputs: WIDE, outputs: WIDE };
    let window = Convolution {
        channels: 1,
        height: 32,
        width: 32,
        filters: WIDE,
        kernel_height: 32,
        kernel_width: 32,
        stride: 1,
        padding: 0,
    };
    let mut layers = vec![
        Layer::Table { size: WIDE },
        Layer::Dense { inputs: WIDE, outputs: 1 },
        Layer::Embedding { tokens: 1, vocabulary: WIDE, width: WIDE },
        Layer::Clamp { size: WIDE, low: 0, high: 127 },
        Layer::Embedding { tokens: WIDE, vocabulary: WIDE, width: 1 },
        Layer::Convolution(window),
        wide,
        Layer::Shift { size: WIDE, bits: 7 },
        Layer::Clamp { size: WIDE, low: -128, high: 127 },
    ];
    layers.resize(MAX_LAYERS as usize, wide);
    let rows = layers.iter().flat_map(rows_of).collect();
    let model = Model::new(layers, rows).expect("the layers make a network");
    let request: Vec<i32> = (0..i32::from(WIDE)).map(|at| at % 256 - 128).collect();
    let mut claimed = model.evaluate(&request).expect("the network takes the request");
    // The last value of every layer is claimed to be another one, so that no proof ends early.
    for values in &mut claimed.0 {
        if let Some(last) = values.last_mut() {
            *last = last.wrapping_add(1);
        }
    }
    let response = response_root(&claimed);
    Largest { model, request, claimed, response }
}

fn rows_of(layer: &Layer) -> Vec<Row> {
    let adds_up = layer.adds_up();
    let weight = |row: usize, at: usize| i8::try_from((row * 31 + at * 7) % 251).unwrap_or(-3);
    let row = |row: usize| {
        let weights: Vec<i8> = (0..layer.row_width()).map(|at| weight(row, at)).collect();
        Row { weights: weights.try_into().expect("no row is wider"), bias: i32::from(adds_up) }
    };
    (0..layer.rows()).map(row).collect()
}

impl Largest {
    /// The proof of a layer's last value.
    fn proof(&self, layer: usize) -> StepProof {
        let last = self.model.layers()[layer].outputs() - 1;
        StepProof::open(&self.model, &self.request, &self.claimed, layer, last).expect("there is such a step")
    }
}

#[divan::bench(args = KINDS.map(|(kind, _)| kind))]
fn check(bencher: Bencher<'_, '_>, kind: &str) {
    let (proof, request) = (proof(kind), request_root(&LARGEST.request));
    bencher.counter(BytesCount::new(proof.encoded_size())).bench(|| {
        let checked = proof.check(LARGEST.model.commitment(), request, LARGEST.response);
        assert!(checked.is_ok(), "{checked:?}");
    });
}

#[divan::bench(args = KINDS.map(|(kind, _)| kind))]
fn hash_the_same_bytes(bencher: Bencher<'_, '_>, kind: &str) {
    let bytes = proof(kind).encode();
    bencher.counter(BytesCount::new(bytes.len())).bench(|| Blake2Hasher::hash(divan::black_box(&bytes)));
}

#[divan::bench(args = KINDS.map(|(kind, _)| kind))]
fn decode(bencher: Bencher<'_, '_>, kind: &str) {
    let bytes = proof(kind).encode();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| StepProof::decode(&mut divan::black_box(&bytes[..])));
}

fn proof(kind: &str) -> StepProof {
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    LARGEST.proof(found.map_or(0, |(_, layer)| *layer))
}

/// The parts of a check, each for the most there can be of it.
mod parts {
    use super::{LARGEST, MAX_WIDTH, WIDE};
    use assay_inference::{MAX_BRANCH, request_root};
    use divan::Bencher;
    use polkadot_sdk::sp_core::{Blake2Hasher, H256, Hasher, Pair, ed25519, sr25519};

    /// The leaf of a vector of 1,024 values.
    #[divan::bench]
    fn leaf_of_values(bencher: Bencher<'_, '_>) {
        let values: Vec<i32> = (0..i32::from(WIDE)).collect();
        assert_eq!(values.len(), MAX_WIDTH as usize);
        bencher.bench(|| request_root(divan::black_box(&values)));
    }

    /// The hashes of a branch.
    #[divan::bench]
    fn branch(bencher: Bencher<'_, '_>) {
        let climb = |leaf| {
            (0..MAX_BRANCH).fold(leaf, |node: H256, _| Blake2Hasher::hash(&[node.0, [7; 32]].concat()))
        };
        bencher.bench(|| climb(divan::black_box(H256::zero())));
    }

    /// One value from 1,024 inputs and a row of 1,024 weights.
    #[divan::bench]
    fn row(bencher: Bencher<'_, '_>) {
        let dense = LARGEST.model.layers()[6];
        let (input, row) = (&LARGEST.claimed.0[5], &LARGEST.model.rows_of(6)[0]);
        bencher.bench(|| dense.element(0, divan::black_box(input), divan::black_box(row)));
    }

    /// The signature of a receipt.
    #[divan::bench]
    fn signature_sr25519(bencher: Bencher<'_, '_>) {
        verify::<sr25519::Pair>(bencher);
    }

    /// The signature of a vote.
    #[divan::bench]
    fn signature_ed25519(bencher: Bencher<'_, '_>) {
        verify::<ed25519::Pair>(bencher);
    }

    fn verify<Key: Pair>(bencher: Bencher<'_, '_>) {
        let (message, key) = ([7; 210], Key::from_seed_slice(&[1; 32]).expect("a seed"));
        let (signature, public) = (key.sign(&message), key.public());
        bencher.bench_local(|| assert!(Key::verify(&signature, divan::black_box(&message), &public)));
    }

    /// The layers that a registered model names, which every check looks at.
    #[divan::bench]
    fn validate(bencher: Bencher<'_, '_>) {
        bencher.bench(|| divan::black_box(LARGEST.model.commitment()).validate());
    }
}
