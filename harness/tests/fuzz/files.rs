//! Files that people write or download: YAML, vectors, models.

use crate::corpus::{files, fixtures};
use crate::hunt::{Said, hunt};
use assay::chain::genesis::Genesis;
use assay::commands::epoch::Epoch;
use assay::metadata::Excuses;
use assay::network::Topology;
use assay::{reference, sabotage};
use assay_neuron::model::{HeldOut, Trained};
use clap::{Args, FromArgMatches};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Hunts what reads a file of this name.
fn hunt_file(name: &str, seeds: &[Vec<u8>], rounds: u32, file: &'static str, read: fn(&Path)) {
    hunt(name, seeds, rounds, move || {
        let folder = TempDir::new().unwrap();
        move |bytes: &[u8]| -> Said {
            let path = folder.path().join(file);
            fs::write(&path, bytes).unwrap();
            read(&path);
            Ok(())
        }
    });
}

#[test]
fn geneses() {
    hunt_file("geneses", &files("genesis", ".yaml"), 100, "some.yaml", |path| {
        let name = path.to_string_lossy();
        if let Ok(genesis) = Genesis::load(&name) {
            let _ = genesis.build(&name);
        }
    });
}

#[test]
fn topologies() {
    hunt_file("topologies", &files("networks", ".yaml"), 500, "some.yaml", |path| {
        let _ = Topology::read(path);
    });
}

#[test]
fn faults() {
    let whole = fs::read_to_string(fixtures().join("sabotage.yaml")).unwrap();
    // A fault at a time: the whole list is long, and a mutation of it is one of a fault.
    let faults = whole.split("\n  - name: ").skip(1).step_by(10);
    let lists = faults.map(|fault| format!("faults:\n  - name: {fault}").into_bytes());
    hunt_file("faults", &lists.collect::<Vec<_>>(), 500, "faults.yaml", |path| {
        let _ = sabotage::list::read(path);
    });
}

#[test]
fn subnets_of_the_epoch_command() {
    hunt_file("epoch", &files("examples", "epoch.yaml"), 500, "epoch.yaml", |path| {
        let command = Epoch::augment_args(clap::Command::new("epoch"));
        let matches = command.get_matches_from([OsStr::new("epoch"), path.as_os_str()]);
        let _ = Epoch::from_arg_matches(&matches).unwrap().run();
    });
}

#[test]
fn excuses_of_the_metadata() {
    hunt_file("excuses", &files("reference", "metadata-differences.yaml"), 50, "excuses.yaml", |path| {
        let _ = Excuses::read(path);
    });
}

#[test]
fn vectors() {
    hunt_file("vectors", &files("corpus/vectors", ".json"), 500, "some.json", |path| {
        let _ = reference::check(&[path.to_owned()], |_| {});
    });
}

#[test]
fn compressed_vectors() {
    let costs = files("reference/subtensor-425", "costs.json.zst");
    hunt_file("compressed vectors", &costs, 100, "some.json.zst", |path| {
        let _ = reference::check(&[path.to_owned()], |_| {});
    });
}

#[test]
fn models() {
    let series = ["series.json", "series-undertrained.json"].map(|name| files("models", name)).concat();
    hunt_file("models", &series, 500, "some.json", |path| {
        let _ = Trained::read(path);
    });
}

#[test]
fn held_out_inputs() {
    hunt_file(
        "held-out inputs",
        &files("models", "series-heldout.json"),
        2_000,
        "series-heldout.json",
        |path| {
            let _ = HeldOut::of(path.parent().unwrap(), assay_neuron::workload::Workload::Series);
        },
    );
}
