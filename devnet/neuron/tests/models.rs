//! The trained networks are what their headers say.

use assay_neuron::device::Cpu;
use assay_neuron::model::{FileError, HeldOut, Trained, names};
use assay_neuron::workload::Workload;
use std::path::PathBuf;

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/models"))
}

#[test]
fn every_model_measures_as_its_header_says() {
    let folder = fixtures();
    let names = names(&folder).unwrap();
    assert_eq!(names.len(), 6, "{names:?}");
    for name in names {
        let model = Trained::named(&folder, &name).unwrap();
        let held_out = HeldOut::of(&folder, model.file.workload).unwrap();
        assert_eq!(model.measure(&Cpu, &held_out).unwrap(), model.file.measured, "{name}");
        assert_eq!(model.file.name, name);
    }
}

#[test]
fn an_undertrained_model_is_worse() {
    let folder = fixtures();
    for workload in Workload::ALL {
        let total = |name: String| Trained::named(&folder, &name).unwrap().file.measured.total;
        let (well, badly) = (total(workload.name().to_owned()), total(format!("{workload}-undertrained")));
        assert_eq!(workload.more_is_better(), well > badly, "{workload}: {well} and {badly}");
        assert_ne!(well, badly);
    }
}

#[test]
fn a_file_that_is_not_sound_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(fixtures().join("series.json")).unwrap();
    let refusal = |text: &str| {
        let path = folder.path().join("series.json");
        std::fs::write(&path, text).unwrap();
        Trained::read(&path).unwrap_err()
    };
    let bias = refusal(&text.replacen("\"biases\": [", "\"biases\": [ 1,", 1));
    assert!(matches!(bias, FileError::Weights { layer: 0, .. }), "{bias}");
    let bits = text.replacen("\"high\": 127", "\"high\": 126", 1);
    assert!(matches!(refusal(&bits), FileError::Root { .. }));
    let shape = refusal(&text.replacen("\"outputs\": 24", "\"outputs\": 25", 1));
    assert!(shape.to_string().contains("25 rows of 16"), "{shape}");
    assert!(matches!(refusal("{"), FileError::Json { .. }));
    assert!(matches!(Trained::named(folder.path(), "nobody"), Err(FileError::Unknown { .. })));
}
