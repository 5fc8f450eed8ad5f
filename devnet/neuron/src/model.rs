//! The trained networks of `fixtures/models` and the held-out inputs they are measured on.
//!
//! A model's file is JSON: a header that says where it is from and how good it is, and its layers, weights as one byte
//! each in base64. `tools/models/README.md` explains the fields and how the files are made.

use crate::device::{Device, DeviceError};
use crate::workload::Workload;
use assay_inference::{Convolution, H256, Layer, Model, ModelError, Row, Vector};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A model's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// The name of the file without its ending.
    pub name: String,
    /// What it answers.
    pub workload: Workload,
    /// How it was trained.
    pub trained: String,
    /// Seed of the training.
    pub seed: u64,
    /// Weights of all rows.
    pub weights: u64,
    /// The model's name in receipts, as computed by whoever made the file.
    pub root: String,
    /// How good it was found to be.
    pub measured: Measured,
    layers: Vec<LayerFile>,
}

/// A sum of measures over held-out inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The sum.
    pub total: u64,
    /// What it counts.
    pub unit: String,
    /// The number of inputs.
    pub of: u64,
}

/// A layer as a file has it: the fields of `COMMITMENTS.md`, and its rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum LayerFile {
    Dense {
        inputs: u16,
        outputs: u16,
        weights: String,
        biases: Vec<i32>,
    },
    Convolution {
        channels: u16,
        height: u16,
        width: u16,
        filters: u16,
        kernel_height: u8,
        kernel_width: u8,
        stride: u8,
        padding: u8,
        weights: String,
        biases: Vec<i32>,
    },
    Embedding {
        tokens: u16,
        vocabulary: u16,
        width: u16,
        weights: String,
    },
    Shift {
        size: u16,
        bits: u8,
    },
    Clamp {
        size: u16,
        low: i8,
        high: i8,
    },
    Table {
        size: u16,
        weights: String,
    },
}

/// Held-out inputs of a workload, with what came true.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// The workload.
    pub workload: Workload,
    /// Where the data is from.
    pub source: String,
    /// What came true for each input, in the workload's notation.
    pub labels: Vec<i32>,
    /// The inputs.
    pub inputs: Vec<Vector>,
}

/// Why a file of `fixtures/models` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{}: cannot be read: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// It is not the JSON that a model or held-out inputs have.
    #[error("{}: {error}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        error: serde_json::Error,
    },
    /// The weights of a layer are not base64, or not a row for each bias.
    #[error("{}: layer {layer}: {problem}", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// The layer, from 0.
        layer: usize,
        /// What is wrong with them.
        problem: String,
    },
    /// The layers do not make a network.
    #[error("{}: {error}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        error: ModelError,
    },
    /// The root in the header is not that of the layers.
    #[error("{}: the header says that the root is {said}, and that of the layers is {found:#x}", path.display())]
    Root {
        /// The file.
        path: PathBuf,
        /// The root in the header.
        said: String,
        /// The root of the layers.
        found: H256,
    },
    /// There are more labels than inputs or the other way round, or none.
    #[error("{}: {inputs} inputs and {labels} labels", path.display())]
    Labels {
        /// The file.
        path: PathBuf,
        /// How many inputs.
        inputs: usize,
        /// How many labels.
        labels: usize,
    },
    /// There is no model of this name.
    #[error("no model `{name}` in {}: there are {}", folder.display(), known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The folder looked into.
        folder: PathBuf,
        /// The names there are.
        known: Vec<String>,
    },
}

/// A model's header and its network.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The header.
    pub file: ModelFile,
    /// The network.
    pub network: Arc<Model>,
}

impl Trained {
    /// Reads a model by its name from a folder.
    ///
    /// # Errors
    /// There is no such model, or its file is not sound; the error says where.
    pub fn named(folder: &Path, name: &str) -> Result<Self, FileError> {
        let known = names(folder)?;
        if !known.iter().any(|known| known == name) {
            return Err(FileError::Unknown { name: name.to_owned(), folder: folder.to_owned(), known });
        }
        Self::read(&folder.join(format!("{name}.json")))
    }

    /// Reads a model's file.
    ///
    /// # Errors
    /// The file is not sound; the error says where.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        let file: ModelFile = read_json(path)?;
        let network = file.network(path)?;
        let found = network.root();
        if file.root != format!("{found:#x}") {
            return Err(FileError::Root { path: path.to_owned(), said: file.root, found });
        }
        Ok(Self { file, network: Arc::new(network) })
    }

    /// Measures the model on held-out inputs, on a device.
    ///
    /// # Errors
    /// The device fails, or the inputs are not the model's.
    pub fn measure(&self, device: &dyn Device, held_out: &HeldOut) -> Result<Measured, DeviceError> {
        let loaded = device.load(&self.network)?;
        let traces = loaded.run(&held_out.inputs)?;
        let workload = self.file.workload;
        let measures = traces
            .iter()
            .zip(&held_out.labels)
            .map(|(trace, label)| workload.measure(trace.output(), *label));
        let of = u64::try_from(traces.len()).unwrap_or(u64::MAX);
        Ok(Measured { total: measures.sum(), unit: workload.unit().to_owned(), of })
    }
}

