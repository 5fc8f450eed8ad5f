//! A story as text: what is played, and what is printed when it breaks something.

use super::Action;
use super::search::Finding;
use crate::verify::Scenario;
use gherkin::{Feature, GherkinEnv};

/// How every story begins: two subnets with neurons, stake on all sides, epochs every twenty blocks.
pub const BEGINNING: &str = "\
Given a dev chain
And Dave owns 100,000 TAO
And Eve owns 1,000 TAO
And subnet 2 of Alice with hotkey alice_hot
And subnet 3 of Bob with hotkey bob_hot
And a pool of 1,000 TAO and 2,000 alpha on subnet 2
And a pool of 3,000 TAO and 1,000 alpha on subnet 3
And these calls are made in one block
| Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: charlie_hot) |
| Dave | SubtensorModule.burned_register(netuid: 2, hotkey: dave_hot) |
| Dave | SubtensorModule.burned_register(netuid: 3, hotkey: dave_hot) |
And Alice registers alice_hot on the root network
And Alice calls SubtensorModule.set_pending_childkey_cooldown as root
| cooldown | 0 |
And slashing is enabled on subnet 2
| window | 40 |
And these values are stored
| SubtensorModule.Tempo(2) | 20 |
| SubtensorModule.Tempo(3) | 20 |
| SubtensorModule.CommitRevealWeightsEnabled(2) | false |
| SubtensorModule.CommitRevealWeightsEnabled(3) | false |
| SubtensorModule.WeightsSetRateLimit(2) | 0 |
| SubtensorModule.WeightsSetRateLimit(3) | 0 |
| SubtensorModule.ImmunityPeriod(2) | 5 |
| SubtensorModule.ImmunityPeriod(3) | 5 |
And Alice stakes 500 TAO to alice_hot on subnet 0
And Bob stakes 500 TAO to alice_hot on subnet 2
And Charlie stakes 300 TAO to charlie_hot on subnet 2
And Dave stakes 100 TAO to dave_hot on subnet 2
And Dave stakes 100 TAO to bob_hot on subnet 3
And Charlie stakes 200 TAO to alice_hot on subnet 0";

/// A story as a scenario to rehearse: the beginning, each action, and after each that a refusal changes nothing.
///
/// # Errors
/// What the parser of Gherkin says; the sentences are wrong then.
pub fn scenario(actions: &[Action]) -> Result<Scenario, String> {
    let mut lines = vec!["Feature: A story".to_owned(), "Scenario: A story".to_owned()];
    lines.push(BEGINNING.to_owned());
    for action in actions {
        lines.push(format!("When {}", action.text()));
        lines.push("Then nothing changed".to_owned());
    }
    let feature =
        Feature::parse(lines.join("\n"), GherkinEnv::default()).map_err(|error| error.to_string())?;
    let steps = feature.scenarios.into_iter().next().map_or_else(Vec::new, |scenario| scenario.steps);
    Ok(Scenario { feature: "explored".into(), name: "A story".into(), steps, ..Scenario::default() })
}

/// The action that a step of [`scenario`] belongs to, of so many actions in so many steps.
pub fn action_of(step: usize, actions: usize, steps: usize) -> Option<usize> {
    Some(step.checked_sub(steps.checked_sub(2 * actions)?)? / 2)
}

/// What was found as a feature file: it fails as long as the chain does what was found.
pub fn feature(finding: &Finding) -> String {
    let mut lines =
        vec![format!("# Found by `{}`, and shrunk from {} actions.", finding.replay(), finding.drawn)];
    lines.extend(finding.breakage.problem.lines().map(|line| format!("# {line}")));
    lines.push(format!("Feature: What exploration found with seed {}", finding.seed));
    lines.push(String::new());
    lines.push("  Background:".into());
    lines.extend(indented(BEGINNING));
    lines.push(String::new());
    lines.push(format!("  Scenario: {}", title(finding)));
    for (number, action) in finding.actions.iter().enumerate() {
        lines.extend(indented(&format!("When {}", action.text())));
        if let Some(error) = finding.refusal_of(number) {
            lines.push(format!("    Then the call is refused with {error}"));
            lines.push("    And nothing changed".into());
        }
    }
    lines.join("\n") + "\n"
}

/// What must hold and did not.
fn title(finding: &Finding) -> String {
    match finding.breakage.broken.as_slice() {
        [] if finding.is_at_a_check() => "What is refused changes nothing".into(),
        [] => "Everybody comes to the end of the story".into(),
        broken => {
            let mut names = broken.to_vec();
            names.dedup();
            format!("It always holds: {}", names.join(", "))
        }
    }
}

/// Steps as they stand in a file, the cells of each table below one another.
fn indented(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut table: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        if line.starts_with('|') {
            table.push(line.trim_matches('|').split('|').map(str::trim).collect());
        } else {
            lines.extend(aligned(&std::mem::take(&mut table)));
            lines.push(format!("    {line}"));
        }
    }
    lines.extend(aligned(&table));
    lines
}

fn aligned(rows: &[Vec<&str>]) -> Vec<String> {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.len()).max();
    let line = |row: &Vec<&str>| {
        let cells = row.iter().enumerate();
        let cells = cells
            .map(|(column, cell)| format!(" {cell:<width$} |", width = width(column).unwrap_or_default()));
        format!("      |{}", cells.collect::<String>())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_aligned_as_in_files() {
        let lines = indented("When Bob calls A.b\n| one | 1 |\n| a | 1,000 |\nWhen 1 blocks pass");
        assert_eq!(
            lines,
            [
                "    When Bob calls A.b",
                "      | one | 1     |",
                "      | a   | 1,000 |",
                "    When 1 blocks pass"
            ]
        );
    }

    #[test]
    fn steps_after_the_beginning_belong_to_actions_in_pairs() {
        let numbers: Vec<_> = (9..15).map(|step| action_of(step, 2, 14)).collect();
        assert_eq!(numbers, [None, Some(0), Some(0), Some(1), Some(1), Some(2)]);
    }
}
