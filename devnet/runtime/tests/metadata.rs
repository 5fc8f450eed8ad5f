//! The pallets of the economy look from outside as those of the reference chain do (section 12).
//!
//! Compared by name are storage items, calls, events, errors and constants, each in its full shape: numbers, hashers,
//! defaults and types down to the last field. Documentation, and in types the module a name comes from, do not count.
//! The runtime APIs (section 11) are compared in the same way, those of the SDK by the names of methods and arguments.

use std::collections::BTreeMap;

use assay_runtime::{Block, Runtime};
use codec::Encode;
use frame_metadata::v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryMetadata, StorageEntryType};
use frame_metadata::v15::{RuntimeApiMetadata, RuntimeApiMethodMetadata, RuntimeMetadataV15};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use polkadot_sdk::sp_api::RuntimeApiInfo;
use polkadot_sdk::sp_io::TestExternalities;
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, TypeDef};

/// The pallets whose outside must be equal.
const ECONOMY: [&str; 6] = ["SubtensorModule", "AdminUtils", "Swap", "AlphaAssets", "Commitments", "Drand"];

/// Differences that come with the newer SDK: its `MultiSigner` and `MultiSignature` know Ethereum keys.
const NEWER_SDK: [&str; 2] = ["Drand call set_beacon_config", "Drand call write_pulse"];

/// The runtime APIs of the economy (section 11).
const ECONOMY_APIS: [&str; 7] = [
    "DelegateInfoRuntimeApi",
    "NeuronInfoRuntimeApi",
    "ProxyFilterRuntimeApi",
    "StakeInfoRuntimeApi",
    "SubnetInfoRuntimeApi",
    "SubnetRegistrationRuntimeApi",
    "SwapRuntimeApi",
];

/// Methods of the SDK that changed since: the owner of session keys signs them, and they come with a proof of it.
const NEWER_SDK_METHODS: [&str; 1] = ["SessionKeys generate_session_keys"];

/// A pallet's outside: what it is and what it is called, and how it looks.
type Outside = BTreeMap<String, String>;

#[test]
fn the_economy_looks_like_the_reference() {
    let reference = decode(&read_reference());
    let ours = decode(&TestExternalities::default().execute_with(|| encode(&Runtime::metadata())));
    let mut differences = Vec::new();
    for name in ECONOMY {
        let expected = outside(&reference, name);
        let found = outside(&ours, name);
        assert!(expected.len() > 2, "the reference says little about {name}");
        differences.extend(compare(name, &expected, &found));
    }
    let (known, news): (Vec<_>, Vec<_>) = differences
        .into_iter()
        .partition(|difference: &String| NEWER_SDK.iter().any(|one| difference.starts_with(one)));
    assert!(news.is_empty(), "{} differences:\n{}", news.len(), news.join("\n"));
    assert_eq!(known.len(), NEWER_SDK.len(), "a known difference is gone:\n{}", known.join("\n"));
}

#[test]
fn transactions_carry_the_same_extensions() {
    let identifiers = |metadata: &RuntimeMetadataV14| {
        let extensions = &metadata.extrinsic.signed_extensions;
        let named = |extension: &frame_metadata::v14::SignedExtensionMetadata<PortableForm>| {
            let signed = shape(&metadata.types, extension.additional_signed.id);
            (extension.identifier.clone(), signed)
        };
        extensions.iter().map(named).collect::<Vec<_>>()
    };
    let reference = decode(&read_reference());
    let ours = decode(&TestExternalities::default().execute_with(|| encode(&Runtime::metadata())));
    assert_eq!(identifiers(&ours), identifiers(&reference));
}

#[test]
fn pallets_have_the_numbers_of_the_reference() {
    let numbers = |metadata: &RuntimeMetadataV14| {
        metadata.pallets.iter().map(|pallet| (pallet.name.clone(), pallet.index)).collect::<BTreeMap<_, _>>()
    };
    let reference = numbers(&decode(&read_reference()));
    let ours = numbers(&decode(&TestExternalities::default().execute_with(|| encode(&Runtime::metadata()))));
    for (name, number) in ours.into_iter().filter(|(_, number)| *number < 100) {
        assert_eq!(reference.get(&name), Some(&number), "{name}");
    }
}