impl ModelFile {
    fn network(&self, path: &Path) -> Result<Model, FileError> {
        let mut layers = Vec::with_capacity(self.layers.len());
        let mut rows = Vec::new();
        for (at, layer) in self.layers.iter().enumerate() {
            let weights_error =
                |problem: String| FileError::Weights { path: path.to_owned(), layer: at, problem };
            let shape = layer.shape();
            layers.push(shape);
            rows.extend(layer.rows(&shape).map_err(weights_error)?);
        }
        Model::new(layers, rows).map_err(|error| FileError::Model { path: path.to_owned(), error })
    }
}

impl LayerFile {
    fn shape(&self) -> Layer {
        match *self {
            Self::Dense { inputs, outputs, .. } => Layer::Dense { inputs, outputs },
            Self::Convolution {
                channels,
                height,
                width,
                filters,
                kernel_height,
                kernel_width,
                stride,
                padding,
                ..
            } => Layer::Convolution(Convolution {
                channels,
                height,
                width,
                filters,
                kernel_height,
                kernel_width,
                stride,
                padding,
            }),
            Self::Embedding { tokens, vocabulary, width, .. } => {
                Layer::Embedding { tokens, vocabulary, width }
            }
            Self::Shift { size, bits } => Layer::Shift { size, bits },
            Self::Clamp { size, low, high } => Layer::Clamp { size, low, high },
            Self::Table { size, .. } => Layer::Table { size },
        }
    }

    fn rows(&self, shape: &Layer) -> Result<Vec<Row>, String> {
        let (weights, biases) = match self {
            Self::Dense { weights, biases, .. } | Self::Convolution { weights, biases, .. } => {
                (weights, Some(biases))
            }
            Self::Embedding { weights, .. } | Self::Table { weights, .. } => (weights, None),
            Self::Shift { .. } | Self::Clamp { .. } => return Ok(Vec::new()),
        };
        let bytes =
            STANDARD.decode(weights).map_err(|error| format!("the weights are not base64: {error}"))?;
        let (width, count) = (shape.row_width(), shape.rows());
        if width == 0 || bytes.len() != width.saturating_mul(count) {
            return Err(format!("{} weights, its shape needs {count} rows of {width}", bytes.len()));
        }
        if biases.is_some_and(|biases| biases.len() != count) {
            return Err(format!("as many biases as rows are needed: {count}"));
        }
        let rows = bytes.chunks_exact(width).enumerate().map(|(at, weights)| {
            let weights: Vec<i8> = weights.iter().map(|byte| byte.cast_signed()).collect();
            let bias = biases.and_then(|biases| biases.get(at)).copied().unwrap_or_default();
            let weights = weights.try_into().map_err(|_| format!("rows of {width} weights are too wide"))?;
            Ok(Row { weights, bias })
        });
        rows.collect()
    }
}

impl HeldOut {
    /// Reads the held-out inputs of a workload from a folder.
    ///
    /// # Errors
    /// The file is not sound; the error says where.
    pub fn of(folder: &Path, workload: Workload) -> Result<Self, FileError> {
        let path = folder.join(format!("{workload}{HELD_OUT}"));
        let found: Self = read_json(&path)?;
        let (inputs, labels) = (found.inputs.len(), found.labels.len());
        if inputs != labels || inputs == 0 {
            return Err(FileError::Labels { path, inputs, labels });
        }
        Ok(found)
    }
}

/// A model that takes what another takes and always gives the same.
///
/// # Errors
/// `answer` has more values than a network can give, or none.
pub fn constant(like: &Model, answer: &[i32]) -> Result<Model, ModelError> {
    let narrow = |size: usize| u16::try_from(size).unwrap_or(u16::MAX);
    let (mut layers, mut rows) = (Vec::new(), Vec::new());
    if let Some(Layer::Embedding { tokens, vocabulary, .. }) = like.layers().first() {
        let layer = Layer::Embedding { tokens: *tokens, vocabulary: *vocabulary, width: 1 };
        rows.extend(std::iter::repeat_n(zeros(1, 0), layer.rows()));
        layers.push(layer);
    }
    layers.push(Layer::Dense { inputs: narrow(like.inputs()), outputs: narrow(answer.len()) });
    rows.extend(answer.iter().map(|value| zeros(like.inputs(), *value)));
    Model::new(layers, rows)
}

fn zeros(width: usize, bias: i32) -> Row {
    // A row wider than any is left empty, and `Model::new` refuses it.
    Row { weights: vec![0; width].try_into().unwrap_or_default(), bias }
}

const HELD_OUT: &str = "-heldout.json";

/// The names of the models in a folder, in order.
///
/// # Errors
/// The folder cannot be read.
pub fn names(folder: &Path) -> Result<Vec<String>, FileError> {
    let unreadable = |error| FileError::Read { path: folder.to_owned(), error };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.file_name();
        let Some(file) = file.to_str().filter(|file| !file.ends_with(HELD_OUT)) else { continue };
        names.extend(file.strip_suffix(".json").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, FileError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| FileError::Read { path: path.to_owned(), error })?;
    serde_json::from_str(&text).map_err(|error| FileError::Json { path: path.to_owned(), error })
}
