//! Metadata of any version as one tree: names on the way down, a text at each leaf.
//!
//! The paths are the same in all versions, such as `pallets/SubtensorModule/calls/add_stake/arguments`, so that a
//! difference that all versions show is one difference. What only a newer version tells (view functions, versions of
//! runtime APIs, deprecations) has paths of its own.

use super::types::Types;
use crate::reference::replay::accounts::hex;
use frame_metadata::v14::{StorageEntryModifier, StorageEntryType};
use frame_metadata::{RuntimeMetadata, v14, v15, v16};
use scale_info::form::PortableForm;
use scale_info::{Field, Variant};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Display;

type Tree = Map<String, Value>;

/// What one version of a metadata shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// The version of the metadata.
    pub version: u32,
    /// Names on the way down, texts at the leaves.
    pub tree: Value,
}

impl Surface {
    /// The surface that a metadata shows; none for versions that no client of today reads (before 14).
    pub fn of(metadata: &RuntimeMetadata) -> Option<Self> {
        let tree = match metadata {
            RuntimeMetadata::V14(metadata) => of_v14(metadata),
            RuntimeMetadata::V15(metadata) => of_v15(metadata),
            RuntimeMetadata::V16(metadata) => of_v16(metadata),
            _ => return None,
        };
        Some(Self { version: metadata.version(), tree: Value::Object(tree) })
    }
}

/// Adds a text.
fn text(tree: &mut Tree, name: &str, text: impl Display) {
    tree.insert(name.to_owned(), Value::String(text.to_string()));
}

/// Adds a branch, if there is anything on it.
fn branch(tree: &mut Tree, name: &str, inner: Tree) {
    if !inner.is_empty() {
        tree.insert(name.to_owned(), Value::Object(inner));
    }
}

/// A branch for each of a list.
fn each<T>(list: impl IntoIterator<Item = T>, of: impl Fn(T) -> (String, Tree)) -> Tree {
    list.into_iter()
        .map(|one| {
            let (name, tree) = of(one);
            (name, Value::Object(tree))
        })
        .collect()
}

/// Adds documentation, if there is any.
fn docs(tree: &mut Tree, lines: &[String]) {
    let lines: Vec<_> = lines.iter().map(|line| line.trim()).collect();
    let all = lines.join("\n").trim().to_owned();
    if !all.is_empty() {
        text(tree, "docs", all);
    }
}

/// What calls with inputs have in common: the names in order, and the type of each.
fn inputs<'a>(tree: &mut Tree, types: Types, inputs: impl Iterator<Item = (&'a str, u32)>) {
    let (mut names, mut shapes) = (Vec::new(), Tree::new());
    for (name, ty) in inputs {
        names.push(name);
        text(&mut shapes, name, types.shape(ty));
    }
    if !names.is_empty() {
        text(tree, "arguments", names.join(", "));
        branch(tree, "types", shapes);
    }
}

/// What is deprecated of an enum, by the variant's number.
type Deprecated = BTreeMap<u8, String>;

fn variants(types: Types, id: u32, deprecated: &Deprecated) -> Tree {
    each(types.variants(id), |variant: &Variant<PortableForm>| {
        let mut tree = Tree::new();
        text(&mut tree, "index", variant.index);
        let places: Vec<String> = (0..variant.fields.len()).map(|place| place.to_string()).collect();
        let name = |(field, place): (&'_ Field<PortableForm>, &String)| {
            (field.name.clone().unwrap_or_else(|| place.clone()), field.ty.id)
        };
        let fields: Vec<(String, u32)> = variant.fields.iter().zip(&places).map(name).collect();
        inputs(&mut tree, types, fields.iter().map(|(name, ty)| (name.as_str(), *ty)));
        // How the source writes the types: the same type may have several names there.
        let spelled: Vec<_> = variant.fields.iter().filter_map(|field| field.type_name.as_deref()).collect();
        if !spelled.is_empty() {
            text(&mut tree, "spelling", spelled.join("; "));
        }
        docs(&mut tree, &variant.docs);
        if let Some(note) = deprecated.get(&variant.index) {
            text(&mut tree, "deprecated", note);
        }
        (variant.name.clone(), tree)
    })
}

