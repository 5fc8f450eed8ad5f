//! What must hold of proofs: no honest answer is ever proved wrong, any wrong one is, and nothing hostile panics.

use assay_inference::{
    Branch, Commitment, Convolution, H256, Layer, Model, Opened, OpenedRow, ProofError, Row, StepProof,
    Trace, Verdict, prove_wrong, request_root, response_root,
};
use codec::{Decode, DecodeAll, Encode};
use proptest::collection::vec;
use proptest::prelude::*;

/// A small network of up to six layers, of all kinds, that fit together.
fn model() -> impl Strategy<Value = Model> {
    let start = prop_oneof![
        (1..12_u16, 1..6_u16).prop_map(|(inputs, outputs)| Layer::Dense { inputs, outputs }),
        (1..5_u16, 1..6_u16, 1..4_u16).prop_map(|(tokens, vocabulary, width)| Layer::Embedding {
            tokens,
            vocabulary,
            width
        }),
        convolution(),
    ];
    (start, vec((0..5_u8, any::<u8>(), any::<i8>()), 0..5), any::<u64>()).prop_map(|(start, rest, seed)| {
        let mut layers = vec![start];
        for (kind, parameter, low) in rest {
            let size = u16::try_from(layers.last().unwrap().outputs()).unwrap();
            layers.push(match kind {
                0 => Layer::Dense { inputs: size, outputs: 1 + u16::from(parameter % 6) },
                1 => Layer::Shift { size, bits: parameter % 32 },
                2 => Layer::Clamp { size, low: low.min(0), high: low.max(0) },
                3 => Layer::Table { size },
                _ => Layer::Embedding { tokens: size, vocabulary: 1 + u16::from(parameter), width: 2 },
            });
        }
        let mut random = Random(seed);
        let rows = layers
            .iter()
            .flat_map(|layer| std::iter::repeat_n(*layer, layer.rows()))
            .map(|layer| Row {
                weights: (0..layer.row_width())
                    .map(|_| random.byte())
                    .collect::<Vec<_>>()
                    .try_into()
                    .unwrap(),
                bias: if layer.adds_up() { i32::from(random.byte()) * 100 } else { 0 },
            })
            .collect();
        Model::new(layers, rows).unwrap()
    })
}

fn convolution() -> impl Strategy<Value = Layer> {
    (1..3_u16, 3..6_u16, 3..6_u16, 1..4_u16, 1..4_u8, 1..4_u8, 1..3_u8, any::<bool>()).prop_map(
        |(channels, height, width, filters, kernel_height, kernel_width, stride, padded)| {
            let padding = u8::from(padded && kernel_height > 1 && kernel_width > 1);
            Layer::Convolution(Convolution {
                channels,
                height,
                width,
                filters,
                kernel_height,
                kernel_width,
                stride,
                padding,
            })
        },
    )
}

/// Weights need no more than to differ: a linear congruential generator whose seed proptest prints and shrinks.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn byte(&mut self) -> i8 {
        i8::from_le_bytes([self.next().to_le_bytes()[0]])
    }

    fn input(&mut self, model: &Model) -> Vec<i32> {
        let (low, high) = model.input_bounds();
        let span = u64::from(high.abs_diff(low)) + 1;
        (0..model.inputs()).map(|_| low + i32::try_from(self.next() % span).unwrap()).collect()
    }
}

/// A model, an input it takes, and the generator to go on with.
fn case() -> impl Strategy<Value = (Model, Vec<i32>, u64)> {
    (model(), any::<u64>()).prop_map(|(model, seed)| {
        let input = Random(seed).input(&model);
        (model, input, seed)
    })
}

fn judge(proof: &StepProof, model: &Model, request: &[i32], signed: &Trace) -> Result<Verdict, ProofError> {
    proof.check(model.commitment(), request_root(request), response_root(signed))
}

