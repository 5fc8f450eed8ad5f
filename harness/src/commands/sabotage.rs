//! `assay sabotage`: plants faults in the chain and shows what notices them.

use super::Failure;
use super::verify::processors;
use crate::network::Options;
use crate::sabotage::list::{self, Fault};
use crate::sabotage::network::{self, Refusal};
use crate::sabotage::report::{Totals, closing, json, table};
use crate::sabotage::run::{Verdict, control, failed, try_all};
use crate::verify::report::failure_text;
use crate::verify::{Report, Scenario, Suite};
use anstyle::{AnsiColor, Style};
use anyhow::anyhow;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::panic;
use std::path::PathBuf;
use std::time::Instant;

/// Plant faults in the chain and show what notices them.
///
/// A green run of `assay verify` says something only if a wrong chain would have been red. Each fault of the list makes
/// the runtime's storage wrong in one way: a counter that is not counted, a reserve that is forgotten, a split that is
/// off by one part in 65,535. The scenarios run on such a chain, those of the fault's own features first, until an
/// invariant, a step or a snapshot notices. Then the scenarios run through the same machinery with no fault in it, and
/// all must pass.
///
/// A fault that nothing notices is a hole in the scenarios and the invariants; a fault that never does anything is an
/// error of the list. Both are failures.
///
/// With `--devnet`, one node of a network of real ones has the fault: every other node must refuse the first block that
/// the fault makes wrong, and they must go on without it. The report names the first storage key that differs from the
/// chain in memory. Four nodes are the fewest of which finality survives one; of three, the other two go on making blocks.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay sabotage
  assay sabotage --list
  assay sabotage --fault owner-cut-paid-twice --fault burn-price-frozen
  assay sabotage --format json > sabotage.json
  assay sabotage --devnet
  assay sabotage --devnet --nodes 3 --fault minted-twice

The columns: what noticed the fault first, in which scenario, how many blocks after it first acted, and an invariant that
notices it with no step and no snapshot looked at (- where none did in the first scenarios of its features).

Exit codes: 0 every fault was caught (refused, with --devnet) and the control passed, 1 not so, 2 it could not run.")]
pub struct Sabotage {
    /// Only the fault of this name; may be given more than once
    #[arg(long = "fault", value_name = "NAME")]
    chosen: Vec<String>,
    /// The list of faults
    #[arg(long, value_name = "FILE", default_value = list::USUAL)]
    faults: PathBuf,
    /// The folder of feature files
    #[arg(long, value_name = "DIR", default_value = "features")]
    features: PathBuf,
    /// Faults at a time; by default as many as there are processors
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Plant the faults in one node of a network; without --fault, those that the list has for it
    #[arg(long, conflicts_with = "list")]
    devnet: bool,
    /// Nodes of the network, the faulty one included
    #[arg(long, value_name = "N", default_value_t = 4, requires = "devnet", value_parser = clap::value_parser!(u8).range(2..=12))]
    nodes: u8,
    /// Show the list, and run nothing
    #[arg(long)]
    list: bool,
    /// What is written to standard output
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people: a table in Markdown
    Pretty,
    /// One JSON object
    Json,
}

const NAME: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();

