//! What clients see is the reference's, but for what is meant (`assay metadata-diff`).

use assay::metadata::difference::differences;
use assay::metadata::{Excuses, Source, Verdict, source};
use assert_cmd::Command;
use codec::Encode;
use jsonrpsee::Extensions;
use jsonrpsee::server::{RpcModule, Server, ServerHandle};
use jsonrpsee::types::{ErrorObjectOwned, Params};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn reference(version: u32) -> PathBuf {
    source::default_reference().join(format!("metadata-v{version}.scale"))
}

fn metadata_diff() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    command.arg("metadata-diff");
    command
}

async fn verdict() -> Verdict {
    let theirs = source::reference(&source::default_reference()).await.expect("the reference");
    let ours = Source::Memory.surfaces().await.expect("this build");
    assert_eq!(ours.iter().map(|surface| surface.version).collect::<Vec<_>>(), source::VERSIONS);
    Excuses::read(&Excuses::default_file()).expect("a list").judge(differences(&theirs, &ours))
}

#[tokio::test]
async fn every_difference_is_meant_and_every_line_of_the_list_is_needed() {
    let verdict = verdict().await;
    assert!(verdict.unexcused.is_empty(), "{:#?}", verdict.unexcused);
    assert!(verdict.stale.is_empty(), "{:#?}", verdict.stale);
}

/// The pallets that decide over money have no difference but in words.
#[tokio::test]
async fn the_economy_differs_in_words_alone() {
    const ECONOMY: [&str; 6] =
        ["SubtensorModule", "Swap", "AdminUtils", "AlphaAssets", "Commitments", "Drand"];
    const WORDS: [&str; 4] = ["docs", "deprecated", "spelling", "associated types"];
    for (reason, difference) in verdict().await.excused {
        let parts: Vec<&str> = difference.path.split('/').collect();
        let of_economy = parts.len() > 2 && parts[0] == "pallets" && ECONOMY.contains(&parts[1]);
        let last = parts.last().copied().unwrap_or_default();
        // The keys of the newer SDK are encoded as before; Drand's unsigned calls carry one.
        let of_the_sdk = reason.starts_with("newer SDK");
        assert!(!of_economy || of_the_sdk || WORDS.contains(&last), "{}: {reason}", difference.path);
    }
}

#[test]
fn the_command_agrees_and_shows_what_is_meant() {
    metadata_diff().assert().code(0).stdout(contains("memory, versions 14, 15, 16: 0 differences"));
    metadata_diff()
        .arg("--all")
        .assert()
        .code(0)
        .stdout(contains("pallets/Proxy").and(contains("calls/set_real_pays_fee")))
        .stdout(contains("because    newer SDK, blocks are decoded lazily"));
}

/// A copy of the reference's metadata with a name exchanged for another of the same length.
fn planted(folder: &TempDir, name: &str, other: &str) -> PathBuf {
    assert_eq!(name.len(), other.len());
    let mut bytes = fs::read(reference(14)).expect("the reference");
    let places: Vec<usize> =
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name.as_bytes())).collect();
    assert!(!places.is_empty(), "{name} is not in the metadata");
    for place in places {
        bytes[place..place + name.len()].copy_from_slice(other.as_bytes());
    }
    let file = folder.path().join("planted.scale");
    fs::write(&file, bytes).expect("a file");
    file
}

#[test]
fn a_planted_difference_is_reported_with_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    metadata_diff()
        .arg(reference(14))
        .assert()
        .code(0)
        .stdout(contains("versions 14: 0 differences, 0 that"));
    // A call of another name is one that is missing and one that is new.
    let renamed = planted(&folder, "announce_coldkey_swap", "announce_coldkey_swop");
    metadata_diff()
        .arg(&renamed)
        .assert()
        .code(1)
        .stdout(contains("pallets/SubtensorModule").and(contains("calls/announce_coldkey_swop")))
        .stdout(contains("here       nothing").and(contains("reference  nothing")));
    // An argument of another name changes the call.
    let renamed = planted(&folder, "amount_unstaked", "amount_untasked");
    metadata_diff()
        .arg(&renamed)
        .assert()
        .code(1)
        .stdout(contains("calls/remove_stake/arguments"))
        .stdout(contains("reference  hotkey, netuid, amount_unstaked"))
        .stdout(contains("here       hotkey, netuid, amount_untasked"));
}

