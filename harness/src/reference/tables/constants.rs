//! `constants.json`: constants of pallets, storage with its defaults, the runtime's version, values that the source
//! names, accounts of the chain.

use super::described::api_names;
use super::homes::{self, Home};
use super::{Comparison, Described, Entry, accounts};
use crate::chain::genesis::{account_id, pallet_account};
use crate::chain::keys::{Account, SS58_PREFIX};
use crate::reference::case::{self, CaseError};
use crate::reference::replay::accounts::hex;
use assay_runtime::pallets::SLOT_DURATION;
use assay_runtime::{AccountId, VERSION};
use polkadot_sdk::sp_core::crypto::Ss58Codec;
use serde_json::{Map, Value, json};

pub(super) fn check(file: &Map<String, Value>) -> Result<Vec<Entry>, CaseError> {
    let mut comparison = Comparison::new(&accounts(file)?)?;
    for (name, part) in file {
        match name.as_str() {
            "pallet_constants" => pallet_constants(&mut comparison, part)?,
            "storage_defaults" => storage_defaults(&mut comparison, part)?,
            "runtime_version" => runtime_version(&mut comparison, part)?,
            "subtensor_type_values" => {
                let home = |name: &str, ours: &Described| homes::of_type_value(name, ours);
                named_values(&mut comparison, name, case::list(file, name)?, home)?;
            }
            "subtensor_code_constants" => {
                let home = |name: &str, _: &Described| homes::of_code_constant(name);
                named_values(&mut comparison, name, case::list(file, name)?, home)?;
            }
            "subtensor_config" => {
                for (parameter, value) in object(part, name)? {
                    at_home(&mut comparison, name, parameter, value, &homes::of_config(parameter));
                }
            }
            "accounts" => derived_accounts(&mut comparison, case::list(file, name)?)?,
            "special_accounts" => special_accounts(&mut comparison, case::list(file, name)?)?,
            "ss58_prefix" => {
                let prefix = Home::Constant("System", "SS58Prefix".into()).value(&comparison.ours);
                comparison.value("chain", name, part, prefix.as_ref());
            }
            "milliseconds_per_block" => {
                comparison.value("chain", name, part, Some(&case::number(SLOT_DURATION)));
            }
            "token_decimals" => {
                comparison.value("chain", name, part, Some(&case::number(crate::amount::RAO_DIGITS)));
            }
            "note" | "source" => {}
            _ => return Err(CaseError::new(name, "is no table known here")),
        }
    }
    Ok(comparison.entries)
}

fn object<'a>(value: &'a Value, field: &str) -> Result<&'a Map<String, Value>, CaseError> {
    value.as_object().ok_or_else(|| CaseError::new(field, "is not an object"))
}

fn list<'a>(value: &'a Value, field: &str) -> Result<&'a [Value], CaseError> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| CaseError::new(field, "is not a list"))
}

fn name_of<'a>(value: &'a Value, field: &str) -> Result<&'a str, CaseError> {
    value
        .get("name")
        .and_then(Value::as_str)
        .ok_or_else(|| CaseError::new(field, "has an entry without a name"))
}

fn pallet_constants(comparison: &mut Comparison, table: &Value) -> Result<(), CaseError> {
    for (pallet, constants) in object(table, "pallet_constants")? {
        for constant in list(constants, pallet)? {
            let path = format!("pallets/{pallet}/constants/{}", name_of(constant, pallet)?);
            comparison.item("pallet_constants", path, constant);
        }
    }
    comparison.nothing_else("pallet_constants", |path| path.contains("/constants/"));
    Ok(())
}

fn storage_defaults(comparison: &mut Comparison, table: &Value) -> Result<(), CaseError> {
    for (pallet, storage) in object(table, "storage_defaults")? {
        let storage = object(storage, pallet)?;
        let root = format!("pallets/{pallet}/storage");
        comparison.item("storage_defaults", format!("{root}/(prefix)"), case::get(storage, "prefix")?);
        for item in case::list(storage, "items")? {
            comparison.item("storage_defaults", format!("{root}/{}", name_of(item, pallet)?), item);
        }
    }
    comparison.nothing_else("storage_defaults", |path| path.contains("/storage/"));
    Ok(())
}

