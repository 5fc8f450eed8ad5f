//! Finding the scenarios of a folder.

use super::scenario::Scenario;
use gherkin::{Background, Feature, GherkinEnv, Step};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thiserror::Error;
use walkdir::WalkDir;

/// Features that cannot be run.
#[derive(Debug, Error)]
pub enum DiscoverError {
    /// The folder cannot be read.
    #[error("cannot read the features in {}: {problem}", path.display())]
    Folder {
        /// The folder, or what is in it.
        path: PathBuf,
        /// What the system said.
        problem: String,
    },
    /// A file is not Gherkin.
    #[error("{}:{problem}", path.display())]
    Gherkin {
        /// The file.
        path: PathBuf,
        /// Where and why.
        problem: String,
    },
    /// Two scenarios of one feature have the same name.
    #[error("{}: two scenarios are called `{name}`", path.display())]
    SameName {
        /// The file.
        path: PathBuf,
        /// The name.
        name: String,
    },
}

/// The scenarios of a folder.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The folder of the feature files.
    pub features: PathBuf,
    /// The folder of their snapshots, beside it; `None` if there is none, and then ends are not compared.
    pub snapshots: Option<PathBuf>,
    /// The scenarios, by file and line.
    pub scenarios: Vec<Scenario>,
}

impl Suite {
    /// Reads every `*.feature` file below a folder.
    ///
    /// # Errors
    /// A folder or file that cannot be read, a file that is not Gherkin, or a name that stands twice.
    pub fn read(features: &Path) -> Result<Self, DiscoverError> {
        let mut scenarios = Vec::new();
        for entry in WalkDir::new(features).sort_by_file_name() {
            let entry = entry.map_err(|error| DiscoverError::Folder {
                path: error.path().unwrap_or(features).to_owned(),
                problem: error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            })?;
            if entry.path().extension().is_some_and(|extension| extension == "feature") {
                scenarios.extend(read_file(features, entry.path())?);
            }
        }
        let snapshots =
            features.parent().map(|parent| parent.join("snapshots")).filter(|folder| folder.is_dir());
        Ok(Self { features: features.to_owned(), snapshots, scenarios })
    }
}

fn read_file(features: &Path, path: &Path) -> Result<Vec<Scenario>, DiscoverError> {
    let feature =
        Feature::parse_path(path, GherkinEnv::default()).map_err(|error| unreadable(path, &error))?;
    let name = path.strip_prefix(features).unwrap_or(path).with_extension("");
    let name = name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let mut scenarios = Vec::new();
    let plain = feature.scenarios.iter().map(|scenario| (scenario, None));
    let ruled = feature
        .rules
        .iter()
        .flat_map(|rule| rule.scenarios.iter().map(move |scenario| (scenario, Some(rule))));
    for (scenario, rule) in plain.chain(ruled) {
        let rule_background = rule.and_then(|rule| rule.background.as_ref());
        let before = [feature.background.as_ref(), rule_background];
        let rule_tags = rule.map(|rule| rule.tags.as_slice()).unwrap_or_default();
        let tags = [feature.tags.as_slice(), rule_tags, scenario.tags.as_slice()].concat();
        for case in cases(scenario) {
            scenarios.push(Scenario {
                feature: name.clone(),
                name: case.name,
                file: path.to_owned(),
                line: scenario.position.line,
                tags: [tags.clone(), case.tags].concat(),
                steps: before.iter().copied().flatten().flat_map(steps_of).chain(case.steps).collect(),
            });
        }
    }
    let mut names = BTreeSet::new();
    for scenario in &scenarios {
        if !names.insert(scenario.slug()) {
            return Err(DiscoverError::SameName { path: path.to_owned(), name: scenario.name.clone() });
        }
    }
    Ok(scenarios)
}

/// The line where a file stops being Gherkin: the parser's position, or the last line before it that is not empty.
fn unreadable(path: &Path, error: &gherkin::ParseFileError) -> DiscoverError {
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    let number =
        cause.strip_prefix("Error at ").and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().enumerate().take(number.unwrap_or_default());
    let problem = match lines.filter(|(_, line)| !line.trim().is_empty()).last() {
        Some((index, line)) => {
            format!("{}: this is not Gherkin, or not in its place: `{}`", index + 1, line.trim())
        }
        None => format!(" {cause}"),
    };
    DiscoverError::Gherkin { path: path.to_owned(), problem }
}

