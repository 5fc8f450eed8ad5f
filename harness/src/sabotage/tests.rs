//! What each kind of rule does, on the smallest chain that shows it.

use super::externalities::Faulty;
use super::list::{self, ListError};
use super::planting::Planting;
use super::run::{Verdict, Witness, control, failed, try_one};
use super::{Fault, report};
use crate::verify::Suite;
use polkadot_sdk::sp_externalities::Externalities;
use polkadot_sdk::sp_state_machine::BasicExternalities;
use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;

const LIST: &str = "fixtures/sabotage.yaml";

/// A list with one fault of these rules, in YAML.
fn fault(rules: &str) -> Result<Fault, ListError> {
    let rules = rules.replace('\n', "\n        ");
    let text = format!(
        "faults:\n  - name: planted\n    wrong: Something.\n    section: 01, 4\n    where: [planted]\n    rules:\n      - {rules}\n"
    );
    list::parse(Path::new(LIST), &text).map(|mut faults| faults.remove(0))
}

fn problem(rules: &str) -> String {
    fault(rules).unwrap_err().to_string()
}

/// A folder with one feature of these scenarios, each given by its steps after `Given a dev chain`.
fn suite(scenarios: &[&str]) -> (TempDir, Suite) {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "Feature: Planted\n".to_owned();
    for (number, steps) in scenarios.iter().enumerate() {
        let steps = steps.replace('\n', "\n    ");
        writeln!(text, "  Scenario: number {number}\n    Given a dev chain\n    {steps}").unwrap();
    }
    std::fs::create_dir_all(folder.path().join("features")).unwrap();
    std::fs::write(folder.path().join("features/planted.feature"), text).unwrap();
    let suite = Suite::read(&folder.path().join("features")).unwrap();
    (folder, suite)
}

fn verdict(rules: &str, steps: &str) -> Verdict {
    let (_folder, suite) = suite(&[steps]);
    try_one(&fault(rules).unwrap(), &suite)
}

/// What noticed: an invariant's name, or the problem of the step.
fn noticed(rules: &str, steps: &str) -> String {
    let verdict = verdict(rules, steps);
    let catch = verdict.catch.unwrap_or_else(|| panic!("nothing noticed {rules}"));
    match catch.witness {
        Witness::Invariants(names) => names.join(" "),
        _ => catch.problem,
    }
}

#[test]
fn a_write_is_dropped_or_changed() {
    let frozen = "write: SubtensorModule.TotalIssuance\nduring: [start]\nwhen: rises\ndoes: ignore";
    assert!(noticed(frozen, "When 3 blocks pass").contains("issuance-counters-agree"));
    let short = "write: SubtensorModule.TotalIssuance\nduring: [start]\nwhen: rises\ndoes: add -1";
    assert!(noticed(short, "When 3 blocks pass").contains("issuance-counters-agree"));
    let fallen = "write: SubtensorModule.TotalIssuance\nduring: [end]\ndoes: add 1";
    assert!(verdict(fallen, "When 3 blocks pass").is_idle());

    let transfer = "When Alice transfers 3 TAO to Bob\nThen Bob has 1,000,003 TAO";
    let field =
        "write: System.Account\nfield: data.free\nwhen: rises\nduring: [Balances.transfer_keep_alive]\n";
    let short = format!("{field}does: scale 65,534/65,535");
    let said = noticed(&short, transfer);
    assert!(said.contains("accounts-add-up"), "{said}");
    let nonce = "write: System.Account\nfield: nonce\nduring: [Balances.transfer_keep_alive]\ndoes: ignore";
    assert!(verdict(nonce, transfer).reached == 1);
}

#[test]
fn a_write_goes_elsewhere() {
    let burn = "write: SubtensorModule.Burn\nduring: [start]\ndoes: divert SubtensorModule.MinBurn";
    let steps = "Given SubtensorModule.Burn(1) is 5 TAO\nWhen 1 block passes\nThen SubtensorModule.Burn(1) stays below 5 TAO";
    assert!(noticed(burn, steps).contains("not less than"));
}