fn runtime_version(comparison: &mut Comparison, table: &Value) -> Result<(), CaseError> {
    let ours = json!({
        "spec_name": VERSION.spec_name.as_ref(),
        "impl_name": VERSION.impl_name.as_ref(),
        "authoring_version": VERSION.authoring_version.to_string(),
        "spec_version": VERSION.spec_version.to_string(),
        "impl_version": VERSION.impl_version.to_string(),
        "transaction_version": VERSION.transaction_version.to_string(),
        "system_version": VERSION.system_version.to_string(),
    });
    let kind = "runtime_version";
    for (name, value) in object(table, kind)? {
        if name != "apis" {
            comparison.value(kind, name, value, ours.get(name));
            continue;
        }
        for api in list(value, "apis")? {
            let pair = list(api, "apis")?;
            let [Value::String(id), version] = pair else {
                return Err(CaseError::new("runtime_version.apis", "has an entry that is not [id, version]"));
            };
            let found = VERSION.apis.iter().find(|(known, _)| hex(known) == *id);
            let found = found.map(|(_, version)| case::number(version));
            let name = api_name(id);
            let meant = format!("apis/{name}/version");
            comparison.value(kind, &format!("apis.{name}"), version, found.as_ref());
            let why = comparison.why(&meant);
            if let Some(entry) = comparison.entries.last_mut().filter(|entry| !entry.differences.is_empty()) {
                entry.meant = why;
            }
        }
    }
    Ok(())
}

/// The name of a runtime API; the id where none of ours has it.
fn api_name(id: &str) -> String {
    let names = VERSION.apis.iter().zip(api_names());
    let mut names = names.filter(|((known, _), _)| hex(known) == id).map(|(_, name)| name);
    names.next().unwrap_or_else(|| id.to_owned())
}

fn named_values(
    comparison: &mut Comparison,
    kind: &str,
    values: &[Value],
    home: impl Fn(&str, &Described) -> Home,
) -> Result<(), CaseError> {
    for value in values {
        let name = name_of(value, kind)?;
        let recorded = value.get("value").ok_or_else(|| CaseError::new(name, "has no value"))?;
        let home = home(name, &comparison.ours);
        at_home(comparison, kind, name, recorded, &home);
    }
    Ok(())
}

fn at_home(comparison: &mut Comparison, kind: &str, name: &str, recorded: &Value, home: &Home) {
    let found = home.value(&comparison.ours);
    comparison.value(kind, name, recorded, found.as_ref());
    if let (Home::Nowhere(reason), Some(entry)) = (home, comparison.entries.last_mut()) {
        entry.meant = Some((*reason).to_owned());
    }
}

/// An account as the tables write it.
fn written(name: &str, uri: Option<&str>, id: &AccountId) -> Value {
    let ss58 = id.to_ss58check_with_version(SS58_PREFIX.into());
    let mut account = json!({ "name": name, "id": hex(id.as_ref()), "ss58": ss58 });
    if let Some(uri) = uri {
        account["uri"] = json!(uri);
    }
    account
}

fn derived_accounts(comparison: &mut Comparison, accounts: &[Value]) -> Result<(), CaseError> {
    for account in accounts {
        let name = name_of(account, "accounts")?;
        let uri = account.get("uri").and_then(Value::as_str);
        let found = match uri {
            Some(uri) => Account::from_uri(uri).ok().map(|account| account.id()),
            None => special(name),
        };
        let found = found.map(|id| written(name, uri, &id));
        comparison.value("accounts", name, account, found.as_ref());
    }
    Ok(())
}

fn special_accounts(comparison: &mut Comparison, accounts: &[Value]) -> Result<(), CaseError> {
    for account in accounts {
        let name = name_of(account, "special_accounts")?;
        let found = special(name).map(|id| written(name, None, &id));
        comparison.value("special_accounts", name, account, found.as_ref());
    }
    Ok(())
}

/// An account that nobody has the key of.
fn special(name: &str) -> Option<AccountId> {
    match name {
        "zero" => Some(AccountId::new([0; 32])),
        "swap_protocol_account" => Some(pallet_account(*b"ten/swap", &[])),
        "burn_account" => account_id("constants", name).ok(),
        _ if name.starts_with("subnet_account_") => account_id("constants", name).ok(),
        _ => None,
    }
}
