//! `assay networks`: the networks that there are files for.

use crate::network::topology::{self, Topology};
use comfy_table::{Table, presets};

/// List the networks of `fixtures/networks`, or print the schema of their files.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay networks
  assay networks --schema > network.schema.json    for editors that check YAML")]
pub struct Networks {
    /// Print the JSON schema of a network's file
    #[arg(long)]
    schema: bool,
}

impl Networks {
    /// The list, or the schema.
    ///
    /// # Errors
    /// A file that is no network.
    pub fn run(&self) -> anyhow::Result<String> {
        if self.schema {
            return Ok(topology::schema());
        }
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        table.set_header(["network", "nodes", "description"]);
        for (path, text) in topology::known().values() {
            let network = Topology::parse(text, path)?;
            table.add_row([network.name, network.nodes.len().to_string(), network.description]);
        }
        Ok(format!("{table}\n\nassay up NETWORK starts one; its file is fixtures/networks/NETWORK.yaml"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_started_is_listed() {
        let text = Networks { schema: false }.run().unwrap();
        assert!(text.contains("four") && text.contains("of which one may fail"), "{text}");
        assert!(Networks { schema: true }.run().unwrap().contains("\"properties\""));
    }
}