impl Sabotage {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure::Differs`] if a fault is not caught, never acts, or the control fails; [`Failure::CouldNotRun`] if the
    /// list or the features cannot be read.
    pub fn run(self) -> Result<(), Failure> {
        let faults = self.choose(list::read(&self.faults)?)?;
        if self.list {
            anstream::print!("{}", shown(&faults));
            return Ok(());
        }
        if self.devnet {
            return self.on_networks(&faults);
        }
        let started = Instant::now();
        let suite = Suite::read(&self.features)?;
        if suite.scenarios.is_empty() {
            return Err(anyhow!("there is no scenario in {}", self.features.display()).into());
        }
        let jobs = self.jobs.unwrap_or_else(processors);
        // A fault may well make the runtime panic. That is caught and reported like everything else.
        let loud = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let mut count = Count { what: "faults", done: 0, all: faults.len() };
        let verdicts = try_all(&faults, &suite, jobs, |_| count.up());
        let sound = self.control_scenarios(&verdicts, &suite);
        let mut count = Count { what: "scenarios without a fault", done: 0, all: sound.len() };
        let control = control(&sound, &suite, jobs, |_| count.up());
        panic::set_hook(loud);
        match self.format {
            Format::Pretty => {
                anstream::println!("{}", pretty(&verdicts, &control));
                let totals = Totals::of(&verdicts);
                let style = if totals.is_well() { GOOD } else { BAD };
                anstream::println!("{style}{}{style:#}", closing(totals, started.elapsed()));
            }
            Format::Json => anstream::println!("{:#}", json(&verdicts, &control, started.elapsed())),
        }
        let is_well = Totals::of(&verdicts).is_well() && failed(&control).is_empty();
        if is_well { Ok(()) } else { Err(Failure::Differs) }
    }

    /// The faults that were named; if none were, all of the list, or all that it has for networks.
    fn choose(&self, faults: Vec<Fault>) -> anyhow::Result<Vec<Fault>> {
        for name in &self.chosen {
            list::find(&self.faults, &faults, name)?;
        }
        let is_usual = |fault: &Fault| self.chosen.is_empty() && (fault.devnet || !self.devnet);
        let is_chosen = |fault: &Fault| is_usual(fault) || self.chosen.contains(&fault.name);
        let chosen: Vec<Fault> = faults.into_iter().filter(is_chosen).collect();
        anyhow::ensure!(!chosen.is_empty(), "{} has no faults", self.faults.display());
        Ok(chosen)
    }

    /// Tries faults on a network each, one after another.
    fn on_networks(&self, faults: &[Fault]) -> Result<(), Failure> {
        let started = Instant::now();
        let runtime = super::network::runtime()?;
        let mut refusals: Vec<Refusal> = Vec::new();
        for fault in faults {
            let trial = network::try_one(&self.faults, fault, self.nodes.into(), Options::passing()?);
            match runtime.block_on(trial) {
                Ok(refusal) => {
                    if self.format == Format::Pretty {
                        anstream::println!("{refusal}\n");
                    }
                    refusals.push(refusal);
                }
                Err(error) if error.is_finding() => {
                    anstream::eprintln!("{BAD}{}{BAD:#}: {error}\n", fault.name);
                }
                Err(error) => return Err(anyhow!(error).context(fault.name.clone()).into()),
            }
        }
        let (all, refused) = (faults.len(), refusals.len());
        match self.format {
            Format::Pretty => {
                let style = if refused == all { GOOD } else { BAD };
                let (nodes, seconds) = (self.nodes, started.elapsed().as_secs_f64());
                anstream::println!(
                    "{style}{all} faults in one of {nodes} nodes: {refused} refused by all others, in {seconds:.1} s{style:#}"
                );
            }
            Format::Json => {
                let told = serde_json::to_string_pretty(&refusals).map_err(anyhow::Error::from)?;
                anstream::println!("{told}");
            }
        }
        if refused == all { Ok(()) } else { Err(Failure::Differs) }
    }

    /// What must pass without a fault: all scenarios, or those that noticed the faults chosen.
    fn control_scenarios(&self, verdicts: &[Verdict], suite: &Suite) -> Vec<Scenario> {
        if self.chosen.is_empty() {
            return suite.scenarios.clone();
        }
        let noticed = verdicts.iter().filter_map(|verdict| verdict.catch.as_ref());
        noticed.map(|catch| catch.scenario.clone()).collect()
    }
}

/// The faults with what goes wrong, for people.
fn shown(faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{NAME}{}{NAME:#}  (specification {})", fault.name, fault.section);
        let _ = writeln!(text, "    {}", fault.wrong);
    }
    let _ = writeln!(text, "{} faults", faults.len());
    text
}

/// The table, what was not noticed, and the control.
fn pretty(verdicts: &[Verdict], control: &[Report]) -> String {
    let mut text = table(verdicts);
    for verdict in verdicts.iter().filter(|verdict| verdict.catch.is_none()) {
        let Fault { name, wrong, .. } = &verdict.fault;
        let (scenarios, reached) = (verdict.scenarios, verdict.reached);
        let _ = write!(text, "\n\n{BAD}{name}{BAD:#}: {wrong}\n    ");
        let _ = if verdict.is_idle() {
            write!(text, "it did nothing in any of {scenarios} scenarios: its rules never apply")
        } else {
            write!(text, "nothing noticed, although it acted in {reached} of {scenarios} scenarios")
        };
    }
    let failures = failed(control);
    for report in &failures {
        let told = failure_text(report).unwrap_or_default().replace('\n', "\n    ");
        let _ = write!(text, "\n\n{BAD}FAILED without a fault{BAD:#}: {}\n    {told}", report.scenario.id());
    }
    let passed = control.len() - failures.len();
    let _ = write!(text, "\n\ncontrol without a fault: {passed} of {} scenarios passed", control.len());
    text
}

/// Counts up on a terminal.
struct Count {
    what: &'static str,
    done: usize,
    all: usize,
}

impl Count {
    fn up(&mut self) {
        self.done += 1;
        if std::io::stderr().is_terminal() {
            anstream::eprint!("\r{} of {} {}", self.done, self.all, self.what);
            if self.done == self.all {
                anstream::eprintln!();
            }
            // A count that is late is no failure.
            let _ = std::io::stderr().flush();
        }
    }
}