#[test]
fn the_runtime_apis_look_like_the_reference() {
    let (reference, ours) = (decode_v15(&read_file("metadata-v15.scale")), our_v15());
    let mut differences = Vec::new();
    for name in ECONOMY_APIS {
        let (expected, found) = (methods(&reference, name), methods(&ours, name));
        assert!(!expected.is_empty(), "the reference says nothing about {name}");
        differences.extend(compare(name, &expected, &found));
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn the_runtime_apis_of_the_sdk_have_the_same_names() {
    let (reference, ours) = (decode_v15(&read_file("metadata-v15.scale")), our_v15());
    let mut differences = Vec::new();
    for api in &reference.apis {
        let (expected, found) = (signatures(&reference, &api.name), signatures(&ours, &api.name));
        differences.extend(compare(&api.name, &expected, &found));
    }
    let (known, news): (Vec<_>, Vec<_>) = differences
        .into_iter()
        .partition(|difference: &String| NEWER_SDK_METHODS.iter().any(|one| difference.starts_with(one)));
    assert!(news.is_empty(), "{} differences:\n{}", news.len(), news.join("\n"));
    assert_eq!(known.len(), NEWER_SDK_METHODS.len(), "a known difference is gone:\n{}", known.join("\n"));
}

#[test]
fn the_runtime_apis_have_the_versions_of_the_reference() {
    assert_eq!(version_of::<dyn assay_runtime_api::SubnetInfoRuntimeApi<Block>>(), Some(2));
    assert_eq!(version_of::<dyn assay_runtime_api::StakeInfoRuntimeApi<Block>>(), Some(1));
    assert_eq!(version_of::<dyn assay_runtime_api::SwapRuntimeApi<Block>>(), Some(1));
}

fn version_of<Api: RuntimeApiInfo + ?Sized>() -> Option<u32> {
    let mut apis = assay_runtime::VERSION.apis.iter();
    apis.find(|(id, _)| *id == Api::ID).map(|(_, version)| *version)
}

fn our_v15() -> RuntimeMetadataV15 {
    let metadata = TestExternalities::default().execute_with(|| Runtime::metadata_at_version(15));
    // Metadata travels as bytes within bytes.
    let bytes: Vec<u8> = codec::Decode::decode(&mut &*metadata.expect("version 15").encode()).expect("bytes");
    decode_v15(&bytes)
}

fn decode_v15(bytes: &[u8]) -> RuntimeMetadataV15 {
    let prefixed: RuntimeMetadataPrefixed = codec::Decode::decode(&mut &*bytes).expect("metadata");
    match prefixed.1 {
        RuntimeMetadata::V15(metadata) => metadata,
        other => panic!("metadata of version {}", other.version()),
    }
}

/// The methods of a runtime API in full.
fn methods(metadata: &RuntimeMetadataV15, name: &str) -> Outside {
    let types = &metadata.types;
    let looks = |method: &RuntimeApiMethodMetadata<PortableForm>| {
        let inputs = method.inputs.iter();
        let inputs = inputs.map(|argument| format!("{}: {}", argument.name, shape(types, argument.ty.id)));
        let inputs = inputs.collect::<Vec<_>>().join(", ");
        (method.name.clone(), format!("({inputs}) -> {}", shape(types, method.output.id)))
    };
    api(metadata, name).map(|api| api.methods.iter().map(looks).collect()).unwrap_or_default()
}

/// The methods of a runtime API with the names of their arguments.
fn signatures(metadata: &RuntimeMetadataV15, name: &str) -> Outside {
    let looks = |method: &RuntimeApiMethodMetadata<PortableForm>| {
        let inputs = method.inputs.iter().map(|argument| argument.name.clone()).collect::<Vec<_>>();
        (method.name.clone(), inputs.join(", "))
    };
    api(metadata, name).map(|api| api.methods.iter().map(looks).collect()).unwrap_or_default()
}

fn api<'a>(metadata: &'a RuntimeMetadataV15, name: &str) -> Option<&'a RuntimeApiMetadata<PortableForm>> {
    metadata.apis.iter().find(|api| api.name == name)
}

fn read_reference() -> Vec<u8> {
    read_file("metadata-v14.scale")
}

