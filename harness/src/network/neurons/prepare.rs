//! What the chain needs before miners and validators can work: subnets, their rules, registrations and stakes.
//!
//! Calls of one account that belong together travel as one batch, all or nothing, and the next batch waits for the block
//! that has it.

use super::super::NetworkError;
use super::super::topology::{Hyperparameters, Market, SubnetSpec};
use crate::chain::attached::AttachedChain;
use crate::chain::client::{Call, Client};
use crate::chain::events::{Event, field};
use crate::chain::genesis::Genesis;
use crate::chain::keys::Account;
use assay_inference::Commitment;
use assay_neuron::model::Trained;
use assay_runtime::Runtime;
use codec::Encode;
use pallet_slashing::TermsOf;
use pallet_slashing::types::{Schedule, Terms};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use subxt::ext::scale_value::{Value, ValueDef};

/// Prepares the chain at an endpoint, which began with the named genesis.
pub(super) async fn prepare(endpoint: &str, genesis: &str, market: &Market) -> Result<(), NetworkError> {
    let sudo = Genesis::load(genesis)?.sudo;
    let sudo = sudo
        .ok_or_else(|| problem("subnets", &format!("nobody has the sudo key of the genesis `{genesis}`")))?;
    let (client, endpoint) = (attached(endpoint).await?, endpoint.to_owned());
    let mut chain = Prepared { client, endpoint, sudo };
    for subnet in &market.subnets {
        chain.subnet(subnet).await?;
    }
    chain.rules(&market.subnets).await?;
    chain.neurons(market).await
}

async fn attached(endpoint: &str) -> Result<Client, NetworkError> {
    let chain = AttachedChain::attach_to_moving(endpoint).await;
    Ok(Client::new(Box::new(chain.map_err(|error| problem("the chain", &error))?)))
}

fn problem(what: &str, problem: &dyn Display) -> NetworkError {
    NetworkError::Market { what: what.to_owned(), problem: problem.to_string() }
}

struct Prepared {
    /// The chain as it stood after the last call.
    client: Client,
    endpoint: String,
    sudo: String,
}

impl Prepared {
    /// Registers and starts a subnet, which must get the number that the topology counts on, and registers its model.
    async fn subnet(&mut self, subnet: &SubnetSpec) -> Result<(), NetworkError> {
        let what = format!("the subnet {}", subnet.name);
        let hotkey = account(&subnet.owner_hotkey())?;
        let register = call("register_network", [("hotkey", id(&hotkey))]);
        self.batch(&what, &subnet.owner, vec![register]).await?;
        let owner = self.client.read("SubtensorModule", "SubnetOwnerHotkey", &[netuid(subnet)]).await;
        let owner = owner.map_err(|error| problem(&what, &error))?.unwrap_or_else(|| Value::u128(0));
        if bytes_of(&owner) != <[u8; 32]>::from(hotkey.id()) {
            let number = subnet.netuid;
            return Err(problem(
                &what,
                &format!("it did not get the number {number}; the genesis has subnets already"),
            ));
        }
        let mut calls = vec![call("start_call", [("netuid", netuid(subnet))])];
        if subnet.slashing
            && let Some(workload) = subnet.work.shipped()
        {
            calls.push(self.model(&what, subnet, workload.name())?);
        }
        self.batch(&what, &subnet.owner, calls).await
    }

    /// The call that registers the model of a workload, so that wrong answers of it can be proved.
    fn model(&self, what: &str, subnet: &SubnetSpec, workload: &str) -> Result<Call, NetworkError> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/models");
        let model = Trained::named(&folder, workload).map_err(|error| problem(what, &error))?.network;
        let commitment: &Commitment = model.commitment();
        let arguments = [("netuid", subnet.netuid.encode()), ("model", commitment.encode())];
        self.client
            .encoded_call("Slashing", "register_model", arguments)
            .map_err(|error| problem(what, &error))
    }

    /// Sets the rules of all subnets, by root.
    async fn rules(&mut self, subnets: &[SubnetSpec]) -> Result<(), NetworkError> {
        let calls: Vec<Call> = subnets.iter().flat_map(rules).collect();
        if calls.is_empty() {
            return Ok(());
        }
        let batch = Call::new("Utility", "batch_all", [("calls", list(calls))]);
        let sudo = Call::new("Sudo", "sudo", [("call", batch.into_value())]);
        let signer = self.sudo.clone();
        self.submit("the rules of the subnets", &signer, &sudo).await
    }

    /// Registers all miners and validators, and stakes to them.
    async fn neurons(&mut self, market: &Market) -> Result<(), NetworkError> {
        let mut registrations = BTreeMap::<&str, Vec<Call>>::new();
        let mut stakes = BTreeMap::<&str, Vec<Call>>::new();
        for neuron in &market.neurons {
            let (number, hotkey) = (Value::u128(neuron.netuid.into()), id(&account(&neuron.name)?));
            let register = call("burned_register", [("netuid", number.clone()), ("hotkey", hotkey.clone())]);
            registrations.entry(&neuron.coldkey).or_default().push(register);
            if neuron.stake > 0 {
                let amount = Value::u128(neuron.stake.into());
                let stake =
                    call("add_stake", [("hotkey", hotkey), ("netuid", number), ("amount_staked", amount)]);
                stakes.entry(&neuron.coldkey).or_default().push(stake);
            }
        }
        for (coldkey, calls) in registrations {
            self.batch(&format!("the registrations of {coldkey}"), coldkey, calls).await?;
        }
        for (coldkey, calls) in stakes {
            self.batch(&format!("the stakes of {coldkey}"), coldkey, calls).await?;
        }
        Ok(())
    }

    async fn batch(&mut self, what: &str, signer: &str, calls: Vec<Call>) -> Result<(), NetworkError> {
        let batch = Call::new("Utility", "batch_all", [("calls", list(calls))]);
        self.submit(what, signer, &batch).await
    }

    /// Makes a call and waits for the block that has it.
    async fn submit(&mut self, what: &str, signer: &str, call: &Call) -> Result<(), NetworkError> {
        let failed = |error: crate::chain::ChainError| problem(what, &error);
        // Looking at every block may take longer than the chain takes to make one, so each call begins at the head.
        self.client = attached(&self.endpoint).await?;
        let hash = self.client.submit(&account(signer)?, call).await.map_err(failed)?;
        let blocks = self.client.advance(1).await.map_err(failed)?;
        let place = blocks.last().and_then(|block| block.extrinsics.iter().position(|found| *found == hash));
        let events = self.client.events().await.map_err(failed)?;
        let own = events.iter().filter(|event| event.extrinsic.map(|index| index as usize) == place);
        match own.into_iter().find_map(refusal) {
            Some(why) => Err(problem(what, &format!("{signer}'s call was refused with {why}"))),
            None => Ok(()),
        }
    }
}

