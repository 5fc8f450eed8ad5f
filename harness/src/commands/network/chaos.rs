//! `assay chaos`: random faults in a network, and what must hold all the same.

use super::Asked;
use crate::commands::Failure;
use crate::network::chaos::{self, Summary};
use crate::network::{Network, NetworkError, Options, Pace, Topology};
use std::time::Duration;

/// Run a network through random faults, and check that its nodes never contradict each other and always recover.
///
/// The faults are drawn from a seed and printed before they happen; the same seed draws the same ones again. All the
/// time no two nodes may finalise different blocks, every final block must come to the same state in memory, and every
/// invariant must hold; after each round of faults finality must move on within 150 seconds.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay chaos --seed 7 --minutes 5
  assay chaos --nodes 7 --minutes 30
  assay chaos world --seed 3

Exit codes: 0 everything held, 1 something did not, 2 it could not run.")]
pub struct Chaos {
    /// A file, or the name of one in fixtures/networks
    #[arg(value_name = "FILE", default_value = "four")]
    file: String,
    /// So many nodes instead of those of the file
    #[arg(long, value_name = "N")]
    nodes: Option<usize>,
    /// Draws the faults
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// About how long
    #[arg(long, value_name = "M", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1440))]
    minutes: u64,
    /// Print the schedule and do nothing
    #[arg(long)]
    dry_run: bool,
}

impl Chaos {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if something does not hold, [`Failure::CouldNotRun`] if the network cannot be had.
    pub fn run(&self) -> Result<(), Failure> {
        let mut topology = Topology::load(&self.file)?;
        if let Some(count) = self.nodes {
            topology = topology.with_nodes(count)?;
        }
        if topology.pace == Pace::Paced {
            let problem =
                format!("nobody makes blocks on the paced network `{}`; name a live one", self.file);
            return Err(anyhow::anyhow!(problem).into());
        }
        let rounds = chaos::schedule(self.seed, Duration::from_secs(self.minutes * 60), &topology);
        anstream::println!("{} rounds, drawn with --seed {}:", rounds.len(), self.seed);
        for (number, round) in (1..).zip(&rounds) {
            anstream::println!("  {number:>3}  {round}");
        }
        if self.dry_run {
            return Ok(());
        }
        let options = Options { seed: self.seed, ..Options::usual()? };
        super::runtime()?.block_on(async {
            let mut asked = Asked::new()?;
            let network = Network::prepare(topology, options).await?;
            let result = tokio::select! {
                result = go(&network, &rounds) => result.map(Some),
                () = asked.ending() => Ok(None),
            };
            let logs = network.folder().join("logs");
            let failed = matches!(result, Err(NetworkError::Disagreement(_) | NetworkError::Late { .. }));
            if failed {
                network.keep_folder();
            }
            network.close().await;
            match result {
                Ok(None) => Ok(()),
                Ok(Some(summary)) => {
                    anstream::println!("{}", closing(&summary));
                    Ok(())
                }
                Err(error) if failed => {
                    anstream::println!("{error}\nlogs: {}\nagain: {}", logs.display(), self.replay());
                    Err(Failure::Differs)
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    /// The command that draws the same faults again.
    fn replay(&self) -> String {
        let nodes = self.nodes.map(|count| format!(" --nodes {count}")).unwrap_or_default();
        format!("assay chaos {} --seed {} --minutes {}{nodes}", self.file, self.seed, self.minutes)
    }
}

async fn go(network: &Network, rounds: &[chaos::Round]) -> Result<Summary, NetworkError> {
    network.bring_up().await?;
    network.publish()?;
    chaos::run(network, rounds, |line| anstream::println!("{line}")).await
}

fn closing(summary: &Summary) -> String {
    let Summary { rounds, height, longest } = summary;
    format!(
        "{rounds} rounds, {height} final blocks: no contradiction, every invariant held, finality moved on after {} ms at \
         most",
        longest.as_millis()
    )
}
