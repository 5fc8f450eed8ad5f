//! `assay gpu`: the graphics cards of this machine.

use anyhow::Result;
use assay_neuron::device::{Card, Report, report};
use comfy_table::{Table, presets};

/// Show the graphics cards that miners can use.
///
/// Looks for the NVIDIA driver's libraries; nothing else needs to be installed, and a machine without them is a normal
/// case that is said in one line. What a card does not tell is shown as `-`.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Gpu {
    /// Write JSON
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Examples:
  assay gpu
  assay gpu --json";

impl Gpu {
    /// What was found.
    ///
    /// # Errors
    /// None that happens: the report always fits into JSON.
    pub fn run(&self) -> Result<String> {
        let found = report();
        if self.json {
            return Ok(serde_json::to_string_pretty(&found)?);
        }
        Ok(match found {
            Report::None(why) => why,
            Report::Found { driver, cards } => format!("NVIDIA driver {driver}\n{}", table(&cards)),
        })
    }
}

fn table(cards: &[Card]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["card", "name", "memory", "in use", "temperature", "power", "busy"]);
    let mebibytes = |bytes: Option<u64>| show(bytes.map(|bytes| bytes >> 20), "MiB");
    for (number, card) in cards.iter().enumerate() {
        table.add_row([
            number.to_string(),
            card.name.clone(),
            mebibytes(card.memory),
            mebibytes(card.memory_used),
            show(card.temperature.map(u64::from), "°C"),
            show(card.power.map(|milliwatts| u64::from(milliwatts / 1_000)), "W"),
            show(card.utilisation.map(u64::from), "%"),
        ]);
    }
    table.trim_fmt()
}

fn show(value: Option<u64>, unit: &str) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value} {unit}"))
}
