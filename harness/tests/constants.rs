//! The runtime's constants and storage defaults are those of the reference (`constants.json`).

use assay::chain::client::Client;
use assay::chain::genesis::Genesis;
use assay::chain::memory::MemoryChain;
use serde_json::Value;
use std::path::Path;

/// Constants of stock pallets that differ with the release of the Polkadot SDK, each with what differs.
const OF_THE_SDK: [(&str, &str, &str); 2] = [
    ("System", "Version", "lists the versions of the runtime APIs; its numbers have a test of their own"),
    ("System", "BlockLength", "has grown an optional limit for headers; the limits for blocks are equal"),
];

fn recorded() -> Value {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reference/subtensor-425/constants.json.zst");
    serde_json::from_reader(zstd::Decoder::new(std::fs::File::open(path).unwrap()).unwrap()).unwrap()
}

fn client() -> Client {
    let storage = Genesis::load("fresh").unwrap().build("fresh").unwrap();
    Client::new(Box::new(MemoryChain::new(storage).unwrap()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("0x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn pallet_constants_are_the_reference_s() {
    let (recorded, client) = (recorded(), client());
    let mut differences = Vec::new();
    let mut compared = 0;
    for (pallet, constants) in recorded["pallet_constants"].as_object().unwrap() {
        let Some(ours) = client.metadata().pallet_by_name(pallet) else { continue };
        for constant in constants.as_array().unwrap() {
            let name = constant["name"].as_str().unwrap();
            if OF_THE_SDK.iter().any(|(known, of_it, _)| known == pallet && *of_it == name) {
                continue;
            }
            let found = ours.constant_by_name(name).map(|constant| hex(constant.value()));
            if found.as_deref() != constant["scale"].as_str() {
                differences.push(format!("{pallet}.{name}: recorded {}, found {found:?}", constant["value"]));
            }
            compared += 1;
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 100, "only {compared} constants compared");
}

#[test]
fn storage_defaults_are_the_reference_s() {
    let (recorded, client) = (recorded(), client());
    let mut differences = Vec::new();
    let mut compared = 0;
    for pallet in ["SubtensorModule", "AdminUtils", "Swap", "AlphaAssets", "Commitments", "Drand"] {
        let storage = client.metadata().pallet_by_name(pallet).unwrap().storage().unwrap();
        for item in recorded["storage_defaults"][pallet]["items"].as_array().unwrap() {
            let name = item["name"].as_str().unwrap();
            let entry = storage.entry_by_name(name);
            let default = entry.and_then(|entry| entry.default_value().map(hex));
            // An optional item has no default; the recording writes it as an absent option.
            let expected = item["default_scale"].as_str().filter(|_| item["optional"] != Value::Bool(true));
            let hashers = entry.map(|entry| entry.keys().len());
            let kinds = item["hashers"].as_array().map(Vec::len);
            if entry.is_none() || default.as_deref() != expected || hashers != kinds {
                differences.push(format!("{pallet}.{name}: recorded {item}, found {default:?} {hashers:?}"));
            }
            compared += 1;
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 220, "only {compared} items compared");
}

#[test]
fn the_version_is_the_reference_s() {
    let recorded = recorded();
    let version = assay_runtime::VERSION;
    let numbers = [
        ("spec_version", version.spec_version),
        ("transaction_version", version.transaction_version),
        ("impl_version", version.impl_version),
        ("authoring_version", version.authoring_version),
        ("system_version", version.system_version.into()),
    ];
    for (name, ours) in numbers {
        assert_eq!(recorded["runtime_version"][name], Value::String(ours.to_string()), "{name}");
    }
    assert_eq!(recorded["runtime_version"]["spec_name"], version.spec_name.as_ref());
}
