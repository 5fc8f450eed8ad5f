//! Choosing scenarios.

use super::scenario::Scenario;
use gherkin::tagexpr::TagOperation;
use regex::Regex;

/// What is to be run; by default everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Tags that a scenario must have, such as `@staking and not @slow`.
    pub tags: Option<TagOperation>,
    /// What its name, `feature::scenario`, must match somewhere.
    pub name: Option<Regex>,
}

impl Filter {
    /// Whether a scenario is chosen.
    pub fn chooses(&self, scenario: &Scenario) -> bool {
        self.tags.as_ref().is_none_or(|tags| holds(tags, &scenario.tags))
            && self.name.as_ref().is_none_or(|name| name.is_match(&scenario.id()))
    }
}

fn holds(operation: &TagOperation, tags: &[String]) -> bool {
    match operation {
        TagOperation::And(left, right) => holds(left, tags) && holds(right, tags),
        TagOperation::Or(left, right) => holds(left, tags) || holds(right, tags),
        TagOperation::Not(inner) => !holds(inner, tags),
        TagOperation::Tag(tag) => tags.contains(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_names_choose() {
        let scenario = Scenario {
            feature: "staking/add".into(),
            name: "Too little".into(),
            tags: vec!["staking".into(), "refused".into()],
            ..Scenario::default()
        };
        let by_tags =
            |text: &str| Filter { tags: Some(text.parse().unwrap()), name: None }.chooses(&scenario);
        assert!(by_tags("@staking and not @slow"));
        assert!(by_tags("@slow or @refused"));
        assert!(!by_tags("not @staking"));
        let by_name =
            |text: &str| Filter { tags: None, name: Some(text.parse().unwrap()) }.chooses(&scenario);
        assert!(by_name("^staking/add::Too little$"));
        assert!(!by_name("^Too"));
        assert!(Filter::default().chooses(&scenario));
    }
}