/// One storage item, as all versions have it.
struct Item<'a> {
    name: &'a str,
    modifier: &'a StorageEntryModifier,
    ty: &'a StorageEntryType<PortableForm>,
    default: &'a [u8],
    docs: &'a [String],
    deprecated: Option<String>,
}

fn storage<'a>(types: Types, prefix: &str, items: impl Iterator<Item = Item<'a>>) -> Tree {
    let mut tree = each(items, |item: Item| {
        let mut tree = Tree::new();
        text(&mut tree, "modifier", format!("{:?}", item.modifier));
        let value = match item.ty {
            StorageEntryType::Plain(value) => value.id,
            StorageEntryType::Map { hashers, key, value } => {
                let hashers: Vec<_> = hashers.iter().map(|hasher| format!("{hasher:?}")).collect();
                text(&mut tree, "hashers", hashers.join(", "));
                text(&mut tree, "key", types.shape(key.id));
                value.id
            }
        };
        text(&mut tree, "value", types.shape(value));
        // An optional item has no default; what stands there is the byte of nothing.
        let default = match item.modifier {
            StorageEntryModifier::Optional => hex(item.default),
            StorageEntryModifier::Default => types.value(value, item.default),
        };
        text(&mut tree, "default", default);
        docs(&mut tree, item.docs);
        if let Some(note) = item.deprecated {
            text(&mut tree, "deprecated", note);
        }
        (item.name.to_owned(), tree)
    });
    text(&mut tree, "(prefix)", prefix);
    tree
}

/// One constant, as all versions have it.
struct Constant<'a> {
    name: &'a str,
    ty: u32,
    value: &'a [u8],
    docs: &'a [String],
    deprecated: Option<String>,
}

fn constants<'a>(types: Types, constants: impl Iterator<Item = Constant<'a>>) -> Tree {
    each(constants, |constant: Constant| {
        let mut tree = Tree::new();
        text(&mut tree, "type", types.shape(constant.ty));
        text(&mut tree, "value", types.value(constant.ty, constant.value));
        docs(&mut tree, constant.docs);
        if let Some(note) = constant.deprecated {
            text(&mut tree, "deprecated", note);
        }
        (constant.name.to_owned(), tree)
    })
}

/// The enums that the runtime is put together with.
fn enums(types: Types) -> Tree {
    let variants = |variants: Vec<(String, String)>| {
        let mut tree = Tree::new();
        for (name, content) in variants {
            text(&mut tree, &name, content);
        }
        tree
    };
    types.of_the_runtime().map(|(name, list)| (name, Value::Object(variants(list)))).collect()
}

/// Identifier, type and implicit type of the transaction extensions.
fn extensions<'a>(tree: &mut Tree, types: Types, extensions: impl Iterator<Item = (&'a str, u32, u32)>) {
    let (mut order, mut all) = (Vec::new(), Tree::new());
    for (identifier, ty, implicit) in extensions {
        order.push(identifier);
        let mut one = Tree::new();
        text(&mut one, "type", types.shape(ty));
        text(&mut one, "implicit", types.shape(implicit));
        branch(&mut all, identifier, one);
    }
    text(tree, "order of extensions", order.join(", "));
    branch(tree, "extensions", all);
}

/// What versions 14 and 15 tell of a pallet in the same types.
struct Older<'a> {
    storage: Option<&'a v14::PalletStorageMetadata<PortableForm>>,
    calls: Option<&'a v14::PalletCallMetadata<PortableForm>>,
    event: Option<&'a v14::PalletEventMetadata<PortableForm>>,
    error: Option<&'a v14::PalletErrorMetadata<PortableForm>>,
    constants: &'a [v14::PalletConstantMetadata<PortableForm>],
}

