//! From the sentence in a file to its definition.

use super::{Definition, SECTIONS};
use cucumber_expressions::Expression;
use gherkin::Step;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;
use thiserror::Error;

/// Parameters of patterns: name, form, and what it is.
pub const PARAMETERS: [(&str, &str, &str); 15] = [
    ("account", r"[A-Za-z][A-Za-z0-9_]*", "a name: Alice, miner1"),
    ("amount", r"[0-9][0-9,_.]* (?:TAO|alpha|rao)", "1,000 TAO, 0.5 alpha, 12 rao"),
    ("number", r"[0-9][0-9,]*", "360, 7,200"),
    ("call", r"[A-Z][A-Za-z0-9]*\.[a-z][a-z0-9_]*", "SubtensorModule.add_stake"),
    (
        "place",
        r"[A-Z][A-Za-z0-9]*\.[A-Za-z0-9_]+(?:\(.*\))?(?:\.[a-z0-9_.]+)?",
        "SubtensorModule.SubnetTAO(2)",
    ),
    ("event", r"(?:[A-Z][A-Za-z0-9]*\.)?[A-Z][A-Za-z0-9]*", "StakeAdded, Balances.Transfer"),
    ("error", r"[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*", "AmountTooLow, Token.FundsUnavailable"),
    ("genesis", r"[a-z][a-z0-9_-]*", "fresh, dev: a file of fixtures/genesis"),
    ("node", r"[A-Z][A-Za-z0-9_-]*", "a node of a network: One"),
    ("duration", r"[0-9][0-9,.]* ?(?:ms|s|min)", "250ms, 5s"),
    ("share", r"[0-9][0-9.]* ?%", "5%"),
    ("workload", r"vision|series|text", "vision, series, text: work that miners do"),
    ("program", r"[a-z][a-z0-9-]*", "a miner or a validator of a network: duel-good"),
    ("earning", r"incentives|dividends", "incentives or dividends"),
    ("value", r".+", "a value in the notation of its type"),
];

/// A sentence that no definition, or more than one, fits.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StepProblem {
    /// No definition fits.
    #[error("there is no step `{step}`{}", suggestion(nearest.as_deref()))]
    Unknown {
        /// The sentence.
        step: String,
        /// The example most like it.
        nearest: Option<String>,
    },
    /// Several definitions fit.
    #[error("`{step}` can be read as several steps: {}", patterns.join("; "))]
    Ambiguous {
        /// The sentence.
        step: String,
        /// Their patterns.
        patterns: Vec<String>,
    },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or("; `assay steps` lists what there is".into(), |near| format!("; did you mean `{near}`?"))
}

/// A definition that fits a sentence, with the texts of its parameters.
#[derive(Clone, Debug)]
pub struct Match {
    /// The definition.
    pub definition: &'static Definition,
    /// The parameters, in order.
    pub parameters: Vec<String>,
}

struct Form {
    definition: &'static Definition,
    regex: Regex,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let parameters: HashMap<&str, &str> = PARAMETERS.iter().map(|(name, form, _)| (*name, *form)).collect();
    let definitions = SECTIONS.iter().flat_map(|section| section.steps);
    definitions
        .map(|definition| Form {
            definition,
            regex: Expression::regex_with_parameters(definition.pattern, &parameters)
                .unwrap_or_else(|error| panic!("the pattern `{}` is wrong: {error}", definition.pattern)),
        })
        .collect()
});

/// The one definition that fits a step.
///
/// # Errors
/// If none does, or several do.
pub fn find(step: &Step) -> Result<Match, StepProblem> {
    let fitting = FORMS.iter().filter(|form| form.definition.kind.fits(step.ty));
    let mut matches: Vec<Match> = fitting
        .filter_map(|form| {
            let captures = form.regex.captures(&step.value)?;
            let parameters = captures.iter().skip(1).flatten().map(|capture| capture.as_str().to_owned());
            Some(Match { definition: form.definition, parameters: parameters.collect() })
        })
        .collect();
    let sentence = || format!("{} {}", step.keyword.trim(), step.value);
    match (matches.pop(), matches.is_empty()) {
        (Some(found), true) => Ok(found),
        (Some(found), false) => {
            matches.push(found);
            let patterns = matches.iter().map(|found| format!("`{}`", found.definition.pattern)).collect();
            Err(StepProblem::Ambiguous { step: sentence(), patterns })
        }
        (None, _) => Err(StepProblem::Unknown { step: sentence(), nearest: nearest(step) }),
    }
}

/// What may have been meant: the sentence itself after another keyword, or else the first line of the example most
/// like it, if one is like it at all.
fn nearest(step: &Step) -> Option<String> {
    let elsewhere = FORMS.iter().find(|form| form.regex.is_match(&step.value));
    if let Some(form) = elsewhere {
        return Some(format!("{} {}", form.definition.kind.keyword(), step.value));
    }
    let examples = FORMS.iter().filter(|form| form.definition.kind.fits(step.ty)).filter_map(|form| {
        let line = form.definition.example.lines().next()?;
        let (_, sentence) = line.split_once(' ')?;
        Some((strsim::normalized_damerau_levenshtein(sentence, &step.value), line))
    });
    let best = examples.max_by(|left, right| left.0.total_cmp(&right.0))?;
    (best.0 > 0.35).then(|| best.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gherkin::{Feature, GherkinEnv};

    fn steps(text: &str) -> Vec<Step> {
        let source = format!("Feature: examples\n  Scenario: example\n    {}", text.replace('\n', "\n    "));
        Feature::parse(source, GherkinEnv::default()).unwrap().scenarios.remove(0).steps
    }

    #[test]
    fn every_example_is_its_own_step_and_no_other() {
        for definition in SECTIONS.iter().flat_map(|section| section.steps) {
            let steps = steps(definition.example);
            assert_eq!(steps.len(), 1, "{}", definition.example);
            let found = find(&steps[0]).unwrap_or_else(|problem| panic!("{problem}"));
            assert_eq!(found.definition.pattern, definition.pattern);
            assert_eq!(found.definition.kind, definition.kind);
            assert!(definition.example.starts_with(definition.kind.keyword()), "{}", definition.example);
            assert!(!definition.meaning.is_empty());
        }
    }

    #[test]
    fn patterns_are_unique_at_their_place() {
        let mut seen = std::collections::HashSet::new();
        for definition in SECTIONS.iter().flat_map(|section| section.steps) {
            assert!(seen.insert((definition.kind.keyword(), definition.pattern)), "{}", definition.pattern);
        }
    }

    #[test]
    fn an_unknown_step_suggests_the_nearest() {
        let problem = find(&steps("When Alice transfer 3 TAO to Bob")[0]).unwrap_err().to_string();
        assert!(problem.contains("did you mean `When Alice transfers 3 TAO to Bob`?"), "{problem}");
        let problem = find(&steps("When pigs fly")[0]).unwrap_err().to_string();
        assert!(problem.contains("assay steps"), "{problem}");
        let misplaced = find(&steps("Then a dev chain")[0]);
        let problem = misplaced.unwrap_err().to_string();
        assert!(problem.contains("did you mean `Given a dev chain`?"), "{problem}");
    }
}