#[test]
fn a_read_sees_something_else() {
    let steps = "Given SubtensorModule.Tempo(1) is 20\n\
                 Then SubnetInfoRuntimeApi.get_subnet_hyperparams_v2(1).tempo is 20";
    let read = |does: &str| noticed(&format!("read: SubtensorModule.Tempo\ndoes: {does}"), steps);
    assert!(read("add 1").contains("is 21, not 20"), "{}", read("add 1"));
    assert!(read("scale 1/2").contains("is 10, not 20"));
    assert!(read("set 7").contains("is 7, not 20"));
    assert!(read("default").contains("is 360, not 20"));
    // Outside of a block there is no earlier state.
    assert!(verdict("read: SubtensorModule.Tempo\ndoes: stale", steps).catch.is_none());
}

#[test]
fn what_is_stale_is_from_before_the_block() {
    let stale = "read: SubtensorModule.TotalIssuance\nduring: [start]\nafter: SubtensorModule.TotalIssuance\ndoes: stale";
    assert!(noticed(stale, "When 3 blocks pass").contains("issuance-counters-agree"));
}

#[test]
fn a_removal_is_forgotten() {
    let steps = "Given subnet 2 of Alice with hotkey alice_hot\n\
                 When Alice calls SubtensorModule.root_dissolve_network as root\n  | netuid | 2 |\n\
                 Then nothing is stored at SubtensorModule.SubnetTAO(2)";
    assert!(noticed("remove: SubtensorModule.SubnetTAO", steps).contains("no-ghost-subnets"));
    assert!(noticed("remove: SubtensorModule.Keys", steps).contains("uids-are-dense"));
}

#[test]
fn what_fails_is_not_undone() {
    let stays = |rules: &str, method: &str| {
        let planting = Planting::new(fault(rules).unwrap().rules);
        let mut interference = planting.begin(7);
        interference.enter(method, &[]);
        let mut inner = BasicExternalities::default();
        let before = |_: &[u8]| -> Option<Vec<u8>> { None };
        let mut faulty = Faulty::new(&mut inner, &mut interference, &before);
        faulty.storage_start_transaction();
        faulty.storage_start_transaction();
        faulty.place_storage(b"written".to_vec(), Some(vec![1]));
        faulty.storage_rollback_transaction().unwrap();
        faulty.storage_commit_transaction().unwrap();
        // A layer without changes is undone either way, and is nothing that went wrong.
        faulty.storage_start_transaction();
        faulty.storage_rollback_transaction().unwrap();
        (faulty.storage(b"written").is_some(), planting.acts(), planting.first_act())
    };
    let kept = "rollback: commit\nduring: [calls]";
    assert_eq!(stays(kept, "BlockBuilder_apply_extrinsic"), (true, 1, Some(7)));
    assert_eq!(stays(kept, "Core_initialize_block"), (false, 0, None));
    let other = "write: SubtensorModule.Burn\ndoes: ignore";
    assert_eq!(stays(other, "BlockBuilder_apply_extrinsic"), (false, 0, None));
}

#[test]
fn times_and_order_within_a_part_of_a_block_are_told_apart() {
    let steps = "When 2 blocks pass";
    let read = |rest: &str| {
        verdict(&format!("read: SubtensorModule.TotalIssuance\nduring: [start]\n{rest}\ndoes: add 1"), steps)
    };
    assert!(!read("nth: 1").is_idle());
    assert!(read("nth: 1000").is_idle());
    assert!(!read("before: SubtensorModule.TotalIssuance").is_idle());
    assert!(read("after: SubtensorModule.Keys").is_idle());
    let compared = |more: &str, less: &str| {
        let when = format!("SubtensorModule.{more} > SubtensorModule.{less}");
        let rule = format!("write: SubtensorModule.Burn\nduring: [start]\nwhen: {when}\ndoes: add 1");
        verdict(&rule, "Given SubtensorModule.Burn(1) is 5 TAO\nWhen 1 block passes").is_idle()
    };
    assert!(!compared("MaxBurn", "MinBurn"));
    assert!(compared("MinBurn", "MaxBurn"));
}

#[test]
fn the_state_that_a_scenario_writes_is_as_it_writes_it() {
    let rule = "write: SubtensorModule.Tempo\ndoes: ignore";
    let steps = "Given SubtensorModule.Tempo(1) is 20\nThen SubtensorModule.Tempo(1) is 20";
    assert!(verdict(rule, steps).is_idle());
}