impl Older<'_> {
    fn add(&self, tree: &mut Tree, types: Types) {
        let nothing = Deprecated::new();
        if let Some(of_pallet) = self.storage {
            branch(tree, "storage", storage(types, &of_pallet.prefix, items(&of_pallet.entries)));
        }
        if let Some(calls) = self.calls {
            branch(tree, "calls", variants(types, calls.ty.id, &nothing));
        }
        if let Some(event) = self.event {
            branch(tree, "events", variants(types, event.ty.id, &nothing));
        }
        if let Some(error) = self.error {
            branch(tree, "errors", variants(types, error.ty.id, &nothing));
        }
        branch(tree, "constants", constants(types, older_constants(self.constants)));
    }
}

fn of_v14(metadata: &v14::RuntimeMetadataV14) -> Tree {
    let types = Types(&metadata.types);
    let mut tree = Tree::new();
    let pallet = |pallet: &v14::PalletMetadata<PortableForm>| {
        let mut tree = Tree::new();
        text(&mut tree, "index", pallet.index);
        let older = Older {
            storage: pallet.storage.as_ref(),
            calls: pallet.calls.as_ref(),
            event: pallet.event.as_ref(),
            error: pallet.error.as_ref(),
            constants: &pallet.constants,
        };
        older.add(&mut tree, types);
        (pallet.name.clone(), tree)
    };
    branch(&mut tree, "pallets", each(&metadata.pallets, pallet));

    let mut extrinsic = Tree::new();
    text(&mut extrinsic, "version", metadata.extrinsic.version);
    let parameters = types.0.resolve(metadata.extrinsic.ty.id).map(|definition| &definition.type_params);
    for parameter in parameters.into_iter().flatten() {
        if let (Some(name), Some(ty)) = (parameter_name(&parameter.name), parameter.ty) {
            text(&mut extrinsic, name, types.shape(ty.id));
        }
    }
    let of_transactions = metadata.extrinsic.signed_extensions.iter();
    let of_transactions =
        of_transactions.map(|one| (one.identifier.as_str(), one.ty.id, one.additional_signed.id));
    extensions(&mut extrinsic, types, of_transactions);
    branch(&mut tree, "extrinsic", extrinsic);
    branch(&mut tree, "enums", enums(types));
    tree
}

/// What version 14 calls the types of an extrinsic, by the names of later versions.
fn parameter_name(parameter: &str) -> Option<&'static str> {
    match parameter {
        "Address" => Some("address"),
        "Call" => Some("call"),
        "Signature" => Some("signature"),
        "Extra" | "Extension" => Some("all extensions"),
        _ => None,
    }
}

fn items(entries: &[v14::StorageEntryMetadata<PortableForm>]) -> impl Iterator<Item = Item<'_>> {
    entries.iter().map(|entry| Item {
        name: &entry.name,
        modifier: &entry.modifier,
        ty: &entry.ty,
        default: &entry.default,
        docs: &entry.docs,
        deprecated: None,
    })
}

fn older_constants(
    constants: &[v14::PalletConstantMetadata<PortableForm>],
) -> impl Iterator<Item = Constant<'_>> {
    constants.iter().map(|constant| Constant {
        name: &constant.name,
        ty: constant.ty.id,
        value: &constant.value,
        docs: &constant.docs,
        deprecated: None,
    })
}

