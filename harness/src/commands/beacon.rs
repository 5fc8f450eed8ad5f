//! `assay beacon`: the local beacon's key and pulses.

use crate::beacon::{Beacon, NAME, ROUNDS_PER_BLOCK, block_of_round, bring, newest_round};
use crate::world::notation::hex;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Show the local beacon: its public key, which round belongs to which block, and pulses; or bring these to a chain.
///
/// The local beacon is drand's quicknet with a key of its own, whose secret everyone can know. On a chain of the genesis
/// `beacon` its pulses open what was committed until their round.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowBeacon {
    /// The pulses that this block brings
    #[arg(long, value_name = "NUMBER", conflicts_with = "round", value_parser = clap::value_parser!(u32).range(1..))]
    block: Option<u32>,
    /// The pulse of this round
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    round: Option<u64>,
    /// Bring each block its pulses, through the node at this address, until Ctrl-C; `assay up` does it by itself
    #[arg(long, value_name = "URL", conflicts_with_all = ["block", "round"])]
    bring: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  assay beacon                the key, and how rounds follow blocks
  assay beacon --block 10     the pulses of rounds 37 to 40
  assay beacon --round 100    one pulse, which block 25 brings
  assay node --dev --chain beacon --sealing 1000
  assay beacon --bring ws://127.0.0.1:9944";

const TITLE: Style = AnsiColor::Cyan.on_default().bold();

impl ShowBeacon {
    /// What was asked for, as text. Pulses are brought until the process is ended.
    ///
    /// # Errors
    /// The chain that pulses are to be brought to believes another beacon, or is not there.
    pub fn run(&self) -> anyhow::Result<String> {
        if let Some(url) = &self.bring {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            return match runtime.block_on(bring(url)) {
                Err(error) => Err(error.into()),
            };
        }
        let beacon = Beacon::default();
        let mut text = String::new();
        match (self.block, self.round) {
            (Some(block), _) => {
                for round in newest_round(block) - (ROUNDS_PER_BLOCK - 1)..=newest_round(block) {
                    write_pulse(&mut text, &beacon, round)?;
                }
            }
            (None, Some(round)) => write_pulse(&mut text, &beacon, round)?,
            (None, None) => write_key(&mut text, &beacon)?,
        }
        Ok(text)
    }
}

fn write_key(text: &mut String, beacon: &Beacon) -> std::fmt::Result {
    let known = beacon.configuration();
    writeln!(text, "{TITLE}{NAME}{TITLE:#}, {}", String::from_utf8_lossy(&known.scheme_id))?;
    writeln!(text, "  public key  {}", hex(&known.public_key))?;
    writeln!(text, "  hash        {}", hex(&known.hash))?;
    writeln!(text, "  group hash  {}", hex(&known.group_hash))?;
    writeln!(text, "  name        {}", hex(&known.metadata.beacon_id))?;
    writeln!(
        text,
        "  rounds      one every {} seconds, the first {} seconds after the chain's beginning;\n              \
         block n brings rounds {ROUNDS_PER_BLOCK}n - {} to {ROUNDS_PER_BLOCK}n",
        known.period,
        known.genesis_time,
        ROUNDS_PER_BLOCK - 1
    )
}

fn write_pulse(text: &mut String, beacon: &Beacon, round: u64) -> std::fmt::Result {
    let pulse = beacon.pulse(round);
    writeln!(text, "{TITLE}round {round}{TITLE:#}, in block {}", block_of_round(round))?;
    writeln!(text, "  signature   {}", hex(&pulse.signature))?;
    writeln!(text, "  randomness  {}", hex(&pulse.randomness))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(block: Option<u32>, round: Option<u64>) -> String {
        anstream::adapter::strip_str(&ShowBeacon { block, round, bring: None }.run().unwrap()).to_string()
    }

    #[test]
    fn the_key_and_the_schedule_are_shown() {
        let text = shown(None, None);
        assert!(text.contains(&hex(&Beacon::default().public_key())), "{text}");
        assert!(text.contains("block n brings rounds 4n - 3 to 4n"), "{text}");
    }

    #[test]
    fn the_pulses_of_a_block_are_those_of_its_rounds() {
        let text = shown(Some(10), None);
        let rounds: Vec<&str> = text.lines().filter(|line| line.starts_with("round")).collect();
        assert_eq!(
            rounds,
            [
                "round 37, in block 10",
                "round 38, in block 10",
                "round 39, in block 10",
                "round 40, in block 10"
            ]
        );
        assert!(text.contains(&shown(None, Some(38))), "{text}");
    }
}
