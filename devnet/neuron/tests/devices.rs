//! Every device gives the bits of the definition.

use assay_inference::{Convolution, Layer, Model, Row, Vector};
use assay_neuron::device::{Cpu, Cuda, Device, DeviceError};
use assay_neuron::model::{HeldOut, Trained, names};
use proptest::collection::vec;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/models"))
}

/// The devices of this machine. Says aloud what it leaves out, once.
fn devices() -> &'static [Box<dyn Device>] {
    static DEVICES: OnceLock<Vec<Box<dyn Device>>> = OnceLock::new();
    DEVICES.get_or_init(|| {
        let mut devices: Vec<Box<dyn Device>> = vec![Box::new(Cpu)];
        match Cuda::open() {
            Ok(cuda) => devices.push(Box::new(cuda)),
            Err(error) => eprintln!("skipped: bit equality with a graphics card: {error}"),
        }
        devices
    })
}

/// Networks that reach every way a device has of doing a layer: dense ones behind wide and narrow values, windows that
/// move, pad and see several channels.
fn model() -> impl Strategy<Value = Model> {
    let convolution = (1..4_u16, 3..9_u16, 3..9_u16, 1..5_u16, 1..4_u8, 1..4_u8, 1..3_u8, any::<bool>())
        .prop_map(|(channels, height, width, filters, kernel_height, kernel_width, stride, padded)| {
            Layer::Convolution(Convolution {
                channels,
                height,
                width,
                filters,
                kernel_height,
                kernel_width,
                stride,
                padding: u8::from(padded && kernel_height > 1 && kernel_width > 1),
            })
        });
    let start = prop_oneof![
        (1..40_u16, 1..20_u16).prop_map(|(inputs, outputs)| Layer::Dense { inputs, outputs }),
        (1..9_u16, 1..300_u16, 1..9_u16).prop_map(|(tokens, vocabulary, width)| Layer::Embedding {
            tokens,
            vocabulary,
            width
        }),
        convolution,
    ];
    (start, vec((0..6_u8, any::<u8>(), any::<i8>()), 0..6), vec(any::<i8>(), 257)).prop_map(
        |(start, rest, weights)| {
            let mut layers = vec![start];
            for (kind, parameter, low) in rest {
                let size = u16::try_from(layers.last().unwrap().outputs()).unwrap();
                layers.push(match kind {
                    0 => Layer::Dense { inputs: size, outputs: 1 + u16::from(parameter % 20) },
                    1 => Layer::Shift { size, bits: parameter % 32 },
                    2 => Layer::Clamp { size, low: low.min(0), high: low.max(0) },
                    3 => Layer::Table { size },
                    4 => Layer::Convolution(Convolution {
                        channels: 1,
                        height: 1,
                        width: size,
                        filters: 2,
                        kernel_height: 1,
                        kernel_width: 1,
                        stride: 1 + parameter % 3,
                        padding: 0,
                    }),
                    _ => Layer::Embedding { tokens: size, vocabulary: 1 + u16::from(parameter), width: 1 },
                });
            }
            let mut weights = weights.into_iter().cycle();
            let mut row = |layer: &Layer| Row {
                weights: weights.by_ref().take(layer.row_width()).collect::<Vec<_>>().try_into().unwrap(),
                bias: if layer.adds_up() { i32::from(weights.next().unwrap()) * 16_777_216 } else { 0 },
            };
            let rows = layers.iter().flat_map(|layer| std::iter::repeat_n(layer, layer.rows())).map(&mut row);
            let rows = rows.collect();
            Model::new(layers, rows).unwrap()
        },
    )
}

fn inputs(model: &Model, seeds: &[u32]) -> Vec<Vector> {
    let (low, high) = model.input_bounds();
    let span = high.abs_diff(low) + 1;
    let value = |seed: u32, at: usize| {
        let mixed = seed.wrapping_add(u32::try_from(at).unwrap()).wrapping_mul(2_654_435_761) >> 7;
        low + i32::try_from(mixed % span).unwrap()
    };
    seeds.iter().map(|seed| (0..model.inputs()).map(|at| value(*seed, at)).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn devices_agree_with_the_definition(model in model(), seeds in vec(any::<u32>(), 1..5)) {
        let model = Arc::new(model);
        let inputs = inputs(&model, &seeds);
        let expected: Vec<_> = inputs.iter().map(|input| model.evaluate(input).unwrap()).collect();
        for device in devices() {
            let found = device.load(&model).unwrap().run(&inputs).unwrap();
            prop_assert_eq!(&found, &expected, "{}", device.name());
        }
    }
}

#[test]
fn devices_agree_on_every_trained_model_and_every_held_out_input() {
    let folder = fixtures();
    for name in names(&folder).unwrap() {
        let model = Trained::named(&folder, &name).unwrap();
        let held_out = HeldOut::of(&folder, model.file.workload).unwrap();
        let inputs = &held_out.inputs;
        let expected: Vec<_> = inputs.iter().map(|input| model.network.evaluate(input).unwrap()).collect();
        for device in devices() {
            let loaded = device.load(&model.network).unwrap();
            assert_eq!(loaded.run(inputs).unwrap(), expected, "{name} on {}", device.name());
            assert_eq!(loaded.run(&[]).unwrap(), []);
        }
    }
}

#[test]
fn an_input_that_the_model_does_not_take_is_named() {
    let model = Trained::named(&fixtures(), "text").unwrap();
    let good = vec![0; model.network.inputs()];
    let mut bad = good.clone();
    bad[3] = 1_000;
    for device in devices() {
        let error = device.load(&model.network).unwrap().run(&[good.clone(), bad.clone()]).unwrap_err();
        assert!(matches!(error, DeviceError::Input { at: 1, .. }), "{error}");
        assert!(error.to_string().contains("value 3 is 1000"), "{error}");
    }
}