fn of_v15(metadata: &v15::RuntimeMetadataV15) -> Tree {
    let types = Types(&metadata.types);
    let mut tree = Tree::new();
    let pallet = |pallet: &v15::PalletMetadata<PortableForm>| {
        let mut tree = Tree::new();
        text(&mut tree, "index", pallet.index);
        docs(&mut tree, &pallet.docs);
        let older = Older {
            storage: pallet.storage.as_ref(),
            calls: pallet.calls.as_ref(),
            event: pallet.event.as_ref(),
            error: pallet.error.as_ref(),
            constants: &pallet.constants,
        };
        older.add(&mut tree, types);
        (pallet.name.clone(), tree)
    };
    branch(&mut tree, "pallets", each(&metadata.pallets, pallet));

    let mut extrinsic = Tree::new();
    text(&mut extrinsic, "version", metadata.extrinsic.version);
    text(&mut extrinsic, "address", types.shape(metadata.extrinsic.address_ty.id));
    text(&mut extrinsic, "call", types.shape(metadata.extrinsic.call_ty.id));
    text(&mut extrinsic, "signature", types.shape(metadata.extrinsic.signature_ty.id));
    text(&mut extrinsic, "all extensions", types.shape(metadata.extrinsic.extra_ty.id));
    let of_transactions = metadata.extrinsic.signed_extensions.iter();
    let of_transactions =
        of_transactions.map(|one| (one.identifier.as_str(), one.ty.id, one.additional_signed.id));
    extensions(&mut extrinsic, types, of_transactions);
    branch(&mut tree, "extrinsic", extrinsic);

    let method = |method: &v15::RuntimeApiMethodMetadata<PortableForm>| {
        let mut tree = Tree::new();
        inputs(&mut tree, types, method.inputs.iter().map(|input| (input.name.as_str(), input.ty.id)));
        text(&mut tree, "output", types.shape(method.output.id));
        docs(&mut tree, &method.docs);
        (method.name.clone(), tree)
    };
    let api = |api: &v15::RuntimeApiMetadata<PortableForm>| {
        let mut tree = Tree::new();
        docs(&mut tree, &api.docs);
        branch(&mut tree, "methods", each(&api.methods, method));
        (api.name.clone(), tree)
    };
    branch(&mut tree, "apis", each(&metadata.apis, api));
    rest(&mut tree, types, &metadata.outer_enums, &metadata.custom);
    tree
}

/// What versions 15 and 16 end with.
fn rest(
    tree: &mut Tree,
    types: Types,
    outer: &v15::OuterEnums<PortableForm>,
    custom: &v15::CustomMetadata<PortableForm>,
) {
    let mut all = enums(types);
    text(&mut all, "(of calls)", types.name(outer.call_enum_ty.id));
    text(&mut all, "(of events)", types.name(outer.event_enum_ty.id));
    text(&mut all, "(of errors)", types.name(outer.error_enum_ty.id));
    branch(tree, "enums", all);
    let custom = each(&custom.map, |(name, custom)| {
        let mut tree = Tree::new();
        text(&mut tree, "type", types.shape(custom.ty.id));
        text(&mut tree, "value", types.value(custom.ty.id, &custom.value));
        (name.clone(), tree)
    });
    branch(tree, "custom", custom);
}

fn of_v16(metadata: &v16::RuntimeMetadataV16) -> Tree {
    let types = Types(&metadata.types);
    let mut tree = Tree::new();
    branch(&mut tree, "pallets", each(&metadata.pallets, |pallet| pallet_v16(types, pallet)));

    let mut extrinsic = Tree::new();
    let versions: Vec<_> = metadata.extrinsic.versions.iter().map(u8::to_string).collect();
    text(&mut extrinsic, "versions", versions.join(", "));
    text(&mut extrinsic, "address", types.shape(metadata.extrinsic.address_ty.id));
    text(&mut extrinsic, "call", types.shape(metadata.extrinsic.call_ty.id));
    text(&mut extrinsic, "signature", types.shape(metadata.extrinsic.signature_ty.id));
    let of_transactions = metadata.extrinsic.transaction_extensions.iter();
    let of_transactions = of_transactions.map(|one| (one.identifier.as_str(), one.ty.id, one.implicit.id));
    extensions(&mut extrinsic, types, of_transactions);
    for (version, places) in &metadata.extrinsic.transaction_extensions_by_version {
        let places: Vec<_> = places.iter().map(|place| place.0.to_string()).collect();
        text(&mut extrinsic, &format!("extensions of version {version}"), places.join(", "));
    }
    branch(&mut tree, "extrinsic", extrinsic);

    let method = |method: &v16::RuntimeApiMethodMetadata<PortableForm>| {
        let mut tree = Tree::new();
        inputs(&mut tree, types, method.inputs.iter().map(|input| (input.name.as_str(), input.ty.id)));
        text(&mut tree, "output", types.shape(method.output.id));
        docs(&mut tree, &method.docs);
        deprecated(&mut tree, &method.deprecation_info);
        (method.name.clone(), tree)
    };
    let api = |api: &v16::RuntimeApiMetadata<PortableForm>| {
        let mut tree = Tree::new();
        docs(&mut tree, &api.docs);
        text(&mut tree, "version", api.version.0);
        deprecated(&mut tree, &api.deprecation_info);
        branch(&mut tree, "methods", each(&api.methods, method));
        (api.name.clone(), tree)
    };
    branch(&mut tree, "apis", each(&metadata.apis, api));
    rest(&mut tree, types, &metadata.outer_enums, &metadata.custom);
    tree
}