fn steps_of(background: &Background) -> Vec<Step> {
    background.steps.clone()
}

/// A scenario, or a row of an outline's examples put into it.
struct Case {
    name: String,
    tags: Vec<String>,
    steps: Vec<Step>,
}

/// The cases of a scenario: itself, or one for each row of its examples.
///
/// A case of an outline has the row's values in its name: those that the name asks for by `<header>`, or else all of
/// them behind it.
fn cases(scenario: &gherkin::Scenario) -> Vec<Case> {
    if scenario.examples.is_empty() {
        return vec![Case { name: scenario.name.clone(), tags: Vec::new(), steps: scenario.steps.clone() }];
    }
    let mut cases = Vec::new();
    for examples in &scenario.examples {
        let Some((header, rows)) = examples.table.as_ref().and_then(|table| table.rows.split_first()) else {
            continue;
        };
        for row in rows {
            let fill = |text: &str| {
                let pairs = header.iter().zip(row);
                pairs.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<{name}>"), value))
            };
            let filled = fill(&scenario.name);
            let asks_for_none = filled == scenario.name;
            let name = if asks_for_none { format!("{filled} ({})", row.join(", ")) } else { filled };
            let steps = scenario.steps.iter().map(|step| fill_step(step, &fill)).collect();
            cases.push(Case { name, tags: examples.tags.clone(), steps });
        }
    }
    cases
}

fn fill_step(step: &Step, fill: &impl Fn(&str) -> String) -> Step {
    let mut step = step.clone();
    step.value = fill(&step.value);
    step.docstring = step.docstring.as_deref().map(fill);
    for cell in step.table.iter_mut().flat_map(|table| table.rows.iter_mut().flatten()) {
        *cell = fill(cell);
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const OUTLINE: &str = "\
@area
Feature: Examples
  Background:
    Given a dev chain

  @slow
  Scenario Outline: Sending <amount>
    When Alice transfers <amount> to Bob

    Examples:
      | amount |
      | 1 TAO  |
      | 2 TAO  |

  Scenario Outline: Sending
    When Alice transfers <amount> to Bob

    @tiny
    Examples:
      | amount |
      | 3 TAO  |

  Rule: Nobody sends what they do not have
    Background:
      Given Bob owns 1 TAO

    Scenario: Too much
      When Bob transfers 2 TAO to Alice
";

    fn read(text: &str) -> Result<Suite, DiscoverError> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("accounts")).unwrap();
        fs::write(folder.path().join("accounts/sending.feature"), text).unwrap();
        Suite::read(folder.path())
    }

    #[test]
    fn outlines_backgrounds_and_rules_are_unfolded() {
        let scenarios = read(OUTLINE).unwrap().scenarios;
        let names: Vec<_> = scenarios.iter().map(Scenario::id).collect();
        assert_eq!(
            names,
            [
                "accounts/sending::Sending 1 TAO",
                "accounts/sending::Sending 2 TAO",
                "accounts/sending::Sending (3 TAO)",
                "accounts/sending::Too much"
            ]
        );
        let sentences =
            |place: usize| scenarios[place].steps.iter().map(|step| step.value.as_str()).collect::<Vec<_>>();
        assert_eq!(sentences(1), ["a dev chain", "Alice transfers 2 TAO to Bob"]);
        assert_eq!(sentences(3), ["a dev chain", "Bob owns 1 TAO", "Bob transfers 2 TAO to Alice"]);
        assert_eq!(scenarios[0].tags, ["area", "slow"]);
        assert_eq!(scenarios[2].tags, ["area", "tiny"]);
    }

    #[test]
    fn a_broken_file_says_where() {
        let error = read("Feature: x\n  Scenario: y\n    Given a dev chain\n    Nonsense here\n")
            .unwrap_err()
            .to_string();
        assert!(error.contains("sending.feature:4:") && error.contains("`Nonsense here`"), "{error}");
        let twice =
            "Feature: x\n  Scenario: y\n    Given a dev chain\n  Scenario: Y!\n    Given a dev chain\n";
        assert!(matches!(read(twice), Err(DiscoverError::SameName { .. })));
    }
}
