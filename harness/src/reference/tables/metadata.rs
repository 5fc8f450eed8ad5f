//! `metadata.json`: the items of the metadata by name (the types are names only; `assay metadata-diff` compares more).

use super::{Comparison, Entry, accounts};
use crate::reference::case::{self, CaseError};
use serde_json::{Map, Value};

pub(super) fn check(file: &Map<String, Value>) -> Result<Vec<Entry>, CaseError> {
    let mut comparison = Comparison::new(&accounts(file)?)?;
    for (name, part) in file {
        match name.as_str() {
            "pallets" => pallets(&mut comparison, case::list(file, "pallets")?)?,
            "runtime_apis" => apis(&mut comparison, case::list(file, "runtime_apis")?)?,
            "extrinsic" => extrinsic(&mut comparison, case::object(file, "extrinsic")?)?,
            "note" | "source" => {}
            _ => return Err(CaseError::new(name, format!("is no part of such a table: {part}"))),
        }
    }
    comparison.nothing_else("metadata", |_| true);
    Ok(comparison.entries)
}

fn pallets(comparison: &mut Comparison, pallets: &[Value]) -> Result<(), CaseError> {
    for pallet in pallets {
        let pallet = pallet.as_object().ok_or_else(|| CaseError::new("pallets", "has no objects"))?;
        let root = format!("pallets/{}", case::text(pallet, "name")?);
        for (name, part) in pallet {
            match (name.as_str(), part) {
                ("name", _) | (_, Value::Null) => {}
                ("index", index) => comparison.item("index", format!("{root}/index"), index),
                ("calls" | "events" | "errors" | "constants", Value::Array(list)) => {
                    each(comparison, name, &format!("{root}/{name}"), list)?;
                }
                ("storage", Value::Object(storage)) => {
                    let prefix = case::get(storage, "prefix")?;
                    comparison.item("storage", format!("{root}/storage/(prefix)"), prefix);
                    each(comparison, "storage", &format!("{root}/storage"), case::list(storage, "items")?)?;
                }
                (_, part) => {
                    let problem = format!("is no part of a pallet: {part}");
                    return Err(CaseError::new(format!("{root}/{name}"), problem));
                }
            }
        }
    }
    Ok(())
}

fn each(comparison: &mut Comparison, kind: &str, root: &str, list: &[Value]) -> Result<(), CaseError> {
    for one in list {
        let name = one.get("name").and_then(Value::as_str);
        let name = name.ok_or_else(|| CaseError::new(root, "has an entry without a name"))?;
        comparison.item(kind, format!("{root}/{name}"), one);
    }
    Ok(())
}

fn apis(comparison: &mut Comparison, apis: &[Value]) -> Result<(), CaseError> {
    for api in apis {
        let api = api.as_object().ok_or_else(|| CaseError::new("runtime_apis", "has no objects"))?;
        let root = format!("apis/{}/methods", case::text(api, "name")?);
        each(comparison, "runtime_apis", &root, case::list(api, "methods")?)?;
    }
    Ok(())
}

fn extrinsic(comparison: &mut Comparison, extrinsic: &Map<String, Value>) -> Result<(), CaseError> {
    for (name, part) in extrinsic {
        match (name.as_str(), part) {
            ("version", version) => comparison.item("extrinsic", "extrinsic/version".to_owned(), version),
            ("signed_extensions", Value::Array(list)) => {
                for extension in list {
                    let identifier = extension.get("identifier").and_then(Value::as_str);
                    let identifier = identifier
                        .ok_or_else(|| CaseError::new("signed_extensions", "has one without identifier"))?;
                    comparison.item("extrinsic", format!("extrinsic/extensions/{identifier}"), extension);
                }
            }
            (_, part) => {
                let problem = format!("is no part of an extrinsic: {part}");
                return Err(CaseError::new(format!("extrinsic.{name}"), problem));
            }
        }
    }
    Ok(())
}
