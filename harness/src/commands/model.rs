//! `assay model`: the trained networks of fixtures/models, and measuring them again.

use super::Failure;
use anstyle::{AnsiColor, Style};
use assay_neuron::device::{self, Device};
use assay_neuron::model::{HeldOut, Trained, names};
use clap::Subcommand;
use comfy_table::{Table, presets};
use std::path::{Path, PathBuf};

/// The trained networks that miners serve, and measuring them again.
///
/// Every network is of integers, so a measure is exact: the same sum on every processor and card. The header of a
/// model's file says what it was found to be; `eval` runs the held-out inputs again and compares.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Model {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the models: workload, size, measure and root
    List {
        #[command(flatten)]
        folder: Folder,
    },
    /// Measure models on their held-out inputs and compare with their headers
    Eval {
        /// Names of models [default: all]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        /// Where to run them: cpu, cuda, or auto for a card where there is one
        #[arg(long, value_name = "DEVICE", default_value = "cpu")]
        device: String,
        #[command(flatten)]
        folder: Folder,
    },
}

#[derive(Debug, clap::Args)]
struct Folder {
    /// The folder with the models
    #[arg(long, value_name = "DIR", default_value = "fixtures/models")]
    models: PathBuf,
}

const AFTER_HELP: &str = "\
Examples:
  assay model list
  assay model eval                    measure all of them on the processor
  assay model eval vision text        only these
  assay model eval --device cuda      on the graphics card; the sums must be the same

Exit codes: 0 every measure is as the header says, 1 one differs, 2 a file or device cannot be used.";

const PASS: Style = AnsiColor::Green.on_default();
const FAIL: Style = AnsiColor::Red.on_default().bold();

impl Model {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if a model is not as good or bad as its header says, [`Failure::CouldNotRun`] if a file or
    /// the device cannot be used.
    pub fn run(&self) -> Result<(), Failure> {
        match &self.action {
            Action::List { folder } => {
                anstream::println!("{}", list(&folder.models)?);
                Ok(())
            }
            Action::Eval { names, device, folder } => {
                eval(&folder.models, names, device::named(device)?.as_ref())
            }
        }
    }
}

fn list(folder: &Path) -> anyhow::Result<String> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header([
        "model",
        "workload",
        "layers",
        "weights",
        "measured on held-out inputs",
        "trained on",
        "root",
    ]);
    for name in names(folder)? {
        let Trained { file, network } = Trained::named(folder, &name)?;
        table.add_row([
            name,
            file.workload.to_string(),
            network.layers().len().to_string(),
            file.weights.to_string(),
            file.workload.show(file.measured.total, file.measured.of),
            file.trained,
            file.root,
        ]);
    }
    Ok(table.trim_fmt())
}

fn eval(folder: &Path, wanted: &[String], device: &dyn Device) -> Result<(), Failure> {
    let wanted = if wanted.is_empty() { names(folder)? } else { wanted.to_vec() };
    let mut differs = false;
    for name in wanted {
        let model = Trained::named(folder, &name)?;
        let workload = model.file.workload;
        let found = model.measure(device, &HeldOut::of(folder, workload)?)?;
        let said = &model.file.measured;
        let shown = workload.show(found.total, found.of);
        let sum = format!("{} {} on {} inputs", found.total, found.unit, found.of);
        if found == *said {
            anstream::println!(
                "{PASS}as its header says{PASS:#}  {name}: {shown} ({sum}), on {}",
                device.name()
            );
        } else {
            differs = true;
            anstream::println!(
                "{FAIL}differs{FAIL:#}  {name}: {shown} ({sum}), on {}; its header says {} {} on {} inputs",
                device.name(),
                said.total,
                said.unit,
                said.of,
            );
        }
    }
    if differs { Err(Failure::Differs) } else { Ok(()) }
}
