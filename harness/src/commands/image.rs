//! `assay image`.

use crate::docker::image::{self, ImageName};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

/// Builds the container image of a node.
///
/// It holds this program and the shared libraries it needs, and is made from nothing: no registry is asked. `assay verify
/// --target docker` makes its own; this one is for people.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  assay image                                   builds assay:dev with the Docker engine that answers
  assay image --tag registry.example/assay:1    under another name
  assay image --to folder                       writes what it is made of; `docker build folder` builds it
  docker-compose -f docker/compose.yaml up      three nodes of the image assay:dev

Exit codes: 0 built or written, 2 it could not (no engine answers, something cannot be read or written).")]
pub struct Image {
    /// Name and tag of the image.
    #[arg(long, value_name = "NAME", default_value = "assay:dev")]
    tag: ImageName,

    /// The program to put into it, instead of this one.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,

    /// Write the Dockerfile and its folder here, and ask no engine.
    #[arg(long, value_name = "FOLDER", conflicts_with = "tag")]
    to: Option<PathBuf>,
}

impl Image {
    /// Builds or writes it, and says what.
    ///
    /// # Errors
    /// If no engine answers, or something cannot be read or written.
    pub fn run(&self) -> anyhow::Result<String> {
        let binary = match &self.binary {
            Some(binary) => binary.clone(),
            None => std::env::current_exe().context("this program cannot be found")?,
        };
        if let Some(folder) = &self.to {
            let what =
                || format!("the image of {} cannot be laid out in {}", binary.display(), folder.display());
            image::lay_out(&binary, folder).with_context(what)?;
            return Ok(format!("wrote {}; build it by: docker build {0}", folder.display()));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(image::build(&binary, &self.tag))?;
        Ok(format!("built {}", self.tag))
    }
}
