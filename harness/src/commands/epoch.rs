//! `assay epoch`: one epoch of Yuma consensus on a subnet described in a file.

mod numbers;
mod subnet;

use crate::amount::{Amount, Unit};
use anyhow::{Context, Result, anyhow};
use assay_economics::consensus::epoch::{EpochOutput, epoch};
use comfy_table::{CellAlignment, Table, TableComponent, presets};
use std::fs;
use std::path::PathBuf;
use subnet::{Neuron, Subnet};

/// Run one epoch of Yuma consensus on a subnet described in a file.
///
/// Prints a row for each neuron: its share of the stake, whether it set weights recently enough, its validator
/// permit, the consensus on it, its incentive as a miner, its dividends and trust as a validator, and what it earns
/// of the epoch's emission. The arithmetic is the chain's own, bit for bit.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Epoch {
    /// The subnet, in YAML
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

const AFTER_HELP: &str = "\
The file (fixtures/examples/epoch.yaml is one, with comments):
  emission: 360                   alpha the epoch shares out
  owner: NAME                     neuron of the subnet's owner, if any
  hyperparameters: {kappa: ...}   what differs from the chain's defaults
  neurons:                        in the order of their uids
  - name: NAME
    stake: 1,000                  alpha; 0 if left out
    root_stake: 50                TAO on the root network, counted by tao_weight
    permit: true                  holds a validator permit; the default
    weights: {NAME: 0.7, ...}     on other neurons, in any scale
    bonds: {NAME: 6553, ...}      from the epoch before, in parts of 65535
    updated_ago: 0                blocks since it set weights
    registered_ago: 100000        blocks since it registered

Hyperparameters: tempo, kappa, bonds_penalty, bonds_moving_average, yuma3, liquid_alpha,
alpha_low, alpha_high, alpha_sigmoid_steepness, max_allowed_validators,
activity_cutoff_factor_milli, stake_threshold, tao_weight.";

const HEADER: [&str; 10] = [
    "uid",
    "neuron",
    "stake",
    "active",
    "permit",
    "consensus",
    "incentive",
    "dividends",
    "trust",
    "emission",
];

impl Epoch {
    /// The text to print.
    ///
    /// # Errors
    /// The file cannot be read, is not such a description, or names a neuron it does not describe.
    pub fn run(&self) -> Result<String> {
        let file = self.file.display();
        let text = fs::read_to_string(&self.file).with_context(|| format!("cannot read {file}"))?;
        // The parser's message is whole, with line and column; its own sources would only repeat it.
        let subnet: Subnet = text.parse().map_err(|error| anyhow!("{file}: {error}"))?;
        let input = subnet.epoch_input().with_context(|| file.to_string())?;
        let outputs = epoch(&input);
        Ok(format!("{}\n{}\n", table(&subnet.neurons, &outputs), summary(subnet.emission, &outputs)))
    }
}

fn table(neurons: &[Neuron], outputs: &[EpochOutput]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_header(HEADER);
    table.remove_style(TableComponent::HorizontalLines).remove_style(TableComponent::MiddleIntersections);
    for (uid, (neuron, output)) in neurons.iter().zip(outputs).enumerate() {
        table.add_row(row(uid, neuron, output));
    }
    for (column, name) in table.column_iter_mut().zip(HEADER) {
        if name != "neuron" {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn row(uid: usize, neuron: &Neuron, output: &EpochOutput) -> [String; HEADER.len()] {
    [
        uid.to_string(),
        neuron.name.clone(),
        percent(output.stake_weight),
        if output.active { "yes" } else { "no" }.to_owned(),
        permit(neuron.permit, output.new_validator_permit).to_owned(),
        percent(output.consensus),
        percent(output.incentive),
        percent(output.dividend),
        percent(output.validator_trust),
        Amount::from_rao(output.emission).to_string(),
    ]
}

/// The permit in this epoch, and what becomes of it for the next.
fn permit(before: bool, after: bool) -> &'static str {
    match (before, after) {
        (true, true) => "yes",
        (false, false) => "no",
        (false, true) => "gained",
        (true, false) => "lost",
    }
}

/// Parts of 65,535 in percent, to the nearest hundredth.
fn percent(parts: u16) -> String {
    let one = u32::from(u16::MAX);
    let hundredths = (u32::from(parts) * 10_000 + one / 2) / one;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn summary(emission: u64, outputs: &[EpochOutput]) -> String {
    let total = |amount: fn(&EpochOutput) -> u64| outputs.iter().map(amount).fold(0, u64::saturating_add);
    let alpha = |rao: u64| Amount::from_rao(rao).with_unit(Unit::Alpha);
    let given = total(|output| output.emission);
    format!(
        "of {}: {} to miners, {} to validators, {} left by rounding",
        alpha(emission),
        alpha(total(|output| output.server_emission)),
        alpha(total(|output| output.validator_emission)),
        alpha(emission.saturating_sub(given)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn run(file: impl Into<PathBuf>) -> Result<String> {
        Epoch { file: file.into() }.run()
    }

    /// The row of one neuron, by column.
    fn cells(text: &str, neuron: &str) -> Vec<String> {
        let line =
            text.lines().find(|line| line.split_whitespace().nth(1) == Some(neuron)).unwrap_or_default();
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn in_the_example_the_cabal_earns_nothing() {
        let text =
            run(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples/epoch.yaml")).unwrap();
        for neuron in ["cabal", "puppet"] {
            assert_eq!(cells(&text, neuron).last().map(String::as_str), Some("0"), "{text}");
        }
        for neuron in ["alice", "bob", "miner_1", "miner_2"] {
            assert!(cells(&text, neuron).last().is_some_and(|emission| emission != "0"), "{text}");
        }
    }

    #[test]
    fn errors_name_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("subnet.yaml");
        let message = |file: &Path| format!("{:#}", run(file).unwrap_err());
        assert!(message(&file).starts_with("cannot read "));
        fs::write(&file, "emission: 1\nneurons:\n- name: a\n  weights: {b: 1}\n").unwrap();
        assert!(message(&file).ends_with("subnet.yaml: weights of `a`: there is no neuron `b`; there is a"));
        fs::write(&file, "emission: 1\nneuron: []\n").unwrap();
        let unknown = message(&file);
        assert!(
            unknown.contains("subnet.yaml: unknown field `neuron`") && unknown.contains("line 2"),
            "{unknown}"
        );
    }

    #[test]
    fn permits_and_percents() {
        assert_eq!(permit(true, false), "lost");
        assert_eq!(permit(false, true), "gained");
        assert_eq!(percent(65_535), "100.00%");
        assert_eq!(percent(21_845), "33.33%");
        assert_eq!(percent(3), "0.00%");
        assert_eq!(percent(4), "0.01%");
    }
}
