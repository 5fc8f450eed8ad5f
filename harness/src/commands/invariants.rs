//! `assay invariants`: the table of invariants.

use crate::invariants::INVARIANTS;
use anstyle::Style;
use std::fmt::Write;

/// List the invariants that are checked after every block, each with its exact meaning.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  assay invariants stake    the invariants that say something of stake")]
pub struct Invariants {
    /// Only those in which this word stands
    #[arg(value_name = "WORD")]
    word: Option<String>,
}

const NAME: Style = Style::new().bold();

/// Characters of a line, its indentation not counted.
const WIDTH: usize = 90;

impl Invariants {
    /// The table as text.
    ///
    /// # Errors
    /// If no invariant has the word.
    pub fn run(&self) -> anyhow::Result<String> {
        let word = self.word.as_deref().unwrap_or_default().to_lowercase();
        let mut text = String::new();
        let mentions = |text: &str| text.to_lowercase().contains(&word);
        for invariant in
            INVARIANTS.iter().filter(|invariant| mentions(invariant.name) || mentions(invariant.meaning))
        {
            writeln!(text, "{NAME}{}{NAME:#}  (specification {})", invariant.name, invariant.section)?;
            for line in lines(invariant.meaning) {
                writeln!(text, "    {line}")?;
            }
            writeln!(text)?;
        }
        anyhow::ensure!(
            !text.is_empty(),
            "no invariant mentions `{word}`; `assay invariants` lists them all"
        );
        Ok(text)
    }
}

fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_chooses() {
        let some = Invariants { word: Some("Permit".into()) }.run().unwrap();
        assert!(some.contains("permits-within-limit"));
        assert!(!some.contains("supply-cap"));
        assert!(Invariants { word: Some("xyzzy".into()) }.run().is_err());
        let all = Invariants { word: None }.run().unwrap();
        assert!(INVARIANTS.iter().all(|invariant| all.contains(invariant.name)));
    }
}
