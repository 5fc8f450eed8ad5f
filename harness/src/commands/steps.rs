//! `assay steps`: the catalogue of sentences.

use crate::steps::{Definition, PARAMETERS, SECTIONS};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// List the sentences that scenarios are made of, each with its meaning and an example.
///
/// An action stands after When, or after Given, where it must succeed. Tables have no header.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  assay steps stake     the sentences that say something of stake")]
pub struct Steps {
    /// Only those in which this word stands
    #[arg(value_name = "WORD")]
    word: Option<String>,
}

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const PATTERN: Style = Style::new().bold();

impl Steps {
    /// The catalogue as text.
    ///
    /// # Errors
    /// If no sentence has the word.
    pub fn run(&self) -> anyhow::Result<String> {
        let word = self.word.as_deref().unwrap_or_default().to_lowercase();
        let mut text = String::new();
        for section in SECTIONS {
            let chosen: Vec<_> = section.steps.iter().filter(|step| mentions(step, &word)).collect();
            if chosen.is_empty() {
                continue;
            }
            writeln!(text, "{TITLE}{}{TITLE:#}\n", section.title)?;
            for step in chosen {
                write_step(&mut text, step)?;
            }
        }
        anyhow::ensure!(!text.is_empty(), "no sentence mentions `{word}`; `assay steps` lists them all");
        if word.is_empty() {
            writeln!(text, "{TITLE}Parameters{TITLE:#}\n")?;
            for (name, _, meaning) in PARAMETERS {
                writeln!(text, "  {:<11} {meaning}", format!("{{{name}}}"))?;
            }
        }
        Ok(text)
    }
}

fn mentions(step: &Definition, word: &str) -> bool {
    [step.pattern, step.meaning, step.example].iter().any(|text| text.to_lowercase().contains(word))
}

fn write_step(text: &mut String, step: &Definition) -> std::fmt::Result {
    writeln!(text, "  {PATTERN}{} {}{PATTERN:#}", step.kind.keyword(), step.pattern)?;
    for line in wrap(step.meaning) {
        writeln!(text, "      {line}")?;
    }
    for line in step.example.lines() {
        writeln!(text, "        {line}")?;
    }
    writeln!(text)
}

/// Lines of at most 90 characters.
fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 90 => {
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
        let some = Steps { word: Some("Unstakes".into()) }.run().unwrap();
        assert!(some.contains("unstakes {amount} from {account}"));
        assert!(!some.contains("transfers"));
        assert!(Steps { word: Some("xyzzy".into()) }.run().is_err());
        assert!(Steps { word: None }.run().unwrap().contains("{amount}"));
    }
}
