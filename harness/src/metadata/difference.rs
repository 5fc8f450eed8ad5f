//! Where two surfaces differ.

use super::Surface;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that clients see otherwise than on the reference chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where it stands, such as `pallets/SubtensorModule/calls/add_stake/index`.
    pub path: String,
    /// What the reference shows there: a text, or a branch.
    pub reference: Option<Value>,
    /// What the target shows there.
    pub ours: Option<Value>,
    /// The versions of the metadata that show it.
    pub versions: BTreeSet<u32>,
}

/// Which side of a difference is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only the reference has it.
    Missing,
    /// Only the target has it.
    Extra,
    /// Both have it, and it is not the same.
    Changed,
}

impl Difference {
    /// Which side is there.
    pub fn kind(&self) -> Kind {
        match (&self.reference, &self.ours) {
            (Some(_), None) => Kind::Missing,
            (None, _) => Kind::Extra,
            (Some(_), Some(_)) => Kind::Changed,
        }
    }
}

/// Every difference between surfaces of the same versions. A branch that one side lacks is one difference; one that
/// several versions show is one, too.
pub fn differences(reference: &[Surface], ours: &[Surface]) -> Vec<Difference> {
    let mut found: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
    for surface in ours {
        for expected in reference.iter().filter(|expected| expected.version == surface.version) {
            compare("", Some(&expected.tree), Some(&surface.tree), &mut |path, reference, ours| {
                let seen = found.entry(path.to_owned()).or_default();
                let (reference, ours) = (reference.cloned(), ours.cloned());
                let same = seen.iter_mut().find(|one| one.reference == reference && one.ours == ours);
                if let Some(one) = same {
                    one.versions.insert(surface.version);
                } else {
                    let versions = BTreeSet::from([surface.version]);
                    seen.push(Difference { path: path.to_owned(), reference, ours, versions });
                }
            });
        }
    }
    let mut all: Vec<Difference> = found.into_values().flatten().collect();
    merge_missing_branches(&mut all);
    all
}

/// A branch that is missing may hold more in a newer version; it is missing all the same. Kept is the fullest.
fn merge_missing_branches(differences: &mut Vec<Difference>) {
    differences.dedup_by(|later, earlier| {
        let same = later.path == earlier.path && later.kind() == earlier.kind();
        let mergeable = same && later.kind() != Kind::Changed;
        if mergeable {
            let versions = earlier.versions.union(&later.versions).copied().collect();
            *earlier = Difference { versions, ..later.clone() };
        }
        mergeable
    });
}

type Found<'a> = dyn FnMut(&str, Option<&Value>, Option<&Value>) + 'a;

fn compare(path: &str, reference: Option<&Value>, ours: Option<&Value>, found: &mut Found) {
    match (reference, ours) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            for name in names(left, right) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
                compare(&path, left.get(name), right.get(name), found);
            }
        }
        (reference, ours) if reference == ours => {}
        (reference, ours) => found(path, reference, ours),
    }
}

fn names<'a>(left: &'a Map<String, Value>, right: &'a Map<String, Value>) -> BTreeSet<&'a String> {
    left.keys().chain(right.keys()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn surface(version: u32, tree: Value) -> Surface {
        Surface { version, tree }
    }

    #[test]
    fn a_changed_a_missing_and_an_extra_branch_are_told_apart() {
        let reference = surface(14, json!({"a": {"x": "1", "y": "2"}, "b": {"z": "3"}}));
        let ours = surface(14, json!({"a": {"x": "7", "y": "2"}, "c": {"z": "3"}}));
        let found = differences(&[reference], &[ours]);
        let found: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.kind())).collect();
        assert_eq!(found, [("a/x", Kind::Changed), ("b", Kind::Missing), ("c", Kind::Extra)]);
    }

    #[test]
    fn what_several_versions_show_is_one_difference() {
        let reference = [
            surface(14, json!({"a": "1", "b": {"c": "2"}})),
            surface(15, json!({"a": "1", "b": {"c": "2", "d": "3"}})),
        ];
        let ours =
            [surface(14, json!({"a": "0"})), surface(15, json!({"a": "0"})), surface(16, json!({"a": "0"}))];
        let found = differences(&reference, &ours);
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.path.as_str(), one.versions.iter().copied().collect::<Vec<_>>()))
            .collect();
        assert_eq!(found, [("a", vec![14, 15]), ("b", vec![14, 15])]);
    }

    #[test]
    fn versions_that_differ_in_another_way_are_two_differences() {
        let reference = [surface(14, json!({"a": "1"})), surface(15, json!({"a": "2"}))];
        let ours = [surface(14, json!({"a": "0"})), surface(15, json!({"a": "0"}))];
        assert_eq!(differences(&reference, &ours).len(), 2);
    }
}