/// Something that answers as a node does.
async fn answering(server: RpcModule<()>) -> (ServerHandle, String) {
    let listening = Server::builder().build("127.0.0.1:0").await.expect("a server");
    let address = listening.local_addr().expect("an address");
    (listening.start(server), format!("ws://{address}"))
}

#[tokio::test]
async fn a_running_chain_is_asked_over_its_websocket() {
    let mut node = RpcModule::new(());
    let call = |parameters: Params<'_>, (): &(), _: &Extensions| {
        let (method, arguments): (String, String) = parameters.parse()?;
        assert_eq!(method, "Metadata_metadata_at_version");
        let version = match arguments.as_str() {
            "0x0e000000" => 14,
            "0x0f000000" => 15,
            // An older node does not know the newest.
            _ => return Ok("0x00".to_owned()),
        };
        let answer = Some(fs::read(reference(version)).expect("the reference")).encode();
        Ok::<_, ErrorObjectOwned>(format!("0x{}", hex::encode(answer)))
    };
    node.register_method("state_call", call).expect("a method");
    let (node, url) = answering(node).await;
    let said = format!("{url}, versions 14, 15: 0 differences, 0 that are meant");
    let ran =
        tokio::task::spawn_blocking(move || metadata_diff().arg(url).assert().code(0).stdout(contains(said)));
    ran.await.expect("it agrees");
    node.stop().expect("it stops");

    let (nothing, url) = answering(RpcModule::new(())).await;
    let ran = tokio::task::spawn_blocking(move || {
        metadata_diff().arg(url).assert().code(2).stderr(contains("does not answer"));
    });
    ran.await.expect("it is said");
    nothing.stop().expect("it stops");
}

#[test]
fn json_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let renamed = planted(&folder, "amount_unstaked", "amount_untasked");
    let output = metadata_diff().arg(renamed).arg("--json").assert().code(1);
    let json: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let paths: Vec<_> = json["differences"].as_array().unwrap().iter().map(|one| &one["path"]).collect();
    assert!(
        paths.iter().any(|path| *path == "pallets/SubtensorModule/calls/remove_stake/arguments"),
        "{paths:?}"
    );
    assert_eq!(json["versions"], serde_json::json!([14]));
}

#[test]
fn a_line_that_excuses_nothing_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("known.yaml");
    let known = fs::read_to_string(Excuses::default_file()).unwrap();
    fs::write(&list, format!("{known}\n- reason: long gone\n  paths: [pallets/Senate/**]\n")).unwrap();
    metadata_diff()
        .arg("--known")
        .arg(&list)
        .assert()
        .code(1)
        .stdout(contains("`pallets/Senate/**`").and(contains("long gone")).and(contains("1 stale")));
    // Without the list everything that is meant is a difference.
    fs::write(&list, "[]").unwrap();
    metadata_diff().arg("--known").arg(&list).assert().code(1).stdout(contains("pallets/Crowdloan"));
}

#[test]
fn what_cannot_be_compared_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let fails = |arguments: &[&str], says: &str| {
        metadata_diff().args(arguments).assert().code(2).stderr(contains(says));
    };
    fails(&["no/such/file.scale"], "no/such/file.scale");
    fails(&["--reference", "no/such/folder"], "metadata-v14.scale");
    fails(&["--known", "no/such/list.yaml"], "no/such/list.yaml");
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    fails(&[&file("text.scale", b"not metadata at all")], "is not SCALE-encoded metadata");
    fails(&["--known", &file("list.yaml", b"- {paths: [a]}")], "missing field `reason`");
    let mut longer = fs::read(reference(14)).unwrap();
    longer.push(0);
    fails(&[&file("longer.scale", &longer)], "1 bytes are left after it");
    // Nobody listens on a port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    fails(&[&format!("ws://127.0.0.1:{port}")], "does not answer");
}
