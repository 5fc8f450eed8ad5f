//! How long the epoch of a full subnet takes, 256 neurons of which 64 are validators with a weight on everybody:
//! `cargo bench -p assay-economics`.

use assay_economics::consensus::epoch::{EpochInput, Hyperparameters, LiquidAlpha, epoch};
use assay_economics::number::I64F64;
use divan::Bencher;

const NEURONS: u16 = 256;
const VALIDATORS: u16 = 64;

fn main() {
    divan::main();
}

fn full_subnet(hyperparameters: Hyperparameters) -> EpochInput {
    let row = |uid: u16| (0..NEURONS).map(|column| (column, 1 + (column * 31 + uid * 17) % 1_009)).collect();
    let stake = |uid: u16| if uid < VALIDATORS { 1_000_000_000 + u64::from(uid) } else { 0 };
    EpochInput {
        block: 1_000,
        tempo: 360,
        n: NEURONS,
        emission: 360_000_000_000,
        stake_weights: (0..NEURONS).map(|uid| I64F64::from_num(stake(uid))).collect(),
        permits: (0..NEURONS).map(|uid| uid < VALIDATORS).collect(),
        weights: (0..VALIDATORS).map(row).collect(),
        bonds: (0..VALIDATORS).map(row).collect(),
        last_update: vec![900; NEURONS.into()],
        block_at_registration: vec![10; NEURONS.into()],
        hyperparameters,
        ..EpochInput::default()
    }
}

fn bench(bencher: Bencher, hyperparameters: Hyperparameters) {
    let input = full_subnet(hyperparameters);
    bencher.bench_local(|| epoch(divan::black_box(&input)));
}

#[divan::bench]
fn yuma3(bencher: Bencher) {
    bench(bencher, Hyperparameters::default());
}

#[divan::bench]
fn yuma2(bencher: Bencher) {
    bench(bencher, Hyperparameters { yuma3: false, ..Hyperparameters::default() });
}

#[divan::bench]
fn liquid_alpha(bencher: Bencher) {
    let liquid_alpha = Some(LiquidAlpha::default());
    bench(bencher, Hyperparameters { liquid_alpha, ..Hyperparameters::default() });
}
