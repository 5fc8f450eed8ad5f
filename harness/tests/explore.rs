//! Exploration: stories that nobody wrote keep every invariant, and what breaks one is printed as a feature that shows
//! it.

use assay::explore::{Finding, Sight, explore, story};
use assay::sabotage::{Fault, Planting, list};
use assay::snapshot::file::Update;
use assay::verify::scenario::{self, Outcome, Settings};
use assay::verify::{Filter, Suite};
use assay::world::start::Target;
use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn fault(name: &str) -> Fault {
    let faults = list::read(&root().join("fixtures/sabotage.yaml")).unwrap();
    faults.into_iter().find(|fault| fault.name == name).unwrap_or_else(|| panic!("no fault {name}"))
}

/// Calls that succeed at least once in the stories told here.
const COMMON: [&str; 16] = [
    "Balances.transfer_keep_alive",
    "Slashing.report_contradiction",
    "SubtensorModule.add_stake",
    "SubtensorModule.remove_stake",
    "SubtensorModule.move_stake",
    "SubtensorModule.transfer_stake",
    "SubtensorModule.swap_stake",
    "SubtensorModule.lock_stake",
    "SubtensorModule.set_weights",
    "SubtensorModule.set_children",
    "SubtensorModule.claim_root",
    "SubtensorModule.burned_register",
    "SubtensorModule.register_network",
    "SubtensorModule.root_dissolve_network",
    "SubtensorModule.swap_hotkey",
    "SubtensorModule.swap_coldkey",
];

#[test]
fn every_invariant_holds_in_every_story() {
    let mut sight = Sight::default();
    for seed in 1..=10 {
        let (one, finding) = explore(seed, 160, None).unwrap();
        if let Some(finding) = finding {
            panic!("{}\n\n{}", finding.breakage.problem, story::feature(&finding));
        }
        sight.add(&one);
    }
    // Stories in which everything is refused would keep every invariant, too.
    let (made, refused) = sight.all_calls();
    assert!(sight.blocks > 1_000 && made - refused > made / 3, "{sight:?}");
    for call in COMMON {
        assert!(sight.calls.get(call).is_some_and(|(made, refused)| made > refused), "{call}: {sight:?}");
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let tell = || explore(3, 20, None).unwrap().0;
    assert_eq!(tell(), tell());
    assert_ne!(tell(), explore(4, 20, None).unwrap().0);
}

/// The first story from a seed on that a planted fault breaks.
fn find(fault: &Fault) -> Finding {
    let told = (1..=20).map(|seed| explore(seed, 40, Some(fault)).unwrap().1);
    told.flatten().next().unwrap_or_else(|| panic!("20 stories do not notice {}", fault.name))
}

fn run(suite: &Suite, target: Target) -> Outcome {
    let settings = Settings {
        features: suite.features.clone(),
        snapshots: None,
        target,
        update: Update::No,
        filter: Filter::default(),
    };
    scenario::run(&suite.scenarios[0], &settings).outcome
}

#[test]
fn what_is_found_is_a_feature_that_fails_with_the_fault_and_passes_without() {
    for name in ["frozen-issuance-counter", "transfer-loses-a-rao", "an-error-changes-state"] {
        let fault = fault(name);
        let finding = find(&fault);
        let feature = story::feature(&finding);
        assert!(finding.actions.len() <= 4 && finding.actions.len() <= finding.drawn, "{feature}");

        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("found.feature"), &feature).unwrap();
        let suite = Suite::read(folder.path()).unwrap_or_else(|error| panic!("{error}\n{feature}"));
        let sound = run(&suite, Target::Memory);
        assert_eq!(sound, Outcome::Passed, "without {name}\n{feature}");
        let planted = run(&suite, Target::Sabotaged(Planting::new(fault.rules.clone())));
        assert!(matches!(planted, Outcome::Failed { .. }), "with {name}: {planted:?}\n{feature}");
    }
}

#[test]
fn the_command_says_what_it_did_and_hands_over_what_it_found() {
    let assay = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.current_dir(root()).arg("explore").args(arguments).assert()
    };
    let done = "2 stories from --seed 5: ";
    assay(&["--seed", "5", "--stories", "2", "--actions", "10"])
        .code(0)
        .stdout(contains(done).and(contains("invariants after each")));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("found.feature");
    let out = out.to_str().unwrap();
    assay(&["--stories", "20", "--actions", "20", "--fault", "frozen-issuance-counter", "--out", out])
        .code(1)
        .stdout(contains("again: assay explore --seed ").and(contains("--fault frozen-issuance-counter")));
    assert!(fs::read_to_string(out).unwrap().contains("\n  Background:\n    Given a dev chain\n"));
    assay(&["--fault", "frozen-isuance"]).code(2).stderr(contains("did you mean `frozen-issuance-counter`?"));
    assay(&["--actions", "0"]).code(2).stderr(contains("1 to 10,000"));
}