/// Why a call was refused, if an event says so: its own, or that of the call that root made.
fn refusal(event: &Event) -> Option<String> {
    if event.is("System", "ExtrinsicFailed") {
        return event.error.clone();
    }
    let result = field(event, "sudo_result").filter(|_| event.is("Sudo", "Sudid"))?;
    match &result.value {
        ValueDef::Variant(variant) if variant.name == "Err" => Some(variant.values.to_string()),
        _ => None,
    }
}

/// The calls of root that make the rules of a subnet.
fn rules(subnet: &SubnetSpec) -> Vec<Call> {
    let Hyperparameters {
        tempo,
        commit_reveal,
        reveal_period,
        weights_rate_limit,
        max_validators,
        immunity_period,
        serving_rate_limit,
    } = subnet.hyperparameters;
    let number = |value: u64| Value::u128(value.into());
    let told = [
        ("sudo_set_tempo", "tempo", tempo.map(u64::from).map(number)),
        ("sudo_set_commit_reveal_weights_enabled", "enabled", commit_reveal.map(Value::bool)),
        ("sudo_set_commit_reveal_weights_interval", "interval", reveal_period.map(number)),
        ("sudo_set_weights_set_rate_limit", "weights_set_rate_limit", weights_rate_limit.map(number)),
        (
            "sudo_set_max_allowed_validators",
            "max_allowed_validators",
            max_validators.map(u64::from).map(number),
        ),
        ("sudo_set_immunity_period", "immunity_period", immunity_period.map(u64::from).map(number)),
        ("sudo_set_serving_rate_limit", "serving_rate_limit", serving_rate_limit.map(number)),
        ("sudo_set_subnet_emission_enabled", "enabled", Some(Value::bool(true))),
    ];
    let mut calls: Vec<Call> = told
        .into_iter()
        .filter_map(|(name, argument, value)| {
            Some(Call::new("AdminUtils", name, [("netuid", netuid(subnet)), (argument, value?)]))
        })
        .collect();
    if subnet.slashing {
        // As if it had been enabled a window ago: nobody here waits an hour for the first proof.
        let now = Terms { enabled: true, ..Terms::default() };
        let key = TermsOf::<Runtime>::hashed_key_for(subnet.netuid);
        let entry = [Value::from_bytes(key), Value::from_bytes(Schedule { now, next: None }.encode())];
        let items = Value::unnamed_composite([Value::unnamed_composite(entry)]);
        calls.push(Call::new("System", "set_storage", [("items", items)]));
    }
    if subnet.credits {
        let arguments = [("netuid", netuid(subnet)), ("enabled", Value::bool(true))];
        calls.push(Call::new("Credits", "set_enabled", arguments));
    }
    calls
}

fn call(name: &str, arguments: impl IntoIterator<Item = (&'static str, Value)>) -> Call {
    Call::new("SubtensorModule", name, arguments)
}

fn list(calls: Vec<Call>) -> Value {
    Value::unnamed_composite(calls.into_iter().map(Call::into_value))
}

fn netuid(subnet: &SubnetSpec) -> Value {
    Value::u128(subnet.netuid.into())
}

fn id(account: &Account) -> Value {
    Value::from_bytes(<[u8; 32]>::from(account.id()))
}

fn account(name: &str) -> Result<Account, NetworkError> {
    let uri = format!("//{name}");
    Account::from_uri(&uri).map_err(|error| problem(name, &format!("`{uri}` is no account: {error:?}")))
}

/// The bytes of an account as the chain's values write it.
fn bytes_of(value: &Value) -> Vec<u8> {
    match &value.value {
        ValueDef::Composite(inner) => inner.values().flat_map(bytes_of).collect(),
        ValueDef::Primitive(inner) => {
            inner.as_u128().and_then(|byte| u8::try_from(byte).ok()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
