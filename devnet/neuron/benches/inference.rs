//! Inferences a second by batch size, on every device this machine has.
//!
//! `cargo bench -p assay-neuron`. The figures count whole answers: every layer's output is kept, as receipts need it.

use assay_neuron::device::{Cpu, Cuda, Device};
use assay_neuron::model::{HeldOut, Trained};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::path::PathBuf;

const MODELS: [&str; 3] = ["vision", "series", "text"];
const BATCHES: [usize; 4] = [1, 16, 256, 4_096];

fn main() {
    if let Err(error) = Cuda::open() {
        eprintln!("cuda is left out: {error}");
    }
    divan::main();
}

#[divan::bench(args = MODELS, consts = BATCHES)]
fn cpu<const BATCH: usize>(bencher: Bencher<'_, '_>, model: &str) {
    measure(bencher, &Cpu, model, BATCH);
}

#[divan::bench(args = cards(), consts = BATCHES)]
fn cuda<const BATCH: usize>(bencher: Bencher<'_, '_>, model: &str) {
    // Names are only given where the card opens.
    if let Ok(cuda) = Cuda::open() {
        measure(bencher, &cuda, model, BATCH);
    }
}

fn cards() -> Vec<&'static str> {
    if Cuda::open().is_ok() { MODELS.to_vec() } else { Vec::new() }
}

fn measure(bencher: Bencher<'_, '_>, device: &dyn Device, name: &str, batch: usize) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/models"));
    let model = Trained::named(&folder, name).expect("the model's file is sound");
    let held_out = HeldOut::of(&folder, model.file.workload).expect("the held-out inputs are sound");
    let inputs: Vec<_> = held_out.inputs.iter().cycle().take(batch).cloned().collect();
    let loaded = device.load(&model.network).expect("the device takes the model");
    bencher.counter(ItemsCount::new(batch)).bench(|| loaded.run(&inputs).expect("the device runs the model"));
}