fn pallet_v16(types: Types, pallet: &v16::PalletMetadata<PortableForm>) -> (String, Tree) {
    let mut tree = Tree::new();
    text(&mut tree, "index", pallet.index);
    docs(&mut tree, &pallet.docs);
    deprecated(&mut tree, &pallet.deprecation_info);
    if let Some(of_pallet) = &pallet.storage {
        let items = of_pallet.entries.iter().map(|entry| Item {
            name: &entry.name,
            modifier: &entry.modifier,
            ty: &entry.ty,
            default: &entry.default,
            docs: &entry.docs,
            deprecated: note(&entry.deprecation_info),
        });
        branch(&mut tree, "storage", storage(types, &of_pallet.prefix, items));
    }
    if let Some(calls) = &pallet.calls {
        branch(&mut tree, "calls", variants(types, calls.ty.id, &notes(&calls.deprecation_info)));
    }
    if let Some(event) = &pallet.event {
        branch(&mut tree, "events", variants(types, event.ty.id, &notes(&event.deprecation_info)));
    }
    if let Some(error) = &pallet.error {
        branch(&mut tree, "errors", variants(types, error.ty.id, &notes(&error.deprecation_info)));
    }
    let newer = pallet.constants.iter().map(|constant| Constant {
        name: &constant.name,
        ty: constant.ty.id,
        value: &constant.value,
        docs: &constant.docs,
        deprecated: note(&constant.deprecation_info),
    });
    branch(&mut tree, "constants", constants(types, newer));
    let associated = |one: &v16::PalletAssociatedTypeMetadata<PortableForm>| {
        let mut tree = Tree::new();
        text(&mut tree, "type", types.shape(one.ty.id));
        docs(&mut tree, &one.docs);
        (one.name.clone(), tree)
    };
    branch(&mut tree, "associated types", each(&pallet.associated_types, associated));
    let view = |view: &v16::PalletViewFunctionMetadata<PortableForm>| {
        let mut tree = Tree::new();
        text(&mut tree, "id", hex(&view.id));
        inputs(&mut tree, types, view.inputs.iter().map(|input| (input.name.as_str(), input.ty.id)));
        text(&mut tree, "output", types.shape(view.output.id));
        docs(&mut tree, &view.docs);
        deprecated(&mut tree, &view.deprecation_info);
        (view.name.clone(), tree)
    };
    branch(&mut tree, "view functions", each(&pallet.view_functions, view));
    (pallet.name.clone(), tree)
}

fn deprecated(tree: &mut Tree, info: &v16::ItemDeprecationInfo<PortableForm>) {
    if let Some(note) = note(info) {
        text(tree, "deprecated", note);
    }
}

fn note(info: &v16::ItemDeprecationInfo<PortableForm>) -> Option<String> {
    match info {
        v16::ItemDeprecationInfo::NotDeprecated => None,
        v16::ItemDeprecationInfo::DeprecatedWithoutNote => Some("without a note".to_owned()),
        v16::ItemDeprecationInfo::Deprecated { note, since } => Some(with_since(note, since.as_deref())),
    }
}

fn notes(info: &v16::EnumDeprecationInfo<PortableForm>) -> Deprecated {
    let note = |info: &v16::VariantDeprecationInfo<PortableForm>| match info {
        v16::VariantDeprecationInfo::DeprecatedWithoutNote => "without a note".to_owned(),
        v16::VariantDeprecationInfo::Deprecated { note, since } => with_since(note, since.as_deref()),
    };
    info.0.iter().map(|(index, info)| (*index, note(info))).collect()
}

fn with_since(note: &str, since: Option<&str>) -> String {
    since.map_or_else(|| note.to_owned(), |since| format!("{note} (since {since})"))
}
