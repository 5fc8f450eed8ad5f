//! `assay explore`: stories that nobody wrote, on which every invariant must hold.

use super::Failure;
use super::verify::processors;
use crate::explore::{Finding, Sight, explore, story};
use crate::invariants::INVARIANTS;
use crate::sabotage::list::{self, Fault};
use crate::verify::jobs;
use anyhow::{Context, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Tell stories that nobody wrote, and check that every invariant holds in them.
///
/// A story is a sequence of calls by several accounts on several subnets, of all kinds and with amounts of all sizes,
/// and of blocks that pass, drawn from a seed: seed 7 tells the same story everywhere. After every block every
/// invariant must hold, a call that is refused must change nothing, and nothing may panic.
///
/// A story that breaks something is shrunk to the actions that are needed, and printed as a feature file: it fails as
/// long as the chain is wrong, and can be committed to stay.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay explore                                  for a minute, from seed 1 on
  assay explore --seed 1000 --minutes 60
  assay explore --seed 7 --stories 1             one story again
  assay explore --fault frozen-issuance-counter  with a fault of fixtures/sabotage.yaml planted: it must find it
  assay explore --out features/found.feature     where the feature goes; else to standard output

Exit codes: 0 everything held, 1 something did not, 2 it could not run.")]
pub struct Explore {
    /// The seed of the first story; the next ones have the numbers after it
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How long stories are told
    #[arg(long, value_name = "M", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=10_080))]
    minutes: u64,
    /// So many stories, however long it takes
    #[arg(long, value_name = "N", conflicts_with = "minutes", value_parser = clap::value_parser!(u64).range(1..))]
    stories: Option<u64>,
    /// The most actions that a story has
    #[arg(long, value_name = "N", default_value_t = 160, value_parser = parse_actions)]
    actions: usize,
    /// Plant this fault of fixtures/sabotage.yaml in the chain
    #[arg(long, value_name = "NAME")]
    fault: Option<String>,
    /// Write the feature of what was found to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Stories at a time; by default as many as there are processors
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

fn parse_actions(text: &str) -> Result<usize, String> {
    let actions: usize = text.parse().map_err(|_| format!("`{text}` is not a whole number"))?;
    if (1..=10_000).contains(&actions) { Ok(actions) } else { Err("a story has 1 to 10,000 actions".into()) }
}

/// Where faults are declared.
const FAULTS: &str = "fixtures/sabotage.yaml";

impl Explore {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if something does not hold, [`Failure::CouldNotRun`] if there is no such fault or the file
    /// cannot be written.
    pub fn run(self) -> Result<(), Failure> {
        let fault = self.fault.as_deref().map(fault_of).transpose()?;
        let started = Instant::now();
        // What panics is caught and told like everything else.
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let told = self.search(fault.as_ref(), started);
        std::panic::set_hook(loud);
        let (sight, found) = told.map_err(|problem| anyhow!(problem))?;
        match found {
            None => {
                anstream::println!("{}\n\n{}", table(&sight), closing(&sight, self.seed, started.elapsed()));
                Ok(())
            }
            Some(finding) => {
                anstream::eprintln!("{}", closing(&sight, self.seed, started.elapsed()));
                self.hand_over(&finding)?;
                Err(Failure::Differs)
            }
        }
    }

    /// Tells stories until one breaks something or it is enough.
    fn search(&self, fault: Option<&Fault>, started: Instant) -> Result<(Sight, Option<Finding>), String> {
        let mut sight = Sight::default();
        let mut found = None;
        let mut seed = self.seed;
        while found.is_none() && self.goes_on(seed, started) {
            let seeds = self.next_seeds(seed);
            seed = seed.wrapping_add(seeds.len() as u64);
            for told in self.tell(&seeds, fault) {
                let (one, finding) = told?;
                sight.add(&one);
                found = found.or(finding);
            }
        }
        Ok((sight, found))
    }

    fn goes_on(&self, seed: u64, started: Instant) -> bool {
        match self.stories {
            Some(stories) => seed.wrapping_sub(self.seed) < stories,
            None => started.elapsed() < Duration::from_secs(self.minutes * 60),
        }
    }

    /// The seeds of the stories that are told at the same time.
    fn next_seeds(&self, first: u64) -> Vec<u64> {
        let jobs = self.jobs.unwrap_or_else(processors).max(1) as u64;
        let left = self.stories.map_or(jobs, |stories| stories - first.wrapping_sub(self.seed));
        (0..jobs.min(left)).map(|number| first.wrapping_add(number)).collect()
    }

    fn tell(&self, seeds: &[u64], fault: Option<&Fault>) -> Vec<Result<(Sight, Option<Finding>), String>> {
        let order: Vec<usize> = (0..seeds.len()).collect();
        jobs::each(seeds, &order, seeds.len(), |seed| explore(*seed, self.actions, fault), &mut |_| {})
    }

    fn hand_over(&self, finding: &Finding) -> anyhow::Result<()> {
        let feature = story::feature(finding);
        let Some(path) = &self.out else {
            anstream::print!("{feature}");
            return Ok(());
        };
        fs::write(path, feature).with_context(|| format!("{} cannot be written", path.display()))?;
        let needed = finding.actions.len();
        anstream::println!(
            "{}\nshrunk from {} actions to {needed}: {}\nagain: {}",
            finding.breakage.problem,
            finding.drawn,
            path.display(),
            finding.replay()
        );
        Ok(())
    }
}

fn fault_of(name: &str) -> anyhow::Result<Fault> {
    let faults = list::read(FAULTS.as_ref())?;
    Ok(list::find(FAULTS.as_ref(), &faults, name)?.clone())
}

/// What was done: by call, how often and how it ended.
fn table(sight: &Sight) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN);
    table.set_header(["call", "succeeded", "refused"]);
    for (call, (made, refused)) in &sight.calls {
        table.add_row([call.clone(), (made - refused).to_string(), refused.to_string()]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// The last line: `42 stories from --seed 1: 3,360 calls …`.
fn closing(sight: &Sight, seed: u64, time: Duration) -> String {
    let (made, refused) = sight.all_calls();
    let tenths = time.as_millis() / 100;
    format!(
        "{} stories from --seed {seed}: {made} calls ({} succeeded, {refused} refused), {} blocks, {} invariants after \
         each, in {}.{} s",
        sight.stories,
        made - refused,
        sight.blocks,
        INVARIANTS.len(),
        tenths / 10,
        tenths % 10
    )
}
