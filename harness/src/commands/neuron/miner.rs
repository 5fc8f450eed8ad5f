//! `assay miner`: a miner that serves a model on a subnet.

use super::{MemberArgs, ProcessArgs, run};
use crate::commands::Failure;
use assay_neuron::device;
use assay_neuron::key::account;
use assay_neuron::miner::Profile;
use assay_neuron::model::Trained;
use assay_neuron::serve::miner::{Options, serve};
use assay_neuron::workload::Workload;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Run a miner: it answers signed requests with signed receipts, and announces itself on the chain.
///
/// Its first line on standard output is JSON with the address it got; everything else goes to standard error. It ends on
/// SIGINT and SIGTERM, after what was asked before is answered, and outlives restarts of the chain.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub struct Miner {
    #[command(flatten)]
    member: MemberArgs,

    /// How it behaves
    #[arg(long, value_name = "PROFILE", default_value = "honest", help_heading = "Work")]
    profile: Profile,
    /// What the subnet asks for: vision, series or text
    #[arg(long, value_name = "WORKLOAD", required_unless_present = "model", help_heading = "Work")]
    workload: Option<Workload>,
    /// The model to serve [default: that of workload and profile]
    #[arg(long, value_name = "FILE", help_heading = "Work")]
    model: Option<PathBuf>,
    /// The folder with the models
    #[arg(long, value_name = "DIR", default_value = "fixtures/models", help_heading = "Work")]
    models: PathBuf,
    /// Where it runs: cpu, cuda, or auto for a card where there is one
    #[arg(long, value_name = "DEVICE", default_value = "auto", help_heading = "Work")]
    device: String,
    /// Whom a copycat copies from, ss58 [default: who else serves in the lowest slot]
    #[arg(long, value_name = "HOTKEY", value_parser = account, help_heading = "Work")]
    copy_from: Option<[u8; 32]>,

    /// Where it listens; port 0 takes a free one. The chain takes no 127.0.0.1
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.2:8091", help_heading = "Service")]
    listen: SocketAddr,
    /// The address to tell the chain, where that is not the one it listens on
    #[arg(long, value_name = "ADDRESS", help_heading = "Service")]
    announce: Option<SocketAddr>,
    /// Answer only neurons with a validator permit, and those of --allow
    #[arg(long, help_heading = "Service")]
    permit_only: bool,
    /// Answer this hotkey whatever the chain says of it, ss58; may be given several times
    #[arg(long, value_name = "HOTKEY", value_parser = account, help_heading = "Service")]
    allow: Vec<[u8; 32]>,
    /// Requests that may wait for the device; more are refused with status 429
    #[arg(long, value_name = "N", default_value_t = 2_048, help_heading = "Service")]
    queue: usize,
    /// Requests that share one launch of the device
    #[arg(long, value_name = "N", default_value_t = 256, help_heading = "Service")]
    batch: usize,

    #[command(flatten)]
    process: ProcessArgs,
}

const AFTER_HELP: &str = "\
Examples:
  assay miner --netuid 2 --workload vision --hotkey-uri //Alice//miner --coldkey-uri //Alice --register
  assay miner --netuid 2 --workload text --wallet-name alice --wallet-hotkey default --device cuda
  assay miner --netuid 2 --workload series --hotkey-uri //Bob//lazy --profile lazy --listen 127.0.0.3:0

API: POST /v1/infer, GET /health, GET /metrics (Prometheus), GET /openapi.json.
Exit codes: 0 it was asked to end, 2 it could not run.";

impl Miner {
    /// Serves until it is asked to end.
    ///
    /// # Errors
    /// [`Failure::CouldNotRun`] if it cannot start or breaks.
    pub fn run(self) -> Result<(), Failure> {
        let parent_gone = self.process.start()?;
        let Trained { file, network } = match (&self.model, self.workload) {
            (Some(file), _) => Trained::read(file)?,
            (None, workload) => {
                Trained::named(&self.models, &self.profile.model(workload.unwrap_or(Workload::Vision)))?
            }
        };
        if self.workload.is_some_and(|workload| workload != file.workload) {
            return Err(anyhow::anyhow!(
                "the model {} is for {}, not for {}",
                file.name,
                file.workload,
                self.workload.unwrap_or(file.workload)
            )
            .into());
        }
        let options = Options {
            member: self.member.member()?,
            profile: self.profile,
            workload: file.workload,
            model: network,
            device: device::named(&self.device)?,
            listen: self.listen,
            announce: self.announce,
            permit_only: self.permit_only,
            allow: self.allow,
            queue: self.queue,
            batch: self.batch,
            copy_from: self.copy_from,
            parent_gone,
        };
        Ok(run(async { Ok(serve(options).await?) })?)
    }
}
