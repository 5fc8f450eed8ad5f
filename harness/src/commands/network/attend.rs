//! `assay attend`: a program of somebody else that ends with the network it belongs to.

use anyhow::Context;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Become another program, which the system ends when the process that started this one ends.
#[derive(clap::Args)]
#[command(hide = true)]
pub struct Attend {
    /// The program and its arguments
    #[arg(required = true, last = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

impl Attend {
    /// Becomes the program; comes back only if that cannot be done.
    ///
    /// # Errors
    /// There is no such program, or the system refuses.
    pub fn run(&self) -> anyhow::Result<String> {
        assay_node::lifeline::follow_parent()?;
        let (program, arguments) = self.program.split_first().context("no program is named")?;
        let error = Command::new(program).args(arguments).exec();
        Err(error).with_context(|| format!("cannot start {}", program.display()))
    }
}