proptest! {
    #[test]
    fn every_step_of_an_honest_answer_is_honest((model, input, _) in case()) {
        let trace = model.evaluate(&input).unwrap();
        prop_assert!(prove_wrong(&model, &input, &trace).is_none());
        for (layer, shape) in model.layers().iter().enumerate() {
            for element in 0..shape.outputs() {
                let proof = StepProof::open(&model, &input, &trace, layer, element).unwrap();
                prop_assert_eq!(judge(&proof, &model, &input, &trace), Ok(Verdict::Honest));
            }
        }
    }

    #[test]
    fn any_altered_value_is_proved_wrong((model, input, seed) in case(), by in 1..=i32::MAX) {
        let honest = model.evaluate(&input).unwrap();
        let mut random = Random(seed);
        let layer = usize::try_from(random.next()).unwrap() % honest.0.len();
        let element = usize::try_from(random.next()).unwrap() % honest.0[layer].len();
        let mut claimed = honest.clone();
        claimed.0[layer][element] = claimed.0[layer][element].wrapping_add(by);

        let proof = prove_wrong(&model, &input, &claimed).expect("an altered value is found");
        let expected = Verdict::Wrong {
            claimed: claimed.0[layer][element],
            recomputed: honest.0[layer][element],
        };
        prop_assert_eq!((usize::from(proof.layer), usize::from(proof.element)), (layer, element));
        prop_assert_eq!(judge(&proof, &model, &input, &claimed), Ok(expected));
        // It says nothing about the honest answer, nor about another request or model.
        prop_assert!(judge(&proof, &model, &input, &honest).is_err());
        let mut registered = model.commitment().clone();
        registered.rows = H256::repeat_byte(1);
        let roots = (request_root(&input), response_root(&claimed));
        let without_rows = proof.row.is_none();
        prop_assert_eq!(proof.check(&registered, roots.0, roots.1).is_ok(), without_rows);
        if layer == 0 {
            prop_assert_eq!(
                proof.check(model.commitment(), H256::zero(), roots.1),
                Err(ProofError::InputBranch)
            );
        }
    }

    #[test]
    fn no_altered_proof_convicts_an_honest_answer((model, input, seed) in case()) {
        let trace = model.evaluate(&input).unwrap();
        let mut random = Random(seed);
        let layer = usize::try_from(random.next()).unwrap() % trace.0.len();
        let element = usize::try_from(random.next()).unwrap() % trace.0[layer].len();
        let honest = StepProof::open(&model, &input, &trace, layer, element).unwrap();
        for hostile in alterations(&honest, &mut random) {
            let verdict = judge(&hostile, &model, &input, &trace);
            prop_assert!(!matches!(verdict, Ok(Verdict::Wrong { .. })), "{:?} by {:?}", verdict, hostile);
        }
    }

    #[test]
    fn flipped_bits_never_convict_and_never_panic((model, input, seed) in case()) {
        let trace = model.evaluate(&input).unwrap();
        let mut random = Random(seed);
        let bytes = StepProof::open(&model, &input, &trace, trace.0.len() - 1, 0).unwrap().encode();
        for _ in 0..64 {
            let mut flipped = bytes.clone();
            let at = usize::try_from(random.next()).unwrap() % flipped.len();
            flipped[at] ^= 1 << (random.next() % 8);
            if let Ok(hostile) = StepProof::decode_all(&mut flipped.as_slice()) {
                let verdict = judge(&hostile, &model, &input, &trace);
                prop_assert!(!matches!(verdict, Ok(Verdict::Wrong { .. })), "{:?}", verdict);
            }
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in vec(any::<u8>(), 0..2_048), model in vec(any::<u8>(), 0..600)) {
        let proof = StepProof::decode(&mut bytes.as_slice());
        let model = Commitment::decode(&mut model.as_slice());
        if let (Ok(proof), Ok(model)) = (proof, model) {
            let _ = proof.check(&model, H256::zero(), H256::zero());
        }
    }

    #[test]
    fn hostile_shapes_are_refused_without_panic(
        fields in vec((0..6_u8, any::<[u16; 4]>(), any::<[u8; 4]>()), 1..4),
        element in any::<u16>(),
    ) {
        let layers: Vec<Layer> = fields.iter().map(|(kind, wide, narrow)| any_layer(*kind, *wide, *narrow)).collect();
        let commitment = Commitment { layers: layers.clone().try_into().unwrap(), rows: H256::zero() };
        let proof = StepProof {
            layer: 0,
            element,
            input: opened(layers[0].inputs().min(1_024)),
            output: opened(layers[0].outputs().min(1_024)),
            row: None,
        };
        prop_assert!(proof.check(&commitment, H256::zero(), H256::zero()).is_err());
        // Even where nothing is validated, one value is one value.
        let _ = layers[0].element(element.into(), &[1, 2, 3], &Row::default());
        let _ = layers[0].row_of(element.into(), &[1, 2, 3]);
    }
}

fn any_layer(kind: u8, wide: [u16; 4], narrow: [u8; 4]) -> Layer {
    match kind {
        0 => Layer::Dense { inputs: wide[0], outputs: wide[1] },
        1 => Layer::Convolution(Convolution {
            channels: wide[0],
            height: wide[1],
            width: wide[2],
            filters: wide[3],
            kernel_height: narrow[0],
            kernel_width: narrow[1],
            stride: narrow[2],
            padding: narrow[3],
        }),
        2 => Layer::Embedding { tokens: wide[0], vocabulary: wide[1], width: wide[2] },
        3 => Layer::Shift { size: wide[0], bits: narrow[0] },
        4 => Layer::Clamp { size: wide[0], low: narrow[0].cast_signed(), high: narrow[1].cast_signed() },
        _ => Layer::Table { size: wide[0] },
    }
}

fn opened(length: usize) -> Opened {
    Opened { values: vec![0; length].try_into().unwrap(), branch: Branch::default() }
}

fn input(proof: &mut StepProof) -> &mut Opened {
    &mut proof.input
}

fn output(proof: &mut StepProof) -> &mut Opened {
    &mut proof.output
}

fn reverse(branch: &mut Branch) {
    let reversed: Vec<_> = branch.iter().rev().copied().collect();
    *branch = reversed.try_into().unwrap();
}

/// A proof with one thing wrong with it.
fn alterations(honest: &StepProof, random: &mut Random) -> Vec<StepProof> {
    let mut hostile = Vec::new();
    let mut alter = |change: &dyn Fn(&mut StepProof)| {
        let mut altered = honest.clone();
        change(&mut altered);
        if altered != *honest {
            hostile.push(altered);
        }
    };
    let at = usize::try_from(random.next()).unwrap();
    let (layer, element) =
        (u16::try_from(random.next() % 7).unwrap(), u16::try_from(random.next() % 40).unwrap());
    alter(&|proof| proof.layer = layer);
    alter(&|proof| proof.layer = u16::MAX);
    alter(&|proof| proof.element = element);
    alter(&|proof| proof.element = u16::MAX);
    alter(&|proof| (proof.layer, proof.element) = (layer, element));
    for side in [input as fn(&mut StepProof) -> &mut Opened, output] {
        alter(&|proof| {
            let length = side(proof).values.len();
            side(proof).values[at % length] ^= 1;
        });
        alter(&|proof| _ = side(proof).values.pop());
        alter(&|proof| side(proof).values = Vec::new().try_into().unwrap());
        alter(&|proof| _ = side(proof).values.try_push(0));
        alter(&|proof| _ = side(proof).branch.pop());
        alter(&|proof| _ = side(proof).branch.try_push(H256::zero()));
        alter(&|proof| side(proof).branch.iter_mut().for_each(|hash| hash.0[at % 32] ^= 1));
        alter(&|proof| reverse(&mut side(proof).branch));
    }
    alter(&|proof| std::mem::swap(&mut proof.input, &mut proof.output));
    alter(&|proof| proof.output = proof.input.clone());
    alter(&|proof| proof.input = proof.output.clone());
    alter(&|proof| {
        proof.row = match proof.row.take() {
            Some(_) => None,
            None => Some(OpenedRow { row: Row::default(), branch: Branch::default() }),
        }
    });
    let row: [&dyn Fn(&mut OpenedRow); 6] = [
        &|opened| opened.row.bias ^= 1,
        &|opened| {
            let width = opened.row.weights.len();
            opened.row.weights[at % width] ^= 1;
        },
        &|opened| _ = opened.row.weights.pop(),
        &|opened| _ = opened.row.weights.try_push(1),
        &|opened| _ = opened.branch.pop(),
        &|opened| reverse(&mut opened.branch),
    ];
    for change in row {
        alter(&|proof| {
            if let Some(opened) = &mut proof.row {
                change(opened);
            }
        });
    }
    hostile
}

#[test]
fn a_layer_of_the_largest_width_has_a_small_proof() {
    let layers = vec![Layer::Dense { inputs: 1_024, outputs: 1_024 }, Layer::Shift { size: 1_024, bits: 7 }];
    let weights: Vec<i8> = (0..1_024_u32).map(|at| i8::try_from(at % 255).unwrap_or(-1)).collect();
    let rows = vec![Row { weights: weights.try_into().unwrap(), bias: -5 }; 1_024];
    let model = Model::new(layers, rows).unwrap();
    let input = vec![127; 1_024];
    let mut trace = model.evaluate(&input).unwrap();
    trace.0[0][1_023] += 1;
    let proof = prove_wrong(&model, &input, &trace).unwrap();
    assert!(matches!(judge(&proof, &model, &input, &trace), Ok(Verdict::Wrong { .. })));
    assert!(proof.encoded_size() < 10_000, "{} bytes", proof.encoded_size());
    assert!(proof.encoded_size() <= <StepProof as codec::MaxEncodedLen>::max_encoded_len());
}

#[test]
fn a_row_of_another_layer_does_not_fit() {
    // Both layers have rows of two weights; the second layer's row is shown for the first.
    let layers = vec![Layer::Dense { inputs: 2, outputs: 2 }, Layer::Dense { inputs: 2, outputs: 2 }];
    let row = |weights: [i8; 2]| Row { weights: weights.to_vec().try_into().unwrap(), bias: 0 };
    let model = Model::new(layers, vec![row([1, 2]), row([3, 4]), row([5, 6]), row([7, 8])]).unwrap();
    let input = vec![1, 1];
    let trace = model.evaluate(&input).unwrap();
    let mut proof = StepProof::open(&model, &input, &trace, 0, 0).unwrap();
    proof.row = StepProof::open(&model, &input, &trace, 1, 0).unwrap().row;
    assert_eq!(judge(&proof, &model, &input, &trace), Err(ProofError::RowBranch));
}

#[test]
fn a_trace_of_other_lengths_cannot_be_opened() {
    let model = Model::new(vec![Layer::Shift { size: 2, bits: 1 }], Vec::new()).unwrap();
    for claimed in [Trace(vec![]), Trace(vec![vec![1]]), Trace(vec![vec![1, 2], vec![1, 2]])] {
        assert!(prove_wrong(&model, &[4, 4], &claimed).is_none(), "{claimed:?}");
    }
    assert!(prove_wrong(&model, &[4], &Trace(vec![vec![1, 2]])).is_none());
    assert!(prove_wrong(&model, &[4, 4], &Trace(vec![vec![2, 3]])).is_some());
}

#[test]
fn models_are_checked_when_made() {
    use assay_inference::{InputError, ModelError};
    let dense = vec![Layer::Dense { inputs: 2, outputs: 1 }];
    let row = |length: usize, bias| Row { weights: vec![1; length].try_into().unwrap(), bias };
    assert_eq!(Model::new(dense.clone(), vec![]), Err(ModelError::Rows { expected: 1, got: 0 }));
    assert_eq!(
        Model::new(dense.clone(), vec![row(3, 0)]),
        Err(ModelError::RowWidth { row: 0, expected: 2, got: 3 })
    );
    assert_eq!(
        Model::new(vec![Layer::Table { size: 2 }], vec![row(256, 1)]),
        Err(ModelError::Bias { row: 0 })
    );
    assert_eq!(
        Model::new(vec![Layer::Shift { size: 1, bits: 1 }; 33], vec![]),
        Err(ModelError::TooManyLayers)
    );
    let model = Model::new(dense, vec![row(2, 3)]).unwrap();
    assert_eq!(model.evaluate(&[1]), Err(InputError::Length { expected: 2, got: 1 }));
    assert_eq!(model.evaluate(&[1, 128]), Err(InputError::Value { at: 1, value: 128, low: -128, high: 127 }));
    assert_eq!(model.evaluate(&[1, 127]).unwrap().output(), [131]);
}

/// The root under which a model is registered covers its layers and every row.
#[test]
fn the_models_root_covers_layers_and_rows() {
    let row = |bias| Row { weights: vec![1, 2].try_into().unwrap(), bias };
    let model = |bits, bias| {
        let layers = vec![Layer::Dense { inputs: 2, outputs: 1 }, Layer::Shift { size: 1, bits }];
        Model::new(layers, vec![row(bias)]).unwrap().root()
    };
    assert_eq!(model(3, 4), model(3, 4));
    assert_ne!(model(3, 4), model(2, 4));
    assert_ne!(model(3, 4), model(3, 5));
}