fn read_file(name: &str) -> Vec<u8> {
    let file = format!("../../fixtures/reference/subtensor-425/{name}");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn encode(metadata: &impl Encode) -> Vec<u8> {
    metadata.encode()
}

fn decode(bytes: &[u8]) -> RuntimeMetadataV14 {
    let prefixed: RuntimeMetadataPrefixed = codec::Decode::decode(&mut &*bytes).expect("metadata");
    match prefixed.1 {
        RuntimeMetadata::V14(metadata) => metadata,
        other => panic!("metadata of version {}", other.version()),
    }
}

fn compare(pallet: &str, expected: &Outside, found: &Outside) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let mut differences = Vec::new();
    for name in names {
        let (expected, found) = (expected.get(name), found.get(name));
        if expected != found {
            let show = |side: Option<&String>| side.cloned().unwrap_or_else(|| "nothing".into());
            differences.push(format!(
                "{pallet} {name}\n  reference: {}\n  ours:      {}",
                show(expected),
                show(found)
            ));
        }
    }
    differences
}

fn outside(metadata: &RuntimeMetadataV14, name: &str) -> Outside {
    let types = &metadata.types;
    let pallet: &PalletMetadata<PortableForm> = metadata
        .pallets
        .iter()
        .find(|pallet| pallet.name == name)
        .unwrap_or_else(|| panic!("no pallet {name}"));
    let mut outside = Outside::new();
    if let Some(storage) = &pallet.storage {
        outside.insert("prefix".into(), storage.prefix.clone());
        for entry in &storage.entries {
            outside.insert(format!("storage {}", entry.name), storage_shape(types, entry));
        }
    }
    for constant in &pallet.constants {
        let looks = format!("{} = {:?}", shape(types, constant.ty.id), constant.value);
        outside.insert(format!("constant {}", constant.name), looks);
    }
    let enums = [
        ("call", pallet.calls.as_ref().map(|calls| calls.ty.id)),
        ("event", pallet.event.as_ref().map(|event| event.ty.id)),
        ("error", pallet.error.as_ref().map(|error| error.ty.id)),
    ];
    for (kind, id) in enums {
        for (name, looks) in id.map(|id| variants(types, id)).unwrap_or_default() {
            outside.insert(format!("{kind} {name}"), looks);
        }
    }
    outside
}

fn storage_shape(types: &PortableRegistry, entry: &StorageEntryMetadata<PortableForm>) -> String {
    let keys_and_value = match &entry.ty {
        StorageEntryType::Plain(value) => shape(types, value.id),
        StorageEntryType::Map { hashers, key, value } => {
            format!("{hashers:?} {} -> {}", shape(types, key.id), shape(types, value.id))
        }
    };
    format!("{keys_and_value} {:?} {:?}", entry.modifier, entry.default)
}

fn variants(types: &PortableRegistry, id: u32) -> Vec<(String, String)> {
    let TypeDef::Variant(variants) = &types.resolve(id).expect("a type").type_def else {
        panic!("not an enum")
    };
    let looks = |variant: &scale_info::Variant<PortableForm>| {
        (variant.name.clone(), format!("{} {}", variant.index, fields(types, &variant.fields)))
    };
    variants.variants.iter().map(looks).collect()
}

fn fields(types: &PortableRegistry, fields: &[Field<PortableForm>]) -> String {
    let field = |field: &Field<PortableForm>| {
        format!("{}: {}", field.name.as_deref().unwrap_or_default(), shape(types, field.ty.id))
    };
    format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
}

/// A type as it is encoded, with the names of its fields and variants. Calls of the runtime are named only: they
/// contain each other.
fn shape(types: &PortableRegistry, id: u32) -> String {
    let ty = types.resolve(id).expect("a type");
    let name = ty.path.ident().unwrap_or_default();
    if name == "RuntimeCall" {
        return name;
    }
    match &ty.type_def {
        TypeDef::Primitive(primitive) => format!("{primitive:?}"),
        TypeDef::Composite(composite) => format!("{name}{}", fields(types, &composite.fields)),
        TypeDef::Variant(variant) => {
            let one = |variant: &scale_info::Variant<PortableForm>| {
                format!("{}={}{}", variant.name, variant.index, fields(types, &variant.fields))
            };
            format!("{name}<{}>", variant.variants.iter().map(one).collect::<Vec<_>>().join("|"))
        }
        TypeDef::Sequence(sequence) => format!("[{}]", shape(types, sequence.type_param.id)),
        TypeDef::Array(array) => format!("[{}; {}]", shape(types, array.type_param.id), array.len),
        TypeDef::Tuple(tuple) => {
            let parts: Vec<_> = tuple.fields.iter().map(|field| shape(types, field.id)).collect();
            format!("({})", parts.join(", "))
        }
        TypeDef::Compact(compact) => format!("compact {}", shape(types, compact.type_param.id)),
        TypeDef::BitSequence(_) => "bits".into(),
    }
}