#[test]
fn a_fault_that_never_acts_and_one_that_nothing_notices_are_told_apart() {
    let counted = "write: SubtensorModule.RegistrationsThisBlock\ndoes: add 1\nduring: ";
    let of = |part: &str| verdict(&format!("{counted}[{part}]"), "When 1 block passes");
    let (unnoticed, idle) = (of("start"), of("end"));
    assert!(idle.is_idle() && !unnoticed.is_idle());
    assert_eq!(report::noticed(&idle), "NOTHING: it never acted");
    assert_eq!(report::noticed(&unnoticed), "NOTHING");
    let totals = report::Totals::of(&[idle, unnoticed]);
    assert_eq!((totals.idle, totals.uncaught, totals.caught()), (1, 1, 0));
    assert!(!totals.is_well());
}

#[test]
fn the_first_block_is_counted_from() {
    let rule = "write: SubtensorModule.Burn\nduring: [start]\ndoes: ignore";
    let steps = "Given SubtensorModule.Burn(1) is 5 TAO\nWhen 4 blocks pass\nThen SubtensorModule.Burn(1) stays below 5 TAO";
    let verdict = verdict(rule, steps);
    assert_eq!(verdict.catch.unwrap().blocks_later, 3);
    let planting = Planting::new(Vec::new().into());
    assert_eq!((planting.first_act(), planting.acts()), (None, 0));
}

#[test]
fn without_a_fault_nothing_changes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let suite = Suite::read(&root.join("features")).unwrap();
    // Every tenth: the command itself runs them all.
    let some: Vec<_> = suite.scenarios.iter().step_by(10).cloned().collect();
    let reports = control(&some, &suite, 2, |_| {});
    let failed: Vec<String> = failed(&reports).iter().map(|report| report.scenario.id()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(reports.len() > 50);
}

#[test]
fn a_list_that_makes_no_sense_says_where_and_what_was_meant() {
    let said = problem("write: SubtensorModule.SubnetTao\ndoes: ignore");
    assert!(said.starts_with("fixtures/sabotage.yaml:7: the fault planted: "), "{said}");
    assert!(
        said.ends_with(
            "there is no storage item `SubtensorModule.SubnetTao`; did you mean `SubtensorModule.SubnetTAO`?"
        ),
        "{said}"
    );
    for (rules, wanted) in [
        (
            "write: SubtensorModule.SubnetTAO\ndoes: ignor",
            ":8: the fault planted: there is no deed `ignor`; did you mean `ignore`?",
        ),
        ("write: SubtensorModule.SubnetTAO\nduring: [begin]\ndoes: ignore", ":8: "),
        (
            "write: SubtensorModule.SubnetTAO\nduring: [SubtensorModule.addstake]\ndoes: ignore",
            "did you mean `SubtensorModule.add_stake`?",
        ),
        ("write: SubtensorModule.SubnetTAO\ndoes: add x", "`x` is not a whole number"),
        ("write: SubtensorModule.SubnetTAO\ndoes: scale 1/0", "divided by 0"),
        ("write: SubtensorModule.SubnetTAO\ndoes: stale", "does not go with this access"),
        ("read: SubtensorModule.SubnetTAO\ndoes: ignore", "does not go with this access"),
        ("write: SubtensorModule.SubnetTAO", "it lacks `does`"),
        ("write: SubtensorModule.SubnetTAO\nread: SubtensorModule.SubnetTAO\ndoes: ignore", "exactly one of"),
        ("write: System.Account\nfield: free\ndoes: ignore", "System.Account has no field `free`"),
        ("write: SubtensorModule.SubnetTAO\nwhen: sometimes\ndoes: ignore", "`sometimes` is not `rises`"),
        ("write: SubtensorModule.SubnetTAO\nnth: 0\ndoes: ignore", "counted from 1"),
        ("rollback: keep", "can only `commit`"),
        ("remove: SubtensorModule.SubnetTAO\ndoes: add 1", "leave `does` out"),
        ("writes: SubtensorModule.SubnetTAO", "unknown field `writes`"),
    ] {
        let said = problem(rules);
        assert!(said.contains(wanted), "{said}\n\ndoes not say: {wanted}");
    }
    let twice = "faults:\n  - {name: a, wrong: x, section: x, where: [x], rules: [{rollback: commit}]}\n  - {name: a, wrong: x, section: x, where: [x], rules: [{rollback: commit}]}\n";
    assert!(list::parse(Path::new(LIST), twice).unwrap_err().to_string().contains("two faults `a`"));
    let empty = "faults:\n  - {name: a, wrong: x, section: x, where: [x], rules: []}\n";
    assert!(list::parse(Path::new(LIST), empty).unwrap_err().to_string().contains("has no rule"));
}
