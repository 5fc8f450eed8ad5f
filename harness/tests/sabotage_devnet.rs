//! Faults in one node of a network of real ones: the others refuse what it makes.

use assay::network::Options;
use assay::sabotage::network::{self, Refusal, TrialError};
use assay::sabotage::{Fault, list};
use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::path::{Path, PathBuf};

fn faults() -> (PathBuf, Vec<Fault>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(list::USUAL);
    let faults = list::read(&path).unwrap();
    (path, faults)
}

async fn plant(name: &str, nodes: usize) -> Result<Refusal, TrialError> {
    let root = tempfile::tempdir().unwrap();
    let (path, faults) = faults();
    let fault = list::find(&path, &faults, name).unwrap();
    let options = Options {
        name: None,
        root: root.path().to_owned(),
        binary: env!("CARGO_BIN_EXE_assay").into(),
        rpc_port: None,
        seed: 1,
        keep: false,
    };
    network::try_one(&path, fault, nodes, options).await
}

/// A call that is executed wrongly: the faulty node loses a rao of the transfer, and four nodes outlive it.
#[tokio::test]
async fn four_nodes_refuse_a_transfer_that_loses_a_rao_and_finalise_without_its_node() {
    let refusal = plant("transfer-loses-a-rao", 4).await.unwrap();
    assert_eq!((refusal.faulty.as_str(), refusal.number), ("Four", 1));
    assert_eq!(refusal.refused_by, ["One", "Two", "Three"]);
    let first = refusal.first.unwrap();
    // Bob, who is sent 1 TAO, is the account of `//Bob`.
    let bob = "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48";
    assert_eq!(first.entry, format!("System.Account({bob})"));
    assert!(first.there.contains("1000000999999999") && first.here.contains("1000001000000000"), "{first}");
    // The fault takes a rao from whoever is paid, so that of the fee is missing as well.
    assert_eq!((refusal.differing, refusal.best, refusal.finalized), (2, 4, Some(4)));
}

/// The start of a block: of three nodes two go on, although nothing is final without the third.
#[tokio::test]
async fn two_nodes_of_three_refuse_a_frozen_counter_and_go_on() {
    let refusal = plant("frozen-issuance-counter", 3).await.unwrap();
    assert_eq!((refusal.faulty.as_str(), refusal.number), ("Three", 1));
    assert_eq!(refusal.refused_by, ["One", "Two"]);
    assert_eq!(refusal.first.as_ref().unwrap().entry, "SubtensorModule.TotalIssuance");
    assert_eq!((refusal.differing, refusal.best, refusal.finalized), (1, 4, None));
    let told = refusal.to_string();
    assert!(told.starts_with("frozen-issuance-counter: block 1 of Three is refused by One, Two\n"), "{told}");
    assert!(told.ends_with("nothing more becomes final without Three"), "{told}");
}

#[tokio::test]
async fn what_cannot_be_seen_in_a_network_is_said() {
    let idle = plant("voucher-spent-twice", 3).await.unwrap_err();
    assert!(matches!(&idle, TrialError::Idle(_)) && !idle.is_finding(), "{idle}");
    let (path, faults) = faults();
    let stale = faults.iter().find(|fault| !assay::sabotage::native::is_possible(&fault.rules));
    let stale = plant(&stale.unwrap().name, 3).await.unwrap_err();
    assert!(matches!(stale, TrialError::Impossible(_)), "{stale}");
    assert!(list::find(&path, &faults, "minted-twic").unwrap_err().to_string().contains("minted-twice"));
}

#[test]
fn the_command_plants_a_fault_in_one_node_and_tells_the_first_key() {
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).args(arguments);
        command.assert()
    };
    command(&["sabotage", "--devnet", "--fault", "minted-twice"]).code(0).stdout(
        contains("minted-twice: block 1 of Four is refused by One, Two, Three\n")
            .and(contains("Balances.TotalIssuance is "))
            .and(contains("1 faults in one of 4 nodes: 1 refused by all others")),
    );
    command(&["node", "--dev", "--sabotage", "minted-twic"])
        .code(2)
        .stderr(contains("did you mean `minted-twice`?"));
}
